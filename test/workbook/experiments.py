# SPDX-License-Identifier: GPL-3.0-or-later
"""Synthetic experiments of every design: light drawn around chosen folds, as tables of wells."""

import csv
import math
import random

HEADER = "plate,well,role,target,construct,treatment,mirna,block,replicate,firefly,renilla"


NAMES = ['say "hello"', "either/or", "\U0001F9EC gene", "L" * 300, "=1+1", "@SUM(A1)", "2024-03-01",
         "SEPT2", "a'b|c", "+49", "-1", "1e5"]


def light(draw, ratio, day):
    """Firefly and Renilla of one well; the day and the transfection change both."""
    cells = 60000 * math.exp(day + draw.gauss(0, 0.1))
    return round(350 + cells * ratio * math.exp(draw.gauss(0, 0.05))), round(400 + cells)


def table(path, days, wells=3, treatments=("mimic", "scramble"), constructs=("WT", "MUT"),
          skip=lambda construct, treatment, day: False, replicate=False, seed=1):
    """
    Writes a table of wells, a plate a day. WT is lowered to 0.6, the mutant to 0.95.

    skip       arms of a day that are not there
    replicate  the wells of an arm are transfections of their own
    """
    draw = random.Random(seed)
    lines = [HEADER]
    for day in range(1, days + 1):
        shift, row = draw.gauss(0, 0.3), 0
        for construct in constructs:
            for treatment in treatments:
                row += 1
                if skip(construct, treatment, day):
                    continue
                lowered = {"WT": 0.6, "MUT": 0.95}[construct] if treatment == treatments[0] else 1
                ratio = 1.3 * lowered * math.exp(shift + draw.gauss(0, 0.06))
                for well in range(1, wells + 1):
                    firefly, renilla = light(draw, ratio, 0)
                    lines.append(f"day{day},{'ABCDEFGH'[row]}{well + 2},sample,PTEN,{construct},"
                                 f"{treatment},miR-21,day{day},{well if replicate else ''},"
                                 f"{firefly},{renilla}")
        for well in range(1, 5):
            lines.append(f"day{day},H{well},blank,,,,,,,{300 + draw.randrange(90)},"
                         f"{360 + draw.randrange(90)}")
    path.write_text("\n".join(lines) + "\n")


def wells_of(rows, columns):
    """Names of the wells of a plate, row by row."""
    for row in range(rows):
        letters = chr(65 + row) if row < 26 else "A" + chr(65 + row - 26)
        for column in range(columns):
            yield f"{letters}{column + 1}"


def screen(path, targets, days=3, shape=(32, 48), seed=1):
    """Writes a table of many pairs, two wells an arm; plates are filled in turn, blanks first."""
    draw, wells = random.Random(seed), []
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER.split(","))
        for day in range(1, days + 1):
            plate, wells = 0, []
            for i, target in enumerate(targets):
                for construct in ("WT", "MUT"):
                    for treatment in ("mimic", "scramble"):
                        lowered = construct == "WT" and treatment == "mimic"
                        ratio = 1.3 * (0.55 + 0.15 * (i % 4) if lowered else 1)
                        for _ in range(2):
                            if not wells:
                                plate += 1
                                wells = list(wells_of(*shape))
                                for _ in range(4):
                                    out.writerow([f"day{day}-{plate}", wells.pop(0), "blank"] + 6 * [""]
                                                 + [300 + draw.randrange(90), 360 + draw.randrange(90)])
                            out.writerow([f"day{day}-{plate}", wells.pop(0), "sample", target,
                                          construct, treatment, "miR-21", f"day{day}", "",
                                          *light(draw, ratio * math.exp(draw.gauss(0, 0.06)), 0)])
