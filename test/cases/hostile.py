#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes files that nobody should have to read: hostile.py KIND OUT [ARGUMENT...].

The workbooks are one good workbook, a table of three wells, with one thing wrong.
"""

import io
import random
import struct
import sys
import warnings
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
ROWS = ('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
        '<row><c t="s"><v>3</v></c><c><v>1000</v></c><c><v>500</v></c></row>'
        '<row><c t="s"><v>4</v></c><c><v>2000</v></c><c><v>600</v></c></row>'
        '<row><c t="s"><v>5</v></c><c><v>3000</v></c><c><v>700</v></c></row>')
TEXTS = ["well", "firefly", "renilla", "A1", "A2", "A3"]


# ---- workbooks ----

def worksheet(rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def workbook(*sheets):
    """workbook.xml with (name, relationship) for each sheet."""
    items = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="{relation}"/>'
                    for i, (name, relation) in enumerate(sheets, 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{items}</sheets></workbook>'


def relations(*items):
    listed = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                     for name, kind, target in items)
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def strings(texts):
    return f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{t}</t></si>" for t in texts)}</sst>'


LINKS = (("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml"),
         ("r3", "styles", "styles.xml"))


def parts(changes=None):
    """The parts of the good workbook, some replaced, left out (None) or added."""
    good = {
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(("Results", "r1")),
        "xl/_rels/workbook.xml.rels": relations(*LINKS),
        "xl/sharedStrings.xml": strings(TEXTS),
        # style 1 shows a day, style 2 a percentage
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>'
                         '<xf numFmtId="14"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        SHEET: worksheet(ROWS),
    }
    good.update(changes or {})
    return {name: text for name, text in good.items() if text is not None}


def archive(entries, method=zipfile.ZIP_DEFLATED):
    """A zip archive of (name, content) as bytes, the same on any day."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", method) as out, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # doubled names are meant
        for name, content in entries:
            out.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, method)
    return to.getvalue()


def packed(changes=None):
    return archive(parts(changes).items())


def stored(changes=None):
    return archive(parts(changes).items(), zipfile.ZIP_STORED)


# ---- the directory at the end of an archive ----

def end_at(book):
    return book.rindex(b"PK\5\6")


def directory(book):
    """Where the entries of the central directory begin."""
    at = struct.unpack_from("<I", book, end_at(book) + 16)[0]
    while book[at:at + 4] == b"PK\1\2":
        yield at
        at += 46 + sum(struct.unpack_from("<3H", book, at + 28))


def entry(book, name):
    """Where the central and the local header of an entry stand."""
    for at in directory(book):
        n = struct.unpack_from("<H", book, at + 28)[0]
        if book[at + 46:at + 46 + n] == name.encode():
            return at, struct.unpack_from("<I", book, at + 42)[0]
    raise KeyError(name)


def patched(book, at, form, *values):
    book = bytearray(book)
    struct.pack_into(form, book, at, *values)
    return bytes(book)


def zip_claims():
    """A directory that says it has a million entries, in the form for large archives."""
    book = packed()
    end = end_at(book)
    size, offset = struct.unpack_from("<II", book, end + 12)
    count = 10**6
    large = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    return book[:end] + large + locator + patched(book[end:], 8, "<HH", 0xFFFF, 0xFFFF)


def zip_overlap():
    """Twenty more entries, all at the place of the sheet."""
    book = packed()
    end, (at, _) = end_at(book), entry(book, SHEET)
    sheet = book[at:at + 46 + len(SHEET)]
    more = b"".join(sheet[:46] + b"xl/worksheets/copy%02d.xml" % i for i in range(20))
    count, size = struct.unpack_from("<H", book, end + 10)[0] + 20, struct.unpack_from(
        "<I", book, end + 12)[0] + len(more)
    tail = patched(book[end:], 8, "<HHI", count, count, size)
    return book[:end] + more + tail


def zip_sum():
    book = stored()
    for at, field in zip(entry(book, SHEET), (16, 14)):
        book = patched(book, at + field, "<I", 0x12345678)
    return book


def zip_size():
    """The directory says that the sheet is longer than it is."""
    book = packed()
    return patched(book, entry(book, SHEET)[0] + 24, "<I", 10**6)


def zip_directory():
    """The last 40 bytes of the directory are missing, its end is there."""
    book = packed()
    end = end_at(book)
    return book[:end - 40] + book[end:]


