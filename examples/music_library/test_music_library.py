#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Uses the program as its user would, on a file of its own and, where it is at hand, on a copy of the Chinook sample
database. test_music_library.py <program> <chinook.sqlite>"""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM, CHINOOK = sys.argv[1], Path(sys.argv[2])
TRACKS = Path(__file__).parent / "data" / "tracks.csv"


class MusicLibrary(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        self.file = self.directory / "music.db"

    def ask(self, *arguments, status=0):
        """What the program writes; of one that fails, to standard error."""
        answer = subprocess.run([PROGRAM, str(self.file), *map(str, arguments)], capture_output=True, text=True,
                                encoding="utf-8", timeout=60, check=False)
        self.assertEqual(answer.returncode, status, answer.stderr)
        self.progress = answer.stderr
        return answer.stdout if status == 0 else answer.stderr

    def rows(self, sql):
        with sqlite3.connect(self.file) as database:
            return database.execute(sql).fetchall()

    def test_imports_once_and_updates_after_that(self):
        self.assertEqual(self.ask("import", TRACKS), "17 tracks added, 0 updated\n")
        self.assertIn("17 records", self.progress)
        self.assertEqual(self.ask("import", TRACKS), "0 tracks added, 17 updated\n")
        self.assertEqual(self.rows("SELECT count(*) FROM Artist UNION ALL SELECT count(*) FROM Album"), [(5,), (6,)])
        self.assertEqual(self.rows("SELECT Name, Composer FROM Track WHERE Name LIKE '%Easy%' OR Name = 'Shenandoah'"),
                         [('The "Easy Winners"', "Scott Joplin"), ("Shenandoah", None)])

    def test_imports_all_of_a_file_or_nothing(self):
        broken = self.directory / "broken.csv"
        broken.write_text(TRACKS.read_text(encoding="utf-8") + "A,B,C,D,E,soon,0.99\n", encoding="utf-8")
        self.assertIn("record 19 is not artist, album", self.ask("import", broken, status=1))
        self.assertEqual(self.rows("SELECT count(*) FROM Artist"), [(0,)])

    def test_searches_by_what_is_given_in_pages(self):
        self.ask("import", TRACKS)
        self.assertTrue(self.ask("search", "size=3", "page=2").endswith("17 tracks, page 2 of 6\n"))
        found = self.ask("search", "genre=Classical", "longer=500", "text=l")
        self.assertEqual([line.split()[0] for line in found.splitlines()[:-1]], ["10", "11", "13"])
        self.assertIn("Suite No. 1, Prélude (Cello Suites, Classical, 2:30)", self.ask("search", "text=Prélude"))
        self.assertEqual(self.ask("search", "text=100%"), "nothing on page 1\n")
        self.assertIn("music_library <file> search", self.ask("search", "year=1900", status=2))

    def test_keeps_playlists(self):
        self.ask("import", TRACKS)
        self.ask("playlist", "Sunday", "add", 1, 2, 17)
        self.ask("playlist", "Sunday", "remove", 2)
        self.assertEqual(self.ask("playlist", "Sunday"),
                         "1  Johann Sebastian Bach: Aria\n17  Traditional: Shenandoah\n")
        self.assertIn("there is no track 99", self.ask("playlist", "Sunday", "add", 3, 99, status=1))
        self.assertEqual(self.ask("playlists"), "Sunday: 2 tracks\n")
        self.assertIn("there is no playlist Monday", self.ask("playlist", "Monday", status=1))

    def test_reports_genres_and_albums(self):
        self.ask("import", TRACKS)
        lines = self.ask("report").splitlines()
        self.assertEqual(lines[1].split(), ["9", "tracks", "53", "min", "64.4", "%", "Classical"])
        self.assertEqual(len([line for line in lines if "Johann Sebastian Bach" in line]), 1)

    def test_makes_a_copy_that_is_whole(self):
        self.ask("import", TRACKS)
        self.ask("backup", self.directory / "copy.db")
        self.assertIn("[" + 40 * "#" + "]", self.progress)
        self.file = self.directory / "copy.db"
        self.assertEqual(self.rows("SELECT count(*) FROM Track"), [(17,)])

    @unittest.skipUnless(CHINOOK.exists(), "the Chinook sample database is not here")
    def test_works_on_the_chinook_database(self):
        shutil.copyfile(CHINOOK, self.file)
        self.assertTrue(self.ask("search", "artist=AC/DC").endswith("18 tracks, page 1 of 2\n"))
        self.assertIn("1297 tracks", self.ask("report"))
        self.assertIn("Nirvana: Smells Like Teen Spirit", self.ask("playlist", "Grunge"))
        self.assertEqual(self.ask("import", TRACKS), "17 tracks added, 0 updated\n")
        self.assertEqual(self.rows("SELECT count(*) FROM Track"), [(3520,)])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
