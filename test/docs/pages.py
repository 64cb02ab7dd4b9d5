#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages in Markdown and the texts of the man pages hold together: pages.py DUALUC.

Links lead somewhere, examples are examples that run.py runs, options and codes exist.
"""

import re
import sys

from tap import ROOT, run

import tables

MARKDOWN = sorted(p for p in ROOT.rglob("*.md")
                  if not p.relative_to(ROOT).parts[0].startswith((".", "build", "out")))
TEXTS = sorted((ROOT / "docs" / "man").glob("*.txt"))
# CONTRIBUTING.md speaks of other programs' options
ON_OPTIONS = [p for p in MARKDOWN if p.name != "CONTRIBUTING.md"] + TEXTS
# commands with options of their own
OTHERS = re.compile(r"\s*(?:\$ )?(?:meson|ninja|git|pkg-config|snakemake|python3|sh|\S+/\S+) ")
FENCES = ("console", "console install", "sh", "c", "ini")


def place(path, number):
    return f"{path.relative_to(ROOT)}:{number}"


def lines(path):
    return enumerate(path.read_text("utf-8").splitlines(), 1)


def fenced(path):
    """Line number, line, and the kind of the fenced block that it stands in, or None."""
    kind = None
    for number, line in lines(path):
        if line.lstrip().startswith(("```", "~~~")):
            kind = None if kind is not None else line.strip()[3:]
            continue
        yield number, line, kind


# ---- links ----

def anchors(path):
    """The anchors that a forge makes of the headers."""
    found = set()
    for _, line, kind in fenced(path):
        header = re.match(r"#+ +(.*)", line) if kind is None else None
        if header:
            words = re.sub(r"[^\w\- ]", "", header.group(1).lower())
            found.add(words.replace(" ", "-"))
    return found


def check_links():
    links = 0
    for path in MARKDOWN:
        for number, line, kind in fenced(path):
            targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line))
            for target in targets if kind is None else []:
                if re.match(r"[a-z]+:", target):
                    continue
                links += 1
                file, _, anchor = target.partition("#")
                goal = (path.parent / file).resolve() if file else path
                if not goal.exists() or ROOT not in [goal, *goal.parents]:
                    yield f"{place(path, number)}: no such file: {target}"
                elif anchor and anchor not in anchors(goal):
                    yield f"{place(path, number)}: no such header: {target}"
    if links < 10:
        yield f"only {links} links found"


# ---- examples ----

def check_fences():
    for path in MARKDOWN + TEXTS:
        kinds = [line for _, line in lines(path) if line.lstrip().startswith(("```", "~~~"))]
        if len(kinds) % 2:
            yield f"{path.relative_to(ROOT)}: a fenced block does not end"
        for opening in kinds[::2]:
            if opening[:3] != "```" or opening[3:] not in FENCES:
                yield f"{path.relative_to(ROOT)}: expected ```console or another known kind, " \
                      f"found {opening}"


def check_examples():
    """A command of the program stands where run.py finds it, or it could rot."""
    for path in (p for p in MARKDOWN + TEXTS if "fixtures" not in p.relative_to(ROOT).parts):
        before = None
        for number, line, kind in fenced(path):
            command = re.match(r"\s*(\$ |dualuc [a-z]+ )", line)
            outside = kind is None and line.startswith("    ")
            if command and (outside or kind not in (None, "console", "console install")):
                yield f"{place(path, number)}: a command outside of a ```console block: {line}"
            if kind == "console" and before is None and not line.startswith("$ "):
                yield f"{place(path, number)}: expected a command first, found: {line}"
            script = re.match(r"\s*sh ([\w./-]+)", line) if kind == "sh" else None
            if script and not (ROOT / script.group(1)).exists():
                yield f"{place(path, number)}: no such script: {script.group(1)}"
            before = kind


# ---- options and codes ----

def parser_words(text, known):
    """The parsers that a piece of code may mean: "dualuc read ..." is one, anything else all."""
    parsers = [p for c in known.commands for p in c.parsers]
    words = re.match(r"(?:\$ )?(dualuc [a-z]+(?: [a-z]+)?)", text)
    meant = [p for p in parsers if words and (words.group(1) + " ").startswith(p.name + " ")]
    return meant or parsers


def pieces(path):
    """Line numbers and pieces of text that name options of one command: code, or a whole line."""
    whole = None
    for number, line, kind in fenced(path):
        if kind is not None:
            whole = f"{whole} {line.strip()}" if whole else line
            if line.endswith("\\"):
                whole = whole.rstrip("\\")
                continue
            yield number, whole
            whole = None
        else:
            for code in re.findall(r"`([^`]+)`", line):
                yield number, code + " "
            yield number, re.sub(r"`[^`]+`", "", line)


def check_options(program):
    known = tables.read(program)
    seen = set()
    for path in ON_OPTIONS:
        for number, text in pieces(path):
            if OTHERS.match(text):
                continue
            meant = parser_words(text, known)
            names = {f"--{o.name}" for p in meant for o in p.options()}
            for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text):
                seen.add(option)
                if option not in names:
                    yield f"{place(path, number)}: {option} is no option of " \
                          f"{meant[0].name if len(meant) == 1 else 'any command'}"
    if len(seen) < 20:
        yield f"only {len(seen)} options found in the documents"


def check_help(program):
    """The help of each command names every option of its table, and the other way round."""
    known = tables.read(program)
    for parser in (p for c in known.commands for p in c.parsers):
        told = tables.run(program, *parser.name.split()[1:], "--help")
        listed = set(re.findall(r"^ +(?:-., )?(--[a-z][a-z-]*)", told.stdout, re.M))
        options = {f"--{o.name}" for o in parser.options()}
        if told.returncode != 0 or not options:
            yield f"{parser.name} --help: exit {told.returncode}, {len(options)} options"
        for option in sorted(options ^ listed):
            where = "help" if option in options else "table"
            yield f"{parser.name}: {option} is not in the {where}"


def check_commands(program):
    """The overview names every command, with its summary."""
    overview = tables.run(program, "help").stdout
    for command in tables.read(program).commands:
        if not re.search(rf"^  {command.name} +{re.escape(command.summary)}$", overview, re.M):
            yield f"dualuc help does not list {command.name}"


def check_codes():
    known = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", (ROOT / "docs/methods.md").read_text("utf-8")))
    for path in [*TEXTS, ROOT / "README.md", ROOT / "docs" / "first-plate.md"]:
        for number, line, kind in fenced(path):
            for code in re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", line) if kind is None else []:
                if code not in known | {"NO_COLOR", "SOURCE_DATE_EPOCH"}:
                    yield f"{place(path, number)}: methods.md knows no {code}"


def main():
    program = sys.argv[1]
    return run([("links lead to files and headers", check_links),
                ("fenced blocks are of a known kind", check_fences),
                ("commands stand in blocks that are run", check_examples),
                ("options in documents are options of the program",
                 lambda: check_options(program)),
                ("help lists the options of the tables", lambda: check_help(program)),
                ("help lists the commands", lambda: check_commands(program)),
                ("codes in documents are those of the methods", check_codes)])


sys.exit(main())
