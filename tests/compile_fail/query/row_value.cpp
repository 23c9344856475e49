// SPDX-License-Identifier: BSL-1.0
// Row values: of one size, of related types.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;

// error: mica: row values that are compared have the same number of elements
#ifdef FAULT_row_in_a_select_of_one_column
auto row_in_a_select_of_one_column() {
    return mica::select<Car>().where(mica::row(col<&Car::year>, col<&Car::make>).in(mica::select(col<&Car::year>)));
}
#elif !defined FAULT
auto row_in_a_select_of_one_column() {
    return mica::select<Car>().where(
        mica::row(col<&Car::year>, col<&Car::make>).in(mica::select(col<&Car::year>, col<&Car::make>)));
}
#endif

// error: mica: in\(\) of a row value takes a SELECT
#ifdef FAULT_rows_in_a_value
auto rows_in_a_value(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(mica::row(col<&Car::id>, col<&Car::year>).in(7)));
}
#elif !defined FAULT
auto rows_in_a_value(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(mica::row(col<&Car::id>, col<&Car::year>).in({{7, 2000}})));
}
#endif

// error: mica: row values that are compared have the same number of elements
#ifdef FAULT_rows_of_different_sizes
auto rows_of_different_sizes() {
    return mica::select<Car>().where(mica::row(col<&Car::year>, col<&Car::make>) == mica::row(1, "x", 2));
}
#elif !defined FAULT
auto rows_of_different_sizes() {
    return mica::select<Car>().where(mica::row(col<&Car::year>, col<&Car::make>) == mica::row(1, "x"));
}
#endif

// error: mica: the elements of row values that are compared have related types
#ifdef FAULT_rows_of_unrelated_types
auto rows_of_unrelated_types() {
    return mica::select<Car>().where(mica::row(col<&Car::year>, col<&Car::make>) < mica::row("x", 1));
}
#elif !defined FAULT
auto rows_of_unrelated_types() {
    return mica::select<Car>().where(mica::row(col<&Car::year>, col<&Car::make>) < mica::row(1, "x"));
}
#endif
