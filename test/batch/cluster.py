#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workflow of docs/cluster with local cores, against dualuc batch: cluster.py DUALUC."""

import os
import shutil
import subprocess
import sys

from batch import ROOT, Program, Skip, expect, run_checks

SNAKEFILE = ROOT / "docs" / "cluster" / "Snakefile"


class Test:
    def __init__(self, dualuc):
        self.program = Program(dualuc)

    def snakemake(self, top, *options):
        # not a snakemake of another python that stands before that of the system
        found = "/usr/bin/snakemake" if os.path.exists("/usr/bin/snakemake") else \
            shutil.which("snakemake")
        if not found:
            raise Skip("no snakemake here")
        env = {**self.program.environment(), "HOME": str(top), "XDG_CACHE_HOME": str(top / "cache"),
               "PATH": "/usr/bin:/bin:" + os.environ.get("PATH", "")}
        return subprocess.run([found, "-s", str(SNAKEFILE), "--cores", "2", "--config", "data=data",
                               "out=flow", f"dualuc={self.program.dualuc}", *options], cwd=top,
                              capture_output=True, text=True, check=False, env=env, timeout=300)

    def test_same_as_batch(self, top):
        """the workflow gives the summary, index, reports and results of batch"""
        for i, name in enumerate(("e1", "deep/e 2", "e3"), 1):
            self.program.make(top, f"data/{name}", i, "--pairs", "2")
        yield from expect(self.program.run(top, "batch", "data", "-o", "out", "--alpha", "0.01"), 0)
        yield from expect(self.snakemake(top, "options=--alpha 0.01"), 0)
        files = ["summary.csv", "index.xlsx"]
        files += [f"{n}/{f}" for n in ("e1", "deep/e 2", "e3") for f in ("report.xlsx", "result.json")]
        for name in files:
            if not (top / "flow" / name).exists():
                yield f"{name} is not there"
            elif (top / "out" / name).read_bytes() != (top / "flow" / name).read_bytes():
                yield f"{name} differs"


if __name__ == "__main__":
    test = Test(sys.argv[1])
    sys.exit(run_checks([(test.test_same_as_batch.__doc__, test.test_same_as_batch)]))
