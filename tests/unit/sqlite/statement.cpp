// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/database.hpp>
#include <mica/sqlite/statement.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace unit_sqlite_statement {
namespace {

using mica::Bytes;
using mica::Lifetime;
using mica::StorageClass;
using mica::sqlite::Database;
using mica::sqlite::OpenMode;
using mica::sqlite::Statement;
using mica::test::caught;

static_assert(!std::is_copy_constructible_v<Statement> && !std::is_copy_assignable_v<Statement>);
static_assert(std::is_nothrow_move_constructible_v<Statement> && std::is_nothrow_move_assignable_v<Statement>);
static_assert(std::is_nothrow_destructible_v<Statement>);
static_assert(sizeof(Statement) == 4 * sizeof(void*));

struct StatementTest : testing::Test {
    Statement prepare(std::string_view sql) { return database.prepare(sql); }
    /// Binds by `bind`, and gives back the statement at its one row `SELECT ?`.
    template <class Bind>
    Statement echo(Bind bind) {
        Statement statement = prepare("SELECT ?");
        bind(statement);
        EXPECT_TRUE(statement.step());
        return statement;
    }
    std::string text(std::string_view sql) {
        Statement statement = prepare(sql);
        statement.step();
        return std::string(statement.cell(0).text());
    }

    Database database{"", {.mode = OpenMode::memory}};
};

TEST_F(StatementTest, binds_null) {
    EXPECT_EQ(echo([](Statement& s) { s.bind_null(1); }).cell(0).storage_class(), StorageClass::null);
}

TEST_F(StatementTest, bind_null_replaces_an_earlier_value) {
    const Statement statement = echo([](Statement& s) {
        s.bind(1, std::int64_t{7});
        s.bind_null(1);
    });
    EXPECT_EQ(statement.cell(0).storage_class(), StorageClass::null);
}

TEST_F(StatementTest, binds_the_whole_64_bit_range) {
    for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
                                     std::numeric_limits<std::int64_t>::max()}) {
        const Statement statement = echo([&](Statement& s) { s.bind(1, value); });
        EXPECT_EQ(statement.cell(0).storage_class(), StorageClass::integer);
        EXPECT_EQ(statement.cell(0).integer(), value);
    }
}

TEST_F(StatementTest, binds_every_real_that_is_a_number) {
    using Limits = std::numeric_limits<double>;
    for (const double value : {0.0, -0.0, 1.5, -Limits::max(), Limits::max(), Limits::min(), Limits::denorm_min(),
                               -Limits::denorm_min(), Limits::infinity(), -Limits::infinity()}) {
        const Statement statement = echo([&](Statement& s) { s.bind(1, value); });
        EXPECT_EQ(statement.cell(0).storage_class(), StorageClass::real);
        EXPECT_EQ(statement.cell(0).real(), value);
    }
}

TEST_F(StatementTest, refuses_every_nan) {
    using Limits = std::numeric_limits<double>;
    Statement statement = prepare("SELECT ?");
    for (const double value : {Limits::quiet_NaN(), -Limits::quiet_NaN(), Limits::signaling_NaN()}) {
        const auto error = caught<mica::DataError>([&] { statement.bind(1, value); });
        EXPECT_EQ(error.sql(), "SELECT ?");
    }
}

TEST_F(StatementTest, is_usable_after_a_refused_nan) {
    Statement statement = prepare("SELECT ?");
    EXPECT_THROW(statement.bind(1, std::numeric_limits<double>::quiet_NaN()), mica::DataError);
    statement.bind(1, 2.5);
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).real(), 2.5);
}

TEST_F(StatementTest, an_empty_text_is_not_null) {
    for (const std::string_view value : {std::string_view(""), std::string_view(), std::string_view(nullptr, 0)}) {
        for (const Lifetime lifetime : {Lifetime::borrowed, Lifetime::copied}) {
            const Statement statement = echo([&](Statement& s) { s.bind(1, value, lifetime); });
            EXPECT_EQ(statement.cell(0).storage_class(), StorageClass::text);
            EXPECT_EQ(statement.cell(0).text(), "");
        }
    }
}

TEST_F(StatementTest, an_empty_blob_is_not_null) {
    constexpr std::array<std::byte, 1> one{};
    for (const Bytes value : {Bytes(), Bytes(one.data(), 0)}) {
        for (const Lifetime lifetime : {Lifetime::borrowed, Lifetime::copied}) {
            const Statement statement = echo([&](Statement& s) { s.bind(1, value, lifetime); });
            EXPECT_EQ(statement.cell(0).storage_class(), StorageClass::blob);
            EXPECT_TRUE(statement.cell(0).blob().empty());
        }
    }
}

