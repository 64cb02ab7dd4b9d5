#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the examples of the documentation: run.py DUALUC.

In a fenced block that begins with ```console, each line after "$ " is a command, and the lines
below it are what it prints (both streams), where any are shown; a line "..." stands for any lines.
All blocks of one document run in order in one folder, which holds a copy of fixtures/; "cd FOLDER"
holds for the commands after it. The texts of the man pages are documents too. A block that begins
with ```console install is not run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def blocks(text):
    """Line number and lines of each console block."""
    lines = text.splitlines()
    begin = None
    for number, line in enumerate(lines, 1):
        if begin is None and line.strip() == "```console":
            begin = number
        elif begin is not None and line.strip() == "```":
            yield begin, lines[begin:number - 1]
            begin = None


def commands(block):
    """Each command of a block with the output shown for it."""
    command, shown = None, []
    for line in block:
        if line.startswith("$ "):
            if command is not None:
                yield command, shown
            command, shown = line[2:], []
        elif command is not None and command.endswith("\\"):
            command = command + "\n" + line
        else:
            shown.append(line)
    if command is not None:
        yield command, shown


def matches(shown, printed):
    pattern = "\n".join(r"(?:[^\n]*\n)*?[^\n]*" if line == "..." else re.escape(line)
                        for line in shown)
    # blanks at the end of a line cannot be seen in a document
    seen = "\n".join(line.rstrip() for line in printed.rstrip("\n").split("\n"))
    return re.fullmatch(pattern, seen) is not None


def run_document(path, env):
    """What does not hold in one document."""
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        if (ROOT / "fixtures").is_dir():
            shutil.copytree(ROOT / "fixtures", folder / "fixtures")
        for line, block in blocks(path.read_text("utf-8")):
            for command, shown in commands(block):
                if command.startswith("cd "):
                    folder = folder / command[3:]
                    if not folder.is_dir():
                        yield f"line {line}: $ {command}: no such folder"
                        return
                    continue
                done = subprocess.run(["sh", "-c", command], cwd=folder, env=env, text=True,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, check=False)
                wrong = shown and not matches(shown, done.stdout)
                if wrong or (done.returncode != 0 and not shown):
                    told = f"line {line}: $ {command}\n(exit {done.returncode}) printed:\n"
                    yield from (told + done.stdout).splitlines()


def main():
    dualuc = Path(sys.argv[1]).resolve()
    env = {**os.environ, "PATH": f"{dualuc.parent}:{os.environ['PATH']}", "LC_ALL": "C", "TZ": "UTC",
           "COLUMNS": "80"}
    documents = [p for p in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")),
                             *sorted((ROOT / "docs" / "man").glob("*.txt"))]
                 if any(blocks(p.read_text("utf-8")))]
    failed = 0
    print(f"1..{len(documents)}")
    for number, path in enumerate(documents, 1):
        problems = list(run_document(path, env))
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {path.relative_to(ROOT)}")
        for problem in problems:
            print(f"# {problem}")
    return 1 if failed else 0


sys.exit(main())
