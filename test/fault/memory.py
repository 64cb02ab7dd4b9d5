#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every allocation of the process fails once, also those of the libraries: memory.py DUALUC
INTERPOSE.so.

The workbook is left out: libxlsxwriter 1.1.4 uses what some of its allocations return without a
look, and so crashes where there is no memory; test_allocations.c tests the writer up to there.
Long runs are sampled: the first allocations all, later ones at equal steps.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

INPUTS = Path(__file__).resolve().parent.parent / "cases" / "inputs"
EXAMPLE = Path(__file__).resolve().parent.parent.parent / "fixtures" / "example-mir21"
INSERTS = EXAMPLE.with_name("example-mir21-inserts")
COMMANDS = {
    "analyze tables": ["analyze", "plates.csv", "--map", "map.csv", "--json", "result.json",
                       "--csv", "tables", "--config", "settings.ini"],
    "analyze a workbook": ["analyze", "day1.xlsx", "--map", "map.xlsx", "--json", "-"],
    "read": ["read", "day1.xlsx", "-o", "reads.csv"],
    "inspect": ["inspect", "day1.xlsx", "map.csv"],
    "simulate": ["simulate", "-o", "made", "--reader", "csv"],
    "seed": ["seed", "--mirna", "hsa-miR-21-5p", "--wt", "PTEN_WT.fa", "--mut", "PTEN_MUT.fa",
             "--cds", "PTEN_WT.fa", "--json", "seed.json", "--svg", "-"],
    "power": ["power", "result.json", "--json", "plan.json", "--csv", "-"],
}
RESULT = """{"dualuc": "0.1.0", "schema": 1, "comparisons": [{"target": "PTEN", "mutant": "MUT",
 "kind": "interaction", "method": "rcbd", "primary": true, "se": 0.1, "df": 6}], "verdicts":
[{"target": "PTEN", "mutant": "MUT", "verdict": "INCONCLUSIVE", "n": "3, 3, 3, 3"}]}"""
ALL_OF_FIRST = 300
SAMPLES = 300


def prepare(folder):
    for name in ("plates.csv", "map.csv"):
        shutil.copy(INPUTS / name, folder / name)
    for name in ("day1.xlsx", "map.xlsx"):
        shutil.copy(EXAMPLE / name, folder / name)
    for name in ("PTEN_WT.fa", "PTEN_MUT.fa"):
        shutil.copy(INSERTS / name, folder / name)
    (folder / "result.json").write_text(RESULT)
    (folder / "settings.ini").write_text("[analysis]\nalpha = 0.01\n[seed]\nmirna = miR-21-5p\n"
                                         "PTEN.WT = PTEN_WT.fa\nPTEN.MUT = PTEN_MUT.fa\n")


def content(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None
            for p in folder.rglob("*")}


class Work:
    def __init__(self, dualuc, interpose, arguments):
        self.command = [dualuc, *arguments]
        self.interpose = interpose
        with tempfile.NamedTemporaryFile() as log:
            self.whole = self.run({"FAULT_LOG": log.name})
            self.n = int(Path(log.name).read_text())

    def run(self, fault):
        """(exit code, standard output, standard error, files, files before)"""
        with tempfile.TemporaryDirectory() as top:
            folder = Path(top)
            prepare(folder)
            before = content(folder)
            env = {"PATH": os.environ["PATH"], "TZ": "UTC", "LC_ALL": "C", "TMPDIR": top,
                   "LD_PRELOAD": self.interpose, **fault}
            done = subprocess.run(self.command, cwd=folder, env=env, capture_output=True,
                                  check=False, timeout=120)
            return done.returncode, done.stdout, done.stderr, content(folder), before

    def attempt(self, n, fault):
        """What is wrong where the n-th allocation fails."""
        code, out, err, files, before = self.run({"FAULT_N": str(n), **fault})
        where = f"allocation {n}{' and all later' if fault else ''} of {self.n}"
        if (code, out, files) == (self.whole[0], self.whole[1], self.whole[3]):
            return []
        # libzip takes its own want of memory for a damaged archive, which inspect tells
        told = code == 0 and b"cannot be imported: " in out or code == 1 and b"error: " in err
        if not told:
            return [f"{where}: exit code {code}: {err[-500:]!r}"]
        if files != before:
            return [f"{where}: files were left: {sorted(files.keys() ^ before.keys())}"]
        return []

    def tasks(self):
        step = max(1, (self.n - ALL_OF_FIRST) // SAMPLES)
        chosen = [*range(1, min(self.n, ALL_OF_FIRST) + 1),
                  *range(ALL_OF_FIRST + 1, self.n + 1, step)]
        return [(n, fault) for n in chosen for fault in ({}, {"FAULT_ALL": "1"})]


def main():
    dualuc, interpose = (str(Path(arg).resolve()) for arg in sys.argv[1:3])
    if b"__asan_init" in Path(dualuc).read_bytes():
        print("1..0 # SKIP built with a sanitizer, which has its own allocator")
        return 0
    failed = 0
    print(f"1..{len(COMMANDS)}")
    with ThreadPoolExecutor(max_workers=2) as pool:
        for number, (name, arguments) in enumerate(COMMANDS.items(), 1):
            work = Work(dualuc, interpose, arguments)
            problems = [p for found in pool.map(lambda t, w=work: w.attempt(*t), work.tasks())
                        for p in found]
            if work.whole[0]:
                problems.append(f"fails undisturbed: {work.whole[2]!r}")
            failed += bool(problems)
            print(f"{'not ok' if problems else 'ok'} {number} - {name}: {len(work.tasks())} "
                  f"failures of {work.n} allocations")
            for problem in problems[:20]:
                print(f"# {problem}")
            sys.stdout.flush()
    return 1 if failed else 0


sys.exit(main())
