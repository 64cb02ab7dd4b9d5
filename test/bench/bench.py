#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wall times of one 96-well plate, start to exit: bench.py DUALUC [RUNS]. Asserts nothing."""

import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def wall_ms(arguments, folder):
    begin = time.perf_counter()
    subprocess.run(arguments, cwd=folder, check=True, capture_output=True)
    return (time.perf_counter() - begin) * 1000


def report(name, arguments, folder, runs):
    wall_ms(arguments, folder)  # once for the caches
    times = [wall_ms(arguments, folder) for _ in range(runs)]
    print(f"{name:34} {statistics.median(times):8.1f} ms median, {min(times):8.1f} ms least")


def forty_pairs():
    """Made-up light of 40 pairs on three plates of 384 wells, an arm a well."""
    noise = random.Random(1)
    lines = ["plate,well,target,construct,treatment,mirna,block,firefly,renilla\n"]
    for day in range(3):
        arms = ((target, construct, treatment) for target in range(40)
                for construct in ("WT", "MUT") for treatment in ("scramble", "mimic"))
        for well, (target, construct, treatment) in enumerate(arms):
            fold = 0.5 if (construct, treatment) == ("WT", "mimic") else 1
            control = 50000 * noise.lognormvariate(0, 0.2)
            lines.append(f"day{day},{'ABCDEFGHIJKLMNOP'[well // 24]}{well % 24 + 1},G{target},"
                         f"{construct},{treatment},{'miR-1' if treatment == 'mimic' else ''},"
                         f"{day},{control * fold * noise.lognormvariate(0, 0.05):.0f},"
                         f"{control:.0f}\n")
    return "".join(lines)


def main():
    dualuc = str(Path(sys.argv[1]).resolve())
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([dualuc, "simulate", "-o", "plate", "--blocks", "1",
                        "--map-format", "csv"], cwd=folder, check=True,
                       capture_output=True)
        plate, plate_map = "plate/day1.xlsx", "plate/map.csv"
        analyze = [dualuc, "analyze", plate, "--map", plate_map]
        for name, arguments in (
                ("start and exit (--version)", [dualuc, "--version"]),
                ("read", [dualuc, "read", plate]),
                ("analyze to json", [*analyze, "--json", "result.json"]),
                ("analyze to csv", [*analyze, "--csv", "tables"]),
                ("analyze to html", [*analyze, "--html", "page.html"]),
                ("analyze to xlsx", [*analyze, "-o", "report.xlsx"]),
                ("analyze to xlsx, json and csv", [*analyze, "-o", "report.xlsx", "--json",
                                                   "result.json", "--csv", "tables"])):
            report(name, arguments, folder, runs)
        Path(folder, "forty.csv").write_text(forty_pairs(), "utf-8")
        for name, output in (("json", "forty.json"), ("html", "forty.html")):
            report(f"40 pairs, 480 wells, to {name}",
                   [dualuc, "analyze", "forty.csv", f"--{name}", output], folder, runs)


main()
