// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/database.hpp>
#include <mica/sqlite/failure.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace unit_sqlite_failure {
namespace {

using mica::ConstraintKind;
using mica::DatabaseError;
using mica::DataError;
using mica::IntegrityError;
using mica::InterruptedError;
using mica::Lifetime;
using mica::OperationalError;
using mica::ProgrammingError;
using mica::SchemaMismatch;
using mica::sqlite::Database;
using mica::sqlite::OpenMode;
using mica::sqlite::Statement;
using mica::test::caught;

Database memory() { return Database("", {.mode = OpenMode::memory}); }

/// No statement is left running (virtual tables keep some of their own), and the connection does what it is asked.
void expect_usable(Database& database) {
    for (sqlite3_stmt* left = nullptr; (left = sqlite3_next_stmt(database.handle(), left)) != nullptr;) {
        EXPECT_EQ(sqlite3_stmt_busy(left), 0) << sqlite3_sql(left);
    }
    Statement probe = database.prepare("SELECT 42");
    ASSERT_TRUE(probe.step());
    EXPECT_EQ(probe.cell(0).integer(), 42);
}

/// Runs one statement to its end.
void run(Database& database, std::string_view sql) {
    Statement statement = database.prepare(sql);
    while (statement.step()) {
    }
    statement.finish();
}

// Errors that one statement provokes after some preparation.

enum class Type { integrity, operational, interrupted, data, programming, schema };

struct Provoked {
    const char* name;
    const char* setup;
    const char* sql;
    Type type;
    int extended_code;
    const char* message;  ///< a part of it
    int offset = -1;
};

std::ostream& operator<<(std::ostream& out, const Provoked& provoked) { return out << provoked.sql; }

Type type_of(const DatabaseError& error) {
    if (dynamic_cast<const IntegrityError*>(&error) != nullptr) return Type::integrity;
    if (dynamic_cast<const InterruptedError*>(&error) != nullptr) return Type::interrupted;
    if (dynamic_cast<const OperationalError*>(&error) != nullptr) return Type::operational;
    if (dynamic_cast<const DataError*>(&error) != nullptr) return Type::data;
    if (dynamic_cast<const SchemaMismatch*>(&error) != nullptr) return Type::schema;
    EXPECT_NE(dynamic_cast<const ProgrammingError*>(&error), nullptr);
    return Type::programming;
}

struct ProvokedFailure : testing::TestWithParam<Provoked> {};

TEST_P(ProvokedFailure, is_typed_and_leaves_the_connection_usable) {
    const Provoked& provoked = GetParam();
    Database database = memory();
    database.execute_script(provoked.setup);
    try {
        run(database, provoked.sql);
        FAIL() << "nothing was thrown";
    } catch (const DatabaseError& error) {
        EXPECT_EQ(type_of(error), provoked.type) << error.what();
        EXPECT_EQ(error.extended_code(), provoked.extended_code) << error.what();
        EXPECT_EQ(error.code(), provoked.extended_code & 0xff);
        EXPECT_EQ(error.sql(), provoked.sql);
        EXPECT_EQ(error.offset(), provoked.offset);
        EXPECT_NE(std::string_view(error.what()).find(provoked.message), std::string_view::npos) << error.what();
    }
    expect_usable(database);
}

constexpr const char* loose =
    "CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE, c NOT NULL DEFAULT 0, CHECK(c >= 0));"
    "INSERT INTO t VALUES(1, 1, 1);";
constexpr const char* family =
    "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p); INSERT INTO p VALUES(1);"
    "INSERT INTO c VALUES(1);";

// clang-format off
const Provoked provoked_failures[] = {
    {"unique", loose, "INSERT INTO t VALUES(2, 1, 1)", Type::integrity, SQLITE_CONSTRAINT_UNIQUE, "t.b"},
    {"primary_key", loose, "INSERT INTO t VALUES(1, 2, 1)", Type::integrity, SQLITE_CONSTRAINT_PRIMARYKEY, "t.a"},
    {"not_null", loose, "INSERT INTO t VALUES(2, 2, NULL)", Type::integrity, SQLITE_CONSTRAINT_NOTNULL, "t.c"},
    {"check", loose, "INSERT INTO t VALUES(2, 2, -1)", Type::integrity, SQLITE_CONSTRAINT_CHECK, "c >= 0"},
    {"rowid", "CREATE TABLE r(a); INSERT INTO r(rowid) VALUES(1)", "INSERT INTO r(rowid) VALUES(1)", Type::integrity, SQLITE_CONSTRAINT_ROWID, "r.rowid"},
    {"foreign_key_child", family, "INSERT INTO c VALUES(2)", Type::integrity, SQLITE_CONSTRAINT_FOREIGNKEY, "FOREIGN KEY"},
    {"foreign_key_parent", family, "DELETE FROM p", Type::integrity, SQLITE_CONSTRAINT_FOREIGNKEY, "FOREIGN KEY"},
    {"trigger", "CREATE TABLE t(a); CREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: x.y'); END", "INSERT INTO t VALUES(1)", Type::integrity, SQLITE_CONSTRAINT_TRIGGER, "x.y"},
    {"datatype", "CREATE TABLE t(a INTEGER) STRICT", "INSERT INTO t VALUES('x')", Type::integrity, SQLITE_CONSTRAINT_DATATYPE, "cannot store TEXT"},
    {"virtual_table_key", "CREATE VIRTUAL TABLE v USING rtree(id, x0, x1); INSERT INTO v VALUES(1, 0, 1)", "INSERT INTO v VALUES(1, 0, 1)", Type::integrity, SQLITE_CONSTRAINT, "v.id"},
    {"virtual_table_rule", "CREATE VIRTUAL TABLE v USING rtree(id, x0, x1)", "INSERT INTO v VALUES(1, 2, 1)", Type::integrity, SQLITE_CONSTRAINT, "rtree constraint"},
    {"mismatch", loose, "INSERT INTO t(a) VALUES('x')", Type::data, SQLITE_MISMATCH, "datatype mismatch"},
    {"too_big", "", "SELECT zeroblob(2000000000)", Type::data, SQLITE_TOOBIG, "too big"},
    {"integer_overflow", "", "SELECT sum(column1) FROM (VALUES(9223372036854775807), (1))", Type::data, SQLITE_ERROR, "integer overflow"},
    {"abs_overflow", "", "SELECT abs(-9223372036854775808)", Type::data, SQLITE_ERROR, "integer overflow"},
    {"malformed_json", "", "SELECT json('{')", Type::data, SQLITE_ERROR, "malformed JSON"},
    {"json_path", "", "SELECT json_extract('{}', 'a')", Type::data, SQLITE_ERROR, "JSON path"},
    {"json_blob", "", "SELECT json_array(x'ff')", Type::data, SQLITE_ERROR, "JSON cannot hold BLOB values"},
    {"escape", "", "SELECT 'a' LIKE 'b' ESCAPE 'cd'", Type::data, SQLITE_ERROR, "single character"},
    {"frame_offset", "", "SELECT sum(1) OVER (ROWS -1 PRECEDING)", Type::data, SQLITE_ERROR, "frame starting offset"},
    {"full_text_query", "CREATE VIRTUAL TABLE v USING fts5(a)", "SELECT * FROM v WHERE v MATCH '\"'", Type::data, SQLITE_ERROR, ""},
    {"no_table", "", "SELECT 1 FROM nowhere", Type::schema, SQLITE_ERROR, "no such table: nowhere"},
    {"no_column", loose, "SELECT a, absent FROM t", Type::schema, SQLITE_ERROR, "no such column: absent", 10},
    {"no_such_string", loose, "SELECT a FROM t WHERE b = \"text\"", Type::schema, SQLITE_ERROR, "no such column", 26},
    {"no_column_to_insert", loose, "INSERT INTO t(absent) VALUES(1)", Type::schema, SQLITE_ERROR, "has no column named absent"},
    {"too_few_values", loose, "INSERT INTO t VALUES(1)", Type::schema, SQLITE_ERROR, "has 3 columns but 1 values"},
    {"no_index", loose, "SELECT a FROM t INDEXED BY i", Type::schema, SQLITE_ERROR, "no such index"},
    {"no_view", "", "DROP VIEW v", Type::schema, SQLITE_ERROR, "no such view"},
    {"foreign_key_to_no_key", "CREATE TABLE p(id); CREATE TABLE c(p REFERENCES p(id))", "INSERT INTO c VALUES(1)", Type::schema, SQLITE_ERROR, "foreign key mismatch"},
    {"no_conflict_target", loose, "INSERT INTO t VALUES(1, 1, 1) ON CONFLICT(c) DO NOTHING", Type::schema, SQLITE_ERROR, "ON CONFLICT clause"},
    {"generated_column", "CREATE TABLE t(a, b AS (a))", "INSERT INTO t(b) VALUES(1)", Type::schema, SQLITE_ERROR, "generated column"},
    {"syntax", "", "SELECT 1 FRM t", Type::programming, SQLITE_ERROR, "syntax error", 13},
    {"incomplete", "", "SELECT (", Type::programming, SQLITE_ERROR, "incomplete input"},
    {"no_function", "", "SELECT absent()", Type::programming, SQLITE_ERROR, "no such function", 7},
    {"no_regexp", "", "SELECT 'a' REGEXP 'b'", Type::programming, SQLITE_ERROR, "engine.use_regexp()", 11},
    {"no_collation", "", "SELECT 'a' COLLATE absent = 'b'", Type::programming, SQLITE_ERROR_MISSING_COLLSEQ, "no such collation"},
    {"no_module", "", "CREATE VIRTUAL TABLE v USING absent", Type::programming, SQLITE_ERROR, "no such module"},
    {"no_savepoint", "", "RELEASE absent", Type::programming, SQLITE_ERROR, "no such savepoint"},
    {"begin_twice", "BEGIN", "BEGIN", Type::programming, SQLITE_ERROR, "within a transaction"},
    {"commit_of_nothing", "", "COMMIT", Type::programming, SQLITE_ERROR, "no transaction is active"},
    {"table_exists", loose, "CREATE TABLE t(a)", Type::programming, SQLITE_ERROR, "already exists", 13},
    {"defensive", "", "UPDATE sqlite_master SET sql = ''", Type::programming, SQLITE_ERROR, "may not be modified"},
    {"load_extension", "", "SELECT load_extension('x')", Type::programming, SQLITE_ERROR, "not authorized"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Sql, ProvokedFailure, testing::ValuesIn(provoked_failures),
                         [](const auto& test) { return std::string(test.param.name); });

// Constraints: kind, table and columns.

struct Constraint {
    const char* name;
    const char* setup;
    const char* sql;
    ConstraintKind kind;
    const char* table;
    std::vector<std::string> columns;
};

std::ostream& operator<<(std::ostream& out, const Constraint& constraint) { return out << constraint.sql; }

struct ProvokedConstraint : testing::TestWithParam<Constraint> {};

TEST_P(ProvokedConstraint, tells_kind_table_and_columns) {
    const Constraint& constraint = GetParam();
    Database database = memory();
    database.execute_script(constraint.setup);
    const auto error = caught<IntegrityError>([&] { run(database, constraint.sql); });
    EXPECT_EQ(error.kind(), constraint.kind);
    EXPECT_EQ(error.table(), constraint.table);
    EXPECT_EQ(error.columns(), constraint.columns);
    expect_usable(database);
}

// clang-format off
const Constraint constraints[] = {
    {"unique", "CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(1)", ConstraintKind::unique, "t", {"a"}},
    {"unique_of_two", "CREATE TABLE t(a, b, UNIQUE(a, b)); INSERT INTO t VALUES(1, 2)", "INSERT INTO t VALUES(1, 2)", ConstraintKind::unique, "t", {"a", "b"}},
    {"unique_by_update", "CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1), (2)", "UPDATE t SET a = 1", ConstraintKind::unique, "t", {"a"}},
    {"unique_index_over_expression", "CREATE TABLE t(a); CREATE UNIQUE INDEX lower_a ON t(lower(a)); INSERT INTO t VALUES('a')", "INSERT INTO t VALUES('A')", ConstraintKind::unique, "", {}},
    {"unique_index_over_expression_with_dot_in_its_name", "CREATE TABLE t(a); CREATE UNIQUE INDEX \"t.i\" ON t(lower(a)); INSERT INTO t VALUES('a')", "INSERT INTO t VALUES('A')", ConstraintKind::unique, "", {}},
    {"rowid", "CREATE TABLE t(a); INSERT INTO t(rowid) VALUES(1)", "INSERT INTO t(rowid) VALUES(1)", ConstraintKind::unique, "t", {"rowid"}},
    {"rtree", "CREATE VIRTUAL TABLE v USING rtree(id, x0, x1); INSERT INTO v VALUES(1, 0, 1)", "INSERT INTO v VALUES(1, 0, 1)", ConstraintKind::unique, "v", {"id"}},
    {"rtree_rule", "CREATE VIRTUAL TABLE v USING rtree(id, x0, x1)", "INSERT INTO v VALUES(1, 2, 1)", ConstraintKind::other, "", {}},
    {"primary_key", "CREATE TABLE t(a INTEGER PRIMARY KEY); INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(1)", ConstraintKind::primary_key, "t", {"a"}},
    {"primary_key_of_text", "CREATE TABLE t(a TEXT PRIMARY KEY); INSERT INTO t VALUES('x')", "INSERT INTO t VALUES('x')", ConstraintKind::primary_key, "t", {"a"}},
    {"primary_key_of_two", "CREATE TABLE t(a, b, PRIMARY KEY(a, b)) WITHOUT ROWID; INSERT INTO t VALUES(1, 2)", "INSERT INTO t VALUES(1, 2)", ConstraintKind::primary_key, "t", {"a", "b"}},
    {"not_null", "CREATE TABLE t(a NOT NULL)", "INSERT INTO t VALUES(NULL)", ConstraintKind::not_null, "t", {"a"}},
    {"check", "CREATE TABLE t(a CONSTRAINT positive CHECK(a > 0))", "INSERT INTO t VALUES(0)", ConstraintKind::check, "t", {"a"}},
    {"check_of_several", "CREATE TABLE t(a, \"b c\", d, CHECK /* ) */ ( abs([a]) > length('d)') OR \"b c\" <> A ))", "INSERT INTO t VALUES(0, 0, 1)", ConstraintKind::check, "t", {"a", "b c"}},
    {"check_among_others", "CREATE TABLE s(x CHECK (x > 0)); CREATE TABLE t(a CONSTRAINT c1 CHECK(a > 0), b CONSTRAINT \"it's \"\"c2\" CHECK(b > 0), CONSTRAINT c3 UNIQUE (a))", "INSERT INTO t VALUES(1, 0)", ConstraintKind::check, "t", {"b"}},
    {"check_of_a_name_that_is_there_twice", "CREATE TABLE s(a CONSTRAINT c CHECK (a > 0)); CREATE TABLE t(b CONSTRAINT c CHECK(b > 0))", "INSERT INTO t VALUES(0)", ConstraintKind::check, "", {}},
    {"check_of_an_attached_database", "ATTACH ':memory:' AS \"a\"\"b\"; CREATE TABLE \"a\"\"b\".t(a CHECK (a > 0))", "INSERT INTO t VALUES(0)", ConstraintKind::check, "t", {"a"}},
    {"foreign_key", "CREATE TABLE p(id PRIMARY KEY); CREATE TABLE c(p REFERENCES p)", "INSERT INTO c VALUES(1)", ConstraintKind::foreign_key, "", {}},
    {"foreign_key_at_commit", "CREATE TABLE p(id PRIMARY KEY); CREATE TABLE c(p REFERENCES p DEFERRABLE INITIALLY DEFERRED); BEGIN; INSERT INTO c VALUES(1)", "COMMIT", ConstraintKind::foreign_key, "", {}},
    {"datatype", "CREATE TABLE t(a INTEGER) STRICT", "INSERT INTO t VALUES('x')", ConstraintKind::datatype, "t", {"a"}},
    {"trigger_that_lies", "CREATE TABLE t(a); CREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: x.y'); END", "INSERT INTO t VALUES(1)", ConstraintKind::other, "", {}},
    {"restricted_delete", "CREATE TABLE p(a PRIMARY KEY); CREATE TABLE c(b REFERENCES p ON DELETE RESTRICT); INSERT INTO p VALUES(1); INSERT INTO c VALUES(1)", "DELETE FROM p", ConstraintKind::foreign_key, "", {}},
    {"restricted_update", "CREATE TABLE p(a PRIMARY KEY); CREATE TABLE c(b REFERENCES p ON UPDATE RESTRICT); INSERT INTO p VALUES(1); INSERT INTO c VALUES(1)", "UPDATE p SET a = 2", ConstraintKind::foreign_key, "", {}},
    {"dot_in_table", "CREATE TABLE \"my.t\"(a, b, UNIQUE(a, b)); INSERT INTO \"my.t\" VALUES(1, 2)", "INSERT INTO \"my.t\" VALUES(1, 2)", ConstraintKind::unique, "my.t", {"a", "b"}},
    {"dot_in_column", "CREATE TABLE t(\"a.b\" UNIQUE); INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(1)", ConstraintKind::unique, "t", {"a.b"}},
    {"dots_in_both", "CREATE TABLE \"x.y\"(\"a.b\" NOT NULL)", "INSERT INTO \"x.y\" VALUES(NULL)", ConstraintKind::not_null, "x.y", {"a.b"}},
    {"comma_in_column", "CREATE TABLE t(\"a, b\" UNIQUE); INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(1)", ConstraintKind::unique, "t", {"a, b"}},
    {"comma_and_dot_in_column", "CREATE TABLE t(\"a, t.b\", c, UNIQUE(\"a, t.b\", c)); INSERT INTO t VALUES(1, 2)", "INSERT INTO t VALUES(1, 2)", ConstraintKind::unique, "t", {"a", "b", "c"}},
    {"quotes_in_names", "CREATE TABLE \"t'\"\"\"(\"a'\"\"\" UNIQUE); INSERT INTO \"t'\"\"\" VALUES(1)", "INSERT INTO \"t'\"\"\" VALUES(1)", ConstraintKind::unique, "t'\"", {"a'\""}},
    {"empty_names", "CREATE TABLE \"\"(\"\" UNIQUE); INSERT INTO \"\" VALUES(1)", "INSERT INTO \"\" VALUES(1)", ConstraintKind::unique, "", {""}},
    {"colon_in_names", "CREATE TABLE \"t: x\"(\"a: b\" NOT NULL)", "INSERT INTO \"t: x\" VALUES(NULL)", ConstraintKind::not_null, "t: x", {"a: b"}},
    {"column_in_column_name", "CREATE TABLE \"t column x\"(\"a column b\" INTEGER) STRICT", "INSERT INTO \"t column x\" VALUES('x')", ConstraintKind::datatype, "t column x", {"a column b"}},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Sql, ProvokedConstraint, testing::ValuesIn(constraints),
                         [](const auto& test) { return std::string(test.param.name); });

std::string constraint_of(const char* setup, const char* sql) {
    Database database = memory();
    database.execute_script(setup);
    return caught<IntegrityError>([&] { run(database, sql); }).constraint();
}

TEST(IntegrityError, names_a_check_or_tells_its_text) {
    EXPECT_EQ(constraint_of("CREATE TABLE t(a CONSTRAINT \"a is, well\" CHECK(a > 0))", "INSERT INTO t VALUES(0)"),
              "a is, well");
    EXPECT_EQ(constraint_of("CREATE TABLE t(a CHECK ( a > 0 ))", "INSERT INTO t VALUES(0)"), "a > 0");
}

TEST(IntegrityError, names_a_unique_index_over_expressions) {
    EXPECT_EQ(constraint_of("CREATE TABLE t(a); CREATE UNIQUE INDEX \"it's\" ON t(lower(a)); INSERT INTO t VALUES('a')",
                            "INSERT INTO t VALUES('A')"),
              "it's");
}

TEST(IntegrityError, names_no_other_constraint) {
    EXPECT_EQ(
        constraint_of("CREATE TABLE t(a CONSTRAINT u UNIQUE); INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(1)"), "");
    EXPECT_EQ(constraint_of(family, "DELETE FROM p"), "");
}

std::string what_of(const char* setup, const char* sql) {
    Database database = memory();
    database.execute_script(setup);
    return caught<IntegrityError>([&] { run(database, sql); }).what();
}

TEST(IntegrityError, shows_the_statement_only_where_the_message_does_not_say_what_is_to_blame) {
    EXPECT_EQ(what_of(loose, "INSERT INTO t VALUES(2, 1, 1)"), "UNIQUE constraint failed: t.b");
    EXPECT_EQ(what_of(loose, "INSERT INTO t VALUES(2, 2, -1)"), "CHECK constraint failed: c >= 0");
    EXPECT_EQ(what_of(family, "DELETE FROM p"), "FOREIGN KEY constraint failed [DELETE FROM p]");
}

TEST(ConstraintTarget, text_that_names_no_table_is_no_target) {
    EXPECT_EQ(mica::sqlite::detail::parse_target(nullptr, "").table, "");
    EXPECT_TRUE(mica::sqlite::detail::parse_target(nullptr, "nothing").columns.empty());
}

TEST(ConstraintTarget, the_first_dot_separates_where_nobody_can_be_asked) {
    const auto target = mica::sqlite::detail::parse_target(nullptr, "a.b.c");
    EXPECT_EQ(target.table, "a");
    ASSERT_EQ(target.columns.size(), 1U);
    EXPECT_EQ(target.columns[0], "b.c");
}

TEST(ConstraintTarget, the_first_dot_separates_where_the_schema_knows_no_reading) {
    Database database = memory();
    EXPECT_EQ(mica::sqlite::detail::parse_target(database.handle(), "a.b.c").table, "a");
}

// Errors that need more than a statement.

TEST(Failure, a_lock_of_another_connection_is_busy) {
    const mica::test::TemporaryDirectory directory;
    Database first(directory.file("x.db"), {});
    Database second(directory.file("x.db"), {.busy_timeout_ms = 0});
    first.execute_script("BEGIN IMMEDIATE");
    const auto error = caught<OperationalError>([&] { run(second, "BEGIN IMMEDIATE"); });
    EXPECT_TRUE(error.is_busy());
    EXPECT_FALSE(second.in_transaction());
    first.execute_script("ROLLBACK");
    run(second, "BEGIN IMMEDIATE");
}

TEST(Failure, a_library_without_full_text_search_says_so) {
    Database database = memory();
    ASSERT_EQ(sqlite3_drop_modules(database.handle(), nullptr), SQLITE_OK);
    const std::string text =
        caught<ProgrammingError>([&] { run(database, "CREATE VIRTUAL TABLE t USING fts5(a)"); }).what();
    EXPECT_NE(text.find("built without SQLITE_ENABLE_FTS5"), text.npos) << text;
    expect_usable(database);
}

TEST(Failure, an_upgrade_of_an_old_snapshot_is_busy) {
    const mica::test::TemporaryDirectory directory;
    Database first(directory.file("x.db"), {});
    Database second(directory.file("x.db"), {});
    first.execute_script("CREATE TABLE t(a); BEGIN; SELECT * FROM t");
    second.execute_script("INSERT INTO t VALUES(1)");
    const auto error = caught<OperationalError>([&] { run(first, "INSERT INTO t VALUES(2)"); });
    EXPECT_TRUE(error.is_busy());
    EXPECT_EQ(error.extended_code(), SQLITE_BUSY_SNAPSHOT);
}

TEST(Failure, dropping_a_table_that_is_being_read_is_locked) {
    Database database = memory();
    database.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES(1), (2)");
    {
        Statement cursor = database.prepare("SELECT a FROM t");
        ASSERT_TRUE(cursor.step());
        const auto error = caught<OperationalError>([&] { run(database, "DROP TABLE t"); });
        EXPECT_TRUE(error.is_locked());
        EXPECT_TRUE(std::string_view(error.what()).starts_with("database table is locked"));
    }
    expect_usable(database);
}

TEST(Failure, writing_to_a_read_only_database_is_read_only) {
    const mica::test::TemporaryDirectory directory;
    Database(directory.file("x.db"), {}).execute_script("CREATE TABLE t(a)");
    Database database(directory.file("x.db"), {.mode = OpenMode::read_only});
    const auto error = caught<OperationalError>([&] { run(database, "INSERT INTO t VALUES(1)"); });
    EXPECT_TRUE(error.is_read_only());
    expect_usable(database);
}

TEST(Failure, a_database_at_its_page_limit_is_full_and_can_be_emptied) {
    Database database = memory();
    database.execute_script("CREATE TABLE t(a); PRAGMA max_page_count = 5");
    const auto error = caught<OperationalError>([&] { run(database, "INSERT INTO t VALUES(zeroblob(100000))"); });
    EXPECT_TRUE(error.is_full());
    expect_usable(database);
    run(database, "INSERT INTO t VALUES(1)");
}

TEST(Failure, an_interrupted_statement_is_interrupted) {
    Database database = memory();
    sqlite3_progress_handler(database.handle(), 100, [](void*) { return 1; }, nullptr);
    const auto error = caught<InterruptedError>(
        [&] { run(database, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"); });
    EXPECT_TRUE(error.is_interrupted());
    sqlite3_progress_handler(database.handle(), 0, nullptr, nullptr);
    expect_usable(database);
}

TEST(Failure, what_an_authorizer_denies_is_operational) {
    Database database = memory();
    database.execute_script("CREATE TABLE t(a)");
    const auto deny_reading = [](void*, int action, const char*, const char*, const char*, const char*) {
        return action == SQLITE_READ ? SQLITE_DENY : SQLITE_OK;
    };
    sqlite3_set_authorizer(database.handle(), deny_reading, nullptr);
    const auto error = caught<OperationalError>([&] { run(database, "SELECT a FROM t"); });
    EXPECT_EQ(error.code(), SQLITE_AUTH);
    sqlite3_set_authorizer(database.handle(), nullptr, nullptr);
    expect_usable(database);
}

TEST(Failure, memory_that_runs_out_is_operational) {
    Database database = memory();
    sqlite3_hard_heap_limit64(1);
    try {
        run(database, "SELECT zeroblob(1000)");
        ADD_FAILURE() << "nothing was thrown";
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.is_out_of_memory());
    }
    sqlite3_hard_heap_limit64(0);
    expect_usable(database);
}

TEST(Failure, a_refused_commit_hook_is_an_integrity_error_of_no_kind) {
    Database database = memory();
    sqlite3_commit_hook(database.handle(), [](void*) { return 1; }, nullptr);
    const auto error = caught<IntegrityError>([&] { run(database, "CREATE TABLE t(a)"); });
    EXPECT_EQ(error.extended_code(), SQLITE_CONSTRAINT_COMMITHOOK);
    EXPECT_EQ(error.kind(), ConstraintKind::other);
    sqlite3_commit_hook(database.handle(), nullptr, nullptr);
    expect_usable(database);
}

TEST(Failure, a_reading_that_a_rollback_cuts_off_is_operational) {
    Database database = memory();
    database.execute_script("CREATE TABLE t(a); INSERT INTO t VALUES(1), (2); BEGIN; CREATE TABLE u(a)");
    {
        Statement cursor = database.prepare("SELECT a FROM t");
        ASSERT_TRUE(cursor.step());
        run(database, "ROLLBACK");
        const auto error = caught<OperationalError>([&] { cursor.step(); });
        EXPECT_EQ(error.extended_code(), SQLITE_ABORT_ROLLBACK);
    }
    expect_usable(database);
}

TEST(Failure, a_damaged_page_is_corrupt) {
    const mica::test::TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database(path, {}).execute_script(
        "CREATE TABLE t(a); INSERT INTO t VALUES(zeroblob(3000)), (zeroblob(3000)); PRAGMA wal_checkpoint(TRUNCATE)");
    {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(4096);
        file << std::string(4096, '\xee');
    }
    Database database(path, {});
    const auto error = caught<OperationalError>([&] { run(database, "SELECT count(a) FROM t"); });
    EXPECT_TRUE(error.is_corrupt());
    expect_usable(database);
}

TEST(Failure, a_file_cut_short_is_an_error_of_the_file) {
    const mica::test::TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database(path, {}).execute_script(
        "CREATE TABLE t(a); INSERT INTO t VALUES(zeroblob(30000)); PRAGMA wal_checkpoint(TRUNCATE)");
    std::filesystem::resize_file(path, 8192);
    const auto error = caught<OperationalError>([&] { Database(path, {}); });
    EXPECT_TRUE(error.is_corrupt());
    EXPECT_EQ(std::filesystem::file_size(path), 8192U);
}

TEST(Failure, a_text_above_the_length_limit_of_statements_is_a_programming_error) {
    Database database = memory();
    sqlite3_limit(database.handle(), SQLITE_LIMIT_SQL_LENGTH, 10);
    const auto error = caught<ProgrammingError>([&] { run(database, "SELECT 12345678"); });
    EXPECT_EQ(error.code(), SQLITE_TOOBIG);
}

TEST(Failure, a_column_that_went_away_after_preparing_is_a_schema_mismatch) {
    Database database = memory();
    database.execute_script("CREATE TABLE t(a, b)");
    Statement statement = database.prepare("SELECT a, b FROM t");
    database.execute_script("ALTER TABLE t DROP COLUMN b");
    const auto error = caught<SchemaMismatch>([&] { statement.step(); });
    EXPECT_EQ(error.offset(), 10);
    EXPECT_TRUE(std::string_view(error.what()).starts_with("no such column: b"));
}

TEST(Failure, a_change_of_the_schema_elsewhere_hides_no_failure) {
    const mica::test::TemporaryDirectory directory;
    Database first(directory.file("x.db"), {});
    Database second(directory.file("x.db"), {});
    second.execute_script("CREATE TABLE t(a)");
    const auto error = caught<SchemaMismatch>([&] { first.prepare("SELECT absent"); });
    EXPECT_STREQ(error.what(), "no such column: absent [SELECT absent]");
}

// What SQLite quotes from values.

struct Quoting {
    const char* name;
    const char* setup;
    const char* sql;
    const char* value;
};

std::ostream& operator<<(std::ostream& out, const Quoting& quoting) { return out << quoting.sql; }

struct QuotedValue : testing::TestWithParam<Quoting> {};

TEST_P(QuotedValue, is_not_in_the_error) {
    const Quoting& quoting = GetParam();
    Database database = memory();
    database.execute_script(quoting.setup);
    Statement statement = database.prepare(quoting.sql);
    statement.bind(1, std::string_view(quoting.value), Lifetime::borrowed);
    try {
        statement.step();
        FAIL() << "nothing was thrown";
    } catch (const DatabaseError& error) {
        EXPECT_EQ(std::string_view(error.what()).find("s3cret"), std::string_view::npos) << error.what();
        EXPECT_NE(std::string_view(error.what()).find("..."), std::string_view::npos) << error.what();
    }
}

constexpr const char* full_text =
    "CREATE VIRTUAL TABLE v USING fts5(a); CREATE VIRTUAL TABLE w USING fts4(a);"
    "INSERT INTO v VALUES('a'); INSERT INTO w VALUES('a')";

// clang-format off
const Quoting quotings[] = {
    {"json_path", "", "SELECT json_extract('{}', ?)", "s3cret"},
    {"full_text_syntax", full_text, "SELECT * FROM v WHERE v MATCH ?", "( ) s3cret"},
    {"full_text_syntax_at_value", full_text, "SELECT * FROM v WHERE v MATCH ?", "a : ^ s3cret + ("},
    {"full_text_filter", full_text, "SELECT * FROM v WHERE v MATCH ?", "s3cret : a"},
    {"full_text_special_query", full_text, "SELECT * FROM v WHERE v MATCH ?", "*s3cret"},
    {"full_text_distance", full_text, "SELECT * FROM v WHERE v MATCH ?", "NEAR(a b, s3cret)"},
    {"full_text_rank", full_text, "SELECT * FROM v WHERE v MATCH 'a' AND rank MATCH ? ORDER BY rank", "s3cret"},
    {"full_text_rank_function", full_text, "SELECT * FROM v WHERE v MATCH 'a' AND rank MATCH ? ORDER BY rank", "s3cret()"},
    {"older_full_text", full_text, "SELECT * FROM w WHERE w MATCH ?", "(s3cret"},
    {"older_full_text_info", full_text, "SELECT matchinfo(w, ?) FROM w WHERE w MATCH 'a'", "?s3cret"},
    {"older_full_text_tokenizer", full_text, "SELECT fts3_tokenizer(?)", "s3cret"},
    {"attached_file", "", "ATTACH ? AS x", "/nowhere/s3cret"},
    {"attached_name", "ATTACH ':memory:' AS s3cret", "ATTACH ':memory:' AS ?", "s3cret"},
    {"attached_vfs", "", "ATTACH ? AS x", "file:x?vfs=s3cret"},
    {"attached_mode", "", "ATTACH ? AS x", "file:x?mode=s3cret"},
    {"attached_cache", "", "ATTACH ? AS x", "file:x?cache=s3cret"},
    {"attached_host", "", "ATTACH ? AS x", "file://s3cret/x"},
    {"detached_name", "", "DETACH ?", "s3cret"},
    {"detached_in_use", "ATTACH ':memory:' AS s3cret; BEGIN; CREATE TABLE s3cret.t(a)", "DETACH ?", "s3cret"},
    {"exported_file", "", "VACUUM INTO ?", "/nowhere/s3cret"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Sql, QuotedValue, testing::ValuesIn(quotings),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Failure, the_name_of_a_column_in_a_bound_full_text_query_is_data) {
    Database database = memory();
    database.execute_script("CREATE VIRTUAL TABLE v USING fts5(a)");
    Statement statement = database.prepare("SELECT * FROM v WHERE v MATCH ?");
    statement.bind(1, std::string_view("nothing : a"), Lifetime::borrowed);
    caught<DataError>([&] { statement.step(); });
}

TEST(Failure, a_message_that_quotes_nothing_stays_as_it_is) {
    for (const char* message :
         {"database is locked", "database main is locked up", "databases", "SQL logic error", ""}) {
        mica::Failure failure{.code = SQLITE_ERROR, .message = message, .sql = {}};
        EXPECT_FALSE(mica::sqlite::detail::remove_quoted_value(failure));
        EXPECT_EQ(failure.message, message);
    }
}

// Codes that cannot be provoked, or not from here.

struct Mapping {
    int code;
    Type type;
};

std::ostream& operator<<(std::ostream& out, const Mapping& mapping) { return out << sqlite3_errstr(mapping.code); }

struct BareCode : testing::TestWithParam<Mapping> {};

TEST_P(BareCode, is_typed_without_a_connection) {
    try {
        mica::sqlite::throw_failure(nullptr, GetParam().code, "SELECT 1");
        FAIL() << "nothing was thrown";
    } catch (const DatabaseError& error) {
        EXPECT_EQ(type_of(error), GetParam().type);
        EXPECT_EQ(error.code(), GetParam().code & 0xff);
        EXPECT_EQ(error.extended_code(), GetParam().code);
        EXPECT_EQ(error.sql(), "SELECT 1");
        EXPECT_EQ(error.offset(), -1);
        EXPECT_TRUE(std::string_view(error.what()).starts_with(sqlite3_errstr(GetParam().code)));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Code, BareCode,
    testing::Values(Mapping{SQLITE_ERROR, Type::programming}, Mapping{SQLITE_INTERNAL, Type::operational},
                    Mapping{SQLITE_PERM, Type::operational}, Mapping{SQLITE_ABORT, Type::operational},
                    Mapping{SQLITE_BUSY, Type::operational}, Mapping{SQLITE_LOCKED, Type::operational},
                    Mapping{SQLITE_LOCKED_SHAREDCACHE, Type::operational}, Mapping{SQLITE_NOMEM, Type::operational},
                    Mapping{SQLITE_READONLY, Type::operational}, Mapping{SQLITE_INTERRUPT, Type::interrupted},
                    Mapping{SQLITE_IOERR, Type::operational}, Mapping{SQLITE_IOERR_FSYNC, Type::operational},
                    Mapping{SQLITE_CORRUPT, Type::operational}, Mapping{SQLITE_NOTFOUND, Type::operational},
                    Mapping{SQLITE_FULL, Type::operational}, Mapping{SQLITE_CANTOPEN, Type::operational},
                    Mapping{SQLITE_PROTOCOL, Type::operational}, Mapping{SQLITE_SCHEMA, Type::programming},
                    Mapping{SQLITE_TOOBIG, Type::data}, Mapping{SQLITE_CONSTRAINT, Type::integrity},
                    Mapping{SQLITE_CONSTRAINT_VTAB, Type::integrity}, Mapping{SQLITE_MISMATCH, Type::data},
                    Mapping{SQLITE_MISUSE, Type::programming}, Mapping{SQLITE_NOLFS, Type::operational},
                    Mapping{SQLITE_AUTH, Type::operational}, Mapping{SQLITE_RANGE, Type::programming},
                    Mapping{SQLITE_NOTADB, Type::operational}));

TEST(Failure, says_which_kind_its_code_is) {
    using mica::ErrorKind;
    const auto kind_of = [](int code) { return mica::sqlite::collect_failure(nullptr, code, {}).kind; };
    EXPECT_EQ(kind_of(SQLITE_BUSY_SNAPSHOT), ErrorKind::busy);
    EXPECT_EQ(kind_of(SQLITE_LOCKED_SHAREDCACHE), ErrorKind::locked);
    EXPECT_EQ(kind_of(SQLITE_NOMEM), ErrorKind::out_of_memory);
    EXPECT_EQ(kind_of(SQLITE_READONLY_DBMOVED), ErrorKind::read_only);
    EXPECT_EQ(kind_of(SQLITE_INTERRUPT), ErrorKind::interrupted);
    EXPECT_EQ(kind_of(SQLITE_IOERR_FSYNC), ErrorKind::io_error);
    EXPECT_EQ(kind_of(SQLITE_CORRUPT_INDEX), ErrorKind::corrupt);
    EXPECT_EQ(kind_of(SQLITE_FULL), ErrorKind::full);
    EXPECT_EQ(kind_of(SQLITE_CANTOPEN_ISDIR), ErrorKind::cannot_open);
    EXPECT_EQ(kind_of(SQLITE_NOTADB), ErrorKind::not_a_database);
    EXPECT_EQ(kind_of(SQLITE_CONSTRAINT_UNIQUE), ErrorKind::other);
}

TEST(Failure, a_code_that_the_connection_did_not_record_does_not_get_an_older_message) {
    Database database = memory();
    EXPECT_THROW(run(database, "SELECT absent"), SchemaMismatch);
    const auto error = caught<OperationalError>([&] { mica::sqlite::check(database.handle(), SQLITE_BUSY, "x"); });
    EXPECT_STREQ(error.what(), "database is locked");
    EXPECT_EQ(error.sql(), "x");
    EXPECT_EQ(error.offset(), -1);
}

TEST(Failure, is_told_in_full_on_a_connection_without_extended_codes) {
    Database database = memory();
    sqlite3_extended_result_codes(database.handle(), 0);
    database.execute_script("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)");
    const auto error = caught<IntegrityError>([&] { run(database, "INSERT INTO t VALUES(1)"); });
    EXPECT_EQ(error.extended_code(), SQLITE_CONSTRAINT_UNIQUE);
    EXPECT_EQ(error.kind(), ConstraintKind::unique);
}

TEST(Failure, check_lets_success_pass) {
    Database database = memory();
    mica::sqlite::check(database.handle(), SQLITE_OK);
}

TEST(Failure, the_error_outlives_the_connection) {
    std::string what;
    try {
        Database database = memory();
        run(database, "SELECT absent");
    } catch (const DatabaseError& error) {
        what = error.what();
    }
    EXPECT_EQ(what, "no such column: absent [SELECT absent]");
}

}  // namespace
}  // namespace unit_sqlite_failure
