#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times of figures: figure.py DUALUC RESULT.json...

Prints the processor time of `dualuc figure`, reading the result included: of every kind as SVG, and of
bars as PNG with 300 dots an inch and as PDF; the best of five. Asserts nothing.
"""
import resource
import subprocess
import sys
import tempfile
from pathlib import Path


def milliseconds(command):
    best = None
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        best = took if best is None else min(best, took)
    return best


def main():
    with tempfile.TemporaryDirectory() as folder:
        for result in sys.argv[2:]:
            for kind, form in [(k, "svg") for k in "bars superplot delta forest plate qc".split()] + \
                    [("bars", "png"), ("bars", "pdf")]:
                command = [sys.argv[1], "figure", result, "-o", Path(folder) / f"f.{form}", "--kind", kind]
                print(f"{Path(result).stem:12} {kind:10} {form}  {milliseconds(command):6.0f} ms")


main()
