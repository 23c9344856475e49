# SPDX-License-Identifier: BSL-1.0
"""This system's sqlite3 under the name and with the CMake names that Conan Center's recipe gives it."""

from conan import ConanFile


class Sqlite3(ConanFile):
    name = "sqlite3"
    package_type = "shared-library"
    settings = "os", "arch", "compiler", "build_type"

    def package_info(self):
        self.cpp_info.set_property("cmake_find_mode", "both")
        self.cpp_info.set_property("cmake_file_name", "SQLite3")
        self.cpp_info.set_property("cmake_target_name", "SQLite::SQLite3")
        self.cpp_info.set_property("pkg_config_name", "sqlite3")
        self.cpp_info.includedirs = self.cpp_info.bindirs = self.cpp_info.libdirs = []
        self.cpp_info.system_libs = ["sqlite3"]
