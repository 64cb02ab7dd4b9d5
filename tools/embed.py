#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the style and the script of the HTML page as C: embed.py CSS JS OUT.c."""

import base64
import hashlib
import sys
from pathlib import Path


def array(name, data):
    numbers = [f"{byte}," for byte in data] + ["0"]
    lines = ("    " + "".join(numbers[i:i + 24]) for i in range(0, len(numbers), 24))
    return f"const char {name}[] = {{\n" + "\n".join(lines) + "\n};\n"


def main():
    css, js = (Path(name).read_bytes() for name in sys.argv[1:3])
    for name, data in zip(sys.argv[1:3], (css, js)):
        if not data.isascii() or b"</" in data:
            sys.exit(f"{name}: expected ASCII without \"</\"")
    digest = base64.b64encode(hashlib.sha256(js).digest()).decode("ascii")
    Path(sys.argv[3]).write_text(
        '#include "page/assets.h"\n\n' + array("dlu_page_css", css) + "\n" +
        array("dlu_page_js", js) + f'\nconst char dlu_page_js_sum[] = "sha256-{digest}";\n',
        encoding="ascii")


main()
