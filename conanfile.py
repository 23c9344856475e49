# SPDX-License-Identifier: BSL-1.0
"""The Conan 2 recipe of mica. `./dev conan` tries it."""

import re
from pathlib import Path

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy
from conan.tools.scm import Version

required_conan_version = ">=2.4"

# What an option of the package's is to CMake, whether it is on by itself, and what it brings.
PARTS = {
    "asio": ("MICA_BUILD_ASIO", True, "Bring mica::asio, coroutines on Boost.Asio, which need threads"),
    "compiled": ("MICA_BUILD_COMPILED", False, "Bring mica::compiled, built, what depends on no struct and no query"),
    "program": ("MICA_BUILD_PROGRAM", False, "Bring the program mica: structs, differences and plans of databases"),
}

# The oldest versions that mica is tested with.
OLDEST_COMPILERS = {"gcc": "12", "clang": "19"}


class Mica(ConanFile):
    name = "mica"
    description = "A header-only C++20 object-relational mapper over sqlite3, checked and rendered at compile time"
    license = "BSL-1.0"
    topics = ("orm", "sqlite", "sqlite3", "database", "sql", "header-only")

    settings = "os", "arch", "compiler", "build_type"
    options = {part: [True, False] for part in PARTS}
    default_options = {part: is_on for part, (_, is_on, _) in PARTS.items()} | {"boost/*:header_only": True}
    options_description = {part: text for part, (_, _, text) in PARTS.items()}

    exports_sources = "CMakeLists.txt", "cmake/*", "include/*", "programs/*", "src/*", "LICENSE"
    no_copy_source = True

    def set_version(self):
        cmake = (Path(self.recipe_folder) / "CMakeLists.txt").read_text(encoding="utf-8")
        self.version = self.version or re.search(r"project\(mica VERSION ([0-9.]+)", cmake).group(1)

    def configure(self):
        self.package_type = "static-library" if self.options.compiled else "header-library"

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("sqlite3/[>=3.38 <4]", transitive_headers=True, transitive_libs=True)
        self.requires("boost/[>=1.81 <2]", transitive_headers=True)

    def package_id(self):
        if not self.info.options.compiled and not self.info.options.program:  # headers are the same for all
            self.info.settings.clear()
            self.info.requires.clear()

    def validate(self):
        check_min_cppstd(self, 20)
        compiler = str(self.settings.compiler)
        if compiler not in OLDEST_COMPILERS:
            raise ConanInvalidConfiguration(f"mica needs {' or '.join(OLDEST_COMPILERS)}, not {compiler}")
        if Version(self.settings.compiler.version) < OLDEST_COMPILERS[compiler]:
            raise ConanInvalidConfiguration(f"mica needs {compiler} {OLDEST_COMPILERS[compiler]} or newer")

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        for part in ("TESTS", "EXAMPLES", "BENCHMARKS"):
            toolchain.cache_variables[f"MICA_BUILD_{part}"] = False
        for part, (variable, _, _) in PARTS.items():
            toolchain.cache_variables[variable] = bool(self.options.get_safe(part))
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, Path(self.package_folder) / "licenses")
        CMake(self).install()

    def package_info(self):
        # The installed micaConfig.cmake is the same for all who find mica, and names what it needs by itself.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [str(Path("lib") / "cmake" / "mica")]
        self.cpp_info.set_property("pkg_config_name", "mica")
        self.cpp_info.bindirs = ["bin"] if self.options.program else []
        if self.options.compiled:
            self.cpp_info.libs = ["mica"]
            self.cpp_info.defines = ["MICA_SEPARATE_COMPILATION"]
        else:
            self.cpp_info.libdirs = []
