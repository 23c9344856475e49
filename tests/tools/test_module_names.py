#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""modules/mica.cppm exports every name that the documentation and the examples say `mica::` before."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Targets of CMake, the namespaces, which are named with what is in them, and what an include of its own brings.
NO_NAMES = {"mica", "compiled", "module", "asio", "sqlcipher", "sqlite", "dialect", "operators", "reflect", "detail",
            "decimal", "json", "UuidText"}
# <mica/asio.hpp> and <mica/regexp.hpp> are included where they are wanted.
OF_OTHER_INCLUDES = re.compile("Async|resume_by|regexp")


def used_names():
    files = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.cpp")]
    texts = {file: file.read_text(encoding="utf-8") for file in files if file.name != "architecture.md"}
    return {name: file for file, text in texts.items() for name in re.findall(r"\bmica::([A-Za-z_]\w*)", text)}


class ModuleNames(unittest.TestCase):
    def test_every_name_that_users_are_shown_is_exported(self):
        exported = set(re.findall(r"using mica::(\w+);", (ROOT / "modules" / "mica.cppm").read_text(encoding="utf-8")))
        missing = {name: file.relative_to(ROOT).as_posix() for name, file in used_names().items()
                   if name not in exported | NO_NAMES and not OF_OTHER_INCLUDES.match(name)}
        self.assertEqual(missing, {}, "write `using mica::<name>;` into modules/mica.cppm")
        self.assertGreater(len(exported), 100)


if __name__ == "__main__":
    unittest.main()
