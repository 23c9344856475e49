// SPDX-License-Identifier: BSL-1.0
// Functions that choose between values of one type.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

enum class Color { red, green };
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
    Color color = Color::red;
};

using mica::col;

// error: mica: these values have no type in common
#ifdef FAULT_coalesce_of_unrelated_types
auto coalesce_of_unrelated_types() { return mica::select(coalesce(col<&Car::price>, "none")); }
#elif !defined FAULT
auto coalesce_of_unrelated_types() { return mica::select(coalesce(col<&Car::price>, 0)); }
#endif

// error: mica: these values have no type in common
#ifdef FAULT_iif_of_unrelated_types
auto iif_of_unrelated_types() { return mica::select(iif(col<&Car::sold>, col<&Car::color>, 1)); }
#elif !defined FAULT
auto iif_of_unrelated_types() { return mica::select(iif(col<&Car::sold>, col<&Car::color>, Color::green)); }
#endif

// error: mica: this function takes a condition here
#ifdef FAULT_iif_without_a_condition
auto iif_without_a_condition() { return mica::select(iif(col<&Car::year>, 1, 2)); }
#elif !defined FAULT
auto iif_without_a_condition() { return mica::select(iif(col<&Car::year> > 0, 1, 2)); }
#endif

// error: mica: these values have no type in common
#ifdef FAULT_lag_of_an_unrelated_default
auto lag_of_an_unrelated_default() { return mica::select(lag(col<&Car::year>, 1, "none").over()); }
#elif !defined FAULT
auto lag_of_an_unrelated_default() { return mica::select(lag(col<&Car::year>, 1, 0).over()); }
#endif

// error: mica: these values have no type in common
#ifdef FAULT_largest_of_unrelated_types
auto largest_of_unrelated_types() { return mica::select(mica::max(col<&Car::year>, col<&Car::make>)); }
#elif !defined FAULT
auto largest_of_unrelated_types() { return mica::select(mica::max(col<&Car::year>, col<&Car::price>)); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_nullif_of_unrelated_types
auto nullif_of_unrelated_types() { return mica::select(nullif(col<&Car::year>, "")); }
#elif !defined FAULT
auto nullif_of_unrelated_types() { return mica::select(nullif(col<&Car::year>, 0)); }
#endif
