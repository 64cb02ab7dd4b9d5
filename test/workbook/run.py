#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbook's formulas, computed anew by LibreOffice.

    run.py DUALUC FIXTURES

Every formula of experiments of every design must come to the value that the program stored; a well
that is left out by hand must give what --drop-wells gives.
"""

import json
import math
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import experiments
import recalc

DUALUC, FIXTURES = sys.argv[1], pathlib.Path(sys.argv[2])
CHANGED = "design changed: run dualuc again"
results = []


def check(name, lines):
    """One test: no lines, no complaint."""
    results.append(not lines)
    print(f"{'not ok' if lines else 'ok'} {len(results)} - {name}")
    for line in lines[:20]:
        print(f"#   {line}")
    sys.stdout.flush()


def analyze(folder, name, arguments):
    """Workbook and JSON of a run."""
    book, answer = folder / f"{name}.xlsx", folder / f"{name}.json"
    run = subprocess.run([DUALUC, "analyze", *map(str, arguments), "-o", book, "--json", answer],
                         capture_output=True, text=True, check=False)
    if run.returncode:
        raise AssertionError(run.stderr)
    return book, json.loads(answer.read_text())


def column(cells, sheet, header):
    """The letters of a column by its header in the first row."""
    for (name, at), cell in cells.items():
        if name == sheet and cell.value == header and re.fullmatch("[A-Z]+1", at):
            return at[:-1]
    raise AssertionError(f"{sheet} has no column {header}")


def row_of(cells, plate, well):
    """The row of a well on the sheet Wells."""
    at = {h: column(cells, "Wells", h) for h in ("Plate", "Well")}
    row = 2
    while ("Wells", f"{at['Plate']}{row}") in cells:
        if (cells["Wells", f"{at['Plate']}{row}"].value == plate and
                cells["Wells", f"{at['Well']}{row}"].value == well):
            return row
        row += 1
    raise AssertionError(f"no well {plate} {well}")


def leave_out(book, target, wells):
    """Copies the workbook with `use` of these (plate, well) set to 0, as a person would."""
    cells = recalc.cells(book)
    use = column(cells, "Wells", "Use")
    places = [f"{use}{row_of(cells, *well)}" for well in wells]

    def edit(name, text):
        for place in places if name == "Wells" else ():
            text, n = re.subn(rf'(<c r="{place}"[^>]*><v>)1(</v>)', r"\g<1>0\2", text)
            if n != 1:
                raise AssertionError(f"no 1 in {place}")
        return text

    recalc.edited(book, target, edit)


def against(anew, answer):
    """Differences between computed rows of Comparisons and those of a result."""
    at = {key: column(anew, "Comparisons", header) for key, header in
          {"fold": "Fold", "fold_low": "Interval low", "fold_high": "Interval high", "p": "p",
           "estimate_ln": "Estimate (ln)", "se": "Standard error (ln)", "t": "t", "df": "df",
           "noninferiority_p": "p not repressed"}.items()}
    kind, live = column(anew, "Comparisons", "Comparison"), column(anew, "Comparisons",
                                                                   "This row is")
    lines, n = [], 0
    for i, row in enumerate(answer["comparisons"], start=2):
        if anew["Comparisons", f"{kind}{i}"].value != row["kind"]:
            raise AssertionError(f"row {i} is not {row['kind']}")
        if anew["Comparisons", f"{live}{i}"].value != "formula":
            continue
        for key, col in at.items():
            value = anew["Comparisons", f"{col}{i}"].value
            n += 1
            if not isinstance(value, float) or abs(value - row[key]) > 1e-9 * abs(row[key]):
                lines.append(f"{row['kind']} {key}: computed {value!r}, run {row[key]!r}")
    return lines if n else ["no row is a formula"]


def designs(folder):
    """Every design: name, arguments, whether its tests are formulas."""
    experiments.table(folder / "blocked.csv", 4)
    experiments.table(folder / "apart.csv", 1, wells=4, replicate=True)
    experiments.table(folder / "split.csv", 6,
                      skip=lambda c, t, day: (c == "WT") == (day > 3))
    experiments.table(folder / "missing.csv", 4,
                      skip=lambda c, t, day: (c, t, day) == ("MUT", "mimic", 2))
    experiments.table(folder / "technical.csv", 1)
    experiments.table(folder / "alone.csv", 3, constructs=("WT",))
    experiments.table(folder / "inhibitor.csv", 3, treatments=("inhibitor", "inhibitor-control"))
    example = sorted((FIXTURES / "example-mir21").glob("day*.xlsx"))
    yield "example", [*example, "--map", FIXTURES / "example-mir21" / "map.xlsx"], True
    yield "blocked", [folder / "blocked.csv", "--error", "block", "--alpha", "0.01"], True
    yield "sums", [folder / "blocked.csv", "--collapse", "ratio-of-sums", "--blank-stat", "median",
                   "--vector", "psicheck2"], True
    yield "unblocked", [folder / "apart.csv"], True
    yield "student", [folder / "apart.csv", "--student"], True
    yield "split-block", [folder / "split.csv"], False
    yield "missing-cell", [folder / "missing.csv"], False
    yield "technical-only", [folder / "technical.csv"], True
    yield "no-mutant", [folder / "alone.csv"], True
    yield "inhibitor", [folder / "inhibitor.csv", "--equivalence", "0.85"], True


def check_designs(folder):
    runs = [(name, live, *analyze(folder, name, arguments))
            for name, arguments, live in designs(folder)]
    everything = recalc.computed([book for _, _, book, _ in runs], folder)
    for (name, live, book, answer), anew in zip(runs, everything):
        stored = recalc.cells(book)
        lines = recalc.differences(stored, anew)
        kinds = {c.value for (s, _), c in stored.items()
                 if s == "Comparisons" and c.value in ("formula", "value of the run")}
        if ("formula" in kinds) != live:
            lines.append(f"rows of Comparisons are {kinds}")
        check(f"{name}: only functions that all programs have", foreign_functions(stored))
        check(f"{name}: charts keep the numbers of their cells", stale_charts(book))
        check(f"{name}: {sum(c.formula is not None for c in stored.values())} formulas come to "
              "their stored values", lines)
        if live:
            check(f"{name}: Comparisons equals the JSON", against(anew, answer))


FUNCTIONS = set("ABS AND AVERAGE AVERAGEIFS BETADIST BETAINV COUNT COUNTIFS EXP IF IFERROR ISNUMBER LN "
                "MAX MEDIAN MIN SINH SQRT STDEV SUM SUMIFS SUMPRODUCT SUMSQ VAR".split())


def foreign_functions(cells):
    """Functions that Excel 2010 or LibreOffice 7 lacks, or that cut degrees of freedom."""
    return [f"{sheet}!{at} calls {name}" for (sheet, at), cell in cells.items() if cell.formula
            for name in re.findall(r"([A-Z_][A-Za-z0-9._]*)\(", cell.formula)
            if name not in FUNCTIONS]


def stale_charts(book):
    """Numbers kept in charts that are not those of their cells."""
    cells, lines, n = recalc.cells(book), [], 0
    for formula, points in recalc.charted(book):
        sheet, column, first = re.fullmatch(r"(\w+)!\$([A-Z]+)\$(\d+)(?::.*)?", formula).groups()
        for i, value in points.items():
            cell = cells.get((sheet, f"{column}{int(first) + i}"))
            n += 1
            if cell is None or abs(cell.value - value) > 1e-9 * abs(value):
                lines.append(f"{formula}, point {i + 1}: {value!r}, in the cell {cell and cell.value!r}")
    return lines if n else ["no chart keeps a number"]


def opened(book):
    """What openpyxl sees; it may be there for one python and not for the other."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import openpyxl"], capture_output=True,
                          check=False).returncode == 0:
            run = subprocess.run([python, pathlib.Path(__file__).parent / "opened.py", book],
                                 capture_output=True, text=True, check=False)
            if run.returncode:
                raise AssertionError(run.stderr)
            return json.loads(run.stdout)
    raise AssertionError("no openpyxl; install python3-openpyxl")


