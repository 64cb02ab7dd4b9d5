# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of many experiments share: made-up experiments, and runs of the program."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True

# as in the cases: a plate of one pair, small enough to be analysed in a moment
SMALL = ["--blocks", "1", "--reader", "csv"]


class Skip(Exception):
    """Why a check cannot be made here."""


class Program:
    def __init__(self, dualuc):
        self.dualuc = str(Path(dualuc).resolve())

    def environment(self, **more):
        kept = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH")
        env = {k: v for k, v in os.environ.items() if k in kept}
        return {**env, "TZ": "UTC", "LC_ALL": "C", **more}

    def run(self, folder, *arguments, **more):
        return subprocess.run([self.dualuc, *map(str, arguments)], cwd=folder, text=True,
                              capture_output=True, check=False, timeout=300,
                              stdin=subprocess.DEVNULL, env=self.environment(**more))

    def start(self, folder, *arguments, says_to=subprocess.DEVNULL):
        return subprocess.Popen([self.dualuc, *map(str, arguments)], cwd=folder,
                                stdout=says_to, stderr=says_to,
                                stdin=subprocess.DEVNULL, env=self.environment())

    def make(self, folder, name, seed, *more):
        """A made-up experiment in folder/name."""
        (folder / name).mkdir(parents=True)
        done = self.run(folder, "simulate", "-o", name, "--seed", seed, *SMALL, *more)
        assert done.returncode == 0, done.stderr


def content(folder):
    """Every file of a folder by its path, with the hash of its bytes."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def differences(expected, found, what):
    """Names of files that one folder has and the other has not, or has otherwise."""
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            yield f"{what}: {name} {'differs' if name in expected and name in found else 'is in one only'}"


def expect(done, code, *words):
    if done.returncode != code:
        yield f"expected exit code {code}, found {done.returncode}: {done.stderr}"
    for word in words:
        if word not in done.stderr + done.stdout:
            yield f"expected {word!r} in {done.stderr + done.stdout!r}"


def run_checks(checks):
    """Runs (name, function of a new folder that yields problems) pairs as TAP."""
    print(f"1..{len(checks)}")
    failed = 0
    for number, (name, check) in enumerate(checks, 1):
        with tempfile.TemporaryDirectory() as top:
            try:
                problems = list(check(Path(top).resolve()))
            except Skip as why:
                print(f"ok {number} - {name} # SKIP {why}")
                continue
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {name}")
        for problem in problems:
            for line in str(problem).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return 1 if failed else 0
