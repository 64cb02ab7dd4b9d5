#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peak memory of large files, which are made here: memory.py DUALUC [WORDS].

Prints for each file its unpacked size, and what `dualuc inspect` and `dualuc read` take at most
(maximum resident set), in MiB and as times the unpacked size. WORDS choose files by their names.
Asserts nothing.
"""
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

MIB = 1 << 20
LETTERS = [chr(65 + r) if r < 26 else "A" + chr(39 + r) for r in range(32)]


def table_rows(n_plates):
    """Wells of 1536-well plates: plate, well, two readings and a remark."""
    k = 0
    for plate in range(n_plates):
        for row in LETTERS:
            for col in range(48):
                k += 1
                yield (f"plate {plate + 1:03d} of the screen", f"{row}{col + 1:02d}",
                       10**6 + k * 7919 % 10**8, 10**6 + k * 104729 % 10**8,
                       f"lot {k * 31 % 10**7:07d} of day {plate % 28 + 1:02d}")


HEADER = ("plate", "well", "firefly", "renilla", "remark")


def csv_table(path):
    with open(path, "w", encoding="ascii") as out:
        out.write(",".join(HEADER) + "\n")
        for row in table_rows(520):
            out.write(",".join(map(str, row)) + "\n")
    return path.stat().st_size


def csv_tiny(path):
    path.write_text(("1," * 999 + "1\n") * 4000, encoding="ascii")
    return path.stat().st_size


def mars(path):
    """One 1536-well plate read 1,000 times."""
    with open(path, "w", encoding="ascii", newline="\r\n") as out:
        out.write("User: USER,Path: C:\\Data,Test run no.: 4\nTest name: x,Date: 29/02/2016,"
                  "Time: 14:34:46\n\nLuminescence\n\n")
        for read in range(1000):
            out.write(f"Raw Data ({read + 1})\n\n," + ",".join(map(str, range(1, 49))) + "\n")
            for r in range(32):
                letter = LETTERS[r] if r < 26 else LETTERS[r][1].lower()
                out.write(letter + "," + ",".join(str(1000 + (r * 48 + c) * 7919 * (read + 1) % 987654)
                                                  for c in range(48)) + "\n")
    return path.stat().st_size


def workbook(path, sheet, strings):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
                       f'Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rel}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{rel}/sharedStrings" '
            f'Target="sharedStrings.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
                           f'<sheet name="Wells" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData>'
                                    "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return sum(len(text) for text in parts.values())


def xlsx_table(path):
    """The table as Excel writes it: texts shared, each cell with its reference."""
    index, rows = {}, []
    for r, row in enumerate([HEADER, *table_rows(200)], 1):
        cells = []
        for c, value in enumerate(row):
            if isinstance(value, str):
                value = index.setdefault(value, len(index))
                cells.append(f'<c r="{"ABCDE"[c]}{r}" t="s"><v>{value}</v></c>')
            else:
                cells.append(f'<c r="{"ABCDE"[c]}{r}"><v>{value}</v></c>')
        rows.append(f'<row r="{r}">{"".join(cells)}</row>')
    return workbook(path, "".join(rows), "".join(f"<si><t>{text}</t></si>" for text in index))


def xlsx_texts(path):
    """A million different texts, each in one cell."""
    n = 1000000
    rows = "".join(f'<row><c t="s"><v>{i}</v></c></row>' for i in range(n))
    return workbook(path, rows, "".join(f"<si><t>text {i:07d} of many</t></si>" for i in range(n)))


FILES = {
    "table.csv": (csv_table, "CSV: 798,720 wells, 4 million cells"),
    "tiny.csv": (csv_tiny, "CSV: 4 million cells of one digit"),
    "mars.csv": (mars, "MARS CSV: 1,000 reads of 1536 wells"),
    "table.xlsx": (xlsx_table, "workbook: 307,200 wells, 1.5 million cells"),
    "texts.xlsx": (xlsx_texts, "workbook: a million different texts"),
}


def made(name, path):
    """Unpacked size in MiB. Made by another process: a child counts what its parent held."""
    done = subprocess.run([sys.executable, __file__, "--make", name, str(path)], check=True,
                          capture_output=True, text=True)
    return int(done.stdout) / MIB


def peak(arguments):
    """Maximum resident set of one run, in MiB."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_maxrss / 1024


def main():
    if sys.argv[1] == "--make":
        print(FILES[sys.argv[2]][0](Path(sys.argv[3])))
        return
    dualuc, words = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, what) in FILES.items():
            if words and not any(word in name for word in words):
                continue
            path = Path(folder) / name
            unpacked = made(name, path)
            peaks = [peak([dualuc, command, str(path)]) for command in ("inspect", "read")]
            print(f"| {what} | {unpacked:.1f} MiB | " +
                  " | ".join(f"{p:.0f} MiB, {p / unpacked:.1f}" for p in peaks) + " |")
            path.unlink()


main()
