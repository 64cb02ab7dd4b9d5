#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The codes of messages: src/base/messages.def against the calls that say them.

messages.py --write   makes docs/messages.md from the table
messages.py --check   says what does not fit, and how many codes nothing provokes
messages.py --list    prints code, severity and place of every call
"""

import argparse
import re
import sys
from collections import defaultdict, namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
TABLE = SRC / "base" / "messages.def"
PAGE = ROOT / "docs" / "messages.md"

CODE = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
STRING = r'"(?:[^"\\\n]|\\.)*"'

# A function that says something: the severity, and which arguments are the code and the text.
Sayer = namedtuple("Sayer", "severity code text")
SAYERS = {
    "dlu_fail": Sayer("ERROR", 2, 5),
    "dlu_problem": Sayer("ERROR", 1, 4),
    "dlu_warn": Sayer("WARNING", 1, 4),
    "dlu_note": Sayer("NOTE", 1, 4),
    "cli_fail": Sayer("ERROR", 2, 5),
    "cli_warn": Sayer("WARNING", 0, 3),
}
# A function that adds the code itself: only its texts are read here.
USAGE = {"cli_bad_usage": (Sayer("ERROR", None, 1), "bad-usage")}
# The functions that only hand on what was said elsewhere, with its own code.
HAND_ON = {("report/map_check.c", "pass_on")}

Row = namedtuple("Row", "code severity when todo line")
Call = namedtuple("Call", "code severity text place")

SECTIONS = (
    ("cli", "The command line, files and folders"),
    ("base", "Settings, and problems of any table"),
    ("bytes", "Text files"),
    ("grid", "Workbooks and tables of cells"),
    ("import", "Exports of readers"),
    ("plate", "Plates, reads and channels"),
    ("assay", "The plate map, and the wells it names"),
    ("verdict", "Arms, pairs and verdicts"),
    ("seed", "Inserts, microRNAs and their sites"),
    ("report", "The analysis, checks of maps, and workbooks that are written"),
    ("simulate", "Made-up experiments and templates of maps"),
    ("stats", "Statistics"),
)


def joined(expression):
    """The C strings of an expression as one text each: neighbours are one."""
    runs = re.findall(rf"{STRING}(?:\s*{STRING})*", expression)
    return ["".join(s[1:-1] for s in re.findall(STRING, run)) for run in runs]


def unescaped(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


def without_comments(text):
    pattern = rf"/\*.*?\*/|//[^\n]*|{STRING}|'(?:[^'\\\n]|\\.)*'"
    return re.sub(pattern, lambda m: m.group() if m.group()[0] in "\"'" else
                  re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def arguments(text, opening):
    """The arguments of a call whose bracket opens there, and where it closes."""
    found, depth, begin, i = [], 0, opening + 1, opening
    while i < len(text):
        literal = re.compile(rf"{STRING}|'(?:[^'\\\n]|\\.)*'").match(text, i)
        if literal:
            i = literal.end()
            continue
        if text[i] in "([{":
            depth += 1
        elif text[i] in ")]}":
            depth -= 1
        if depth == 0 or (depth == 1 and text[i] == ","):
            found.append(text[begin:i].strip())
            begin = i + 1
        if depth == 0:
            return found, i
        i += 1
    raise ValueError("a call without an end")


Function = namedtuple("Function", "name parameters begin end static")


def functions(code):
    """Definitions: a line that is not indented, an opening brace alone, a closing one alone."""
    for found in re.finditer(r"^(?=\w)([^\n;=#][^;={}]*?)\b(\w+)\(([^;{}]*)\)\s*\n\{\n", code, re.M):
        end = code.find("\n}", found.end() - 2)
        names = [re.sub(r"[\[(].*", "", p).split()[-1].lstrip("*")
                 for p in found.group(3).split(",") if p.strip()]
        yield Function(found.group(2), names, found.end(), end if end >= 0 else len(code),
                       "static" in found.group(1).split())


class Source:
    def __init__(self, path):
        self.path = path
        self.place = path.relative_to(SRC).as_posix()
        self.code = without_comments(path.read_text("utf-8"))
        self.functions = list(functions(self.code))

    def enclosing(self, at):
        return next((f for f in self.functions if f.begin <= at < f.end), None)

    def line(self, at):
        return f"src/{self.place}:{self.code.count(chr(10), 0, at) + 1}"

    def texts(self, within, at, expression):
        """The formats of a text: written in the call, or printed into a variable before it."""
        if not re.fullmatch(r"\w+", expression):
            return joined(expression)
        before = self.code[within.begin:at]
        printed = list(re.finditer(rf"\bsnprintf\({expression}, sizeof {expression},", before))
        if not printed:
            return []
        return joined(arguments(before, before.index("(", printed[-1].start()))[0][2])

    def column(self, field):
        """What the rows of the file's constant tables have in the field of that name."""
        for table in re.finditer(r"struct\s*\w*\s*\{([^{}]*)\}\s*\w+\[\w*\]\s*=\s*", self.code):
            names = re.findall(r"(\w+)(?:\[\w*\])?;", table.group(1))
            if field not in names:
                continue
            rows, _ = arguments(self.code, table.end())
            for row in rows:
                if row.startswith("{"):
                    yield from joined(arguments(row, 0)[0][names.index(field)])