def zip_nul():
    """A name that goes on behind a NUL."""
    book = packed({SHEET: None, SHEET + "~.exe": worksheet(ROWS)})
    return book.replace(b".xml~.exe", b".xml\0.exe")


def zip_password():
    book = packed()
    for at, field in zip(entry(book, SHEET), (8, 6)):
        book = patched(book, at + field, "<H", 1)
    return book


def zip_method():
    book = packed()
    for at, field in zip(entry(book, SHEET), (10, 8)):
        book = patched(book, at + field, "<H", 6)
    return book


# ---- kinds ----

def rows(xml):
    return packed({SHEET: worksheet(xml)})


def light(cell):
    """The table of three wells, the firefly light of A1 being the cell given as XML."""
    return rows(ROWS.replace("<c><v>1000</v></c>", cell))


def grid(cell):
    """A plate grid with a cell given as XML in well A1."""
    head = "<row><c t=\"inlineStr\"><is><t>Luminescence</t></is></c></row><row><c/>" + "".join(
        f"<c><v>{i}</v></c>" for i in range(1, 13)) + "</row>"
    body = "".join(
        f'<row><c t="inlineStr"><is><t>{letter}</t></is></c>' + "".join(
            cell if (letter, i) == ("A", 1) else f"<c><v>{i * 100}</v></c>"
            for i in range(1, 13)) + "</row>" for letter in "ABCDEFGH")
    return rows(head + body)


