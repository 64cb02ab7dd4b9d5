#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the completion for bash: make_completion.py PROGRAM TEMPLATE OUTPUT.

Commands, options and the values of options come from the program's own tables; a value that is
written "holm|bh|none" is completed word by word, FILE.json by that ending, FOLDER by folders.
"""

import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import tables  # noqa: E402  (the line above keeps the source tree clean)

MAPS = ["csv", "tsv", "xlsx"]
CHANNELS = ["firefly", "renilla", "nanoluc"]
# Endings that the tables do not tell, by parser and option.
SEQUENCES = ["fa", "fasta", "gb", "gbk"]
ENDINGS = {"config": ["ini"], "json": ["json"], "svg": ["svg"], "dualuc read output": ["csv"],
           "mirna": ["fa", "fasta"], "mirbase": ["fa"], "wt": SEQUENCES, "mut": SEQUENCES,
           "cds": SEQUENCES, "published": ["csv", "tsv", "xlsx"]}


def reader_endings(known):
    """Of all formats, each once, in the order of the formats."""
    return list(dict.fromkeys(e for f in known.formats for e in f.extensions))


def of_file(parser, option, known):
    """The endings of an option that takes FILE."""
    for key in (f"{parser.name} {option.name}", option.name):
        if key in ENDINGS:
            return ENDINGS[key]
    if option.name in CHANNELS:
        return reader_endings(known)
    return re.findall(r"\.([a-z]+)\b", option.help)


def value_of(parser, option, known):
    """What follows an option, as _dualuc_value of the template says it."""
    argument = option.argument
    if not argument:
        return ""
    words = [w for w in argument.split("|") if not w.isupper()]
    if "|" in argument and words:
        return " ".join(["words", *words])
    if argument in ("FOLDER", "DIR"):
        return "folders"
    if argument == "MAP":
        return " ".join(["files", *MAPS])
    if argument == "CHANNEL":
        return " ".join(["words", *CHANNELS])
    if option.name == "format":
        return " ".join(["words", *(f.name for f in known.formats)])
    ending = re.fullmatch(r"[A-Z]+\.([a-z]+)", argument)
    if ending or argument.split("|")[0] == "FILE":
        endings = [ending.group(1)] if ending else of_file(parser, option, known)
        return " ".join(["files", *endings])
    return "text"


def files_of(parser, known):
    """What stands without an option."""
    endings = []
    for word in re.findall(r"[A-Z]+(?:\.[a-z]+)?", parser.arguments):
        if "." in word:
            endings.append(word.split(".")[1])
        else:
            endings += MAPS if word == "MAP" else reader_endings(known)
    return " ".join(["files", *dict.fromkeys(endings)]) if parser.arguments else ""


def names(option):
    """As typed: the letter first."""
    return [f"-{option.letter}"] * bool(option.letter) + [f"--{option.name}"] * bool(option.name)


def case(patterns, words):
    return f"    {' | '.join(repr(p) for p in patterns)}) echo '{words}' ;;"


def words_cases(known):
    commands = [c.name for c in known.commands]
    yield case(["dualuc"], " ".join([*commands, "help", "--help", "--version"]))
    yield case(["help"], " ".join(commands))
    for command in known.commands:
        inner = [p.name.split()[-1] for p in command.parsers]
        if inner != [command.name]:
            yield case([command.name], " ".join(inner))
        for parser in command.parsers:
            label = parser.name.removeprefix("dualuc ")
            listed = [f"--{o.name}" for o in parser.options() if o.name]
            yield case([label], " ".join(listed))


def value_cases(known):
    for parser in (p for c in known.commands for p in c.parsers):
        label = parser.name.removeprefix("dualuc ")
        files = files_of(parser, known)
        if files:
            yield case([label], files)
        for option in parser.options():
            value = value_of(parser, option, known)
            if value:
                yield case([f"{label} {n}" for n in names(option)], value)


def main():
    program, template, output = sys.argv[1:]
    known = tables.read(program)
    text = Path(template).read_text("utf-8")
    text = text.replace("@WORDS@", "\n".join(words_cases(known)))
    text = text.replace("@VALUES@", "\n".join(value_cases(known)))
    Path(output).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
