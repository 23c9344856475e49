// SPDX-License-Identifier: BSL-1.0
// The structs that `mica structs` wrote when this was built: databases that they create give the same structs again.
#include <mica/mica.hpp>

#include "written_structs.hpp"
#include <mica_structs/chinook.hpp>
#include <mica_structs/northwind.hpp>
#include <mica_structs/odd.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace structs_fixed_point {

using written_structs::database;
using written_structs::header;
using written_structs::structs_of;
using written_structs::untold;
using written_structs::without_comments;

mica::Engine chinook() { return mica::Engine{"sqlite:///" MICA_SHARED_DIR "/data/chinook.sqlite?mode=ro"}; }

TEST(StructsFixedPoint, of_chinook) {
    EXPECT_EQ(structs_of<chinook_structs::Database>("chinook_structs"), without_comments(header("chinook.hpp")));
    EXPECT_EQ(untold<chinook_structs::Database>(chinook(), header("chinook.hpp")), "");
}

TEST(StructsFixedPoint, of_northwind) {
    EXPECT_EQ(structs_of<northwind::Database>("northwind"), without_comments(header("northwind.hpp")));
    EXPECT_EQ(untold<northwind::Database>(database("northwind.sql"), header("northwind.hpp")), "");
}

TEST(StructsFixedPoint, of_odd_names_and_all_that_a_table_can_say) {
    EXPECT_EQ(structs_of<odd::Database>("odd"), without_comments(header("odd.hpp")));
    EXPECT_EQ(untold<odd::Database>(database("odd.sql"), header("odd.hpp")), "");
}

TEST(StructsFixedPoint, the_structs_read_the_rows_of_chinook) {
    const mica::Engine engine = chinook();
    const auto connection = engine.connect();
    EXPECT_EQ(connection.all(mica::select<chinook_structs::Track>()).size(), 3503U);
    EXPECT_EQ(connection.all(mica::select<chinook_structs::Employee>()).size(), 8U);
    EXPECT_EQ(connection.all(mica::select<chinook_structs::InvoiceLine>()).size(), 2240U);
}

TEST(StructsFixedPoint, the_structs_read_the_rows_of_northwind) {
    using namespace northwind;
    using mica::col;
    const mica::Engine engine = database("northwind.sql");
    const auto connection = engine.connect();
    const auto steven = connection.one(mica::select<Employees>().where(col<&Employees::EmployeeID> == 5));
    EXPECT_EQ(steven.Full_Name, "Steven Buchanan");
    EXPECT_EQ(steven.ReportsTo, 2);
    EXPECT_EQ(steven.BirthDate, "1955-03-04");
    const auto beverages = connection.one(mica::select<Categories>().where(col<&Categories::CategoryID> == 1));
    EXPECT_EQ(beverages.Picture, (std::vector<std::byte>{std::byte{0x00}, std::byte{0xff}, std::byte{0x10}}));
    const auto chai = connection.one(
        mica::select<OrderDetails>().where(col<&OrderDetails::OrderID> == 10248 && col<&OrderDetails::ProductID> == 1));
    EXPECT_EQ(chai.Extended_Price, 18.0 * 12 * 0.5);
    EXPECT_EQ(connection.one(mica::select<Orders>().where(col<&Orders::OrderID> == 10249)).Required_Date, std::nullopt);
    EXPECT_EQ(connection.all(mica::select<Products>().where(col<&Products::Discontinued> == 1)).size(), 1U);
    EXPECT_EQ(connection.all(mica::select<EmployeeTerritories>()).size(), 2U);
}

}  // namespace structs_fixed_point
