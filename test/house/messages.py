#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every code that is said stands in the table of messages, and the other way round."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
sys.dont_write_bytecode = True
import messages  # noqa: E402


def main():
    checks, silent, n = messages.checks()
    print(f"1..{len(checks)}")
    for number, (name, problems) in enumerate(checks, 1):
        print(f"{'not ok' if problems else 'ok'} {number} - {name}")
        for problem in problems:
            print(f"# {problem}")
    print(f"# {n} codes, of which no test or case provokes {len(silent)}:")
    for code in silent:
        print(f"# {code}")
    return 1 if any(problems for _, problems in checks) else 0


sys.exit(main())
