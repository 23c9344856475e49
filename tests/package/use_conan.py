#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Makes mica's Conan package and uses it, without a remote and in a Conan home of its own below --work-dir.

Each round creates the package, which builds and runs test_package/; the first also installs it for examples/consumer, builds
that and runs it. sqlite3, Boost and RE2 are the system's: named as such in the profile, and in the last rounds sqlite3 and
Boost are packaged with the names that Conan Center gives them, and so is SQLCipher, built of its source.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import sqlcipher_source  # noqa: E402  (its folder is known only now)
import virtual_environment  # noqa: E402

SKIPPED = 77  # what CMakeLists.txt tells ctest


class Failed(Exception):
    pass


class Runner:
    def __init__(self, work, compiler, tools):
        self.work = work
        self.conan_program = tools / "bin" / "conan"
        self.environment = os.environ | {"CONAN_HOME": str(work / "home"), "CXX": compiler, "LC_ALL": "C"}

    def __call__(self, *arguments, fails=False, is_data=False):
        done = subprocess.run([str(argument) for argument in arguments], cwd=self.work, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        output = done.stdout if is_data else done.stdout + done.stderr
        if (done.returncode != 0) != fails:
            raise Failed(f"{' '.join(map(str, arguments))} ended with {done.returncode}:\n{output}")
        return output

    def conan(self, *arguments, fails=False):
        return self(self.conan_program, *arguments, fails=fails)


def versions(run):
    """Those of the system's sqlite3 and Boost."""
    sqlite = run("pkg-config", "--modversion", "sqlite3").strip()
    macros = run(run.environment["CXX"], "-x", "c++", "-E", "-dM", "-include", "boost/version.hpp", "/dev/null")
    number = int(re.search(r"#define BOOST_VERSION (\d+)", macros).group(1))
    return sqlite, f"{number // 100000}.{number // 100 % 1000}.{number % 100}"


def profile(run, name, platform=()):
    lines = ["include(default)", "[settings]", "compiler.cppstd=20", "build_type=Debug", "[conf]",
             f"tools.build:compiler_executables={{'cpp': '{run.environment['CXX']}'}}",
             "tools.cmake.cmaketoolchain:generator=Ninja", "tools.cmake.cmaketoolchain:user_presets="]
    if platform:
        lines += ["[platform_requires]", *platform]
    (run.work / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ["--profile:all", str(run.work / name), "--no-remote"]


def has_header(run, name):
    try:
        run(run.environment["CXX"], "-x", "c++", "-E", "-include", name, "/dev/null")
    except Failed:
        return False
    return True


def create(run, options, *more, says=()):
    """Makes the package and tries it by test_package/."""
    output = run.conan("create", ROOT, *options, *more,
                       "-c:a", f"tools.cmake.cmake_layout:test_folder={run.work / 'test_package'}")
    for sentence in ("mica stored a Porsche", *says):
        if sentence not in output:
            raise Failed(f"test_package did not say '{sentence}':\n{output}")


def package_ids(run):
    listed = json.loads(run(run.conan_program, "list", "mica/*:*", "--format=json", is_data=True))
    return [package for recipe in listed["Local Cache"].values() for revision in recipe["revisions"].values()
            for package in revision["packages"]]


def consume(run, options):
    folder = run.work / "consumer"
    run.conan("install", ROOT / "examples" / "consumer", *options, "-c:a",
              f"tools.cmake.cmake_layout:build_folder={folder}")
    [toolchain] = folder.rglob("conan_toolchain.cmake")
    run("cmake", "-S", ROOT / "examples" / "consumer", "-B", folder / "build", "-G", "Ninja",
        f"-DCMAKE_TOOLCHAIN_FILE={toolchain}", "-DCMAKE_BUILD_TYPE=Debug")
    run("cmake", "--build", folder / "build", "--parallel", "1")
    output = run(folder / "build" / "consumer")
    if not output.endswith("stored a Porsche\n"):
        raise Failed(f"the consumer said: {output}")


def create_with_regexp(run, platform):
    if not has_header(run, "re2/re2.h"):
        print("SKIPPED: with mica::regexp, for this system has no RE2", flush=True)
        return
    print("with mica::regexp, and the system's RE2", flush=True)
    # Its number is not known to pkg-config everywhere.
    create(run, profile(run, "regexp", [*platform, "re2/20220601"]), "-o:a", "mica/*:regexp=True",
           says=["mica matched a Porsche"])


def create_with_sqlcipher(run, packaged):
    """With sqlite3 in the same graph of packages: test_package's program of mica::mica links that."""
    try:
        source = sqlcipher_source.fetch()
    except virtual_environment.NotReached as reason:
        print(f"SKIPPED: with mica::sqlcipher, for the Python index gave no source of SQLCipher.\n{reason}", flush=True)
        return
    if not has_header(run, "openssl/evp.h"):
        print("SKIPPED: with mica::sqlcipher, for this system has no OpenSSL", flush=True)
        return
    print("with mica::sqlcipher, and SQLCipher under the name of Conan Center", flush=True)
    run.conan("create", ROOT / "tests" / "package" / "conan_center" / "sqlcipher", "--version", sqlcipher_source.VERSION,
              *packaged, "-c:a", f"user.sqlcipher:source={source}")
    create(run, packaged, "-o:a", "mica/*:sqlcipher=True",
           says=["mica encrypted a Porsche", "with a key of its own"])
    check_pkg_config_files(run, packaged)


def check_pkg_config_files(run, options):
    """Of the package with mica::sqlcipher, those that Conan writes: no file leads to both of sqlite3 and SQLCipher."""
    folder = run.work / "pkg_config"
    run.conan("install", "--requires=mica/[*]", "-o:a", "mica/*:sqlcipher=True", "--generator=PkgConfigDeps",
              f"--output-folder={folder}", *options)
    run.environment["PKG_CONFIG_PATH"] = str(folder)
    for package, library, other in (("mica", "-lsqlite3", "-lsqlcipher"), ("mica-sqlcipher", "-lsqlcipher", "-lsqlite3")):
        flags = run("pkg-config", "--cflags", "--libs", package).split()
        if library not in flags or other in flags or ("-DMICA_SQLCIPHER" in flags) != (package == "mica-sqlcipher"):
            raise Failed(f"{package}.pc, which Conan wrote, says {flags}")
    del run.environment["PKG_CONFIG_PATH"]


def rounds(run):
    run.conan("profile", "detect")
    sqlite, boost = versions(run)
    platform = [f"sqlite3/{sqlite}", f"boost/{boost}"]
    system = profile(run, "system", platform)

    print("header-only, with the system's sqlite3 and Boost", flush=True)
    create(run, system)
    consume(run, system)
    run.conan("create", ROOT, *system, "-s:a", "build_type=Release", "--test-folder=")
    if len(package_ids(run)) != 1:
        raise Failed(f"a header-only package is one for all settings, but there are {package_ids(run)}")

    create_with_regexp(run, platform)
    if len(package_ids(run)) != 1:
        raise Failed(f"what the package requires changes no file of it, but there are {package_ids(run)}")

    print("compiled", flush=True)
    create(run, system, "-o:a", "mica/*:compiled=True")
    if len(package_ids(run)) != 2:
        raise Failed(f"the compiled package is one of its own, but there are {package_ids(run)}")

    print("with the program mica", flush=True)
    run.conan("create", ROOT, *system, "-o:a", "mica/*:program=True", "--test-folder=")
    programs = list((run.work / "home").rglob("bin/mica"))
    if not programs or "usage: mica COMMAND" not in run(programs[0], "--help"):
        raise Failed(f"the program mica did not run: {programs}")

    print("settings and versions that cannot be", flush=True)
    refused = [(system + ["-s:a", "compiler.cppstd=17"], "lower than the required C++ standard (20)"),
               (system + ["-s:a", "compiler=gcc", "-s:a", "compiler.version=11"], "mica needs gcc 12 or newer"),
               (profile(run, "old", ["sqlite3/3.37.2", f"boost/{boost}"]), "sqlite3/[>=3.38 <4]")]
    for options, sentence in refused:
        output = run.conan("create", ROOT, *options, "--test-folder=", fails=True)
        if sentence not in output:
            raise Failed(f"Conan did not say '{sentence}' but:\n{output}")

    print("without mica::asio, and with the names of Conan Center", flush=True)
    packaged = profile(run, "packaged")
    for name, version in (("sqlite3", sqlite), ("boost", boost)):
        run.conan("create", ROOT / "tests" / "package" / "conan_center" / name, "--version", version, *packaged)
    create(run, packaged, "-o:a", "mica/*:asio=False")
    create_with_sqlcipher(run, packaged)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work-dir", type=Path, default=ROOT / "build" / "conan")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--may-skip", action="store_true", help=f"end with {SKIPPED} where the Python index is not there")
    options = parser.parse_args(arguments)
    try:
        tools = virtual_environment.make()
    except virtual_environment.NotReached as reason:
        print(f"SKIPPED, nothing was tested: Conan could not be installed from the Python index.\n{reason}")
        return SKIPPED if options.may_skip else 1
    work = options.work_dir.resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        rounds(Runner(work, options.compiler, tools))
    except Failed as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
