#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading in bulk: 200 copies of a 1536-well MARS-like CSV and of a 384-well GloMax workbook.

usage: read.py DUALUC FIXTURE_TOOLS

Prints the wall time of `dualuc inspect`, which imports, and of `dualuc read`, which also writes a row
a value, and beside it what bare work on the same bytes takes: `wc -l` for the text; inflate and
expat alone for the parts of the workbook. Best of five; asserts nothing.
"""
import subprocess
import sys
import tempfile
import time
import xml.parsers.expat
import zipfile
from pathlib import Path

COPIES = 200


def seconds(work):
    best = None
    for _ in range(5):
        begin = time.perf_counter()
        work()
        took = time.perf_counter() - begin
        best = took if best is None else min(best, took)
    return best


def mars(common):
    def value(r, c, scale):
        return 1000 + (r * 48 + c) * scale % 987654
    lines = ["User: USER,Path: C:\\Data,Test run no.: 4", "Test name: x,Date: 29/02/2016,Time: 14:34:46",
             "", "ID1: made up", "Luminescence", ""]
    for scale in (7919, 104729):
        rows = common.grid(scale, 32, 48, value=value)
        rows = [rows[0]] + [[common.row_name(r, lower=True)] + row[1:] for r, row in enumerate(rows[1:])]
        lines += ["Raw Data (No filter)", ""] + common.joined(rows) + [""]
    return lines


def parse_parts(path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            xml.parsers.expat.ParserCreate().Parse(archive.read(name), True)


def run(arguments, folder):
    subprocess.run(arguments, cwd=folder, check=True, capture_output=True)


def report(name, size, dualuc, files, folder, bare_name, bare):
    print(f"{name}: {size / 1e6:.1f} MB; {bare_name} {bare:.3f} s, {size / 1e6 / bare:.1f} MB/s")
    for command, *more in (("inspect",), ("read", "-o", "out.csv")):
        took = seconds(lambda: run([dualuc, command, *files, *more], folder))
        print(f"    {command}: {took:.3f} s, {size / 1e6 / took:.1f} MB/s")


def main():
    dualuc = str(Path(sys.argv[1]).resolve())
    sys.dont_write_bytecode = True
    sys.path.insert(0, sys.argv[2])
    import common
    import promega_glomax
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = [f"p{i}.csv" for i in range(COPIES)]
        for text in texts:
            common.write(folder / text, mars(common), "\r\n")
        size = sum((folder / text).stat().st_size for text in texts)
        bare = seconds(lambda: subprocess.run(["wc", "-l", *texts], cwd=folder, check=True,
                                              capture_output=True))
        report("MARS csv, 1536 wells", size, dualuc, texts, folder, "wc -l", bare)
        wells = [(r, c) for r in range(16) for c in range(24)]
        reads = [{w: 1000 + 37 * i * k for i, w in enumerate(wells)} for k in (1, 3)]
        books = [f"b{i}.xlsx" for i in range(COPIES)]
        for book in books:
            promega_glomax.save_glomax(folder / book, promega_glomax.glomax(reads, 16, 24))
        with zipfile.ZipFile(folder / books[0]) as archive:
            size = COPIES * sum(part.file_size for part in archive.infolist())
        bare = seconds(lambda: [parse_parts(folder / book) for book in books])
        report("GloMax xlsx, 384 wells, unpacked", size, dualuc, books, folder,
               "inflate and expat alone", bare)


main()
