#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads real exports and compares every value with a table of expected ones; prints TAP.

The files are not part of the project: DUALUC_SHARED names the folder that holds real/expected.tsv
(default: ../shared beside the source). Without it everything is skipped. For each file the reads
are compared as sets of (well, value), told apart by plate, channel and time and matched by what
they hold, whatever they are called.

usage: check_expected.py DUALUC SOURCE_ROOT FOLDER_PREFIX...
"""
import csv
import io
import os
import subprocess
import sys
from collections import Counter, defaultdict

STATES = {"OVRFLW": "overflow", "MISSED": "missed"}


def expected_reads(path, prefixes):
    """{file: {(plate, channel): Counter of (well, value)}}"""
    files = defaultdict(lambda: defaultdict(Counter))
    with open(path, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["file"].startswith(tuple(prefixes)):
                value = STATES.get(row["value"]) or float(row["value"])
                files[row["file"]][row["plate"], row["channel"]][row["well"], value] += 1
    return files


def found_reads(dualuc, path):
    """(Counter of reads, text of standard error); a read is a frozenset of (well, value)."""
    run = subprocess.run([dualuc, "read", "--csv", path], capture_output=True, check=False)
    if run.returncode != 0:
        return None, run.stderr.decode()
    reads = defaultdict(Counter)
    for row in csv.DictReader(io.StringIO(run.stdout.decode(), newline="")):
        value = float(row["value"]) if row["state"] == "ok" else row["state"]
        reads[row["plate"], row["read"], row["time_s"]][row["well"], value] += 1
    return as_set(reads), run.stderr.decode()


def as_set(reads):
    return Counter(frozenset(cells.items()) for cells in reads.values())


def describe(missing, extra):
    lines = []
    for title, reads in (("expected, not found", missing), ("found, not expected", extra)):
        for cells in reads.elements():
            first = sorted(cells, key=str)[0][0]
            lines.append(f"{title}: a read of {len(cells)} wells, {first[0]} = {first[1]}")
    if missing and extra:
        a = max(missing, key=len)
        b = max(extra, key=lambda cells: len(a & cells))
        lines.append(f"nearest pair: {len(a - b)} values only expected, {len(b - a)} only found")
    return lines


# What hand-edited files must be warned of: words that standard error must hold.
WARNINGS = {
    "promega_glomax_navigator_xlsx/DualLuc_example_data.xlsx": [
        "94 wells of read 1", "96 wells of read 2", "first A1"],
    "promega_glomax_navigator_xlsx/DualReporter_example_data.xlsx": [
        "84 wells of the list"],
}


def check(dualuc, root, name, expected):
    found, errors = found_reads(dualuc, os.path.join(root, name))
    if found is None:
        return errors.splitlines()
    wanted = as_set(expected)
    lines = describe(wanted - found, found - wanted)
    for words in WARNINGS.get(name, []):
        if words not in errors:
            lines.append(f'expected a warning with "{words}", found: {errors.strip()}')
    if name not in WARNINGS and "differ" in errors:
        lines.append(f"unexpected warning: {errors.strip()}")
    return lines


def main():
    dualuc, source, prefixes = sys.argv[1], sys.argv[2], sys.argv[3:]
    shared = os.environ.get("DUALUC_SHARED") or os.path.join(source, "..", "shared")
    root = os.path.join(shared, "real")
    table = os.path.join(root, "expected.tsv")
    if not os.path.exists(table):
        print("1..0 # SKIP no real files (DUALUC_SHARED)")
        return 0
    files = expected_reads(table, prefixes)
    failed = 0
    print(f"1..{len(files)}")
    for number, name in enumerate(sorted(files), 1):
        lines = check(dualuc, root, name, files[name])
        n = sum(sum(cells.values()) for cells in files[name].values())
        failed += bool(lines)
        print(f"{'not ok' if lines else 'ok'} {number} - {name}: {n} values")
        for line in lines:
            print(f"#   {line}")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
