#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history of controls: history.py DUALUC. Experiments are made up by dualuc simulate."""

import csv
import io
import math
import os
import sqlite3
import statistics
import sys
import xml.etree.ElementTree as ElementTree

from batch import Program, expect, run_checks


class Test:
    def __init__(self, dualuc):
        self.program = Program(dualuc)

    def make(self, top, n, brighter=()):
        """Experiments e01, e02, ...; the control channel of some is three times as bright."""
        for i in range(1, n + 1):
            name = f"data/e{i:02}"
            self.program.make(top, name, i)
            if i in brighter:
                plate = top / name / "day1.csv"
                head, *rows = plate.read_text().splitlines()
                column = head.split(",").index("renilla")
                cells = [row.split(",") for row in rows]
                for row in cells:
                    row[column] = str(3 * float(row[column]))
                plate.write_text("\n".join([head, *(",".join(row) for row in cells)]) + "\n")

    def batch(self, top, *more, out="out"):
        return self.program.run(top, "batch", "data", "-o", out, "--history", "lab.sqlite", *more)

    def levels(self, top, *more):
        done = self.program.run(top, "history", "lab.sqlite", "--csv", "-", *more)
        return list(csv.DictReader(io.StringIO(done.stdout))), done

    def test_kept_once(self, top):
        """levels are kept once, whether a batch is resumed or done again"""
        self.make(top, 2)
        yield from expect(self.batch(top), 0)
        first, done = self.levels(top)
        yield from expect(done, 0, "no baseline yet, 2 runs")
        names = {(r["experiment"], r["control"]) for r in first}
        if len(names) != len(first) or ("e02", "control_light") not in names:
            yield f"{names}"
        yield from expect(self.batch(top, "--resume"), 0)
        yield from expect(self.batch(top, out="out2"), 0)
        if self.levels(top)[0] != first:
            yield "kept twice"
        yield from expect(self.batch(top, "--alpha", "0.01"), 0)
        if len(self.levels(top)[0]) != 2 * len(first):
            yield "another run is not kept"

    def test_rules(self, top):
        """a control that leaves its baseline is warned of, listed and drawn"""
        self.make(top, 11, brighter=(9, 10))
        done = self.batch(top, "-j1")
        yield from expect(done, 0, "e09: control_light", "1-3s", "e10: control_light", "2-2s")
        rows, done = self.levels(top, "--control", "control_light")
        logs = [math.log(float(r["value"])) for r in rows]
        mean, sd = statistics.mean(logs[:8]), statistics.stdev(logs[:8])
        for row, value in zip(rows, logs):
            if abs(float(row["z"]) - (value - mean) / sd) > 1e-9:
                yield f"{row}"
        if "1-3s" not in rows[8]["rules"] or rows[0]["rules"]:
            yield f"{rows}"
        yield from expect(self.program.run(top, "history", "lab.sqlite", "--charts", "charts"), 0,
                          "baseline of 8 runs")
        charts = sorted(p.name for p in (top / "charts").iterdir())
        if "generic-list-control_light.svg" not in charts:
            yield f"{charts}"
        svg = (top / "charts/generic-list-control_light.svg").read_text("utf-8")
        ElementTree.fromstring(svg)
        for words in ("+3 SD", "1-3s", "mean"):
            if words not in svg:
                yield f"no {words} in the chart"
        if "control-rule" in self.batch(top, "--resume").stderr or \
                "rules broken" in self.batch(top, "--resume").stderr:
            yield "warned of again"

    def test_baseline_named(self, top):
        """a baseline of named experiments"""
        self.make(top, 5, brighter=(5,))
        yield from expect(self.batch(top, "--baseline", "e01,e02,e03,e04"), 0, "e05: control_light")
        rows, _ = self.levels(top, "--baseline", "e01,e02,e03", "--control", "control_light")
        logs = [math.log(float(r["value"])) for r in rows]
        z = (logs[4] - statistics.mean(logs[:3])) / statistics.stdev(logs[:3])
        if abs(float(rows[4]["z"]) - z) > 1e-9:
            yield f"{rows[4]}"
        rows, _ = self.levels(top, "--baseline", "e01,gone")
        if any(r["z"] for r in rows):
            yield "a baseline of one"

    def test_users(self, top):
        """each user and instrument has series of its own"""
        self.make(top, 4)
        (top / "m.csv").write_text("plates,map,label,user\n" + "".join(
            f"data/e{i:02}/day1.csv,data/e{i:02}/map.csv,e{i:02},{'Ann' if i % 2 else chr(34) + 'Bob, B' + chr(34)}\n"
            for i in range(1, 5)))
        done = self.program.run(top, "batch", "m.csv", "-o", "out", "--history", "lab.sqlite")
        yield from expect(done, 0)
        rows, _ = self.levels(top, "--user", "Bob, B")
        if {r["experiment"] for r in rows} != {"e02", "e04"}:
            yield f"{rows}"
        if self.levels(top, "--instrument", "none")[0]:
            yield "another instrument"

    def test_writers(self, top):
        """four batches at once keep all their levels"""
        self.make(top, 3)
        runs = [self.program.start(top, "batch", "data", "-o", f"out{i}", "-j1", "--theta",
                                   f"0.7{i}", "--history", "lab.sqlite") for i in range(4)]
        codes = [run.wait(timeout=200) for run in runs]
        rows, _ = self.levels(top, "--control", "control_light")
        if codes != [0] * 4 or len(rows) != 12:
            yield f"{codes}, {len(rows)} rows"

    def test_damaged(self, top):
        """a damaged, a foreign and a locked history, a folder, a pipe: the run goes on and says so"""
        self.make(top, 1)
        os.mkfifo(top / "pipe")
        other = sqlite3.connect(top / "other.sqlite")
        other.execute("create table levels (a)")
        other.commit()
        other.close()
        (top / "text").write_text("nothing of a database, and longer than its head\n" * 100)
        for name in ("text", "data", "pipe", "other.sqlite", "gone/lab.sqlite"):
            done = self.program.run(top, "batch", "data", "-o", "out", "--history", name)
            yield from expect(done, 0, "the history was not kept", "1 of 1")
        if not (top / "text").read_text().startswith("nothing"):
            yield "the other file changed"
        for name in ("text", "other.sqlite", "gone"):
            yield from expect(self.program.run(top, "history", name), 1, name)

    def test_locked(self, top):
        """a history that another program holds: the run goes on and says so"""
        self.make(top, 1)
        yield from expect(self.batch(top), 0)
        holder = sqlite3.connect(top / "lab.sqlite")
        holder.execute("begin immediate")
        done = self.batch(top, "--theta", "0.7", out="out2")
        holder.rollback()
        holder.close()
        yield from expect(done, 0, "the history was not kept",
                          "another program has held the history for 10 seconds")

    def test_usage(self, top):
        """what the command line must hold"""
        for arguments, words in (([], "found none"), (["a", "b"], "a second one"),
                                 (["a", "--charts", "-"], "expected a folder")):
            yield from expect(self.program.run(top, "history", *arguments), 2, words)


if __name__ == "__main__":
    test = Test(sys.argv[1])
    wanted = sys.argv[2:]
    sys.exit(run_checks([(method.__doc__, method) for name, method in
                         ((n, getattr(test, n)) for n in dir(Test) if n.startswith("test_"))
                         if not wanted or name[5:] in wanted]))
