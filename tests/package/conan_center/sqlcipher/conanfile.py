# SPDX-License-Identifier: BSL-1.0
"""SQLCipher, built of its amalgamation, under the name and with what Conan Center's recipe gives those who link it.

The folder with sqlite3.c and sqlite3.h is in the configuration: -c user.sqlcipher:source=<folder>
"""

from pathlib import Path

from conan import ConanFile
from conan.tools.files import copy

DEFINES = ["SQLITE_HAS_CODEC", "SQLITE_TEMP_STORE=2"]
DEFINES_OF_ITS_OWN = ["SQLITE_EXTRA_INIT=sqlcipher_extra_init", "SQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown",
                      "SQLITE_THREADSAFE=1"]


class Sqlcipher(ConanFile):
    name = "sqlcipher"
    package_type = "static-library"
    settings = "os", "arch", "compiler", "build_type"

    @property
    def source_of_it(self):
        return Path(self.conf.get("user.sqlcipher:source", check_type=str))

    def build(self):
        defines = " ".join(f"-D{define}" for define in DEFINES + DEFINES_OF_ITS_OWN)
        self.run(f"cc -w {defines} -c '{self.source_of_it / 'sqlite3.c'}' -o sqlite3.o && ar rcs libsqlcipher.a sqlite3.o")

    def package(self):
        copy(self, "sqlite3.h", self.source_of_it, Path(self.package_folder) / "include" / "sqlcipher")
        copy(self, "libsqlcipher.a", self.build_folder, Path(self.package_folder) / "lib")

    def package_info(self):
        self.cpp_info.set_property("pkg_config_name", "sqlcipher")
        self.cpp_info.libs = ["sqlcipher"]
        self.cpp_info.system_libs = ["crypto", "pthread", "dl", "m"]
        self.cpp_info.defines = DEFINES
        self.cpp_info.includedirs.append(str(Path("include") / "sqlcipher"))
