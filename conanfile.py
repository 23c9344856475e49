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

# What an option of the package's has it require, to bring a target that links this; each is off by itself.
LIBRARIES = {
    "regexp": ("re2/[>=20220601]", "Bring mica::regexp, REGEXP on RE2"),
    "sqlcipher": ("sqlcipher/[>=4.5 <5]", "Bring mica::sqlcipher, encrypted files, to link in place of mica::mica"),
}

# The oldest versions that mica is tested with.
OLDEST_COMPILERS = {"gcc": "12", "clang": "19"}


class Mica(ConanFile):
    name = "mica"
    description = "A header-only C++20 object-relational mapper over sqlite3, checked and rendered at compile time"
    license = "BSL-1.0"
    topics = ("orm", "sqlite", "sqlite3", "database", "sql", "header-only")

    settings = "os", "arch", "compiler", "build_type"
    options = {name: [True, False] for name in PARTS | LIBRARIES}
    default_options = ({part: is_on for part, (_, is_on, _) in PARTS.items()} | dict.fromkeys(LIBRARIES, False)
                       | {"boost/*:header_only": True})
    options_description = {name: text for name, (*_, text) in (PARTS | LIBRARIES).items()}

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
        for name, (requirement, _) in LIBRARIES.items():
            if self.options.get_safe(name):
                self.requires(requirement, transitive_headers=True, transitive_libs=True)

    def package_id(self):
        for name, (requirement, _) in LIBRARIES.items():  # no file of the package differs by them
            self.info.options.rm_safe(name)
            required = requirement.partition("/")[0]
            if required in self.info.requires.pkg_names:
                self.info.requires.remove(required)
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
        # The installed micaConfig.cmake is the same for all who find mica, and names what it needs by itself. For others
        # there are components, so that no program links both of sqlite3 and SQLCipher.
        self.cpp_info.set_property("cmake_find_mode", "none")
        core = self._component("mica", ["sqlite3::sqlite3", "boost::headers"])
        core.builddirs = [str(Path("lib") / "cmake" / "mica")]
        core.bindirs = ["bin"] if self.options.program else []
        if self.options.compiled:
            core.libs = ["mica"]
            core.libdirs = ["lib"]
            core.defines = ["MICA_SEPARATE_COMPILATION"]
        if self.options.regexp:
            self._component("regexp", ["mica", "re2::re2"])
        if self.options.sqlcipher:
            self._component("sqlcipher", ["sqlcipher::sqlcipher", "boost::headers"]).defines = ["MICA_SQLCIPHER"]

    def _component(self, name, requires):
        component = self.cpp_info.components[name]
        component.set_property("pkg_config_name", "mica" if name == "mica" else f"mica-{name}")
        component.requires = requires
        component.bindirs = component.libdirs = []
        return component