def sources():
    return [Source(p) for p in sorted(SRC.rglob("*.c"))]


def constants():
    """Macros that stand for one string."""
    found = {}
    for path in sorted(SRC.rglob("*.[ch]")):
        for name, text in re.findall(rf"^#define\s+(\w+)\s+({STRING})\s*$",
                                     path.read_text("utf-8"), re.M):
            found[name] = text[1:-1]
    return found


class Reader:
    """Finds every call that says something, also through functions that pass a code on."""

    def __init__(self):
        self.files = sources()
        self.constants = constants()
        self.calls = []
        self.problems = []
        self.passing = {}  # (file or None where any may call it, name) -> [Sayer]

    def read(self):
        while self.sweep():
            pass
        return self

    def sweep(self):
        """One pass over all files; true where a function was found that passes a code on."""
        self.calls, self.problems = [], []
        before = sum(len(s) for s in self.passing.values())
        for source in self.files:
            for found in re.finditer(r"(?<![\w.>])(\w+)\s*\(", source.code):
                for sayer in self.sayers(source, found.group(1)):
                    self.call(source, source.enclosing(found.start()), sayer, found)
        return sum(len(s) for s in self.passing.values()) > before

    def sayers(self, source, name):
        if name in SAYERS:
            return [SAYERS[name]]
        if name in USAGE:
            return [USAGE[name][0]]
        return self.passing.get((source.place, name), []) + self.passing.get((None, name), [])

    def call(self, source, within, sayer, found):
        given, _ = arguments(source.code, found.end() - 1)
        at = source.line(found.start())
        if not within:  # a definition begins its line; a call stands further in
            if source.code[found.start() - 1] == " " and \
                    source.code[:found.start()].rpartition("\n")[2].isspace():
                self.problems.append(f"{at}: a call outside of any function that is understood")
            return
        if within.name in SAYERS:
            return
        texts = source.texts(within, found.start(), text_of(given, sayer))
        if sayer.code is None:
            self.calls.append(Call(USAGE[found.group(1)][1], sayer.severity,
                                   [unescaped(t) for t in texts], at))
            return
        expression = given[sayer.code]
        for code in self.codes(source, within, sayer, given, expression, at):
            if not re.fullmatch(CODE, code):
                self.problems.append(f'{at}: "{code}" is no code: lower-case words with hyphens')
            self.calls.append(Call(code, sayer.severity, [unescaped(t) for t in texts], at))

    def codes(self, source, within, sayer, given, expression, at):
        field = re.search(r"(?:->|\.)(\w+)$", expression)
        if (source.place, within.name) in HAND_ON:
            return []
        if expression in within.parameters:
            text = text_of(given, sayer)
            key = (source.place if within.static else None, within.name)
            found = Sayer(sayer.severity, within.parameters.index(expression),
                          within.parameters.index(text) if text in within.parameters else None)
            known = self.passing.setdefault(key, [])
            if found not in known:
                known.append(found)
            return []
        # "a ? b : c": the condition holds no code
        answers = expression.split("?", 1)[-1]
        codes = joined(answers) + [self.constants[w] for w in re.findall(r"\b[A-Z_]+\b", answers)
                                   if w in self.constants]
        if not codes and field:
            codes = list(source.column(field.group(1)))
        if not codes:
            self.problems.append(f"{at}: cannot tell which codes \"{expression}\" stands for")
        return codes


