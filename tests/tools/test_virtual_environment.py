#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tests of tools/virtual_environment.py, without the Python index."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import virtual_environment  # noqa: E402  (its folder is known only now)


class VirtualEnvironment(unittest.TestCase):
    def test_what_cannot_be_installed_is_said_and_tried_again_the_next_time(self):
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work) / "build" / "venv"
            requirements = Path(work) / "requirements.txt"
            requirements.write_text(f"{work}/no_such_thing.whl\n", encoding="utf-8")
            with self.assertRaisesRegex(virtual_environment.NotReached, "no_such_thing"):
                virtual_environment.make(folder, requirements)

            requirements.write_text("# nothing\n", encoding="utf-8")
            self.assertEqual(virtual_environment.make(folder, requirements), folder)
            python = folder / "bin" / "python3"
            self.assertTrue(python.is_file())

            mark = folder / "is_kept"
            mark.touch()
            virtual_environment.make(folder, requirements)
            self.assertTrue(mark.exists(), "made anew though nothing else is required")


if __name__ == "__main__":
    unittest.main()
