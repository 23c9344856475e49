// SPDX-License-Identifier: BSL-1.0
// Item 30 of the checklist.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace query_insert_select {

struct Source {
    std::int64_t id = 0;
    std::string data;
};

struct Target {
    std::int64_t id = 0;
    std::string data;
    int x = 0;
    int y = 0;
    static constexpr auto mapping() {
        return mica::table("target", mica::default_value<&Target::x>(5), mica::default_value<&Target::y>(4),
                           mica::unique<&Target::data>);
    }
};

namespace {

using mica::col;
using mica::insert_into;
using mica::IntegrityError;
using mica::select;
using mica::test::caught;
using query_insert_select::Source;
using query_insert_select::Target;

struct QueryInsertSelect : mica::test::MemoryDatabase<Source, Target> {
    QueryInsertSelect() { insert<Source>({{1, "data1"}, {2, "data2"}, {3, "data3"}}); }

    std::vector<std::string> data() { return connection.all(select(col<&Target::data>).order_by(col<&Target::id>)); }
    template <class Query>
    std::int64_t rows(const Query& query) {
        return connection.execute(query).rows_affected();
    }
    static auto copy() {
        return insert_into<Target>().columns<&Target::data>().from(
            select(col<&Source::data>).where(col<&Source::data>.in({"data2", "data3"})));
    }
};

TEST_F(QueryInsertSelect, inserts_two_of_three_rows) {
    EXPECT_EQ(rows(copy()), 2);
    EXPECT_EQ(data(), (std::vector<std::string>{"data2", "data3"}));
}

TEST_F(QueryInsertSelect, fills_in_the_columns_that_are_not_selected) {
    rows(copy());
    const auto targets = connection.all(select<Target>());
    EXPECT_EQ(targets[0].x, 5);
    EXPECT_EQ(targets[1].y, 4);
    EXPECT_EQ(targets[1].id, 2);
}

TEST_F(QueryInsertSelect, inserts_no_row_where_none_is_selected) {
    EXPECT_EQ(rows(insert_into<Target>().columns<&Target::data>().from(
                  select(col<&Source::data>).where(col<&Source::id> < 0))),
              0);
    EXPECT_TRUE(data().empty());
}

TEST_F(QueryInsertSelect, reads_from_the_table_that_it_writes) {
    EXPECT_EQ(rows(insert_into<Source>().from(
                  select(col<&Source::id> + 5, col<&Source::data>).where(col<&Source::data>.in({"data2", "data3"})))),
              2);
    EXPECT_EQ(connection.all(select(col<&Source::id>, col<&Source::data>).order_by(col<&Source::id>)),
              (std::vector<std::tuple<std::int64_t, std::string>>{
                  {1, "data1"}, {2, "data2"}, {3, "data3"}, {7, "data2"}, {8, "data3"}}));
}

TEST_F(QueryInsertSelect, keeps_selected_keys) {
    rows(insert_into<Source>().from(select(col<&Source::id> - 1, col<&Source::data>).where(col<&Source::id> == 1)));
    EXPECT_EQ(connection.one(select(col<&Source::data>).where(col<&Source::id> == 0)), "data1");
}

TEST_F(QueryInsertSelect, inserts_none_where_one_is_refused) {
    insert<Target>({{.data = "data3"}});
    const auto error = caught<IntegrityError>([&] { rows(copy()); });
    EXPECT_EQ(error.kind(), IntegrityError::unique);
    EXPECT_EQ(data(), std::vector<std::string>{"data3"});
}

TEST_F(QueryInsertSelect, goes_with_on_conflict_behind_every_kind_of_select) {
    const auto all = select(col<&Source::data>);
    const auto into = insert_into<Target>().columns<&Target::data>();
    EXPECT_EQ(rows(into.from(all).on_conflict().do_nothing()), 3);
    EXPECT_EQ(rows(into.from(all).on_conflict().do_nothing()), 0);
    EXPECT_EQ(rows(into.from(all.limit(2)).on_conflict().do_nothing()), 0);
    EXPECT_EQ(rows(into.from(all.group_by(col<&Source::data>)).on_conflict().do_nothing()), 0);
    EXPECT_EQ(rows(into.from(all.join<Target>(col<&Target::id> == col<&Source::id>)).on_conflict().do_nothing()), 0);
    EXPECT_EQ(rows(into.from(union_all(all, all)).on_conflict().do_nothing()), 0);
    EXPECT_EQ(rows(into.from(union_all(all, all).order_by(col<&Source::data>)).on_conflict().do_nothing()), 0);
    EXPECT_EQ(rows(into.from(all).on_conflict<&Target::data>().do_update(col<&Target::x> = col<&Target::x> + 1)), 3);
    EXPECT_EQ(connection.all(select(col<&Target::x>)), (std::vector<int>{6, 6, 6}));
}

TEST_F(QueryInsertSelect, inserts_from_a_common_table_expression) {
    const auto some = mica::cte<"some">(select(col<&Source::data>).where(col<&Source::id> > 1));
    EXPECT_EQ(rows(insert_into<Target>().columns<&Target::data>().from(select(some.col<&Source::data>).from(some))), 2);
    EXPECT_EQ(data(), (std::vector<std::string>{"data2", "data3"}));
}

}  // namespace
}  // namespace query_insert_select
