// SPDX-License-Identifier: BSL-1.0
// MATCH, which FTS5 provides.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace query_match {

struct Document {
    std::int64_t rowid = 0;
    std::string title;
    std::string body;

    static constexpr auto mapping() { return mica::table("document", mica::primary_key<&Document::rowid>); }
};

namespace {

using mica::col;
using mica::select;
using query_match::Document;
using Ids = std::vector<std::int64_t>;

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
}  // namespace query_match
