#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands and options of the program, as the program itself tells them (src/cli/describe.h).

The one source of man pages, completions and their tests: tables.read("path/to/dualuc").
"""

import re
import subprocess
from dataclasses import dataclass, field


@dataclass
class Option:
    """A row of an option table; `letter` and `argument` may be empty."""
    name: str
    letter: str
    argument: str
    help: str


@dataclass
class Group:
    """Options under one header, which may be empty."""
    header: str
    options: list = field(default_factory=list)


@dataclass
class Parser:
    """What takes options: "dualuc analyze", "dualuc map new"."""
    name: str
    arguments: str
    text: str
    groups: list = field(default_factory=list)

    def options(self):
        return [option for group in self.groups for option in group.options]


@dataclass
class Command:
    """A command with its parser, or with one for each of its own commands."""
    name: str
    summary: str
    parsers: list


@dataclass
class Format:
    name: str
    extensions: list


@dataclass
class Tables:
    commands: list
    formats: list

    def command(self, name):
        return next((c for c in self.commands if c.name == name), None)


def run(program, *arguments):
    return subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          encoding="utf-8", check=False)


def unescape(text):
    meant = {"t": "\t", "n": "\n", "\\": "\\"}
    return re.sub(r"\\(.)", lambda m: meant[m.group(1)], text)


def lines(text):
    """Each line as its kind and its fields."""
    for line in text.splitlines():
        kind, *fields = line.split("\t")
        yield kind, [unescape(f) for f in fields]


def parser_of(text):
    """The parser that a description tells."""
    parser = None
    for kind, fields in lines(text):
        if kind == "parser":
            parser = Parser(*fields)
        elif kind == "group":
            parser.groups.append(Group(*fields))
        elif kind == "option":
            if not parser.groups:
                parser.groups.append(Group(""))
            parser.groups[-1].options.append(Option(*fields))
    return parser


def parsers_of(program, name):
    """The parser of a command; where it has none, those of the commands that its usage names."""
    told = run(program, name, "--describe")
    if told.returncode == 0:
        return [parser_of(told.stdout)]
    usage = run(program, name, "--help").stdout
    found = []
    words = re.findall(rf"^ *(?:Usage:|or:) +dualuc {name} +([a-z-]+)", usage, re.M)
    for word in dict.fromkeys(words):
        told = run(program, name, word, "--describe")
        if told.returncode == 0:
            found.append(parser_of(told.stdout))
    if not found:
        raise SystemExit(f"dualuc {name}: it tells no options, and no commands of its own")
    return found


def read(program):
    told = run(program, "help", "--describe")
    if told.returncode != 0:
        raise SystemExit(f"{program} help --describe failed: {told.stderr}")
    tables = Tables([], [])
    for kind, fields in lines(told.stdout):
        if kind == "command":
            tables.commands.append(Command(*fields, parsers_of(program, fields[0])))
        elif kind == "format":
            tables.formats.append(Format(fields[0], fields[1].split(", ")))
    return tables
