// SPDX-License-Identifier: BSL-1.0
// An update or delete never changes every row because a condition came out empty at run time.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>

namespace query_empty_filter {

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

namespace {

using mica::col;
using query_empty_filter::Car;

struct EmptyFilter : mica::test::MemoryDatabase<Car> {
    EmptyFilter() { insert<Car>({{1, 2000}, {2, 2010}}); }

    std::int64_t rows() const { return connection.scalar(mica::select(mica::count()).from<Car>()); }
    mica::Filter<Car> empty{};
};

TEST_F(EmptyFilter, keeps_a_delete_from_being_made) {
    EXPECT_THROW(static_cast<void>(mica::delete_from<Car>().where(empty)), mica::ProgrammingError);
    EXPECT_EQ(rows(), 2);
}

TEST_F(EmptyFilter, keeps_an_update_from_being_made) {
    EXPECT_THROW(static_cast<void>(mica::update<Car>().set(col<&Car::year> = 1).where(empty)), mica::ProgrammingError);
}

TEST_F(EmptyFilter, beside_another_empty_one_says_as_little) {
    EXPECT_THROW(static_cast<void>(mica::delete_from<Car>().where(empty && empty)), mica::ProgrammingError);
}

TEST_F(EmptyFilter, beside_a_condition_leaves_that_one) {
    connection.execute(mica::delete_from<Car>().where(empty && col<&Car::year> < 2005));
    EXPECT_EQ(rows(), 1);
}

TEST_F(EmptyFilter, gives_all_rows_of_a_select) {
    EXPECT_EQ(connection.all(mica::select<Car>().where(empty)).size(), 2U);
}

}  // namespace
}  // namespace query_empty_filter
