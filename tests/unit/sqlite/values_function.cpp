// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/database.hpp>
#include <mica/sqlite/values_function.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace unit_sqlite_values_function {
namespace {

using mica::Bytes;
using mica::Lifetime;
using mica::StorageClass;
using mica::ValueList;
using mica::sqlite::Database;
using mica::sqlite::OpenMode;
using mica::sqlite::Statement;
using mica::test::caught;

ValueList integers(std::initializer_list<std::int64_t> values) {
    ValueList list;
    for (const std::int64_t value : values) list.integer(value);
    return list;
}

ValueList reals(std::initializer_list<double> values) {
    ValueList list;
    for (const double value : values) list.real(value);
    return list;
}

ValueList texts(std::initializer_list<std::string_view> values) {
    ValueList list;
    for (const std::string_view value : values) list.text(value, Lifetime::borrowed);
    return list;
}

ValueList blobs(std::initializer_list<std::string_view> values) {
    ValueList list;
    for (const std::string_view value : values) {
        list.blob({reinterpret_cast<const std::byte*>(value.data()), value.size()}, Lifetime::borrowed);
    }
    return list;
}

ValueList with_null(ValueList list) {
    list.null();
    return list;
}

struct ValuesFunction : testing::Test {
    Statement prepare(std::string_view sql) { return database.prepare(sql); }

    /// The first column of every row, as SQL would write it, with a blank after each.
    static std::string rows(Statement& statement) {
        std::string all;
        while (statement.step()) {
            const mica::sqlite::Cell cell = statement.cell(0);
            all += cell.storage_class() == StorageClass::null ? "NULL" : std::string(cell.text());
            all += ' ';
        }
        statement.finish();
        return all;
    }
    std::string rows(std::string_view sql) {
        Statement statement = prepare(sql);
        return rows(statement);
    }
    std::string rows(std::string_view sql, const ValueList& list) {
        Statement statement = prepare(sql);
        statement.bind(1, list, Lifetime::borrowed);
        return rows(statement);
    }
    void trust_schema() {
        ASSERT_EQ(sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, nullptr), SQLITE_OK);
    }
    /// EXPLAIN QUERY PLAN's own words, with a semicolon after each step.
    std::string plan(const std::string& sql) {
        Statement statement = prepare("EXPLAIN QUERY PLAN " + sql);
        std::string steps;
        while (statement.step()) steps += std::string(statement.cell(3).text()) + ";";
        return steps;
    }

    Database database{"", {.mode = OpenMode::memory}};
};

// ---- what IN means

TEST_F(ValuesFunction, integers_are_found_among_integers) {
    database.execute_script("CREATE TABLE t(a INTEGER) STRICT; INSERT INTO t VALUES(1), (2), (3), (NULL)");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", integers({3, 7, 1})), "1 3 ");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a NOT IN (SELECT value FROM mica_values(?))", integers({3, 7, 1})), "2 ");
}

TEST_F(ValuesFunction, reals_are_found_among_reals) {
    database.execute_script("CREATE TABLE t(a REAL) STRICT; INSERT INTO t VALUES(1), (2.5), (1e300)");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", reals({2.5, 1e300, 7})),
              "2.5 1.0e+300 ");
}

TEST_F(ValuesFunction, texts_are_found_among_texts) {
    database.execute_script("CREATE TABLE t(a TEXT) STRICT; INSERT INTO t VALUES('a'), ('B'), (''), ('1')");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", texts({"1", "b", "a"})), "a 1 ");
    EXPECT_EQ(rows("SELECT quote(a) FROM t WHERE a IN (SELECT value FROM mica_values(?))", texts({""})), "'' ");
}

TEST_F(ValuesFunction, blobs_are_found_among_blobs) {
    database.execute_script("CREATE TABLE t(a BLOB) STRICT; INSERT INTO t VALUES(x'00ff'), (x''), (x'61')");
    using namespace std::string_view_literals;
    constexpr std::string_view sql = "SELECT quote(a) FROM t WHERE a IN (SELECT value FROM mica_values(?))";
    EXPECT_EQ(rows(sql, blobs({"\0\xff"sv, ""sv})), "X'00FF' X'' ");
    EXPECT_EQ(rows(sql, texts({"a"})), "");
}

