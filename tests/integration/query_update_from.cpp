// SPDX-License-Identifier: BSL-1.0
// UPDATE with other tables: FROM, joins, common table expressions, subqueries. Also a DELETE by a subquery (item 59).
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_update_from {

struct Maker {
    std::int64_t id = 0;
    std::string name;
    int rank = 0;
};

struct Model {
    std::int64_t id = 0;
    std::int64_t maker_id = 0;
    std::string name;
    static constexpr auto mapping() { return mica::table("model", mica::foreign_key<&Model::maker_id, &Maker::id>); }
};

struct Car {
    std::int64_t id = 0;
    std::int64_t model_id = 0;
    std::optional<std::string> name;
    int rank = 0;
    int revision = 0;
    static constexpr auto mapping() {
        return mica::table("car", mica::foreign_key<&Car::model_id, &Model::id>, mica::version<&Car::revision>);
    }
};

namespace {

using mica::col;
using mica::delete_from;
using mica::select;
using mica::update;
using query_update_from::Car;
using query_update_from::Maker;
using query_update_from::Model;

using Row = std::tuple<std::int64_t, std::optional<std::string>, int, int>;

struct QueryUpdateFrom : mica::test::MemoryDatabase<Maker, Model, Car> {
    QueryUpdateFrom() {
        insert<Maker>({{1, "Ford", 5}, {2, "Fiat", 7}});
        insert<Model>({{1, 1, "T"}, {2, 1, "A"}, {3, 2, "500"}});
        insert<Car>({{1, 1, "old", 0, 0}, {2, 2, std::nullopt, 0, 0}, {3, 3, std::nullopt, 9, 0}});
    }
    std::vector<Row> rows() {
        return connection.all(
            select(col<&Car::id>, col<&Car::name>, col<&Car::rank>, col<&Car::revision>).order_by(col<&Car::id>));
    }
    template <class Query>
    std::int64_t changed(const Query& query) {
        return connection.execute(query).rows_affected();
    }
};

TEST_F(QueryUpdateFrom, takes_values_from_another_table) {
    EXPECT_EQ(changed(update<Car>()
                          .set(col<&Car::name> = col<&Model::name>)
                          .from<Model>()
                          .where(col<&Car::model_id> == col<&Model::id> && col<&Model::id> != 2)),
              2);
    EXPECT_EQ(rows(), (std::vector<Row>{{1, "T", 0, 1}, {2, std::nullopt, 0, 0}, {3, "500", 9, 1}}));
}

TEST_F(QueryUpdateFrom, takes_values_from_joined_tables) {
    EXPECT_EQ(changed(update<Car>()
                          .set(col<&Car::name> = col<&Maker::name> || " " || col<&Model::name>,
                               col<&Car::rank> = col<&Car::rank> + col<&Maker::rank>)
                          .from<Model>()
                          .join<Maker>()
                          .where(col<&Car::model_id> == col<&Model::id>)),
              3);
    EXPECT_EQ(rows(), (std::vector<Row>{{1, "Ford T", 5, 1}, {2, "Ford A", 5, 1}, {3, "Fiat 500", 16, 1}}));
}

TEST_F(QueryUpdateFrom, returns_the_updated_rows_only) {
    EXPECT_EQ(connection.all(update<Car>()
                                 .set(col<&Car::rank> = col<&Maker::rank>)
                                 .from<Maker>()
                                 .where(col<&Maker::id> == 2 && col<&Car::id> == 3)
                                 .returning(col<&Car::id>, col<&Car::rank>, col<&Car::revision>)),
              (std::vector<std::tuple<std::int64_t, int, int>>{{3, 7, 1}}));
}

TEST_F(QueryUpdateFrom, takes_values_from_its_own_table) {
    constexpr auto next = mica::alias<Car, "next">;
    EXPECT_EQ(changed(update<Car>()
                          .set(col<&Car::rank> = next.col<&Car::rank>)
                          .from(next)
                          .where(next.col<&Car::id> == col<&Car::id> + 1)),
              2);
    EXPECT_EQ(rows()[1], (Row{2, std::nullopt, 9, 1}));
}

TEST_F(QueryUpdateFrom, takes_values_from_a_common_table_expression) {
    const auto best = mica::cte<"best">(select(col<&Maker::id>, col<&Maker::rank>).where(col<&Maker::rank> > 5));
    EXPECT_EQ(changed(update<Car>()
                          .set(col<&Car::rank> = best.col<&Maker::rank> + 100)
                          .from(best)
                          .where(col<&Car::model_id> - 1 == best.col<&Maker::id>)),
              1);
    EXPECT_EQ(rows()[2], (Row{3, std::nullopt, 107, 1}));
}

TEST_F(QueryUpdateFrom, takes_values_from_a_subquery_over_the_row) {
    const auto model = select(col<&Model::name>).where(col<&Model::id> == col<&Car::model_id>);
    EXPECT_EQ(changed(update<Car>().set(col<&Car::name> = model).where(col<&Car::name>.is_null())), 2);
    EXPECT_EQ(rows()[1], (Row{2, "A", 0, 1}));
    EXPECT_EQ(
        changed(update<Car>().set(col<&Car::name> = select(col<&Maker::name>).where(col<&Maker::id> == -1)).all_rows()),
        3);
    EXPECT_EQ(rows()[0], (Row{1, std::nullopt, 0, 1}));
}

TEST_F(QueryUpdateFrom, changes_rows_found_by_a_subquery) {
    EXPECT_EQ(changed(update<Car>()
                          .set(col<&Car::rank> = 1)
                          .where(col<&Car::model_id>.in(select(col<&Model::id>).where(col<&Model::maker_id> == 1)))),
              2);
    EXPECT_EQ(changed(update<Car>()
                          .set(col<&Car::rank> = 2)
                          .where(exists(select<Model>().where(col<&Model::id> == col<&Car::model_id> &&
                                                              col<&Model::name> == "T")))),
              1);
    EXPECT_EQ(rows()[0], (Row{1, "old", 2, 2}));
}

TEST_F(QueryUpdateFrom, removes_rows_found_by_a_subquery) {
    EXPECT_EQ(changed(delete_from<Car>().where(
                  col<&Car::model_id> == select(col<&Model::id>).where(col<&Model::name> == "A").scalar_subquery())),
              1);
    EXPECT_EQ(connection.all(delete_from<Car>()
                                 .where(!exists(select<Model>().where(col<&Model::id> == col<&Car::model_id> &&
                                                                      col<&Model::maker_id> == 1)))
                                 .returning(col<&Car::id>)),
              std::vector<std::int64_t>{3});
}

TEST_F(QueryUpdateFrom, is_refused_as_a_whole) {
    EXPECT_THROW(
        changed(update<Car>().set(col<&Car::model_id> = col<&Maker::id> * 2).from<Maker>().where(col<&Maker::id> == 2)),
        mica::IntegrityError);
    EXPECT_EQ(connection.all(select(col<&Car::model_id>)), (std::vector<std::int64_t>{1, 2, 3}));
}

}  // namespace
}  // namespace query_update_from
