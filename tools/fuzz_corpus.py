#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the inputs that fuzzing begins with, from the fixtures.

    tools/fuzz_corpus.py FOLDER

fills FOLDER/bytes, text, xlsx, import, map and seed, one folder a target of test/fuzz. Files are named by
what they hold, so that the same fixtures give the same folder.
"""

import hashlib
import pathlib
import sys
import xml.etree.ElementTree as tree
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
         "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
LARGEST = 200_000  # longer inputs slow the fuzzer more than they teach it


def put(folder, content):
    if len(content) > LARGEST:
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)


def parts_of(path):
    """The parts that the xlsx target takes, parted by NULs."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        return b"\0".join(archive.read(n) if n in names else b"" for n in PARTS)


def tags(node, name):
    return [e for e in node.iter() if e.tag.rsplit("}", 1)[-1] == name]


def text_of(node):
    return "".join(t.text or "" for t in tags(node, "t"))


def flattened(path):
    """A workbook as text: sheets parted by form feeds, cells by tabs."""
    sheets = []
    with zipfile.ZipFile(path) as archive:
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            shared = [text_of(s) for s in tags(tree.fromstring(archive.read("xl/sharedStrings.xml")),
                                               "si")]
        names = [s.get("name") for s in tags(tree.fromstring(archive.read("xl/workbook.xml")),
                                             "sheet")]
        parts = sorted((n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")),
                       key=lambda n: (len(n), n))
        for name, part in zip(names, parts):
            lines = [name]
            for row in tags(tree.fromstring(archive.read(part)), "row"):
                lines += [""] * (int(row.get("r", len(lines))) - len(lines))
                cells = []
                for cell in tags(row, "c"):
                    cells += [""] * (column_of(cell, len(cells)) - len(cells))
                    cells.append(cell_of(cell, shared))
                lines.append("\t".join(cells))
            sheets.append("\n".join(lines))
    return "\f".join(sheets).encode("latin-1", "replace")


def column_of(cell, following):
    """Its column from 0; cells without a reference follow each other."""
    column = 0
    for letter in cell.get("r", ""):
        if letter.isalpha():
            column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1 if column else following


def cell_of(cell, shared):
    values = tags(cell, "v")
    value = values[0].text or "" if values else text_of(cell)
    if cell.get("t") == "s" and values:
        value = shared[int(value)]
    return value.replace("\n", " ").replace("\t", " ")


def add(out, path):
    raw = path.read_bytes()
    is_map = "map" in path.name or "maps" in path.parent.name
    put(out / "bytes", raw)
    if path.suffix.lower() == ".xlsx":
        put(out / "xlsx", parts_of(path))
        put(out / "xlsx", raw)
        content, how = flattened(path), 0x80
    else:
        put(out / "text", raw)
        content, how = raw, 0
    put(out / "import", bytes([how]) + content)
    if is_map:
        put(out / "map", bytes([how]) + content)
    put(out / "map", bytes([how | 1]) + content)


GENBANK = b"""LOCUS       p 42 bp DNA circular
FEATURES             Location/Qualifiers
     3'UTR           complement(join(1..20,
                     21..42))
                     /label="utr"
ORIGIN
        1 ggtaccttat gggtagctta gggnnggggt agcttatggg gg
//
"""


def add_inserts(out):
    """FASTA alone, as microRNAs, and a wild type with its mutant; GenBank with a part."""
    for path in sorted((ROOT / "fixtures" / "example-mir21-inserts").glob("*_WT.fa")):
        wt = path.read_bytes()
        mut = path.with_name(path.name.replace("_WT", "_MUT")).read_bytes()
        put(out / "seed", b"\x00" + wt)
        put(out / "seed", b"\x08" + wt.ljust(len(mut), b"\n") + mut.ljust(len(wt), b"\n"))
    put(out / "seed", b"\x04>hsa-miR-21-5p MIMAT0000076 x\nUAGCUUAUCAGACUGAUGUUGA\n")
    for how in (0, 1, 2):
        put(out / "seed", bytes([how]) + GENBANK)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[1])
    for path in sorted((ROOT / "fixtures").rglob("*")):
        if path.suffix.lower() in (".csv", ".tsv", ".txt", ".xlsx"):
            add(out, path)
    add_inserts(out)


if __name__ == "__main__":
    main()