def text_of(given, sayer):
    """The argument that is the text: the one after it where it is "%s"."""
    if sayer.text is None:
        return ""
    further = given[sayer.text + 1] if sayer.text + 1 < len(given) else ""
    return further if given[sayer.text] == '"%s"' else given[sayer.text]


def read_table():
    """The rows of messages.def, and what is wrong with their form."""
    rows, problems = [], []
    for number, line in enumerate(TABLE.read_text("utf-8").splitlines(), 1):
        if not line.startswith("DLU_MESSAGE"):
            continue
        given, end = arguments(line, line.index("("))
        texts = [joined(g) for g in given]
        if len(given) != 4 or line[end + 1:].strip() or any(len(texts[i]) != 1 for i in (0, 2, 3)):
            problems.append(f"src/base/messages.def:{number}: expected a code, a severity and two "
                            "texts on one line")
            continue
        rows.append(Row(texts[0][0], given[1], unescaped(texts[2][0]), unescaped(texts[3][0]),
                        number))
    for above, below in zip(rows, rows[1:]):
        if above.code >= below.code:
            problems.append(f"src/base/messages.def:{below.line}: {below.code} is not sorted")
    return rows, problems


def check_table(rows):
    for row in rows:
        at = f"src/base/messages.def:{row.line}: {row.code}:"
        if not re.fullmatch(CODE, row.code) or len(row.code) > 39:
            yield f"{at} a code is lower-case words with hyphens, of at most 39 letters"
        if row.severity not in ("NOTE", "WARNING", "ERROR"):
            yield f"{at} expected NOTE, WARNING or ERROR, found {row.severity}"
        if not row.when:
            yield f"{at} does not say when"
        if not row.todo and row.severity != "NOTE":
            yield f"{at} does not say what to do"


def check_calls(rows, calls):
    known = {r.code: r for r in rows}
    for call in calls:
        row = known.get(call.code)
        if not row:
            yield f"{call.place}: {call.code} ({call.severity}) is not in src/base/messages.def"
        elif row.severity != call.severity:
            yield f"{call.place}: {call.code} is said as {call.severity}, " \
                  f"src/base/messages.def:{row.line} has {row.severity}"


def check_used(rows, calls):
    used = {c.code for c in calls}
    for row in rows:
        if row.code not in used:
            yield f"src/base/messages.def:{row.line}: {row.code} is never said"


def check_severities(calls):
    found = defaultdict(dict)
    for call in calls:
        found[call.code].setdefault(call.severity, call.place)
    for code, severities in sorted(found.items()):
        if len(severities) > 1:
            yield f"{code} is said as " + ", ".join(f"{s} ({p})" for s, p in severities.items())


def words_of(calls):
    """The words of a code's messages, with ... for what differs; each once."""
    found = []
    for call in calls:
        for text in call.text:
            text = re.sub(r"%[-+ #0-9.*]*(?:hh|h|ll|l|z|j|t)?[a-zA-Z]", "...", text).replace("%%", "%")
            text = re.sub(r"\"\.\.\.\"", "...", text)
            text = re.sub(r"\.\.\.(?:[ (]?\.\.\.\)?)+", "...", text)
            if text not in found and re.search(r"[a-z]{3}", text):
                found.append(text)
    return found


MAX_WORDS = 3

INTRO = """# Messages

Everything the program says, by its code. On the terminal a message begins with its place and `error`,
`warning` or `note`; its code stands in the JSON and CSV files (`messages`). `...` is what differs
from time to time. An error ends the run and nothing is written; a warning is worth a look before you
trust the result; a note says what was decided for you.

This page is made by `tools/messages.py --write` from `src/base/messages.def`.
"""


