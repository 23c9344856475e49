# SPDX-License-Identifier: BSL-1.0
"""This system's Boost under the name and with the CMake names that Conan Center's recipe gives it."""

from conan import ConanFile


class Boost(ConanFile):
    name = "boost"
    package_type = "header-library"
    options = {"header_only": [True]}
    default_options = {"header_only": True}

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.set_property("cmake_find_mode", "both")
        self.cpp_info.set_property("cmake_file_name", "Boost")
        self.cpp_info.includedirs = self.cpp_info.bindirs = self.cpp_info.libdirs = []
        headers = self.cpp_info.components["headers"]
        headers.set_property("cmake_target_name", "Boost::headers")
        headers.includedirs = headers.bindirs = headers.libdirs = []
