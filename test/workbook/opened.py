# SPDX-License-Identifier: GPL-3.0-or-later
"""What openpyxl sees of a workbook, as JSON; warnings are errors.

    opened.py FILE.xlsx
"""

import json
import sys
import warnings

import openpyxl

warnings.simplefilter("error")
book = openpyxl.load_workbook(sys.argv[1])
sheets = {}
for sheet in book:
    sheets[sheet.title] = {
        "frozen": sheet.freeze_panes, "filter": sheet.auto_filter.ref, "charts": len(sheet._charts),
        "scales": len(sheet.conditional_formatting),
        "links": {cell.coordinate: cell.hyperlink.location for row in sheet.iter_rows()
                  for cell in row if cell.hyperlink},
        "columns": {cell.value: sorted({below.data_type for below in
                                        sheet[cell.column_letter][1:] if below.value is not None})
                    for cell in sheet[1] if cell.value is not None}}
# a list before openpyxl 3.1, a dictionary since
names = getattr(book.defined_names, "definedName", book.defined_names)
json.dump({"sheets": sheets, "names": [getattr(name, "name", name) for name in names]}, sys.stdout)
