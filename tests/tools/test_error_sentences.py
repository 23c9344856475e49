# SPDX-License-Identifier: BSL-1.0
"""Every sentence that the library refuses a program with has a heading in docs/errors.md and a case in compile_fail."""

import functools
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Said of a compiler or an SQLite that does not fit: no program that these can build shows them.
ABOUT_THE_TOOLS = ("mica: this compiler spells", "mica: needs the header of SQLite")


def sentences_in(text):
    """The messages of all static_assert in a C++ text that begin with "mica: ", their parts put together."""
    found = set()
    for begin in re.finditer(r"\bstatic_assert\s*\(", text):
        depth, message = 1, ""
        for token in re.finditer(r'"((?:[^"\\]|\\.)*)"|\S', text[begin.end():]):
            depth += {"(": 1, ")": -1}.get(token[0], 0)
            if depth == 0:
                break
            message = message + token[1] if token[1] is not None else ""
        message = message.replace('\\"', '"')
        if message.startswith("mica: "):
            found.add(message)
    return found


def headings_in(text):
    """The headings of a Markdown text that are a sentence, each between backticks."""
    return set(re.findall(r"^### `(mica: .+)`$", text, re.MULTILINE))


def regexes_in(text):
    """What the cases of a file in compile_fail expect of mica; a few expect a compiler's own words, as of nodiscard."""
    return re.findall(r"^// error: (mica: .+)$", text, re.MULTILINE)


@functools.cache
def sentences():
    return set().union(*(sentences_in(path.read_text(encoding="utf-8")) for path in ROOT.glob("include/**/*.hpp")))


@functools.cache
def regexes():
    return {regex for path in ROOT.glob("tests/compile_fail/**/*.cpp")
            for regex in regexes_in(path.read_text(encoding="utf-8"))}


class Reading(unittest.TestCase):
    def test_a_sentence_is_put_together_from_its_lines(self):
        text = 'static_assert(f(1) && (a != b),\n    "mica: one "\n    "and two");\nuse("mica: no sentence");'
        self.assertEqual({"mica: one and two"}, sentences_in(text))

    def test_a_text_in_the_condition_is_no_part_of_it(self):
        self.assertEqual({"mica: one"}, sentences_in('static_assert(x == "a" && y(")") == "b", "mica: one");'))

    def test_a_check_without_a_sentence_is_none(self):
        self.assertEqual(set(), sentences_in('static_assert(x);\nstatic_assert(g("mica"), "other");'))

    def test_a_heading_is_the_whole_line_between_backticks(self):
        self.assertEqual({"mica: one"}, headings_in("## `mica: title`\n### `mica: one`\ntext `mica: two`\n"))

    def test_each_case_names_its_sentence_of_mica(self):
        text = "// SPDX\n// error: mica: f\\(\\) takes\nint x;\n// error: mica: two\n// error: nodiscard\n"
        self.assertEqual([r"mica: f\(\) takes", "mica: two"], regexes_in(text))


class Sentences(unittest.TestCase):
    maxDiff = None

    def test_there_are_some(self):
        self.assertGreater(len(sentences()), 30)

    def test_each_has_a_heading_and_each_heading_is_one(self):
        headings = headings_in((ROOT / "docs" / "errors.md").read_text(encoding="utf-8"))
        self.assertEqual([], sorted(sentences() - headings), "without a heading in docs/errors.md")
        self.assertEqual([], sorted(headings - sentences()), "headings of docs/errors.md that nothing says")

    def test_each_has_a_case_that_provokes_it(self):
        cases = regexes()
        unprovoked = [sentence for sentence in sentences()
                      if not sentence.startswith(ABOUT_THE_TOOLS) and not any(re.search(c, sentence) for c in cases)]
        self.assertEqual([], sorted(unprovoked), "without a case in tests/compile_fail")

    def test_each_case_means_exactly_one(self):
        for case in regexes():
            with self.subTest(case=case):
                self.assertEqual(1, sum(bool(re.search(case, sentence)) for sentence in sentences()))


if __name__ == "__main__":
    unittest.main()
