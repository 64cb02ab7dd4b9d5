#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches killed (kill -9) at random moments and resumed, as often as asked: killed.py DUALUC [TIMES].

The tests do 5; this does 50 where nothing else is asked for.
"""

import sys

from batch import Program, run_checks
from run import killed_and_resumed

if __name__ == "__main__":
    program = Program(sys.argv[1])
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    sys.exit(run_checks([(f"killed {times} times and resumed: the same files as undisturbed",
                          lambda top: killed_and_resumed(program, top, times, 12))]))
