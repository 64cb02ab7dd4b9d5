#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the synthetic exports under fixtures/promega-glomax, fixtures/generic-grid and
fixtures/generic-list. All numbers are made up. The same run gives the same bytes.

The GloMax workbooks are built part by part, as that software leaves them: no cell references
except after a gap, a byte order mark before the XML, the table of contents last in the archive.

usage: tools/make_fixtures.py [FOLDER]   (default: fixtures)
"""
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

ROWS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
DATE_STYLE = 1  # of styles.xml below: m/d/yyyy h:mm


# ---- workbooks ----

def column_name(col):
    name = ""
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name


class Workbook:
    """Sheets of {(row, col): value}; a value is a text, a number, or ("date", serial)."""

    def __init__(self):
        self.sheets = []
        self.strings = []

    def add(self, name, cells):
        self.sheets.append((name, cells))

    def shared(self, text):
        if text not in self.strings:
            self.strings.append(text)
        return self.strings.index(text)

    def cell(self, row, col, value, explicit):
        ref = f' r="{column_name(col)}{row}"' if explicit else ""
        if isinstance(value, tuple):
            return f'<c{ref} s="{DATE_STYLE}"><v>{value[1]}</v></c>'
        if isinstance(value, str):
            return f'<c{ref} s="0" t="s"><v>{self.shared(value)}</v></c>'
        return f'<c{ref} s="0"><v>{value}</v></c>'

    def sheet_xml(self, cells):
        last = max(row for row, _ in cells)
        rows = []
        for row in range(1, last + 1):
            parts, before = [], 0
            for col in sorted(c for r, c in cells if r == row):
                parts.append(self.cell(row, col, cells[row, col], col != before + 1))
                before = col
            rows.append(f'<row s="0">{"".join(parts)}</row>')
        return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'

    def parts(self):
        sheets = [(f"xl/worksheets/sheet{i}.xml", self.sheet_xml(cells))
                  for i, (_, cells) in enumerate(self.sheets, 1)]
        n = len(sheets)
        ids = range(1, n + 1)
        strings = "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in self.strings)
        names = "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>'
                        for i, (name, _) in enumerate(self.sheets, 1))
        rels = "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" '
                       f'Target="worksheets/sheet{i}.xml"/>' for i in ids)
        rels += (f'<Relationship Id="rId{n + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
                 f'<Relationship Id="rId{n + 2}" Type="{OFFICE}/sharedStrings" '
                 f'Target="sharedStrings.xml"/>')
        styles = (f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1">'
                  '<fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1">'
                  '<xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
                  '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>')
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
                            f'ContentType="{kind}worksheet+xml"/>' for i in ids)
        types = (f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" '
                 'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                 f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
                 f'<Override PartName="/xl/styles.xml" ContentType="{kind}styles+xml"/>'
                 f'<Override PartName="/xl/sharedStrings.xml" '
                 f'ContentType="{kind}sharedStrings+xml"/>{overrides}</Types>')
        return [
            ("_rels/.rels", f'<Relationships xmlns="{PACKAGE}relationships"><Relationship '
             f'Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
             '</Relationships>'),
            ("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}'
             '</sheets></workbook>'),
            ("xl/_rels/workbook.xml.rels",
             f'<Relationships xmlns="{PACKAGE}relationships">{rels}</Relationships>'),
            *sheets,
            ("xl/styles.xml", styles),
            ("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>'),
            ("[Content_Types].xml", types),
        ]

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in self.parts():
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, '\ufeff<?xml version="1.0" encoding="utf-8"?>' + xml)


# ---- GloMax ----

def about(wells):
    return {(2, 4): "Dual assay (made up)", (7, 1): "Executed by:", (7, 4): "LAB\\User",
            (8, 2): "Execution Date:", (8, 4): ("date", 44986.5),
            (10, 1): "Instrument:", (10, 4): "GloMax\u00ae Navigator",
            (12, 2): "Serial Number:", (12, 4): 1, (14, 2): "Software Ver:", (14, 4): "3.0.0",
            (18, 1): "Parameters:", (19, 2): "Plate Type:", (19, 4): f"{wells} well"}


def step(cells, row, injector, values, n_rows, n_cols):
    """One injection and its luminescence; the row after the grid."""
    cells[row, 1] = "Injection, Kinetics"
    cells[row + 1, 2], cells[row + 1, 4] = "Injector:", injector
    cells[row + 3, 1] = "Luminescence, Kinetics"
    cells[row + 4, 2], cells[row + 4, 4] = "Integration Time(s):", 10
    top = row + 5
    cells[top, 2], cells[top, 4] = "Reading:", 1
    for col in range(n_cols):
        cells[top, 6 + col] = col + 1
    for r in range(n_rows):
        cells[top + 1 + r, 5] = ROWS[r]
        for col in range(n_cols):
            if (r, col) in values:
                cells[top + 1 + r, 6 + col] = values[r, col]
    return top + n_rows + 1


def list_header(cells, row, software4):
    """Header of one well's block; returns the column of the values."""
    names = ["n", "t(sec)", "value"]
    if software4:
        names = ["n", "Time _x000d_\nBy Well (sec)", "Time _x000d_\nBy Plate(s)", "value", "Part"]
    for i, name in enumerate(names):
        cells[row, 4 + i] = name
    return 4 + names.index("value")


