#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes PNG and PDF is loaded on demand, found where it is installed, and missed in words:
module.py DUALUC LIBDUALUC MODULE OTHER_VERSION FAILING INSTALLED BUILD FIXTURES.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

DUALUC, LIBRARY, MODULE, OTHER, FAILING, INSTALLED, BUILD, FIXTURES = map(Path, sys.argv[1:])
NAME = "dualuc-render.so"
EXAMPLE = FIXTURES / "example-mir21"
NO_MODULE = b"#!/bin/sh\n"
NOT_INSTALLED = (f"error: PNG and PDF cannot be made here: dualuc-render.so was not installed: it is not at {INSTALLED}",
                 "hint: install dualuc again, built where librsvg2-dev is installed")
FONT = ('warning: the letters of the font "Courier' '" are not measured, and texts are laid out by the widths of Arial: '
        "dualuc-render.so cannot be loaded: ")
results = []


def check(name, problems):
    found = list(problems)
    results.append(not found)
    print(f"{'not ok' if found else 'ok'} {len(results)} - {name}")
    for line in found:
        print(f"#   {line}".replace("\n", "\n#   "))
    sys.stdout.flush()


def run(program, *arguments, **more):
    env = dict(os.environ, LC_ALL="C", LD_LIBRARY_PATH=str(LIBRARY.parent), **more)
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, env=env,
                          check=False)


def analyze(program, folder, *more):
    return run(program, "analyze", *(EXAMPLE / f"day{i}.xlsx" for i in (1, 2, 3)), "--map",
               EXAMPLE / "map.xlsx", "--json", folder / "result.json", *more)


def differs(done, code, *texts):
    if done.returncode != code:
        yield f"exit code {done.returncode}, expected {code}"
    for text in texts:
        if text not in done.stderr:
            yield f"expected in standard error: {text}\nfound: {done.stderr}"


def is_picture(path, begins):
    if not path.is_file():
        yield f"{path.name} was not written"
    elif not path.read_bytes().startswith(begins):
        yield f"{path.name} begins with {path.read_bytes()[:8]}"


# ---- on demand ----

def loaded(folder, *arguments):
    """What the loader says that it opened."""
    run(DUALUC, *arguments, LD_DEBUG="files", LD_DEBUG_OUTPUT=folder / "loaded")
    logs = list(folder.glob("loaded.*"))
    text = "".join(log.read_text("utf-8", "replace") for log in logs)
    for log in logs:
        log.unlink()
    return text


def loads_pictures(text):
    return [name for name in ("librsvg", "libcairo", "libpango", "libfontconfig", NAME) if name in text]


def on_demand(folder):
    json = folder / "result.json"
    yield from differs(analyze(DUALUC, folder), 0)
    for arguments in (["--version"], ["read", EXAMPLE / "day1.xlsx"], ["inspect", EXAMPLE / "day1.xlsx"],
                      ["figure", json, "-o", folder / "f.svg"]):
        text = loaded(folder, *arguments)
        if "libdualuc" not in text:
            yield f"{arguments[0]}: the loader says nothing of libdualuc"
        if loads_pictures(text):
            yield f"{arguments[0]} loads {loads_pictures(text)}"
    text = loaded(folder, "figure", json, "-o", folder / "f.png")
    if len(loads_pictures(text)) != 5:
        yield f"figure -o f.png loads {loads_pictures(text)} only"


# ---- missing ----

def alone(folder, module=None):
    """A copy of the program with another module, or none, beside it."""
    home = folder / "alone"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    shutil.copy2(DUALUC, home / "dualuc")
    if module is not None:
        (home / NAME).write_bytes(module)
    return home / "dualuc"


def refused(folder, module, *texts):
    for kind in ("png", "pdf"):
        out = folder / f"refused.{kind}"
        done = run(alone(folder, module), "figure", folder / "result.json", "-o", out)
        yield from differs(done, 2, *texts, "or write an SVG: -o figure.svg")
        if out.exists():
            yield f"{out.name} was written"


