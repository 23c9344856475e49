// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sql_select {

struct Size {
    int width = 0;
    int height = 0;
};

struct Picture {
    std::int64_t id = 0;
    std::string title;
    std::optional<double> price;
    Size size;
    std::string note;

    static constexpr auto mapping() {
        return mica::table("picture", mica::column<&Picture::title>("name"), mica::ignore<&Picture::note>);
    }
};

struct Label {
    std::string code;
    static constexpr auto mapping() { return mica::table("a \"label\"", mica::primary_key<&Label::code>); }
};

namespace {

using mica::col;
using mica::select;
using mica::test::bound;
using mica::test::Execution;
using sql_select::Label;
using sql_select::Picture;
using sql_select::Size;

struct SqlSelect : mica::test::RecordedSql {};

TEST_F(SqlSelect, names_every_column_of_an_entity) {
    constexpr auto query = select<Picture>();
    static_assert(query.sql() ==
                  R"(SELECT "picture"."id", "picture"."name", "picture"."price", "picture"."size_width", )"
                  R"("picture"."size_height" FROM "picture")");
    EXPECT_EQ(run(query), (Execution{std::string{query.sql()}}));
}

TEST_F(SqlSelect, quotes_a_name_with_quotes) {
    static_assert(decltype(select<Label>())::sql() == R"(SELECT "a ""label"""."code" FROM "a ""label""")");
    EXPECT_EQ(run(select<Label>()).sql, R"(SELECT "a ""label"""."code" FROM "a ""label""")");
}

TEST_F(SqlSelect, reads_single_columns_from_the_first_ones_table) {
    const auto query = select(col<&Picture::price>, col<&Picture::title>);
    static_assert(decltype(query)::sql() == R"(SELECT "picture"."price", "picture"."name" FROM "picture")");
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlSelect, reads_a_column_of_an_embedded_object) {
    const auto query = select(col<&Picture::size, &Size::height>).where(col<&Picture::size, &Size::width> > 3);
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "picture"."size_height" FROM "picture" WHERE "picture"."size_width" > ?1)");
    EXPECT_EQ(run(query), (Execution{std::string{query.sql()}, {3}}));
}

TEST_F(SqlSelect, reads_from_the_table_that_from_names) {
    const auto query = select(bound(1)).from<Picture>();
    static_assert(decltype(query)::sql() == R"(SELECT ?1 FROM "picture")");
    EXPECT_EQ(run(query), (Execution{R"(SELECT ?1 FROM "picture")", {1}}));
}

TEST_F(SqlSelect, has_no_from_without_columns) {
    const auto query = select(bound(1), bound(std::string{"a"}));
    static_assert(decltype(query)::sql() == "SELECT ?1, ?2");
    EXPECT_EQ(run(query), (Execution{"SELECT ?1, ?2", {1, "a"}}));
}

TEST_F(SqlSelect, selects_expressions) {
    const auto query = select(col<&Picture::id> * 2, col<&Picture::title> == "x", !(col<&Picture::id> == 1));
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "picture"."id" * ?1, "picture"."name" = ?2, NOT "picture"."id" = ?3 FROM "picture")");
    EXPECT_EQ(run(query).values, (mica::test::RecordedValues{2, "x", 1}));
}

TEST_F(SqlSelect, numbers_the_parameters_of_all_clauses_in_the_order_of_the_text) {
    const auto query = select(col<&Picture::id> + 1, col<&Picture::title> || "2")
                           .where(col<&Picture::price> > 3.0)
                           .where(col<&Picture::title>.like("4"))
                           .order_by((col<&Picture::id> % 5).desc(), col<&Picture::id> - 6)
                           .limit(7)
                           .offset(8);
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "picture"."id" + ?1, "picture"."name" || ?2 FROM "picture" )"
                  R"(WHERE "picture"."price" > ?3 AND "picture"."name" LIKE ?4 )"
                  R"(ORDER BY "picture"."id" % ?5 DESC, "picture"."id" - ?6 LIMIT ?7 OFFSET ?8)");
    EXPECT_EQ(run(query).values, (mica::test::RecordedValues{1, "2", 3.0, "4", 5, 6, 7, 8}));
}

TEST_F(SqlSelect, gives_the_same_text_whatever_the_order_in_which_its_clauses_were_written) {
    const auto forward = select<Picture>().where(col<&Picture::id> > 1).order_by(col<&Picture::id>).limit(2).offset(3);
    const auto backward = select<Picture>().offset(3).limit(2).order_by(col<&Picture::id>).where(col<&Picture::id> > 1);
    EXPECT_EQ(run(forward), run(backward));
}

TEST_F(SqlSelect, keeps_its_values_when_the_variables_are_gone) {
    const auto make = [] {
        std::string title = "a title that is too long for a small string";
        return select<Picture>().where(col<&Picture::title> == title);
    };
    const auto query = make();
    EXPECT_EQ(run(query).values, mica::test::RecordedValues{"a title that is too long for a small string"});
}

TEST_F(SqlSelect, can_be_run_again_and_copied) {
    const auto query = select<Picture>().where(col<&Picture::title> == std::string(40, 'x'));
    const auto copy = query;
    EXPECT_EQ(run(query), run(query));
    EXPECT_EQ(run(copy), run(query));
}

}  // namespace
}  // namespace sql_select