SHEETS = ["Summary", "Comparisons", "Groups", "Replicates", "Wells", "Plates", "QC", "Methods",
          "Messages", "Sensitivity", "Leave one out", "Workings", "Diagnostics", "Charts"]
TEXTS = {"Comparisons": ["Target", "miRNA", "Comparison"], "Replicates": ["Target", "Block"],
         "Wells": ["Plate", "Well", "Target"], "QC": ["Checked", "Status", "Rule"]}
NUMBERS = {"Comparisons": ["n", "Equivalence margin"], "Wells": ["Reporter (raw)", "Use"],
           "Sensitivity": ["WT fold", "p direct"], "QC": ["Value"]}


def check_opened(folder, name, charts):
    """Sheets, names and types as openpyxl sees them."""
    seen = opened(folder / f"{name}.xlsx")
    sheets, lines = seen["sheets"], []
    if list(sheets) != SHEETS:
        lines.append(f"sheets {list(sheets)}")
    if not {"alpha", "theta", "equivalence"} <= set(seen["names"]):
        lines.append(f"names {seen['names']}")
    for wanted, allowed in ((TEXTS, {"s"}), (NUMBERS, {"n", "f"})):
        for sheet, headers in wanted.items():
            for header in headers:
                found = set(sheets[sheet]["columns"].get(header, ["no column"]))
                if not found or not found <= allowed:
                    lines.append(f"{sheet}, {header}: cells of type {sorted(found)}")
    for sheet in ("Summary", "Comparisons", "Wells", "QC"):
        if not sheets[sheet]["frozen"] or not sheets[sheet]["filter"]:
            lines.append(f"{sheet} has no filter or frozen panes")
    found = {sheet: sheets[sheet]["charts"] for sheet in ("Summary", "Charts")}
    if found != charts:
        lines.append(f"charts {found}")
    if not sheets["Plates"]["scales"]:
        lines.append("Plates has no colour scale")
    for sheet, to in (("Summary", "Comparisons"), ("Comparisons", "Workings"),
                      ("Replicates", "Wells")):
        links = sheets[sheet]["links"]
        if not links or not all(link.startswith(f"'{to}'!A") for link in links.values()):
            lines.append(f"links of {sheet}: {list(links.values())[:3]}")
    check(f"{name}: sheets, types, links and charts as openpyxl sees them", lines)


