# SPDX-License-Identifier: BSL-1.0
"""Shows that tools/run_benchmarks.py reports the right ratios and fails where it has to, with stand-ins for the
benchmark program and for valgrind."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOOL = Path(__file__).resolve().parents[2] / "tools" / "run_benchmarks.py"
sys.path.insert(0, str(TOOL.parent))

from run_benchmarks import GOALS  # noqa: E402

PROGRAM = """#!{python}
import json, sys
if sys.argv[1] == "--sides":
    print("\\n".join({results}))
elif sys.argv[1] == "--count":
    print({results}[sys.argv[2]])
elif sys.argv[1] == "--heap":
    print({heap}[sys.argv[2]] * int(sys.argv[3]), {results}[sys.argv[2]])
else:
    runs = [{{"run_name": "lookup/" + side, "items_per_second": 1e9 / nanoseconds}}
            for side, nanoseconds in {times}.items()]
    print(json.dumps({{"context": {{"sqlite": "3.99.0"}}, "benchmarks": runs}}))
"""

VALGRIND = """#!{python}
import subprocess, sys
profile = next(word.partition("=")[2] for word in sys.argv if word.startswith("--callgrind-out-file="))
command = sys.argv[-4:]
open(profile, "w").write("events: Ir\\nsummary: %d\\n" % ({counts}[command[2]] * int(command[3])))
sys.exit(subprocess.run(command).returncode)
"""


class RunBenchmarks(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.install()

    def install(self, times=None, counts=None, results=None, heap=None, operation="lookup"):
        """Puts the stand-ins in place; each argument says what the two sides come to."""
        self.write(f"benchmarks/benchmark_{operation}", PROGRAM, times=times or {"raw": 200, "mica": 210},
                   results=results or {"raw": 7, "mica": 7}, heap=heap or {"raw": 100, "mica": 300})
        self.write("bin/valgrind", VALGRIND, counts=counts or {"raw": 1000, "mica": 1020})

    def write(self, name, text, **values):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.format(python=sys.executable, **values), encoding="utf-8")
        path.chmod(0o755)

    def run_tool(self, *arguments, path=None):
        environment = dict(os.environ, PATH=path or f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
        done = subprocess.run([sys.executable, str(TOOL), str(self.folder), "--rounds", "3",
                               "--stored", str(self.folder / "stored.json"), *arguments],
                              capture_output=True, text=True, check=False, env=environment)
        return done.returncode, done.stdout + done.stderr

    def test_the_table_shows_both_ratios(self):
        code, output = self.run_tool()
        self.assertEqual(0, code, output)
        self.assertRegex(output, r"lookup +200 +210 +1\.05 +1000 +1020 +1\.020")
        self.assertIn("over it: none", output)

    def test_the_figures_are_written_as_json(self):
        code, output = self.run_tool("--json", str(self.folder / "figures.json"))
        self.assertEqual(0, code, output)
        report = json.loads((self.folder / "figures.json").read_text(encoding="utf-8"))
        self.assertEqual("3.99.0", report["sqlite"])
        self.assertAlmostEqual(1.02, report["operations"]["lookup"]["instruction_ratio"])
        self.assertAlmostEqual(1.05, report["operations"]["lookup"]["cpu_ratio"])

    def test_a_ratio_over_its_goal_fails_the_check_only(self):
        self.install(counts={"raw": 1000, "mica": 1051})
        code, output = self.run_tool("--check")
        self.assertEqual(1, code, output)
        self.assertIn("over it: lookup", output)
        self.assertEqual(0, self.run_tool()[0])

    def test_a_ratio_at_its_goal_passes_the_check(self):
        self.install(counts={"raw": 1000, "mica": 1050})
        self.assertEqual(0, self.run_tool("--check")[0])

    def test_a_ratio_that_is_more_than_the_stored_one_fails_the_check_below_its_goal(self):
        (self.folder / "stored.json").write_text('{"lookup": 0.98}', encoding="utf-8")
        code, output = self.run_tool("--check")
        self.assertEqual(1, code, output)
        self.assertIn("More than 3 % over the stored ratio: lookup", output)
        (self.folder / "stored.json").write_text('{"lookup": 1.0}', encoding="utf-8")
        self.assertEqual(0, self.run_tool("--check")[0])

    def test_ratios_are_stored_beside_those_of_other_operations(self):
        (self.folder / "stored.json").write_text('{"other": 1.5, "lookup": 3}', encoding="utf-8")
        self.assertEqual(0, self.run_tool("--store")[0])
        self.assertEqual({"lookup": 1.02, "other": 1.5},
                         json.loads((self.folder / "stored.json").read_text(encoding="utf-8")))

    def test_a_peer_has_a_line_of_its_own(self):
        self.install(times={"raw": 200, "mica": 210, "SOCI": 500}, counts={"raw": 1000, "mica": 1020, "SOCI": 3000},
                     results={"raw": 7, "mica": 7, "SOCI": 7})
        code, output = self.run_tool()
        self.assertEqual(0, code, output)
        self.assertRegex(output, r"SOCI +500 +2\.50 +3000 +3\.000")

    def test_a_peer_with_another_result_is_no_comparison(self):
        self.install(times={"raw": 200, "mica": 210, "SOCI": 500}, counts={"raw": 1000, "mica": 1020, "SOCI": 3000},
                     results={"raw": 7, "mica": 7, "SOCI": 8})
        code, output = self.run_tool()
        self.assertEqual(2, code, output)
        self.assertIn("raw and SOCI differ in their results, 7 and 8", output)

    def test_sides_with_different_results_are_no_comparison(self):
        self.install(results={"raw": 7, "mica": 8})
        code, output = self.run_tool()
        self.assertEqual(2, code, output)
        self.assertIn("differ in their results, 7 and 8", output)

    def test_an_operation_with_a_goal_of_its_own_is_held_to_that(self):
        most = GOALS["flush_new_objects"][1]
        self.install(counts={"raw": 1000, "mica": int(1000 * most) - 5}, operation="flush_new_objects")
        code, output = self.run_tool("--check", "flush_new_objects")
        self.assertEqual(0, code, output)
        self.assertIn(f"{most} of the instructions", output)
        self.install(counts={"raw": 1000, "mica": int(1000 * most) + 5}, operation="flush_new_objects")
        self.assertEqual(1, self.run_tool("--check", "flush_new_objects")[0])

    def test_a_goal_may_be_a_number_of_instructions(self):
        self.install(counts={"raw": 1, "mica": 100}, operation="get_tracked_object")
        self.assertEqual(0, self.run_tool("--check", "get_tracked_object")[0])
        self.install(counts={"raw": 10000, "mica": 9999}, operation="get_tracked_object")
        self.assertEqual(1, self.run_tool("--check", "get_tracked_object")[0])

    def test_memory_is_what_is_used_beyond_the_row(self):
        most = GOALS["memory_of_tracked_objects"][1]
        self.install(heap={"raw": 100, "mica": 100 + most}, operation="memory_of_tracked_objects")
        code, output = self.run_tool("--check", "memory_of_tracked_objects")
        self.assertEqual(0, code, output)
        self.assertIn(f"{100 + most} bytes for each, the row alone 100: {most} more", output)

    def test_too_much_memory_fails_the_check(self):
        self.install(heap={"raw": 100, "mica": 1000}, operation="memory_of_tracked_objects")
        code, output = self.run_tool("--check", "memory_of_tracked_objects")
        self.assertEqual(1, code, output)
        self.assertIn("over it: memory_of_tracked_objects", output)

    def test_memory_that_cannot_be_told_is_an_error(self):
        self.install(heap={"raw": 0, "mica": 0}, operation="memory_of_tracked_objects")
        code, output = self.run_tool("memory_of_tracked_objects")
        self.assertEqual(2, code, output)
        self.assertIn("cannot tell what heap it uses", output)

    def test_counting_nothing_is_an_error(self):
        self.install(counts={"raw": 0, "mica": 0})
        code, output = self.run_tool()
        self.assertEqual(2, code, output)
        self.assertIn("counted nothing", output)

    def test_the_check_refuses_to_go_without_instruction_counts(self):
        code, output = self.run_tool("--check", "--rows", "0")
        self.assertEqual(2, code, output)
        self.assertIn("--check needs instruction counts", output)

    def test_missing_valgrind_is_said(self):
        code, output = self.run_tool(path=str(self.folder))
        self.assertEqual(2, code, output)
        self.assertIn("valgrind is not installed", output)

    def test_an_unknown_operation_is_refused_with_those_there_are(self):
        code, output = self.run_tool("nothing")
        self.assertEqual(2, code, output)
        self.assertIn("no operation nothing, there are: lookup", output)


if __name__ == "__main__":
    unittest.main()
