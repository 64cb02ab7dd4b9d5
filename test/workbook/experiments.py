# SPDX-License-Identifier: GPL-3.0-or-later
"""Synthetic experiments of every design: light drawn around chosen folds, as tables of wells."""

import math
import random

HEADER = "plate,well,role,target,construct,treatment,mirna,block,replicate,firefly,renilla"


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
