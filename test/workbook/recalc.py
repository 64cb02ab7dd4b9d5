# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells of a workbook, and what LibreOffice computes them to.

A conversion alone shows the stored values again; so the values of formula cells are taken out first.
"""

import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Cell:
    """A cell: its value (float, str or None), its formula or None."""

    def __init__(self, value, formula, kind):
        self.value, self.formula, self.kind = value, formula, kind


def parts(archive):
    """The name of each sheet and the part it is in."""
    book = tree.fromstring(archive.read("xl/workbook.xml"))
    links = tree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target") for link in links}
    for sheet in book.iter(MAIN + "sheet"):
        target = targets[sheet.get(REL + "id")].lstrip("/")
        yield sheet.get("name"), target if target.startswith("xl/") else "xl/" + target


def cells(path):
    """{(sheet, "B7"): Cell} of every cell that holds something."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            for item in tree.fromstring(archive.read("xl/sharedStrings.xml")):
                shared.append("".join(t.text or "" for t in item.iter(MAIN + "t")))
        for name, part in parts(archive):
            for cell in tree.fromstring(archive.read(part)).iter(MAIN + "c"):
                value, formula = cell.find(MAIN + "v"), cell.find(MAIN + "f")
                kind, text = cell.get("t", "n"), None if value is None else value.text or ""
                if text is not None:
                    if kind == "s":
                        text = shared[int(text)]
                    elif kind == "n":
                        text = float(text)
                elif kind == "inlineStr":
                    text = "".join(t.text or "" for t in cell.iter(MAIN + "t"))
                if text is not None or formula is not None:
                    found[name, cell.get("r")] = Cell(text, None if formula is None
                                                      else formula.text, kind)
    return found


def charted(path):
    """The range of each series of each chart, and the numbers kept for it: {index: number}."""
    chart = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/charts/"):
                for ref in tree.fromstring(archive.read(name)).iter(chart + "numRef"):
                    yield ref.find(chart + "f").text, {
                        int(point.get("idx")): float(point.find(chart + "v").text)
                        for point in ref.iter(chart + "pt")}


def edited(source, target, edit):
    """Copies a workbook, each sheet's XML changed by edit(name, text)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = {part: name for name, part in parts(old)}
        for item in old.namelist():
            content = old.read(item)
            if item in names:
                content = edit(names[item], content.decode()).encode()
            new.writestr(item, content)


def without_values(name, text):
    """The sheet with every formula cell emptied of its value."""
    del name
    text = re.sub(r"(<c [^>]*?) t=\"str\"([^>]*><f)", r"\1\2", text)
    return re.sub(r"(<f[^>]*>[^<]*</f>)<v>[^<]*</v>", r"\1", text)


def computed(paths, folder):
    """The cells of each workbook as LibreOffice computes them anew; `folder` is for its files."""
    bare, out = pathlib.Path(folder) / "bare", pathlib.Path(folder) / "out"
    for made in (bare, out):
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
    for path in paths:
        edited(path, bare / path.name, without_values)
        if any(c.formula and c.value is not None for c in cells(bare / path.name).values()):
            raise AssertionError("stored values are left in the workbook")
    profile = (pathlib.Path(folder) / "profile").as_uri()
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to",
                    "xlsx", "--outdir", out, *[bare / path.name for path in paths]], check=True,
                   capture_output=True, timeout=600)
    return [cells(out / path.name) for path in paths]


def differences(stored, anew, tolerance=1e-9):
    """A line for each formula cell whose stored value is not what was computed."""
    lines = []
    for (sheet, at), cell in sorted(stored.items()):
        if cell.formula is None:
            continue
        other = anew.get((sheet, at))
        value = None if other is None else other.value
        if other is not None and other.kind == "e":
            lines.append(f"{sheet}!{at} is an error, {value}: ={cell.formula}")
        elif isinstance(cell.value, float):
            near = isinstance(value, float) and abs(value - cell.value) <= tolerance * max(
                abs(cell.value), 1e-12)
            if not near:
                lines.append(f"{sheet}!{at} stored {cell.value!r}, computed {value!r}: "
                             f"={cell.formula}")
        elif (cell.value or "") != (value or ""):
            lines.append(f"{sheet}!{at} stored {cell.value!r}, computed {value!r}: ={cell.formula}")
    return lines
