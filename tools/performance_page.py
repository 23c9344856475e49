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

from svg_charts import chart, line_chart

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
CHARTS = ROOT / "docs" / "charts"
SIDES = ("mica", "SQLiteCpp", "SOCI", "sqlite_orm", "zxorm", "sqlgen")
# Folders of --against: the peers that no distribution packages, and what one of them is built on.
AGAINST = ("sqlite_orm", "zxorm", "sqlgen", "reflect-cpp")
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


def growth_text(report):
    """`report`: {operation: [(rows, nanoseconds of the raw loop, of mica)]}."""
    names = {name: name.replace("_", " ") for name in report}
    curves = {}
    for name, points in report.items():
        least = min(mica for _, _, mica in points)
        curves[names[name]] = [(rows, mica / least) for rows, _, mica in points]
    title = "CPU time for each row, in relation to the least of the same line"
    CHARTS.mkdir(exist_ok=True)
    (CHARTS / "growth.svg").write_text(line_chart(title, curves, 1.5, "goal: 1.5"), encoding="utf-8")
    counts = sorted({rows for points in report.values() for rows, _, _ in points})
    rows = []
    for name, points in report.items():
        found = {count: (raw, mica) for count, raw, mica in points}
        rows.append((names[name], *(f"{found[count][1]:.0f} / {found[count][0]:.0f}" if count in found else ""
                                    for count in counts)))
    return "\n\n".join([f"Measured {datetime.date.today():%B %Y}: {machine()}, in memory.",
                        f"![{title}](charts/growth.svg)",
                        table(("ns for each row, mica / raw", *(f"{count:,} rows" for count in counts)), rows)]) + "\n"


def threads_text(report):
    """`report`: lines of figures, as the program prints them."""
    rows = [(line[0], *(f"{float(value):,.0f}" for value in line[1:3]), line[3],
             *(f"{float(value):,.0f}" for value in line[4:6]), *line[6:]) for line in report]
    return "\n\n".join([f"Measured {datetime.date.today():%B %Y}: {machine()}.",
                        table(("readers", "raw reads/s", "mica reads/s", "ratio", "raw writes/s", "mica writes/s", "ratio",
                               "CPU time of a read, ratio"), rows)]) + "\n"


def put(mark, new):
    """Writes what stands between `<!-- mark -->` and `<!-- end of mark -->`."""
    text = PAGE.read_text(encoding="utf-8")
    first = f"<!-- {mark} -->\n"
    begin, end = text.index(first) + len(first), text.index(f"<!-- end of {mark} -->\n")
    PAGE.write_text(f"{text[:begin]}\n{new}\n{text[end:]}", encoding="utf-8")
    print(f"written into {PAGE.relative_to(ROOT)}")


def write(report, against):
    put("figures", figures_text(report, against))
