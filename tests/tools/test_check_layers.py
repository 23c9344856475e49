# SPDX-License-Identifier: BSL-1.0
"""Shows that tools/check_layers.py finds each violation, and nothing in a tree without one."""

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import check_layers  # noqa: E402

LICENCE = "// SPDX-License-Identifier: BSL-1.0\n"


def header(*includes):
    return LICENCE + "#pragma once\n" + "".join(f"#include {name}\n" for name in includes)


def place(layer):
    """A folder in which a header of this layer may stand."""
    folders = check_layers.FOLDERS.get(layer)
    return f"{layer}/{next(iter(folders))}" if folders else layer


class CheckLayers(unittest.TestCase):
    def check(self, headers, listed=None, others=None):
        """The violations of a tree with these headers ({"core/x.hpp": text}), all listed unless told otherwise."""
        with tempfile.TemporaryDirectory() as root:
            names = [f"include/mica/{name}" for name in headers]
            listing = "# SPDX-License-Identifier: BSL-1.0\nset(MICA_HEADERS\n"
            listing += "".join(f"    {name}\n" for name in (sorted(names) if listed is None else listed)) + ")\n"
            files = dict(zip(names, headers.values())) | {"cmake/MicaHeaders.cmake": listing} | (others or {})
            for name, text in files.items():
                path = Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return check_layers.Checker(root).run()

    def assert_only(self, violations, path_and_line, *words):
        self.assertEqual(len(violations), 1, violations)
        self.assertTrue(violations[0].startswith(path_and_line + ": "), violations[0])
        for word in words:
            self.assertIn(word, violations[0])

    def test_a_clean_tree_has_no_violation(self):
        self.assertEqual([], self.check({
            "core/value.hpp": header("<string>"),
            "codec/text.hpp": header("<mica/core/value.hpp>"),
            "codec/path.hpp": header("<mica/codec/text.hpp>", "<string>"),
            "reflect/fields.hpp": header("<mica/core/value.hpp>", "<boost/pfr/tuple_size.hpp>", "<boost/hana/tuple.hpp>"),
            "sqlite/row.hpp": header("<mica/codec/text.hpp>", "<sqlite3.h>"),
            "fwd.hpp": header("<mica/core/value.hpp>"),
            "session/session.hpp": header("<mica/reflect/fields.hpp>", "<mica/fwd.hpp>"),
            "sqlite.hpp": header("<mica/sqlite/row.hpp>"),
            "mica.hpp": header("<mica/session/session.hpp>", "<mica/sqlite.hpp>"),
        }))

    def test_every_forbidden_pair_of_layers_is_found_and_every_allowed_pair_passes(self):
        for layer, allowed in check_layers.MAY_INCLUDE.items():
            for target in check_layers.MAY_INCLUDE:
                if target == layer:
                    continue
                with self.subTest(layer=layer, target=target):
                    found = self.check({f"{place(layer)}/a.hpp": header(f"<mica/{place(target)}/b.hpp>"),
                                        f"{place(target)}/b.hpp": header()})
                    if target in allowed:
                        self.assertEqual([], found)
                    else:
                        self.assert_only(found, f"include/mica/{place(layer)}/a.hpp:3",
                                         f"{layer} may not include {target}")

    def test_every_forbidden_pair_of_folders_of_a_layer_is_found_and_every_allowed_pair_passes(self):
        for layer, folders in check_layers.FOLDERS.items():
            for folder, allowed in folders.items():
                for target in folders.keys() - {folder}:
                    with self.subTest(layer=layer, folder=folder, target=target):
                        here = f"{layer}/{folder}" if folder else layer
                        there = f"{layer}/{target}" if target else layer
                        found = self.check({f"{here}/a.hpp": header(f"<mica/{there}/b.hpp>"),
                                            f"{there}/b.hpp": header()})
                        if target in allowed:
                            self.assertEqual([], found)
                        else:
                            self.assert_only(found, f"include/mica/{here}/a.hpp:3", f"{here} may not include {there}")

    def test_no_two_folders_of_a_layer_may_include_each_other(self):
        for layer, folders in check_layers.FOLDERS.items():
            for folder, allowed in folders.items():
                self.assertNotIn(folder, allowed)
                for target in allowed:
                    self.assertNotIn(folder, folders[target], f"{layer}: {folder} and {target}")

    def test_a_header_beside_or_outside_the_folders_of_its_layer_is_found(self):
        self.assert_only(self.check({"query/a.hpp": header()}), "include/mica/query/a.hpp:1", "not a folder of query")
        self.assert_only(self.check({"query/odd/a.hpp": header()}), "include/mica/query/odd/a.hpp:1",
                         "odd is not a folder of query")

    def test_the_layers_are_those_of_the_architecture(self):
        below_schema = {"dialect", "reflect", "codec", "core"}
        self.assertEqual(check_layers.MAY_INCLUDE, {
            "core": set(),
            "codec": {"core"}, "reflect": {"core"}, "dialect": {"core"},
            "sqlite": {"dialect", "codec", "core"},
            "migration": {"dialect", "core"},
            "schema": below_schema,
            "query": {"schema"} | below_schema,
            "engine": {"migration", "query", "schema"} | below_schema,
            "session": {"engine", "migration", "query", "schema"} | below_schema,
            "async": {"session", "engine", "migration", "query", "schema"} | below_schema,
        })

    def test_headers_beside_the_layers_stay_below_them(self):
        core = {"core/a.hpp": header(), "codec/b.hpp": header()}
        self.assert_only(self.check(core | {"version.hpp": header("<mica/core/a.hpp>")}),
                         "include/mica/version.hpp:3", "may not include core")
        self.assert_only(self.check(core | {"fwd.hpp": header("<mica/codec/b.hpp>")}),
                         "include/mica/fwd.hpp:3", "may not include codec")

    def test_the_umbrella_inside_the_library_is_found(self):
        self.assert_only(self.check({"mica.hpp": header(), "core/a.hpp": header("<mica/mica.hpp>")}),
                         "include/mica/core/a.hpp:3", "is for users")

    def test_the_header_of_a_backend_inside_the_library_is_found(self):
        self.assert_only(self.check({"sqlite.hpp": header(), "engine/a.hpp": header("<mica/sqlite.hpp>")}),
                         "include/mica/engine/a.hpp:3", "is for users")

    def test_what_a_part_of_the_umbrella_has_alone_is_found(self):
        part = {"mica.hpp": header("<mica/core/a.hpp>"), "core/a.hpp": header("<mica/core/b.hpp>"),
                "core/b.hpp": header(), "core/c.hpp": header()}
        self.assertEqual([], self.check(part | {"model.hpp": header("<mica/core/b.hpp>"),
                                                "session.hpp": header("<mica/model.hpp>")}))
        self.assert_only(self.check(part | {"model.hpp": header("<mica/core/c.hpp>")}),
                         "include/mica/model.hpp:3", "<mica/mica.hpp> does not bring <mica/core/c.hpp>")

    def test_a_header_outside_every_layer_is_found(self):
        self.assert_only(self.check({"detail/a.hpp": header()}), "include/mica/detail/a.hpp:1", "in no layer")
        self.assert_only(self.check({"core/detail/a.hpp": header()}), "include/mica/core/detail/a.hpp:1",
                         "not a folder of core")
        self.assert_only(self.check({"core/a/b/c.hpp": header()}), "include/mica/core/a/b/c.hpp:1", "in no layer")
        self.assert_only(self.check({"all.hpp": header()}), "include/mica/all.hpp:1", "beside the layers")

    def test_bodies_beside_their_header_have_its_rights(self):
        bodies = {
            "src.hpp": header("<mica/core/impl/a.ipp>", "<mica/session/core/impl/b.ipp>"),
            "core/a.hpp": header("<mica/core/impl/a.ipp>"),
            "core/impl/a.ipp": header("<mica/core/a.hpp>", "<string>"),
            "session/core/b.hpp": header("<mica/session/core/impl/b.ipp>"),
            "session/core/impl/b.ipp": header("<mica/session/core/b.hpp>", "<mica/session/object/c.hpp>"),
            "session/object/c.hpp": header(),
            "codec/d.hpp": header(),
        }
        self.assertEqual([], self.check(bodies))
        self.assertEqual([], self.check(bodies | {"backend_bodies.hpp": header("<mica/session/core/impl/b.ipp>")}))
        upwards = header("<mica/core/a.hpp>", "<mica/codec/d.hpp>")
        self.assert_only(self.check(bodies | {"core/impl/a.ipp": upwards}),
                         "include/mica/core/impl/a.ipp:4", "core may not include codec")

    def test_bodies_included_by_another_header_are_found(self):
        bodies = {
            "src.hpp": header("<mica/core/impl/a.ipp>"),
            "core/a.hpp": header("<mica/core/impl/a.ipp>"),
            "core/impl/a.ipp": header("<mica/core/a.hpp>"),
        }
        self.assert_only(self.check(bodies | {"core/b.hpp": header("<mica/core/impl/a.ipp>")}),
                         "include/mica/core/b.hpp:3", "its own header", "mica/src.hpp only")
        self.assert_only(self.check(bodies | {"core/a.hpp": header()}), "include/mica/core/impl/a.ipp:1",
                         "<mica/core/a.hpp> does not include it")
        self.assert_only(self.check(bodies | {"src.hpp": header()}), "include/mica/core/impl/a.ipp:1",
                         "<mica/src.hpp> does not include it")

    def test_bodies_outside_of_impl_are_found(self):
        self.assert_only(self.check({"core/a.ipp": header()}), "include/mica/core/a.ipp:1", "impl/<name>.ipp")

    def test_bodies_keep_the_rules_of_headers(self):
        frame = {"src.hpp": header("<mica/core/impl/a.ipp>"), "core/a.hpp": header("<mica/core/impl/a.ipp>")}
        path = "include/mica/core/impl/a.ipp"
        self.assert_only(self.check(frame | {"core/impl/a.ipp": header("<memory>")}), f"{path}:3", "compile time")
        self.assert_only(self.check(frame | {"core/impl/a.ipp": header() + "//\n" * 399}), f"{path}:401", "401 lines")
        self.assert_only(self.check(frame | {"core/impl/a.ipp": "#pragma once\n"}), f"{path}:1", "SPDX")
        listed = [f"include/mica/{name}" for name in sorted(frame)]
        self.assert_only(self.check(frame | {"core/impl/a.ipp": header()}, listed=listed), f"{path}:1", "not listed")

    def test_the_header_of_all_bodies_inside_the_library_is_found(self):
        self.assert_only(self.check({"src.hpp": header(), "core/a.hpp": header("<mica/src.hpp>")}),
                         "include/mica/core/a.hpp:3", "is for users")

    def test_an_include_cycle_within_a_layer_is_found(self):
        found = self.check({
            "core/a.hpp": header("<mica/core/b.hpp>"),
            "core/b.hpp": header("<mica/core/c.hpp>"),
            "core/c.hpp": header("<string>", "<mica/core/a.hpp>"),
        })
        self.assert_only(found, "include/mica/core/c.hpp:4",
                         "include cycle: mica/core/a.hpp -> mica/core/b.hpp -> mica/core/c.hpp -> mica/core/a.hpp")

    def test_a_missing_header_is_found(self):
        self.assert_only(self.check({"core/a.hpp": header("<mica/core/gone.hpp>")}),
                         "include/mica/core/a.hpp:3", "<mica/core/gone.hpp> does not exist")

    def test_a_relative_include_is_found(self):
        self.assert_only(self.check({"core/a.hpp": header('"b.hpp"'), "core/b.hpp": header()}),
                         "include/mica/core/a.hpp:3", "in full")

    def test_a_commented_include_is_none(self):
        text = header() + "// #include <regex>\n/* an example:\n#include <regex>\n*/\n"
        self.assertEqual([], self.check({"core/a.hpp": text}))

    def test_third_party_headers_outside_their_home_are_found(self):
        homes = {
            "boost/pfr/tuple_size.hpp": {"reflect"},
            "boost/hana/tuple.hpp": {"reflect", "schema", "query"},
            "sqlite3.h": {"sqlite"},
            "bits/chrono.h": {"core"},
            "__iterator/concepts.h": {"core"},
        }
        for included, home in homes.items():
            for layer in check_layers.MAY_INCLUDE:
                with self.subTest(included=included, layer=layer):
                    found = self.check({f"{place(layer)}/a.hpp": header(f"<{included}>")})
                    if layer in home:
                        self.assertEqual([], found)
                    else:
                        self.assert_only(found, f"include/mica/{place(layer)}/a.hpp:3", included, "only")

    def test_umbrellas_and_strangers_have_no_home(self):
        for included in ("boost/hana.hpp", "boost/pfr.hpp", "boost/pfr/core_name.hpp", "boost/mp11.hpp", "sys/mman.h",
                         "fmt/format.h"):
            with self.subTest(included=included):
                self.assert_only(self.check({"reflect/a.hpp": header(f"<{included}>")}),
                                 "include/mica/reflect/a.hpp:3", f"<{included}> has no home")

    def test_every_costly_standard_header_is_found(self):
        for included in ("algorithm", "chrono", "condition_variable", "filesystem", "format", "functional", "iostream",
                         "memory", "ranges", "regex", "sstream", "unordered_map"):
            with self.subTest(included=included):
                self.assert_only(self.check({"core/a.hpp": header(f"<{included}>")}),
                                 "include/mica/core/a.hpp:3", f"<{included}>", "compile time")

    def test_a_costly_call_is_found_but_in_a_comment(self):
        self.assert_only(self.check({"core/a.hpp": header() + "// std::swap(a, b)\nint x = std::exchange(y, 0);\n"}),
                         "include/mica/core/a.hpp:4", "std::exchange", "mica::detail::exchange")

    def test_a_costly_header_is_allowed_only_where_the_table_says_so(self):
        headers = {"core/a.hpp": header("<memory>"), "core/b.hpp": header("<memory>")}
        with mock.patch.dict(check_layers.COSTLY_HEADERS_ALLOWED, {"mica/core/a.hpp": {"memory"}}):
            self.assert_only(self.check(headers), "include/mica/core/b.hpp:3", "<memory>")

    def test_a_header_over_the_line_limit_is_found(self):
        self.assertEqual([], self.check({"core/a.hpp": header() + "//\n" * 398}))
        self.assert_only(self.check({"core/a.hpp": header() + "//\n" * 399}), "include/mica/core/a.hpp:401", "401 lines")

    def test_a_face_may_be_longer(self):
        face = "session/session.hpp"
        lines = check_layers.FACE_LIMIT - header().count("\n")
        self.assertEqual([], self.check({face: header() + "\n" * lines}))
        self.assert_only(self.check({face: header() + "\n" * (lines + 1)}),
                         f"include/mica/{face}:{check_layers.FACE_LIMIT + 1}", "split it by idea")

    def test_a_header_without_pragma_once_is_found(self):
        self.assert_only(self.check({"core/a.hpp": LICENCE}), "include/mica/core/a.hpp:1", "#pragma once")

    def test_a_file_without_the_licence_line_is_found(self):
        core = {"core/a.hpp": header()}
        self.assert_only(self.check({"core/a.hpp": "#pragma once\n"}), "include/mica/core/a.hpp:1", "SPDX")
        self.assert_only(self.check({"core/a.hpp": "\n" + header()}), "include/mica/core/a.hpp:1", "SPDX")
        for name in ("tests/unit/core/a.cpp", "tests/CMakeLists.txt", "cmake/X.cmake", "tools/x.py", "examples/a.cpp"):
            with self.subTest(name=name):
                self.assert_only(self.check(core, others={name: "int\n"}), f"{name}:1", "SPDX")
        script = "#!/usr/bin/env python3\n# SPDX-License-Identifier: BSL-1.0\n"
        self.assertEqual([], self.check(core, others={"tools/x.py": script}))

    def test_an_unlisted_header_is_found(self):
        self.assert_only(self.check({"core/a.hpp": header()}, listed=[]), "include/mica/core/a.hpp:1", "not listed")

    def test_a_listed_header_that_is_gone_is_found(self):
        self.assert_only(
            self.check({"core/a.hpp": header()}, listed=["include/mica/core/a.hpp", "include/mica/core/b.hpp"]),
            "cmake/MicaHeaders.cmake:4", "does not exist")

    def test_an_unsorted_list_is_found(self):
        self.assert_only(
            self.check({"core/a.hpp": header(), "core/b.hpp": header()},
                       listed=["include/mica/core/b.hpp", "include/mica/core/a.hpp"]),
            "cmake/MicaHeaders.cmake:4", "out of order")

    def test_an_empty_tree_is_a_violation(self):
        self.assert_only(self.check({}), "include:1", "no header found")


if __name__ == "__main__":
    unittest.main()
