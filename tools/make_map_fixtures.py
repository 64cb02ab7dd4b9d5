#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the plate map of fixtures/example-mir21 in its other forms to fixtures/example-mir21-maps:
drawn as the plate (grid.xlsx), one file a plate (day1-map.csv, ...), and in one table with the
light (table.csv). The wells are those that the analysis itself lists. The same run gives the same
bytes.

usage: tools/make_map_fixtures.py DUALUC
"""
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "fixtures" / "example-mir21"
OUT = ROOT / "fixtures" / "example-mir21-maps"
MAP = {"role": "role", "target": "target", "construct": "construct", "treatment": "treatment",
       "mirna": "mirna", "day": "block"}


def wells(dualuc):
    """The rows of the table of wells."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([dualuc, "analyze", *sorted(map(str, EXAMPLE.glob("day*.xlsx"))), "--map",
                        str(EXAMPLE / "map.xlsx"), "--csv", folder], check=True,
                       capture_output=True)
        with open(Path(folder) / "wells.csv", newline="", encoding="utf-8") as table:
            return list(csv.DictReader(table))


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as table:
        csv.writer(table, lineterminator="\n").writerows(rows)


def block(name, column, rows):
    """The plate drawn once, for one column."""
    said = {row["well"]: row[column] for row in rows}
    yield [name, *range(1, 13)]
    for letter in "ABCDEFGH":
        yield [letter, *(said.get(f"{letter}{number}", "") for number in range(1, 13))]


def sheet(name, column, plates):
    for plate, rows in plates.items():
        yield [f"plate: {plate}"]
        yield from block(name, column, rows)
        yield []


def main():
    plates = {}
    for row in wells(sys.argv[1]):
        plates.setdefault(row["plate"], []).append(row)
    OUT.mkdir(exist_ok=True)
    for plate, rows in plates.items():
        write(OUT / f"{plate}-map.csv",
              [["well", *MAP], *([row["well"], *(row[c] for c in MAP.values())] for row in rows)])
    write(OUT / "table.csv",
          [["plate", "well", "firefly", "renilla", *MAP],
           *([row["plate"], row["well"], row["reporter"], row["control"],
              *(row[c] for c in MAP.values())] for rows in plates.values() for row in rows)])
    with tempfile.TemporaryDirectory() as folder:
        sheets = []
        for name, column in MAP.items():
            write(Path(folder) / f"{name}.csv", sheet(name, column, plates))
            sheets.append(f"{name}={folder}/{name}.csv")
        subprocess.run([sys.executable, str(ROOT / "test" / "cases" / "xlsx.py"),
                        str(OUT / "grid.xlsx"), *sheets], check=True)


main()
