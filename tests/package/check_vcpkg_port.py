#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What can be checked of packaging/vcpkg/ports/mica without vcpkg: its manifest, and what its portfile installs.

vcpkg's own checks of an installed port are repeated here: a copyright, nothing in debug/ that is not a library, no empty
folder, no path of the build in a text.
"""

import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT = ROOT / "packaging" / "vcpkg" / "ports" / "mica"
CMAKE, COMPILER = "cmake", "g++"

# In the order in which `vcpkg format-manifest` writes them.
FIELDS = ["name", "version", "port-version", "maintainers", "description", "homepage", "documentation", "license",
          "supports", "dependencies", "default-features", "features"]
IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def install(folder, features=""):
    done = subprocess.run(
        [CMAKE, f"-DPORT_DIR={PORT}", f"-DCURRENT_PACKAGES_DIR={folder / 'packages'}", f"-DBUILD_DIR={folder / 'build'}",
         f"-DCOMPILER={COMPILER}", f"-DFEATURES={features}", "-P", ROOT / "tests" / "package" / "vcpkg" / "stand_ins.cmake"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return folder / "packages"


class Manifest(unittest.TestCase):
    def setUp(self):
        self.text = (PORT / "vcpkg.json").read_text(encoding="utf-8")
        self.manifest = json.loads(self.text)

    def test_it_is_written_as_vcpkg_formats_it(self):
        self.assertEqual(self.text, json.dumps(self.manifest, indent=2, ensure_ascii=False) + "\n")
        self.assertEqual(list(self.manifest), [field for field in FIELDS if field in self.manifest])

    def test_names_are_identifiers_and_dependencies_are_sorted(self):
        dependencies = [item if isinstance(item, str) else item["name"] for item in self.manifest["dependencies"]]
        self.assertEqual(dependencies, sorted(dependencies))
        for name in [self.manifest["name"], *dependencies, *self.manifest["features"]]:
            self.assertTrue(IDENTIFIER.fullmatch(name), name)
        for item in self.manifest["dependencies"]:
            if isinstance(item, dict):
                self.assertLessEqual(set(item), {"name", "version>=", "host", "features", "platform"})

    def test_version_and_licence_are_the_project_s(self):
        version = re.search(r"project\(mica VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))
        self.assertEqual(self.manifest["version"], version.group(1))
        self.assertEqual(self.manifest["license"], "BSL-1.0")
        self.assertTrue((ROOT / "LICENSE").read_text(encoding="utf-8").startswith("Boost Software License"))

    def test_every_feature_is_one_of_the_portfile_s_or_brings_the_library_of_a_target(self):
        portfile = (PORT / "portfile.cmake").read_text(encoding="utf-8")
        libraries = {"regexp": "re2", "sqlcipher": "sqlcipher"}
        for feature, described in self.manifest["features"].items():
            if feature in libraries:
                dependencies = [item if isinstance(item, str) else item["name"] for item in described["dependencies"]]
                self.assertEqual(dependencies, [libraries[feature]])
                self.assertTrue((ROOT / "cmake" / f"mica-{feature}.pc.in").is_file())
            else:
                self.assertRegex(portfile, rf"\n +{feature} +MICA_\w+\n")


class Installed(unittest.TestCase):
    def check_installed(self, packages, folder):
        self.assertTrue((packages / "share" / "mica" / "copyright").is_file())
        self.assertTrue((packages / "share" / "mica" / "usage").is_file())
        self.assertTrue((packages / "share" / "mica" / "micaConfig.cmake").is_file())
        self.assertTrue((packages / "include" / "mica" / "mica.hpp").is_file())
        for path in packages.rglob("*"):
            if path.is_dir():
                self.assertTrue(any(path.iterdir()), f"{path} is empty")
            elif path.suffix != ".a" and path.parts[-3:-1] != ("tools", "mica"):
                self.assertNotIn(str(folder), path.read_text(encoding="utf-8"), path)
        self.assertEqual({path.name for path in packages.iterdir()} - {"include", "lib", "share", "debug", "tools"}, set())

    def test_header_only(self):
        with tempfile.TemporaryDirectory() as work:
            packages = install(Path(work))
            self.check_installed(packages, Path(work))
            self.assertFalse((packages / "debug").exists())
            self.assertEqual(list(packages.rglob("*.a")), [])
            self.assertEqual([path.name for path in packages.rglob("*.pc")], ["mica.pc"])

    def test_pkg_config_files_of_features(self):
        with tempfile.TemporaryDirectory() as work:
            packages = install(Path(work), "regexp;sqlcipher")
            self.check_installed(packages, Path(work))
            self.assertEqual({path.name for path in packages.rglob("*.pc")},
                             {"mica.pc", "mica-regexp.pc", "mica-sqlcipher.pc"})

    def test_program(self):
        with tempfile.TemporaryDirectory() as work:
            packages = install(Path(work), "program")
            self.check_installed(packages, Path(work))
            told = subprocess.run([packages / "tools" / "mica" / "mica", "--help"], capture_output=True, text=True)
            self.assertTrue(told.stdout.startswith("usage: mica COMMAND"), told)
            self.assertEqual(list(packages.rglob("*.a")), [])

    def test_compiled(self):
        with tempfile.TemporaryDirectory() as work:
            packages = install(Path(work), "compiled")
            self.check_installed(packages, Path(work))
            self.assertEqual({path.name for path in (packages / "debug").iterdir()}, {"lib"})
            libraries = {path.relative_to(packages).as_posix() for path in packages.rglob("*.a")}
            self.assertEqual(libraries, {folder + name for folder in ("lib/", "debug/lib/")
                                         for name in ("libmica.a", "libmica_json.a")})


if __name__ == "__main__":
    CMAKE, COMPILER = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
