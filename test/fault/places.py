#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files and folders that may not be read or written, and a disk that is full: places.py DUALUC.

As root everything may be read; then the program runs as another user. The full disk is a small one
in memory, mounted where only the test sees it; both are skipped where that is not allowed.
"""

import fcntl
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
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


def start_stuck(command, folder, ignored=()):
    """Starts a run that has begun all its files and waits, because nobody reads what it prints."""
    def set_signals():
        """Whatever this test was started under: a shell's background jobs have SIGINT ignored."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)
    ours, theirs = os.pipe()
    size = fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=theirs,
                               stderr=subprocess.DEVNULL, preexec_fn=set_signals)
    os.close(theirs)
    while process.poll() is None:
        waiting = struct.unpack("i", fcntl.ioctl(ours, termios.FIONREAD, b"\0" * 4))[0]
        if waiting == size:
            break
        time.sleep(0.01)
    return process, ours


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

    def interrupted(self, folder):
        """By Ctrl-C, a kill or a closed terminal: what was begun is gone, what was there stays."""
        problems = []
        (folder / "out" / "report.xlsx").write_text("earlier\n")
        before = content(folder)
        command = self.analyze(outputs=["-o", "out/report.xlsx", "--html", "out/report.html",
                                        "--json", "-"])
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process, ours = start_stuck(command, folder)
            begun = [name for name in content(folder) if name.endswith(".tmp")]
            process.send_signal(number)
            code = process.wait(timeout=120)
            os.close(ours)
            if code != -number or len(begun) < 3 or content(folder) != before:
                problems.append(f"{number.name}: exit {code}, begun {begun}, "
                                f"left {content(folder)}")
        if (folder / "out" / "report.xlsx").read_text() != "earlier\n":
            problems.append("report.xlsx was changed")
        return problems

    def not_interrupted(self, folder):
        """Under nohup a closed terminal is nothing."""
        command = self.analyze(outputs=["-o", "out/report.xlsx", "--json", "-"])
        process, ours = start_stuck(command, folder, ignored=(signal.SIGHUP,))
        process.send_signal(signal.SIGHUP)
        with os.fdopen(ours, "rb") as pipe:
            printed = pipe.read()
        code = process.wait(timeout=120)
        if code or not printed.endswith(b"}\n") or not (folder / "out/report.xlsx").exists():
            return [f"exit {code}, {len(printed)} bytes printed, left {content(folder)}"]
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
               "write_protected_output", "interrupted", "not_interrupted", "full_disk")
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