TEST_F(StatementTest, text_with_an_embedded_nul_keeps_every_byte) {
    constexpr std::string_view value("a\0b\0", 4);
    database.execute_script("CREATE TABLE t(a TEXT)");
    Statement insert = prepare("INSERT INTO t VALUES(?)");
    insert.bind(1, value, Lifetime::borrowed);
    insert.step();
    Statement select = prepare("SELECT a FROM t");
    ASSERT_TRUE(select.step());
    EXPECT_EQ(select.cell(0).text(), value);
}

TEST_F(StatementTest, text_that_is_not_utf_8_stays_as_it_is) {
    constexpr std::string_view value = "\xff\xc0\xaf";
    const Statement statement = echo([&](Statement& s) { s.bind(1, value, Lifetime::copied); });
    EXPECT_EQ(statement.cell(0).storage_class(), StorageClass::text);
    EXPECT_EQ(statement.cell(0).text(), value);
}

TEST_F(StatementTest, a_blob_keeps_every_byte) {
    std::array<std::byte, 256> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i);
    const Statement statement = echo([&](Statement& s) { s.bind(1, Bytes(bytes), Lifetime::copied); });
    const Bytes read = statement.cell(0).blob();
    EXPECT_TRUE(std::equal(read.begin(), read.end(), bytes.begin(), bytes.end()));
}

TEST_F(StatementTest, copied_text_need_not_outlive_the_call) {
    Statement statement = prepare("SELECT ?");
    std::string value = "a text that is too long to be kept in place";
    statement.bind(1, std::string_view(value), Lifetime::copied);
    value.assign(value.size(), '#');
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).text(), "a text that is too long to be kept in place");
}

TEST_F(StatementTest, borrowed_text_is_not_copied) {
    Statement statement = prepare("SELECT ?");
    std::string value = "before";
    statement.bind(1, std::string_view(value), Lifetime::borrowed);
    value.assign("behind");
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).text(), "behind");
}

TEST_F(StatementTest, copied_bytes_need_not_outlive_the_call) {
    Statement statement = prepare("SELECT ?");
    std::array<std::byte, 2> value{std::byte{1}, std::byte{2}};
    statement.bind(1, Bytes(value), Lifetime::copied);
    value[0] = std::byte{9};
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).blob()[0], std::byte{1});
}

TEST_F(StatementTest, an_index_outside_the_parameters_is_a_programming_error) {
    Statement statement = prepare("SELECT ?");
    for (const int index : {-1, 0, 2}) {
        const auto error = caught<mica::ProgrammingError>([&] { statement.bind(index, std::int64_t{1}); });
        EXPECT_EQ(error.code(), SQLITE_RANGE);
        EXPECT_EQ(error.sql(), "SELECT ?");
    }
}

TEST_F(StatementTest, every_bind_checks_its_result) {
    Statement statement = prepare("SELECT 1");
    EXPECT_THROW(statement.bind_null(1), mica::ProgrammingError);
    EXPECT_THROW(statement.bind(1, std::int64_t{1}), mica::ProgrammingError);
    EXPECT_THROW(statement.bind(1, 1.0), mica::ProgrammingError);
    EXPECT_THROW(statement.bind(1, std::string_view("a"), Lifetime::borrowed), mica::ProgrammingError);
    EXPECT_THROW(statement.bind(1, Bytes(), Lifetime::borrowed), mica::ProgrammingError);
}

TEST_F(StatementTest, a_value_above_the_length_limit_is_a_data_error) {
    sqlite3_limit(database.handle(), SQLITE_LIMIT_LENGTH, 1000);
    Statement statement = prepare("SELECT ?");
    const std::string exact(1000, 'x');
    statement.bind(1, std::string_view(exact), Lifetime::borrowed);
    const std::string large(1001, 'x');
    const auto error = caught<mica::DataError>([&] { statement.bind(1, std::string_view(large), Lifetime::borrowed); });
    EXPECT_EQ(error.code(), SQLITE_TOOBIG);
    EXPECT_EQ(std::string_view(error.what()).find("xxx"), std::string_view::npos);
}

