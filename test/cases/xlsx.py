#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a workbook from CSV files: xlsx.py OUT.xlsx SHEET=TABLE.csv...

Fields that read as numbers become number cells, empty ones no cell.
"""

import csv
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def column_name(number):
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def cell(row, column, text):
    place = f"{column_name(column)}{row}"
    try:
        return f'<c r="{place}"><v>{float(text):.17g}</v></c>'
    except ValueError:
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def sheet(path):
    with open(path, newline="", encoding="utf-8") as table:
        rows = [f'<row r="{r}">' + "".join(cell(r, c, text) for c, text in enumerate(fields, 1) if text)
                + "</row>" for r, fields in enumerate(csv.reader(table), 1)]
    return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def relations(targets):
    items = "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                    for i, (kind, target) in enumerate(targets, 1))
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def parts(sheets):
    """Name and content of each part of the workbook."""
    numbers = range(1, len(sheets) + 1)
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
                    f'ContentType="{TYPE}.worksheet+xml"/>' for i in numbers)
    yield "[Content_Types].xml", (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>{types}</Types>')
    yield "_rels/.rels", relations([("officeDocument", "xl/workbook.xml")])
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="rId{i}"/>'
                     for i, (name, _) in zip(numbers, sheets))
    yield "xl/workbook.xml", (f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}'
                              "</sheets></workbook>")
    yield "xl/_rels/workbook.xml.rels", relations([("worksheet", f"worksheets/sheet{i}.xml")
                                                   for i in numbers])
    for i, (_, path) in zip(numbers, sheets):
        yield f"xl/worksheets/sheet{i}.xml", sheet(path)


def main():
    out, *arguments = sys.argv[1:]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts([tuple(a.split("=", 1)) for a in arguments]):
            book.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content,
                          zipfile.ZIP_DEFLATED)


main()
