# SPDX-License-Identifier: BSL-1.0
"""How the time for each row grows with the number of rows, of raw loops and of mica."""

import subprocess
import sys

OPERATIONS = ("insert_objects", "full_read", "get_many", "flush_new_objects", "flush_dirty_objects", "get_tracked_object")

# Of ten million rows only those that then end within a minute, and that --most 10000000 asks for.
MOST = {"insert_objects": 10_000_000, "full_read": 10_000_000}


def time_of(program, side, rows):
    done = subprocess.run([program, "--time", side, str(rows)], capture_output=True, text=True, check=True)
    nanoseconds, result = done.stdout.split()
    return float(nanoseconds), result


def measure(programs, most, rounds):
    """{operation: [(rows, nanoseconds of the raw loop, of mica)]}; the least of some rounds, each through all sizes."""
    report = {}
    for name, program in programs.items():
        end = min(most, MOST.get(name, 1_000_000))
        sizes = [10 ** power for power in range(3, 8) if 10 ** power <= end]
        least = {rows: {} for rows in sizes}
        for turn in range(rounds):
            for rows in sizes:
                if turn != 0 and rows > 1_000_000:
                    continue
                results = set()
                for side in ("raw", "mica"):
                    time, result = time_of(program, side, rows)
                    results.add(result)
                    least[rows][side] = min(time, least[rows].get(side, time))
                if len(results) != 1:
                    sys.exit(f"{name}: raw and mica differ in their results for {rows} rows")
        report[name] = [(rows, least[rows]["raw"], least[rows]["mica"]) for rows in sizes]
        base = min(mica for _, _, mica in report[name])
        print(f"{name.replace('_', ' '):<24}" + "".join(
            f"  {rows:>9,}: {mica:6.0f} ns ({mica / base:.2f}, raw {raw:.0f})" for rows, raw, mica in report[name]),
            flush=True)
    return report
