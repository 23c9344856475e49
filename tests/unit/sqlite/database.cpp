// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/database.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

namespace unit_sqlite_database {
namespace {

using mica::ProgrammingError;
using mica::sqlite::Database;
using mica::sqlite::OpenMode;
using mica::sqlite::Statement;
using mica::test::caught;

static_assert(!std::is_copy_constructible_v<Database> && !std::is_copy_assignable_v<Database>);
static_assert(!std::is_default_constructible_v<Database>);
static_assert(std::is_nothrow_move_constructible_v<Database> && std::is_nothrow_move_assignable_v<Database>);
static_assert(std::is_nothrow_destructible_v<Database>);

struct DatabaseTest : testing::Test {
    std::int64_t integer(std::string_view sql) {
        Statement statement = database.prepare(sql);
        EXPECT_TRUE(statement.step());
        return statement.cell(0).integer();
    }

    Database database{"", {.mode = OpenMode::memory}};
};

TEST_F(DatabaseTest, prepares_a_statement) { EXPECT_EQ(integer("SELECT 42"), 42); }

TEST_F(DatabaseTest, prepares_a_part_of_a_longer_text) {
    EXPECT_EQ(integer(std::string_view("SELECT 4299 and more").substr(0, 9)), 42);
}

TEST_F(DatabaseTest, prepares_a_persistent_statement) {
    Statement statement = database.prepare("SELECT 42", true);
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).integer(), 42);
}

TEST_F(DatabaseTest, blanks_comments_and_semicolons_may_stand_around_the_statement) {
    for (const char* sql : {"SELECT 42;", " \t\r\n\fSELECT 42 \t\r\n\f;\n", "SELECT 42 -- the end",
                            "SELECT 42; -- the end\n", "SELECT 42; /* the end */ ", "SELECT 42; /* no end",
                            "SELECT 42;;;", "; ;SELECT 42", "-- first\nSELECT 42", "\xef\xbb\xbfSELECT 42"}) {
        EXPECT_EQ(integer(sql), 42) << sql;
    }
}

TEST_F(DatabaseTest, prepares_one_statement_at_a_time) {
    for (const char* sql : {"SELECT 1; SELECT 2", "SELECT 1;DROP TABLE t", "SELECT 1; nonsense", "SELECT 1;;/**/;x",
                            "SELECT 1; 'open", "SELECT 1; \\"}) {
        const auto error = caught<ProgrammingError>([&] { database.prepare(sql); });
        EXPECT_STREQ(error.what(), ("one statement at a time [" + std::string(sql) + "]").c_str());
    }
    EXPECT_EQ(sqlite3_next_stmt(database.handle(), nullptr), nullptr);
}

TEST_F(DatabaseTest, a_text_without_a_statement_is_a_programming_error) {
    for (const std::string_view sql : {"", " \n", "-- nothing", "/* nothing */", ";", " ; ;", "\xef\xbb\xbf"}) {
        EXPECT_THROW(database.prepare(sql), ProgrammingError) << sql;
    }
    EXPECT_THROW(database.prepare(std::string_view()), ProgrammingError);
}

TEST_F(DatabaseTest, a_text_is_not_cut_at_a_nul) {
    constexpr std::string_view sql("SELECT 1\0; garbage", 18);
    EXPECT_THROW(database.prepare(sql), ProgrammingError);
    EXPECT_THROW(database.execute_script(sql), ProgrammingError);
}

