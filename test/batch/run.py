#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dualuc batch: run.py DUALUC. Experiments are made up by dualuc simulate."""

import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.parse import unquote

from batch import Program, content, differences, expect, run_checks

HEADER = "plates,map,config,label,user\n"


def full_pipe():
    """Both ends of a pipe that takes nothing more: who writes into it waits."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while os.write(writer, b"." * 4096):
            pass
    except BlockingIOError:
        pass
    os.set_blocking(writer, True)
    return reader, writer


class Test:
    def __init__(self, dualuc):
        self.program = Program(dualuc)

    def batch(self, folder, *arguments, **more):
        return self.program.run(folder, "batch", *arguments, **more)

    def make(self, folder, n, *more):
        for i in range(1, n + 1):
            self.program.make(folder, f"data/e{i}", i, *more)

    @staticmethod
    def summary(folder):
        with open(folder / "summary.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    @staticmethod
    def run_json(folder):
        return json.loads((folder / "run.json").read_text("utf-8"))

    # ---- outputs ----

    def test_equals_analyze(self, top):
        """outputs of each experiment are those of analyze"""
        self.make(top, 2)
        yield from expect(self.batch(top, "data", "-o", "out"), 0, "2 of 2 experiments done")
        for name in ("e1", "e2"):
            done = self.program.run(top, "analyze", f"data/{name}/day1.csv", "--map",
                                    f"data/{name}/map.csv", "-o", "report.xlsx", "--json",
                                    "result.json")
            yield from expect(done, 0)
            for file in ("report.xlsx", "result.json"):
                if (top / file).read_bytes() != (top / "out" / name / file).read_bytes():
                    yield f"{name}/{file} is not what analyze writes"

    def test_more_outputs(self, top):
        """tables, pages and figures are those of analyze, in the record, and come out again"""
        self.make(top, 1)
        more = ("--csv", "--html", "--figures")
        yield from expect(self.batch(top, "data", "-o", "out", *more), 0)
        (top / "a").mkdir()
        done = self.program.run(top, "analyze", "data/e1/day1.csv", "--map", "data/e1/map.csv", "-o",
                                "a/report.xlsx", "--json", "a/result.json", "--csv", "a/tables",
                                "--html", "a/report.html", "--figures", "a/figures")
        yield from expect(done, 0)
        made = content(top / "out/e1")
        made.pop(".experiment.json")
        yield from differences(content(top / "a"), made, "analyze and batch")
        if not any(name.startswith("figures/") for name in made):
            yield "no figures"
        named = {r["path"] for r in self.run_json(top / "out")["outputs"]}
        yield from (f"not named: {n}" for n in made if f"e1/{n}" not in named)
        (top / "tmp").mkdir()
        yield from expect(self.program.run(top, "verify", "out/run.json", "--rerun",
                                           TMPDIR=str(top / "tmp")), 0, "come out the same")
        if list((top / "tmp").iterdir()):
            yield "temporary files are left"
        yield from expect(self.batch(top, "data", "-o", "out", "--resume", *more), 0, "unchanged")
        yield from expect(self.batch(top, "data", "-o", "out", "--resume"), 0, "e1: done")

    def test_seed_files(self, top):
        """a file of inserts that changes is seen by --resume"""
        self.make(top, 1)
        (top / "insert.fa").write_text(">PTEN WT\nACGTATAAGCTATTTGCGCGATCG\n")
        (top / "s.ini").write_text("[seed]\nmirna = UAGCUUAUCAGACUGAUGUUGA\n"
                                   "PTEN.WT = insert.fa\n")
        arguments = ("data", "-o", "out", "--config", "s.ini")
        first = self.batch(top, *arguments)
        if "unknown" in first.stderr or first.returncode:
            yield first.stderr
        yield from expect(self.batch(top, *arguments, "--resume"), 0, "e1: unchanged")
        (top / "insert.fa").write_text(">PTEN WT\nACGTATAAGCTAATTGCGCGATCG\n")
        yield from expect(self.batch(top, *arguments, "--resume"), 0, "e1: done")

    def test_same_bytes(self, top):
        """files do not depend on the number of workers or the order of the manifest's work"""
        self.make(top, 9, "--pairs", "2")
        (top / "data/e10").mkdir()
        (top / "data/e10/map.csv").write_text("well,construct\nA1,WT\n")
        (top / "data/e10/day1.csv").write_text("no plate\n")
        for jobs in ("1", "8"):
            yield from expect(self.batch(top, "data", "-o", f"out{jobs}", "-j", jobs), 3)
        yield from differences(content(top / "out1"), content(top / "out8"), "-j1 and -j8")

    def test_adjusted_over_the_batch(self, top):
        """p over the whole batch is Holm's of all verdicts, beside the experiment's own"""
        self.make(top, 4, "--pairs", "3")
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        rows = self.summary(top / "out")
        p = sorted(float(r["p_direct"]) for r in rows if r["p_direct"])
        if len(p) < 8:
            yield f"expected at least 8 p, found {len(p)}"
        most, expected = 0.0, {}
        for i, value in enumerate(p):
            most = max(most, min(1.0, (len(p) - i) * value))
            expected[value] = most
        for r in rows:
            if r["p_direct"] and abs(float(r["p_direct_adjusted_batch"]) -
                                     expected[float(r["p_direct"])]) > 1e-12:
                yield f"{r['experiment']}: {r['p_direct_adjusted_batch']}"
        own = [r for r in rows if r["experiment"] == "e1"]
        result = json.loads((top / "out/e1/result.json").read_text("utf-8"))
        for row, verdict in zip(own, result["verdicts"]):
            if float(row["p_direct_adjusted"]) != verdict["p_direct_adjusted"]:
                yield "the experiment's own adjustment is not that of its result"

    def test_adjust_of_settings(self, top):
        """the adjustment is that of the settings; where experiments differ, Holm's"""
        self.make(top, 2)
        (top / "bh.ini").write_text("adjust = bh\n")
        yield from expect(self.batch(top, "data", "-o", "out", "--adjust", "bh"), 0)
        if self.run_json(top / "out")["adjust"] != "bh":
            yield "not bh"
        (top / "m.csv").write_text(HEADER + "data/e1/day1.csv,data/e1/map.csv,bh.ini,a,\n"
                                   "data/e2/day1.csv,data/e2/map.csv,,b,\n")
        yield from expect(self.batch(top, "m.csv", "-o", "out2"), 0)
        if self.run_json(top / "out2")["adjust"] != "holm":
            yield "not holm"

    def test_run_json(self, top):
        """run.json names every input and output with its sha256, and no time"""
        self.make(top, 2)
        yield from expect(self.batch(top, "data", "-o", "out", "--alpha", "0.01"), 0)
        run = self.run_json(top / "out")
        files = content(top)
        for row in run["inputs"]:
            if files.get(row["path"]) != row["sha256"]:
                yield f"input {row}"
        for row in run["outputs"]:
            if files.get("out/" + row["path"]) != row["sha256"]:
                yield f"output {row}"
        named = {r["path"] for r in run["outputs"]}
        made = {n[4:] for n in files if n.startswith("out/")}
        yield from (f"not named: {n}" for n in sorted(made - named)
                    if n != "run.json" and not n.endswith("/.experiment.json"))
        if run["options"] != ["--alpha=0.01"]:
            yield f"options: {run['options']}"
        if "time" in json.dumps(run) and "20" + "26-" in json.dumps(run):
            yield "a time"

    def test_index_opens(self, top):
        """index.xlsx has a row an experiment and a row a verdict, with links that lead somewhere"""
        self.make(top, 2)
        shutil.move(top / "data/e2", top / "data/e 2#%ü")
        (top / "data/bad").mkdir()
        (top / "data/bad/map.csv").write_text("nothing\n")
        (top / "data/bad/a.csv").write_text("nothing\n")
        yield from expect(self.batch(top, "data", "-o", "out"), 3)
        with zipfile.ZipFile(top / "out/index.xlsx") as book:
            parts = {name: book.read(name).decode("utf-8") for name in book.namelist()}
        if re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"]) != \
                ["Experiments", "Verdicts"]:
            yield "other sheets"
        for i, n_rows in ((1, 4), (2, 4)):
            rows = parts[f"xl/worksheets/sheet{i}.xml"].count("<row ")
            if rows != n_rows:
                yield f"sheet {i} has {rows} rows"
            links = re.findall(r'Target="([^"]*)"', parts[f"xl/worksheets/_rels/sheet{i}.xml.rels"])
            if len(links) != 2:
                yield f"sheet {i} links to {links}"
            for link in links:
                if not (top / "out" / unquote(link)).is_file():
                    yield f"the link leads to {link!r}"

    # ---- experiments that fail ----

    def test_bad_one_stops_nobody(self, top):
        """a bad experiment is in the summary with its message, the others are done; exit code 3"""
        self.make(top, 3)
        (top / "data/e2/day1.csv").write_text("well,firefly,renilla\nA1,what,12\n")
        done = self.batch(top, "data", "-o", "out")
        yield from expect(done, 3, "2 of 3 experiments done, 1 failed", "data/e2/day1.csv")
        rows = {r["experiment"]: r for r in self.summary(top / "out")}
        if rows["e2"]["status"] != "failed" or "day1.csv" not in rows["e2"]["reason"]:
            yield f"{rows['e2']}"
        if rows["e1"]["status"] != "done" or rows["e3"]["status"] != "done":
            yield "the others are not done"
        if (top / "out/e2").exists():
            yield "the failed one has a folder"
        (top / "more").mkdir()
        shutil.move(top / "data", top / "more/deep")
        yield from expect(self.batch(top, "more", "-o", "out2"), 3, "2 of 3")
        if (top / "out2/deep/e2").exists() or not (top / "out2/deep/e1").exists():
            yield "the failed one has a folder in a folder"

    def test_fail_fast(self, top):
        """--fail-fast begins nothing after a failure, and names what was not begun"""
        self.make(top, 4)
        (top / "data/e1/day1.csv").write_text("nothing\n")
        done = self.batch(top, "data", "-o", "out", "-j1", "--fail-fast")
        yield from expect(done, 3, "0 of 4 experiments done, 4 failed")
        codes = [e["code"] for e in self.run_json(top / "out")["experiments"]]
        if codes[1:] != ["experiment-not-begun"] * 3:
            yield f"{codes}"
        yield from expect(self.batch(top, "data", "-o", "out", "--resume"), 3, "3 of 4")

    # ---- manifests ----

    def manifest(self, top, text, *more, code=3, words=()):
        (top / "m.csv").write_text(HEADER + text, "utf-8")
        return expect(self.batch(top, "m.csv", "-o", "out", *more), code, *words)

    def test_manifest(self, top):
        """a manifest: paths relative to it, several plates, names from labels or files, users"""
        self.program.make(top, "lists/runs", 1, "--blocks", "2")
        (top / "lists/strict.ini").write_text("theta = 0.7\n")
        (top / "lists/m.tsv").write_text(
            "Operator\tPlate files\tlabel\tPlate map\tsettings\tnotes\n"
            "Ann\truns/day1.csv; runs/day2.csv\tfirst try\truns/map.csv\tstrict.ini\tx\n"
            "\truns/day1.csv;runs/day2.csv\t\truns/map.csv\t\t\n")
        done = self.batch(top, "lists/m.tsv", "-o", "out")
        yield from expect(done, 0, "the column \"notes\" is none")
        rows = {r["experiment"]: r for r in self.summary(top / "out")}
        if list(rows) != ["first try", "day1"] or rows["first try"]["user"] != "Ann":
            yield f"{rows}"
        result = json.loads((top / "out/first try/result.json").read_text("utf-8"))
        if result["settings"]["theta"] != 0.7 or len(result["inputs"]) != 4:
            yield "settings or inputs"

    def test_manifest_missing_file(self, top):
        """a row with a missing file fails alone"""
        self.make(top, 1)
        yield from self.manifest(top, "data/e1/day1.csv,data/e1/map.csv,,a,\n"
                                 "data/e1/day7.csv,data/e1/map.csv,,b,\n,,,c,\n",
                                 words=("1 of 3", "data/e1/day7.csv: error: expected a file",
                                        "m.csv:4: error: expected plate files"))

    def test_manifest_outside(self, top):
        """paths outside the manifest's folder only with --allow-outside, links included"""
        self.make(top, 2)
        (top / "in").mkdir()
        os.symlink(top / "data/e2/day1.csv", top / "in/link.csv")
        shutil.copy(top / "data/e1/map.csv", top / "in/map.csv")
        text = (HEADER + "../data/e1/day1.csv,map.csv,,a,\n" f"{top}/data/e1/day1.csv,map.csv,,b,\n"
                "link.csv,map.csv,,c,\nx/../../gone.csv,map.csv,,d,\n")
        (top / "in/m.csv").write_text(text)
        done = self.batch(top, "in/m.csv", "-o", "out")
        yield from expect(done, 3, "0 of 4")
        codes = [e["code"] for e in self.run_json(top / "out")["experiments"]]
        if codes != ["manifest-path-outside"] * 4:
            yield f"{codes}"
        yield from expect(self.batch(top, "in/m.csv", "-o", "out", "--allow-outside"), 3, "3 of 4")

    def test_manifest_same_output(self, top):
        """the same output twice, also but for case, is done by none of both"""
        self.make(top, 1)
        plate = "data/e1/day1.csv,data/e1/map.csv,"
        yield from self.manifest(top, f"{plate},a,\n{plate},a,\n{plate},B,\n{plate},b,\n{plate},c,\n",
                                 words=("1 of 5", "found another of the name \"a\"",
                                        "differ by more than capital letters"))
        codes = [e["code"] for e in self.run_json(top / "out")["experiments"]]
        if codes != ["experiment-twice"] * 2 + ["experiment-twice-but-case"] * 2 + [None]:
            yield f"{codes}"

    def test_manifest_names(self, top):
        """labels that are no folders of their own are refused, odd ones are kept"""
        self.make(top, 1)
        plate = "data/e1/day1.csv,data/e1/map.csv,"
        bad = ["../up", "/abs", "a//b", ".hidden", "run.json", "x/..", "n" * 201]
        good = ["ü ber", "two\nlines", "a/b c/d"]
        rows = "".join(f'{plate},"{name}",\n' for name in bad + good)
        yield from self.manifest(top, rows, words=(f"{len(good)} of {len(bad + good)}",))
        for name in good:
            if not (top / "out" / name / "report.xlsx").is_file():
                yield f"no report of {name!r}"
        if (top / "up").exists():
            yield "written outside"

    def test_manifest_refused(self, top):
        """manifests that are none are refused before anything is made"""
        cases = {"plate list": "a,b\n1,2\n", "no rows": HEADER,
                 "twice": "plates,files\na.csv,b.csv\n", "no files, no label": HEADER + ",m.csv,,,x\n"}
        for name, text in cases.items():
            (top / "m.csv").write_text(text)
            yield from expect(self.batch(top, "m.csv", "-o", "out"), 1, "m.csv", "expected")
            if (top / "out").exists():
                yield f"{name}: a folder was made"

    # ---- folders ----

    def test_folder_names(self, top):
        """a folder is named by its path; blanks, newlines and UTF-8 are kept; one may be the top"""
        self.program.make(top, "data/2024/may", 1)
        self.program.make(top, "data/two\nlines/ä b", 2)
        shutil.copytree(top / "data/2024/may", top / "data", dirs_exist_ok=True)
        yield from expect(self.batch(top, "data", "-o", "out"), 0, "3 of 3")
        names = [e["name"] for e in self.run_json(top / "out")["experiments"]]
        if names != ["2024/may", "data", "two\nlines/ä b"]:
            yield f"{names}"

    def test_folder_other_files(self, top):
        """hidden files, lock files of Excel, truth.json, pictures and outputs are no reader files"""
        self.make(top, 1)
        shutil.copytree(top / "data/e1", top / "alone")
        for name in ("~$day1.xlsx", ".day1.csv", "photo.png", "day1.csv~", "notes.docx"):
            (top / "data/e1" / name).write_text("nothing\n")
        (top / "data/e1/report.xlsx").write_text("nothing\n")
        (top / "data/maps only").mkdir()
        shutil.copy(top / "alone/map.csv", top / "data/maps only/map.csv")
        (top / "data/e1/.hidden").mkdir()
        yield from expect(self.batch(top, "data", "-o", "data/out"), 0, "1 of 1",
                          "no reader file, and is left out", "an earlier report of dualuc")
        os.rename(top / "data/out", top / "data/earlier")
        yield from expect(self.batch(top, "data", "-o", "data/out"), 0, "1 of 1")
        yield from expect(self.batch(top, "data", "-o", "data"), 2, "among the inputs")

    def test_folder_several_maps(self, top):
        """several maps in a folder: none is guessed"""
        self.make(top, 1)
        shutil.copy(top / "data/e1/map.csv", top / "data/e1/Plate-Map.csv")
        yield from expect(self.batch(top, "data", "-o", "out"), 3,
                          "expected one plate map, found Plate-Map.csv and map.csv")

    def test_folder_links(self, top):
        """links that lead up are not followed for ever; a pipe is named; nowhere is missing"""
        self.make(top, 1)
        os.symlink("..", top / "data/e1/up")
        os.symlink(top / "data", top / "data/e1/top")
        self.program.make(top, "data/pipe", 2)
        os.mkfifo(top / "data/pipe/day2.csv")
        self.program.make(top, "data/gone", 3)
        os.symlink("nowhere", top / "data/gone/day2.csv")
        yield from expect(self.batch(top, "data", "-o", "out"), 3, "1 of 3",
                          "data/pipe/day2.csv: error: expected a plain file",
                          "data/gone/day2.csv: error: expected a file")

    def test_folder_many_files(self, top):
        """10,000 files beside experiments; too many reader files are an error of one"""
        self.make(top, 1)
        for i in range(10000):
            (top / "data" / f"note{i}.pdf").touch()
        (top / "data/many").mkdir()
        shutil.copy(top / "data/e1/map.csv", top / "data/many/map.csv")
        for i in range(300):
            (top / "data/many" / f"{i}.csv").touch()
        yield from expect(self.batch(top, "data", "-o", "out"), 3, "1 of 2",
                          "at most 256 reader files for one experiment, found 300")

    def test_folder_none(self, top):
        """a folder without experiments, a folder that is not there"""
        (top / "empty").mkdir()
        yield from expect(self.batch(top, "empty", "-o", "out"), 1, "expected folders with a plate")
        yield from expect(self.batch(top, "gone", "-o", "out"), 1, "expected a file, found none")
        if (top / "out").exists():
            yield "a folder was made"

    # ---- resume ----

    def test_resume(self, top):
        """--resume does what is missing or changed, and nothing else"""
        self.make(top, 5)
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        before = content(top / "out")
        yield from expect(self.batch(top, "data", "-o", "out", "--resume", "--log", "log"), 0)
        yield from differences(before, content(top / "out"), "resumed")
        if (top / "log").read_text().count(": unchanged") != 5:
            yield "not all are unchanged"
        (top / "out/e1/report.xlsx").write_bytes(b"broken")
        os.remove(top / "out/e2/result.json")
        os.remove(top / "out/e3/.experiment.json")
        text = (top / "data/e4/map.csv").read_text()
        (top / "data/e4/map.csv").write_text(text + "\n")
        done = self.batch(top, "data", "-o", "out", "--resume")
        yield from expect(done, 0, "e5: unchanged", "e1: done", "e2: done", "e3: done", "e4: done")
        changed = content(top / "out")
        for name in ("e1/report.xlsx", "e2/result.json", "e3/.experiment.json", "e5/result.json"):
            if changed[name] != before[name]:
                yield f"{name} differs"
        yield from expect(self.batch(top, "data", "-o", "out", "--resume", "--theta", "0.7"), 0,
                          "e5: done")

    def test_resume_failed(self, top):
        """a failed one is tried again; its earlier outputs stay, and are not called its own"""
        self.make(top, 2)
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        before = content(top / "out/e1")
        good = (top / "data/e1/day1.csv").read_text()
        (top / "data/e1/day1.csv").write_text("nothing\n")
        yield from expect(self.batch(top, "data", "-o", "out", "--resume"), 3)
        yield from differences(before, content(top / "out/e1"), "of the failed one")
        row = self.run_json(top / "out")["experiments"][0]
        if row["report"] or row["status"] != "failed":
            yield f"{row}"
        (top / "data/e1/day1.csv").write_text(good)
        yield from expect(self.batch(top, "data", "-o", "out", "--resume"), 0, "e1: unchanged")

    def test_killed(self, top):
        """killed at 5 random moments, then resumed: the same files as undisturbed"""
        yield from killed_and_resumed(self.program, top, 5, 12)

    def test_two_at_once(self, top):
        """a second batch into the same folder is refused, naming the first's process"""
        self.make(top, 3)
        nobody_reads, full = full_pipe()
        # it waits at its first word, and holds the folder
        first = self.program.start(top, "batch", "data", "-o", "out", "-j1", says_to=full)
        lock = top / "out/.dualuc.lock"
        while not (lock.exists() and lock.read_text()) and first.poll() is None:
            time.sleep(0.001)
        second = self.batch(top, "data", "-o", "out")
        if first.poll() is not None:
            yield "the first did not wait"
        first.kill()
        first.wait()
        os.close(nobody_reads)
        os.close(full)
        yield from expect(second, 1, f"another dualuc batch, process {first.pid}, is writing into this folder")
        yield from expect(self.batch(top, "data", "-o", "out", "--resume"), 0, "3 of 3")
        if list(top.rglob(".dualuc*")):
            yield "a lock or a temporary file is left"

    # ---- merge, verify, diff ----

    def test_merge(self, top):
        """merge of the results gives the summary and index of batch"""
        self.make(top, 3, "--pairs", "2")
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        shutil.copytree(top / "out", top / "again")
        for name in ("index.xlsx", "summary.csv", "run.json"):
            os.remove(top / "again" / name)
        paths = [f"again/e{i}/result.json" for i in (1, 2, 3)]
        yield from expect(self.program.run(top, "merge", *paths, "-o", "again"), 0, "3 of 3")
        for name in ("index.xlsx", "summary.csv"):
            if (top / "out" / name).read_bytes() != (top / "again" / name).read_bytes():
                yield f"{name} differs"
        yield from expect(self.program.run(top, "verify", "again/run.json"), 0, "unchanged")

    def test_merge_long(self, top):
        """in a list of more than 10,000 verdicts the first of each experiment is linked"""
        self.make(top, 1)
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        result = json.loads((top / "out/e1/result.json").read_text())
        for name, n in (("a", 5000), ("b", 5000), ("c", 5001)):
            (top / name).mkdir()
            shutil.copy(top / "out/e1/report.xlsx", top / name)
            result["verdicts"] = result["verdicts"][:1] * n
            (top / name / "result.json").write_text(json.dumps(result))
        for last, n_rows, n_links in (("b", 10001, 10000), ("c", 10002, 2)):
            yield from expect(self.program.run(top, "merge", "a/result.json",
                                               f"{last}/result.json", "-o", "sum"), 0)
            with zipfile.ZipFile(top / "sum/index.xlsx") as book:
                sheet = book.read("xl/worksheets/sheet2.xml").decode()
                n = len(re.findall("Target=", book.read("xl/worksheets/_rels/sheet2.xml.rels").decode()))
            links = re.findall(r'<hyperlink ref="A(\d+)"', sheet)
            if sheet.count("<row ") != n_rows or n != n_links or len(links) != n_links:
                yield f"{last}: {sheet.count('<row ')} rows, {n} targets, {len(links)} links"
            if last == "c" and links != ["2", "5002"]:
                yield f"linked are rows {links[:5]} and more"

    def test_merge_names(self, top):
        """results from elsewhere, missing ones, the same one twice"""
        self.make(top, 1)
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        shutil.copy(top / "out/e1/result.json", top / "one.json")
        (top / "two.json").write_text("{}")
        done = self.program.run(top, "merge", "one.json", "two.json", "gone.json",
                                "./out/e1/result.json", "-o", "sum")
        yield from expect(done, 3, "2 of 4", "two.json: error", "gone.json: error: expected a file")
        names = [e["name"] for e in self.run_json(top / "sum")["experiments"]]
        if names != ["one", "two", "gone", "out/e1"]:
            yield f"{names}"
        yield from expect(self.program.run(top, "merge", "one.json", "one.json", "-o", "x"), 3,
                          "0 of 2")
        yield from expect(self.program.run(top, "merge", "-o", "x"), 2, "found none")
        yield from expect(self.program.run(top, "merge", "one.json"), 2, "-o FOLDER")

    def test_verify(self, top):
        """verify names each file that changed or is gone"""
        self.make(top, 3)
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        verify = ("verify", "out/run.json")
        yield from expect(self.program.run(top, *verify), 0, "6 inputs and 8 outputs unchanged")
        yield from expect(self.program.run(top / "data", "verify", "../out/run.json"), 1)
        yield from expect(self.program.run(top / "data", "verify", "../out/run.json", "--base",
                                           ".."), 0)
        with open(top / "data/e1/map.csv", "a") as file:
            file.write("\n")
        os.remove(top / "data/e2/day1.csv")
        (top / "out/e3/report.xlsx").write_bytes(b"")
        yield from expect(self.program.run(top, *verify), 1, "data/e1/map.csv: changed",
                          "data/e2/day1.csv: expected a file", "out/e3/report.xlsx: changed",
                          "2 inputs and 1 output not as they were")

    def test_verify_rerun(self, top):
        """verify --rerun computes again and compares byte for byte"""
        self.make(top, 3)
        (top / "s.ini").write_text("theta = 0.7\n")
        (top / "data/e2/day1.csv").write_text("nothing\n")
        (top / "m.csv").write_text(HEADER + "".join(
            f"data/e{i}/day1.csv,data/e{i}/map.csv,{'s.ini' if i == 3 else ''},{i}/x,Ann\n"
            for i in (1, 2, 3)))
        (top / "tmp").mkdir()
        yield from expect(self.batch(top, "m.csv", "-o", "out", "--alpha", "0.01", "--student"), 3)
        verify = ("verify", "out/run.json", "--rerun")
        yield from expect(self.program.run(top, *verify, TMPDIR=str(top / "tmp")), 0,
                          "4 outputs come out the same, byte for byte")
        if list((top / "tmp").iterdir()):
            yield "temporary files are left"
        run = json.loads((top / "out/run.json").read_text("utf-8"))
        run["options"] = ["--alpha=0.02", "--student"]
        (top / "out/run.json").write_text(json.dumps(run))
        yield from expect(self.program.run(top, *verify), 1, "1/x/result.json: comes out otherwise",
                          "4 of 4 outputs")
        run["options"] = ["--alpha=nothing"]
        (top / "out/run.json").write_text(json.dumps(run))
        yield from expect(self.program.run(top, *verify), 1, "alpha")
        run["options"] = ["data"]
        (top / "out/run.json").write_text(json.dumps(run))
        yield from expect(self.program.run(top, *verify), 1, "out/run.json: error")
        yield from expect(self.program.run(top, "verify", "out/1/x/result.json"), 1, "record of a run")

    def test_verify_all(self, top):
        """where all are done, index and summary are compared as well"""
        self.make(top, 2)
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        yield from expect(self.program.run(top, "verify", "out/run.json", "--rerun"), 0,
                          "6 outputs come out the same")

    def test_diff(self, top):
        """diff says which settings, wells, numbers and verdicts differ"""
        self.make(top, 2)
        for name, more in (("a", []), ("b", ["--drop-wells", "day1:A1"]), ("c", ["--theta", "0.3",
                           "--equivalence", "0.6"])):
            done = self.program.run(top, "analyze", "data/e1/day1.csv", "--map", "data/e1/map.csv",
                                    "--json", f"{name}.json", *more)
            yield from expect(done, 0)
        yield from expect(self.program.run(top, "diff", "a.json", "a.json"), 0, "no difference")
        yield from expect(self.program.run(top, "diff", "a.json", "b.json"), 1, "settings:",
                          "drop_wells - -> day1:A1", "1 of 24 wells:", "day1 | A1: used yes -> no",
                          "DROPPED")
        yield from expect(self.program.run(top, "diff", "a.json", "c.json"), 1, "theta 0.8 -> 0.3",
                          "1 of 1 verdicts:", "PTEN | hsa-miR-21-5p | mimic | MUT: verdict "
                          "DIRECT_TARGET -> ")
        yield from expect(self.program.run(top, "diff", "a.json"), 2, "found 1")
        yield from expect(self.program.run(top, "diff", "a.json", "gone.json"), 1, "gone.json")

    # ---- the system says no ----

    def test_disk_full(self, top):
        """files that cannot be written: a message, earlier outputs as they were, exit code 1"""
        self.make(top, 2)
        yield from expect(self.batch(top, "data", "-o", "out"), 0)
        before = content(top / "out")
        done = subprocess.run(["sh", "-c", 'ulimit -f 4; exec "$0" "$@"', self.program.dualuc,
                               "batch", "data", "-o", "out"], cwd=top, capture_output=True,
                              text=True, check=False, env=self.program.environment())
        yield from expect(done, 1, "e1: failed", "e2: failed", "File too large")
        yield from differences(before, content(top / "out"), "after the failure")
        yield from expect(self.batch(top, "data", "-o", "out", "--resume"), 0, "e1: unchanged")

    def test_not_writable(self, top):
        """a folder that cannot be written, or is a file"""
        self.make(top, 1)
        (top / "file").write_text("mine\n")
        yield from expect(self.batch(top, "data", "-o", "file"), 1, "found a file")
        yield from expect(self.batch(top, "data", "-o", "file/out"), 1, "found a file")
        if (top / "file").read_text() != "mine\n":
            yield "the file changed"

    def test_usage(self, top):
        """what the command line must hold"""
        for arguments, words in (([], "a manifest or a folder"), (["data"], "-o FOLDER"),
                                 (["data", "-o", "-"], "found \"-\""),
                                 (["a", "b", "-o", "c"], "found a second one"),
                                 (["data", "-o", "o", "-j", "0"], "from 1 to 256"),
                                 (["data", "-o", "o", "--firefly", "x"], "unknown option")):
            yield from expect(self.batch(top, *arguments), 2, words)