TEST_F(ValuesFunction, the_whole_64_bit_range_is_found) {
    using Limits = std::numeric_limits<std::int64_t>;
    EXPECT_EQ(rows("SELECT -9223372036854775808 IN (SELECT value FROM mica_values(?))", integers({Limits::min()})),
              "1 ");
    EXPECT_EQ(rows("SELECT 9223372036854775807 IN (SELECT value FROM mica_values(?))", integers({Limits::max()})),
              "1 ");
    EXPECT_EQ(rows("SELECT 9223372036854775806 IN (SELECT value FROM mica_values(?))", integers({Limits::max()})),
              "0 ");
}

TEST_F(ValuesFunction, a_text_with_an_embedded_nul_is_found_by_every_byte) {
    using namespace std::string_view_literals;
    constexpr std::string_view sql = "SELECT 'a' || char(0) || 'b' IN (SELECT value FROM mica_values(?))";
    EXPECT_EQ(rows(sql, texts({"a\0b"sv})), "1 ");
    EXPECT_EQ(rows(sql, texts({"a\0c"sv, "a"sv})), "0 ");
}

TEST_F(ValuesFunction, a_numeric_column_compares_with_numbers_of_either_class) {
    database.execute_script("CREATE TABLE t(i INTEGER, r REAL, n NUMERIC); INSERT INTO t VALUES(2, 2, 2.5)");
    EXPECT_EQ(rows("SELECT i IN (SELECT value FROM mica_values(?)) FROM t", reals({2.0})), "1 ");
    EXPECT_EQ(rows("SELECT r IN (SELECT value FROM mica_values(?)) FROM t", integers({2})), "1 ");
    EXPECT_EQ(rows("SELECT n IN (SELECT value FROM mica_values(?)) FROM t", texts({"2.50"})), "1 ");
}

TEST_F(ValuesFunction, a_text_column_compares_with_numbers_as_text_only_where_the_value_is_no_plain_column) {
    database.execute_script("CREATE TABLE t(a TEXT); INSERT INTO t VALUES('5')");
    EXPECT_EQ(rows("SELECT a IN (SELECT value FROM mica_values(?)) FROM t", integers({5})), "0 ");
    EXPECT_EQ(rows("SELECT a IN (SELECT +value FROM mica_values(?)) FROM t", integers({5})), "1 ");
}

TEST_F(ValuesFunction, a_column_without_a_type_compares_storage_classes) {
    database.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES(5), ('5'), (x'35')");
    constexpr std::string_view sql = "SELECT typeof(a) FROM t WHERE a IN (SELECT value FROM mica_values(?))";
    EXPECT_EQ(rows(sql, integers({5})), "integer ");
    EXPECT_EQ(rows(sql, texts({"5"})), "text ");
    EXPECT_EQ(rows(sql, blobs({"5"})), "blob ");
}

TEST_F(ValuesFunction, an_expression_without_a_type_compares_storage_classes) {
    EXPECT_EQ(rows("SELECT '5' IN (SELECT value FROM mica_values(?))", integers({5})), "0 ");
    EXPECT_EQ(rows("SELECT 5 IN (SELECT value FROM mica_values(?))", texts({"5"})), "0 ");
    EXPECT_EQ(rows("SELECT 5 IN (SELECT value FROM mica_values(?))", reals({5})), "1 ");
}

TEST_F(ValuesFunction, the_collation_is_that_of_the_column) {
    database.execute_script("CREATE TABLE t(a TEXT COLLATE NOCASE); INSERT INTO t VALUES('Ab')");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", texts({"aB"})), "Ab ");
}

