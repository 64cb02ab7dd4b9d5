#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a workbook from CSV files: xlsx.py OUT.xlsx SHEET=TABLE.csv...

Fields that read as numbers become number cells, empty ones no cell.
"""

import csv
import sys

import openpyxl


def value(text):
    try:
        number = float(text)
    except ValueError:
        return text or None
    return int(number) if number.is_integer() else number


def main():
    out, *sheets = sys.argv[1:]
    book = openpyxl.Workbook()
    book.remove(book.active)
    for argument in sheets:
        name, _, path = argument.partition("=")
        sheet = book.create_sheet(name)
        with open(path, newline="", encoding="utf-8") as table:
            for row in csv.reader(table):
                sheet.append([value(field) for field in row])
    book.save(out)


main()
