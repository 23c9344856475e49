#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tests of tools/build_docs.py, tools/api_reference.py and tools/performance_page.py, without MkDocs and Doxygen."""

import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import api_reference  # noqa: E402  (its folder is known only now)
import build_docs  # noqa: E402
import performance_page  # noqa: E402


class Links(unittest.TestCase):
    def setUp(self):
        self.pages = build_docs.Pages()

    def target(self, link, file="docs/queries.md"):
        return self.pages.target(link, ROOT / file)

    def test_a_page_of_the_guide_is_beside_the_others(self):
        self.assertEqual("errors.md#structs", self.target("docs/errors.md#structs", "README.md"))
        self.assertEqual("errors.md", self.target("errors.md"))

    def test_the_readme_is_the_first_page(self):
        self.assertEqual("index.md", self.target("../README.md"))

    def test_a_source_becomes_a_page(self):
        self.assertEqual("source/examples/01_first_table.cpp.md", self.target("../examples/01_first_table.cpp"))
        self.assertEqual({ROOT / "examples" / "01_first_table.cpp"}, self.pages.sources)

    def test_links_to_the_web_and_within_a_page_stay(self):
        self.assertEqual("https://www.sqlite.org/lang.html", self.target("https://www.sqlite.org/lang.html"))
        self.assertEqual("#below", self.target("#below"))

    def test_a_link_to_nothing_is_an_error(self):
        with self.assertRaisesRegex(build_docs.Broken, "docs/queries.md links to nothing.md"):
            self.target("nothing.md")

    def test_code_has_no_links(self):
        found = [code[0] for code in build_docs.CODE.finditer("a [b](c.md) `[](int x)`\n\n```cpp\n[](nothing)\n```\n")]
        self.assertEqual(["`[](int x)`", "```cpp\n[](nothing)\n```"], found)

    def test_a_block_is_moved_to_the_left(self):
        self.assertEqual("```cpp\nif (a)\n    b();\n```", build_docs.without_indent("```cpp\n    if (a)\n        b();\n```"))


class Privacy(unittest.TestCase):
    def test_what_is_loaded_from_elsewhere_is_found(self):
        self.assertIsNotNone(build_docs.LOADED.search('<script async src="https://example.com/x.js"></script>'))
        self.assertIsNotNone(build_docs.LOADED.search('<link rel="stylesheet" href="//example.com/x.css">'))

    def test_links_that_a_reader_follows_are_no_loading(self):
        self.assertIsNone(build_docs.LOADED.search('<a href="https://example.com">x</a><script src="x.js"></script>'))


class Reference(unittest.TestCase):
    def test_prose_has_no_commands_outside_of_backticks(self):
        self.assertEqual("/// rename_table\\<\\>() of `Schema<A>` \\@ 5\nint a<b>;\n",
                         api_reference.with_plain_docs("/// rename_table<>() of `Schema<A>` @ 5\nint a<b>;\n"))

    def test_code_may_go_on_in_the_next_line(self):
        self.assertEqual("/// `a <\n/// b>` \\<\n", api_reference.with_plain_docs("/// `a <\n/// b>` <\n"))

    def test_what_is_thrown_stands_in_a_paragraph_of_its_own(self):
        member = ET.fromstring("<memberdef><detaileddescription><para>Reads. Throws an error. Cost: much."
                               "</para></detaileddescription></memberdef>")
        self.assertEqual("Reads. \n\n**Throws** an error. \n\n**Cost:** much.", api_reference.documentation(member))

    def test_types_of_the_library_alone_are_not_shown(self):
        self.assertEqual("constexpr auto", api_reference.shown_type(ET.fromstring("<type>constexpr mica::detail::X</type>")))

    def test_the_names_are_those_of_the_module(self):
        names = [name for _, names in api_reference.public_names() for name in names]
        self.assertIn("Engine", names)
        self.assertIn("dialect::sqlite", names)
        self.assertNotIn("operators::operator+", names)
        self.assertEqual(len(names), len(set(names)))


class Performance(unittest.TestCase):
    operations = {"full_read": {"instruction_ratio": 1.02, "SOCI_instruction_ratio": 2.5},
                  "flush": {"instruction_ratio": 1.2}, "memory": {"extra_bytes": 5}}

    def test_the_sides_of_an_operation_stand_in_one_row(self):
        self.assertEqual([("full read", {"mica": 1.02, "SOCI": 2.5}), ("flush", {"mica": 1.2})],
                         performance_page.ratio_rows(self.operations, "instruction_ratio"))

    def test_a_chart_is_an_svg_with_a_bar_for_each_value(self):
        svg = ET.fromstring(performance_page.chart("t", [("read", {"mica": 1.0, "SOCI": 2.0})], reference=1))
        bars = svg.findall("{http://www.w3.org/2000/svg}rect")
        self.assertEqual(2, len(bars))
        self.assertAlmostEqual(2, float(bars[1].get("width")) / float(bars[0].get("width")), places=2)

    def test_lines_are_drawn_over_powers_of_ten_below_their_limit(self):
        svg = ET.fromstring(performance_page.line_chart("t", {"read": [(1000, 1.0), (10000, 1.2)],
                                                              "get": [(1000, 1.0), (10000, 1.2)]}, 1.5, "goal"))
        lines = [element for element in svg.iter() if element.tag.endswith("polyline")]
        self.assertEqual(2, len(lines))
        texts = [element for element in svg.iter() if element.tag.endswith("text")]
        self.assertIn("10,000 rows", [text.text for text in texts])
        places = [text.get("y") for text in texts if text.text in ("read", "get")]
        self.assertNotEqual(*places)

    def test_growth_is_told_in_relation_to_the_least(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(performance_page, "CHARTS", Path(folder)):
            text = performance_page.growth_text({"full_read": [(1000, 150, 100), (10000, 160, 130)]})
            self.assertTrue((Path(folder) / "growth.svg").is_file())
        self.assertIn("| full read | 100 / 150 | 130 / 160 |", text)

    def test_a_table_has_empty_cells_where_there_is_no_figure(self):
        self.assertEqual("| a | b |\n|---|---:|\n| x |  |", performance_page.table(("a", "b"), [("x", "")]))


if __name__ == "__main__":
    unittest.main()