TEST_F(StatementTest, binding_a_running_statement_is_refused_and_ends_the_run) {
    Statement statement = prepare("SELECT ? UNION ALL SELECT 2");
    statement.bind(1, std::int64_t{1});
    ASSERT_TRUE(statement.step());
    const auto error = caught<mica::ProgrammingError>([&] { statement.bind(1, std::int64_t{3}); });
    EXPECT_EQ(error.code(), SQLITE_MISUSE);
    EXPECT_EQ(sqlite3_stmt_busy(statement.handle()), 0);
    statement.bind(1, std::int64_t{3});
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).integer(), 3);
}

TEST_F(StatementTest, step_gives_each_row_and_then_false) {
    Statement statement = prepare("SELECT 1 UNION ALL SELECT 2");
    EXPECT_TRUE(statement.step());
    EXPECT_TRUE(statement.step());
    EXPECT_FALSE(statement.step());
}

TEST_F(StatementTest, reset_starts_again_with_the_same_bindings) {
    Statement statement = prepare("SELECT ?");
    statement.bind(1, std::int64_t{5});
    for (int run = 0; run < 3; ++run) {
        ASSERT_TRUE(statement.step());
        EXPECT_EQ(statement.cell(0).integer(), 5);
        statement.reset();
    }
}

TEST_F(StatementTest, clear_bindings_makes_every_parameter_null) {
    Statement statement = prepare("SELECT ?1, ?2");
    statement.bind(1, std::int64_t{5});
    statement.bind(2, 1.5);
    statement.clear_bindings();
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).storage_class(), StorageClass::null);
    EXPECT_EQ(statement.cell(1).storage_class(), StorageClass::null);
}

TEST_F(StatementTest, a_failed_step_resets_the_statement) {
    database.execute_script("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)");
    Statement insert = prepare("INSERT INTO t VALUES(?)");
    insert.bind(1, std::int64_t{1});
    EXPECT_THROW(insert.step(), mica::IntegrityError);
    EXPECT_EQ(sqlite3_stmt_busy(insert.handle()), 0);
    insert.bind(1, std::int64_t{2});
    EXPECT_FALSE(insert.step());
    EXPECT_EQ(text("SELECT count(*) FROM t"), "2");
}

TEST_F(StatementTest, a_step_that_fails_in_the_middle_of_its_rows_resets_the_statement) {
    Statement statement = prepare("SELECT abs(column1) FROM (VALUES(1), (-9223372036854775808))");
    ASSERT_TRUE(statement.step());
    const auto error = caught<mica::DataError>([&] { statement.step(); });
    EXPECT_EQ(error.code(), SQLITE_ERROR);
    EXPECT_EQ(sqlite3_stmt_busy(statement.handle()), 0);
    EXPECT_TRUE(statement.step());
}