TEST_F(DatabaseTest, a_text_whose_length_does_not_fit_sqlite_is_a_programming_error) {
    constexpr std::size_t length = std::size_t{1} << 31U;
    void* const unreadable = ::mmap(nullptr, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ASSERT_NE(unreadable, MAP_FAILED);
    EXPECT_THROW(database.prepare({static_cast<const char*>(unreadable), length}), ProgrammingError);
    ::munmap(unreadable, length);
}

TEST_F(DatabaseTest, the_offset_of_an_error_counts_from_the_start_of_the_text) {
    const auto error = caught<mica::SchemaMismatch>([&] { database.prepare(" ;; SELECT absent"); });
    EXPECT_EQ(error.sql().substr(static_cast<std::size_t>(error.offset())), "absent");
}

TEST_F(DatabaseTest, a_script_runs_every_statement) {
    database.execute_script(
        "CREATE TABLE t(a); INSERT INTO t VALUES(1); SELECT a FROM t; INSERT INTO t VALUES(2);\n-- end");
    EXPECT_EQ(integer("SELECT sum(a) FROM t"), 3);
}

TEST_F(DatabaseTest, a_script_of_nothing_does_nothing) {
    database.execute_script("");
    database.execute_script(" ; -- nothing\n;");
    database.execute_script(std::string_view());
}

TEST_F(DatabaseTest, a_script_stops_at_the_first_failure) {
    database.execute_script("CREATE TABLE t(a UNIQUE)");
    EXPECT_THROW(database.execute_script("INSERT INTO t VALUES(1); INSERT INTO t VALUES(1); INSERT INTO t VALUES(2)"),
                 mica::IntegrityError);
    EXPECT_EQ(integer("SELECT count(*) FROM t"), 1);
}

TEST_F(DatabaseTest, a_script_error_tells_the_failing_statement_alone) {
    const auto prepared = caught<mica::SchemaMismatch>(
        [&] { database.execute_script("CREATE TABLE t(a); SELECT 1, absent FROM t; SELECT 2"); });
    EXPECT_EQ(prepared.sql(), "SELECT 1, absent FROM t;");
    EXPECT_EQ(prepared.sql().substr(static_cast<std::size_t>(prepared.offset()), 6), "absent");
    const auto early =
        caught<ProgrammingError>([&] { database.execute_script("SELECT 1; SELECT 1 FRM t, u; SELECT 2"); });
    EXPECT_EQ(early.sql(), "SELECT 1 FRM t, u");
    const auto ran = caught<mica::DataError>([&] { database.execute_script("SELECT 1; SELECT json('{'); SELECT 2"); });
    EXPECT_EQ(ran.sql(), "SELECT json('{');");
}

TEST_F(DatabaseTest, a_script_reports_a_commit_that_fails_at_the_end_of_a_statement) {
    EXPECT_THROW(database.execute_script(
                     "CREATE TABLE p(id INTEGER PRIMARY KEY);"
                     "CREATE TABLE c(p REFERENCES p DEFERRABLE INITIALLY DEFERRED); INSERT INTO c VALUES(1)"),
                 mica::IntegrityError);
}

TEST_F(DatabaseTest, its_revision_moves_with_every_row_that_is_changed) {
    database.execute_script(
        "CREATE TABLE t(a); CREATE TABLE u(a); CREATE VIEW v AS SELECT a FROM t;"
        "CREATE TRIGGER g INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END");
    const auto moves = [this](const char* sql) {
        const std::int64_t before = database.revision();
        database.execute_script(sql);
        return database.revision() - before;
    };
    EXPECT_EQ(moves("INSERT INTO t VALUES(1), (2), (3)"), 3);
    EXPECT_EQ(moves("DELETE FROM t WHERE a > 1"), 2);
    EXPECT_EQ(moves("INSERT INTO v VALUES(1)"), 1);
    EXPECT_EQ(moves("DELETE FROM u"), 0);
    EXPECT_EQ(moves("CREATE TABLE w(a); SELECT a FROM t"), 0);
}

TEST_F(DatabaseTest, a_verb_can_be_run_any_number_of_times) {
    using mica::Verb;
    database.execute_script("CREATE TABLE t(a)");
    for (const mica::TransactionMode mode : {mica::deferred, mica::immediate, mica::exclusive}) {
        database.run(mica::begin_of(mode));
        EXPECT_TRUE(database.in_transaction());
        database.run(Verb::savepoint);
        database.execute_script("INSERT INTO t VALUES(1)");
        database.run(Verb::rollback_to);
        database.run(Verb::release);
        database.run(Verb::commit);
        EXPECT_FALSE(database.in_transaction());
    }
    EXPECT_EQ(integer("SELECT count(*) FROM t"), 0);
}

TEST_F(DatabaseTest, a_verb_is_prepared_once) {
    const auto prepared = [this] {
        int count = 0;
        for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(database.handle(), each)) != nullptr;) ++count;
        return count;
    };
    for (int i = 0; i < 3; ++i) {
        database.run(mica::Verb::begin_immediate);
        database.run(mica::Verb::commit);
        EXPECT_EQ(prepared(), 2);
    }
}

TEST_F(DatabaseTest, a_verb_that_fails_can_be_run_again) {
    EXPECT_THROW(database.run(mica::Verb::commit), mica::ProgrammingError);
    database.run(mica::Verb::begin_deferred);
    database.run(mica::Verb::commit);
}

TEST_F(DatabaseTest, refuses_writes_between_two_verbs) {
    database.execute_script("CREATE TABLE t(a)");
    const auto write = [this] { database.execute_script("INSERT INTO t VALUES(1)"); };
    database.run(mica::Verb::refuse_writes);
    EXPECT_THROW(write(), mica::OperationalError);
    database.run(mica::Verb::allow_writes);
    EXPECT_NO_THROW(write());
}

TEST_F(DatabaseTest, refuses_what_was_prepared_before_as_well) {
    database.execute_script("CREATE TABLE t(a)");
    auto insert = database.prepare("INSERT INTO t VALUES(1)", true);
    insert.step();
    insert.reset();
    database.run(mica::Verb::refuse_writes);
    EXPECT_THROW(insert.step(), mica::OperationalError);
    insert.reset();
    database.run(mica::Verb::allow_writes);
    EXPECT_NO_THROW(insert.step());
}

TEST_F(DatabaseTest, keeps_its_statements_compiled_when_it_refuses_writes) {
    database.execute_script("CREATE TABLE t(a)");
    auto select = database.prepare("SELECT a FROM t", true);
    for (const auto verb : {mica::Verb::refuse_writes, mica::Verb::allow_writes}) {
        database.run(verb);
        select.step();
        select.reset();
    }
    EXPECT_EQ(sqlite3_stmt_status(select.handle(), SQLITE_STMTSTATUS_REPREPARE, 0), 0);
}

