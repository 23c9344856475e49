# SPDX-License-Identifier: BSL-1.0
"""Shows that cmake/RunCompileFail.cmake accepts a right case and refuses each wrong one: argv is cmake and a compiler."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

RUNNER = Path(__file__).resolve().parents[2] / "cmake" / "RunCompileFail.cmake"
CMAKE, COMPILER = sys.argv.pop(1), sys.argv.pop(1)


class RunCompileFail(unittest.TestCase):
    def run_case(self, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "case.cpp")
            source.write_text(text, encoding="utf-8")
            done = subprocess.run([CMAKE, f"-DCOMPILER={COMPILER}", f"-DSOURCE={source}", *options, "-P", str(RUNNER)],
                                  capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def assert_accepted(self, text, *options):
        code, output = self.run_case(text, *options)
        self.assertEqual(0, code, output)

    def assert_refused(self, reason, text, *options):
        code, output = self.run_case(text, *options)
        self.assertNotEqual(0, code, output)
        self.assertIn(reason, output)

    def guarded(self, faulty, sentence="mica: no way", before=""):
        return f"// error: {sentence}\n{before}\n#ifdef MICA_COMPILE_FAIL\n{faulty}\n#endif\nint main() {{}}\n"

    def test_the_expected_sentence_first_is_accepted(self):
        self.assert_accepted(self.guarded('static_assert(false, "mica: no way");'))

    def test_the_sentence_is_a_regular_expression(self):
        self.assert_accepted(self.guarded('static_assert(false, "mica: no way");', sentence="mica: [a-z]+ way"))

    def test_a_sentence_from_a_function_template_is_seen(self):
        template = 'template <class T> void need() { static_assert(sizeof(T) > 4, "mica: no way"); }'
        self.assert_accepted(self.guarded("void use() { need<char>(); }", before=template))

    def test_a_fault_that_compiles_is_refused(self):
        self.assert_refused("compiles with MICA_COMPILE_FAIL", self.guarded("int fine = 0;"))

    def test_an_accepted_twin_that_does_not_compile_is_refused(self):
        self.assert_refused("accepted twin does not compile",
                            self.guarded('static_assert(false, "mica: no way");', before="int 1;"))

    def test_another_sentence_is_refused(self):
        self.assert_refused("not the expected one", self.guarded('static_assert(false, "mica: something else");'))

    def test_the_sentence_as_the_second_error_is_refused(self):
        self.assert_refused("not the expected one",
                            self.guarded('int n = "text";\nstatic_assert(false, "mica: no way");'))

    def test_the_sentence_in_a_comment_only_is_refused(self):
        self.assert_refused("not the expected one", self.guarded("int n = unknown;  // mica: no way elsewhere"),
                            "-DMAX_LINES=100")

    def test_too_many_lines_are_refused(self):
        many = "\n".join(f"int n{i} = unknown;" for i in range(10))
        text = self.guarded('static_assert(false, "mica: no way");\n' + many)
        self.assert_refused("lines of output", text)
        self.assert_accepted(text, "-DMAX_LINES=200")

    def test_a_second_sentence_is_refused(self):
        self.assert_refused("2 sentences", self.guarded(
            'static_assert(false, "mica: no way");\nstatic_assert(false, "mica: nor this way");'))

    def test_a_precompiled_header_is_used(self):
        with tempfile.TemporaryDirectory() as folder:
            header = Path(folder, "known.hpp")
            header.write_text("#pragma once\nnamespace known { inline int value = 0; }\n", encoding="utf-8")
            precompiled = Path(folder, "precompiled.hpp")
            subprocess.run([CMAKE, f"-DCOMPILER={COMPILER}", f"-DHEADER={header}", f"-DPRECOMPILED={precompiled}",
                            "-P", str(RUNNER)], check=True)
            text = self.guarded('static_assert(false, "mica: no way");', before="int read() { return known::value; }")
            self.assert_refused("accepted twin does not compile", text)
            self.assert_accepted(text, f"-DPRECOMPILED={precompiled}")

    def test_a_case_without_exactly_one_sentence_is_refused(self):
        self.assert_refused("has 0 comments", "int main() {}\n")
        self.assert_refused("has 2 comments", "// error: one\n// error: two\nint main() {}\n")


if __name__ == "__main__":
    unittest.main()
