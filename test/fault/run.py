#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every call of the system fails once: run.py DUALUC INTERPOSE.so.

One analysis, from two tables to a workbook, JSON and CSV, one simulation and one plan are run again for
every open, read, write, fsync, close, rename, link, unlink and mkdir that they make, each time with
that call failing. They must end with all outputs whole, or with exit code 1, a message that names a
file, and the folder as it was before.
"""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

INPUTS = Path(__file__).resolve().parent.parent / "cases" / "inputs"
ANALYZE = ["analyze", "in/plates.csv", "--map", "in/map.csv", "-o", "report.xlsx",
           "--json", "result.json", "--csv", "tables", "--html", "page.html"]
SIMULATE = ["simulate", "-o", "made", "--blocks", "1", "--reader", "glomax",
            "--map-format", "xlsx"]
POWER = ["power", "in/result.json", "--json", "plan.json", "--csv", "plan.csv"]
RESULT = """{"dualuc": "0.1.0", "schema": 1, "comparisons": [{"target": "PTEN", "mutant": "MUT",
 "kind": "interaction", "method": "rcbd", "primary": true, "se": 0.1, "df": 6}], "verdicts":
[{"target": "PTEN", "mutant": "MUT", "verdict": "INCONCLUSIVE", "n": "3, 3, 3, 3"}]}"""
# what a message may begin with
NAMES = ("in/plates.csv", "in/map.csv", "report.xlsx", "result.json", "page.html", "tables", "made", "in/result.json", "plan.json", "plan.csv")

BY_NAME = ("open", "rename", "link", "unlink", "mkdir")
BY_DATA = ("read", "write", "fsync", "close", "fstat")
STREAMS = ("fopen", "fread", "fwrite", "fclose")
WRITES = ("write", "fsync", "close")


class Runner:
    def __init__(self, dualuc, interpose):
        self.dualuc = dualuc
        linked = subprocess.run(["ldd", dualuc], capture_output=True, text=True,
                                check=False).stdout
        # the sanitizer's library insists on being the first
        first = [line.split()[2] for line in linked.splitlines() if "libasan.so" in line]
        self.preload = ":".join([*first, interpose])

    def environment(self, folder, fault):
        env = {k: v for k, v in os.environ.items() if k in ("PATH", "UBSAN_OPTIONS")}
        env.update(TZ="UTC", LC_ALL="C", TMPDIR=str(folder / "tmp"), LD_PRELOAD=self.preload,
                   ASAN_OPTIONS="exitcode=99", FAULT_FOLDER=str(folder), **fault)
        return env

    def run(self, arguments, folder, fault, limit=None):
        """What the program does in the folder; `limit`: largest file that may be written."""
        def set_limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return subprocess.run([self.dualuc, *arguments], cwd=folder, capture_output=True,
                              env=self.environment(folder, fault), timeout=120, check=False,
                              preexec_fn=None if limit is None else set_limit)


def prepare(folder, earlier):
    """Inputs, a folder for temporary files and, where asked for, outputs of an earlier run."""
    (folder / "in").mkdir()
    (folder / "tmp").mkdir()
    for name in ("plates.csv", "map.csv"):
        shutil.copy(INPUTS / name, folder / "in" / name)
    (folder / "in" / "result.json").write_text(RESULT)
    if earlier:
        (folder / "tables").mkdir()
        for name in ("report.xlsx", "result.json", "page.html", "tables/wells.csv", "tables/qc.csv",
                     "tables/notes.txt"):
            (folder / name).write_text(f"earlier {name}\n")


def content(folder):
    """Every file with its bytes, every folder with None."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None
            for p in folder.rglob("*")}


def is_stray(name):
    return ".dualuc-" in name or name.startswith("tmp/")


def differences(found, wanted):
    for name in sorted(found.keys() | wanted.keys()):
        if name not in wanted:
            yield f"{name} was left behind"
        elif name not in found:
            yield f"{name} is gone"
        elif found[name] != wanted[name]:
            yield f"{name} is neither the earlier nor the whole one"


def judge(done, before, after, whole, call, must=None):
    """What is wrong with a run; `must`: the exit code it must have."""
    words = done.stderr.decode("utf-8", "backslashreplace")
    if call == "unlink":  # what cannot be removed stays
        after = {k: v for k, v in after.items() if not is_stray(k)}
    if done.returncode not in (0, 1):
        yield f"exit code {done.returncode}: {words[:2000]}"
    if must is not None and done.returncode != must:
        yield f"exit code {done.returncode} instead of {must}: {words[:500]}"
    if done.returncode == 0:
        yield from differences(after, {**before, **whole})
    else:
        yield from differences(after, before)
        if not any(line.startswith(NAMES) and ": error: " in line for line in words.splitlines()):
            yield f"no message that names a file: {words!r}"


