// SPDX-License-Identifier: BSL-1.0
// Orders of text that the program gives the database.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace create_collation {

struct File {
    std::int64_t id = 0;
    std::string name;
};

namespace {

using create_collation::File;
using mica::col;
using mica::select;
using mica::test::message_of;
using Names = std::vector<std::string>;

/// Shorter texts first, so that "file10" comes after "file9".
int by_length(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
    return left.compare(right);
}

struct CreateCollation : mica::test::MemoryDatabase<File> {
    CreateCollation() { insert<File>({{1, "file10"}, {2, "file9"}, {3, "file2"}, {4, ""}}); }
};

TEST_F(CreateCollation, orders_and_compares) {
    connection.create_collation("natural", by_length);
    EXPECT_EQ(connection.all(select(col<&File::name>).order_by(col<&File::name>.collate<"natural">())),
              (Names{"", "file2", "file9", "file10"}));
    EXPECT_EQ(connection.all(select(col<&File::id>).where(col<&File::name>.collate<"natural">() > "file9")),
              std::vector<std::int64_t>{1});
}

TEST_F(CreateCollation, is_one_of_a_column_and_its_index) {
    connection.create_collation(
        "natural", [](std::string_view left, std::string_view right) -> int { return by_length(left, right); });
    connection.execute("CREATE TABLE page (name TEXT COLLATE \"natural\" PRIMARY KEY)");
    connection.execute("INSERT INTO page SELECT name FROM File");
    EXPECT_EQ(connection.execute<std::string>("SELECT name FROM page WHERE name > 'file2' ORDER BY name").all(),
              (Names{"file9", "file10"}));
}

TEST_F(CreateCollation, sees_all_bytes_of_a_text) {
    connection.create_collation("bytes",
                                [](std::string_view left, std::string_view right) { return left.compare(right); });
    const std::string with_null{"a\0b", 3};
    EXPECT_TRUE(connection.execute<bool>("SELECT ? > 'a' COLLATE bytes", with_null).one());
}

TEST_F(CreateCollation, that_is_missing_is_an_error) {
    EXPECT_THROW(connection.execute("SELECT name FROM File ORDER BY name COLLATE nowhere"), mica::ProgrammingError);
}

TEST_F(CreateCollation, throws_what_it_throws_out_of_the_statement) {
    connection.create_collation("moody",
                                [](std::string_view, std::string_view) -> int { throw std::domain_error("no order"); });
    EXPECT_EQ(message_of<std::domain_error>(
                  [&] { connection.execute<std::string>("SELECT name FROM File ORDER BY name COLLATE moody").all(); }),
              "no order");
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM File").one(), 4) << "the connection stays usable";
}

TEST_F(CreateCollation, throws_at_the_end_of_a_statement_that_SQLite_does_not_interrupt) {
    connection.create_collation("moody",
                                [](std::string_view, std::string_view) -> int { throw std::domain_error("no order"); });
    EXPECT_THROW(connection.execute<int>("SELECT 'a' < 'b' COLLATE moody").all(), std::domain_error);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM File").one(), 4);
    connection.execute("CREATE TABLE moody (name TEXT COLLATE moody UNIQUE)");
    connection.execute("INSERT INTO moody VALUES ('a')");
    EXPECT_THROW(connection.execute("INSERT INTO moody VALUES ('b')"), std::domain_error);
}

TEST_F(CreateCollation, has_forgotten_what_it_threw_when_its_statement_is_given_up) {
    connection.create_collation("moody",
                                [](std::string_view, std::string_view) -> int { throw std::domain_error("no order"); });
    {
        auto rows = connection.execute<int>("SELECT 'a' < 'b' COLLATE moody UNION ALL SELECT 1");
        (void)rows.begin();
    }
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM File").one(), 4);
}

TEST_F(CreateCollation, has_a_name_that_can_be) {
    EXPECT_THROW(connection.create_collation("", by_length), mica::ProgrammingError);
}

}  // namespace
}  // namespace create_collation