def check_constructs(folder):
    """Where inserts were given, their sites stand on a sheet of their own."""
    example = FIXTURES / "example-mir21"
    analyze(folder, "constructs", [*sorted(example.glob("day*.xlsx")), "--map", example / "map.xlsx",
                                   "--config", FIXTURES / "example-mir21-inserts" / "seed.ini"])
    sheets, lines = opened(folder / "constructs.xlsx")["sheets"], []
    wanted = SHEETS[:SHEETS.index("Messages") + 1] + ["Constructs"]
    if list(sheets)[:len(wanted)] != wanted:
        lines.append(f"sheets {list(sheets)}")
    columns = sheets["Constructs"]["columns"]
    for header, kind in (("Target", "s"), ("miRNA", "s"), ("What", "s"), ("WT from", "n"),
                         ("WT to", "n"), ("Bases of WT", "s"), ("In words", "s"),
                         ("WT: target 5'-3' over microRNA 3'-5'", "s")):
        if set(columns.get(header, ["no column"])) != {kind}:
            lines.append(f"{header}: cells of type {sorted(set(columns.get(header, [])))}")
    cells = recalc.cells(folder / "constructs.xlsx")
    duplex = column(cells, "Constructs", "WT: target 5'-3' over microRNA 3'-5'")
    drawn = cells["Constructs", f"{duplex}3"].value.split("\n")
    if len(drawn) != 3 or drawn[2].strip() != "3'-AGUUGUAGUCAGACUAUUCGAU-5'":
        lines.append(f"the first duplex is {drawn}")
    check("constructs: the sheet of the sites", lines)


