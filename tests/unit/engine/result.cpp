// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/engine.hpp>
#include <mica/sqlite.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace unit_result {

using namespace mica;
using mica::test::caught;

static_assert(!std::is_copy_constructible_v<Result<int>> && !std::is_copy_assignable_v<Result<int>>);
static_assert(std::is_nothrow_move_constructible_v<Result<int>> && std::is_nothrow_move_assignable_v<Result<int>>);

constexpr std::string_view three = "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3";

struct ResultTest : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = engine.connect();

    Result<int> numbers(std::string_view sql = three) { return connection.execute<int>(sql); }
};

TEST_F(ResultTest, is_read_by_a_loop) {
    std::vector<int> seen;
    for (const int number : numbers()) seen.push_back(number);
    EXPECT_EQ(seen, (std::vector{1, 2, 3}));
}

TEST_F(ResultTest, without_rows_ends_at_once) {
    auto none = numbers("SELECT 1 WHERE 0");
    EXPECT_TRUE(none.begin() == none.end());
    EXPECT_TRUE(none.all().empty());
    EXPECT_EQ(none.first(), std::nullopt);
    EXPECT_EQ(none.one_or_none(), std::nullopt);
}

TEST_F(ResultTest, is_read_once) {
    auto result = numbers();
    EXPECT_EQ(result.all().size(), 3U);
    EXPECT_TRUE(result.all().empty());
    EXPECT_TRUE(result.begin() == result.end());
}

TEST_F(ResultTest, can_be_left_early_and_read_on) {
    auto result = numbers();
    auto row = result.begin();
    EXPECT_EQ(*row, 1);
    ++row;
    EXPECT_EQ(*row, 2);
    EXPECT_EQ(result.all(), (std::vector{2, 3})) << "the current row is one of those that are left";
}

TEST_F(ResultTest, first_drops_the_rest) {
    auto result = numbers();
    EXPECT_EQ(result.first(), 1);
    EXPECT_TRUE(result.all().empty());
}

TEST_F(ResultTest, one_is_the_only_row) {
    EXPECT_EQ(numbers("SELECT 5").one(), 5);
    const auto none = caught<NoResultFound>([&] { numbers("SELECT 1 WHERE 0").one(); });
    EXPECT_STREQ(none.what(), "mica: no row was found where one was expected [SELECT 1 WHERE 0]");
    const auto many = caught<MultipleResultsFound>([&] { numbers("SELECT 1 UNION SELECT 2").one(); });
    EXPECT_STREQ(many.what(), "mica: more than one row was found where one was expected [SELECT 1 UNION SELECT 2]");
}

TEST_F(ResultTest, one_or_none_is_empty_where_there_is_none) {
    EXPECT_EQ(numbers("SELECT 5").one_or_none(), 5);
    EXPECT_EQ(numbers("SELECT 1 WHERE 0").one_or_none(), std::nullopt);
    EXPECT_THROW(numbers().one_or_none(), MultipleResultsFound);
}

TEST_F(ResultTest, scalar_is_the_first_column_of_the_first_row) {
    using Row = std::tuple<std::string, int>;
    EXPECT_EQ(connection.execute<Row>("SELECT 'a', 1 UNION ALL SELECT 'b', 2").scalar(), "a");
    EXPECT_THROW(numbers("SELECT 1 WHERE 0").scalar(), NoResultFound);
    struct Pair {
        std::string name;
        int number = 0;
    };
    EXPECT_EQ(connection.execute<Pair>("SELECT 'x', 2").scalar(), "x");
}

TEST_F(ResultTest, an_error_of_the_first_step_appears_at_once) {
    EXPECT_THROW(connection.execute<int>("SELECT abs(-9223372036854775808)"), DataError);
    EXPECT_EQ(numbers().all().size(), 3U);
}

TEST_F(ResultTest, an_error_of_a_later_step_appears_there) {
    auto result = connection.execute<std::int64_t>("SELECT 1 UNION ALL SELECT abs(-9223372036854775807 - 1)");
    auto row = result.begin();
    EXPECT_EQ(*row, 1);
    EXPECT_THROW(++row, DataError);
    EXPECT_EQ(numbers().all().size(), 3U);
}

TEST_F(ResultTest, two_of_one_statement_do_not_disturb_each_other) {
    std::vector<int> seen;
    for (const int outer : numbers()) {
        for (const int inner : numbers()) seen.push_back(outer * 10 + inner);
    }
    EXPECT_EQ(seen, (std::vector{11, 12, 13, 21, 22, 23, 31, 32, 33}));
}

TEST_F(ResultTest, moves_with_its_place) {
    auto first = numbers();
    auto row = first.begin();
    ++row;
    Result<int> second = std::move(first);
    EXPECT_EQ(second.all(), (std::vector{2, 3}));
    Result<int> third = numbers();
    third = numbers("SELECT 7");
    EXPECT_EQ(third.one(), 7);
}