TEST_F(DatabaseTest, defers_foreign_keys_between_two_verbs) {
    database.execute_script("CREATE TABLE p(a PRIMARY KEY); CREATE TABLE c(a REFERENCES p); BEGIN");
    const auto write = [this] { database.execute_script("INSERT INTO c VALUES(1)"); };
    database.run(mica::Verb::defer_foreign_keys);
    EXPECT_NO_THROW(write());
    database.run(mica::Verb::check_foreign_keys);
    EXPECT_THROW(write(), mica::IntegrityError);
}

TEST_F(DatabaseTest, its_verbs_go_where_it_is_moved) {
    database.run(mica::Verb::begin_deferred);
    Database moved = std::move(database);
    moved.run(mica::Verb::commit);
    database = std::move(moved);
    database.run(mica::Verb::begin_deferred);
    EXPECT_TRUE(database.in_transaction());
}

TEST_F(DatabaseTest, knows_whether_a_transaction_is_open) {
    EXPECT_FALSE(database.in_transaction());
    database.execute_script("BEGIN");
    EXPECT_TRUE(database.in_transaction());
    database.execute_script("COMMIT");
    EXPECT_FALSE(database.in_transaction());
}

TEST_F(DatabaseTest, notices_that_an_error_ended_the_transaction) {
    database.execute_script("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1); BEGIN");
    EXPECT_THROW(database.execute_script("INSERT OR ROLLBACK INTO t VALUES(1)"), mica::IntegrityError);
    EXPECT_FALSE(database.in_transaction());
}

TEST_F(DatabaseTest, can_be_interrupted_from_another_thread) {
    Statement endless =
        database.prepare("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
    ASSERT_TRUE(endless.step());
    std::thread other([this] { database.interrupt(); });
    EXPECT_THROW(while (endless.step()){}, mica::InterruptedError);
    other.join();
    EXPECT_EQ(integer("SELECT 42"), 42);
}

TEST_F(DatabaseTest, knows_the_version_of_its_library) {
    EXPECT_GE(Database::library_version(), 3038000);
    EXPECT_EQ(Database::library_version(), sqlite3_libversion_number());
}

TEST_F(DatabaseTest, moving_takes_the_connection_along) {
    database.execute_script("CREATE TABLE t(a)");
    Statement statement = database.prepare("SELECT count(*) FROM t");
    sqlite3* const handle = database.handle();
    Database moved = std::move(database);
    EXPECT_EQ(moved.handle(), handle);
    EXPECT_TRUE(statement.step());
}

TEST_F(DatabaseTest, a_moved_from_database_refuses_to_prepare) {
    const Database moved = std::move(database);
    EXPECT_EQ(database.handle(), nullptr);  // NOLINT(bugprone-use-after-move): the promise under test
    EXPECT_THROW(database.prepare("SELECT 1"), ProgrammingError);
    EXPECT_THROW(database.execute_script("SELECT 1"), ProgrammingError);
}

TEST_F(DatabaseTest, move_assignment_closes_what_it_replaces_at_once) {
    const mica::test::TemporaryDirectory directory;
    Database file(directory.file("x.db"), {});
    file.execute_script("CREATE TABLE t(a)");
    EXPECT_TRUE(std::filesystem::exists(directory.file("x.db-wal")));
    file = std::move(database);
    EXPECT_FALSE(std::filesystem::exists(directory.file("x.db-wal")));
    EXPECT_NE(file.handle(), nullptr);
}

TEST_F(DatabaseTest, survives_assignment_to_itself) {
    Database& same = database;
    database = std::move(same);
    EXPECT_EQ(integer("SELECT 42"), 42);
}

TEST_F(DatabaseTest, a_statement_may_outlive_its_database) {
    Statement statement = database.prepare("SELECT 42");
    {
        const Database closed = std::move(database);
    }
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).integer(), 42);
}

TEST(Database, gives_all_memory_back) {
    const std::int64_t before = sqlite3_memory_used();
    {
        Database database("", {.mode = OpenMode::memory});
        database.execute_script("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)");
        EXPECT_THROW(database.execute_script("INSERT INTO t VALUES(1)"), mica::IntegrityError);
        EXPECT_THROW(database.prepare("SELECT 1; SELECT 2"), ProgrammingError);
        Statement statement = database.prepare("SELECT * FROM t");
        EXPECT_TRUE(statement.step());
    }
    EXPECT_EQ(sqlite3_memory_used(), before);
}

TEST(Database, gives_all_memory_back_when_opening_fails) {
    const mica::test::TemporaryDirectory directory;
    const std::int64_t before = sqlite3_memory_used();
    EXPECT_THROW(Database(directory.file("nowhere/x.db"), {}), mica::OperationalError);
    EXPECT_EQ(sqlite3_memory_used(), before);
}

}  // namespace
}  // namespace unit_sqlite_database
