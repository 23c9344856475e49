# SPDX-License-Identifier: BSL-1.0
"""Builds and runs a program with the package that `conan create` has just made."""

import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout


class TestPackage(ConanFile):
    settings = "os", "arch", "compiler", "build_type"

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self)

    @property
    def parts(self):
        options = self.dependencies["mica"].options
        return [part for part in ("asio", "compiled", "regexp", "sqlcipher") if options.get_safe(part)]

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.user_presets_path = False  # nothing is written beside the sources
        toolchain.cache_variables["MICA_PARTS"] = ";".join(self.parts)
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        if can_run(self):
            for program in ["test_package", *(part for part in self.parts if part in ("regexp", "sqlcipher"))]:
                self.run(os.path.join(self.cpp.build.bindir, program), env="conanrun")