TEST_F(ValuesFunction, a_utf_16_database_finds_utf_8_texts) {
    database.execute_script("PRAGMA encoding = 'UTF-16'; CREATE TABLE t(a TEXT); INSERT INTO t VALUES('é'), ('')");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", texts({"x", "é", ""})), "é  ");
    EXPECT_EQ(rows("SELECT value FROM mica_values(?)", texts({"é"})), "é ");
}

TEST_F(ValuesFunction, a_null_element_makes_a_miss_unknown) {
    EXPECT_EQ(rows("SELECT 1 IN (SELECT value FROM mica_values(?))", with_null(integers({2}))), "NULL ");
    EXPECT_EQ(rows("SELECT 1 NOT IN (SELECT value FROM mica_values(?))", with_null(integers({2}))), "NULL ");
    EXPECT_EQ(rows("SELECT 1 IN (SELECT value FROM mica_values(?))", with_null(integers({1}))), "1 ");
    EXPECT_EQ(rows("SELECT 1 NOT IN (SELECT value FROM mica_values(?))", with_null(integers({1}))), "0 ");
}

TEST_F(ValuesFunction, null_on_the_left_is_unknown_but_for_an_empty_list) {
    EXPECT_EQ(rows("SELECT NULL IN (SELECT value FROM mica_values(?))", integers({1})), "NULL ");
    EXPECT_EQ(rows("SELECT NULL NOT IN (SELECT value FROM mica_values(?))", integers({1})), "NULL ");
    EXPECT_EQ(rows("SELECT NULL IN (SELECT value FROM mica_values(?))", ValueList()), "0 ");
    EXPECT_EQ(rows("SELECT NULL NOT IN (SELECT value FROM mica_values(?))", ValueList()), "1 ");
}

TEST_F(ValuesFunction, an_indexed_column_finds_nothing_by_a_null_element) {
    database.execute_script("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1), (2), (NULL)");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", with_null(integers({2}))), "2 ");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a NOT IN (SELECT value FROM mica_values(?))", with_null(integers({2}))), "");
}

TEST_F(ValuesFunction, an_empty_list_finds_no_row_and_its_negation_every_row) {
    database.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES(1), (NULL)");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", ValueList()), "");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a NOT IN (SELECT value FROM mica_values(?))", ValueList()), "1 NULL ");
}

TEST_F(ValuesFunction, a_value_that_is_there_twice_finds_its_row_once) {
    database.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY); INSERT INTO t VALUES(1), (2)");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", integers({2, 2, 2})), "2 ");
}

TEST_F(ValuesFunction, update_and_delete_take_a_list) {
    database.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES(1, 0), (2, 0), (3, 0)");
    rows("UPDATE t SET b = 1 WHERE a IN (SELECT value FROM mica_values(?))", integers({1, 3}));
    EXPECT_EQ(database.revision(), 5);
    rows("DELETE FROM t WHERE a IN (SELECT value FROM mica_values(?))", integers({3, 2}));
    EXPECT_EQ(rows("SELECT a || b FROM t"), "11 ");
}

TEST_F(ValuesFunction, a_million_integers_are_found) {
    constexpr std::int64_t count = 1'000'000;
    ValueList list;
    list.reserve(count);
    for (std::int64_t i = 0; i < count; ++i) list.integer(2 * i);
    EXPECT_EQ(rows("SELECT count(*) FROM mica_values(?)", list), "1000000 ");
    database.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY); INSERT INTO t VALUES(1), (1000000), (1999998)");
    EXPECT_EQ(rows("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))", list), "1000000 1999998 ");
}

// ---- the plan

TEST_F(ValuesFunction, in_searches_the_index_of_a_column_of_every_type) {
    for (const std::string type : {"", "INTEGER", "REAL", "TEXT", "BLOB", "NUMERIC"}) {
        database.execute_script("DROP TABLE IF EXISTS t; CREATE TABLE t(a " + type + ", b); CREATE INDEX i ON t(a)");
        const std::string steps = plan("SELECT b FROM t WHERE a IN (SELECT value FROM mica_values(?))");
        EXPECT_TRUE(steps.starts_with("SEARCH t USING INDEX i (a=?);")) << type << ": " << steps;
    }
}

