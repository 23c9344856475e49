#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Each test puts one spelling where it does not belong and expects to be told."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import check_spelling  # noqa: E402


def found(line):
    return [instead for _, _, instead in check_spelling.find_spellings(line + "\n")]


class CheckSpelling(unittest.TestCase):
    def test_the_repository_has_none(self):
        self.assertEqual(check_spelling.check(ROOT), [])

    def test_every_known_spelling_is_found(self):
        for text in ("FROM mica_values(", ".rowid = ", "?1", "= ?", " STRICT", " WITHOUT ROWID", " AUTOINCREMENT",
                     "CAST(a AS TEXT)", " IS NOT DISTINCT FROM ", " || ", " GLOB ", " LIKE ", "last_insert_rowid()",
                     "hex(randomblob(16))", "sqlite_schema", "LIMIT -1", " WHERE true", " THEN 0 ELSE ",
                     " DEFAULT VALUES", "PRAGMA foreign_keys", "SAVEPOINT s", r'SELECT \"id\"'):
            self.assertEqual(len(found(f'writer.text("{text}");')), 1, text)

    def test_it_says_what_to_use(self):
        self.assertEqual(found('writer.text("mica_values(");'), ["SqlWriter::list_source()"])

    def test_comments_and_sentences_are_for_people(self):
        self.assertEqual(found('/// `"a" IN (SELECT value FROM mica_values(?1))`'), [])
        self.assertEqual(found('throw_misuse("a STRICT table");'), [])
        self.assertEqual(found('"mica: STRICT is not all",'), [])

    def test_standard_sql_is_no_spelling(self):
        for text in ("SELECT ", " IS NOT ", " CROSS JOIN ", "count", ", ", " IN ("):
            self.assertEqual(found(f'writer.text("{text}");'), [], text)

    def test_it_names_file_and_line(self):
        with tempfile.TemporaryDirectory() as folder:
            header = Path(folder) / "include" / "mica" / "query" / "x.hpp"
            header.parent.mkdir(parents=True)
            header.write_text('// first\nvoid f() { put("?1"); }\n', encoding="utf-8")
            self.assertEqual(check_spelling.check(folder), [
                'include/mica/query/x.hpp:2: "?1" is how one database spells it: use SqlWriter::parameter()'])


if __name__ == "__main__":
    unittest.main()
