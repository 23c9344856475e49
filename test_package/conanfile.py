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

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.user_presets_path = False  # nothing is written beside the sources
        compiled = self.dependencies["mica"].options.compiled
        toolchain.cache_variables["MICA_HAS_ASIO"] = bool(self.dependencies["mica"].options.asio)
        toolchain.cache_variables["MICA_TARGET"] = "mica::compiled" if compiled else "mica::mica"
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        if can_run(self):
            self.run(os.path.join(self.cpp.build.bindir, "test_package"), env="conanrun")