TEST_F(ValuesFunction, in_searches_the_primary_key) {
    database.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
    for (const std::string sql : {"SELECT b FROM t WHERE a IN (SELECT value FROM mica_values(?))",
                                  "UPDATE t SET b = 1 WHERE a IN (SELECT value FROM mica_values(?))",
                                  "DELETE FROM t WHERE a IN (SELECT value FROM mica_values(?))"}) {
        EXPECT_TRUE(plan(sql).starts_with("SEARCH t USING INTEGER PRIMARY KEY (rowid=?);")) << plan(sql);
    }
}

TEST_F(ValuesFunction, an_argument_from_another_table_is_read_first) {
    database.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES(NULL)");
    EXPECT_THROW(plan("SELECT * FROM mica_values(t.a) CROSS JOIN t"), mica::ProgrammingError);
    const std::string steps = plan("SELECT * FROM t JOIN mica_values(t.a)");
    EXPECT_TRUE(steps.starts_with("SCAN t;SCAN mica_values")) << steps;
    EXPECT_EQ(rows("SELECT * FROM t JOIN mica_values(t.a)"), "");
}

TEST_F(ValuesFunction, the_list_is_read_once_for_a_whole_scan) {
    database.execute_script("CREATE TABLE t(a)");
    const std::string steps = plan("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))");
    EXPECT_TRUE(steps.starts_with("SCAN t;LIST SUBQUERY")) << steps;
}

TEST_F(ValuesFunction, a_join_starts_at_the_list) {
    database.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
    const std::string steps = plan("SELECT b FROM t JOIN mica_values(?) AS k ON t.a = k.value");
    EXPECT_TRUE(steps.starts_with("SCAN k VIRTUAL TABLE")) << steps;
    EXPECT_TRUE(steps.ends_with("SEARCH t USING INTEGER PRIMARY KEY (rowid=?);")) << steps;
}

// ---- the rows

TEST_F(ValuesFunction, gives_the_values_in_the_order_of_the_list) {
    EXPECT_EQ(rows("SELECT value FROM mica_values(?)", integers({3, 1, 2, 1})), "3 1 2 1 ");
    EXPECT_EQ(rows("SELECT rowid FROM mica_values(?)", integers({3, 1, 2, 1})), "0 1 2 3 ");
}

TEST_F(ValuesFunction, finds_a_value_by_its_position) {
    EXPECT_EQ(rows("SELECT value FROM mica_values(?) WHERE rowid = 2", integers({3, 1, 2, 1})), "2 ");
    EXPECT_EQ(rows("SELECT value FROM mica_values(?) WHERE rowid = 4", integers({3, 1, 2, 1})), "");
    EXPECT_EQ(rows("SELECT value FROM mica_values(?) WHERE rowid = -1", integers({3, 1, 2, 1})), "");
    EXPECT_EQ(rows("SELECT value FROM mica_values(?) WHERE rowid = 1.5", integers({3, 1, 2, 1})), "");
    EXPECT_EQ(rows("SELECT value FROM mica_values(?) WHERE rowid = 'x'", integers({3, 1, 2, 1})), "");
    EXPECT_EQ(rows("SELECT value FROM mica_values(?) WHERE rowid = NULL", integers({3, 1, 2, 1})), "");
}

TEST_F(ValuesFunction, two_lists_are_joined_by_position_in_one_pass) {
    Statement statement =
        prepare("SELECT x.value || y.value FROM mica_values(?1) AS x JOIN mica_values(?2) AS y ON x.rowid = y.rowid");
    const ValueList letters = texts({"a", "b"});
    const ValueList numbers = integers({1, 2, 3});
    statement.bind(1, letters, Lifetime::borrowed);
    statement.bind(2, numbers, Lifetime::borrowed);
    EXPECT_EQ(rows(statement), "a1 b2 ");
}