def check_links(folder):
    """A link ends at what it names."""
    cells = recalc.cells(folder / "example.xlsx")
    links = {sheet: found["links"] for sheet, found in
             opened(folder / "example.xlsx")["sheets"].items()}
    lines = []
    target = column(cells, "Comparisons", "Target")
    for at, to in links["Summary"].items():
        row = int(to.split("!A")[1])
        own = cells["Summary", f"A{re.sub('[A-Z]', '', at)}"].value
        if cells["Comparisons", f"{target}{row}"].value != own:
            lines.append(f"the verdict of {own} leads to {to}")
    unit = column(cells, "Wells", "Row of Replicates")
    for at, to in links["Replicates"].items():
        if cells["Wells", f"{unit}{to.split('!A')[1]}"].value != cells["Replicates", at].value:
            lines.append(f"unit {cells['Replicates', at].value} leads to {to}")
    for to in links["Comparisons"].values():
        if " | " not in str(cells["Workings", to.split("!")[1]].value):
            lines.append(f"a comparison leads to {to}")
    check("links end at what they name", lines)


def check_names(folder):
    """Names that look like something else stay what they are; two runs give the same bytes."""
    experiments.screen(folder / "names.csv", experiments.NAMES)
    book, _ = analyze(folder, "names", [folder / "names.csv"])
    cells = recalc.cells(book)
    lines = []
    for sheet in ("Comparisons", "Groups", "Replicates", "Wells", "Sensitivity"):
        at = column(cells, sheet, "Target")
        found = {c.value for (s, a), c in cells.items()
                 if s == sheet and re.fullmatch(f"{at}[0-9]+", a) and a != f"{at}1"}
        if not set(experiments.NAMES) <= found:
            lines.append(f"{sheet} lacks {set(experiments.NAMES) - found}")
    check("names stay texts", lines)
    once = book.read_bytes()
    analyze(folder, "names", [folder / "names.csv"])
    check("two runs give the same bytes", [] if once == book.read_bytes() else ["they differ"])
    check_opened(folder, "names", {"Summary": 1, "Charts": 2})
    return book


def check_again(folder, name):
    """The command line on Methods makes the same result."""
    cells = recalc.cells(folder / f"{name}.xlsx")
    line = next(c.value for (s, _), c in cells.items() if s == "Methods" and isinstance(c.value, str)
                and c.value.startswith("dualuc analyze "))
    run = subprocess.run([DUALUC, *shlex.split(line)[1:], "--json", "-"], capture_output=True,
                         text=True, check=False)
    same = run.stdout == (folder / f"{name}.json").read_text()
    check(f"{name}: the command line on Methods gives the same JSON",
          [] if same else [line, run.stderr])


def plant(folder):
    """The example with a wrong p stored in its first comparison."""
    book, wrong = folder / "example.xlsx", folder / "wrong.xlsx"
    p = column(recalc.cells(book), "Comparisons", "p")

    def edit(name, text):
        if name == "Comparisons":
            text = re.sub(rf'(<c r="{p}2"[^>]*><f>[^<]*</f><v>)[^<]*', r"\g<1>0.04", text)
        return text

    recalc.edited(book, wrong, edit)
    return wrong


def check_planted(wrong, anew):
    """A stored value that is wrong must be found, or nothing above says anything."""
    lines = recalc.differences(recalc.cells(wrong), anew)
    p = column(anew, "Comparisons", "p")
    found = any(f"Comparisons!{p}2" in line for line in lines)
    check("a planted value is found", [] if found else ["nothing was found", *lines])


def check_charted(folder, anew):
    """On Charts, the geometric mean of a bar's replicates is the bar, in blocks of one unit each."""
    at = next(a for (s, a), c in anew.items() if s == "Charts" and c.value == "Of control")
    points = column_below(anew, "Charts", "Of control")
    folds = column_below(anew, "Charts", "Fold")
    answer = json.loads((folder / "blocked.json").read_text())
    n = len(points) // len(folds) if folds else 0
    lines = [] if n == 4 else [f"{len(points)} replicates under {at}, {len(folds)} folds"]
    for i, fold in enumerate(folds):
        mean = math.exp(sum(map(math.log, points[i * n:(i + 1) * n])) / n)
        if abs(mean - fold) > 1e-9 * fold:
            lines.append(f"bar {i + 1}: {fold!r}, of its replicates {mean!r}")
    if folds != [answer["verdicts"][0][k] for k in ("wt_fold", "mut_fold")]:
        lines.append(f"the bars are {folds}")
    check("blocked: bars and replicates of the chart", lines)


