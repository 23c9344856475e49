#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# What mica costs a program that uses it: seconds, peak memory and object size of generated programs, on both compilers.
"""Compile generated programs and print what that took; with --check, fail where the memory exceeds limits.json."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FLAGS = ["-std=c++20", "-O2", f"-I{ROOT / 'include'}", "-c"]

TABLE = """\
struct Table{n} {{
    std::int64_t id = 0;
    std::int64_t owner = 0;
    int count = 0;
    double price = 0;
    std::string name;
    std::string place;
    std::optional<std::string> note;
    std::optional<std::int64_t> parent;
    static constexpr auto mapping() {{ return mica::table("table_{n}", {options}); }}
}};
"""

# Each takes the entity's number; those after the first are on row types that others have brought already.
QUERIES = [
    "use(connection.all(mica::select<Table{n}>().where(col<&Table{n}::count> > {k} && col<&Table{n}::name> != \"a\")"
    ".order_by(col<&Table{n}::price>.desc()).limit({k})));",
    "use(connection.first(mica::select<Table{n}>().where(col<&Table{n}::id> == {k})));",
    "connection.execute(mica::insert_into<Table{n}>().values(Table{n}{{}}));",
    "connection.execute(mica::update<Table{n}>().set(col<&Table{n}::count> = {k}, col<&Table{n}::place> = \"b\")"
    ".where(col<&Table{n}::owner> == {k}));",
    "connection.execute(mica::delete_from<Table{n}>().where(col<&Table{n}::price> < {k}));",
    "use(connection.all(mica::select(col<&Table{n}::name>, mica::count()).where(col<&Table{n}::count> > {k})"
    ".group_by(col<&Table{n}::name>)));",
    "use(connection.all(mica::select(col<&Table{n}::id>, col<&Table{n}::name>)"
    ".where(col<&Table{n}::note>.is_null() || col<&Table{n}::parent> == {k})));",
    "use(connection.scalar(mica::select(mica::count()).from<Table{n}>().where(col<&Table{n}::owner> > {k})));",
    "use(connection.all(mica::select<Table{n}>().join<Table{p}>().where(col<&Table{p}::count> == {k})));",
    "use(connection.all(mica::select(col<&Table{n}::id>, col<&Table{n}::price>)"
    ".where(col<&Table{n}::place>.starts_with(\"c\")).order_by(col<&Table{n}::count>)));",
]


def program(tables, queries):
    """A program of `tables` structs of 8 columns that runs `queries` statements."""
    lines = ["#include <mica/mica.hpp>", "", "#include <cstdint>", "#include <optional>", "#include <string>", "",
             "using mica::col;", ""]
    for n in range(tables):
        parent = max(n - 1, 0)
        options = f"mica::foreign_key<&Table{n}::owner, &Table{parent}::id>, mica::index<&Table{n}::name>"
        lines.append(TABLE.format(n=n, options=options))
    lines += ["template <class Value>", "void use(const Value& value) {", "    asm volatile(\"\" : : \"g\"(&value));", "}",
              "", "int main() {", "    mica::Engine engine{\"sqlite://\"};",
              "    engine.create_all<" + ", ".join(f"Table{n}" for n in range(tables)) + ">();",
              "    auto connection = engine.connect();"]
    for q in range(queries):
        n = q % tables
        shape = (q // tables + q) % len(QUERIES)
        if "{p}" in QUERIES[shape] and n == 0:
            shape = 0
        lines.append("    " + QUERIES[shape].format(n=n, p=max(n - 1, 0), k=q))
    return "\n".join(lines + ["}", ""])


# The includes that are narrower than <mica/mica.hpp>.
PARTS = ("session", "query", "model")

# Of the programs whose name ends so, the bodies that mica::compiled holds are left to it.
COMPILED = ", compiled"


def programs():
    """By name, in the order of the table; the last two differ by 80 queries on the same row types."""
    sports_car = (ROOT / "examples" / "sports_car.cpp").read_text(encoding="utf-8")
    return {
        "mica" + COMPILED: (ROOT / "src" / "mica.cpp").read_text(encoding="utf-8"),
        "include": "#include <mica/mica.hpp>\n",
        **{f"include {part}": f"#include <mica/{part}.hpp>\n" for part in PARTS},
        "sports car": sports_car,
        "include" + COMPILED: "#include <mica/mica.hpp>\n",
        **{f"include {part}{COMPILED}": f"#include <mica/{part}.hpp>\n" for part in PARTS},
        "sports car" + COMPILED: sports_car,
        "1 table, 20 queries": program(1, 20),
        "50 tables, 20 queries": program(50, 20),
        "10 tables, 20 queries": program(10, 20),
        "10 tables, 100 queries": program(10, 100),
    }


def flags_of(name):
    return [*FLAGS, "-DMICA_SEPARATE_COMPILATION"] if name.endswith(COMPILED) else FLAGS


def compile_once(compiler, flags, source, folder):
    """Seconds of the processor, peak megabytes, kilobytes of the object."""
    path = Path(folder) / "program.cpp"
    out = Path(folder) / "program.o"
    path.write_text(source, encoding="utf-8")
    pid = os.posix_spawnp(compiler, [compiler, *flags, str(path), "-o", str(out)], os.environ)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise RuntimeError(f"{compiler} does not compile a generated program")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, out.stat().st_size / 1024


def measure(compiler, flags, source, rounds):
    with tempfile.TemporaryDirectory() as folder:
        runs = [compile_once(compiler, flags, source, folder) for _ in range(rounds)]
    return min(run[0] for run in runs), runs[0][1], runs[0][2]


def check(figures, limits):
    """What exceeds its limit, in words."""
    return [f"{compiler}, {name}: {figures[compiler][name][1]:.0f} MB, the limit is {limit} MB"
            for compiler, programs_of in limits.items() for name, limit in programs_of.items()
            if compiler in figures and name in figures[compiler] and figures[compiler][name][1] > limit]


def print_table(figures):
    print(f"{'':26}" + "".join(f"{compiler + ' s':>14}{'MB':>7}{'object kB':>11}" for compiler in figures))
    for name in next(iter(figures.values())):
        print(f"{name:26}" + "".join(f"{row[name][0]:14.2f}{row[name][1]:7.0f}{row[name][2]:11.0f}"
                                     for row in figures.values()))
    print(f"{'each further query':26}" + "".join(
        f"{(row['10 tables, 100 queries'][0] - row['10 tables, 20 queries'][0]) / 80:14.3f}"
        f"{(row['10 tables, 100 queries'][1] - row['10 tables, 20 queries'][1]) / 80:7.2f}"
        f"{(row['10 tables, 100 queries'][2] - row['10 tables, 20 queries'][2]) / 80:11.1f}"
        for row in figures.values()))


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compilers", nargs="+", default=["g++", "clang++-19"])
    parser.add_argument("--rounds", type=int, default=3, help="of which the best time counts; memory repeats exactly")
    parser.add_argument("--check", action="store_true", help="fail where the memory exceeds limits.json")
    options = parser.parse_args(arguments)
    compilers = [compiler for compiler in options.compilers if shutil.which(compiler)]
    if not compilers:
        print("none of the compilers is installed", file=sys.stderr)
        return 2
    figures = {compiler: {name: measure(compiler, flags_of(name), source, options.rounds) for name, source in programs().items()}
               for compiler in compilers}
    print_table(figures)
    exceeded = check(figures, json.loads((HERE / "limits.json").read_text(encoding="utf-8"))) if options.check else []
    for line in exceeded:
        print("over its limit: " + line)
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