def endless_part(before, size, after):
    """A part of `size` MiB as (bytes packed by deflate, checksum, length), quickly made."""
    letters = random.Random(1)
    comment = "".join(letters.choices("abcdefgh", k=1 << 14))
    pieces = [(before.encode(), 1), ((f"<!--{comment}-->" * 64).encode(), size), (after.encode(), 1)]
    body, total, length = b"", 0, 0
    for piece, times in pieces:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        body += (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * times
        length += len(piece) * times
        for _ in range(times):
            total = zlib.crc32(piece, total)
    return body + b"\3\0", total, length


def large_book(*sizes):
    """Sheets of so many MiB, without cells."""
    names = [f"s{i}" for i in range(len(sizes))]
    book = packed({
        "xl/workbook.xml": workbook(*((n, n) for n in names)),
        "xl/_rels/workbook.xml.rels": relations(*((n, "worksheet", f"{n}.xml") for n in names))})
    end = end_at(book)
    count, size, at = struct.unpack_from("<HII", book, end + 10)
    local, central = b"", b""
    for name, mib in zip(names, sizes):
        body, total, n = endless_part(f'<worksheet xmlns="{MAIN}">', int(mib),
                                       "</worksheet>")
        path = f"xl/{name}.xml".encode()
        fields = struct.pack("<HHHIIIIHH", 20, 0, 8, 0x00210000, total, len(body), n, len(path), 0)
        central += b"PK\1\2\x14\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, at + len(local)) + path
        local += b"PK\3\4" + fields + path + body
    tail = struct.pack("<4s4HIIH", b"PK\5\6", 0, 0, count + len(sizes), count + len(sizes),
                       size + len(central), at + len(local), 0)
    return book[:at] + local + book[at:end] + central + tail


def many_cells(n):
    """Cells in rows of 1000, stored as they are so that the archive's ratio is no matter."""
    row = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    return stored({SHEET: worksheet(row * (n // 1000) + "<row>" + "<c><v>1</v></c>" * (n % 1000)
                                    + "</row>")})


def unicode_parts(encoding):
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    return packed({name: (head + text).encode(encoding) for name, text in parts().items()})


KINDS = {
    "good": packed,
    "rows": rows,
    "light": light,
    "grid": grid,
    "part": lambda name, text=None: packed({name: text}),
    "external": lambda: packed({"xl/_rels/workbook.xml.rels": relations(*LINKS).replace(
        "/worksheet\"", "/worksheet\" TargetMode=\"External\"")}),
    "links": lambda target: packed({"xl/_rels/workbook.xml.rels": relations(
        ("r1", "worksheet", target), *LINKS[1:])}),
    "sheets": lambda *names: packed({"xl/workbook.xml": workbook(*((n, "r1") for n in names))}),
    "two-sheets": lambda: packed({
        "xl/workbook.xml": workbook(("Results", "r1"), ("Results", "r4")),
        "xl/_rels/workbook.xml.rels": relations(*LINKS, ("r4", "worksheet", "worksheets/b.xml")),
        "xl/worksheets/b.xml": worksheet(ROWS.replace("000</v>", "111</v>"))}),
    "zip-ratio": lambda: packed({SHEET: worksheet(ROWS) + " " * (20 << 20)}),
    "zip-in-zip": lambda: archive([("plate.xlsx", packed()), ("notes.txt", "for Monday")]),
    "zip-claims": zip_claims,
    "zip-entries": lambda: archive([*parts().items(), *((f"e/{i}", "") for i in range(20000))],
                                   zipfile.ZIP_STORED),
    "zip-overlap": zip_overlap,
    "zip-sum": zip_sum,
    "zip-size": zip_size,
    "zip-directory": zip_directory,
    "zip-names": lambda: packed({"../../outside.xlsx": "x", "/etc/outside": "x",
                                 "C:\\outside.xlsx": "x"}),
    "zip-nul": zip_nul,
    "zip-password": zip_password,
    "zip-method": zip_method,
    "zip-doubled": lambda: archive([*parts().items(), (SHEET, worksheet("<row/>"))]),
    "zip-empty": lambda: archive([]),
    "xml-entities": lambda: packed({SHEET: '<!DOCTYPE worksheet [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(ord("a") + i)} "{("&" + chr(ord("a") + i - 1) + ";") * 10}">'
        for i in range(1, 10)) + "]><worksheet>&j;</worksheet>"}),
    "xml-deep": lambda: packed({SHEET: "<x>" * 10**5}),
    "xml-attribute": lambda: packed({SHEET: f'<worksheet a="{"a" * 10**7}"/>'}),
    "xml-texts": lambda n: packed({"xl/sharedStrings.xml": strings(
        [*TEXTS, *(f"text {i}" for i in range(int(n)))])}),
    "xml-utf16": lambda: unicode_parts("utf-16"),
    "xml-cut": lambda: packed({SHEET: worksheet(ROWS).encode()[:-40] + "µ".encode()[:1]}),
    "xml-latin": lambda: packed({SHEET: worksheet(ROWS + "<!-- µ -->").encode("latin-1")}),
    "book-large": large_book,
    "book-cells": lambda n: many_cells(int(n)),
    "book-sheets": lambda n: packed({"xl/workbook.xml": workbook(
        *((f"s{i}", "r1") for i in range(int(n))))}),
    "book-links": lambda n: packed({"xl/_rels/workbook.xml.rels": relations(
        *LINKS, *((f"x{i}", "image", "i.png") for i in range(int(n))))}),
    "book-styles": lambda n: packed({"xl/styles.xml":
        f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * int(n)}</cellXfs></styleSheet>'}),
    "book-formats": lambda n: packed({"xl/styles.xml":
        f'<styleSheet xmlns="{MAIN}">{"<numFmt/>" * int(n)}</styleSheet>'}),
    "book-arrays": lambda n: rows(
        "<row>" + '<c r="A1"><f t="array" ref="A1:B2">1</f></c>' * int(n) + "</row>"),
    "book-overlaps": lambda n: rows(
        '<row>' + '<c r="A1"><f t="array" ref="A1:A2000">1</f></c>' * int(n) + "</row>"
        + "<row><c><v>1</v></c></row>" * 2000),
    "text-rows": lambda: b"\n" * 8388608 + b"well,firefly,renilla\n",
    "text-columns": lambda: b"well,firefly,renilla\n" + b"A1," * 10**7 + b"\n",
    "text-line": lambda: b"well firefly renilla " * 3 * 10**6,
    "text-cells": lambda: b"well,firefly,renilla\n" + b"1,2,3,4,5,6,7,8,9,0\n" * 400001,
    "text-open-quote": lambda: b"well,firefly,renilla\nA1,\"1000,500\n" + b"A2,2000,600\n" * 10**6,
    "text-quoted": lambda: b"well,firefly,renilla,note\nA1,1000,500,\"" + b"word\n" * (
        6 << 20) + b"\"\nA2,2000,600,\n",
    "text-delimiters": lambda: b",,,,,,,,,,,,\n" * 1000,
}


def main():
    kind, out, *arguments = sys.argv[1:]
    content = KINDS[kind](*arguments)
    with open(out, "wb") as file:
        file.write(content)


main()
