#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast plates go through dualuc batch: batch.py DUALUC [PLATES [PAIRS [JOBS [FLOOR]]]]. Asserts nothing.

Experiments of one plate of 384 wells each, made by dualuc simulate (31 pairs fill it), each with
workbook and JSON. Printed: wall time, processor time of all processes (which others on the machine do
not lengthen), plates a second, the memory of the largest process. FLOOR is the program
bench_workbook_time of the same build, which writes the cells of such a workbook by libxlsxwriter
alone, for the same plate and in the same run.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def argument(index, otherwise):
    return int(sys.argv[index]) if len(sys.argv) > index else otherwise


def make(dualuc, folder, plates, pairs):
    for i in range(1, plates + 1):
        (folder / f"p{i:05}").mkdir(parents=True)
        subprocess.run([dualuc, "simulate", "-o", folder / f"p{i:05}", "--wells", "384", "--blocks",
                        "1", "--seed", str(i), "--pairs", str(pairs), "--reader", "csv"],
                       check=True, capture_output=True)


def run(dualuc, folder, jobs):
    """Wall and processor seconds, and megabytes, of one batch in a process of its own."""
    begin = time.perf_counter()
    pid = os.fork()
    if not pid:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.chdir(folder)
        os.execv(dualuc, [dualuc, "batch", "data", "-o", "out", f"-j{jobs}"])
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"the batch ended with {status}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    dualuc = str(Path(sys.argv[1]).resolve())
    plates, pairs, jobs = argument(2, 100), argument(3, 31), argument(4, 2)
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        make(dualuc, folder / "data", plates, pairs)
        wall, cpu, megabytes = run(dualuc, folder, jobs)
        made = sum(p.stat().st_size for p in (folder / "out").rglob("*.xlsx"))
        print(f"{plates} plates of 384 wells, {pairs} pairs each, {jobs} workers")
        print(f"  {wall:8.2f} s, {plates / wall:.1f} plates a second; "
              f"{cpu:.2f} s of the processors, {1e3 * cpu / plates:.0f} ms a plate")
        print(f"  {megabytes:8.1f} MB at most in one process; {made / 1e6:.1f} MB of workbooks")
    if len(sys.argv) > 5:
        told = subprocess.run([sys.argv[5], "1", "384", str(pairs)], capture_output=True, text=True,
                              check=True).stdout
        print("one such workbook, and libxlsxwriter alone for its cells:")
        print("".join(f"  {line}\n" for line in told.splitlines()), end="")


main()
