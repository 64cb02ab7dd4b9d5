#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files and folders that may not be read or written, and a disk that is full: places.py DUALUC.

As root everything may be read; then the program runs as another user. The full disk is a small one
in memory, mounted where only the test sees it; both are skipped where that is not allowed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

INPUTS = Path(__file__).resolve().parent.parent / "cases" / "inputs"
NOBODY = 65534
OUTPUTS = ["-o", "out/report.xlsx", "--json", "out/result.json", "--csv", "out/tables"]


class Skip(Exception):
    pass


def environment(folder):
    env = {k: v for k, v in os.environ.items() if k in ("PATH", "UBSAN_OPTIONS")}
    return {**env, "TZ": "UTC", "LC_ALL": "C", "TMPDIR": str(folder), "ASAN_OPTIONS": "exitcode=99"}


def as_user(command, folder):
    """Runs the command as somebody who is not root."""
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    return subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True,
                          text=True, check=False, timeout=120, **who)


def content(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def expect(done, words, before, folder):
    """What is wrong where the run had to fail with these words and change nothing."""
    if done.returncode != 1:
        yield f"exit code {done.returncode}: {done.stderr}"
    if words not in done.stderr:
        yield f"no \"{words}\" in {done.stderr!r}"
    if content(folder) != before:
        yield f"files were made or removed: {before} became {content(folder)}"


class Test:
    def __init__(self, dualuc):
        self.dualuc = dualuc

    def analyze(self, plates="plates.csv", outputs=None):
        return [self.dualuc, "analyze", plates, "--map", "map.csv", *(outputs or OUTPUTS)]

    def prepare(self, folder):
        for name in ("plates.csv", "map.csv"):
            shutil.copy(INPUTS / name, folder / name)
        (folder / "out").mkdir()
        for path in (folder, folder / "out"):
            path.chmod(0o777)
        try:
            done = as_user([self.dualuc, "--version"], folder)
        except (OSError, subprocess.SubprocessError) as problem:
            raise Skip(f"nobody cannot run it: {problem}") from problem
        if done.returncode:
            raise Skip(f"nobody cannot run it: {done.stderr.strip()[:200]}")

    def refused(self, folder, words, command):
        before = content(folder)
        return list(expect(as_user(command, folder), words, before, folder))

    def unreadable_file(self, folder):
        (folder / "plates.csv").chmod(0)
        return self.refused(folder, "plates.csv: error: the file is there, but it may not be read",
                            self.analyze())

    def unreadable_folder(self, folder):
        (folder / "days").mkdir()
        shutil.copy(INPUTS / "plates.csv", folder / "days" / "plates.csv")
        (folder / "days").chmod(0)
        return self.refused(folder, "days/plates.csv: error: the file is there, but it may not be",
                            self.analyze("days/plates.csv"))

    def unwritable_folder(self, folder):
        (folder / "out").chmod(0o555)
        problems = []
        for option, path in (("-o", "out/report.xlsx"), ("--json", "out/result.json"),
                             ("--csv", "out/tables")):
            words = f'{path}: error: cannot write into the folder "out": Permission denied'
            problems += self.refused(folder, words, self.analyze(outputs=[option, path]))
        return problems

    def unwritable_tables(self, folder):
        """The folder of the tables is the last to be looked at, and still nothing is written."""
        (folder / "out" / "tables").mkdir(0o555)
        return self.refused(folder, 'out/tables: error: cannot write into the folder '
                            '"out/tables": Permission denied', self.analyze())

    def write_protected_output(self, folder):
        """The folder decides, not the file: it is replaced by a new one."""
        old = folder / "out" / "result.json"
        old.write_text("earlier\n")
        old.chmod(0o444)
        done = as_user(self.analyze(), folder)
        if done.returncode or old.read_text() == "earlier\n":
            return [f"exit code {done.returncode}: {done.stderr}"]
        return []

    def full_disk(self, folder):
        if os.geteuid() != 0 or not shutil.which("unshare"):
            raise Skip("needs root and unshare")
        problems = []
        tried = 0
        for pages in (1, 2, 4, 8, 10, 12, 14, 16, 18, 20, 24):
            script = (f"mount -t tmpfs -o size={pages * 4096} none out || exit 77\n"
                      'TMPDIR=out "$@"; code=$?; ls -A out >list; exit $code')
            done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", *self.analyze()],
                                  cwd=folder, env=environment(folder), capture_output=True,
                                  text=True, check=False, timeout=120)
            if done.returncode == 77 or not (folder / "list").exists():
                raise Skip(f"no disk can be mounted: {done.stderr.strip()[:200]}")
            left = (folder / "list").read_text().split()
            (folder / "list").unlink()
            tried += done.returncode == 1
            if done.returncode not in (0, 1) or (done.returncode == 1 and (
                    left or "out/" not in done.stderr or ": error: " not in done.stderr)):
                problems.append(f"{pages} pages: exit {done.returncode}, left {left}: "
                                f"{done.stderr}")
        return problems if tried else [*problems, "no disk was too small"]


def run(test, method):
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top).resolve()
        try:
            test.prepare(folder)
            return getattr(test, method)(folder), ""
        except Skip as reason:
            return [], f" # SKIP {reason}"
        finally:
            for path in folder.rglob("*"):
                if path.is_dir():
                    path.chmod(0o755)


def main():
    methods = ("unreadable_file", "unreadable_folder", "unwritable_folder", "unwritable_tables",
               "write_protected_output", "full_disk")
    test = Test(str(Path(sys.argv[1]).resolve()))
    failed = 0
    print(f"1..{len(methods)}")
    for number, method in enumerate(methods, 1):
        problems, skipped = run(test, method)
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {method.replace('_', ' ')}{skipped}")
        for problem in problems:
            for line in problem.splitlines():
                print(f"# {line}")
    return 1 if failed else 0


sys.exit(main())
