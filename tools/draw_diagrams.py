#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Draws each ```mermaid block of docs/ into docs/drawn/<name>.svg, from which the site takes it.

    tools/draw_diagrams.py <mermaid.min.js> [<browser>]

Needs Mermaid's script (the package `mermaid` of the npm registry) and Chromium, and so is run by hand where a block has
changed; a site never waits for either. The name is made from the block's text: a drawing that is out of date is not found.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"
PAGE = """<!doctype html><meta charset="utf-8"><div id="out"></div><script src="{script}"></script><script>
mermaid.initialize({{startOnLoad: false, theme: 'base', htmlLabels: false, deterministicIds: true, fontFamily: 'sans-serif'}});
mermaid.render('drawn', {text}).then(drawn => {{ document.getElementById('out').innerHTML = drawn.svg; }});
</script>"""
# What is left of an element: the rest is Mermaid's own, or what docs/site/extra.css says for both colours.
KEPT = {"id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "viewBox", "transform", "class",
        "dy", "text-anchor", "refX", "refY", "markerWidth", "markerHeight", "orient", "marker-start", "marker-end",
        "role", "points"}
# Of these the second path draws the first one's line again, by hand so to speak.
LINED = {"outer-path", "divider", "row-rect-odd", "row-rect-even"}
CLASSES = {"node", "name", "relationshipLine", "edgeLabel", "marker", "edge-pattern-dashed", *LINED}


def name_of(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12] + ".svg"


def blocks_of(text):
    return re.findall(r"^```mermaid\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def rounded(value):
    return re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), value)


def is_empty(element):
    """Whether nothing of it, or of what is in it, can be seen."""
    tag = element.tag.removeprefix(SVG)
    if tag in ("style", "filter", "linearGradient") or element.get("height") in ("0", "0.1"):
        return True
    if tag in ("g", "defs", "text", "tspan"):
        return len(element) == 0 and not (element.text or "").strip()
    return tag == "rect" and element.get("width") is None


def shorten(element, used):
    if LINED & set(element.get("class", "").split()):
        for path in list(element)[1:]:
            element.remove(path)
    for child in list(element):
        shorten(child, used)
        if is_empty(child) or (child.tag == SVG + "marker" and child.get("id") not in used):
            element.remove(child)
    classes = [one for one in element.get("class", "").split() if one in CLASSES]
    attributes = {name: rounded(value) for name, value in element.attrib.items() if name in KEPT and name != "class"}
    if element.tag not in (SVG + "svg", SVG + "marker"):
        attributes.pop("id", None)
    element.attrib.clear()
    element.attrib.update(attributes)
    if classes:
        element.set("class", " ".join(classes))


def draw(text, script, browser):
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(PAGE.format(script=script.resolve().as_uri(), text=json.dumps(text)), encoding="utf-8")
        dom = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=30000",
                              "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True).stdout
    found = re.search(r"<svg.*</svg>", dom, re.DOTALL)
    if found is None or "Syntax error" in dom:
        sys.exit(f"Mermaid does not draw:\n{text}")
    ET.register_namespace("", SVG[1:-1])
    svg = ET.fromstring(found[0].replace("&nbsp;", " "))
    shorten(svg, set(re.findall(r"url\(#([^)]+)\)", found[0])))
    return ET.tostring(svg, encoding="unicode") + "\n"


def main(script, browser="chromium"):
    folder = ROOT / "docs" / "drawn"
    folder.mkdir(exist_ok=True)
    wanted = {name_of(text): text for page in sorted((ROOT / "docs").glob("*.md"))
              for text in blocks_of(page.read_text(encoding="utf-8"))}
    for old in folder.glob("*.svg"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(draw(text, Path(script), browser), encoding="utf-8")
        print(f"docs/drawn/{name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
