#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Compares mica with hand-written sqlite3 loops: CPU time by Google Benchmark, instructions by callgrind, heap by malloc.
# The method is in benchmarks/README.md.
"""Run the benchmarks of a build directory and print the ratios to raw sqlite3."""

import argparse
import functools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import growth
import performance_page

# The most that mica may take of the raw loop's instructions, where GOALS says nothing else.
INSTRUCTION_GOAL = 1.05

# Operations with another goal: which figure, and how much of it at most. For what is measured see benchmarks/README.md.
GOALS = {
    # Who may write, who listens, what limits hold: each run looks, some 70 instructions in all.
    "insert_one_by_one": ("instruction_ratio", 1.045),
    "point_select_by_key": ("instruction_ratio", 1.04),
    "update_by_key": ("instruction_ratio", 1.058),
    "delete_by_key": ("instruction_ratio", 1.03),
    "query_on_empty_table": ("instruction_ratio", 1.096),
    "insert_objects": ("instruction_ratio", 0.61),
    "insert_given_keys": ("instruction_ratio", 0.67),
    "insert_indexed": ("instruction_ratio", 0.75),
    "insert_into_file": ("instruction_ratio", 0.61),
    "insert_in_transaction": ("instruction_ratio", 0.77),
    "full_read": ("instruction_ratio", 0.86),
    "point_reads_on_file": ("instruction_ratio", 0.74),
    "children_of_parents": ("instruction_ratio", 1.40),
    "join_pairs": ("instruction_ratio", 0.95),
    "update_objects": ("instruction_ratio", 0.59),
    "remove_objects": ("instruction_ratio", 0.51),
    "views": ("instruction_ratio", 0.98),
    "visited_views": ("instruction_ratio", 0.75),
    "get_many": ("instruction_ratio", 0.48),
    "flush_new_objects": ("instruction_ratio", 0.79),
    "flush_dirty_objects": ("instruction_ratio", 0.92),
    "flush_dirty_column": ("instruction_ratio", 0.67),
    "add_after_lookup": ("instruction_ratio", 2.4),
    "session_of_one_read": ("instruction_ratio", 1.45),
    "session_of_one_change": ("instruction_ratio", 1.46),
    "get_tracked_object": ("mica_instructions", 200),
    "tracked_read": ("instruction_ratio", 1.28),
    "memory_of_tracked_objects": ("extra_bytes", 136),
}

# How much more than its stored ratio an operation may take: more is a regression, also below its goal.
REGRESSION = 1.03
STORED = Path(__file__).resolve().parent.parent / "benchmarks" / "instruction_ratios.json"

# Operations that are about the heap that they leave in use, and not about time.
HEAP_OPERATIONS = ("memory_of_tracked_objects",)


class Failure(Exception):
    """Says what went wrong in one sentence."""


def find_programs(build, wanted):
    """The benchmark programs of a build by the name of their operation."""
    folder = build / "benchmarks"
    found = {path.name.removeprefix("benchmark_"): path for path in sorted(folder.glob("benchmark_*"))
             if path.is_file() and os.access(path, os.X_OK)}
    if not found:
        raise Failure(f"no benchmarks in {folder}: build the bench preset first")
    for name in wanted:
        if name not in found:
            raise Failure(f"no operation {name}, there are: {', '.join(found)}")
    return {name: found[name] for name in wanted} if wanted else found


