#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Each test shows a snippet that a page should not show, and expects to be told."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import check_snippets  # noqa: E402

SOURCE = 'void f() {\n    try {\n        use("}");  // )\n    } catch (...) {\n    }\n    use(1);\n}\n'


def flaw_of(block, shown=()):
    return check_snippets.flaw_of(block, [check_snippets.normalized(SOURCE)],
                                  [check_snippets.normalized(text) for text in shown])


class CheckSnippets(unittest.TestCase):
    def test_what_is_compiled_is_right_whatever_its_indentation(self):
        self.assertIsNone(flaw_of('try {\n  use("}");  // )\n} catch (...) {\n}\n'))

    def test_what_is_not_compiled_is_told(self):
        self.assertIn("in no compiled file", flaw_of("use(2);\n"))

    def test_the_rest_of_a_statement_is_told(self):
        self.assertIn("within a statement", flaw_of('use("}");  // )\n} catch (...) {\n}\n'))

    def test_what_the_page_has_shown_is_told(self):
        self.assertIn("already", flaw_of("use(1);\n", ["use(1);\n"]))


if __name__ == "__main__":
    unittest.main()