TEST_F(ValuesFunction, keeps_every_storage_class) {
    ValueList list;
    list.integer(1);
    list.real(1);
    list.text("1", Lifetime::borrowed);
    list.blob(Bytes(), Lifetime::borrowed);
    list.null();
    EXPECT_EQ(rows("SELECT typeof(value) FROM mica_values(?)", list), "integer real text blob null ");
}

TEST_F(ValuesFunction, an_empty_text_and_an_empty_blob_are_not_null) {
    ValueList list;
    list.text(std::string_view(), Lifetime::borrowed);
    list.blob(Bytes(), Lifetime::borrowed);
    EXPECT_EQ(rows("SELECT quote(value) FROM mica_values(?)", list), "'' X'' ");
}

TEST_F(ValuesFunction, the_list_itself_stays_hidden) {
    EXPECT_EQ(prepare("SELECT * FROM mica_values(?)").column_count(), 1);
    EXPECT_EQ(rows("SELECT list FROM mica_values(?)", integers({1})), "NULL ");
}

TEST_F(ValuesFunction, a_text_above_the_length_limit_is_a_data_error) {
    const ValueList list = texts({std::string(1001, 'x')});
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    sqlite3_limit(database.handle(), SQLITE_LIMIT_LENGTH, 1000);
    statement.bind(1, list, Lifetime::borrowed);
    const auto error = caught<mica::DataError>([&] { statement.step(); });
    EXPECT_EQ(error.code(), SQLITE_TOOBIG);
}

// ---- one statement, many lists

TEST_F(ValuesFunction, the_same_statement_takes_another_list) {
    Statement statement = prepare("SELECT 2 IN (SELECT value FROM mica_values(?))");
    for (int run = 0; run < 2; ++run) {
        const ValueList hit = integers({1, 2});
        statement.bind(1, hit, Lifetime::borrowed);
        EXPECT_EQ(rows(statement), "1 ");
        const ValueList miss = integers({1, 3, 4});
        statement.bind(1, miss, Lifetime::borrowed);
        EXPECT_EQ(rows(statement), "0 ");
    }
}

TEST_F(ValuesFunction, a_list_stays_bound_for_the_next_run) {
    const ValueList list = integers({1, 2});
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    statement.bind(1, list, Lifetime::borrowed);
    for (int run = 0; run < 3; ++run) EXPECT_EQ(rows(statement), "1 2 ");
}

TEST_F(ValuesFunction, a_list_stays_bound_when_sqlite_prepares_the_statement_again) {
    database.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES(1), (2)");
    const ValueList list = integers({2});
    Statement statement = prepare("SELECT a FROM t WHERE a IN (SELECT value FROM mica_values(?))");
    statement.bind(1, list, Lifetime::borrowed);
    EXPECT_EQ(rows(statement), "2 ");
    database.execute_script("CREATE INDEX i ON t(a)");
    EXPECT_EQ(rows(statement), "2 ");
    EXPECT_EQ(sqlite3_stmt_status(statement.handle(), SQLITE_STMTSTATUS_REPREPARE, 0), 1);
}

TEST_F(ValuesFunction, one_statement_takes_two_lists) {
    Statement statement = prepare(
        "SELECT column1 FROM (VALUES(1), (2), (3)) WHERE column1 IN (SELECT v0.value FROM mica_values(?1) AS v0) "
        "AND column1 NOT IN (SELECT v0.value FROM mica_values(?2) AS v0)");
    const ValueList wanted = integers({1, 2});
    const ValueList unwanted = integers({2, 3});
    statement.bind(1, wanted, Lifetime::borrowed);
    statement.bind(2, unwanted, Lifetime::borrowed);
    EXPECT_EQ(rows(statement), "1 ");
}

TEST_F(ValuesFunction, one_statement_reads_one_list_at_two_places_at_once) {
    Statement statement = prepare("SELECT a.value || b.value FROM mica_values(?1) AS a, mica_values(?1) AS b");
    const ValueList list = texts({"x", "y"});
    statement.bind(1, list, Lifetime::borrowed);
    EXPECT_EQ(rows(statement), "xx xy yx yy ");
}

