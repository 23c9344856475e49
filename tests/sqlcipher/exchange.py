# SPDX-License-Identifier: BSL-1.0
"""Files that SQLCipher's Python package has written are read by mica, and the other way round. exchange.py <exchange>

Run by the Python that has the package; run.py says so where there is none.
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from urllib.parse import quote

from sqlcipher3 import dbapi2

EXCHANGE = sys.argv[1]
PARAMETERS = [{}, {"cipher_page_size": 8192}, {"kdf_iter": 64000}, {"cipher_compatibility": 3}, {"cipher_use_hmac": 0},
              {"cipher_compatibility": 3, "cipher_page_size": 4096, "kdf_iter": 10000}]
PASSPHRASES = ["p@ss", "it's \"quoted\" %41;", "ähnlich €", "x" * 5000]
RAW_KEYS = ["17" * 32, "0123456789abcdef" * 6]


class Exchange(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.file = Path(self.directory.name) / "notes.db"

    def tearDown(self):
        self.directory.cleanup()

    def url(self, passphrase="", parameters=()):
        query = "&".join(f"{key}={value}" for key, value in dict(parameters).items())
        if not passphrase:
            return f"sqlite:///{self.file}"
        return f"sqlite+sqlcipher://:{quote(passphrase, safe='')}@/{self.file}" + (f"?{query}" if query else "")

    def mica(self, verb, *arguments):
        done = subprocess.run([EXCHANGE, verb, *arguments], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [tuple(line.split("|", 1)) for line in done.stdout.splitlines()]

    def open(self, key, parameters=()):
        connection = dbapi2.connect(str(self.file), isolation_level=None)
        connection.execute("PRAGMA key = '" + key.replace("'", "''") + "'")
        for name, value in dict(parameters).items():
            connection.execute(f"PRAGMA {name} = {value}")
        return connection

    def write(self, connection, wal):
        if wal:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE Note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        connection.executemany("INSERT INTO Note (text) VALUES (?)", [(f"python {'y' * 50}",)] * 300)
        connection.close()

    def read(self, connection):
        rows = [(str(number), text) for number, text in connection.execute("SELECT id, text FROM Note ORDER BY id")]
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        problems = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        self.assertIn(problems, ([], [("HMAC is not enabled, unable to integrity check",)]))
        connection.close()
        return rows

    def exchange(self, key, parameters, url, *more):
        """What one has written the other reads, changes, and the first reads again."""
        self.write(self.open(key, parameters), wal=len(more) % 2 == 0)
        self.assertEqual({text for _, text in self.mica("read", url, *more)}, {f"python {'y' * 50}"})
        self.assertEqual(len(self.mica("write", url, *more)), 600)
        self.assertEqual(len(self.read(self.open(key, parameters))), 600)
        for each in self.file.parent.iterdir():
            each.unlink()
        written = self.mica("write", url, *more)
        self.assertEqual(self.read(self.open(key, parameters)), written)
        self.assertEqual(len(written), 300)

    def test_passphrases(self):
        for passphrase in PASSPHRASES:
            with self.subTest(passphrase=passphrase[:20]):
                self.exchange(passphrase, {}, self.url(passphrase))
                self.file.unlink()

    def test_parameters(self):
        for parameters in PARAMETERS:
            with self.subTest(parameters=parameters):
                self.exchange("p@ss", parameters, self.url("p@ss", parameters))
                self.file.unlink()

    def test_raw_keys(self):
        for key in RAW_KEYS:
            with self.subTest(key=key):
                self.exchange(f"x'{key}'", {}, self.url(), key)
                self.file.unlink()

    def test_a_wrong_key_is_refused_both_ways(self):
        self.write(self.open("p@ss"), wal=True)
        done = subprocess.run([EXCHANGE, "read", self.url("other")], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("the key or its parameters are wrong", done.stderr)
        with self.assertRaises(dbapi2.DatabaseError):
            self.open("other").execute("SELECT * FROM Note")


if __name__ == "__main__":
    print(f"SQLCipher {dbapi2.connect(':memory:').execute('PRAGMA cipher_version').fetchone()[0]}, "
          f"SQLite {dbapi2.sqlite_version}", file=sys.stderr)
    unittest.main(argv=sys.argv[:1])
