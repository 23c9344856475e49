#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The folders of include/mica are layers, and includes go downwards only; so do the folders within a layer.

Prints every violation as `file:line: reason` and ends with 1 if there is any. Also checks what else holds for each
header: third-party includes at their home only, no costly standard header, the length limit, the licence line, and
its place in cmake/MicaHeaders.cmake. A header's bodies are in `impl/<its name>.ipp` beside it, under the same rules:
it and src.hpp include them, and nobody else. docs/architecture.md says why.
"""

import re
import sys
from pathlib import Path

# A layer may include itself and these. Siblings never include each other.
MAY_INCLUDE = {
    "core": set(),
    "codec": {"core"},
    "reflect": {"core"},
    "dialect": {"core"},
    "sqlite": {"dialect", "codec", "core"},
    "migration": {"dialect", "core"},
    "schema": {"dialect", "reflect", "codec", "core"},
    "query": {"schema", "dialect", "reflect", "codec", "core"},
    "engine": {"migration", "query", "schema", "dialect", "reflect", "codec", "core"},
    "session": {"engine", "migration", "query", "schema", "dialect", "reflect", "codec", "core"},
    "async": {"session", "engine", "migration", "query", "schema", "dialect", "reflect", "codec", "core"},
}

# Layers that are divided into folders: what each folder may include of its own layer, besides itself. Siblings never
# include each other here either. BESIDE stands for the headers in the layer's own folder.
BESIDE = None
FOLDERS = {
    "query": {
        "expression": set(),
        "function": {"expression"},
        "statement": {"expression"},
        "select": {"function", "statement", "expression"},
        "derived": {"select", "function", "statement", "expression"},
        "write": {"select", "function", "statement", "expression"},
        "by_key": {"select", "function", "statement", "expression"},
        "dynamic": {"select", "function", "statement", "expression"},
    },
    "session": {
        "object": set(),
        "flush": {"object"},
        "relation": {"flush", "object"},
        "core": {"relation", "flush", "object"},
        BESIDE: {"core", "relation", "flush", "object"},
    },
}

# Only who uses it includes it: no part of mica.hpp, and free to use what is costly.
OPTIONAL_LAYER = "async"
EVERYWHERE = set(MAY_INCLUDE) - {OPTIONAL_LAYER}

# Headers beside the layers, and the layers each may include.
ROOT_HEADERS = {
    "asio.hpp": {OPTIONAL_LAYER},
    "backend_bodies.hpp": {"session"},
    "decimal.hpp": {"codec"},
    "json.hpp": {"query", "schema"},
    "mica.hpp": EVERYWHERE,
    "model.hpp": {"core", "codec", "schema", "query", "session"},
    "query.hpp": set(MAY_INCLUDE) - {"session"},
    "session.hpp": set(MAY_INCLUDE),
    "regexp.hpp": {"engine"},
    "sqlite.hpp": {"engine", "sqlite"},
    "src.hpp": EVERYWHERE,
    "uuid.hpp": {"codec"},
    "fwd.hpp": {"core", "schema"},
    "version.hpp": set(),
    "wide.hpp": {"reflect"},
}

# Those that bring a backend: no layer may include them, or engine/ would depend on it after all.
FOR_USERS = {"mica/asio.hpp", "mica/backend_bodies.hpp", "mica/mica.hpp", "mica/sqlite.hpp", "mica/src.hpp", "mica/model.hpp",
             "mica/query.hpp", "mica/session.hpp"}

# The one include, and those for a part of it: each part is in it as a whole.
ALL_IN_ONE = "mica/mica.hpp"
PARTS = ("mica/model.hpp", "mica/query.hpp", "mica/session.hpp")

# Holds all bodies, for the one translation unit that compiles them.
ALL_BODIES = "mica/src.hpp"
# Those of them that are templates of the backend, for translation units with another one than the library's.
BACKEND_BODIES = "mica/backend_bodies.hpp"

# Third-party headers by pattern, and the layers that are their home.
HOMES = [
    (re.compile(r"boost/pfr/tuple_size\.hpp"), {"reflect"}),
    (re.compile(r"boost/hana/.+\.hpp"), {"reflect", "schema", "query"}),
    (re.compile(r"boost/json/.+\.hpp"), {"schema"}),
    (re.compile(r"boost/uuid/uuid\.hpp"), {"codec"}),
    (re.compile(r"sqlite3\.h"), {"sqlite"}),
    (re.compile(r"boost/(asio|system)/.+\.hpp"), {"async"}),
    (re.compile(r"re2/re2\.h"), {"engine"}),
    (re.compile(r"pthread\.h"), {"core", "engine"}),
    (re.compile(r"(fcntl|unistd|sys/stat)\.h"), {"sqlite"}),
    (re.compile(r"(bits|__chrono|__iterator)/.+\.h"), {"core"}),
]

# What each of these adds to every user's compile time is measured; none is worth it in a library header.
COSTLY_STANDARD_HEADERS = {
    "algorithm", "atomic", "chrono", "condition_variable", "filesystem", "format", "functional", "iostream", "iterator",
    "memory", "mutex", "ranges", "regex", "semaphore", "sstream", "unordered_map",
}

# Exceptions, with their reason beside them: {"mica/layer/header.hpp": {"memory"}}.
COSTLY_HEADERS_ALLOWED: dict[str, set[str]] = {
    # Where a standard library is not known to have the part of it that is wanted in a header of its own.
    "mica/core/duration.hpp": {"chrono"},
    "mica/core/iterator.hpp": {"iterator"},
}

# What is called by another name in a library header, for what the compiler asks of each type.
COSTLY_CALL = re.compile(r"\bstd::(swap|exchange)\(")

LINE_LIMIT = 400
# The faces that a user reads, with their bodies below the class: not to be split by length.
FACE_LIMIT = 500
FACES = {"mica/query/select/select.hpp", "mica/engine/connection.hpp", "mica/session/session.hpp"}
LICENCE = "SPDX-License-Identifier: BSL-1.0"
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
STANDARD_HEADER = re.compile(r"[a-z0-9_]+")
LICENSED_FOLDERS = ("include", "src", "tests", "benchmarks", "examples", "cmake", "tools", "test_package",
                    "modules", "packaging", "programs")
LICENSED_NAMES = re.compile(r".*\.(hpp|ipp|cpp|cppm|cmake|cmake\.in|py)|CMakeLists\.txt")


def without_comments(text):
    """The text with its comments blanked out and its lines where they were."""
    return COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)


def owner_of(file):
    """The header `x.hpp` of the bodies `impl/x.ipp`; a header itself."""
    return re.sub(r"impl/([^/]+)\.ipp$", r"\1.hpp", file)


def layer_of(header):
    """The layer of `mica/<layer>/x.hpp`; None for a header beside the layers."""
    parts = owner_of(header).split("/")
    return parts[1] if len(parts) > 2 else None


def folder_of(header):
    """The folder of `mica/<layer>/<folder>/x.hpp`; None for a header that stands in no folder of its layer."""
    parts = owner_of(header).split("/")
    return parts[2] if len(parts) > 3 else None


class Checker:
    def __init__(self, root):
        self.root = Path(root)
        self.violations = []
        self.graph = {}  # header -> [(included mica header, line)]

    def report(self, path, line, reason):
        self.violations.append(f"{path}:{line}: {reason}")

    def run(self):
        include = self.root / "include"
        headers = sorted(path.relative_to(include).as_posix() for path in include.rglob("*.[hi]pp"))
        if not headers:
            self.report("include", 1, "no header found")
        for header in headers:
            self.check_header(header)
        self.check_bodies()
        self.check_parts()
        self.check_cycles()
        self.check_header_list([f"include/{header}" for header in headers])
        self.check_licences()
        return self.violations

    def check_header(self, header):
        text = (self.root / "include" / header).read_text(encoding="utf-8")
        path = f"include/{header}"
        lines = text.splitlines()
        limit = FACE_LIMIT if header in FACES else LINE_LIMIT
        if len(lines) > limit:
            self.report(path, limit + 1, f"{len(lines)} lines, the limit is {limit}: split it by idea")
        if "#pragma once" not in lines:
            self.report(path, 1, "no #pragma once")
        layer = layer_of(header)
        if header.endswith(".ipp") and owner_of(header) == header:
            self.report(path, 1, "bodies are in impl/<name>.ipp beside their header")
            return
        if owner_of(header).count("/") > 3 or (layer or "core") not in MAY_INCLUDE:
            self.report(path, 1, "in no layer: a header is mica/<layer>/<name>.hpp")
            return
        folders = FOLDERS.get(layer, {})
        if (folder := folder_of(header)) not in (folders or {None}):
            names = sorted(filter(None, folders))
            wanted = f"one of {', '.join(names)}" if folders else "no folder"
            self.report(path, 1, f"{folder or 'it'} is not a folder of {layer}: its headers stand in {wanted}")
            return
        if layer is None and header.split("/")[-1] not in ROOT_HEADERS:
            self.report(path, 1, f"only {', '.join(sorted(ROOT_HEADERS))} stand beside the layers")
            return
        self.graph[header] = []
        for number, line in enumerate(without_comments(text).splitlines(), start=1):
            if match := INCLUDE.match(line):
                self.check_include(header, path, number, *match.groups())
            elif layer != OPTIONAL_LAYER and (match := COSTLY_CALL.search(line)):
                self.report(path, number, f"std::{match[1]} costs every user 0.1 MB a type: mica::detail::{match[1]} does not")

    def check_include(self, header, path, number, opening, included):
        layer = layer_of(header)
        if opening == '"':
            self.report(path, number, f'"{included}": write includes in full, as <mica/layer/name.hpp>')
        elif included.startswith("mica/"):
            self.graph[header].append((included, number))
            self.check_direction(header, path, number, included)
        elif STANDARD_HEADER.fullmatch(included):
            if layer != OPTIONAL_LAYER and included in COSTLY_STANDARD_HEADERS - COSTLY_HEADERS_ALLOWED.get(header, set()):
                self.report(path, number, f"<{included}> costs every user compile time and is not allowed here")
        else:
            home = next((layers for pattern, layers in HOMES if pattern.fullmatch(included)), None)
            if home is None:
                self.report(path, number, f"<{included}> has no home in mica")
            elif layer not in home:
                self.report(path, number, f"<{included}> belongs in {' or '.join(sorted(home))} only")

    def check_direction(self, header, path, number, included):
        layer, target = layer_of(header), layer_of(included)
        if not (self.root / "include" / included).is_file():
            self.report(path, number, f"<{included}> does not exist")
        elif included.endswith(".ipp") and header not in (owner_of(included), ALL_BODIES, BACKEND_BODIES):
            self.report(path, number, f"<{included}> is included by its own header and {ALL_BODIES} only")
        elif target is None:
            if included in FOR_USERS and header not in FOR_USERS:
                self.report(path, number, f"<{included}> is for users: include what is used")
        else:
            allowed = ROOT_HEADERS[header.split("/")[-1]] if layer is None else MAY_INCLUDE[layer] | {layer}
            if target not in allowed:
                self.report(path, number, f"{layer or header} may not include {target} (<{included}>)")
            elif target == layer and layer in FOLDERS:
                folder, target_folder = folder_of(header), folder_of(included)
                if target_folder not in FOLDERS[layer][folder] | {folder}:
                    here, there = (layer + (f"/{name}" if name else "") for name in (folder, target_folder))
                    self.report(path, number, f"{here} may not include {there} (<{included}>)")

    def check_bodies(self):
        everywhere = {included for included, _ in self.graph.get(ALL_BODIES, [])}
        for bodies in self.graph:
            owner = owner_of(bodies)
            if owner == bodies:
                continue
            if bodies not in {included for included, _ in self.graph.get(owner, [])}:
                self.report(f"include/{bodies}", 1, f"<{owner}> does not include it")
            if bodies not in everywhere:
                self.report(f"include/{bodies}", 1, f"<{ALL_BODIES}> does not include it")

    def reached_by(self, header, seen):
        for included, _ in self.graph.get(header, []):
            if included not in seen:
                seen.add(included)
                self.reached_by(included, seen)
        return seen

    def check_parts(self):
        everything = self.reached_by(ALL_IN_ONE, set())
        for part in PARTS:
            for included, number in self.graph.get(part, []):
                if included not in everything and included not in PARTS:
                    self.report(f"include/{part}", number, f"<{ALL_IN_ONE}> does not bring <{included}>")

    def check_cycles(self):
        done, trail = set(), []

        def visit(header):
            trail.append(header)
            for included, number in self.graph.get(header, []):
                if included == owner_of(header):
                    continue  # bodies come after all of their header
                if included in trail:
                    cycle = [*trail[trail.index(included):], included]
                    self.report(f"include/{header}", number, "include cycle: " + " -> ".join(cycle))
                elif included not in done:
                    visit(included)
            done.add(trail.pop())

        for header in self.graph:
            if header not in done:
                visit(header)

    def check_header_list(self, headers):
        path = "cmake/MicaHeaders.cmake"
        file = self.root / path
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        listed = [(line.strip(), number) for number, line in enumerate(lines, start=1)
                  if line.strip().startswith("include/")]
        names = [name for name, _ in listed]
        for header in headers:
            if header not in names:
                self.report(header, 1, f"not listed in {path}")
        for position, (name, number) in enumerate(listed):
            if name not in headers:
                self.report(path, number, f"{name} does not exist")
            if position and names[position - 1] >= name:
                self.report(path, number, f"{name} is out of order or listed twice")

    def check_licences(self):
        for folder in LICENSED_FOLDERS:
            for file in sorted((self.root / folder).rglob("*")):
                if not file.is_file() or not LICENSED_NAMES.fullmatch(file.name):
                    continue
                comment = "// " if file.suffix in (".hpp", ".ipp", ".cpp", ".cppm") else "# "
                lines = file.read_text(encoding="utf-8").splitlines()
                if lines and lines[0].startswith("#!"):
                    lines.pop(0)
                if not lines or lines[0] != comment + LICENCE:
                    self.report(file.relative_to(self.root).as_posix(), 1,
                                f"the first line must be: {comment}{LICENCE}")


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    checker = Checker(root)
    violations = checker.run()
    for violation in violations:
        print(violation)
    if not violations:
        bodies = sum(file.endswith(".ipp") for file in checker.graph)
        print(f"{len(checker.graph) - bodies} headers and the bodies of {bodies}, includes go downwards only")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
