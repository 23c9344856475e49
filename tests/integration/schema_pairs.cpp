// SPDX-License-Identifier: BSL-1.0
// Pairs of an older schema with rows and a newer one: which steps lead there, and what the rows are then.
#include <mica/core/list_view.hpp>
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace schema_pairs {

using mica::SchemaChange;
using Kind = SchemaChange::Kind;

struct SchemaPair {
    std::string name;
    std::string before;  ///< a script
    std::string after;   ///< CREATE TABLE t, and its indexes
    std::vector<SchemaChange> changes;
    std::string steps;  ///< in a word each
    std::string query;
    std::string rows;  ///< what the query gives then, or the refusal's beginning behind a !
};

std::ostream& operator<<(std::ostream& stream, const SchemaPair& pair) { return stream << pair.name; }

std::string word_of(const mica::SchemaStep& step) {
    const auto has = [&step](std::string_view text) { return step.sql.find(text) != step.sql.npos; };
    std::string word = step.rebuilds          ? "rebuild"
                       : has("ADD COLUMN")    ? "add"
                       : has("DROP COLUMN")   ? "drop"
                       : has("RENAME COLUMN") ? "rename"
                       : has("RENAME TO")     ? "rename_table"
                       : has("DROP INDEX")    ? "drop_index"
                       : has("INDEX")         ? "index"
                       : has("DROP TABLE")    ? "drop_table"
                                              : "create";
    return word + (step.is_lossy() ? "!" : "");
}

struct SchemaPairs : testing::TestWithParam<SchemaPair> {};

TEST_P(SchemaPairs, has_its_plan_and_keeps_its_rows) {
    const SchemaPair& pair = GetParam();
    const mica::Engine engine{"sqlite://"};
    auto connection = engine.connect();
    connection.open().run_script(pair.before);
    const mica::detail::TableText table{{}, "t", pair.after};
    const mica::ListView<mica::detail::TableText> tables{&table, 1};
    const mica::ListView<SchemaChange> changes{pair.changes.data(), pair.changes.size()};
    std::string steps;
    for (const auto& step : mica::detail::make_plan<std::string>(connection.open(), tables, changes))
        steps += (steps.empty() ? "" : " ") + word_of(step);
    EXPECT_EQ(steps, pair.steps);
    try {
        mica::detail::sync_schema<std::string>(connection, tables, changes, {});
    } catch (const mica::Error& error) {
        ASSERT_EQ(pair.rows.substr(0, 1), "!") << error.what();
        EXPECT_NE(std::string_view{error.what()}.find(pair.rows.substr(1)), std::string_view::npos) << error.what();
        return;
    }
    EXPECT_EQ(connection.execute<std::string>(pair.query).one(), pair.rows);
    // That is what is accepted.
    const std::string left = pair.name == "affinity_accepted" ? "t: STRICT is missing\n" : "";
    EXPECT_EQ(mica::detail::verify_tables<std::string>(connection.open(), tables).to_string(), left);
}

const std::string two =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER) STRICT; INSERT INTO t VALUES (1, 'x', 5), (2, NULL, "
    "6);";
const std::string all = "SELECT group_concat(id || coalesce(a, '-') || coalesce(b, '-'), ' ') FROM t";
const std::string id = "CREATE TABLE t (id INTEGER PRIMARY KEY, ";

const SchemaPair pairs[] = {
    {"nothing", two, id + "a TEXT, b INTEGER) STRICT", {}, "", all, "1x5 2-6"},
    {"another_order", two, id + "b INTEGER, a TEXT) STRICT", {}, "", all, "1x5 2-6"},
    {"other_spelling",
     two,
     "create table \"t\" ([id] integer primary key, `a` text, b INT) strict",
     {},
     "",
     all,
     "1x5 2-6"},
    {"new_column",
     two,
     id + "a TEXT, b INTEGER, c TEXT) STRICT",
     {},
     "add",
     "SELECT count(*) || count(c) FROM t",
     "20"},
    {"new_column_with_default",
     two,
     id + "a TEXT, b INTEGER, c INTEGER NOT NULL DEFAULT 7) STRICT",
     {},
     "add",
     "SELECT group_concat(c) FROM t",
     "7,7"},
    {"new_column_without_value",
     two,
     id + "a TEXT, b INTEGER, c INTEGER NOT NULL) STRICT",
     {},
     "rebuild!",
     all,
     "!cannot be filled"},
    {"new_column_filled",
     two,
     id + "a TEXT, b INTEGER, c INTEGER NOT NULL) STRICT",
     {{.kind = Kind::fill, .table = "t", .column = "c", .expression = "b * 2"}},
     "rebuild",
     "SELECT group_concat(c) FROM t",
     "10,12"},
    {"column_gone", two, id + "a TEXT) STRICT", {}, "drop!", all, "!would lose"},
    {"column_may_go",
     two,
     id + "a TEXT) STRICT",
     {{.kind = Kind::drop_column, .table = "t", .column = "b"}},
     "drop",
     "SELECT group_concat(id || coalesce(a, '-')) FROM t",
     "1x,2-"},
    {"column_renamed",
     two,
     id + "c TEXT, b INTEGER) STRICT",
     {{.kind = Kind::rename_column, .table = "t", .column = "c", .former = "a"}},
     "rename",
     "SELECT group_concat(id || coalesce(c, '-')) FROM t",
     "1x,2-"},
    {"not_null_over_null",
     two,
     id + "a TEXT NOT NULL, b INTEGER) STRICT",
     {},
     "rebuild",
     all,
     "!a is NULL; fill<> can give a value (rows 2)"},
    {"not_null_filled",
     two,
     id + "a TEXT NOT NULL, b INTEGER) STRICT",
     {{.kind = Kind::fill, .table = "t", .column = "a", .expression = "'y'"}},
     "rebuild",
     all,
     "1x5 2y6"},
    {"null_from_now_on",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INTEGER) STRICT; INSERT INTO t VALUES (1, 'x', 5)",
     id + "a TEXT, b INTEGER) STRICT",
     {},
     "rebuild",
     all,
     "1x5"},
    {"text_of_a_number",
     two,
     id + "a TEXT, b TEXT) STRICT",
     {},
     "rebuild",
     "SELECT group_concat(typeof(b) || b) FROM t",
     "text5,text6"},
    {"number_of_a_text",
     two,
     id + "a INTEGER, b INTEGER) STRICT",
     {},
     "rebuild",
     all,
     "!a does not fit INTEGER without a loss"},
    {"number_converted",
     two,
     id + "a INTEGER, b INTEGER) STRICT",
     {{.kind = Kind::convert, .table = "t", .column = "a", .expression = "length(a)"}},
     "rebuild",
     all,
     "115 2-6"},
    {"unique", two, id + "a TEXT UNIQUE, b INTEGER) STRICT", {}, "rebuild", all, "1x5 2-6"},
    {"unique_over_equals",
     two + "INSERT INTO t VALUES (3, 'x', 1)",
     id + "a TEXT UNIQUE, b INTEGER) STRICT",
     {},
     "rebuild",
     all,
     "!not unique (rows 1, 3)"},
    {"check", two, id + "a TEXT, b INTEGER CHECK (b > 1)) STRICT", {}, "rebuild", all, "1x5 2-6"},
    {"check_refuses",
     two,
     id + "a TEXT, b INTEGER CHECK (b > 5)) STRICT",
     {},
     "rebuild",
     all,
     "!CHECK (b > 5) fails (rows 1)"},
    {"new_index", two, id + "a TEXT, b INTEGER) STRICT; CREATE INDEX i ON t (b)", {}, "index", all, "1x5 2-6"},
    {"index_gone", two + "CREATE INDEX i ON t (b)", id + "a TEXT, b INTEGER) STRICT", {}, "drop_index", all, "1x5 2-6"},
    {"unique_index_over_equals",
     two + "INSERT INTO t VALUES (3, 'z', 5)",
     id + "a TEXT, b INTEGER) STRICT; CREATE UNIQUE INDEX i ON t (b DESC)",
     {},
     "index",
     all,
     "!b is not unique (rows 1, 3)"},
    {"partial_unique_index",
     two + "INSERT INTO t VALUES (3, 'z', 5)",
     id + "a TEXT, b INTEGER) STRICT; CREATE UNIQUE INDEX i ON t (b) WHERE a <> 'z'",
     {},
     "index",
     all,
     "1x5 2-6 3z5"},
    {"strict",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER); INSERT INTO t VALUES (1, 'x', 5)",
     id + "a TEXT, b INTEGER) STRICT",
     {},
     "rebuild",
     all,
     "1x5"},
    {"strict_refuses",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER); INSERT INTO t VALUES (1, 'x', 'five')",
     id + "a TEXT, b INTEGER) STRICT",
     {},
     "rebuild",
     all,
     "!b does not fit INTEGER"},
    {"affinity_accepted",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER); INSERT INTO t VALUES (1, 'x', 5)",
     id + "a TEXT, b INTEGER) STRICT",
     {{.kind = Kind::accept_affinity}},
     "",
     all,
     "1x5"},
    {"without_rowid", two, id + "a TEXT, b INTEGER) STRICT, WITHOUT ROWID", {}, "rebuild", all, "1x5 2-6"},
    {"generated",
     two,
     id + "a TEXT, b INTEGER, c INTEGER AS (b + 1)) STRICT",
     {},
     "add",
     "SELECT group_concat(c) FROM t",
     "6,7"},
    {"generated_and_stored",
     two,
     id + "a TEXT, b INTEGER, c INTEGER AS (b + 1) STORED) STRICT",
     {},
     "rebuild",
     "SELECT group_concat(c) FROM t",
     "6,7"},
    {"another_key",
     two,
     "CREATE TABLE t (id INTEGER NOT NULL, a TEXT, b INTEGER PRIMARY KEY) STRICT",
     {},
     "rebuild",
     all,
     "1x5 2-6"},
    {"autoincrement",
     two,
     "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INTEGER) STRICT",
     {},
     "rebuild",
     all,
     "1x5 2-6"},
    {"collation",
     two,
     id + "a TEXT COLLATE NOCASE, b INTEGER) STRICT",
     {},
     "rebuild",
     "SELECT count(*) || '' FROM t WHERE a = 'X'",
     "1"},
    {"no_table", "CREATE TABLE other (a)", id + "a TEXT) STRICT", {}, "create", "SELECT count(*) || '' FROM t", "0"},
    {"table_renamed",
     "CREATE TABLE old (id INTEGER PRIMARY KEY, a TEXT) STRICT; INSERT INTO old VALUES (3, 'q')",
     id + "a TEXT) STRICT",
     {{.kind = Kind::rename_table, .table = "t", .former = "old"}},
     "rename_table",
     "SELECT id || a FROM t",
     "3q"},
    {"table_may_go",
     two + "CREATE TABLE old (a)",
     id + "a TEXT, b INTEGER) STRICT",
     {{.kind = Kind::drop_table, .table = "old"}},
     "drop_table",
     "SELECT count(*) || '' FROM sqlite_schema",
     "1"},
};

INSTANTIATE_TEST_SUITE_P(, SchemaPairs, testing::ValuesIn(pairs),
                         [](const auto& parameters) { return parameters.param.name; });

}  // namespace schema_pairs