def page(rows, calls):
    said = defaultdict(list)
    for call in calls:
        said[call.code].append(call)
    sections = defaultdict(list)
    for row in rows:
        stages = {c.place.split("/")[1] for c in said[row.code]}
        first = next((name for name, _ in SECTIONS if name in stages), "cli")
        sections[first].append(row)
    out = [INTRO]
    for name, title in SECTIONS:
        if sections[name]:
            out.append(f"## {title}\n")
        for row in sections[name]:
            words = words_of(said[row.code])
            said_so = "; or ".join(f"\"{w}\"" for w in words) if len(words) <= MAX_WORDS else ""
            out.append(f"**`{row.code}`** ({row.severity.lower()})" +
                       (f" {escaped(said_so)}" if said_so else "") + "\\")
            out.append(row.when + (f"\\\n*What to do:* {row.todo}" if row.todo else "") + "\n")
    return "\n".join(out)


def escaped(text):
    return re.sub(r"([*_<>|`\[\]])", r"\\\1", text)


def pieces_of(text):
    """What stands between the % of a text."""
    return re.split(r"%(?:%|[-+ #0-9.*]*(?:hh|h|ll|l|z|j|t)?[a-zA-Z])", text)


def pattern_of(severity, text):
    """The line that a text makes, whatever stands for its %, or for a place before it."""
    pieces = pieces_of(text)
    return re.compile(rf"\b{severity.lower()}: (?:[^ ]+: )?" + ".*".join(re.escape(p) for p in pieces))


def unprovoked(rows, calls):
    """Codes that no case says, and of which no test names the code or the words."""
    said = {line[:2000] for p in sorted((ROOT / "test/cases").glob("*/std*"))
            for line in p.read_text("utf-8").splitlines()}
    said = [line for line in said if ": " in line]
    sources = "\n".join(p.read_text("utf-8", "replace") for p in sorted((ROOT / "test").rglob("*"))
                        if p.suffix in (".c", ".h", ".py", ".sh") and p.name != "messages.py")
    tests = re.sub(r"[\"']\s*\n\s*f?[\"']", "", sources).replace('\\"', '"')  # strings of several lines
    for row in rows:
        texts = [t for c in calls if c.code == row.code for t in c.text
                 if len(re.sub(r"%\S*|\W", "", t)) >= 8]
        patterns = [pattern_of(row.severity, t.split("\n")[0]) for t in texts]
        words = [max(pieces_of(t), key=len) for t in texts]
        told = any(len(w) > 20 and (w in tests or any(w in line for line in said)) for w in words)
        if f'"{row.code}"' not in tests and not told and \
                not any(p.search(line) for p in patterns for line in said):
            yield row.code


def checks():
    """The checks by name, each with its problems; and the codes that nothing provokes."""
    reader = Reader().read()
    rows, form = read_table()
    up_to_date = PAGE.exists() and PAGE.read_text("utf-8") == page(rows, reader.calls)
    stale = [] if up_to_date else ["docs/messages.md: run tools/messages.py --write"]
    return (("the table of messages is well formed and sorted", form + list(check_table(rows))),
            ("every code that is said stands in the table, with its severity",
             reader.problems + list(check_calls(rows, reader.calls))),
            ("every code of the table is said", list(check_used(rows, reader.calls))),
            ("no code has two severities", list(check_severities(reader.calls))),
            ("docs/messages.md is up to date", stale)), list(unprovoked(rows, reader.calls)), \
        len(rows)


def check():
    found, silent, n = checks()
    failed = False
    for name, problems in found:
        print(f"{name}: {len(problems)} problems" if problems else f"{name}: yes")
        for problem in problems:
            print(f"  {problem}")
        failed = failed or bool(problems)
    print(f"{n} codes, of which no test or case provokes {len(silent)}: {' '.join(silent)}")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    if args.list:
        reader = Reader().read()
        for call in sorted(reader.calls, key=lambda c: (c.code, c.place)):
            print(call.code, call.severity, call.place)
        print(*reader.problems, sep="\n")
    if args.write:
        rows, _ = read_table()
        PAGE.write_text(page(rows, Reader().read().calls), "utf-8")
    return 1 if args.check and check() else 0


if __name__ == "__main__":
    sys.exit(main())
