// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace sql_lists {

struct Row {
    std::int64_t id = 0;
    int x = 0;
    bool flag = false;
    double real = 0;
    std::optional<std::string> text;
};

struct Other {
    std::int64_t id = 0;
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using mica::test::list_of;
using mica::test::RecordedValues;
using sql_lists::Other;
using sql_lists::Row;

constexpr auto x = col<&Row::x>;
constexpr auto text = col<&Row::text>;

struct SqlLists : mica::test::RecordedSql {
    template <class Condition>
    Execution where(const Condition& condition) {
        Execution execution = run(select(col<&Row::id>).where(condition));
        execution.sql.erase(0, execution.sql.find(" WHERE ") + 7);
        return execution;
    }
};

TEST_F(SqlLists, are_one_parameter) {
    EXPECT_EQ(where(x.in({1, 2, 3})),
              (Execution{R"("Row"."x" IN (SELECT v0.value FROM mica_values(?1) AS v0))", {list_of({1, 2, 3})}}));
    EXPECT_EQ(where(x.not_in({1})),
              (Execution{R"("Row"."x" NOT IN (SELECT v0.value FROM mica_values(?1) AS v0))", {list_of({1})}}));
}

TEST_F(SqlLists, can_be_empty) {
    EXPECT_EQ(where(x.in(std::vector<int>{})).values, RecordedValues{list_of({})});
    EXPECT_EQ(where(text.not_in(std::vector<std::string>{})).values, RecordedValues{list_of({})});
}

TEST_F(SqlLists, have_the_same_text_whatever_their_length) {
    const auto none = select(x).where(x.in(std::vector<int>{}));
    const auto many = select(x).where(x.in(std::vector<int>(1000, 1)));
    static_assert(std::same_as<decltype(none), decltype(many)>);
    static_assert(decltype(none)::sql() ==
                  R"(SELECT "Row"."x" FROM "Row" WHERE "Row"."x" IN (SELECT v0.value FROM mica_values(?1) AS v0))");
    EXPECT_EQ(run(none).sql, run(many).sql);
}

TEST_F(SqlLists, are_sorted_when_they_are_made) {
    EXPECT_EQ(where(x.in({3, 1, 2, 1})).values, RecordedValues{list_of({1, 1, 2, 3})});
    EXPECT_EQ(where(text.in({"b", "a"})).values, RecordedValues{list_of({"a", "b"})});
}

TEST_F(SqlLists, are_made_of_any_range) {
    const RecordedValues expected{list_of({1, 2})};
    const std::set<std::int64_t> set{1, 2};
    const std::array<short, 2> array{1, 2};
    const std::list<unsigned> linked{1, 2};
    const int plain[]{1, 2};
    EXPECT_EQ(where(x.in(std::vector{1, 2})).values, expected);
    EXPECT_EQ(where(x.in(set)).values, expected);
    EXPECT_EQ(where(x.in(array)).values, expected);
    EXPECT_EQ(where(x.in(linked)).values, expected);
    EXPECT_EQ(where(x.in(std::deque<int>{1, 2})).values, expected);
    EXPECT_EQ(where(x.in(plain)).values, expected);
    EXPECT_EQ(where(x.in(std::span{plain})).values, expected);
    EXPECT_EQ(where(x.in(std::views::iota(1, 3))).values, expected);
    EXPECT_EQ(where(x.in(std::views::iota(std::int64_t{1}, std::int64_t{3}))).values, expected);
    EXPECT_EQ(where(x.in(plain | std::views::transform([](int i) { return i; }))).values, expected);
}

TEST_F(SqlLists, are_made_of_ranges_that_cannot_be_const) {
    const int plain[]{1, 2, 3, 4};
    auto even = plain | std::views::filter([](int i) { return i % 2 == 0; });
    EXPECT_EQ(where(x.in(even)).values, RecordedValues{list_of({2, 4})});
    EXPECT_EQ(where(x.not_in(plain | std::views::filter([](int i) { return i > 3; }))).values,
              RecordedValues{list_of({4})});
}

TEST_F(SqlLists, hold_values_in_their_own_storage_class) {
    EXPECT_EQ(where(col<&Row::flag>.in({true, false})).values, RecordedValues{list_of({0, 1})});
    EXPECT_EQ(where(col<&Row::flag>.in(std::vector<bool>{true})).values, RecordedValues{list_of({1})});
    EXPECT_EQ(where(col<&Row::real>.in({0.5F})).values, RecordedValues{list_of({0.5})});
    EXPECT_EQ(where(col<&Row::real>.in({2})).values, RecordedValues{list_of({2})});
}

TEST_F(SqlLists, hold_every_kind_of_string) {
    const std::vector<const char*> pointers{"a"};
    EXPECT_EQ(where(text.in({"a", "b"})).values, RecordedValues{list_of({"a", "b"})});
    EXPECT_EQ(where(text.in(pointers)).values, RecordedValues{list_of({"a"})});
    EXPECT_EQ(where(text.in(std::vector<std::string>{"a"})).values, RecordedValues{list_of({"a"})});
    EXPECT_EQ(where(text.in({std::string_view{"a"}})).values, RecordedValues{list_of({"a"})});
    EXPECT_EQ(where(text.in(std::vector<std::optional<std::string_view>>{"a", std::nullopt})).values,
              (RecordedValues{list_of({"a"}), 1}));
}

TEST_F(SqlLists, of_optionals_say_whether_null_is_among_them) {
    const std::vector<std::optional<int>> values{2, std::nullopt};
    EXPECT_EQ(where(x.in(values)).sql,
              R"("Row"."x" IN (SELECT v0.value FROM mica_values(?1) AS v0) AND "Row"."x" IS NOT NULL OR )"
              R"(?2 AND "Row"."x" IS NULL)");
    EXPECT_EQ(where(x.not_in(values) && x == 1).sql,
              R"(NOT ("Row"."x" IN (SELECT v0.value FROM mica_values(?1) AS v0) AND "Row"."x" IS NOT NULL OR )"
              R"(?2 AND "Row"."x" IS NULL) AND "Row"."x" = ?3)");
    EXPECT_EQ(where((x + 1).in(values)).values, (RecordedValues{1, list_of({2}), 1, 1, 1}));
}

TEST_F(SqlLists, own_their_strings) {
    std::vector<std::string> names{"a", "b"};
    const std::vector<std::string_view> views{names.begin(), names.end()};
    const auto query = select(x).where(text.in(views));
    names = {"c", "d"};
    EXPECT_EQ(run(query).values, RecordedValues{list_of({"a", "b"})});
}

TEST_F(SqlLists, stand_beside_other_values_in_order) {
    const auto query = where(x == 1 && x.in({2}) && text.in({"3"}) && x + 4 == 5);
    EXPECT_EQ(query.values, (RecordedValues{1, list_of({2}), list_of({"3"}), 4, 5}));
}

TEST_F(SqlLists, of_values_and_expressions_are_written_one_by_one) {
    EXPECT_EQ(where(x.in(1, col<&Row::id>, x + 2)),
              (Execution{R"("Row"."x" IN (?1, "Row"."id", "Row"."x" + ?2))", {1, 2}}));
    EXPECT_EQ(where(x.not_in(1, 2)), (Execution{R"("Row"."x" NOT IN (?1, ?2))", {1, 2}}));
    EXPECT_EQ(where(text.in("a", std::nullopt, std::string{"c"})),
              (Execution{R"("Row"."text" IS ?1 OR "Row"."text" IS NULL OR "Row"."text" IS ?2)", {"a", "c"}}));
    EXPECT_EQ(where(x.not_in(std::optional<int>{1}, col<&Row::id>)),
              (Execution{R"(NOT ("Row"."x" IS ?1 OR "Row"."x" = "Row"."id"))", {1}}));
    EXPECT_EQ(where(!(x + 1).in(1, 2)), (Execution{R"(NOT "Row"."x" + ?1 IN (?2, ?3))", {1, 1, 2}}));
    static_assert(std::same_as<mica::ValueOf<decltype(x.in(1, 2))>, bool>);
    static_assert(std::same_as<mica::ValueOf<decltype(x.in(1, std::optional<int>{}))>, bool>);
}

/// Where the texts of the lists lie that a statement binds.
struct PlacesOfTexts {
    std::vector<const char*> places;

