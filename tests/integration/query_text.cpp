// SPDX-License-Identifier: BSL-1.0
// Texts keep every byte: accents, emoji, NULs, nothing at all.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace query_text {

struct Note {
    std::int64_t id = 0;
    std::string text;
    std::optional<std::string> maybe;
};

namespace {

using mica::col;
using mica::select;
using query_text::Note;
using Ids = std::vector<std::int64_t>;
using namespace std::string_literals;

constexpr auto id = col<&Note::id>;
constexpr auto text = col<&Note::text>;
constexpr auto maybe = col<&Note::maybe>;

struct QueryText : mica::test::MemoryDatabase<Note> {
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

const std::vector<std::string> texts{
    "",
    "plain",
    "🐍 m’a réveillé … «…»",
    R"(some 'text' hey "hi there" that's text)",
    R"(backslash one backslash two \ end)",
    "percent % and %% and _ and ?1",
    "line\nbreak\ttab\r\n",
    "\0"s,
    "be\0fore"s,
    "trailing\0"s,
    "\xF0\x9F\x92\xA9 \xE2\x82\xAC",
    std::string(100'000, 'x'),
};

TEST_F(QueryText, comes_back_as_it_went) {
    std::vector<Note> notes;
    for (const std::string& each : texts) notes.push_back({.id = 0, .text = each, .maybe = each});
    connection.execute(mica::insert_into<Note>().values(notes));
    const std::vector<Note> read = connection.all(select<Note>().order_by(id));
    ASSERT_EQ(read.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(read[i].text, texts[i]);
        EXPECT_EQ(read[i].maybe, texts[i]);
    }
}

TEST_F(QueryText, is_found_by_every_kind_of_comparison) {
    for (const std::string& each : texts) {
        connection.execute(mica::delete_from<Note>().all_rows());
        insert<Note>({{1, each, each}, {2, each + "!", std::nullopt}});
        EXPECT_EQ(where(text == each), Ids{1}) << each;
        EXPECT_EQ(where(text != each), Ids{2}) << each;
        EXPECT_EQ(where(text > each), Ids{2}) << each;
        EXPECT_EQ(where(text.in({each})), Ids{1}) << each;
        EXPECT_EQ(where(text.not_in({each})), Ids{2}) << each;
        EXPECT_EQ(where(text.between(each, each)), Ids{1}) << each;
        EXPECT_EQ(where(maybe == each), Ids{1}) << each;
        EXPECT_EQ(where(maybe.is_not_distinct_from(each)), Ids{1}) << each;
    }
}

TEST_F(QueryText, can_be_set_and_removed_by_its_value) {
    insert<Note>({{1, "", std::nullopt}});
    for (const std::string& each : texts) {
        connection.execute(mica::update<Note>().set(text = each, maybe = each).all_rows());
        const Note read = connection.one(select<Note>());
        EXPECT_EQ(read.text, each);
        EXPECT_EQ(read.maybe, each);
    }
    EXPECT_EQ(connection.execute(mica::delete_from<Note>().where(text == texts.back())).rows_affected(), 1);
}

TEST_F(QueryText, is_not_null_when_empty) {
    insert<Note>({{1, "", ""}, {2, std::string{}, std::nullopt}});
    EXPECT_EQ(where(maybe == ""), Ids{1});
    EXPECT_EQ(where(maybe == std::string_view{}), Ids{1});
    EXPECT_EQ(where(maybe.is_null()), Ids{2});
    EXPECT_EQ(where(text == std::string_view{}), (Ids{1, 2}));
    EXPECT_EQ(connection.execute<std::string>("SELECT typeof(maybe) FROM Note ORDER BY id").all(),
              (std::vector<std::string>{"text", "null"}));
}

TEST_F(QueryText, keeps_the_bytes_behind_a_nul) {
    insert<Note>({{1, "a\0b"s, std::nullopt}});
    using Row = std::tuple<std::string, std::int64_t, std::int64_t>;
    const Row row = connection.execute<Row>("SELECT text, length(text), length(CAST(text AS BLOB)) FROM Note").one();
    EXPECT_EQ(row, (Row{"a\0b"s, 1, 3}));
    EXPECT_EQ(where(text == "a"), Ids{});
}

TEST_F(QueryText, of_a_raw_statement_keeps_its_bytes_too) {
    for (const std::string& each : texts) {
        EXPECT_EQ(connection.execute<std::string>("SELECT ?", each).one(), each);
        EXPECT_EQ(connection.execute<std::string>("SELECT ?", std::string_view{each}).one(), each);
    }
}

TEST_F(QueryText, is_put_together) {
    insert<Note>({{1, "a", "b"}, {2, "c", std::nullopt}});
    EXPECT_EQ(connection.all(select(text || maybe).order_by(id)),
              (std::vector<std::optional<std::string>>{"ab", std::nullopt}));
    EXPECT_EQ(connection.all(select(text || "b" || "c" || "d" || "e").where(id == 1)),
              std::vector<std::string>{"abcde"});
    EXPECT_EQ(connection.all(select(("<" || text) || ("/" || text || ">")).order_by(id)),
              (std::vector<std::string>{"<a/a>", "<c/c>"}));
    EXPECT_EQ(where((text || maybe) == "ab"), Ids{1});
    EXPECT_EQ(where((text || maybe).is_null()), Ids{2});
}

TEST_F(QueryText, sorts_by_its_bytes) {
    insert<Note>({{1, "b", std::nullopt}, {2, "B", ""}, {3, "ä", "x"}, {4, "a", "X"}});
    EXPECT_EQ(connection.all(select(id).order_by(text)), (Ids{2, 4, 1, 3}));
    EXPECT_EQ(connection.all(select(id).order_by(maybe.desc(), id)), (Ids{3, 4, 2, 1}));
}

}  // namespace
}  // namespace query_text