TEST_F(ResultTest, a_moved_from_one_is_at_its_end) {
    auto first = numbers();
    const Result<int> second = std::move(first);
    EXPECT_TRUE(first.begin() == first.end());  // NOLINT(bugprone-use-after-move)
    EXPECT_TRUE(first.all().empty());
    EXPECT_THROW(first.one(), NoResultFound);
}

TEST_F(ResultTest, refuses_to_be_read_once_its_connection_is_given_back) {
    auto untouched = numbers();
    auto started = numbers();
    auto row = started.begin();
    {
        const Connection ended = std::move(connection);
    }
    constexpr auto reason = "mica: this result belongs to a connection that was given back";
    EXPECT_STREQ(caught<ProgrammingError>([&] { untouched.begin(); }).what(), reason);
    EXPECT_STREQ(caught<ProgrammingError>([&] { ++row; }).what(), reason);
    EXPECT_STREQ(caught<ProgrammingError>([&] { untouched.all(); }).what(), reason);
    EXPECT_STREQ(caught<ProgrammingError>([&] { untouched.first(); }).what(), reason);
    EXPECT_STREQ(caught<ProgrammingError>([&] { untouched.one(); }).what(), reason);
    EXPECT_STREQ(caught<ProgrammingError>([&] { untouched.one_or_none(); }).what(), reason);
    EXPECT_STREQ(caught<ProgrammingError>([&] { untouched.scalar(); }).what(), reason);
}

TEST_F(ResultTest, does_not_stop_the_next_holder_of_its_connection) {
    auto old = std::make_optional(numbers());
    {
        const Connection ended = std::move(connection);
    }
    connection = engine.connect();
    auto next = numbers();
    old.reset();
    EXPECT_EQ(next.all(), (std::vector{1, 2, 3}));
}

TEST(ResultLifetime, outlives_connection_and_engine) {
    auto result = Engine{"sqlite://"}.connect().execute<int>(three);
    EXPECT_THROW(result.all(), ProgrammingError);
}

TEST_F(ResultTest, tells_how_many_columns_it_has) {
    auto result = connection.execute<std::tuple<int, int>>("SELECT 1, 2");
    EXPECT_EQ(result.column_count(), 2);
    result.all();
    EXPECT_EQ(result.column_count(), 2);
}

TEST_F(ResultTest, a_view_is_read_while_streaming) {
    std::string all;
    for (const std::string_view text : connection.execute<std::string_view>("SELECT 'a' UNION ALL SELECT 'b'")) {
        all += text;
    }
    EXPECT_EQ(all, "ab");
}

TEST_F(ResultTest, a_statement_without_rows_tells_what_it_did) {
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
    const auto inserted = connection.execute("INSERT INTO t (a) VALUES (1), (2), (3)");
    EXPECT_EQ(inserted.rows_affected(), 3);
    EXPECT_EQ(inserted.last_insert_id(), 3);
    EXPECT_EQ(connection.execute("UPDATE t SET a = a").rows_affected(), 3) << "matched, if not changed";
    EXPECT_EQ(connection.execute("UPDATE t SET a = 0 WHERE a = 9").rows_affected(), 0);
    EXPECT_EQ(connection.execute("DELETE FROM t WHERE a < 3").rows_affected(), 2);
    EXPECT_EQ(connection.execute("DELETE FROM t").rows_affected(), 1);
}

TEST_F(ResultTest, a_statement_that_changes_no_rows_does_not_repeat_an_older_count) {
    connection.execute("CREATE TABLE t (a)");
    connection.execute("INSERT INTO t VALUES (1), (2), (3)");
    EXPECT_EQ(connection.execute("CREATE TABLE u (a)").rows_affected(), 0);
    EXPECT_EQ(connection.execute("INSERT INTO u SELECT a FROM t WHERE 0").rows_affected(), 0);
    connection.execute("INSERT INTO t VALUES (4), (5)");
    EXPECT_EQ(connection.execute("SELECT * FROM t").rows_affected(), 0);
    EXPECT_EQ(connection.execute("PRAGMA user_version = 3").rows_affected(), 0);
    EXPECT_EQ(connection.execute("DROP TABLE t").rows_affected(), 0);
}

TEST_F(ResultTest, rows_of_cascades_and_triggers_are_not_counted) {
    connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
    connection.execute("CREATE TABLE c (p REFERENCES p ON DELETE CASCADE)");
    connection.execute("CREATE TRIGGER t AFTER INSERT ON p BEGIN INSERT INTO c VALUES (new.id), (new.id); END");
    const auto inserted = connection.execute("INSERT INTO p VALUES (4)");
    EXPECT_EQ(inserted.rows_affected(), 1);
    EXPECT_EQ(inserted.last_insert_id(), 4);
    EXPECT_EQ(connection.execute("DELETE FROM p").rows_affected(), 1);
}

}  // namespace unit_result
