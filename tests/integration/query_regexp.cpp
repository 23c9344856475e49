// SPDX-License-Identifier: BSL-1.0
// REGEXP and MATCH, which are functions that somebody else provides.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace query_regexp {

struct Word {
    std::int64_t id = 0;
    std::optional<std::string> data;
};

struct Document {
    std::int64_t rowid = 0;
    std::string title;
    std::string body;

    static constexpr auto mapping() { return mica::table("document", mica::primary_key<&Document::rowid>); }
};

}  // namespace query_regexp

namespace {

using mica::col;
using mica::select;
using query_regexp::Document;
using query_regexp::Word;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Word::id>;
constexpr auto data = col<&Word::data>;

void find(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto text_of = [](sqlite3_value* value) { return reinterpret_cast<const char*>(sqlite3_value_text(value)); };
    if (text_of(arguments[1]) == nullptr) return;
    try {
        sqlite3_result_int(context,
                           std::regex_search(text_of(arguments[1]), std::regex(text_of(arguments[0]))) ? 1 : 0);
    } catch (const std::regex_error& error) {
        sqlite3_result_error(context, error.what(), -1);
    }
}

extern "C" int add_regexp(sqlite3* database, const char**, const sqlite3_api_routines*) {
    return sqlite3_create_function(database, "regexp", 2, SQLITE_UTF8, nullptr, find, nullptr, nullptr);
}

/// Gives the databases that are opened meanwhile a function `regexp`.
struct WithRegexp {
    WithRegexp() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(add_regexp)); }
    WithRegexp(const WithRegexp&) = delete;
    WithRegexp& operator=(const WithRegexp&) = delete;
    ~WithRegexp() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(add_regexp)); }
};

struct QueryRegexp : private WithRegexp, public mica::test::MemoryDatabase<Word> {
    QueryRegexp() {
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

struct QueryMatch : mica::test::MemoryDatabase<> {
    QueryMatch() {
        connection.execute("CREATE VIRTUAL TABLE document USING fts5(title, body)");
        connection.execute(
            "INSERT INTO document (title, body) VALUES ('one', 'a quick fox'), ('two', 'a slow fox'), "
            "('fox', 'nothing')");
    }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(col<&Document::rowid>).where(condition).order_by(col<&Document::rowid>));
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
    EXPECT_THROW(where(data.regexp("(")), mica::DatabaseError);
    EXPECT_EQ(where(data.regexp("9")), (Ids{8, 10})) << "the connection stays usable";
}

TEST_F(QueryMatch, searches_a_column) {
    EXPECT_EQ(where(col<&Document::body>.match("fox")), (Ids{1, 2}));
    EXPECT_EQ(where(col<&Document::title>.match("fox")), Ids{3});
    EXPECT_EQ(where(col<&Document::body>.match("fox NOT slow")), Ids{1});
    EXPECT_EQ(where(col<&Document::body>.match("qui*")), Ids{1});
}

TEST_F(QueryMatch, with_a_wrong_pattern_is_an_error) {
    EXPECT_THROW(where(col<&Document::body>.match("\"")), mica::DataError);
    EXPECT_EQ(where(col<&Document::body>.match("slow")), Ids{2}) << "the connection stays usable";
}

}  // namespace
