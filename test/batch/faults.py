#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every call of the system fails once in a batch: faults.py DUALUC INTERPOSE.so.

A batch over the outputs of an earlier one is run again for each open, write, fsync, close, rename, link,
mkdir and read that its processes make, each time with that call failing. Afterwards every file must
be the earlier or the new one, whole; the exit code must tell; and --resume must give the files of an
undisturbed run. And a worker is killed at work.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from batch import Program, content, expect

INPUTS = Path(__file__).resolve().parent.parent / "cases" / "inputs"
CALLS = {"open": errno.EACCES, "read": errno.EIO, "write": errno.ENOSPC, "fsync": errno.EIO,
         "close": errno.EIO, "rename": errno.EACCES, "link": errno.EIO, "mkdir": errno.EACCES, "opendir": errno.EACCES,
         "fork": errno.EAGAIN}
# what must be said where a call fails, whatever it was for
WORDS = {"fork": "error: cannot start a process to work in: Resource temporarily unavailable\n"
                 "  hint: end other programs and run it again, or begin fewer at a time with -j\n",
         "opendir": "error: cannot look into the folder: Permission denied\n"
                    "  hint: allow yourself to read it, or move it elsewhere\n"}
KILLED = ("error: the process that worked on it ended: signal 9, Killed\n"
          "  hint: try it alone with dualuc analyze; if it ends so again, please report it\n")


class Faults:
    def __init__(self, dualuc, interpose):
        self.program = Program(dualuc)
        linked = subprocess.run(["ldd", dualuc], capture_output=True, text=True,
                                check=False).stdout
        # the sanitizer's library insists on being the first
        first = [line.split()[2] for line in linked.splitlines() if "libasan.so" in line]
        self.preload = ":".join([*first, interpose])
        with tempfile.TemporaryDirectory() as top:
            folder = self.prepare(Path(top).resolve())
            with tempfile.NamedTemporaryFile() as log:
                done = self.batch(folder, FAULT_LOG=log.name)
                made = Path(log.name).read_text("utf-8").split()
            if done.returncode:
                raise SystemExit(f"Bail out! {done.stderr}")
            self.after = content(folder / "out")
        with tempfile.TemporaryDirectory() as top:
            self.before = content(self.prepare(Path(top).resolve()) / "out")
        self.counts = {call: made.count(call) for call in CALLS}

    def prepare(self, folder):
        """One experiment, and the outputs of a batch with another alpha."""
        (folder / "data" / "e1").mkdir(parents=True)
        for name in ("plates.csv", "map.csv"):
            shutil.copy(INPUTS / name, folder / "data" / "e1" / name)
        done = self.program.run(folder, "batch", "data", "-o", "out", "-j1", "--alpha", "0.01")
        assert done.returncode == 0, done.stderr
        return folder

    def batch(self, folder, **fault):
        return self.program.run(folder, "batch", "data", "-o", "out", "-j1",
                                LD_PRELOAD=self.preload, FAULT_FOLDER=str(folder), **fault)

    def attempt(self, call, number):
        with tempfile.TemporaryDirectory() as top:
            folder = self.prepare(Path(top).resolve())
            done = self.batch(folder, FAULT_CALL=call, FAULT_N=str(number),
                              FAULT_ERRNO=str(CALLS[call]))
            problems = list(self.judge(call, done, content(folder / "out")))
            again = self.program.run(folder, "batch", "data", "-o", "out", "--resume")
            if again.returncode or content(folder / "out") != self.after:
                problems.append(f"resumed, it is not as undisturbed: {again.stderr}")
            return [f"{call} {number}: {problem}" for problem in problems]

    def judge(self, call, done, found):
        if done.returncode not in (0, 1, 3):
            yield f"exit code {done.returncode}: {done.stderr[:1000]}"
        if done.returncode and "error: " not in done.stderr:
            yield f"no message: {done.stderr!r}"
        if done.returncode and WORDS.get(call, "") not in done.stderr:
            yield f"expected {WORDS[call]!r}, found {done.stderr!r}"
        if done.returncode == 0 and found != self.after:
            yield "exit code 0, and the files are not as undisturbed"
        for name in sorted(self.before.keys() | found.keys()):
            if name not in found:
                yield f"{name} is gone"
            elif found[name] not in (self.before.get(name), self.after.get(name)) and \
                    not (done.returncode and name in ("run.json", "summary.csv", "index.xlsx")):
                yield f"{name} is neither the earlier nor the new one"

    def killed_worker(self, jobs):
        """A worker that is killed takes its experiment with it, and no other."""
        with tempfile.TemporaryDirectory() as top:
            folder = Path(top).resolve()
            for name in ("e1", "e2", "e3", "e4"):
                (folder / "data" / name).mkdir(parents=True)
                for file in ("plates.csv", "map.csv"):
                    shutil.copy(INPUTS / file, folder / "data" / name / file)
            command = ["batch", "data", "-o", "out", jobs]
            done = self.program.run(folder, *command, LD_PRELOAD=self.preload,
                                    FAULT_FOLDER=str(folder), FAULT_KILL="e2/plates.csv")
            yield from expect(done, 3, "3 of 4 experiments done, 1 failed", KILLED)
            run = json.loads((folder / "out/run.json").read_text("utf-8"))
            codes = {e["name"]: e["code"] for e in run["experiments"]}
            if codes != {"e1": None, "e2": "worker-died", "e3": None, "e4": None}:
                yield f"{codes}"
            if (folder / "out/e2").exists() or list(folder.rglob(".dualuc*")):
                yield "it left something behind"
            yield from expect(self.program.run(folder, *command, "--resume"), 0, "4 of 4")


def report(number, name, problems):
    """A line of TAP, and what is wrong; 1 where something is."""
    print(f"{'not ok' if problems else 'ok'} {number} - {name}")
    for problem in problems[:10]:
        for line in problem.splitlines():
            print(f"# {line}")
    sys.stdout.flush()
    return bool(problems)


def main():
    faults = Faults(*(str(Path(arg).resolve()) for arg in sys.argv[1:3]))
    failed = 0
    print(f"1..{len(CALLS) + 2}")
    with ThreadPoolExecutor(max_workers=2) as pool:
        for i, call in enumerate(CALLS, 1):
            n = faults.counts[call]
            problems = [p for found in pool.map(lambda k, c=call: faults.attempt(c, k),
                                                range(1, n + 1)) for p in found]
            failed += report(i, f"{call} fails ({n} runs)", problems if n else ["it is never called"])
    for i, jobs in enumerate(("-j1", "-j3"), len(CALLS) + 1):
        failed += report(i, f"a worker is killed, {jobs}", list(faults.killed_worker(jobs)))
    return 1 if failed else 0


sys.exit(main())
