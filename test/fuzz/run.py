#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds a fuzz target the seeds made from the fixtures and all that was found before.

    run.py REPLAY-PROGRAM TARGET
"""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

program, target = sys.argv[1:]
with tempfile.TemporaryDirectory() as seeds:
    subprocess.run([HERE.parent.parent / "tools" / "fuzz_corpus.py", seeds],
                   check=True)
    folders = [pathlib.Path(seeds) / target]
    if (HERE / "found" / target).is_dir():
        folders.append(HERE / "found" / target)
    sys.exit(subprocess.run([program, *folders], check=False).returncode)