def output_of(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def measure_time(program, rounds):
    """A round is one process that runs both sides, one right after the other, in random order."""
    all_times = []
    for _ in range(rounds):
        report = json.loads(output_of([program, "--benchmark_format=json", "--benchmark_min_time=0.05",
                                       "--benchmark_enable_random_interleaving=true"]))
        all_times.append({run["run_name"].split("/")[1]: 1e9 / run["items_per_second"] for run in report["benchmarks"]})
    figures = {f"{side}_ns": statistics.median(times[side] for times in all_times) for side in all_times[0]}
    for side in all_times[0]:
        if side != "raw":
            ratio = statistics.median(times[side] / times["raw"] for times in all_times)
            figures[prefix(side) + "cpu_ratio"] = ratio
    return figures, report["context"].get("sqlite", "")


def prefix(side):
    """Of a figure's name: those of mica are called what they are."""
    return "" if side == "mica" else f"{side}_"


@functools.cache
def peers_of(program):
    return [side for side in output_of([program, "--sides"]).split() if side not in ("raw", "mica")]


def count_side(program, side, rows):
    """Instructions for each row, and the result by which the two sides are known to have done the same."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "callgrind.out"
        result = output_of(["valgrind", "--quiet", "--tool=callgrind", "--collect-atstart=no",
                            "--toggle-collect=counted_run", f"--callgrind-out-file={profile}",
                            program, "--count", side, rows])
        summary = re.search(r"^(?:summary|totals):\s*(\d+)", profile.read_text(), re.MULTILINE)
    if not summary or int(summary[1]) == 0:
        raise Failure(f"callgrind counted nothing in {program}")
    return int(summary[1]) / rows, result.strip()


def require_same_result(program, raw_result, other_result, side="mica"):
    if raw_result != other_result:
        raise Failure(f"{program}: raw and {side} differ in their results, {raw_result} and {other_result}")


def count_instructions(program, rows):
    raw, raw_result = count_side(program, "raw", rows)
    figures = {"raw_instructions": raw}
    for side in ["mica", *peers_of(program)]:
        count, result = count_side(program, side, rows)
        require_same_result(program, raw_result, result, side)
        figures |= {f"{side}_instructions": count, prefix(side) + "instruction_ratio": count / raw}
    return figures


def heap_of_side(program, side, rows):
    """Bytes of heap for each row, and the result by which the two sides are known to have done the same."""
    used, result = output_of([program, "--heap", side, rows]).split()
    if int(used) == 0:
        raise Failure(f"{program} cannot tell what heap it uses: its C library does not say")
    return int(used) / rows, result


def measure_heap(program):
    rows = 10000
    raw, raw_result = heap_of_side(program, "raw", rows)
    mica, mica_result = heap_of_side(program, "mica", rows)
    require_same_result(program, raw_result, mica_result)
    return {"raw_bytes": raw, "mica_bytes": mica, "extra_bytes": mica - raw}


TITLE_WIDTH = 26
HEADINGS = (("raw ns", "raw_ns", ".0f"), ("mica ns", "mica_ns", ".0f"), ("CPU ratio", "cpu_ratio", ".2f"),
            ("raw instr.", "raw_instructions", ".0f"), ("mica instr.", "mica_instructions", ".0f"),
            ("instr. ratio", "instruction_ratio", ".3f"))
TABLE_WIDTH = TITLE_WIDTH + sum(len(heading) + 3 for heading, _, _ in HEADINGS)
GOAL_WORDS = {"instruction_ratio": "of the instructions", "mica_instructions": "instructions", "extra_bytes": "bytes more"}


def table_line(name, figures):
    line = f"{name.replace('_', ' '):<{TITLE_WIDTH}}"
    if "raw_bytes" in figures:
        line += (f"   {figures['mica_bytes']:.0f} bytes for each, the row alone {figures['raw_bytes']:.0f}: "
                 f"{figures['extra_bytes']:.0f} more")
    else:
        cells = [format(figures[key], form) if key in figures else "-" for _, key, form in HEADINGS]
        line += "".join(f"{cell:>{len(heading) + 3}}" for (heading, _, _), cell in zip(HEADINGS, cells))
    figure, most = goal_of(name)
    return f"{line:<{TABLE_WIDTH}}   {most} {GOAL_WORDS[figure]}" + ("   over its goal" if is_over(name, figures) else "")


def peer_line(name, side, figures):
    """The line of a peer, below that of mica: with its figures in the places of mica's."""
    cells = []
    for heading, key, form in HEADINGS:
        key = key.replace("mica_", f"{side}_") if "raw" not in key else ""
        key = key if key.startswith(side) or not key else f"{side}_{key}"
        cells.append(f"{format(figures[key], form) if key in figures else '':>{len(heading) + 3}}")
    return f"{'  ' + side:<{TITLE_WIDTH}}{''.join(cells)}"


def regressed(operations, stored):
    """Those whose ratio is more than the stored one, beyond what a change of compiler makes."""
    return [name for name, figures in operations.items()
            if figures.get("instruction_ratio", 0) > stored.get(name, 1e9) * REGRESSION]


def goal_of(name):
    return GOALS.get(name, ("instruction_ratio", INSTRUCTION_GOAL))


def is_over(name, figures):
    figure, most = goal_of(name)
    return figures.get(figure, 0) > most


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path, help="the build directory, such as build/bench")
    parser.add_argument("operations", nargs="*", help="only these operations")
    parser.add_argument("--rounds", type=int, default=15, help="pairs of CPU times, 0 for none")
    parser.add_argument("--rows", type=int, default=2000, help="rows for callgrind, 0 for none")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--check", action="store_true",
                        help="fail where a ratio exceeds its goal, or the stored one by more than 3 %%")
    parser.add_argument("--store", action="store_true", help="write the ratios to the file of the stored ones")
    parser.add_argument("--stored", type=Path, default=STORED, help="that file")
    parser.add_argument("--growth", action="store_true", help="how the time for each row grows with their number, in "
                        "place of the ratios; --most says to how many")
    parser.add_argument("--most", type=int, default=1_000_000, help="rows for --growth")
    parser.add_argument("--threads", action="store_true", help="readers beside a writer, in place of the ratios")
    parser.add_argument("--page", action="store_true", help="write the figures into docs/performance.md")
    return parser.parse_intermixed_args(arguments)


