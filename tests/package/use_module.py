#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds and runs a project that imports the module of mica, with clang and a CMake that knows modules.

That is the CMake at hand, or the Python index's where the one at hand is older than 3.28.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import virtual_environment  # noqa: E402  (its folder is known only now)

SKIPPED = 77  # what CMakeLists.txt tells ctest
EXPECTED = "Giant Steps 1959\nBlue Train 1958\nalbum\n"


class Skipped(Exception):
    pass


def run(*arguments):
    done = subprocess.run([str(argument) for argument in arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def knows_modules(cmake):
    major, minor = re.search(r"version (\d+)\.(\d+)", run(cmake, "--version")).groups()
    return (int(major), int(minor)) >= (3, 28)


def find_cmake():
    if knows_modules("cmake"):
        return "cmake"
    try:
        return virtual_environment.make() / "bin" / "cmake"
    except virtual_environment.NotReached as reason:
        raise Skipped(f"this CMake is older than 3.28, and the Python index gave no newer one.\n{reason}") from reason


def find_clang():
    for compiler, scanner in (("clang++-19", "clang-scan-deps-19"), ("clang++", "clang-scan-deps")):
        if shutil.which(compiler) and shutil.which(scanner):
            return compiler
    raise Skipped("clang++-19 and clang-scan-deps-19 are not there.")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work-dir", type=Path, default=ROOT / "build" / "module")
    options = parser.parse_args(arguments)
    try:
        compiler, cmake = find_clang(), find_cmake()
    except Skipped as reason:
        print(f"SKIPPED, nothing was tested: {reason}")
        return SKIPPED
    shutil.rmtree(options.work_dir, ignore_errors=True)
    run(cmake, "-S", ROOT / "tests" / "package" / "module", "-B", options.work_dir, "-G", "Ninja",
        f"-DCMAKE_CXX_COMPILER={compiler}", f"-DMICA_SOURCE_DIR={ROOT}")
    run(cmake, "--build", options.work_dir, "--parallel", "1")
    said = run(options.work_dir / "imports_mica")
    if said != EXPECTED:
        sys.exit(f"the program said:\n{said}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
