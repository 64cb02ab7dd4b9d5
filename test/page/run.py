#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTML page as a browser shows it: run.py DUALUC FIXTURES FOLDER [WORDS].

Analyses some experiments, and lets page_test.js open their pages. Prints TAP."""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADER = "plate,well,target,construct,treatment,mirna,block,firefly,renilla\n"

# Names that a page must show as they are.
HOSTILE = ['<script>window.hacked=1</script>', '</script><img src=x onerror="window.hacked=1">',
           '"\' onmouseover="window.hacked=1" x="', "&lt;b&gt;", "\U0001F9EC gene",
           "\u05d0\u05d1\u05d2", "]]><!--", "tab\u0007bell"]


def table(pairs, days=3, last_well="H12"):
    """Made-up light of some pairs: arms of one well a day; every other one is a direct target."""
    noise = random.Random(7)
    lines = []
    for day in range(1, days + 1):
        well = 0
        for k, target in enumerate(pairs):
            for construct in ("WT", "MUT"):
                for treatment in ("scramble", "mimic"):
                    struck = treatment == "mimic" and construct == "WT" and k % 2 == 0
                    control = 50000 * noise.lognormvariate(0, 0.2)
                    light = control * (0.5 if struck else 1) * noise.lognormvariate(0, 0.04)
                    name = '"' + target.replace('"', '""') + '"'
                    mirna = "miR-1" if treatment == "mimic" else ""
                    lines.append(f"d{day},{'ABCDEFGHIJKLMNOP'[well // 24]}{well % 24 + 1},{name},"
                                 f"{construct},{treatment},{mirna},day {day},{light:.0f},"
                                 f"{control:.0f}\n")
                    well += 1
        lines.append(f"d{day},{last_well},,,,,,40,50\n")
    return HEADER + "".join(lines)


def analyze(dualuc, folder, name, arguments):
    subprocess.run([dualuc, "analyze", *arguments, "--html", folder / f"{name}.html", "--json",
                    folder / f"{name}.json"], check=True, capture_output=True)


def technical(folder):
    """One transfection in three wells: nothing may be called."""
    lines = []
    for k, (construct, treatment, fold) in enumerate((
            ("WT", "scramble", 1), ("WT", "mimic", 0.4), ("MUT", "scramble", 1),
            ("MUT", "mimic", 1))):
        for well in range(3):
            lines.append(f"p,{'ABCD'[k]}{well + 1},PTEN,{construct},{treatment},"
                         f"{'miR-21' if treatment == 'mimic' else ''},,"
                         f"{60000 * fold * (1 + 0.02 * well):.0f},{30000 + 10 * well}\n")
    (folder / "technical.csv").write_text(HEADER + "".join(lines), "utf-8")


def make(dualuc, fixtures, folder):
    example = fixtures / "example-mir21"
    analyze(dualuc, folder, "example", [*(example / f"day{d}.xlsx" for d in (1, 2, 3)), "--map",
                                        example / "map.xlsx", "--config",
                                        fixtures / "example-mir21-inserts" / "seed.ini"])
    (folder / "hostile.csv").write_text(table(HOSTILE, last_well="AF48"), "utf-8")
    analyze(dualuc, folder, "hostile", [folder / "hostile.csv"])
    (folder / "many.csv").write_text(table([f"GENE{i}" for i in range(14)]), "utf-8")
    analyze(dualuc, folder, "many", [folder / "many.csv"])
    technical(folder)
    analyze(dualuc, folder, "technical", [folder / "technical.csv"])


def main():
    dualuc, fixtures, build = (Path(name).resolve() for name in sys.argv[1:4])
    subprocess.run(["sh", HERE.parent.parent / "tools" / "page_modules.sh", build], check=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(dualuc, fixtures, folder)
        environment = {**os.environ, "NODE_PATH": str(build / "node_modules"), "HOME": name}
        return subprocess.run(["node", HERE / "page_test.js", folder, *sys.argv[4:]],
                              env=environment).returncode


sys.exit(main())