def run_growth(options):
    report = growth.measure(find_programs(options.build, options.operations or growth.OPERATIONS), options.most,
                            min(options.rounds, 3))
    if options.page:
        performance_page.put("growth", performance_page.growth_text(report))
    return 0


def run_threads(options):
    lines = []
    with subprocess.Popen([options.build / "benchmarks" / "readers_beside_writer", str(options.rounds * 3)],
                          stdout=subprocess.PIPE, text=True) as program:
        for line in program.stdout:
            print(line, end="", flush=True)
            lines.append(line.split())
    if program.returncode != 0:
        raise Failure("readers_beside_writer has failed")
    if options.page:
        performance_page.put("threads", performance_page.threads_text(lines[1:]))
    return 0


def run(options):
    if options.growth:
        return run_growth(options)
    if options.threads:
        return run_threads(options)
    programs = find_programs(options.build, options.operations)
    if options.rows and not shutil.which("valgrind"):
        raise Failure("valgrind is not installed: install it, or say --rows 0 to do without instruction counts")
    if options.check and not options.rows:
        raise Failure("--check needs instruction counts: a time is not the same twice")

    print(" " * TITLE_WIDTH + "".join(f"   {heading}" for heading, _, _ in HEADINGS) + "   at most")
    report = {"sqlite": "", "rounds": options.rounds, "rows": options.rows, "operations": {}}
    for name, program in programs.items():
        figures = {}
        if name in HEAP_OPERATIONS:
            figures |= measure_heap(program)
        elif options.rounds:
            times, report["sqlite"] = measure_time(program, options.rounds)
            figures |= times
        if options.rows and name not in HEAP_OPERATIONS:
            figures |= count_instructions(program, options.rows)
        figures["goal"] = dict([goal_of(name)])
        report["operations"][name] = figures
        print(table_line(name, figures), flush=True)
        for side in [] if name in HEAP_OPERATIONS else peers_of(program):
            print(peer_line(name, side, figures), flush=True)

    stored = json.loads(options.stored.read_text()) if options.stored.is_file() else {}
    worse = regressed(report["operations"], stored)
    over = [name for name, figures in report["operations"].items() if is_over(name, figures)]
    if options.rows:
        print(f"Goals are for instructions and bytes, not for time; over it: {', '.join(over) or 'none'}.")
        print(f"More than 3 % over the stored ratio: {', '.join(worse) or 'none'}.")
    if options.store:
        stored |= {name: round(figures["instruction_ratio"], 3) for name, figures in report["operations"].items()
                   if "instruction_ratio" in figures}
        options.stored.write_text(json.dumps(stored, indent=2, sort_keys=True) + "\n")
    if options.page:
        cache = (options.build / "CMakeCache.txt").read_text(encoding="utf-8")
        against = re.search(r"^MICA_BENCHMARK_AGAINST:PATH=(.*)$", cache, re.MULTILINE)
        performance_page.write(report, against[1] if against else "")
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n")
    return 1 if options.check and (over or worse) else 0


def main():
    try:
        return run(parse(sys.argv[1:]))
    except Failure as failure:
        print(f"run_benchmarks: {failure}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
