#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tests of benchmarks/compile_time/compile_cost.py."""

import json
import sys
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "compile_time"
sys.path.insert(0, str(FOLDER))

import compile_cost  # noqa: E402  (its folder is known only now)


class CompileCost(unittest.TestCase):
    def test_a_program_has_as_many_tables_and_queries_as_it_is_asked_for(self):
        source = compile_cost.program(3, 12)
        self.assertEqual(source.count("struct Table"), 3)
        self.assertEqual(sum(line.startswith(("    use(", "    connection.execute")) for line in source.splitlines()), 12)

    def test_every_statement_of_a_program_is_another_type(self):
        queries = [line for line in compile_cost.program(10, 100).splitlines() if line.startswith("    use(")]
        self.assertGreater(len(set(queries)), 60)

    def test_a_program_is_measured_both_ways(self):
        programs = compile_cost.programs()
        self.assertEqual(programs["sports car"], programs["sports car, compiled"])
        self.assertNotIn("-DMICA_SEPARATE_COMPILATION", compile_cost.flags_of("sports car"))
        self.assertIn("-DMICA_SEPARATE_COMPILATION", compile_cost.flags_of("sports car, compiled"))

    def test_memory_over_its_limit_is_said(self):
        figures = {"g++": {"include": (0.5, 101.0, 1.0)}}
        self.assertEqual(compile_cost.check(figures, {"g++": {"include": 100}}),
                         ["g++, include: 101 MB, the limit is 100 MB"])

    def test_memory_at_its_limit_passes(self):
        self.assertEqual(compile_cost.check({"g++": {"include": (9.9, 100.0, 1.0)}}, {"g++": {"include": 100}}), [])

    def test_a_compiler_that_is_not_there_has_no_figures(self):
        self.assertEqual(compile_cost.check({}, {"g++": {"include": 100}}), [])

    def test_every_limit_is_that_of_a_program(self):
        limits = json.loads((FOLDER / "limits.json").read_text(encoding="utf-8"))
        for compiler, programs in limits.items():
            with self.subTest(compiler):
                self.assertEqual(set(programs), set(compile_cost.programs()))


if __name__ == "__main__":
    unittest.main()
