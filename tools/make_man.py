#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a man page: make_man.py PROGRAM COMMAND FOLDER OUTPUT.

COMMAND is a command of the program, or "dualuc" for the page of all of them. Names, usage and
options come from the program's own tables; what is said beside them from FOLDER/COMMAND.txt, if it
is there, and FOLDER/common.txt, which all pages share. Those are written so:

    see also: read formats           header lines, first: pages of other commands,
    environment: NO_COLOR TMPDIR     and variables, which common.txt explains
    # FILES                          a section
    ## Plates                        a part of one
    - an item                        paragraphs, items and terms stand between empty lines
    `term`                           a term, and what it means
    : its meaning
    ```console                       an example, which test/docs/run.py runs
    `literal` *placeholder*          within any of them
"""

import re
import sys
import textwrap
from pathlib import Path

sys.dont_write_bytecode = True
import tables  # noqa: E402  (the line above keeps the source tree clean)

# What has a place; other sections stand between OPTIONS and EXIT STATUS, in the order written.
LAST = ["EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"]

# Of lines in the page's source.
WIDTH = 78


class Mistake(Exception):
    """A text that cannot become a page."""


# ---- roff ----

def escape(text, literal=False):
    """Text as roff; in literal text hyphens and quotes stay as they are typed."""
    named = {"\\": "\\e", "^": "\\(ha", "~": "\\(ti", "`": "\\(ga"}
    if literal:
        named.update({"-": "\\-", "'": "\\(aq", '"': "\\(dq"})
    return "".join(named.get(c, c if ord(c) < 127 else f"\\[u{ord(c):04X}]") for c in text)


def guard(line):
    """A line that roff does not take for a request."""
    return "\\&" + line if line[:1] in (".", "'") else line


def bold(text):
    return f"\\fB{escape(text, True)}\\fR"


def italic(text):
    return f"\\fI{escape(text, True)}\\fR"


def quoted(text):
    """An argument of a macro."""
    return '"' + escape(text).replace('"', "\\(dq") + '"'


def inline(text):
    """A paragraph's text: `literal`, *placeholder*, --options and pages(1) are set apart."""
    out = []
    pattern = r"`([^`]+)`|\*([^*\s][^*]*)\*|(?<![\w-])(--[a-z][a-z-]*)|\b(dualuc(?:-[a-z]+)?)\(1\)"
    at = 0
    for found in re.finditer(pattern, text):
        out.append(escape(text[at:found.start()]))
        literal, placeholder, option, page = found.groups()
        if placeholder:
            out.append(italic(placeholder))
        else:
            # "\\%" keeps the name of a page in one piece
            out.append(f"\\%{bold(page)}(1)" if page else bold(literal or option))
        at = found.end()
    wrapped = textwrap.wrap("".join(out) + escape(text[at:]), WIDTH, break_long_words=False,
                            break_on_hyphens=False)
    return "\n".join(guard(line) for line in wrapped)


# ---- the written part ----

def read_text(path):
    """Header lines, and the lines of each section with the number of the first."""
    header, sections, name = {}, {}, None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        found = re.fullmatch(r"# ([A-Z ]+)", line)
        if found:
            name = found.group(1)
            if name in sections:
                raise Mistake(f"{path}:{number}: the section {name} stands twice")
            sections[name] = (number + 1, [])
        elif name:
            sections[name][1].append(line)
        elif line.strip():
            key, colon, value = line.partition(": ")
            if not colon or key not in ("see also", "environment", "date"):
                raise Mistake(f"{path}:{number}: expected a header line or a section")
            header[key] = value.split()
    return header, sections


def pieces(path, first, lines):
    """What stands between empty lines, headers, and fenced examples, each with its line number."""
    piece, begin, fence = [], 0, False
    for number, line in enumerate([*lines, ""], first):
        if line.startswith("```"):
            if not fence and (piece or line != "```console"):
                raise Mistake(f"{path}:{number}: expected ```console after an empty line")
            fence = not fence
        header = line.startswith("## ") and not fence
        if piece and (header or not line.strip() and not fence):
            yield begin, piece
            piece = []
        if header:
            yield number, [line]
        elif line.strip() or fence:
            begin = begin if piece else number
            piece.append(line)
    if fence:
        raise Mistake(f"{path}:{begin}: the example does not end")


def example(lines):
    """A fenced block as it is typed and printed."""
    inner = [guard(escape(line, True)) for line in lines[1:-1]]
    return [".PP", ".RS 4", ".EX", *inner, ".EE", ".RE"]


def piece_roff(lines):
    if lines[0] == "```console":
        return example(lines)
    if lines[0].startswith("## "):
        return [f".SS {quoted(lines[0][3:])}"]
    if lines[0].startswith("- "):
        return [".IP \\(bu 2", inline("\n".join(line[2:] for line in lines))]
    if len(lines) > 1 and lines[1].startswith(": "):
        return [".TP", inline(lines[0]), inline("\n".join(line[2:] for line in lines[1:]))]
    return [".PP", inline("\n".join(lines))]


def check_piece(path, number, lines):
    """Refuses what would be lost or run together on the page."""
    if lines[0] == "```console":
        if lines[-1] != "```":
            raise Mistake(f"{path}:{number}: expected an empty line after the example")
        return
    listed = lines[0].startswith("- ") or len(lines) > 1 and lines[1].startswith(": ")
    rest = lines[1:] if lines[0].startswith("- ") else lines[2:]
    if listed and not all(line.startswith("  ") for line in rest):
        raise Mistake(f"{path}:{number}: expected further lines to begin with two spaces")
    if any(line.startswith(("#", "- ", "```")) for line in lines[1:]):
        raise Mistake(f"{path}:{number}: expected an empty line between items and around examples")


def section_roff(path, section):
    out = []
    for number, lines in pieces(path, *section):
        check_piece(path, number, lines)
        roff = piece_roff(lines)
        # the first paragraph after a header needs no request, and some formatters complain of it
        first = not out or out[-1].startswith(".SS")
        out += roff[1:] if first and roff[0] == ".PP" else roff
    return out


# ---- the part from the tables ----

def sentence(text):
    """Help as a sentence: "the plate map" becomes "The plate map."."""
    first = text.split(" ")[0]
    if re.fullmatch(r"[a-z][a-z;,:'-]*", first):
        text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?")) else text + "."


def argument_roff(argument):
    """What an option takes: words to type in bold, words to replace in italics."""
    if "|" not in argument:
        return italic(argument)
    return "|".join(italic(w) if w.isupper() else bold(w) for w in argument.split("|"))


def option_roff(option):
    value = argument_roff(option.argument) if option.argument else ""
    names = []
    if option.letter:
        names.append(bold("-" + option.letter) + (" " + value if value else ""))
    if option.name:
        names.append(bold("--" + option.name) + ("=" + value if value else ""))
    return [".TP", ", ".join(names), inline(sentence(option.help))]


def options_roff(parser):
    out = []
    for group in parser.groups:
        if group.header:
            out.append(f".SS {quoted(group.header.rstrip(':'))}")
        for option in group.options:
            out += option_roff(option)
    return out


def usage_roff(parser):
    words = [italic(word) if word.isupper() else escape(word)
             for word in re.split(r"([A-Z]+)", parser.arguments)]
    return [f"{bold(parser.name)} [\\fIOPTION\\fR...] {''.join(words)}".rstrip()]


def command_sections(command):
    """Sections that the tables of a command give, as (title, roff)."""
    usage = [line for parser in command.parsers for line in [*usage_roff(parser), ".br"]][:-1]
    yield "NAME", [f"dualuc\\-{command.name} \\- {inline(command.summary)}"]
    yield "SYNOPSIS", usage
    if len(command.parsers) == 1:
        yield "DESCRIPTION", [inline(command.parsers[0].text)]
        yield "OPTIONS", options_roff(command.parsers[0])
        return
    parts = []
    for parser in command.parsers:
        parts += [".TP", bold(parser.name), inline(parser.text)]
    yield "DESCRIPTION", parts
    for parser in command.parsers:
        yield f"OPTIONS OF {parser.name.upper()}", options_roff(parser)


def program_sections(known):
    listed = []
    for command in known.commands:
        page = "\\%" + bold(f"dualuc-{command.name}") + "(1)"
        listed += [".TP", page, inline(sentence(command.summary))]
    yield "NAME", ["dualuc \\- dual-luciferase reporter assays, from reader files to a verdict"]
    yield "SYNOPSIS", [f"{bold('dualuc')} \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIFILE\\fR...]",
                       ".br", f"{bold('dualuc help')} [\\fICOMMAND\\fR]",
                       ".br", bold("dualuc --version")]
    yield "DESCRIPTION", []
    yield "COMMANDS", listed


# ---- the page ----

def see_also(name, header, known):
    """The main page first, then those named; on the main page all."""
    names = [c.name for c in known.commands]
    wrong = [n for n in header.get("see also", []) if n not in names]
    if wrong:
        raise Mistake(f"{name}: see also: no command {wrong[0]}")
    if name == "dualuc":
        pages = [f"dualuc-{n}" for n in names]
    else:
        pages = ["dualuc", *(f"dualuc-{n}" for n in header.get("see also", []))]
    out = [f".BR \\%{escape(p, True)} (1)," for p in pages]
    return [*out[:-1], out[-1].rstrip(",")]


def environment(path, names, section):
    """Those terms of the common section that the page names, in the page's order."""
    known = {lines[0].strip("`"): lines for _, lines in pieces(path, *section)}
    out = []
    for name in names:
        if name not in known:
            raise Mistake(f"environment: {path} has no {name}")
        out += piece_roff(known[name])
    return out


def collect(name, known, folder):
    """All sections of a page as {title: roff}, and the date of the texts."""
    page = folder / f"{name}.txt"
    common_header, common = read_text(folder / "common.txt")
    header, written = read_text(page) if page.exists() else ({}, {})
    command = known.command(name)
    sections = dict(command_sections(command) if command else program_sections(known))
    for title, section in written.items():
        roff = section_roff(page, section)
        before = sections.get(title, [])
        if before and not roff[0].startswith((".SS", ".TP", ".IP")):
            before = [*before, ".PP"]
        sections[title] = before + roff
    names = header.get("environment", ["NO_COLOR"])
    sections["EXIT STATUS"] = section_roff(folder / "common.txt", common["EXIT STATUS"])
    sections["ENVIRONMENT"] = environment(folder / "common.txt", names, common["ENVIRONMENT"])
    sections["SEE ALSO"] = see_also(name, header, known)
    return sections, common_header["date"][0]


def page_roff(name, known, folder, version):
    sections, date = collect(name, known, folder)
    title = "DUALUC" if name == "dualuc" else f"DUALUC-{name.upper()}"
    out = ['.\\" Made from the option tables of the program and docs/man; not edited by hand.',
           f'.TH {title} 1 {date} "{version}" "User Commands"']
    order = [t for t in sections if t not in LAST] + [t for t in LAST if t in sections]
    for title in order:
        out += [f".SH {title}" if " " not in title else f'.SH "{title}"', *sections[title]]
    return "\n".join(out) + "\n"


def main():
    program, name, folder, output = sys.argv[1:]
    known = tables.read(program)
    version = tables.run(program, "--version").stdout.strip()
    if name != "dualuc" and not known.command(name):
        raise Mistake(f"the program has no command {name}")
    Path(output).write_text(page_roff(name, known, Path(folder), version), "utf-8")


if __name__ == "__main__":
    try:
        main()
    except Mistake as mistake:
        sys.exit(f"make_man.py: {mistake}")