def killed_and_resumed(program, top, n_kills, n_experiments):
    """Kills batches after random times, in the same folder, and resumes."""
    for i in range(1, n_experiments + 1):
        program.make(top, f"data/e{i:02}", i)
    yield from expect(program.run(top, "batch", "data", "-o", "whole"), 0)
    began = time.monotonic()
    yield from expect(program.run(top, "batch", "data", "-o", "timed", "-j2"), 0)
    took = time.monotonic() - began
    dice = random.Random(8)
    unfinished = 0
    for _ in range(n_kills):
        process = program.start(top, "batch", "data", "-o", "out", "-j2", "--resume")
        try:
            process.wait(timeout=dice.uniform(0, took))
        except subprocess.TimeoutExpired:
            unfinished += 1
        process.kill()
        process.wait()
        if dice.random() < 0.3:
            shutil.rmtree(top / "out", ignore_errors=True)
    yield from expect(program.run(top, "batch", "data", "-o", "out", "--resume"), 0)
    yield from differences(content(top / "whole"), content(top / "out"), "resumed")
    if not unfinished:
        yield "no batch was killed before its end"
    if list((top / "out").rglob(".dualuc*")):
        yield "a temporary file is left"


if __name__ == "__main__":
    test = Test(sys.argv[1])
    wanted = sys.argv[2:]
    checks = [(method.__doc__, method) for name, method in
              ((n, getattr(test, n)) for n in dir(Test) if n.startswith("test_"))
              if not wanted or name[5:] in wanted]
    sys.exit(run_checks(checks))