TEST_F(StatementTest, finish_reports_a_commit_that_fails_at_the_end_of_the_run) {
    database.execute_script(
        "CREATE TABLE p(id INTEGER PRIMARY KEY);"
        "CREATE TABLE c(p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    Statement insert = prepare("INSERT INTO c VALUES(1) RETURNING p");
    ASSERT_TRUE(insert.step());
    const auto error = caught<mica::IntegrityError>([&] { insert.finish(); });
    EXPECT_EQ(error.kind(), mica::ConstraintKind::foreign_key);
    EXPECT_EQ(error.sql(), "INSERT INTO c VALUES(1) RETURNING p");
    EXPECT_EQ(text("SELECT count(*) FROM c"), "0");
    EXPECT_FALSE(database.in_transaction());
}

TEST_F(StatementTest, finish_is_silent_after_a_good_run) {
    Statement statement = prepare("SELECT 1 UNION ALL SELECT 2");
    ASSERT_TRUE(statement.step());
    statement.finish();
    EXPECT_EQ(sqlite3_stmt_busy(statement.handle()), 0);
}

TEST_F(StatementTest, counts_columns_and_parameters) {
    const Statement select = prepare("SELECT 1, 2, ?4");
    EXPECT_EQ(select.column_count(), 3);
    EXPECT_EQ(select.parameter_count(), 4);
    EXPECT_EQ(prepare("CREATE TABLE t(a)").column_count(), 0);
}

TEST_F(StatementTest, names_its_columns) {
    const Statement select = prepare("SELECT 1 AS one, 2 AS \"two words\"");
    EXPECT_EQ(select.column_name(0), "one");
    EXPECT_EQ(select.column_name(1), "two words");
}

TEST_F(StatementTest, a_column_outside_the_row_has_no_name) {
    const Statement select = prepare("SELECT 1");
    EXPECT_EQ(caught<mica::ProgrammingError>([&] { (void)select.column_name(1); }).sql(), "SELECT 1");
    EXPECT_THROW((void)select.column_name(-1), mica::ProgrammingError);
}

TEST_F(StatementTest, gives_its_text_without_the_values) {
    Statement statement = prepare("SELECT ?");
    statement.bind(1, std::string_view("secret"), Lifetime::borrowed);
    EXPECT_EQ(statement.sql(), "SELECT ?");
}

TEST_F(StatementTest, gives_its_text_with_the_values_on_request) {
    Statement statement = prepare("SELECT ?, ?");
    statement.bind(1, std::string_view("it's"), Lifetime::borrowed);
    statement.bind(2, std::int64_t{-3});
    EXPECT_EQ(statement.expanded_sql(), "SELECT 'it''s', -3");
}

TEST_F(StatementTest, an_expanded_text_above_the_length_limit_is_refused) {
    Statement statement = prepare("SELECT ?1, ?1, ?1");
    const std::string value(900, 'x');
    sqlite3_limit(database.handle(), SQLITE_LIMIT_LENGTH, 1000);
    statement.bind(1, std::string_view(value), Lifetime::borrowed);
    EXPECT_THROW((void)statement.expanded_sql(), mica::OperationalError);
}

TEST_F(StatementTest, knows_whether_it_writes) {
    database.execute_script("CREATE TABLE t(a)");
    EXPECT_TRUE(prepare("SELECT a FROM t").read_only());
    EXPECT_FALSE(prepare("INSERT INTO t VALUES(1)").read_only());
}

TEST_F(StatementTest, moving_takes_the_handle_along) {
    Statement first = prepare("SELECT 1");
    sqlite3_stmt* const handle = first.handle();
    Statement second = std::move(first);
    EXPECT_EQ(second.handle(), handle);
    EXPECT_EQ(first.handle(), nullptr);  // NOLINT(bugprone-use-after-move): the promise under test
    EXPECT_TRUE(second.step());
}

TEST_F(StatementTest, move_assignment_finalizes_what_it_replaces_at_once) {
    Statement target = prepare("SELECT 1");
    Statement source = prepare("SELECT 2");
    target = std::move(source);
    EXPECT_EQ(target.sql(), "SELECT 2");
    EXPECT_EQ(sqlite3_next_stmt(database.handle(), nullptr), target.handle());
    EXPECT_EQ(sqlite3_next_stmt(database.handle(), target.handle()), nullptr);
}

TEST_F(StatementTest, survives_assignment_to_itself) {
    Statement statement = prepare("SELECT 1");
    Statement& same = statement;
    statement = std::move(same);
    EXPECT_TRUE(statement.step());
}

TEST_F(StatementTest, a_moved_from_statement_refuses_to_work) {
    Statement first = prepare("SELECT ?");
    const Statement second = std::move(first);
    EXPECT_THROW(first.bind(1, std::int64_t{1}), mica::ProgrammingError);  // NOLINT(bugprone-use-after-move)
    EXPECT_THROW(first.step(), mica::ProgrammingError);
    EXPECT_THROW((void)first.column_name(0), mica::ProgrammingError);
    EXPECT_EQ(first.column_count(), 0);
    EXPECT_EQ(first.sql(), "");
    first.clear_bindings();
    first.reset();
}

TEST_F(StatementTest, destruction_finalizes) {
    {
        Statement statement = prepare("SELECT 1 UNION SELECT 2");
        statement.step();
    }
    EXPECT_EQ(sqlite3_next_stmt(database.handle(), nullptr), nullptr);
}

TEST_F(StatementTest, sums_up_what_its_run_has_done) {
    database.execute_script("CREATE TABLE t(a INTEGER PRIMARY KEY)");
    Statement insert = database.prepare("INSERT INTO t VALUES(9223372036854775807), (1), (NULL)");
    EXPECT_FALSE(insert.step());
    EXPECT_EQ(insert.summary().changed(), 3);
    Statement one = database.prepare("INSERT INTO t VALUES(41)");
    EXPECT_FALSE(one.step());
    EXPECT_EQ(one.summary().generated_key(), 41);
    one = database.prepare("DELETE FROM t WHERE a = 1");
    EXPECT_FALSE(one.step());
    one.reset();
    EXPECT_EQ(one.summary().changed(), 1);
}

}  // namespace
}  // namespace unit_sqlite_statement
