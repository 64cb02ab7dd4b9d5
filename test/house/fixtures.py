#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The synthetic fixtures are what their makers in tools/fixtures make, and each is told of in its
folder's ORIGIN.md. Workbooks are compared part by part: deflate may pack the same bytes anew."""
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAKE = ROOT / "tools" / "fixtures" / "make.py"


def content(path):
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def faults_of(made, committed):
    faults = []
    origin = committed / "ORIGIN.md"
    told = origin.read_text() if origin.exists() else ""
    if not told:
        faults.append(f"no ORIGIN.md in {committed.name}")
    names = {p.name for p in made.iterdir()}
    for name in sorted(names):
        if not (committed / name).exists():
            faults.append(f"{committed.name}/{name} is made but not committed")
        elif content(made / name) != content(committed / name):
            faults.append(f"{committed.name}/{name} is not what tools/fixtures/make.py makes")
        if f"`{name}`" not in told:
            faults.append(f"{committed.name}/ORIGIN.md does not tell of {name}")
    for path in sorted(committed.iterdir()):
        if path.name != "ORIGIN.md" and path.name not in names:
            faults.append(f"{committed.name}/{path.name} has no maker in tools/fixtures")
    return faults


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(MAKE), folder], check=True)
        made = sorted(Path(folder).iterdir())
        print(f"1..{len(made)}")
        failed = 0
        for number, path in enumerate(made, 1):
            committed = ROOT / "fixtures" / path.name
            faults = faults_of(path, committed) if committed.exists() else ["folder is missing"]
            for fault in faults:
                print(f"# {fault}")
            failed += bool(faults)
            print(f"{'not ok' if faults else 'ok'} {number} - {path.name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
