#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The man pages: man.py DUALUC PAGE... (the pages as built).

They say all that the tables of the program say, and formatters have nothing to complain of.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import ROOT, Skip, run

import make_man
import tables

PROGRAM, PAGES = sys.argv[1], [Path(p) for p in sys.argv[2:]]
KNOWN = tables.read(PROGRAM)
SECTIONS = ["NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES", "SEE ALSO"]
MAN = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "500", "MANROFFSEQ": "", "MANOPT": "",
       "GROFF_NO_SGR": "1", "NO_COLOR": "1"}

# Texts of a page that cannot become one, and what is said of them.
MISTAKES = (
    ("words\n# FILES\n", "page.txt:1: expected a header line or a section"),
    ("see also: red\n# FILES\nA file.\n", "see also: no command red"),
    ("environment: HOME\n# FILES\nA file.\n", "has no HOME"),
    ("# FILES\nA file.\n# FILES\nAnother.\n", "page.txt:3: the section FILES stands twice"),
    ("# EXAMPLES\n\n```console\n$ true\n", "page.txt:3: the example does not end"),
    ("# EXAMPLES\nFirst:\n```console\n$ true\n```\n", "page.txt:3: expected ```console after"),
    ("# EXAMPLES\n\n```sh\n$ true\n```\n", "page.txt:3: expected ```console after"),
    ("# EXAMPLES\n\n```console\n$ true\n```\nThen\n", "page.txt:3: expected an empty line after"),
    ("# FILES\n\n- one\n- two\n", "page.txt:3: expected further lines to begin with two spaces"),
    ("# FILES\n\n`term`\n: meaning\nmore\n", "page.txt:3: expected further lines to begin"),
)


def page_of(name):
    file = "dualuc.1" if name == "dualuc" else f"dualuc-{name}.1"
    return next((p for p in PAGES if p.name == file), None)


def plain(text):
    """What a page says, without its markup, in one line."""
    text = re.sub(r"\\f[BIR]|\\%|\\&", "", text)
    for roff, meant in (("\\-", "-"), ("\\(aq", "'"), ("\\(dq", '"'), ("\\(ha", "^"),
                        ("\\(ti", "~"), ("\\(ga", "`"), ("\\e", "\\")):
        text = text.replace(roff, meant)
    text = re.sub(r"\\\[u([0-9A-F]{4,5})\]", lambda m: chr(int(m.group(1), 16)), text)
    return re.sub(r"\s+", " ", text)


def check_set():
    """A page for all, one a command, and no other."""
    names = {"dualuc.1", *(f"dualuc-{c.name}.1" for c in KNOWN.commands)}
    for name in sorted(names ^ {p.name for p in PAGES}):
        yield f"{name}: {'no such page' if name in names else 'a page of no command'}"


def check_sections():
    for page in PAGES:
        found = [s.strip('"') for s in re.findall(r"^\.SH (.*)$", page.read_text("utf-8"), re.M)]
        written = (ROOT / "docs" / "man" / f"{page.stem.removeprefix('dualuc-')}.txt").exists()
        wanted = [s for s in SECTIONS if written or s != "EXAMPLES"]
        if [s for s in found if s in wanted] != wanted:
            yield f"{page.name}: expected {wanted} in this order, found {found}"


def check_options():
    """Each option with its argument and its help, as the table has them."""
    for command in KNOWN.commands:
        page = page_of(command.name)
        told = plain(page.read_text("utf-8")) if page else ""
        for option in (o for p in command.parsers for o in p.options()):
            name = f"--{option.name}" + (f"={option.argument}" if option.argument else "")
            if f"{name} {make_man.sentence(option.help)} " not in told:
                yield f"dualuc-{command.name}.1 does not say: {name} {option.help}"
        if command.summary not in told:
            yield f"dualuc-{command.name}.1 does not say: {command.summary}"


def check_examples():
    """The examples of the texts, which run.py runs, are on the pages to the letter."""
    found = 0
    for page in PAGES:
        text = ROOT / "docs" / "man" / f"{page.stem.removeprefix('dualuc-')}.txt"
        examples = re.findall(r"^```console\n(.*?)^```$", text.read_text("utf-8") if text.exists()
                              else "", re.M | re.S)
        shown = [plain(e) for e in re.findall(r"^\.EX$(.*?)^\.EE$", page.read_text("utf-8"),
                                              re.M | re.S)]
        found += len(shown)
        if shown != [plain("\n" + e.replace("\\", "\\e")) for e in examples]:
            yield f"{page.name}: expected {examples}, found {shown}"
    if not found:
        yield "no examples"


def need(name):
    if not shutil.which(name):
        raise Skip(f"{name} is not installed")


def check_man():
    """man formats each page without a warning, and options stay what can be typed."""
    need("man")
    for page in PAGES:
        done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", str(page)], env=MAN,
                              stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                              check=False)
        if done.returncode or done.stderr:
            yield f"{page.name}: exit {done.returncode}: {done.stderr}"
        shown = re.sub(r".\x08", "", done.stdout)
        command = KNOWN.command(page.stem.removeprefix("dualuc-"))
        for option in (o for p in command.parsers for o in p.options()) if command else []:
            name = f"--{option.name}" + (f"={option.argument}" if option.argument else "")
            if not re.search(rf"(^|[\s,]){re.escape(name)}($|\s)", shown, re.M):
                yield f"{page.name}: man does not show {name}"


def check_mandoc():
    need("mandoc")
    for page in PAGES:
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)],
                              capture_output=True, encoding="utf-8", check=False)
        if done.returncode or done.stdout:
            yield f"{page.name}: exit {done.returncode}: {done.stdout}{done.stderr}"


def said_of(text):
    """What is said of a page's text that cannot become a page."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "docs" / "man" / "common.txt", folder)
        page = Path(folder) / "page.txt"
        page.write_text(text, "utf-8")
        known = tables.Tables([*KNOWN.commands, tables.Command("page", "a page", [
            tables.Parser("dualuc page", "", "A page.")])], [])
        try:
            return make_man.page_roff("page", known, Path(folder), "dualuc 0")
        except make_man.Mistake as mistake:
            return f"refused: {mistake}"


def check_mistakes():
    for text, expected in MISTAKES:
        found = said_of(text)
        if not found.startswith("refused: ") or expected not in found:
            yield f"{text!r}: expected {expected}, found {found}"


def check_escapes():
    """What roff would take for its own comes out as written, and markup as fonts."""
    for text, roff in ((".TH x", "\\&.TH x"), ("'so", "\\&'so"), ("a\\b", "a\\eb"),
                       ("µ ^ ~", "\\[u00B5] \\(ha \\(ti"), ("`a-b'c`", "\\fBa\\-b\\(aqc\\fR"),
                       ("*FILE* it", "\\fIFILE\\fR it"), ("x --no-y z", "x \\fB\\-\\-no\\-y\\fR z"),
                       ("see dualuc-read(1).", "see \\%\\fBdualuc\\-read\\fR(1)."),
                       ("3 * 4 * 5", "3 * 4 * 5"), ("well-known", "well-known")):
        found = make_man.inline(text)
        if found != roff:
            yield f"{text!r}: expected {roff!r}, found {found!r}"


sys.exit(run([("a page for every command", check_set), ("pages have their sections", check_sections),
              ("pages say what the tables say", check_options),
              ("pages show the examples that are run", check_examples),
              ("man formats the pages without warnings", check_man),
              ("mandoc has nothing to say of the pages", check_mandoc),
              ("wrong texts are refused", check_mistakes),
              ("text is escaped", check_escapes)]))
