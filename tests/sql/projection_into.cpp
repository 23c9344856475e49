// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace sql_into {

struct Point {
    int x = 0;
    int y = 0;
};
struct Shape {
    std::int64_t id = 0;
    std::string name;
    Point at;
    std::optional<float> area;
};

struct NameAndArea {
    std::string label;
    std::optional<double> size;
};
struct Moved {
    std::int64_t key = 0;
    Point position;
};
struct Copy {
    std::int64_t a = 0;
    std::string b;
    int c = 0;
    int d = 0;
    std::optional<double> e;
};

namespace {

using mica::col;
using mica::select;
using mica::test::bound;
using sql_into::Copy;
using sql_into::Moved;
using sql_into::NameAndArea;
using sql_into::Point;
using sql_into::Shape;

template <class Query>
using RowOf = typename Query::Row;

struct SqlInto : mica::test::RecordedSql {};

TEST_F(SqlInto, gives_entities_tuples_and_single_values) {
    static_assert(std::same_as<RowOf<decltype(select<Shape>())>, Shape>);
    static_assert(std::same_as<RowOf<decltype(select(col<&Shape::name>))>, std::string>);
    static_assert(std::same_as<RowOf<decltype(select(col<&Shape::area>))>, std::optional<float>>);
    static_assert(std::same_as<RowOf<decltype(select(col<&Shape::id>, col<&Shape::at, &Point::y>))>,
                               std::tuple<std::int64_t, int>>);
    using Condition = decltype(select(col<&Shape::id> == 1));
    static_assert(std::same_as<RowOf<Condition>, bool>);
    using View = decltype(select(bound(std::string_view{"a"})));
    static_assert(std::same_as<RowOf<View>, std::string>);
}

TEST_F(SqlInto, does_not_change_the_text) {
    const auto plain = select(col<&Shape::name>, col<&Shape::area>);
    const auto into = plain.into<NameAndArea>();
    static_assert(std::same_as<RowOf<decltype(into)>, NameAndArea>);
    static_assert(decltype(into)::sql() == decltype(plain)::sql());
    EXPECT_EQ(run(into), run(plain));
}

TEST_F(SqlInto, reads_columns_into_fields_by_position) {
    recording.answer("SELECT", {.rows = {{"square", 2.5}, {"line", std::nullopt}}});
    const auto rows = connection.all(select(col<&Shape::name>, col<&Shape::area>).into<NameAndArea>());
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].label, "square");
    EXPECT_EQ(rows[0].size, 2.5);
    EXPECT_EQ(rows[1].size, std::nullopt);
}

TEST_F(SqlInto, reads_into_an_embedded_object) {
    recording.answer("SELECT", {.rows = {{1, 2, 3}}});
    const auto row =
        connection.one(select(col<&Shape::id>, col<&Shape::at, &Point::x>, col<&Shape::at, &Point::y>).into<Moved>());
    EXPECT_EQ((std::tuple{row.key, row.position.x, row.position.y}), (std::tuple{1, 2, 3}));
}

TEST_F(SqlInto, reads_a_whole_entity_into_another_struct) {
    recording.answer("SELECT", {.rows = {{1, "a", 2, 3, 4}}});
    const Copy copy = connection.one(select<Shape>().into<Copy>());
    EXPECT_EQ((std::tuple{copy.a, copy.b, copy.c, copy.d, copy.e}), (std::tuple{1, "a", 2, 3, 4.0}));
}

TEST_F(SqlInto, keeps_the_clauses) {
    const auto query =
        select<Shape>().where(col<&Shape::id> > 1).order_by(col<&Shape::id>).into<Copy>().limit(2).offset(3);
    static_assert(std::same_as<RowOf<decltype(query)>, Copy>);
    EXPECT_EQ(run(query), run(select<Shape>().where(col<&Shape::id> > 1).order_by(col<&Shape::id>).limit(2).offset(3)));
}

TEST_F(SqlInto, accepts_clauses_behind_it) {
    const auto query = select<Shape>().into<Copy>().where(col<&Shape::id> > 1).order_by(col<&Shape::name>);
    static_assert(std::same_as<RowOf<decltype(query)>, Copy>);
    EXPECT_EQ(run(query).values, mica::test::RecordedValues{1});
}

}  // namespace
}  // namespace sql_into
