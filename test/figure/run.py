#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures from outside: run.py DUALUC BOXES FIXTURES."""

import json
import math
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import namedtuple
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "workbook"))
import experiments  # noqa: E402

from PIL import Image, ImageChops, ImageStat  # noqa: E402

DUALUC, BOXES, FIXTURES = sys.argv[1], sys.argv[2], Path(sys.argv[3])
SVG = "{http://www.w3.org/2000/svg}"
KINDS = "bars superplot delta forest plate qc".split()
WIDTHS = "85mm 114mm 174mm".split()
Box = namedtuple("Box", "page mark x y w h value group text")
results = []


def check(name, problems):
    """One test: nothing found, nothing wrong."""
    found = list(problems)
    results.append(not found)
    print(f"{'not ok' if found else 'ok'} {len(results)} - {name}")
    for line in found[:15]:
        print(f"#   {line}".replace("\n", "\n#   "))
    sys.stdout.flush()


def dualuc(*arguments):
    return subprocess.run([DUALUC, *map(str, arguments)], capture_output=True, text=True, check=False)


# ---- experiments ----

HEADER = "plate,well,role,target,construct,treatment,mirna,dose_nM,block,replicate,firefly,renilla"


def table(path, arms, days=3, wells=2):
    """Writes arms (target, construct, treatment, mirna, dose, ratio) with made-up light, days apart."""
    lines = [HEADER]
    for day in range(1, days + 1):
        for number, (target, construct, treatment, mirna, dose, ratio) in enumerate(arms):
            for well in range(wells):
                k = number * wells + well
                wobble = 1 + 0.03 * math.sin(1 + 7 * day + 3 * number + 2 * well)
                quoted = '"' + target.replace('"', '""') + '"'
                lines.append(f"d{day},{'ABCDEFGH'[k // 12]}{k % 12 + 1},sample,{quoted},{construct},"
                             f"{treatment},{mirna},{dose},day{day},,{1e6 * ratio * wobble:.0f},800000")
        lines += [f"d{day},H{well},blank,,,,,,,,400,500" for well in range(9, 13)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def four(target, wt=0.5, mut=1.0, mirna="miR-21", dose="", mutant="MUT"):
    return [(target, "WT", "mimic", mirna, dose, wt), (target, "WT", "scramble", "", "", 1),
            (target, mutant, "mimic", mirna, dose, mut), (target, mutant, "scramble", "", "", 1)]


def results_of(folder):
    """Name and JSON of every experiment."""
    experiments.table(folder / "blocked.csv", 3)
    experiments.table(folder / "unblocked.csv", 1, wells=6, replicate=True)
    experiments.table(folder / "technical.csv", 1)
    experiments.table(folder / "no-mutant.csv", 3, constructs=("WT",))
    experiments.table(folder / "no-scramble.csv", 3, skip=lambda c, t, d: t == "scramble")
    experiments.screen(folder / "forty.csv", [f"GENE{i}" for i in range(40)])
    experiments.screen(folder / "names.csv", experiments.NAMES)
    table(folder / "far.csv", four("TINY", 0.001, 3))
    table(folder / "weird.csv", four('<b>&"x"') + four("\u05e9\u05dc\u05d5\u05dd") + four("\U0001F9EC\u03b2"))
    table(folder / "mutants.csv", four("PTEN") + [a for m, f in (("MUT2", 0.7), ("MUT3", 0.9))
                                                   for a in four("PTEN", 0.5, f, mutant=m)[2:]])
    table(folder / "doses.csv", four("PTEN", dose="5") + four("PTEN", 0.3, 0.9, dose="50")[0:3:2])
    table(folder / "one.csv", four("PTEN"), days=1, wells=1)
    for path in sorted(folder.glob("*.csv")):
        run = dualuc("analyze", path, "--json", path.with_suffix(".json"))
        if run.returncode:
            raise AssertionError(f"{path}: {run.stderr}")
    example = FIXTURES / "example-mir21"
    run = dualuc("analyze", *(example / f"day{d}.xlsx" for d in (1, 2, 3)), "--map", example / "map.xlsx",
                 "--json", folder / "example.json", "--figures", folder / "figures", "-o",
                 folder / "example.xlsx")
    if run.returncode:
        raise AssertionError(run.stderr)
    return {p.stem: p for p in sorted(folder.glob("*.json"))}


# ---- drawing ----

class Drawing:
    """Pages, boxes and SVGs of a figure, or why there is none."""

    def __init__(self, result, folder, **options):
        self.folder = folder
        for old in folder.glob("*.svg"):
            old.unlink()
        run = subprocess.run([BOXES, result, folder, *(f"{k.replace('_', '-')}={v}" for k, v in options.items())],
                             capture_output=True, text=True, check=False)
        self.error = run.stderr if run.returncode else None
        self.pages, self.boxes = [], []
        for line in run.stdout.splitlines():
            kind, *fields = line.split("\t")
            if kind == "page":
                self.pages.append((fields[0], float(fields[1]), float(fields[2])))
            else:
                self.boxes.append(Box(int(fields[0]), fields[1], *map(float, fields[2:7]), *fields[7:9]))

    def svgs(self):
        return [self.folder / f"{name}.svg" for name, _, _ in self.pages]


def overlaps(drawing):
    """Texts on texts, points and brackets; brackets on bars, points and each other; marks off the page."""
    solid = [b for b in drawing.boxes if b.mark in ("text", "point", "bar", "interval", "bracket")]
    for a in solid:
        _, width, height = drawing.pages[a.page]
        if a.x < -0.01 or a.y < -0.01 or a.x + a.w > width + 0.01 or a.y + a.h > height + 0.01:
            yield f"off the page: {a}"
    for i, a in enumerate(solid):
        for b in solid[i + 1:]:
            if a.page == b.page and (a.mark in ("text", "bracket") or b.mark in ("text", "bracket")) and \
                    a.x + a.w > b.x + 0.01 and b.x + b.w > a.x + 0.01 and \
                    a.y + a.h > b.y + 0.01 and b.y + b.h > a.y + 0.01:
                yield f"{a}\n on {b}"


def texts_of(path):
    """The texts of an SVG, without isolates."""
    root = ElementTree.parse(path).getroot()
    return ["".join(t.itertext()).replace("\u2068", "").replace("\u2069", "") for t in root.iter(f"{SVG}text")]


def layouts(all_results, folder):
    """Every kind of every experiment at three widths, on both axes: what is wrong anywhere."""
    for name, result in all_results.items():
        for kind in KINDS:
            for width in WIDTHS if name != "forty" else WIDTHS[:2]:
                for axis in ("linear", "log2") if kind in KINDS[:3] else ("linear",):
                    drawing = Drawing(result, folder, kind=kind, width=width, axis=axis)
                    where = f"{name} {kind} {width} {axis}"
                    if drawing.error:
                        if "expected a width of at least" not in drawing.error:
                            yield f"{where}: {drawing.error}"
                        continue
                    yield from (f"{where}: {o}" for o in overlaps(drawing))
                    lint = subprocess.run(["xmllint", "--noout", *drawing.svgs()], capture_output=True,
                                          text=True, check=False)
                    if lint.returncode:
                        yield f"{where}: {lint.stderr}"


def styles(all_results, folder):
    """Presets, palettes and brackets keep their texts apart, too."""
    for options in ({"preset": "slide"}, {"preset": "prism", "brackets": "stars"}, {"palette": "hatch"},
                    {"palette": "grey", "technical_wells": "on"}, {"font": "Times New Roman", "font_size": "9"},
                    {"kind": "bars,delta,forest"}, {"title": "A title", "legend": "off"}):
        for name in ("example", "unblocked", "mutants"):
            drawing = Drawing(all_results[name], folder, **options)
            if drawing.error:
                yield f"{name} {options}: {drawing.error}"
            yield from (f"{name} {options}: {o}" for o in overlaps(drawing))


def labels(all_results, folder):
    """Targets, constructs, treatments and p read back from text elements."""
    wanted = {"example": ["PTEN 3\u2032UTR", "SPRY2 3\u2032UTR", "WT", "MUT", "hsa-miR-21-5p mimic", "scramble",
                          "p = 0.23", "p > 0.99", "p < 0.0001"],
              "weird": ['<b>&"x" 3\u2032UTR', "\u05e9\u05dc\u05d5\u05dd 3\u2032UTR", "\U0001F9EC\u03b2 3\u2032UTR"],
              "doses": ["PTEN 3\u2032UTR, 5\u00a0nM", "PTEN 3\u2032UTR, 50\u00a0nM"],
              "mutants": ["MUT", "MUT2", "MUT3"]}
    for name, expected in wanted.items():
        drawing = Drawing(all_results[name], folder, kind="bars", width="174mm")
        found = [t for path in drawing.svgs() for t in texts_of(path)]
        yield from (f"{name}: no {e!r} in {found}" for e in expected if e not in found)
    forest = Drawing(all_results["example"], folder, kind="forest", width="174mm")
    found = texts_of(forest.svgs()[0])
    yield from (f"forest: no {e!r}" for e in ("direct target", "no repression", "0.47 [0.38, 0.60]")
                if e not in found)


def groups(folder):
    """Groups carry the names, italics are there, ids are unique."""
    text = (folder / "figures" / "bars.svg").read_text(encoding="utf-8")
    ids = re.findall(r'<g id="([^"]*)"', text)
    for wanted in ("PTEN", "PDCD4", "PTEN-WT-mimic", "PTEN-MUT-scramble"):
        if wanted not in ids:
            yield f"no group {wanted} in {ids}"
    if len(ids) != len(set(ids)):
        yield f"ids twice: {ids}"
    if '<tspan font-style="italic">PTEN</tspan>' not in text:
        yield "PTEN is not in italics"


# ---- geometry read from the SVG itself ----

def scale_of(root):
    """A function from places to values by the ticks' labels at the left, and the other way."""
    ticks = []
    for text in root.iter(f"{SVG}text"):
        if text.get("text-anchor") == "end" and re.fullmatch(r"[0-9.]+", text.text or ""):
            ticks.append((float(text.get("y")) - 0.35 * float(text.get("font-size")), float(text.text)))
    return ticks


def place(ticks, value, log):
    """Where a value stands, by the first and last tick of an axis."""
    (y0, v0), (y1, v1) = ticks[0], ticks[-1]
    f = math.log if log else lambda x: x
    return y0 + (y1 - y0) * (f(value) - f(v0)) / (f(v1) - f(v0))


def group_of(root, name):
    return next(g for g in root.iter(f"{SVG}g") if g.get("id") == name)


def path_points(path):
    return [tuple(map(float, p)) for p in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d"))]


def control_mean(data, unit):
    """What a unit is relative to: the controls of its construct in its block."""
    controls = [u["ln_ratio"] for u in data["units"] if u["treatment"] == "scramble" and
                u["target"] == unit["target"] and u["construct"] == unit["construct"] and
                u["block"] == unit["block"]]
    return sum(controls) / len(controls)


def geometry(all_results, folder):
    """Bars, ends of intervals and points stand within half a point of the model's numbers."""
    for axis in ("linear", "log2"):
        for name, targets in (("example", ("PTEN", "PDCD4", "SPRY2", "RHOB")), ("far", ("TINY",))):
            data = json.loads(all_results[name].read_text())
            drawing = Drawing(all_results[name], folder, kind="bars", width="174mm", axis=axis)
            root = ElementTree.parse(drawing.svgs()[0]).getroot()
            ticks = scale_of(root)
            for target in targets:
                for construct in ("WT", "MUT"):
                    yield from arm(data, root, ticks, axis == "log2", target, construct)


def arm(data, root, ticks, log, target, construct):
    group = group_of(root, f"{target}-{construct}-mimic")
    model = next(g for g in data["groups"] if g["target"] == target and g["construct"] == construct and
                 g["treatment"] == "mimic")
    where = f"{target} {construct} {'log2' if log else 'linear'}"
    bar = next(r for r in group.iter(f"{SVG}rect") if r.get("class") == "bar")
    top, bottom = float(bar.get("y")), float(bar.get("y")) + float(bar.get("height"))
    end = place(ticks, model["relative"], log)
    base = place(ticks, 1 if log else ticks[0][1], log)
    for wanted in (end, base):
        if min(abs(wanted - top), abs(wanted - bottom)) > 0.5:
            yield f"{where}: bar from {top} to {bottom}, expected an end at {wanted}"
    interval = next(p for p in group.iter(f"{SVG}path") if p.get("class") == "interval")
    ends = [y for _, y in path_points(interval)]
    for wanted, found in zip((model["relative_low"], model["relative_high"]), ends):
        limits = [y for y, _ in ticks]
        expected = min(max(place(ticks, wanted, log), min(limits)), max(limits))
        if abs(expected - found) > 0.5:
            yield f"{where}: interval ends at {found}, expected {expected}"
    points = sorted(float(c.get("cy")) for c in group.iter(f"{SVG}circle") if c.get("class") == "point")
    units = [u for u in data["units"] if u["target"] == target and u["construct"] == construct and
             u["treatment"] == "mimic"]
    expected = sorted(place(ticks, math.exp(u["ln_ratio"] - control_mean(data, u)), log) for u in units)
    if len(points) != len(expected) or any(abs(a - b) > 0.5 for a, b in zip(points, expected)):
        yield f"{where}: points at {points}, expected {expected}"


# ---- files ----

def same_bytes(all_results, folder):
    """From a result and from its JSON, twice, and in the folder: the same figures."""
    for kind in KINDS:
        drawing = Drawing(all_results["example"], folder, kind=kind)
        for path in drawing.svgs():
            if path.read_bytes() != (all_results["example"].parent / "figures" / path.name).read_bytes():
                yield f"{path.name}: of the JSON and of the run differ"
        for form in ("svg", "pdf", "png"):
            two = [folder / f"two{i}.{form}" for i in (1, 2)]
            for path in two:
                dualuc("figure", all_results["example"], "-o", path, "--kind", kind, "--dpi", 72)
            if two[0].read_bytes() != two[1].read_bytes():
                yield f"{kind}: two runs give two {form}"


def difference(a, b):
    """Mean difference of two pictures, each blurred to a coarse grid, of 255: two programs set the same
    letter on other pixels."""
    size = (a.width // 16, a.height // 16)
    return ImageStat.Stat(ImageChops.difference(a.convert("L").resize(size, Image.BOX),
                                                b.convert("L").resize(size, Image.BOX))).mean[0]


def pictures(all_results, folder):
    """PNG and PDF show the same, and not a blank page."""
    for kind in KINDS:
        base = folder / "picture"
        for form in ("pdf", "png"):
            run = dualuc("figure", all_results["example"], "-o", f"{base}.{form}", "--kind", kind, "--dpi", 96)
            if run.returncode:
                yield run.stderr
                return
        subprocess.run(["pdftoppm", "-r", "96", "-f", "1", "-l", "1", "-singlefile", "-png", f"{base}.pdf",
                        f"{base}-of-pdf"], check=True)
        png, pdf = Image.open(f"{base}.png"), Image.open(f"{base}-of-pdf.png")
        pdf = pdf.crop((0, 0, *png.size))  # a page is a part of a pixel larger
        apart, blank = difference(png, pdf), difference(png, Image.new("L", png.size, 255))
        if apart > 2.2 or blank < 3:
            yield f"{kind}: PNG and PDF differ by {apart:.2f}, PNG and a blank page by {blank:.2f}"


def fonts(all_results, folder):
    """Every font of a PDF is embedded, and is the one that was laid out with."""
    dualuc("figure", all_results["example"], "-o", folder / "fonts.pdf")
    listed = subprocess.run(["pdffonts", folder / "fonts.pdf"], capture_output=True, text=True, check=True)
    rows = listed.stdout.splitlines()[2:]
    yield from (f"not embedded: {row}" for row in rows if not re.search(r"\s(yes|no)\s+yes\s", row) and
                row.split()[-5] != "yes")
    if not any("LiberationSans" in row for row in rows):
        yield listed.stdout


def workbook(folder):
    """The workbook has its pictures on a sheet at the end."""
    with zipfile.ZipFile(folder / "example.xlsx") as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        images = [n for n in book.namelist() if n.startswith("xl/media/")]
        if names[-1] != "Figures" or len(images) != 8:
            yield f"sheets {names}, pictures {images}"
        if any(book.read(n)[:4] != b"\x89PNG" for n in images):
            yield "not all pictures are PNG"


def width_that_does(all_results, folder):
    """The width that an error names does; one millimetre less does not."""
    for name, kind in (("example", "bars"), ("example", "forest"), ("names", "superplot"), ("forty", "qc"),
                       ("forty", "plate")):
        error = Drawing(all_results[name], folder, kind=kind, width="20mm").error or ""
        found = re.search(r"--width (\d+)mm", error)
        if not found:
            yield f"{name} {kind}: {error}"
            continue
        if Drawing(all_results[name], folder, kind=kind, width=f"{found.group(1)}mm").error:
            yield f"{name} {kind}: {found.group(1)} mm do not do"


def refusals(all_results, folder):
    """What is wrong is said, with its exit code, and nothing is written."""
    (folder / "labels.txt").write_text("hsa-miR-21-5p = miR-21\nnothing here\n")
    example = all_results["example"]
    for arguments, code, words in (
            (("-o", folder / "f.tiff"), 2, "expected a name that ends with .svg, .pdf or .png"),
            (("-o", folder / "f.svg", "--palette", "red"), 2, "palette: expected okabe-ito|grey|hatch"),
            (("-o", folder / "f.svg", "--width", "wide"), 2, "width: expected a width of 20mm to 1000mm"),
            (("-o", folder / "f.svg", "--kind", "pie"), 2, "kind: expected bars, superplot"),
            (("-o", folder / "f.svg", "--kind", "plate", "--plate", "x"), 2, "expected the name of a plate"),
            (("-o", folder / "f.svg", "--labels", folder / "labels.txt"), 1, "labels.txt:2: error: expected"),
            (("-o", folder / "f.png", "--width", "1000mm", "--dpi", 2400), 1, "at most 32000 pixels"),
            (("-o", example), 2, "expected a name that ends"),
            (("-o", "-", "--kind", "plate"), 2, "expected one page for standard output, found 3"),
            ((), 2, "expected -o FIGURE")):
        run = dualuc("figure", example, *arguments)
        if run.returncode != code or words not in run.stderr:
            yield f"{arguments}: exit {run.returncode}, {run.stderr}"
    if (folder / "f.svg").exists() or (folder / "f.png").exists():
        yield "something was written"
    run = dualuc("figure", example, "-o", folder / "font.png", "--font", "No Such Family", "--dpi", 40)
    if run.returncode or 'the font "No Such Family" is not installed here' not in run.stderr:
        yield f"missing font: {run.returncode} {run.stderr}"
    run = dualuc("figure", example, "-o", folder / "order.svg", "--order", "RHOB,PTENN")
    if run.returncode or '"PTENN"' not in run.stderr:
        yield f"unknown order: {run.returncode} {run.stderr}"
    found = [t for t in texts_of(folder / "order.svg") if t.endswith("UTR")]
    if found[0] != "RHOB 3\u2032UTR":
        yield f"order: {found}"


def honest(all_results, folder):
    """No brackets and intervals where nothing was repeated; the legend says so. No n.s. without p."""
    for kind in ("bars", "superplot"):
        drawing = Drawing(all_results["technical"], folder, kind=kind, brackets="stars")
        if any(b.mark in ("bracket", "interval") for b in drawing.boxes):
            yield f"{kind}: brackets or intervals over technical wells"
        said = " ".join(b.text for b in drawing.boxes if b.mark == "text")
        if "EXPLORATORY" not in said or "*" in said or "n.s." in said:
            yield f"{kind}: {said}"
    said = " ".join(b.text for b in Drawing(all_results["one"], folder, kind="bars").boxes if b.mark == "text")
    if "n = 1 biological replicate" not in said:
        yield said
    stars = [b.text for b in Drawing(all_results["example"], folder, kind="bars", brackets="stars").boxes
             if b.mark == "text"]
    if "n.s." not in stars or "****" not in stars:
        yield f"stars: {stars}"


def main():
    with tempfile.TemporaryDirectory() as name:
        base, folder = Path(name), Path(name) / "drawn"
        folder.mkdir()
        found = results_of(base)
        print("1..13")
        check("texts, points and brackets never stand on each other, and xmllint takes every SVG",
              layouts(found, folder))
        check("so it is in every style", styles(found, folder))
        check("labels can be read back from the texts", labels(found, folder))
        check("groups are named, names of genes are in italics", groups(base))
        check("bars, intervals and points stand where the model's numbers are", geometry(found, folder))
        check("the same result gives the same bytes", same_bytes(found, folder))
        check("PDF and PNG show what the SVG shows", pictures(found, folder))
        check("fonts are embedded", fonts(found, folder))
        check("the workbook has the pictures", workbook(base))
        check("the width that an error names does", width_that_does(found, folder))
        check("what is wrong is said", refusals(found, folder))
        check("technical wells do not look like findings", honest(found, folder))
        check("pages have numbers", [] if (lambda d: [p[0] for p in d.pages][:2])(
            Drawing(found["forty"], folder, kind="bars", width="85mm")) == ["bars", "bars-2"] else ["no bars-2"])
    return 0 if all(results) else 1


sys.exit(main())
