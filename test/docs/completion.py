#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The completion for bash, asked as readline asks it: completion.py DUALUC SCRIPT."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import Skip, run

import tables

PROGRAM, SCRIPT = sys.argv[1], str(Path(sys.argv[2]).resolve())
KNOWN = tables.read(PROGRAM)

# One line of words a question; the answers in brackets, an empty line after each question.
DRIVER = r"""
source "$1"
[[ $(complete -p dualuc) == "complete -F _dualuc dualuc" ]] || exit 3
while IFS=$'\t' read -r -a COMP_WORDS; do
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMP_WORDS[COMP_CWORD]=${COMP_WORDS[COMP_CWORD]%.}
    _dualuc
    for reply in "${COMPREPLY[@]}"; do printf '[%s]\n' "$reply"; done
    echo
done
"""

FILES = ("day1.xlsx", "DAY2.XLSX", "day 3.csv", "notes.md", "lab.ini", "result.json", "maps/x.tsv")

# What is typed, the last word incomplete, and all that is offered.
TYPED = (
    (["ana"], ["analyze"]),
    (["in"], ["inspect"]),
    (["--ver"], ["--version"]),
    (["help", "si"], ["simulate"]),
    (["help", "simulate", ""], []),
    (["unknown", ""], []),
    (["unknown", "-", ""], []),
    (["map", ""], ["new", "check"]),
    (["map", "c"], ["check"]),
    (["map", "old", "--"], []),
    (["map", "new", "--form", ""], ["long", "grid"]),
    (["map", "check", "m"], ["maps"]),
    (["analyze", "--adj"], ["--adjust"]),
    (["analyze", "--adjust", ""], ["holm", "bh", "none"]),
    (["analyze", "--adjust", "h"], ["holm"]),
    (["analyze", "--adjust", "="], ["holm", "bh", "none"]),
    (["analyze", "--adjust", "=", "b"], ["bh"]),
    (["analyze", "--block", ""], ["plate", "none"]),
    (["analyze", "--vector", "p"], ["pmirglo", "psicheck2"]),
    (["analyze", "--alpha", ""], []),
    (["analyze", "--strict", "day1"], ["day1.xlsx"]),
    (["analyze", "day1.xlsx", "--map", "d"], ["day1.xlsx", "day 3.csv"]),
    (["analyze", "d"], ["day1.xlsx", "day 3.csv"]),
    (["analyze", "D"], ["DAY2.XLSX"]),
    (["analyze", "-o", "d"], ["day1.xlsx"]),
    (["analyze", "--csv", ""], ["maps"]),
    (["analyze", "--json", ""], ["result.json", "maps"]),
    (["analyze", "--config", "l"], ["lab.ini"]),
    (["analyze", "--config", "no"], ["notes.md"]),
    (["analyze", "--reporter", ""], ["firefly", "renilla", "nanoluc"]),
    (["simulate", "--reader", ""], ["glomax", "csv"]),
    (["simulate", "--output", "ma"], ["maps"]),
    (["simulate", "-o", "ma"], ["maps"]),
    (["simulate", ""], []),
    (["formats", ""], []),
)


def ask(questions):
    """What the completion offers for each list of words after "dualuc"."""
    if not shutil.which("bash"):
        raise Skip("bash is not installed")
    # a dot keeps a last empty word in its place
    typed = "".join("\t".join(["dualuc", *words]) + ".\n" for words in questions)
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("", "utf-8")
        done = subprocess.run(["bash", "--norc", "-c", DRIVER, "bash", SCRIPT], input=typed,
                              cwd=folder, capture_output=True, encoding="utf-8", check=False)
    if done.returncode or done.stderr:
        raise AssertionError(f"bash: exit {done.returncode}: {done.stderr}")
    return split(done.stdout)


def split(text):
    """What stands in the brackets of each answer; an empty line ends it."""
    answers = [[]]
    for line in text.splitlines():
        if line:
            answers[-1].append(line[1:-1])
        else:
            answers.append([])
    return answers[:-1]


def compare(rows):
    offered = ask([words for words, _ in rows])
    if len(offered) != len(rows):
        yield f"{len(rows)} questions, {len(offered)} answers"
    for (words, expected), found in zip(rows, offered):
        if sorted(found) != sorted(expected):
            yield f"dualuc {' '.join(words)}: expected {expected}, found {found}"


def parsers():
    return [p for c in KNOWN.commands for p in c.parsers]


def words_of(parser):
    return parser.name.split()[1:]


def check_commands():
    names = [c.name for c in KNOWN.commands]
    yield from compare([([""], [*names, "help", "--help", "--version"]), (["help", ""], names)])


def check_options():
    yield from compare([([*words_of(p), "--"], [f"--{o.name}" for o in p.options()])
                        for p in parsers()])


def check_values():
    """Every option with words to choose from, by each of its names."""
    rows = []
    for parser in parsers():
        for option in (o for o in parser.options() if "|" in o.argument):
            words = [w for w in option.argument.split("|") if not w.isupper()]
            if not words:
                continue
            rows.append(([*words_of(parser), f"--{option.name}", ""], words))
            rows.append(([*words_of(parser), f"--{option.name}", "=", words[0]],
                         [w for w in words if w.startswith(words[0])]))
    if len(rows) < 20:
        yield f"only {len(rows)} rows"
    yield from compare(rows)


def check_formats():
    names = [f.name for f in KNOWN.formats]
    yield from compare([(["read", "--format", ""], names),
                        (["read", "--format", "=", "generic"],
                         [n for n in names if n.startswith("generic")])])


def check_typed():
    yield from compare(TYPED)


def check_shell():
    if not shutil.which("shellcheck"):
        raise Skip("shellcheck is not installed")
    done = subprocess.run(["shellcheck", "-s", "bash", SCRIPT], capture_output=True,
                          encoding="utf-8", check=False)
    if done.returncode:
        yield done.stdout


sys.exit(run([("commands", check_commands), ("options of every command", check_options),
              ("values of every option that lists them", check_values),
              ("names of formats", check_formats), ("words as typed", check_typed),
              ("shellcheck has nothing to say", check_shell)]))
