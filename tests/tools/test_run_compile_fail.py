# SPDX-License-Identifier: BSL-1.0
"""Shows that cmake/RunCompileFail.cmake accepts right cases and refuses each wrong one: argv is cmake and a compiler."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

RUNNER = Path(__file__).resolve().parents[2] / "cmake" / "RunCompileFail.cmake"
CMAKE, COMPILER = sys.argv.pop(1), sys.argv.pop(1)

NO_WAY = 'static_assert(false, "mica: no way");'


def case(fault, sentence="mica: no way", name="it", twin=""):
    """One case of a file: its sentence, its fault, and the accepted twin."""
    return f"// error: {sentence}\n#ifdef FAULT_{name}\n{fault}\n#elif !defined FAULT\n{twin}\n#endif\n"


class RunCompileFail(unittest.TestCase):
    def run_file(self, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "case.cpp")
            source.write_text(text, encoding="utf-8")
            done = subprocess.run([CMAKE, f"-DCOMPILER={COMPILER}", f"-DSOURCE={source}", *options, "-P", str(RUNNER)],
                                  capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def assert_accepted(self, text, *options):
        code, output = self.run_file(text, *options)
        self.assertEqual(0, code, output)

    def assert_refused(self, reason, text, *options):
        code, output = self.run_file(text, *options)
        self.assertNotEqual(0, code, output)
        self.assertIn(reason, output)


class Faults(RunCompileFail):
    def assert_accepted(self, text, fault="it"):
        super().assert_accepted(text, f"-DFAULT={fault}")

    def assert_refused(self, reason, text, fault="it"):
        super().assert_refused(reason, text, f"-DFAULT={fault}")

    def test_the_expected_sentence_first_is_accepted(self):
        self.assert_accepted(case(NO_WAY))

    def test_the_sentence_is_a_regular_expression(self):
        self.assert_accepted(case(NO_WAY, sentence="mica: [a-z]+ way"))

    def test_a_sentence_from_a_function_template_is_seen(self):
        template = 'template <class T> void need() { static_assert(sizeof(T) > 4, "mica: no way"); }\n'
        self.assert_accepted(template + case("void use() { need<char>(); }"))

    def test_each_fault_is_compiled_alone_and_has_its_own_sentence(self):
        text = case(NO_WAY) + case('static_assert(false, "mica: nor this");', "mica: nor this", "other", twin="int 1;")
        self.assert_accepted(text)
        self.assert_accepted(text, "other")

    def test_a_case_whose_fault_and_twin_share_lines_is_selected_by_its_name(self):
        self.assert_accepted("// error: mica: no way\n#if defined FAULT_it || !defined FAULT\n"
                             f"int shared;\n#ifdef FAULT\n{NO_WAY}\n#endif\n#endif\n")

    def test_a_fault_that_does_not_exist_is_refused(self):
        self.assert_refused("no fault called that", case(NO_WAY), "that")
        self.assert_refused("no fault called i", case(NO_WAY), "i")

    def test_a_fault_that_compiles_is_refused(self):
        self.assert_refused("the fault compiles", case("int fine = 0;"))

    def test_another_sentence_is_refused(self):
        self.assert_refused("not the expected one", case('static_assert(false, "mica: something else");'))

    def test_the_sentence_of_another_fault_is_refused(self):
        self.assert_refused("not the expected one", case(NO_WAY) + case(NO_WAY, "mica: another", "other"), "other")

    def test_the_sentence_as_the_second_error_is_refused(self):
        self.assert_refused("not the expected one", case(f'int n = "text";\n{NO_WAY}'))

    def test_the_sentence_in_a_comment_only_is_refused(self):
        self.assert_refused("not the expected one", case("int n = unknown;  // mica: no way elsewhere"))

    def test_too_many_lines_are_refused(self):
        more = [f"int n{i} = unknown;" for i in range(10)]
        self.assert_accepted(case("\n".join([NO_WAY] + more[:3])))
        self.assert_refused("lines of output", case("\n".join([NO_WAY] + more)))

    def test_a_second_sentence_is_refused(self):
        self.assert_refused("2 sentences", case(f'{NO_WAY}\nstatic_assert(false, "mica: nor this way");'))


class Twins(RunCompileFail):
    def test_twins_that_compile_are_accepted(self):
        self.assert_accepted(case(NO_WAY) + case(NO_WAY, name="other", twin="int n;"))

    def test_a_twin_that_does_not_compile_is_refused(self):
        self.assert_refused("accepted twins do not compile", case(NO_WAY) + case(NO_WAY, name="other", twin="int 1;"))

    def test_a_fault_that_is_not_excluded_is_refused(self):
        self.assert_refused("accepted twins do not compile", case(NO_WAY) + NO_WAY)

    def test_a_precompiled_header_is_used(self):
        with tempfile.TemporaryDirectory() as folder:
            header = Path(folder, "known.hpp")
            header.write_text("#pragma once\nnamespace known { inline int value = 0; }\n", encoding="utf-8")
            precompiled = Path(folder, "precompiled.hpp")
            subprocess.run([CMAKE, f"-DCOMPILER={COMPILER}", f"-DHEADER={header}", f"-DPRECOMPILED={precompiled}",
                            "-P", str(RUNNER)], check=True)
            text = case(NO_WAY, twin="int read() { return known::value; }")
            self.assert_refused("accepted twins do not compile", text)
            self.assert_accepted(text, f"-DPRECOMPILED={precompiled}")

    def test_a_precompiled_header_is_not_used_for_a_file_that_includes_a_narrower_one(self):
        with tempfile.TemporaryDirectory() as folder:
            narrow = Path(folder, "mica", "narrow.hpp")
            narrow.parent.mkdir()
            narrow.write_text("#pragma once\n", encoding="utf-8")
            text = "#include <mica/narrow.hpp>\n" + case(NO_WAY)
            self.assert_accepted(text, f"-DINCLUDES={folder}", f"-DPRECOMPILED={folder}/that_is_not_there.hpp")


class Form(RunCompileFail):
    def assert_refused(self, text):
        super().assert_refused("each fault is named once", text)

    def test_a_file_without_faults_is_refused(self):
        self.assert_refused("int n;\n")

    def test_a_sentence_without_a_fault_is_refused(self):
        self.assert_refused(case(NO_WAY) + "// error: mica: alone\n")

    def test_a_fault_without_a_sentence_is_refused(self):
        self.assert_refused(case(NO_WAY) + "#ifdef FAULT_other\n#endif\n")

    def test_two_faults_of_one_name_are_refused(self):
        self.assert_refused(case(NO_WAY) + case(NO_WAY, "mica: another"))

    def test_a_sentence_away_from_its_fault_is_refused(self):
        self.assert_refused(case(NO_WAY).replace("#ifdef", "int between;\n#ifdef"))


if __name__ == "__main__":
    unittest.main()
