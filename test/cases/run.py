#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the command-line cases: run.py DUALUC [--update] [NAME...].

A case is a folder with `cmd` (a sh script, run in a fresh copy of the folder), the `exit` code and,
where they are not empty, `stdout` and `stderr`. The script finds the program as $DUALUC, the
fixtures as $FIXTURES, the inputs that cases share as $INPUTS, and $XLSX to make workbooks from CSV
text. Paths that differ from machine to machine and the version are replaced by @NAMES@.
"""

import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent.parent / "fixtures"
OURS = ("cmd", "stdout", "stderr", "exit")
TIMEOUT_S = 120


def environment(dualuc, scratch):
    """Nothing of the caller's but what a program needs to run."""
    env = {k: v for k, v in os.environ.items() if k in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
    env.update(DUALUC=dualuc, FIXTURES=str(FIXTURES), INPUTS=str(HERE / "inputs"),
               XLSX=str(HERE / "xlsx.py"), TZ="UTC", LC_ALL="C", HOME=str(scratch),
               TMPDIR=str(scratch), COLUMNS="80", PYTHONDONTWRITEBYTECODE="1")
    return env


def placeholders(text, dualuc, folder, version):
    for path, name in ((str(folder), "@HERE@"), (str(HERE / "inputs"), "@INPUTS@"),
                       (str(FIXTURES), "@FIXTURES@"), (dualuc, "@DUALUC@"), (version, "@VERSION@")):
        text = text.replace(path, name)
    return text


def run(case, dualuc, version):
    """What the case does now: {'stdout': ..., 'stderr': ..., 'exit': ...}, and files left over."""
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top).resolve() / case.name
        shutil.copytree(case, folder, ignore=shutil.ignore_patterns(*OURS))
        scratch = Path(top) / "scratch"
        scratch.mkdir()
        done = subprocess.run(["sh", str(case / "cmd")], cwd=folder, timeout=TIMEOUT_S,
                              env=environment(dualuc, scratch), stdin=subprocess.DEVNULL,
                              capture_output=True, check=False)
        left = [p.name for p in Path(top).rglob(".dualuc-*")]
    found = {"exit": f"{done.returncode}\n"}
    for name in ("stdout", "stderr"):
        text = getattr(done, name).decode("utf-8", "backslashreplace")
        found[name] = placeholders(text, dualuc, folder, version)
    return found, left


def expected(case):
    return {name: (case / name).read_text("utf-8") if (case / name).exists() else ""
            for name in ("stdout", "stderr", "exit")}


def update(case, found):
    for name, text in found.items():
        if text:
            (case / name).write_text(text, "utf-8")
        else:
            (case / name).unlink(missing_ok=True)


def differences(wanted, found, left):
    for name, text in wanted.items():
        for line in difflib.unified_diff(text.splitlines(), found[name].splitlines(),
                                         f"{name} expected", f"{name} found", lineterm=""):
            yield line
    for name in left:
        yield f"temporary file left behind: {name}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dualuc")
    parser.add_argument("--update", action="store_true", help="take what is found as expected")
    parser.add_argument("names", nargs="*", help="cases; all where none is given")
    args = parser.parse_intermixed_args()
    dualuc = str(Path(args.dualuc).resolve())
    version = subprocess.run([dualuc, "--version"], capture_output=True, text=True,
                             check=True).stdout.split()[1]
    cases = sorted(p.parent for p in HERE.glob("*/cmd"))
    cases = [c for c in cases if not args.names or c.name in args.names]
    failed = 0
    print(f"1..{len(cases)}")
    for number, case in enumerate(cases, 1):
        found, left = run(case, dualuc, version)
        if args.update:
            update(case, found)
        problems = list(differences(expected(case), found, left))
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {case.name}")
        for line in problems:
            print(f"# {line}")
        sys.stdout.flush()
    return 1 if failed else 0


sys.exit(main())