    void null() {}
    void integer(std::int64_t) {}
    void text(std::string_view value, mica::Lifetime) { places.push_back(value.data()); }
    void real(double) {}
    void blob(mica::Bytes, mica::Lifetime) {}
    void values(const mica::ValueList& list) { list.send(0, *this); }
};

template <class Query>
std::vector<const char*> places_of_texts(const Query& query) {
    PlacesOfTexts sink;
    query.bind(sink);
    return sink.places;
}

TEST_F(SqlLists, are_not_copied_by_further_clauses) {
    const std::vector<std::tuple<std::string, int>> pairs{{"b", 2}};
    const auto query = select(text, x).where(text.in(std::vector<std::string>{"a"}));
    const auto both = query.where(mica::row(text, x).in(pairs));
    const std::vector<const char*> places = places_of_texts(both);
    EXPECT_EQ(places.front(), places_of_texts(query).front());
    EXPECT_EQ(places_of_texts(both.order_by(x).distinct()), places);
    EXPECT_EQ(places_of_texts(both.join<Other>(col<&Other::id> == col<&Row::id>).group_by(x, text)), places);
    EXPECT_EQ(places_of_texts(mica::union_all(both, both).limit(1)).back(), places.back());
    EXPECT_EQ(places_of_texts(select(mica::exists(both)).from<Row>()), places);
}

}  // namespace
}  // namespace sql_lists
