#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same input gives the same bytes in any place: determinism.py DUALUC."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "fixtures" / "example-mir21"
INPUTS = ROOT / "test" / "cases" / "inputs"


def experiments():
    """Name and arguments of what is analysed."""
    yield "long tables", [INPUTS / "plates.csv", "--map", INPUTS / "map.csv"]
    if (EXAMPLE / "map.xlsx").exists():
        yield "example", [*sorted(EXAMPLE.glob("day*.xlsx")), "--map", EXAMPLE / "map.xlsx"]


def places():
    """Environments that must make no difference."""
    yield {"TZ": "UTC", "LC_ALL": "C"}
    yield {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True,
                           check=False).stdout.lower()
    if "de_de.utf8" in known:
        yield {"TZ": "America/Lima", "LC_ALL": "de_DE.UTF-8"}


def analyze(dualuc, arguments, place):
    with tempfile.TemporaryDirectory() as folder:
        env = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LANG")}
        done = subprocess.run([dualuc, "analyze", *map(str, arguments), "-o", "report.xlsx",
                               "--json", "result.json", "--csv", "tables", "--html",
                               "page.html", "--figures", "figures"],
                              cwd=folder, env={**env, **place}, capture_output=True, check=False)
        files = {p.relative_to(folder).as_posix(): p.read_bytes()
                 for p in sorted(Path(folder).rglob("*")) if p.is_file()}
    return {"exit": done.returncode, "stdout": done.stdout, "stderr": done.stderr, **files}


def compare(dualuc, arguments):
    """What differs, as sentences."""
    first = None
    for place in places():
        now = analyze(dualuc, arguments, place)
        if first is None:
            first = now
            if now["exit"] != 0 or "report.xlsx" not in now:
                yield f"the analysis failed: {now['stderr'].decode()}"
        for name in sorted(first.keys() | now.keys()):
            if first.get(name) != now.get(name):
                yield f"{name} differs under {place}"
        time.sleep(1.1)  # a clock in the output would show


def main():
    todo = list(experiments())
    failed = 0
    print(f"1..{len(todo)}")
    for number, (name, arguments) in enumerate(todo, 1):
        problems = list(compare(str(Path(sys.argv[1]).resolve()), arguments))
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {name}: the same bytes everywhere")
        for problem in problems:
            for line in problem.splitlines():
                print(f"# {line}")
    return 1 if failed else 0


sys.exit(main())
