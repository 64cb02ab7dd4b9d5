#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of the house, checked on the sources: house.py LIBRARY.so."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src"
STAGES = ("base bytes grid import plate assay stats verdict seed report figure page simulate cli").split()

# Which files may include which header of others; patterns are matched against "stage/file".
THIRD_PARTY = {
    "xlsxwriter.h": r"report/xlsx.*\.[ch]",
    "zip.h": r"grid/xlsx.*\.[ch]",
    "expat.h": r"grid/xlsx.*\.[ch]",
    "csv.h": r"grid/.*\.[ch]",
    "jansson.h": r"report/json.*\.[ch]|simulate/truth\.c",
    "nettle/": r"base/sha256\.c",
    "ini.h": r"cli/.*\.[ch]",
    "sqlite3.h": r"cli/history_db\.c",
    "argp.h": r"cli/.*\.[ch]",
    "librsvg/": r"cli/render_module\.c",
    "cairo": r"cli/render_(module|fonts)\.c",
    "png.h": r"cli/render_module\.c",
    "fontconfig/": r"cli/render_fonts\.c",
    "gsl/": r"stats/.*\.[ch]",
    "uni": r"bytes/.*\.[ch]",
}

# Which files may call what; every other call is a slip.
# writes through report/.
CALLS = {
    "malloc|calloc|realloc|free": r"base/memory\.c|cli/.*",
    "strtod|strtof|strtold": r"base/number\.c",
    "atoi|atol|atof|sprintf|vsprintf|strcpy|strcat|gets|strtok|setlocale|system|popen|rand|srand"
    "|time|localtime|gmtime|tmpfile|tmpnam|mktemp": r"(?!)",
    # a worker is a process of its own, and ends without what the program does at its end
    "fork|_exit": r"cli/workers\.c",
    # libxlsxwriter prints where it cannot make its file, so the writer tries it first
    "fopen|open|creat|unlink|rename": r"cli/(files|interrupt|output|batch_place)\.c|report/xlsx_book\.c",
    # what loads slowly is loaded where it is needed, in one place
    "dlopen|dlsym|dlclose": r"cli/render\.c",
    "exit|abort": r"(?!)",
    "printf|puts|putchar|perror|fprintf|fputs|vprintf|vfprintf": r"cli/.*",
}

MAX_FUNCTION_LINES = 80


def sources(*folders):
    for folder in folders:
        yield from sorted(p for p in (ROOT / folder).rglob("*") if p.suffix in (".c", ".h"))


def without_comments(text):
    """The code with comments, strings and characters blanked; lines stay where they are."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def includes(path):
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found.group(1), found.group(2)


def is_writer(name):
    """In src/report: a writer, which sees the public model only, or what builds the model."""
    return name.startswith(("bytes", "csv", "json", "lines", "table", "xlsx"))


def allowed_own(stage, name, header):
    """Whether the file `name` of that stage may include "header", one of ours in quotes."""
    folder = header.split("/")[0] if "/" in header else stage
    if folder not in STAGES:
        return False
    if stage == "report" and is_writer(name):
        return folder == "base" or (folder == stage and is_writer(header.split("/")[-1]))
    if folder == stage:
        return True
    if stage == "page":
        return folder == "base" or header == "report/table.h"
    if stage == "cli":
        return False
    if stage in ("stats", "figure"):
        return folder == "base"
    return STAGES.index(folder) < STAGES.index(stage)


def check_includes():
    for path in sources("src"):
        stage = path.relative_to(SRC).parts[0]
        for line, kind, header in includes(path):
            if kind == '"' and not allowed_own(stage, path.name, header):
                yield f"{path.relative_to(ROOT)}:{line}: {stage} may not include {header}"
    for path in sources("include"):
        for line, kind, header in includes(path):
            if kind == '"':
                yield f"{path.relative_to(ROOT)}:{line}: a public header includes {header}"


def check_third_party():
    for path in sources("src"):
        place = path.relative_to(SRC).as_posix()
        for line, kind, header in includes(path):
            for prefix, where in THIRD_PARTY.items():
                if kind == "<" and header.startswith(prefix) and header != "unistd.h" and \
                        not re.fullmatch(where, place):
                    yield f"src/{place}:{line}: <{header}> belongs into {where}"


def check_calls():
    for path in sources("src"):
        place = path.relative_to(SRC).as_posix()
        code = without_comments(path.read_text("utf-8")).splitlines()
        for names, where in CALLS.items():
            if re.fullmatch(where, place):
                continue
            for line, text in enumerate(code, 1):
                found = re.search(rf"(?<![\w.>])({names})\s*\(", text)
                if found:
                    yield f"src/{place}:{line}: {found.group(1)}() is not called here"


def check_licence():
    for path in sources("src", "include", "test"):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in path.read_text("utf-8")[:200]:
            yield f"{path.relative_to(ROOT)}:1: no licence line"
    for pattern in ("test/**/*.py", "test/**/*.R", "tools/*.*", "**/meson.build"):
        for path in sorted(ROOT.glob(pattern)):
            inside = path.relative_to(ROOT)
            if inside.parts[0].startswith(("build", "out")) or not path.is_file() or \
                    path.name == "meson.build" and path.parent != ROOT:
                continue
            if "SPDX-License-Identifier: GPL-3.0-or-later" not in path.read_text("utf-8")[:200]:
                yield f"{inside}:1: no licence line"


def check_functions():
    for path in sources("src"):
        begin = 0
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line == "{":
                begin = number
            elif line == "}" and begin:
                if number - begin + 1 > MAX_FUNCTION_LINES:
                    yield f"{path.relative_to(ROOT)}:{begin}: {number - begin + 1} lines"
                begin = 0


def check_sizes():
    for path in sources("src", "include"):
        lines = len(path.read_text("utf-8").splitlines())
        if lines > 500:
            yield f"{path.relative_to(ROOT)}: {lines} lines, more than 500"


def check_scripts():
    for path in [ROOT / ".ci" / "run", *sorted((ROOT / "tools").glob("*.sh"))]:
        done = subprocess.run(["sh", "-n", str(path)], capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{path.relative_to(ROOT)}: {done.stderr.strip()}"


def check_symbols(library):
    listed = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True,
                            check=True).stdout
    names = [line.split()[-1] for line in listed.splitlines()]
    if not any(name.startswith("dlu_") for name in names):
        yield "the library exports nothing of ours"
    # linkers and sanitizers add names that begin with an underscore or a dot
    for name in names:
        if not name.startswith(("dlu_", "_", ".")):
            yield f"exported without the prefix dlu_: {name}"


def main():
    checks = (("includes follow the order of the stages", check_includes),
              ("headers of other libraries stay in their files", check_third_party),
              ("calls stay in their wrappers", check_calls),
              ("every source names its licence", check_licence),
              (f"no function above {MAX_FUNCTION_LINES} lines", check_functions),
              ("no file above 500 lines", check_sizes),
              ("shell scripts parse", check_scripts),
              ("exported names begin with dlu_", lambda: check_symbols(sys.argv[1])))
    failed = 0
    print(f"1..{len(checks)}")
    for number, (name, check) in enumerate(checks, 1):
        problems = list(check())
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {name}")
        for problem in problems:
            print(f"# {problem}")
    return 1 if failed else 0


sys.exit(main())
