// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace sql_filters {
namespace {

using mica::col;
using mica::Filter;
using mica::Order;
using mica::select;
using mica::test::RecordedValues;
using music::Album;
using music::Artist;
using music::Track;

constexpr auto id = col<&Album::id>;
constexpr auto title = col<&Album::title>;
constexpr auto year = col<&Album::year>;

struct SqlFilters : mica::test::RecordedSql {
    /// What stands behind WHERE.
    template <class Condition>
    std::string where(const Condition& condition) {
        const std::string text = run(select(id).where(condition)).sql;
        return text.substr(std::string_view{R"(SELECT "album"."id" FROM "album" WHERE )"}.size());
    }
    template <class Terms>
    std::string order(const Terms& terms) {
        const std::string text = run(select(id).order_by(terms)).sql;
        return text.substr(std::string_view{R"(SELECT "album"."id" FROM "album" ORDER BY )"}.size());
    }
    const RecordedValues& values() const { return recording.last().values; }
};

TEST_F(SqlFilters, are_true_for_every_row_while_empty) {
    EXPECT_EQ(where(Filter<Album>{}), "1");
    EXPECT_EQ(where(!Filter<Album>{}), "NOT 1");
    EXPECT_EQ(where(Filter<Album>{} && id > 1), R"(1 AND "album"."id" > ?1)");
    EXPECT_TRUE(Filter<Album>{}.empty());
}

TEST_F(SqlFilters, begin_with_their_first_condition_whatever_the_operator) {
    Filter<Album> both;
    both &= id > 1;
    EXPECT_EQ(where(both), R"(("album"."id" > ?1))");
    EXPECT_EQ(values(), RecordedValues{1});
    Filter<Album> either;
    either |= id > 2;
    EXPECT_EQ(where(either), R"(("album"."id" > ?1))");
    EXPECT_EQ(where(Filter<Album>{id > 3}), R"(("album"."id" > ?1))");
    EXPECT_FALSE(either.empty());
}

TEST_F(SqlFilters, join_conditions_by_one_operator_in_one_pair_of_parentheses) {
    Filter<Album> filter;
    for (int i = 1; i <= 4; ++i) filter |= id == i;
    EXPECT_EQ(where(filter), R"(("album"."id" = ?1 OR "album"."id" = ?2 OR "album"."id" = ?3 OR "album"."id" = ?4))");
    EXPECT_EQ(values(), (RecordedValues{1, 2, 3, 4}));
}

TEST_F(SqlFilters, put_parentheses_around_what_came_before_another_operator) {
    Filter<Album> filter{id == 1};
    filter |= id == 2;
    filter &= id == 3;
    filter &= id == 4;
    filter |= id == 5;
    EXPECT_EQ(where(filter),
              R"(((("album"."id" = ?1 OR "album"."id" = ?2) AND "album"."id" = ?3 AND "album"."id" = ?4) )"
              R"(OR "album"."id" = ?5))");
    EXPECT_EQ(values(), (RecordedValues{1, 2, 3, 4, 5}));
}

TEST_F(SqlFilters, put_parentheses_around_conditions_that_need_them) {
    Filter<Album> filter{id == 1 || id == 2};
    filter &= id == 3 || id == 4;
    filter &= !(id == 5 && id == 6);
    EXPECT_EQ(where(filter),
              R"((("album"."id" = ?1 OR "album"."id" = ?2) AND ("album"."id" = ?3 OR "album"."id" = ?4) )"
              R"(AND NOT ("album"."id" = ?5 AND "album"."id" = ?6)))");
    EXPECT_EQ(values(), (RecordedValues{1, 2, 3, 4, 5, 6}));
}

TEST_F(SqlFilters, contain_each_other) {
    Filter<Album> inner{id == 1};
    inner |= id == 2;
    Filter<Album> outer{id == 3};
    outer &= inner;
    outer &= Filter<Album>{};
    outer |= Filter<Album>{};
    EXPECT_EQ(where(outer), R"(("album"."id" = ?1 AND ("album"."id" = ?2 OR "album"."id" = ?3)))");
    EXPECT_EQ(values(), (RecordedValues{3, 1, 2}));
    inner &= inner;
    EXPECT_EQ(where(inner),
              R"((("album"."id" = ?1 OR "album"."id" = ?2) AND ("album"."id" = ?3 OR "album"."id" = ?4)))");
}

TEST_F(SqlFilters, stand_in_expressions) {
    Filter<Album> filter{id == 2};
    filter |= id == 3;
    EXPECT_EQ(where(id == 1 && !filter && id == 4),
              R"("album"."id" = ?1 AND NOT ("album"."id" = ?2 OR "album"."id" = ?3) AND "album"."id" = ?4)");
    EXPECT_EQ(values(), (RecordedValues{1, 2, 3, 4}));
}

TEST_F(SqlFilters, hold_every_kind_of_condition) {
    Filter<Album> filter;
    filter &= title.starts_with("a%");
    filter &= id.in(std::vector<int>{3, 1, 2});
    filter &= year.between(1, 2);
    filter &= year != std::nullopt;
    filter &= exists(select<Track>().where(col<&Track::album_id> == id && col<&Track::seconds> > 7));
    EXPECT_EQ(where(filter),
              R"(("album"."title" LIKE ?1 ESCAPE '\' AND "album"."id" IN (SELECT v0.value FROM mica_values(?2) AS v0) )"
              R"(AND "album"."year" BETWEEN ?3 AND ?4 AND "album"."year" IS NOT NULL AND EXISTS )"
              R"((SELECT "track"."id", "track"."name", "track"."seconds", "track"."album_id" FROM "track" )"
              R"(WHERE "track"."album_id" = "album"."id" AND "track"."seconds" > ?5)))");
    EXPECT_EQ(values().size(), 5U);
    EXPECT_EQ(values().front(), "a\\%%");
    EXPECT_EQ(values().back(), 7);
}

TEST_F(SqlFilters, read_from_joined_tables) {
    Filter<Album, Artist> filter{id == 1};
    filter &= col<&Artist::name> == "x";
    filter &= Filter<Artist>{col<&Artist::country> == "y"};
    EXPECT_EQ(run(select(id).join<Artist>().where(filter)).sql,
              R"(SELECT "album"."id" FROM "album" JOIN "Artist" ON "album"."artist_id" = "Artist"."id" WHERE )"
              R"(("album"."id" = ?1 AND "Artist"."name" = ?2 AND ("Artist"."country" = ?3)))");
    EXPECT_EQ(values(), (RecordedValues{1, "x", "y"}));
    EXPECT_EQ(run(select(id).join<Artist>(filter)).sql,
              R"(SELECT "album"."id" FROM "album" JOIN "Artist" ON )"
              R"(("album"."id" = ?1 AND "Artist"."name" = ?2 AND ("Artist"."country" = ?3)))");
}

TEST_F(SqlFilters, own_their_values) {
    Filter<Album> filter;
    {
        std::string text = "a text that is too long for a small string";
        filter |= title == text;
        filter |= title == std::string_view{text};
        text.assign(text.size(), 'x');
    }
    const auto query = select(id).where(filter);
    filter |= id == 1;
    EXPECT_EQ(run(query).values, (RecordedValues{"a text that is too long for a small string",
                                                 "a text that is too long for a small string"}));
}

TEST_F(SqlFilters, never_put_a_value_into_the_text) {
    const std::string hostile{"'; DROP TABLE album; -- ? \" \0 x", 30};
    Filter<Album> filter{title == hostile};
    filter |= title.contains("'?--");
    EXPECT_EQ(where(filter), R"(("album"."title" = ?1 OR "album"."title" LIKE ?2 ESCAPE '\'))");
    EXPECT_EQ(values(), (RecordedValues{std::string_view{hostile}, "%'?--%"}));
}

TEST_F(SqlFilters, count_parameters_on_around_them) {
    const auto query =
        select(id + 1).where(Filter<Album>{id == 2} && id == 3).order_by(Order<Album>{id + 4}).limit(5).offset(6);
    EXPECT_EQ(run(query).sql,
              R"(SELECT "album"."id" + ?1 FROM "album" WHERE ("album"."id" = ?2) AND "album"."id" = ?3 )"
              R"(ORDER BY "album"."id" + ?4 LIMIT ?5 OFFSET ?6)");
    EXPECT_EQ(values(), (RecordedValues{1, 2, 3, 4, 5, 6}));
}

TEST_F(SqlFilters, say_which_rows_are_changed) {
    const Filter<Album> filter{id == 2};
    EXPECT_EQ(run(mica::update<Album>().set(title = "1").where(filter)).sql,
              R"(UPDATE "album" SET "title" = ?1 WHERE ("album"."id" = ?2))");
    EXPECT_EQ(values(), (RecordedValues{"1", 2}));
    EXPECT_EQ(run(mica::delete_from<Album>().where(filter)).sql, R"(DELETE FROM "album" WHERE ("album"."id" = ?1))");
}

TEST_F(SqlFilters, are_there_or_not) {
    const auto query = [](bool first, bool second) {
        return select(id).where_if(first, id == 1 || id == 2).where_if(second, title == "3").limit(4);
    };
    EXPECT_EQ(run(query(true, true)).sql,
              R"(SELECT "album"."id" FROM "album" WHERE ("album"."id" = ?1 OR "album"."id" = ?2) )"
              R"(AND ("album"."title" = ?3) LIMIT ?4)");
    EXPECT_EQ(values(), (RecordedValues{1, 2, "3", 4}));
    EXPECT_EQ(run(query(false, true)).sql,
              R"(SELECT "album"."id" FROM "album" WHERE 1 AND ("album"."title" = ?1) LIMIT ?2)");
    EXPECT_EQ(values(), (RecordedValues{"3", 4}));
    EXPECT_EQ(run(query(false, false)).sql, R"(SELECT "album"."id" FROM "album" WHERE 1 AND 1 LIMIT ?1)");
    EXPECT_EQ(values(), RecordedValues{4});
}

TEST_F(SqlFilters, are_there_or_not_themselves) {
    const Filter<Album> filter{id == 1};
    EXPECT_EQ(run(select(id).where_if(true, filter).where_if(false, filter)).sql,
              R"(SELECT "album"."id" FROM "album" WHERE (("album"."id" = ?1)) AND 1)");
    EXPECT_EQ(values(), RecordedValues{1});
}

TEST_F(SqlFilters, leave_the_order_open_or_say_it) {
    EXPECT_EQ(order(Order<Album>{}), "NULL");
    EXPECT_EQ(order(Order<Album>{title}), R"("album"."title")");
    EXPECT_EQ(order(Order<Album>{title.desc(), id}), R"("album"."title" DESC, "album"."id")");
    Order<Album> later{year.desc().nulls_last()};
    later.then(title).then(length(title) + 5);
    EXPECT_EQ(order(later), R"("album"."year" DESC NULLS LAST, "album"."title", length("album"."title") + ?1)");
    EXPECT_EQ(values(), RecordedValues{5});
    EXPECT_EQ(run(select(id).order_by(title, later, id.desc())).sql,
              R"(SELECT "album"."id" FROM "album" ORDER BY "album"."title", "album"."year" DESC NULLS LAST, )"
              R"("album"."title", length("album"."title") + ?1, "album"."id" DESC)");
}

TEST_F(SqlFilters, are_found_by_their_text) {
    const auto run_with = [&](int value, bool more) {
        Filter<Album> filter{id == value};
        if (more) filter &= title == "x";
        run(select(id).where(filter));
    };
    for (int i = 0; i < 5; ++i) run_with(i, i % 2 == 0);
    EXPECT_EQ(recording.prepared.size(), 2U);
}

TEST_F(SqlFilters, keep_a_bounded_number_of_texts) {
    Filter<Album> filter;
    for (int i = 0; i < 100; ++i) {
        filter |= id == i;
        run(select(id).where(filter));
    }
    EXPECT_EQ(recording.prepared.size(), 100U);
    EXPECT_EQ(recording.statements, 64);
}

}  // namespace
}  // namespace sql_filters