def glomax(reads, n_rows=8, n_cols=12, software4=False):
    """Cells of the three sheets."""
    results = {(2, 4): "Protocol: Dual assay (made up)", (3, 4): "Result: made up",
               (7, 1): "Kinetics"}
    row = 9
    for number, values in enumerate(reads, 1):
        row = step(results, row, number, values, n_rows, n_cols) + 1
    by_well, row = {(2, 4): "Protocol: Dual assay (made up)"}, 7
    for r, col in sorted(set().union(*reads)):
        by_well[row, 1] = f"{ROWS[r]}:{col + 1}"
        value_col = list_header(by_well, row, software4)
        for number, values in enumerate(reads, 1):
            row += 1
            by_well[row, 2], by_well[row, 4] = "Luminescence", number
            by_well[row, 5], by_well[row, value_col] = (number - 1) * 15, values[r, col]
        row += 2
    return about(n_rows * n_cols), results, by_well


def made_up_reads():
    """Two reads of the wells A1 to B6, four significant digits as the reader writes them."""
    wells = [(r, col) for r in range(2) for col in range(6)]
    firefly = {w: 100000 + 12500 * i for i, w in enumerate(wells)}
    renilla = {w: 2000000 - 31000 * i for i, w in enumerate(wells)}
    return [firefly, renilla]


def save_glomax(path, sheets):
    book = Workbook()
    for name, cells in zip(("Dual assay (made up)", "Results", "Results By Well"), sheets):
        book.add(name, cells)
    book.save(path)


def make_glomax(folder):
    save_glomax(folder / "dual.xlsx", glomax(made_up_reads()))

    sheets = glomax(made_up_reads())
    results = sheets[1]
    results[6, 1], results[6, 4] = "cells", "HeLa"
    top = next(row for (row, col), value in results.items() if col == 2 and value == "Reading:")
    results[top + 1, 6] = 123456        # A1 typed over
    results[top + 1, 18] = "treated"    # a note right of the grid
    del results[top + 2, 11]            # B6 of the first read deleted
    save_glomax(folder / "edited.xlsx", sheets)

    sheets = glomax(made_up_reads())
    sheets[0][8, 4] = "3/4/2023 1:00:00 PM"   # 3 April or 4 March
    save_glomax(folder / "list-only.xlsx", (sheets[0], {(2, 4): "emptied"}, sheets[2]))

    sheets = glomax(made_up_reads()[:1], 16, 24, software4=True)
    sheets[0][8, 4], sheets[0][10, 4] = "8/11/2023 3:08:15 PM", "GloMax\u00ae Explorer"
    sheets[0][14, 4] = "4.1.0"
    sheets[1][3, 4] = "Result: made up 2023.08.11 15:06:47"   # so it is 11 August
    save_glomax(folder / "explorer.xlsx", sheets)

    sheets = glomax(made_up_reads())
    del sheets[0][10, 4]
    save_glomax(folder / "no-instrument.xlsx", sheets)


# ---- generic ----

def light(r, col, scale):
    return scale * (10 + 3 * r + col)


def grid_lines(corner, scale, n_rows=8, n_cols=12):
    lines = [",".join([corner] + [str(c + 1) for c in range(n_cols)])]
    for r in range(n_rows):
        lines.append(",".join([ROWS[r]] + [str(light(r, c, scale)) for c in range(n_cols)]))
    return lines


def write(path, lines, newline="\n"):
    path.write_bytes((newline.join(lines) + newline).encode("utf-8"))


def make_grids(folder):
    write(folder / "one-grid.csv", grid_lines("Firefly", 100))
    write(folder / "two-grids.csv",
          ["Firefly"] + grid_lines("", 100) + [""] + ["Renilla"] + grid_lines("", 1000))
    write(folder / "layout-and-ratio.csv",
          ["Layout"] + [",".join([""] + [str(c + 1) for c in range(12)])]
          + [",".join([ROWS[r]] + [("WT" if r < 4 else "MUT") for _ in range(12)])
             for r in range(8)]
          + ["", "Firefly"] + grid_lines("", 100) + ["", "Renilla"] + grid_lines("", 1000)
          + ["", "Ratio"] + grid_lines("", 1))
    lines = grid_lines("Firefly", 100)
    lines[1] = lines[1].replace(",1000,", ",OVRFLW,", 1)
    lines[2] = "B," + ",".join(["MISSED", "", "Masked", ">4200"] + ["7"] * 8)
    write(folder / "states.csv", lines)


def make_lists(folder):
    wells = [(r, c) for r in range(2) for c in range(6)]
    write(folder / "wells.csv", ["Well,Firefly,Renilla,Ratio"]
          + [f"{ROWS[r]}{c + 1:02d},{light(r, c, 100)},{light(r, c, 1000)},0.1" for r, c in wells],
          "\r\n")
    write(folder / "no-wells.csv", ["Sample,Firefly,Renilla,Construct,Treatment,Day"]
          + [f"s{i},{900 + i},{5000 + 7 * i},{'WT' if i < 4 else 'MUT'},"
             f"{'mimic' if i % 2 else 'scramble'},{1 + i // 2}" for i in range(8)])
    for name, scale in (("pair-firefly", 100), ("pair-renilla", 1000)):
        write(folder / f"{name}.txt",
              [f"P1\t{ROWS[r]}{c + 1:02d}\t{light(r, c, scale)}" for r, c in wells], "\r\n")
    write(folder / "decimal-comma.csv", ["Well;Firefly;Renilla"]
          + [f"{ROWS[r]}{c + 1};{light(r, c, 100)},{c}5;{light(r, c, 1000)},5"
             for r, c in wells])
    write(folder / "thousands-or-decimals.csv", ["Well;Firefly;Renilla"]
          + [f"A{c + 1};1,{234 + c};2,{345 + c}" for c in range(6)])


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "fixtures")
    for name, make in (("promega-glomax", make_glomax), ("generic-grid", make_grids),
                       ("generic-list", make_lists)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        make(folder / name)


if __name__ == "__main__":
    main()
