#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same input gives the same bytes, whatever the program was built with: compilers.py
FOLDER_OF_BUILDS.

Run by tools/determinism.sh, which makes the builds: every folder in it is one, named for compiler
and options, with a dualuc in it. The first is the measure.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "fixtures" / "example-mir21"
INPUTS = ROOT / "test" / "cases" / "inputs"


def analyses():
    """Name and arguments of what is run, in a folder of its own; outputs are files in it."""
    every = ["-o", "report.xlsx", "--json", "result.json", "--csv", "tables", "--html", "page.html"]
    yield "example", ["analyze", *sorted(EXAMPLE.glob("day*.xlsx")), "--map",
                      EXAMPLE / "map.xlsx", *every]
    yield "long tables", ["analyze", INPUTS / "plates.csv", "--map", INPUTS / "map.csv", *every]
    yield "map in the table", ["analyze", INPUTS / "table.csv", *every]
    yield "error by block", ["analyze", INPUTS / "plates.csv", "--map", INPUTS / "map.csv",
                             "--error", "block", "--effect-rule", "interval", *every]
    yield "read", ["read", *sorted(EXAMPLE.glob("day*.xlsx")), "-o", "reads.csv"]
    for wells in ("96", "384"):
        yield f"simulate {wells}", ["simulate", "-o", "made", "--wells", wells, "--pairs", "4",
                                    "--map-format", "xlsx"]


def run(dualuc, arguments):
    """What a run prints and writes, by name."""
    env = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "LANG")}
    env.update(TZ="UTC", LC_ALL="C")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([dualuc, *map(str, arguments)], cwd=folder, env=env,
                              capture_output=True, check=False)
        files = {p.relative_to(folder).as_posix(): p.read_bytes()
                 for p in sorted(Path(folder).rglob("*")) if p.is_file()}
    return {"exit code": b"%d" % done.returncode, "output": done.stdout, "messages": done.stderr,
            **files}


def differences(first, other):
    for name in sorted(first.keys() | other.keys()):
        if first.get(name) != other.get(name):
            yield name


def main():
    builds = sorted(p for p in Path(sys.argv[1]).iterdir() if (p / "dualuc").exists())
    if len(builds) < 2:
        print("expected two builds or more")
        return 1
    failed = 0
    print(f"1..{len(builds)}")
    wanted = {}
    for number, build in enumerate(builds, 1):
        problems = []
        n_files = 0
        digest = hashlib.sha256()
        for name, arguments in analyses():
            found = run(str((build / "dualuc").resolve()), arguments)
            if found["exit code"] != b"0":
                problems.append(f"{name}: failed: {found['messages'].decode()}")
            wanted.setdefault(name, found)
            problems += [f"{name}: {what} differs" for what in differences(wanted[name], found)]
            n_files += len(found) - 3
            for key in sorted(found):
                digest.update(found[key])
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {build.name}: {n_files} files, "
              f"{digest.hexdigest()[:16]}")
        for problem in problems:
            for line in problem.splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return 1 if failed else 0


sys.exit(main())