TEST_F(ValuesFunction, a_list_is_read_anew_for_every_row_of_an_outer_query) {
    EXPECT_EQ(rows("SELECT (SELECT count(*) FROM mica_values(?) AS v WHERE v.value < t.column1) "
                   "FROM (VALUES(0), (2), (9), (2)) AS t",
                   integers({1, 5, 8})),
              "0 1 3 1 ");
}

TEST_F(ValuesFunction, two_statements_run_over_one_list_in_turns) {
    const ValueList list = integers({1, 2});
    Statement first = prepare("SELECT value FROM mica_values(?)");
    Statement second = prepare("SELECT value FROM mica_values(?)");
    first.bind(1, list, Lifetime::borrowed);
    second.bind(1, list, Lifetime::borrowed);
    ASSERT_TRUE(first.step());
    EXPECT_EQ(rows(second), "1 2 ");
    ASSERT_TRUE(first.step());
    EXPECT_EQ(first.cell(0).integer(), 2);
    EXPECT_FALSE(first.step());
}

// ---- binding

TEST_F(ValuesFunction, a_copied_list_need_not_outlive_the_call) {
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    {
        const ValueList list = texts({"a text that is too long to be kept in place"});
        statement.bind(1, list, Lifetime::copied);
    }
    EXPECT_EQ(rows(statement), "a text that is too long to be kept in place ");
    EXPECT_EQ(rows(statement), "a text that is too long to be kept in place ");
}

TEST_F(ValuesFunction, a_borrowed_list_is_not_copied) {
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    ValueList list = integers({1});
    statement.bind(1, list, Lifetime::borrowed);
    list.integer(2);
    EXPECT_EQ(rows(statement), "1 2 ");
}

TEST_F(ValuesFunction, an_index_outside_the_parameters_is_a_programming_error) {
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    const ValueList list = integers({1});
    for (const Lifetime lifetime : {Lifetime::borrowed, Lifetime::copied}) {
        const auto error = caught<mica::ProgrammingError>([&] { statement.bind(2, list, lifetime); });
        EXPECT_EQ(error.code(), SQLITE_RANGE);
    }
}

TEST_F(ValuesFunction, a_moved_from_statement_refuses_a_list) {
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    const Statement other = std::move(statement);
    for (const Lifetime lifetime : {Lifetime::borrowed, Lifetime::copied}) {
        EXPECT_THROW(statement.bind(1, integers({1}), lifetime),  // NOLINT(bugprone-use-after-move)
                     mica::ProgrammingError);
    }
}

TEST_F(ValuesFunction, a_list_with_a_nan_is_refused) {
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    const ValueList list = reals({1.5, std::numeric_limits<double>::quiet_NaN()});
    for (const Lifetime lifetime : {Lifetime::borrowed, Lifetime::copied}) {
        const auto error = caught<mica::DataError>([&] { statement.bind(1, list, lifetime); });
        EXPECT_EQ(error.sql(), "SELECT value FROM mica_values(?)");
    }
}

TEST_F(ValuesFunction, an_unbound_parameter_is_an_empty_list) {
    EXPECT_EQ(rows("SELECT value FROM mica_values(?)"), "");
    EXPECT_EQ(rows("SELECT value FROM mica_values(NULL)"), "");
}

TEST_F(ValuesFunction, clear_bindings_lets_go_of_the_list) {
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    for (const Lifetime lifetime : {Lifetime::borrowed, Lifetime::copied}) {
        const ValueList list = integers({1});
        statement.bind(1, list, lifetime);
        EXPECT_EQ(rows(statement), "1 ");
        statement.clear_bindings();
        EXPECT_EQ(rows(statement), "");
    }
}

// ---- what SQL cannot do