def not_drawn(folder):
    """A module that fails, with a reason and for want of memory."""
    program = alone(folder, FAILING.read_bytes())
    for kind, words in (("png", "error: the picture could not be made of the SVG: a made-up reason\n"
                                "  hint: write an SVG: -o figure.svg\n"), ("pdf", "error: not enough memory\n")):
        out = folder / f"not-drawn.{kind}"
        yield from differs(run(program, "figure", folder / "result.json", "-o", out), 1, words)
        if out.exists():
            yield f"{out.name} was written"


def without_library(folder):
    """A module that wants a library that no system has."""
    found = MODULE.read_bytes()
    if found.count(b"\0librsvg-2.so.2\0") != 1:
        yield "the module does not name librsvg-2.so.2 once"
        return
    yield from refused(folder, found.replace(b"\0librsvg-2.so.2\0", b"\0librsvg-9.so.9\0"),
                       "error: PNG and PDF cannot be made here: dualuc-render.so cannot be loaded: "
                       "librsvg-9.so.9: cannot open shared object file",
                       "hint: install what is named (Debian: librsvg2-2, ")


def workbook(folder):
    book, figures = folder / "report.xlsx", folder / "figures"
    done = analyze(alone(folder, NO_MODULE), folder, "-o", book, "--figures", figures)
    yield from differs(done, 0, "warning: the workbook has no sheet Figures: dualuc-render.so cannot be loaded: ")
    with zipfile.ZipFile(book) as z:
        if 'name="Figures"' in z.read("xl/workbook.xml").decode() or \
                'name="Summary"' not in z.read("xl/workbook.xml").decode():
            yield "expected a workbook with a sheet Summary, and none of Figures"
    if not list(figures.glob("*.svg")):
        yield "no SVG was written"
    done = analyze(DUALUC, folder, "-o", book, "--figures", figures)
    yield from differs(done, 0)
    with zipfile.ZipFile(book) as z:
        if 'name="Figures"' not in z.read("xl/workbook.xml").decode():
            yield "with the module, too, there is no sheet Figures"


def font(folder):
    out = folder / "font.svg"
    program = alone(folder, NO_MODULE)
    done = run(program, "figure", folder / "result.json", "-o", out, "--font", "Courier")
    yield from differs(done, 0, FONT)
    yield from is_picture(out, b"<?xml")
    done = run(program, "figure", folder / "result.json", "-o", out)
    if done.stderr:
        yield f"an SVG in Arial needs no module, found: {done.stderr}"


# ---- installed ----

def installed(folder):
    done = subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", folder / "root"],
                          capture_output=True, text=True, check=False)
    program = next(iter((folder / "root").rglob("bin/dualuc")), None)
    if done.returncode or not program:
        yield f"meson install: {done.stdout[-500:]}{done.stderr[-500:]}"
        return
    libraries = next((folder / "root").rglob("libdualuc.so.0")).parent
    if not (libraries / "dualuc" / NAME).is_file():
        yield f"{NAME} is not in {libraries / 'dualuc'}"
    link = folder / "link"
    link.symlink_to(program)
    for number, start in enumerate((program, link)):
        for kind, begins in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
            out = folder / f"installed-{number}.{kind}"
            yield from differs(run(start, "figure", folder / "result.json", "-o", out), 0)
            yield from is_picture(out, begins)


def main():
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top).resolve()
        check("libraries of pictures are loaded where a picture is made, and nowhere else", on_demand(folder))
        missing = "a program without the module says what is missing, and where it should be"
        if INSTALLED.exists():
            results.append(True)
            print(f"ok {len(results)} - {missing} # SKIP {INSTALLED} is there")
        else:
            check(missing, refused(folder, None, *NOT_INSTALLED))
        check("a module that is none", refused(folder, NO_MODULE, "cannot be loaded: ",
                                               "file too short"))
        check("a module whose library is missing", without_library(folder))
        check("a module of another version",
              refused(folder, OTHER.read_bytes(), "is of another version of dualuc: 0.0.0",
                      "hint: install dualuc again, or"))
        check("a module that cannot make the picture", not_drawn(folder))
        check("without the module, the workbook has no sheet of figures, and this is said", workbook(folder))
        check("without the module, letters are not measured, and this is said", font(folder))
        check("an installed program finds the module, also where all was moved", installed(folder))
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


sys.exit(main())
