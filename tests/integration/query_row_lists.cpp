// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace query_row_lists {

struct Pair {
    std::int64_t id = 0;
    std::int64_t number = 0;
    std::string word;
    std::optional<std::string> note;
};

namespace {

using mica::col;
using mica::row;
using mica::select;
using query_row_lists::Pair;

/// The data of checklist item 48 of the design: (2, "z2") and its neighbours.
struct RowLists : mica::test::MemoryDatabase<Pair> {
    RowLists() { insert<Pair>({{1, 2, "z2", {}}, {2, 2, "z3", "a"}, {3, 3, "z2", "b"}, {4, 4, "z4", {}}}); }

    template <class Condition>
    std::vector<std::int64_t> ids(Condition condition) {
        return connection.all(select(col<&Pair::id>).where(condition).order_by(col<&Pair::id>));
    }
    using Ids = std::vector<std::int64_t>;
    static constexpr auto both = row(col<&Pair::number>, col<&Pair::word>);
};

TEST_F(RowLists, both_values_of_a_tuple_have_to_match) { EXPECT_EQ(ids(both.in({{2, "z2"}, {3, "z3"}})), (Ids{1})); }

TEST_F(RowLists, the_others_are_not_in_the_list) {
    EXPECT_EQ(ids(both.not_in({{2, "z2"}, {3, "z3"}})), (Ids{2, 3, 4}));
}

TEST_F(RowLists, nothing_is_in_an_empty_list_and_everything_is_not) {
    const std::vector<std::pair<int, std::string>> none;
    EXPECT_EQ(ids(both.in(none)), (Ids{}));
    EXPECT_EQ(ids(both.not_in(none)), (Ids{1, 2, 3, 4}));
}

TEST_F(RowLists, one_prepared_statement_takes_lists_of_any_length) {
    using List = std::vector<std::tuple<std::int64_t, const char*>>;
    for (int repetition = 0; repetition < 2; ++repetition) {
        EXPECT_EQ(ids(both.in(List{})), (Ids{}));
        EXPECT_EQ(ids(both.in(List{{2, "z2"}, {4, "z4"}})), (Ids{1, 4}));
    }
}

TEST_F(RowLists, a_tuple_with_null_is_unknown_where_the_rest_matches) {
    using List = std::vector<std::pair<std::int64_t, std::optional<std::string>>>;
    const auto noted = row(col<&Pair::number>, col<&Pair::note>);
    EXPECT_EQ(ids(noted.in(List{{2, std::nullopt}, {3, "b"}})), (Ids{3}));
    EXPECT_EQ(ids(noted.not_in(List{{2, std::nullopt}, {3, "b"}})), (Ids{4}));
}

TEST_F(RowLists, a_hundred_thousand_tuples_are_looked_up_in_one_pass) {
    std::vector<std::pair<std::int64_t, std::string>> many;
    for (std::int64_t i = 3; i < 100003; ++i) many.emplace_back(i, "z" + std::to_string(i));
    EXPECT_EQ(ids(both.in(many)), (Ids{4}));
    EXPECT_EQ(ids(both.not_in(many)), (Ids{1, 2, 3}));
}

TEST_F(RowLists, the_text_does_not_depend_on_the_list) {
    EXPECT_EQ(decltype(select(col<&Pair::id>).where(both.in({{2, "z2"}})))::sql(),
              R"(SELECT "Pair"."id" FROM "Pair" WHERE ("Pair"."number", "Pair"."word") IN (SELECT v0.value, v1.value )"
              R"(FROM mica_values(?1) AS v0 JOIN mica_values(?2) AS v1 ON v1.rowid = v0.rowid))");
}

}  // namespace
}  // namespace query_row_lists