def check_chart_less(stored, anew, lost):
    """A well less moves the chart; a transfection less takes its point away."""
    before, after = (column_below(c, "Charts", "Of control") for c in (stored, anew))
    moved = sum(abs(a - b) > 1e-9 for a, b in zip(before, after))
    check("the chart follows a well's use", [] if moved else ["no point of the chart has moved"])
    check("the chart leaves out what is gone",
          [] if -1 in column_below(lost, "Charts", "Of control") else ["every point is left"])


def wells_to_lose(folder):
    """Of some designs, a (plate, well): samples, and a blank."""
    for name, wanted in (("example", None), ("blocked", "H3"), ("sums", "C4"), ("unblocked", "H3"),
                         ("technical-only", "B4")):
        wells = json.loads((folder / f"{name}.json").read_text())["wells"]
        found = [w for w in wells if (w["used"] if wanted is None else w["well"] == wanted)]
        yield name, (found[len(found) // 2]["plate"], found[len(found) // 2]["well"])


def check_less(folder, name, well, anew):
    """The workbook without a well against the run without it."""
    arguments = {name: args for name, args, _ in designs(folder)}[name]
    _, answer = analyze(folder, "dropped", [*arguments, "--drop-wells", ":".join(well)])
    lines = against(anew, answer)
    state = column_below(anew, "Summary", "Numbers are")
    if any(v != "changed since: run dualuc again" for v in state):
        lines.append(f"Summary says {state}")
    check(f"{name}: use of {':'.join(well)} set to 0 is --drop-wells", lines)


def column_below(cells, sheet, header):
    """The texts under a header that stands in any row."""
    at = next(a for (s, a), c in cells.items() if s == sheet and c.value == header)
    letters, row = re.fullmatch("([A-Z]+)([0-9]+)", at).groups()
    values, row = [], int(row) + 1
    while (sheet, f"{letters}{row}") in cells:
        values.append(cells[sheet, f"{letters}{row}"].value)
        row += 1
    return values


def lose_unit(folder):
    """The example without any well of one transfection."""
    wells = [w for w in json.loads((folder / "example.json").read_text())["wells"] if w["used"]]
    same = [w for w in wells if all(w[k] == wells[0][k] for k in
                                    ("plate", "target", "construct", "treatment", "mirna"))]
    leave_out(folder / "example.xlsx", folder / "lost.xlsx",
              [(w["plate"], w["well"]) for w in same])
    return folder / "lost.xlsx"


def check_unit_lost(anew):
    """What depends on it says so, and nothing is an error."""
    lines = [f"{s}!{a} is an error: {c.value}" for (s, a), c in anew.items() if c.kind == "e"]
    said = {s for (s, _), c in anew.items() if c.value == CHANGED}
    for sheet in ("Replicates", "Groups", "Workings", "Comparisons", "Summary"):
        if sheet not in said:
            lines.append(f"{sheet} does not say that the design changed")
    check("a transfection without wells: the design changed", lines)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_designs(folder)
        check_opened(folder, "example", {"Summary": 1, "Charts": 0})
        check_constructs(folder)
        check_links(folder)
        for name in ("example", "blocked", "sums", "student", "inhibitor"):
            check_again(folder, name)
        less = list(wells_to_lose(folder))
        books = [plant(folder), lose_unit(folder), check_names(folder)]
        for design, well in less:
            books.append(folder / f"{design}-less.xlsx")
            leave_out(folder / f"{design}.xlsx", books[-1], [well])
        anew = recalc.computed(books, folder)
        check_charted(folder, recalc.cells(folder / "blocked.xlsx"))
        check_chart_less(recalc.cells(folder / "example.xlsx"), anew[3], anew[1])
        check("names: formulas come to their stored values",
              recalc.differences(recalc.cells(books[2]), anew[2]))
        check_planted(books[0], anew[0])
        check_unit_lost(anew[1])
        for (design, well), cells in zip(less, anew[3:]):
            check_less(folder, design, well, cells)
    print(f"1..{len(results)}")


if __name__ == "__main__":
    main()