class Scenario:
    """A run into an empty folder, or over the outputs of an earlier one."""

    def __init__(self, runner, earlier, arguments):
        self.runner = runner
        self.arguments = arguments
        self.earlier = earlier
        with tempfile.TemporaryDirectory() as top:
            folder = Path(top).resolve()
            prepare(folder, earlier)
            before = content(folder)
            with tempfile.NamedTemporaryFile() as log:
                done = runner.run(arguments, folder, {"FAULT_LOG": log.name})
                calls = Path(log.name).read_text().split()
            if done.returncode:
                raise SystemExit(f"Bail out! {done.stderr.decode()}")
            after = content(folder)
            self.whole = {k: v for k, v in after.items() if before.get(k) != v or k not in before}
        self.counts = {call: calls.count(call) for call in (*BY_NAME, *BY_DATA, *STREAMS)}

    def attempt(self, call, number, error, must=None, say=""):
        """What goes wrong where the number-th such call fails."""
        fault = {"FAULT_CALL": call, "FAULT_N": str(number), "FAULT_ERRNO": str(error)}
        with tempfile.TemporaryDirectory() as top:
            folder = Path(top).resolve()
            prepare(folder, self.earlier)
            before = content(folder)
            done = self.runner.run(self.arguments, folder, fault)
            problems = [f"{call} {number}, errno {error}: {problem}" for problem in
                        judge(done, before, content(folder), self.whole, call, must)]
            if say not in done.stderr.decode():
                problems.append(f"{call} {number}: no \"{say}\" in {done.stderr!r}")
            return problems

    def limited(self, limit):
        """What goes wrong where no file may grow beyond `limit` bytes."""
        with tempfile.TemporaryDirectory() as top:
            folder = Path(top).resolve()
            prepare(folder, self.earlier)
            before = content(folder)
            done = self.runner.run(self.arguments, folder, {}, limit)
            return [f"limit {limit}: {problem}" for problem in
                    judge(done, before, content(folder), self.whole, "", 1)]


def tests(fresh, over, made, planned):
    """Name and tasks of every test; a task returns its problems."""
    def every(scenario, call, error, must=None):
        return [lambda n=n: scenario.attempt(call, n, error, must)
                for n in range(1, scenario.counts[call] + 1)]

    for call in BY_NAME:
        error = errno.EINTR if call == "open" else errno.EACCES
        yield f"{call} fails", [*every(fresh, call, error), *every(over, call, errno.EIO)]
    for call in BY_DATA:
        more = errno.ENOSPC if call in WRITES else errno.ENOMEM
        yield f"{call} fails", [*every(fresh, call, errno.EIO), *every(over, call, more)]
    for call in STREAMS:  # of the workbook alone, which does not ask why
        yield f"{call} fails", every(over, call, errno.ENOSPC)
    yield "any call of a simulation fails", [
        task for call in (*BY_NAME, *BY_DATA, *STREAMS)
        for task in every(made, call, errno.ENOSPC)]
    yield "any call of a plan fails", [
        task for call in (*BY_NAME, *BY_DATA) for task in every(planned, call, errno.EIO)]
    yield "files shrink while they are read", [
        lambda n=n, error=error: fresh.attempt("read", n, error, 1, "changed while it was read")
        for n in (1, 3) for error in (0, -2)]
    yield "a workbook that cannot be read back is not kept", [
        lambda call=call: over.attempt(call, over.counts[call], errno.EIO, 1, "error: the workbook was written, but "
                             "cannot be read back to see whether it is whole")
        for call in ("fopen", "fread")]  # each the last of its kind
    yield "interrupted calls are made again", [
        task for call in ("read", "write", "fsync", "close")
        for task in every(over, call, errno.EINTR, 0)]
    yield "short reads and writes are continued", [
        *every(over, "read", -1, 0), *every(over, "write", -1, 0)]
    yield "files may not grow", [lambda limit=limit: scenario.limited(limit)
                                 for scenario in (fresh, over)
                                 for limit in (0, 1, 500, 2000, 8000, 20000)]


def main():
    runner = Runner(*(str(Path(arg).resolve()) for arg in sys.argv[1:3]))
    todo = list(tests(Scenario(runner, False, ANALYZE), Scenario(runner, True, ANALYZE),
                      Scenario(runner, False, SIMULATE), Scenario(runner, False, POWER)))
    failed = 0
    print(f"1..{len(todo)}")
    with ThreadPoolExecutor(max_workers=2) as pool:
        for number, (name, tasks) in enumerate(todo, 1):
            problems = [p for found in pool.map(lambda task: task(), tasks) for p in found]
            failed += bool(problems or not tasks)
            good = tasks and not problems
            print(f"{'ok' if good else 'not ok'} {number} - {name} ({len(tasks)} runs)")
            for problem in problems[:20]:
                for line in problem.splitlines():
                    print(f"# {line}")
            sys.stdout.flush()
    return 1 if failed else 0


sys.exit(main())
