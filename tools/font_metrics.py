#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes src/figure/font_tables.c: widths of Liberation Sans and Serif, by which figures are laid out.

Needs Debian's python3-fonttools and fonts-liberation. The Liberation fonts are under the SIL Open Font
License 1.1; they have the widths of Arial (Sans) and of Times New Roman (Serif). Only widths are taken,
no outlines: font_metrics.py > src/figure/font_tables.c
"""

import sys
from fontTools.ttLib import TTFont

FOLDER = "/usr/share/fonts/truetype/liberation/"
FACES = [("Sans", "Regular"), ("Sans", "Bold"), ("Sans", "Italic"), ("Sans", "BoldItalic"),
         ("Serif", "Regular"), ("Serif", "Bold"), ("Serif", "Italic"), ("Serif", "BoldItalic")]
# Latin, Greek, Cyrillic, punctuation, superscripts, signs, arrows, mathematics.
RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9),
          (0x410, 0x44F), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
          (0x2030, 0x2033), (0x2190, 0x2195), (0x2212, 0x2212), (0x221E, 0x221E),
          (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265)]


def width(font, code):
    name = font.getBestCmap().get(code)
    if name is None:
        name = font.getBestCmap()[ord("M")]
    # of an em of 1000, upwards, so that no text is wider than what was reckoned
    return -(-font["hmtx"][name][0] * 1000 // font["head"].unitsPerEm)


def rows(values):
    line = "   "
    for value in values:
        if len(line) + len(f" {value},") > 98:
            yield line
            line = "   "
        line += f" {value},"
    yield line


def main():
    out = ["/* SPDX-License-Identifier: GPL-3.0-or-later */",
           '#include "figure/font_tables.h"', "",
           "/* Made by tools/font_metrics.py of the Liberation fonts (SIL Open Font License 1.1):",
           " * the widths of their characters in thousandths of the size. */", "",
           "/* clang-format off */",
           "const dlu_font_range dlu_font_ranges[DLU_FONT_RANGES] = {"]
    at = 0
    for first, last in RANGES:
        out.append(f"    {{0x{first:04X}, 0x{last:04X}, {at}}},")
        at += last - first + 1
    out += ["};", "", "const uint16_t dlu_font_widths[DLU_FONT_FACES][DLU_FONT_WIDTHS] = {"]
    for family, style in FACES:
        font = TTFont(f"{FOLDER}Liberation{family}-{style}.ttf")
        out.append(f"    /* {family} {style} */ {{")
        out += rows(width(font, c) for first, last in RANGES for c in range(first, last + 1))
        out.append("    },")
    out += ["};"]
    assert at == 465, at
    print("\n".join(out))
    return 0


sys.exit(main())
