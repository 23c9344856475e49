#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds SQLCipher from the source that a package of the Python index carries, runs the tests of mica::sqlcipher, and the
suites that are built already once more with the SQLite inside of it, which is newer than the one they were built with.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import sqlcipher_source  # noqa: E402  (its folder is known only now)
import virtual_environment  # noqa: E402

SKIPPED = 77  # what CMakeLists.txt tells ctest
# SQLCipher has memory of its own, to which SQLite's limit does not apply.
NOT_OF_SQLCIPHER = "Failure.memory_that_runs_out_is_operational"


def run(*arguments, **options):
    done = subprocess.run([str(argument) for argument in arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stdout[-16000:]}")
    return done.stdout


def summary(output):
    return [line for line in output.splitlines() if "tests from" in line or "PASSED" in line][-1]


def exchange(program):
    """Files go to and fro between mica and another build of SQLCipher."""
    try:
        others = virtual_environment.make(ROOT / "build" / "venv_with_sqlcipher", HERE / "second_implementation.txt")
    except virtual_environment.NotReached as reason:
        print(f"exchange: SKIPPED, no files of another SQLCipher were read: the Python index has none for this Python.\n{reason}")
        return
    print("exchange:", run(others / "bin" / "python", "-B", HERE / "exchange.py", program).strip())


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work-dir", type=Path, default=ROOT / "build" / "sqlcipher")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--launcher", default="")
    parser.add_argument("--suites", type=Path, help="the folder of the test programs that are built already")
    options = parser.parse_args(arguments)
    try:
        source = sqlcipher_source.fetch()
    except virtual_environment.NotReached as reason:
        print(f"SKIPPED, nothing was tested: the Python index gave no source of SQLCipher.\n{reason}")
        return SKIPPED
    build = options.work_dir.resolve()  # programs run in other folders
    launcher = [f"-DCMAKE_CXX_COMPILER_LAUNCHER={options.launcher}", f"-DCMAKE_C_COMPILER_LAUNCHER={options.launcher}"]
    run("cmake", "-S", HERE, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
        f"-DCMAKE_CXX_COMPILER={options.compiler}", f"-DMICA_SOURCE_DIR={ROOT}", f"-DMICA_SQLCIPHER_SOURCE={source}",
        *(launcher if options.launcher else []))
    run("cmake", "--build", build, "--parallel", "1")
    print("encryption:", summary(run(build / "encryption")))
    with tempfile.TemporaryDirectory() as folder:
        print("example:", run(build / "example" / "encryption_example", cwd=folder).strip())
    exchange(build / "exchange")
    if options.suites:
        newer = dict(os.environ, LD_LIBRARY_PATH=str(build))
        programs = sorted(options.suites.glob("unit_*")) + [options.suites / name for name in ("sql", "integration", "regexp")]
        for program in programs:
            if program.is_file() and os.access(program, os.X_OK):
                print(f"{program.name}:", summary(run(program, "--gtest_brief=1", f"--gtest_filter=-{NOT_OF_SQLCIPHER}", env=newer, cwd=options.suites)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
