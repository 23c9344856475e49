# SPDX-License-Identifier: BSL-1.0
"""The figures of docs/performance.md: tables and bar charts of what run_benchmarks.py has measured."""

import datetime
import json
import os
import platform
import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
CHARTS = ROOT / "docs" / "charts"
MARKS = ("<!-- figures -->\n", "<!-- end of figures -->\n")
SIDES = ("mica", "SQLiteCpp", "SOCI", "sqlite_orm", "zxorm", "sqlgen")
# Folders of --against: the peers that no distribution packages, and what one of them is built on.
AGAINST = ("sqlite_orm", "zxorm", "sqlgen", "reflect-cpp")
# Readable on white and on black; a page that is shown in dark colours need not say so.
COLOURS = {"raw": "#9e9e9e", "mica": "#5c6bc0", "SQLiteCpp": "#26a69a", "SOCI": "#ef8354",
           "sqlite_orm": "#ab47bc", "zxorm": "#ca8a04", "sqlgen": "#ec407a"}
STYLE = "text{font:13px system-ui,sans-serif;fill:#808691}.value{font-size:12px}line{stroke:#808691;stroke-opacity:.4}"
BAR, GAP, LEFT, WIDTH = 16, 14, 190, 760
LONGEST = 2.5  # times the reference: a longer bar is cut off, or nothing could be told from the others


def chart(title, rows, unit="", reference=None):
    """An SVG of horizontal bars: rows are (label, {series: value})."""
    top, parts = 34, []
    most = max(value for _, values in rows for value in values.values())
    if reference is not None:
        most = min(most, LONGEST * reference)
    scale = (WIDTH - LEFT - 110) / most
    for label, values in rows:
        middle = top + len(values) * BAR / 2 + 4
        parts.append(f'<text x="{LEFT - 10}" y="{middle:.0f}" text-anchor="end">{label}</text>')
        for series, value in values.items():
            length = min(value, most) * scale
            parts.append(f'<rect x="{LEFT}" y="{top}" width="{max(length, 1):.1f}" height="{BAR - 3}" rx="2" '
                         f'fill="{COLOURS[series]}"/>')
            parts.append(f'<text class="value" x="{LEFT + length + 6:.1f}" y="{top + 11}">'
                         f'{"→ " if value > most else ""}{value:.3g}{unit} {series}</text>')
            top += BAR
        top += GAP
    if reference is not None:
        x = LEFT + reference * scale
        parts.append(f'<line x1="{x:.1f}" y1="26" x2="{x:.1f}" y2="{top - GAP}" stroke-dasharray="4"/>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" aria-label="{title}">'
            f'<style>{STYLE}</style><text x="0" y="16" font-weight="600">{title}</text>{"".join(parts)}</svg>\n')


def table(heading, rows):
    return "\n".join([f"| {' | '.join(heading)} |", "|---" + "|---:" * (len(heading) - 1) + "|",
                      *(f"| {' | '.join(row)} |" for row in rows)])


def ratio_rows(operations, figure):
    """(operation, {side: ratio}) of those that have the figure."""
    rows = []
    for name, figures in operations.items():
        keys = {side: ("" if side == "mica" else f"{side}_") + figure for side in SIDES}
        values = {side: figures[key] for side, key in keys.items() if key in figures}
        if values:
            rows.append((name.replace("_", " "), values))
    return rows


def ratio_part(operations, figure, file, title):
    rows = [row for row in ratio_rows(operations, figure) if row[0] != "get tracked object"]
    with_peers = [row for row in rows if len(row[1]) > 1]
    if with_peers:
        (CHARTS / file).write_text(chart(title, with_peers, reference=1), encoding="utf-8")
    sides = [side for side in SIDES if any(side in values for _, values in rows)]
    picture = f"![{title}](charts/{file})\n\n" if with_peers else ""
    return picture + table(("operation", *sides), [
        (name, *(f"{values[side]:.3f}" if side in values else "" for side in sides)) for name, values in rows])


