// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace query_limit {

struct Point {
    std::int64_t id = 0;
    int x = 0;
    int y = 0;
};

namespace {

using mica::col;
using mica::select;
using mica::test::message_of;
using query_limit::Point;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Point::id>;
constexpr auto by_id = select(id).order_by(id);

struct QueryLimit : mica::test::MemoryDatabase<Point> {
    QueryLimit() { insert<Point>({{1, 1, 2}, {2, 2, 3}, {3, 3, 4}, {4, 4, 5}, {5, 4, 6}}); }
};

TEST_F(QueryLimit, cuts_off_behind_a_number_of_rows) {
    EXPECT_EQ(connection.all(by_id.limit(2)), (Ids{1, 2}));
    EXPECT_EQ(connection.all(by_id.limit(3)), (Ids{1, 2, 3}));
    EXPECT_EQ(connection.all(by_id.limit(0)), Ids{});
    EXPECT_EQ(connection.all(by_id.limit(100)), (Ids{1, 2, 3, 4, 5}));
    EXPECT_EQ(connection.all(by_id.limit(1 + 2)), (Ids{1, 2, 3}));
}

TEST_F(QueryLimit, refuses_a_negative_number_of_rows) {
    const std::string text = "mica: limit() and offset() take no negative number of rows";
    EXPECT_EQ(message_of<mica::DataError>([] { static_cast<void>(by_id.limit(-1)); }), text);
    EXPECT_EQ(message_of<mica::DataError>([] { static_cast<void>(by_id.offset(-1)); }), text);
    EXPECT_EQ(message_of<mica::DataError>([] { static_cast<void>(mica::union_(by_id, by_id).limit(INT64_MIN)); }),
              text);
}

TEST_F(QueryLimit, refuses_a_negative_number_that_a_prepared_statement_is_given) {
    const auto page = connection.prepare(by_id.limit(mica::param<int>).offset(mica::param<std::int64_t>));
    EXPECT_EQ(page(2, 1).all(), (Ids{2, 3}));
    EXPECT_THROW(page(-1, 0), mica::DataError);
    EXPECT_THROW(page(1, -1), mica::DataError);
    EXPECT_EQ(page(1, 0).all(), Ids{1});
    const auto before = connection.prepare(select(id).where(id > mica::param<int>).order_by(id).limit(2));
    EXPECT_EQ(before(-1).all(), (Ids{1, 2}));
}

TEST_F(QueryLimit, is_no_constant_where_it_is_negative) {
    constexpr auto compiles = []<int count>() {
        return requires { typename std::bool_constant<(static_cast<void>(by_id.limit(count)), true)>; };
    };
    static_assert(compiles.operator()<1>() && !compiles.operator()<-1>());
}

TEST_F(QueryLimit, leaves_out_rows_by_an_offset_alone) {
    EXPECT_EQ(connection.all(by_id.offset(2)), (Ids{3, 4, 5}));
    EXPECT_EQ(connection.all(by_id.offset(3)), (Ids{4, 5}));
    EXPECT_EQ(connection.all(by_id.offset(0)), (Ids{1, 2, 3, 4, 5}));
    EXPECT_EQ(connection.all(by_id.offset(5)), Ids{});
    EXPECT_EQ(connection.all(by_id.offset(INT64_MAX)), Ids{});
}

TEST_F(QueryLimit, goes_with_an_offset) {
    const auto page = [this](std::int64_t limit, std::int64_t offset) {
        return connection.all(by_id.limit(limit).offset(offset));
    };
    EXPECT_EQ(page(2, 0), (Ids{1, 2}));
    EXPECT_EQ(page(2, 1), (Ids{2, 3}));
    EXPECT_EQ(page(3, 2), (Ids{3, 4, 5}));
    EXPECT_EQ(page(3, 1), (Ids{2, 3, 4}));
    EXPECT_EQ(page(3, 4), Ids{5});
    EXPECT_EQ(page(0, 2), Ids{});
    EXPECT_EQ(page(INT64_MAX, 4), Ids{5});
}

TEST_F(QueryLimit, applies_to_entities_and_conditions) {
    const auto query = select<Point>().where(col<&Point::x> >= 2).order_by(col<&Point::x>.desc(), id.desc());
    Ids ids;
    for (const Point& point : connection.execute(query.limit(2).offset(1))) ids.push_back(point.id);
    EXPECT_EQ(ids, (Ids{4, 3}));
    EXPECT_EQ(connection.first(query)->id, 5);
    EXPECT_EQ(connection.first(query.offset(3))->id, 2);
}

TEST_F(QueryLimit, applies_to_a_session) {
    {
        const auto given_back = std::move(connection);
    }
    mica::Session session{engine};
    const auto query = session.query<Point>().order_by(id);
    EXPECT_EQ(query.limit(2).offset(1).all().size(), 2U);
    EXPECT_EQ(query.offset(1).first()->id, 2);
    EXPECT_EQ(query.limit(2).count(), 2);
    EXPECT_EQ(query.offset(4).count(), 1);
    EXPECT_FALSE(query.offset(5).exists());
    EXPECT_EQ(query.limit(1).one()->id, 1);
    EXPECT_EQ(query.limit(std::string{"ab"}.size()).offset(std::size_t{1}).all().size(), 2U);
    EXPECT_THROW(static_cast<void>(query.limit(-1)), mica::DataError);
    EXPECT_THROW(static_cast<void>(query.offset(-1)), mica::DataError);
    EXPECT_THROW(static_cast<void>(query.limit(2).one()), mica::MultipleResultsFound);
}

TEST_F(QueryLimit, sorts_before_it_cuts) {
    using Row = std::tuple<int, int>;
    const auto rows = select(col<&Point::x>, col<&Point::y>);
    EXPECT_EQ(connection.all(rows.order_by(col<&Point::x>.desc(), col<&Point::y>).limit(2)),
              (std::vector<Row>{{4, 5}, {4, 6}}));
    EXPECT_EQ(connection.all(rows.order_by((col<&Point::x> % 2).desc(), id.desc()).limit(3)),
              (std::vector<Row>{{3, 4}, {1, 2}, {4, 6}}));
}

TEST_F(QueryLimit, may_be_an_expression) {
    EXPECT_EQ(connection.all(by_id.limit(mica::literal(1) + mica::literal(2))), (Ids{1, 2, 3}));
    EXPECT_EQ(connection.all(by_id.limit(2).offset(mica::literal(1) + 2)), (Ids{4, 5}));
}

TEST_F(QueryLimit, is_given_to_a_prepared_statement_at_each_run) {
    auto page = connection.prepare(by_id.limit(mica::param<int>).offset(mica::param<int>));
    EXPECT_EQ(page(2, 1).all(), (Ids{2, 3}));
    EXPECT_EQ(page(3, 2).all(), (Ids{3, 4, 5}));
    EXPECT_EQ(page(0, 0).all(), Ids{});
}

}  // namespace
}  // namespace query_limit
