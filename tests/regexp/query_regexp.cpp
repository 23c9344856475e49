// SPDX-License-Identifier: BSL-1.0
// REGEXP by use_regexp(): a program of its own, since it needs RE2.
#include <mica/regexp.hpp>

#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_regexp {

struct Word {
    std::int64_t id = 0;
    std::optional<std::string> data;
};

}  // namespace query_regexp

namespace {

using mica::col;
using mica::select;
using mica::test::caught;
using query_regexp::Word;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Word::id>;
constexpr auto data = col<&Word::data>;

struct QueryRegexp : mica::test::MemoryDatabase<Word> {
    QueryRegexp() {
        connection.use_regexp();
        insert<Word>({{1, "abcdefg"},
                      {2, "ab/cdefg"},
                      {3, "ab%cdefg"},
                      {4, "ab_cdefg"},
                      {5, "abcde/fg"},
                      {6, "abcde%fg"},
                      {7, "ab#cdefg"},
                      {8, "ab9cdefg"},
                      {9, "abcde#fg"},
                      {10, "abcd9fg"},
                      {11, std::nullopt}});
    }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

TEST_F(QueryRegexp, finds_a_pattern) {
    EXPECT_EQ(where(data.regexp("a.cde")), (Ids{1, 5, 6, 9}));
    EXPECT_EQ(where(data.regexp("^(b|c)")), Ids{});
    EXPECT_EQ(where(data.regexp(substr(data, 1, 2))), (Ids{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST_F(QueryRegexp, is_negated_and_never_true_of_null) {
    EXPECT_EQ(where(!data.regexp("a.cde")), (Ids{2, 3, 4, 7, 8, 10}));
    EXPECT_EQ(where(!data.regexp("^(b|c)")), (Ids{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST_F(QueryRegexp, with_a_wrong_pattern_is_an_error) {
    const auto error = caught<mica::DataError>([&] { where(data.regexp("(secret")); });
    EXPECT_EQ(error.failure().message, "mica: REGEXP cannot read its pattern: missing )");
    EXPECT_EQ(where(data.regexp("9")), (Ids{8, 10})) << "the connection stays usable";
}

TEST_F(QueryRegexp, takes_its_pattern_from_each_row) {
    EXPECT_EQ((connection
                   .execute<std::tuple<int, int>>("SELECT text REGEXP pattern, text REGEXP 'b' FROM (SELECT 'ab' AS "
                                                  "text, '^a' AS pattern UNION ALL SELECT 'ac', 'b' UNION ALL SELECT "
                                                  "'b', '^b$')")
                   .all()),
              (std::vector<std::tuple<int, int>>{{1, 1}, {0, 0}, {1, 1}}));
}

TEST_F(QueryRegexp, counts_characters_and_not_bytes) {
    EXPECT_EQ(connection.execute<int>("SELECT 'aüc' REGEXP '^a.c$'").one(), 1);
    EXPECT_EQ(connection.execute<int>("SELECT '¤x' REGEXP '[äö]x'").one(), 0);
    EXPECT_EQ(connection.execute<int>("SELECT 'STRASSE Ä' REGEXP '(?i)strasse ä'").one(), 1);
}

TEST_F(QueryRegexp, searches_behind_a_NUL) {
    EXPECT_EQ(connection.execute<int>("SELECT ? REGEXP 'b$'", std::string{"a\0b", 3}).one(), 1);
}

TEST_F(QueryRegexp, ends_for_every_pattern) {
    const std::string text = std::string(40, 'a') + "!";
    for (const char* pattern : {"(a+)+$", "(a|a)*b", "(a*)*c", "(.*)(.*)(.*)(.*)(.*)(.*)x"}) {
        EXPECT_EQ(connection.execute<int>("SELECT ? REGEXP ?", text, pattern).one(), 0) << pattern;
    }
    EXPECT_EQ(connection.execute<int>("SELECT ? REGEXP '(a|b)*c'", std::string(1'000'000, 'a')).one(), 0);
}

TEST_F(QueryRegexp, refuses_a_pattern_that_would_take_too_much_memory) {
    EXPECT_THROW(connection.execute<int>("SELECT 'a' REGEXP '((a{100}){100}){100}'").one(), mica::DataError);
}

TEST_F(QueryRegexp, is_of_texts) {
    EXPECT_THROW(connection.execute<int>("SELECT 5 REGEXP '5'").one(), mica::DataError);
    EXPECT_EQ(connection.execute<std::optional<int>>("SELECT NULL REGEXP '5'").one(), std::nullopt);
    EXPECT_EQ(connection.execute<std::optional<int>>("SELECT '5' REGEXP NULL").one(), std::nullopt);
}

TEST_F(QueryRegexp, may_stand_in_the_schema) {
    connection.execute("CREATE TABLE code (text TEXT CHECK (text REGEXP '^[A-Z]{3}$'))");
    connection.execute("INSERT INTO code VALUES ('ABC')");
    EXPECT_THROW(connection.execute("INSERT INTO code VALUES ('ab')"), mica::IntegrityError);
}

}  // namespace
