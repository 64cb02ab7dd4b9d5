#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks of the old Excel format.

    run.py DUALUC FIXTURES read|refuse

With FreeXL, a workbook is read as the .xlsx it was made of, and a damaged one is refused in words or
read in full, never in part. Without it, every one is refused by name.
"""

import pathlib
import subprocess
import sys
import tempfile

DUALUC, FIXTURES, WITH = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), sys.argv[3]
OLD = FIXTURES / "old-xls"
NOTE = ("read as a workbook of the old Excel format (.xls): cells that hold formulas, errors or "
        "truth values are taken for empty")
KINDS = {"Sheet!" + cell: (value, state) for cell, value, state in (
    ("B2", "5", "ok"), ("B3", "1234567.5", "ok"), ("B4", "-3", "ok"), ("B8", "1234", "ok"),
    ("B9", "", "overflow"), ("C2", "0.125", "ok"), ("C3", "123456789", "ok"), ("C4", "0", "ok"),
    ("C5", "7", "ok"), ("C6", "8", "ok"), ("C7", "9", "ok"), ("C8", "77", "ok"),
    ("C9", "0.5", "ok"))}
results = []


def run(*arguments):
    return subprocess.run([DUALUC, *map(str, arguments)], capture_output=True, text=True,
                          check=False)


def check(name, good, *told):
    results.append(bool(good))
    for text in () if good else told:
        print("# " + str(text).replace("\n", "\n# "))
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}")


def values(done):
    """The rows without the column of the file's name."""
    return [line.split(",", 1)[1] for line in done.stdout.splitlines()]


def is_refusal(done, *words):
    return (done.returncode == 1 and not done.stdout and
            any(word in done.stderr for word in words))


def check_twins(folder):
    old, new = run("read", OLD / "dual.xls"), run("read", FIXTURES / "promega-glomax/dual.xlsx")
    check("read as its twin", old.returncode == 0 and values(old) == values(new) and NOTE in
          old.stderr, old.stdout, old.stderr)
    plates = sorted((FIXTURES / "example-mir21").glob("day*.xlsx"))
    for suffix, path in (("old", OLD / "map.xls"), ("new", FIXTURES / "example-mir21/map.xlsx")):
        run("analyze", *plates, "--map", path, "--csv", folder / suffix)
    tables = ["wells.csv", "comparisons.csv"]
    same = all((folder / "old" / t).read_bytes() == (folder / "new" / t).read_bytes()
               for t in tables)
    check("a map as its twin", same)
    kinds = run("read", OLD / "kinds.xls")
    rows = [line.split(",") for line in values(kinds)[1:]]
    read = {row[7]: (row[5], row[6]) for row in rows}
    check("numbers in any format; formulas, errors and truth values not", read == KINDS, read)


def check_damaged(folder):
    whole = (OLD / "dual.xls").read_bytes()
    read = values(run("read", OLD / "dual.xls"))
    path = folder / "dual.xls"
    words = f"{path}: error: expected a whole workbook of the old Excel format (.xls), found one whose "
    told = False
    for n in range(8, len(whole), 509):
        path.write_bytes(whole[:n])
        done = run("read", path)
        good = is_refusal(done, "is cut short or damaged", "cannot be read (FreeXL says",
                          "old Excel format (.xls)")
        told = told or (words in done.stderr and "save it as .xlsx" in done.stderr)
        if not good and values(done) != read:
            check(f"cut to {n} bytes", False, done.returncode, done.stdout, done.stderr)
            return
    check("cut short at every place", True)
    check("which part is broken is said, and what to do", told)


def locked(whole):
    """The same with the record that says it is encrypted, behind the first of the workbook."""
    begin = b"\x09\x08\x10\x00\x00\x06\x05\x00"
    at = whole.index(begin) + 4 + 16
    return whole[:at] + b"\x2f\x00" + whole[at + 2:]


def check_locked(folder):
    path = folder / "locked.xls"
    path.write_bytes(locked((OLD / "dual.xls").read_bytes()))
    done = run("read", path)
    check("protected by a password", is_refusal(done, "found one that is protected by a password"),
          done.returncode, done.stdout, done.stderr)


def check_others(folder):
    path = folder / "renamed.xls"
    path.write_text("well,firefly,renilla\nA1,10,20\nA2,30,40\n")
    done = run("read", path)
    check("text named .xls is read as text", done.returncode == 0 and NOTE not in done.stderr,
          done.stderr)
    path.write_bytes(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600))
    done = run("read", path)
    check("nothing behind the signature", is_refusal(done, "old Excel format (.xls)"), done.stderr)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if WITH == "read":
            check_twins(folder)
            check_damaged(folder)
            check_locked(folder)
        else:
            done = run("read", OLD / "dual.xls")
            check("refused by name", is_refusal(done, "found a file of the old Excel format (.xls)"),
                  done.stderr)
        check_others(folder)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
