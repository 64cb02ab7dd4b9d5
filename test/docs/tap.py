# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of this folder share: where things are, and how outcomes are told."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))


class Skip(Exception):
    """Why a check cannot be made here."""


def check(number, name, problems):
    """One line for a check, and one for each problem; whether there were none."""
    try:
        found = list(problems())
    except Skip as why:
        print(f"ok {number} - {name} # SKIP {why}")
        return True
    print(f"{'not ok' if found else 'ok'} {number} - {name}")
    for problem in found:
        for line in str(problem).splitlines():
            print(f"# {line}")
    return not found


def run(checks):
    """Runs (name, function that yields problems) pairs; the exit code."""
    print(f"1..{len(checks)}")
    passed = [check(number, *one) for number, one in enumerate(checks, 1)]
    return 0 if all(passed) else 1
