#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Requests per second and latencies of examples/http_service beside the same service over sqlite3 by hand, on the loopback
interface. run.py <folder of the build> [--requests 4000] [--rounds 3] [--connections 16 64]

Each request is answered by both with the same JSON, or this ends with an error. Each figure is the best of the rounds, which
other work on the machine disturbs least; the CPU time is that of the service alone. A minute at most for each measurement.
"""

import argparse
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

LOADS = {
    "page of 20, filtered, of 347 albums": ("GET", "-", [f"/albums?artist=1{n}&page=1" for n in range(10)]),
    "album with its artist and tracks": ("GET", "-", [f"/albums/{1 + n * 37 % 347}" for n in range(347)]),
    "new album": ("POST", '{"title": "New one #", "artist_id": 7}', ["/albums"]),
    "changed album": ("PATCH", '{"title": "Title #"}', [f"/albums/{1 + n * 37 % 347}" for n in range(347)]),
}
SERVICES = {"mica": lambda programs, file: [programs / "http_service", f"sqlite:///{file}", "0"],
            "sqlite3, 4 threads": lambda programs, file: [programs / "http_raw_service", file, "0", "4"],
            "sqlite3 in the server's thread": lambda programs, file: [programs / "http_raw_service", file, "0", "0"]}


class Service:
    """A service on a database as large as Chinook."""

    def __init__(self, command, file):
        self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rsplit(" ", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=60)

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, method, target, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, target, None if body == "-" else body)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def fill(programs, file):
    with Service(SERVICES["mica"](programs, file), file):
        pass  # makes the tables
    with sqlite3.connect(file) as database:
        database.executemany("INSERT INTO Artist VALUES (?, ?)", [(n, f"Artist {n}") for n in range(1, 276)])
        database.executemany("INSERT INTO Album VALUES (?, ?, ?)", [(n, f"Title {n * 7919 % 347}", 1 + n % 275) for n in range(1, 348)])
        database.executemany("INSERT INTO Track VALUES (?, ?, ?, 1, ?, 0.99)",
                             [(n, f"Track {n}", 1 + n % 347, 200000 + n) for n in range(1, 3504)])
    database.close()


def measure(programs, command, load, requests, connections, folder):
    method, body, targets = load
    file = Path(folder) / "load.db"
    for each in Path(folder).iterdir():
        each.unlink()
    fill(programs, file)
    with Service(command(programs, file), file) as service:
        answers = [service.ask(method, target, body) for target in targets[:3]]
        before = service.cpu_seconds()
        out = subprocess.run([programs / "http_load", str(service.port), method, str(requests), str(connections), body, *targets],
                             capture_output=True, text=True, timeout=120, check=True).stdout.split()
        cpu = service.cpu_seconds() - before
    count = int(out[0])
    if count != requests:
        sys.exit(f"{count} of {requests} requests were answered in a minute")
    return answers, {"rate": count / float(out[1]), "median": float(out[2]), "p99": float(out[3]), "cpu": cpu / count * 1e6}


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--requests", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, nargs="*", default=[16, 64])
    options = parser.parse_args(arguments)
    names = ["http_service", "http_raw_service", "http_load"]
    folder_of = {path.name: path.parent for name in names for path in options.build.rglob(name) if os.access(path, os.X_OK) and path.is_file()}
    if missing := [name for name in names if name not in folder_of]:
        sys.exit(f"not built in {options.build}: {', '.join(missing)}")
    programs = type("Programs", (), {"__truediv__": lambda _, name: folder_of[name] / name})()
    print("| requests | connections | service | requests/s | median | p99 | CPU a request |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for title, load in LOADS.items():
            for connections in options.connections:
                found = {name: [] for name in SERVICES}
                for _ in range(options.rounds):  # in turns, so that what else the machine does meets all
                    expected = None
                    for name, command in SERVICES.items():
                        answers, figures = measure(programs, command, load, options.requests, connections, folder)
                        if expected is not None and answers != expected:
                            sys.exit(f"{name} answers otherwise:\n{answers}\n{expected}")
                        expected = answers
                        found[name].append(figures)
                for name, rounds in found.items():
                    best = {key: min(each[key] for each in rounds) for key in rounds[0]}
                    rate = max(each["rate"] for each in rounds)
                    print(f"| {title} | {connections} | {name} | {rate:.0f} | {best['median'] / 1000:.1f} ms | "
                          f"{best['p99'] / 1000:.1f} ms | {best['cpu']:.0f} us |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