TEST_F(ValuesFunction, no_value_of_sql_passes_for_a_list) {
    const ValueList list = integers({1});
    const std::string address = std::to_string(reinterpret_cast<std::uintptr_t>(&list));
    for (const std::string& argument :
         {address, std::string("1.5"), std::string("'mica_values'"), std::string("x'00'")}) {
        const std::string sql = "SELECT value FROM mica_values(" + argument + ")";
        const auto error = caught<mica::ProgrammingError>([&] { rows(sql); });
        EXPECT_EQ(std::string(error.what()), "mica_values() takes a bound list [" + sql + "]");
    }
}

TEST_F(ValuesFunction, a_pointer_of_another_type_is_an_empty_list) {
    ValueList list = integers({1});
    Statement statement = prepare("SELECT value FROM mica_values(?)");
    ASSERT_EQ(sqlite3_bind_pointer(statement.handle(), 1, &list, "mica_other", nullptr), SQLITE_OK);
    EXPECT_EQ(rows(statement), "");
}

TEST_F(ValuesFunction, needs_its_argument) {
    for (const std::string_view sql : {"SELECT value FROM mica_values", "SELECT value FROM mica_values()",
                                       "SELECT value FROM mica_values WHERE list > 0"}) {
        EXPECT_THROW((void)prepare(sql), mica::ProgrammingError);
    }
}

TEST_F(ValuesFunction, a_view_cannot_use_it_however_trusted) {
    trust_schema();
    database.execute_script("CREATE VIEW v AS SELECT value FROM mica_values(NULL)");
    const auto error = caught<mica::ProgrammingError>([&] { (void)prepare("SELECT * FROM v"); });
    EXPECT_EQ(std::string_view(error.what()).find("unsafe use of virtual table \"mica_values\""), 0U);
}

TEST_F(ValuesFunction, a_trigger_cannot_use_it_however_trusted) {
    trust_schema();
    database.execute_script(
        "CREATE TABLE t(a); CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t WHERE a IN "
        "(SELECT value FROM mica_values(NULL)); END");
    const auto error = caught<mica::ProgrammingError>([&] { database.execute_script("INSERT INTO t VALUES(1)"); });
    EXPECT_EQ(std::string_view(error.what()).find("unsafe use of virtual table \"mica_values\""), 0U);
}

TEST_F(ValuesFunction, makes_no_table_and_leaves_no_trace_in_the_schema) {
    EXPECT_THROW(database.execute_script("CREATE VIRTUAL TABLE t USING mica_values"), mica::ProgrammingError);
    rows("SELECT value FROM mica_values(?)", integers({1}));
    EXPECT_EQ(rows("SELECT name FROM sqlite_schema"), "");
}

TEST_F(ValuesFunction, cannot_be_written_to) {
    EXPECT_THROW(database.execute_script("INSERT INTO mica_values VALUES(1)"), mica::ProgrammingError);
    EXPECT_THROW(database.execute_script("DELETE FROM mica_values"), mica::ProgrammingError);
}

TEST_F(ValuesFunction, a_table_of_its_name_makes_preparing_fail) {
    database.execute_script("CREATE TABLE mica_values(value)");
    EXPECT_THROW((void)prepare("SELECT value FROM mica_values(?)"), mica::ProgrammingError);
}

TEST_F(ValuesFunction, works_on_a_connection_that_was_moved) {
    Database moved = std::move(database);
    Statement statement = moved.prepare("SELECT value FROM mica_values(?)");
    const ValueList list = integers({1});
    statement.bind(1, list, Lifetime::borrowed);
    EXPECT_EQ(rows(statement), "1 ");
}

TEST_F(ValuesFunction, works_with_an_untrusted_schema_and_a_defensive_connection) {
    database = Database("", {.mode = OpenMode::memory, .untrusted = true});
    for (const int setting : {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DEFENSIVE}) {
        int value = -1;
        sqlite3_db_config(database.handle(), setting, -1, &value);
        EXPECT_EQ(value, setting == SQLITE_DBCONFIG_DEFENSIVE ? 1 : 0);
    }
    EXPECT_EQ(rows("SELECT 1 IN (SELECT value FROM mica_values(?))", integers({1})), "1 ");
}

}  // namespace
}  // namespace unit_sqlite_values_function
