#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases of meson's JUnit log: count_tests.py LOG EXIT_CODE_OF_MESON."""

import sys
import xml.etree.ElementTree as ET


def outcome(case):
    """The outcome of one test case: 'failed', 'skipped' or 'passed'."""
    tags = {child.tag for child in case}
    if tags & {"failure", "error"}:
        return "failed"
    return "skipped" if "skipped" in tags else "passed"


def main():
    path, meson_code = sys.argv[1], int(sys.argv[2])
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    try:
        root = ET.parse(path).getroot()
    except (OSError, ET.ParseError) as problem:
        print(f"no test log: {problem}", file=sys.stderr)
        print("0 passed, 1 failed")
        return 1
    for case in root.iter("testcase"):
        result = outcome(case)
        counts[result] += 1
        if result == "failed":
            print(f"failed: {case.get('classname')}: {case.get('name')}")
    # a program that passes its cases and then crashes has no failing case of its own
    if meson_code != 0 and counts["failed"] == 0:
        counts["failed"] = 1
    line = f"{counts['passed']} passed, {counts['failed']} failed"
    if counts["skipped"]:
        line += f", {counts['skipped']} skipped"
    print(line)
    return 1 if counts["failed"] or not counts["passed"] else 0


sys.exit(main())
