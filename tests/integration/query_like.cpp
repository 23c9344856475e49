// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace query_like {

struct Word {
    std::int64_t id = 0;
    std::optional<std::string> data;
};

namespace {

using mica::col;
using query_like::Word;
using Ids = std::vector<std::int64_t>;

constexpr auto data = col<&Word::data>;

struct QueryLike : mica::test::MemoryDatabase<Word> {
    QueryLike() {
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
        return connection.all(mica::select(col<&Word::id>).where(condition).order_by(col<&Word::id>));
    }
};

const Ids all_texts{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
const Ids all_but_the_last{1, 2, 3, 4, 5, 6, 7, 8, 9};

TEST_F(QueryLike, interprets_the_characters_of_a_pattern) {
    EXPECT_EQ(where(data.like("ab%c%")), all_texts);
    EXPECT_EQ(where(data.like("%e%fg")), all_but_the_last);
    EXPECT_EQ(where(data.like("%b%cde%")), all_but_the_last);
    EXPECT_EQ(where(data.like("ab_cdefg")), (Ids{2, 3, 4, 7, 8}));
}

TEST_F(QueryLike, starts_with_a_text_taken_literally) {
    EXPECT_EQ(where(data.starts_with("ab%c")), Ids{3});
    EXPECT_EQ(where(data.starts_with("ab#c")), Ids{7});
    EXPECT_EQ(where(data.starts_with("ab_c")), Ids{4});
    EXPECT_EQ(where(data.starts_with("ab/c")), Ids{2});
    EXPECT_EQ(where(data.starts_with("b")), Ids{});
}

TEST_F(QueryLike, ends_with_a_text_taken_literally) {
    EXPECT_EQ(where(data.ends_with("e%fg")), Ids{6});
    EXPECT_EQ(where(data.ends_with("e#fg")), Ids{9});
    EXPECT_EQ(where(data.ends_with("e/fg")), Ids{5});
    EXPECT_EQ(where(data.ends_with("f")), Ids{});
}

TEST_F(QueryLike, contains_a_text_taken_literally) {
    EXPECT_EQ(where(data.contains("b%cde")), Ids{3});
    EXPECT_EQ(where(data.contains("b#cd")), Ids{7});
    EXPECT_EQ(where(data.contains("%")), (Ids{3, 6}));
    EXPECT_EQ(where(data.contains("_")), Ids{4});
}

TEST_F(QueryLike, finds_every_text_that_contains_nothing) {
    EXPECT_EQ(where(data.contains("")), all_texts);
    EXPECT_EQ(where(data.starts_with("")), all_texts);
    EXPECT_EQ(where(data.ends_with("")), all_texts);
}

TEST_F(QueryLike, does_not_match_null_and_its_negation_does_not_either) {
    EXPECT_EQ(where(data.like("%")), all_texts);
    EXPECT_EQ(where(!data.like("x%")), all_texts);
    EXPECT_EQ(where(!data.contains("%")), (Ids{1, 2, 4, 5, 7, 8, 9, 10}));
}

TEST_F(QueryLike, takes_the_escape_character_itself_literally) {
    insert<Word>({{12, R"(a\b)"}, {13, R"(a\%b)"}, {14, R"(a\\b)"}});
    EXPECT_EQ(where(data.contains(R"(\)")), (Ids{12, 13, 14}));
    EXPECT_EQ(where(data.starts_with(R"(a\b)")), Ids{12});
    EXPECT_EQ(where(data.contains(R"(\%)")), Ids{13});
    EXPECT_EQ(where(data.ends_with(R"(\\b)")), Ids{14});
    EXPECT_EQ(where(data.like(R"(a\b)")), Ids{12});
}

TEST_F(QueryLike, refuses_a_nul_at_which_it_would_end_and_match_everything) {
    const std::string nul(1, '\0');
    EXPECT_THROW(static_cast<void>(data.contains(nul)), mica::DataError);
    EXPECT_THROW(static_cast<void>(data.starts_with(nul + "a")), mica::DataError);
    EXPECT_THROW(static_cast<void>(data.ends_with("a" + nul)), mica::DataError);
}

TEST_F(QueryLike, is_not_cut_off_at_the_right) {
    connection.execute(mica::delete_from<Word>().all_rows());
    insert<Word>({{1, "AB"}, {2, "BC"}, {3, "AC"}});
    EXPECT_EQ(where(data.like("%B%")), (Ids{1, 2}));
    EXPECT_EQ(where(data.like("A%C")), Ids{3});
    EXPECT_EQ(where(data.like("A%C%Z")), Ids{});
}

TEST_F(QueryLike, ignores_the_case_of_ascii_letters_only) {
    insert<Word>({{12, "ÄBC"}});
    EXPECT_EQ(where(data.like("ABCDEFG")), Ids{1});
    EXPECT_EQ(where(data.like("Äbc")), Ids{12});
    EXPECT_EQ(where(data.like("äbc")), Ids{});
    EXPECT_EQ(where(data.starts_with("ABCDEF")), Ids{1});
}

TEST_F(QueryLike, globs_with_regard_to_case) {
    EXPECT_EQ(where(data.glob("ab[#9]cdefg")), (Ids{7, 8}));
    EXPECT_EQ(where(data.glob("abcd?fg")), (Ids{1, 10}));
    EXPECT_EQ(where(data.glob("AB*")), Ids{});
    EXPECT_EQ(where(data.glob("ab%*")), Ids{3});
}

TEST_F(QueryLike, compares_with_a_pattern_from_the_row) {
    EXPECT_EQ(where(data.like(data)), all_texts);
    EXPECT_EQ(where(data.like("%" || data || "%")), all_texts);
    EXPECT_EQ(where(data.glob(data || "?")), Ids{});
}

}  // namespace
}  // namespace query_like
