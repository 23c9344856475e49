#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Shows that cmake/run_compile_fail.py judges the faults of a file as if each were compiled alone: argv is cmake and a compiler."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "cmake"
CMAKE, COMPILER = sys.argv.pop(1), sys.argv.pop(1)

NO_WAY = 'static_assert(false, "mica: no way");'
NEED = 'template <class T> void need() { static_assert(sizeof(T) > 4, "mica: no way"); }\n'


def case(name, fault, sentence="mica: no way"):
    return f"// error: {sentence}\n#ifdef FAULT_{name}\n{fault}\n#elif !defined FAULT\n#endif\n"


class CompileFailFile(unittest.TestCase):
    def run_file(self, text):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "case.cpp")
            source.write_text(text, encoding="utf-8")
            done = subprocess.run(
                [sys.executable, "-B", FOLDER / "run_compile_fail.py", CMAKE, f"-DCOMPILER={COMPILER}", "-DINCLUDES=",
                 f"-DSOURCE={source}", "-P", FOLDER / "RunCompileFail.cmake"], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def assert_said(self, code, said, text):
        status, output = self.run_file(text)
        self.assertEqual(status, code, output)
        self.assertIn(said, output)

    def test_right_faults_are_compiled_together(self):
        self.assert_said(0, "2 faults, 0 of them compiled alone; 0 failed",
                         NEED + case("one", NO_WAY) + case("two", "void use() { need<char>(); }"))

    def test_a_fault_that_compiles_is_refused(self):
        self.assert_said(1, "the fault compiles", case("one", NO_WAY) + case("two", "int i;"))

    def test_another_sentence_is_refused(self):
        self.assert_said(1, "the first error is not the expected one", case("one", NO_WAY) + case("two", NO_WAY, "mica: nor"))

    def test_a_second_error_is_refused_where_it_is_a_sentence(self):
        self.assert_said(1, "2 sentences where one says it all", case("one", NO_WAY + "\n" + NO_WAY) + case("two", NO_WAY))

    def test_a_sentence_that_another_fault_has_called_forth_already_is_found_alone(self):
        self.assert_said(0, "2 faults, 1 of them compiled alone; 0 failed",
                         NEED + case("one", "void use() { need<char>(); }") + case("two", "void again() { need<char>(); }"))

    def test_an_error_in_a_shared_place_is_no_fault_s_own(self):
        shared = "#if defined FAULT_one\nint i = \"\";\n#endif\n"
        self.assert_said(1, "the first error is not the expected one", shared + case("one", NO_WAY) + case("two", NO_WAY))

    def test_twins_that_do_not_compile_are_refused(self):
        self.assert_said(1, "the accepted twins do not compile", "#ifndef FAULT\nint i = \"\";\n#endif\n" + case("one", NO_WAY))


if __name__ == "__main__":
    unittest.main()