def compile_cost(sides, against):
    """Megabytes and seconds that g++ needs for one file of a benchmark, by side: the same read, with each library."""
    found = {}
    folders = [*(f"{name}/include" for name in AGAINST), "reflect-cpp/include/rfl/thirdparty"]
    with tempfile.TemporaryDirectory() as folder:
        for side in sides:
            file = f"peers/{side}/full_read.cpp" if side in SIDES[1:] else f"runtime/full_read/{side}.cpp"
            includes = [f"-I{ROOT / 'include'}", f"-I{ROOT / 'benchmarks'}", *(f"-I{against}/{name}" for name in folders)]
            pid = os.posix_spawnp("g++", ["g++", "-std=c++20", "-O2", "-w", *includes, "-c",
                                          str(ROOT / "benchmarks" / file), "-o", f"{folder}/out.o"], os.environ)
            _, status, usage = os.wait4(pid, 0)
            if status == 0:
                found[side] = (usage.ru_maxrss / 1024, usage.ru_utime)
    return found


def machine():
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True, check=False).stdout.strip()
    load = os.getloadavg()[0]
    busy = f", busy with other work (load {load:.0f})" if load > os.cpu_count() + 1 else ""
    return (f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores{busy}, {platform.system()}, "
            f"g++ {compiler}")


def figures_text(report, against):
    CHARTS.mkdir(exist_ok=True)
    operations = report["operations"]
    parts = [f"Measured {datetime.date.today():%B %Y}: {machine()}, `-O2`, "
             f"SQLite {report['sqlite'] or 'of the system'}, in memory."]
    title = "Instructions for each row, raw sqlite3 = 1"
    parts += ["### Instructions, in relation to the hand-written loop",
              ratio_part(operations, "instruction_ratio", "instructions.svg", title)]
    if ratio_rows(operations, "cpu_ratio"):
        parts += ["### CPU time, in relation to the hand-written loop",
                  ratio_part(operations, "cpu_ratio", "cpu.svg", "CPU time for each row, raw sqlite3 = 1")]
    read = operations.get("full_read", {})
    cost = compile_cost(["raw", "mica", *(side for side in SIDES[1:] if f"{side}_instructions" in read)], against)
    title = "Megabytes that g++ -O2 needs for the file of the full read"
    (CHARTS / "compile_memory.svg").write_text(
        chart(title, [("one file, one query", {side: megabytes for side, (megabytes, _) in cost.items()})], " MB"),
        encoding="utf-8")
    limits = json.loads((ROOT / "benchmarks" / "compile_time" / "limits.json").read_text(encoding="utf-8"))
    programs = [name for name in limits["g++"] if "compiled" not in name]
    parts += ["### Compile time and memory",
              f"![{title}](charts/compile_memory.svg)",
              table(("one file of the full read", "MB", "seconds of CPU"),
                    [(side, f"{megabytes:.0f}", f"{seconds:.1f}") for side, (megabytes, seconds) in cost.items()]),
              "The most that a compiler may take for these programs, in megabytes, held by `./dev check memory`; with "
              "`mica::compiled` behind the stroke:",
              table(("program", *limits), [(name, *(cell(limits[compiler], name) for compiler in limits))
                                           for name in programs])]
    return "\n\n".join(parts) + "\n"


def cell(limits, name):
    compiled = limits.get(f"{name}, compiled")
    return f"{limits[name]}" + (f" / {compiled}" if compiled else "")


def write(report, against):
    text = PAGE.read_text(encoding="utf-8")
    begin, end = text.index(MARKS[0]) + len(MARKS[0]), text.index(MARKS[1])
    PAGE.write_text(f"{text[:begin]}\n{figures_text(report, against)}\n{text[end:]}", encoding="utf-8")
    print(f"written into {PAGE.relative_to(ROOT)}")
