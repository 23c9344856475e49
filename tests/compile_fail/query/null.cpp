// SPDX-License-Identifier: BSL-1.0
// Comparisons with NULL.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
    std::optional<std::string> owner;
};

using mica::col;

// error: mica: these two operands have unrelated types
#ifdef FAULT_comparison_with_a_null_pointer
auto comparison_with_a_null_pointer() { return mica::select<Car>().where(col<&Car::make> == nullptr); }
#elif !defined FAULT
auto comparison_with_a_null_pointer() { return mica::select<Car>().where(col<&Car::owner> == std::nullopt); }
#endif

// error: mica: this column is never NULL
#ifdef FAULT_null_compared_with_a_column_that_is_never_null
auto null_compared_with_a_column_that_is_never_null() {
    return mica::select<Car>().where(col<&Car::year> == std::nullopt);
}
#elif !defined FAULT
auto null_compared_with_a_column_that_is_never_null() {
    return mica::select<Car>().where(col<&Car::price> == std::nullopt);
}
#endif

// error: mica: NULL has no order
#ifdef FAULT_null_less_than_a_column
auto null_less_than_a_column() { return mica::select<Car>().where(col<&Car::price> < std::nullopt); }
#elif !defined FAULT
auto null_less_than_a_column() { return mica::select<Car>().where(col<&Car::price> == std::nullopt); }
#endif

// error: mica: this column is never NULL
#ifdef FAULT_null_on_the_left_of_a_column_that_is_never_null
auto null_on_the_left_of_a_column_that_is_never_null() {
    return mica::select<Car>().where(std::nullopt != col<&Car::make>);
}
#elif !defined FAULT
auto null_on_the_left_of_a_column_that_is_never_null() {
    return mica::select<Car>().where(std::nullopt != col<&Car::price>);
}
#endif
