# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of light made up to be hard on the arithmetic: one file each."""
import sys

NOISE = [0.97, 1.02, 1.05, 0.99, 1.01, 0.95, 1.03, 1.0, 0.98, 1.04, 0.96, 1.06]
CELLS = [("WT", "mimic", 0.5), ("WT", "scramble", 1), ("MUT", "mimic", 1), ("MUT", "scramble", 1)]


def table(name, n=3, size=1e5, control=None, column="replicate", same=(), absent=None, light=None):
    rows = [f"sample,target,construct,treatment,mirna,{column},firefly,renilla"]
    k = 0
    for i, (construct, treatment, fold) in enumerate(CELLS):
        for r in range(1, n + 1):
            k += 1
            if (i, r) == absent:
                continue
            value = size * fold * (1 if i in same else NOISE[k * 7 % 12])
            if light:
                value = light(i, r, value)
            # no two wells alike, so that no limit of the reader is suspected
            other = (control or size) * (1 + k / 1000)
            rows.append(f"s{k},PTEN,{construct},{treatment},{'miR-21' if i % 2 == 0 else ''},{r},"
                        f"{value * (1 + k / 1000):.17g},{other:.17g}")
    with open(name + ".csv", "w", encoding="utf-8") as out:
        out.write("\n".join(rows) + "\n")


table("one-unit", n=1)
table("two-units", n=2)
table("constant-treated", same=(0,))
table("constant-control", same=(1,), column="block")
table("constant-three", same=(0, 1, 2))
table("constant-all", same=range(4), column="block")
table("tied", light=lambda i, r, value: 1e5)
table("light-1e-300", size=1e-300)
table("light-1e300", size=1e300)
table("ratio-1e-300", size=1e-150, control=1e150)
table("ratio-1e300", size=1e150, control=1e-150)
table("arm-missing-in-block", absent=(2, 2), column="block")
table("arm-missing-in-block-of-two", n=2, absent=(2, 2), column="block")
table("negative-arm", light=lambda i, r, value: -50 if i == 0 else value)
table("negative-well", light=lambda i, r, value: -50 if (i, r) == (0, 1) else value)
