#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Starts the service on an empty database and asks it with curl, 64 requests at a time. test_service.py <service> <curl>"""

import json
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SERVICE, CURL = sys.argv[1:3]


class Service(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.file = Path(self.directory.name) / "chinook.db"
        self.start()
        with sqlite3.connect(self.file, timeout=30) as database:
            database.executemany("INSERT INTO Artist VALUES (?, ?)", [(1, "AC/DC"), (2, "Accept")])
            database.executemany("INSERT INTO Album VALUES (?, ?, ?)",
                                 [(1, "Rock", 1), (2, "Balls", 2), (3, "Restless", 2)])
            database.executemany("INSERT INTO Track VALUES (?, ?, ?, 1, 1000, 0.99)",
                                 [(number, f"Track {number}", 1 + number % 3) for number in range(1, 1001)])

    def start(self):
        self.service = subprocess.Popen([SERVICE, f"sqlite:///{self.file}", "0"], stdout=subprocess.PIPE, text=True)
        self.port = int(self.service.stdout.readline().rsplit(" ", 1)[1])

    def tearDown(self):
        self.service.kill()
        self.service.communicate()
        self.directory.cleanup()

    def ask(self, path, method="GET", body=None):
        """The status, and the text of the answer."""
        command = [CURL, "-sS", "-X", method, "-w", "\n%{http_code}", f"http://127.0.0.1:{self.port}{path}"]
        if body is not None:
            command += ["--data-binary", body if isinstance(body, str) else json.dumps(body)]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
        text, status = answer.rsplit("\n", 1)
        return int(status), text

    def ask_json(self, *arguments, **options):
        status, text = self.ask(*arguments, **options)
        return status, json.loads(text)

    def test_lists_pages_with_filters(self):
        status, page = self.ask_json("/albums?size=2&page=2")
        self.assertEqual((status, page["total"], [album["title"] for album in page["albums"]]), (200, 3, ["Rock"]))
        status, page = self.ask_json("/albums?artist=Acc&title=Rest")
        self.assertEqual([album["id"] for album in page["albums"]], [3])
        self.assertEqual(self.ask_json("/albums?title=%27%25")[1]["total"], 0)

    def test_shows_an_album_with_its_relations(self):
        status, album = self.ask_json("/albums/1")
        self.assertEqual((status, album["artist"], len(album["tracks"])), (200, "AC/DC", 333))
        self.assertEqual(self.ask("/albums/99")[0], 404)
        self.assertEqual(self.ask("/elsewhere")[0], 404)

    def test_creates_and_changes_albums(self):
        status, album = self.ask_json("/albums", "POST", {"title": "Powerage", "artist_id": 1})
        self.assertEqual((status, album["id"]), (201, 4))
        status, album = self.ask_json("/albums/4", "PATCH", {"title": "Powerage II"})
        self.assertEqual((status, album), (200, {"id": 4, "title": "Powerage II", "artist_id": 1}))
        self.assertEqual(self.ask_json("/albums/4")[1]["title"], "Powerage II")

    def test_says_what_is_wrong_field_by_field(self):
        status, answer = self.ask_json("/albums", "POST", {"title": "", "artist_id": "one"})
        self.assertEqual((status, sorted(answer["errors"])), (422, ["artist_id", "title"]))
        self.assertEqual(self.ask_json("/albums", "POST", "{")[1]["errors"], {"body": "is no JSON object"})
        status, answer = self.ask_json("/albums", "POST", {"title": "A", "artist_id": 99})
        self.assertEqual((status, answer), (422, {"error": "there is no such artist"}))
        self.assertEqual(self.ask_json("/albums/1", "PATCH", {"artist_id": 99})[0], 422)
        self.assertEqual(self.ask_json("/albums")[1]["total"], 3)

    def test_exports_all_tracks(self):
        status, text = self.ask("/tracks.ndjson")
        tracks = [json.loads(line) for line in text.splitlines()]
        self.assertEqual((status, [track["id"] for track in tracks]), (200, list(range(1, 1001))))

    def test_answers_64_at_a_time(self):
        def one(number):
            if number % 4 == 0:
                return self.ask_json("/albums", "POST", {"title": f"Album {number}", "artist_id": 1})[0] == 201
            if number % 4 == 1:
                return len(self.ask("/tracks.ndjson")[1].splitlines()) == 1000
            return self.ask(f"/albums/{1 + number % 3}")[0] == 200

        with ThreadPoolExecutor(64) as pool:
            self.assertTrue(all(pool.map(one, range(128))))
        self.assertEqual(self.ask_json("/albums")[1]["total"], 3 + 32)

    def test_ends_cleanly_when_it_is_told_to(self):
        with ThreadPoolExecutor(8) as pool:
            running = [pool.submit(self.ask, "/tracks.ndjson") for _ in range(8)]
            for each in running:
                self.assertEqual(each.result()[0], 200)
        self.service.send_signal(signal.SIGTERM)
        output, _ = self.service.communicate(timeout=30)
        self.assertEqual((self.service.returncode, output.strip()), (0, "stopped"))
        self.start()
        self.assertEqual(self.ask_json("/albums")[1]["total"], 3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
