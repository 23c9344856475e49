// SPDX-License-Identifier: BSL-1.0
// Operands of &&, || and !.
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
};

using mica::col;

// error: mica: && and \|\| combine conditions
#ifdef FAULT_condition_and_a_value
auto condition_and_a_value() { return mica::select<Car>().where(col<&Car::sold> && 5); }
#elif !defined FAULT
auto condition_and_a_value() { return mica::select<Car>().where(col<&Car::sold> && true); }
#endif

// error: mica: && and \|\| combine conditions
#ifdef FAULT_condition_or_text
auto condition_or_text() { return mica::select<Car>().where(col<&Car::sold> || col<&Car::make>); }
#elif !defined FAULT
auto condition_or_text() { return mica::select<Car>().where(col<&Car::sold> || col<&Car::make> == "Ford"); }
#endif

// error: mica: && and \|\| combine conditions
#ifdef FAULT_number_and_condition
auto number_and_condition() { return mica::select<Car>().where(col<&Car::year> && col<&Car::sold>); }
#elif !defined FAULT
auto number_and_condition() { return mica::select<Car>().where(col<&Car::year> > 2000 && col<&Car::sold>); }
#endif

// error: mica: ! negates a condition
#ifdef FAULT_number_denied
auto number_denied() { return mica::select<Car>().where(!col<&Car::year>); }
#elif !defined FAULT
auto number_denied() { return mica::select<Car>().where(!col<&Car::sold>); }
#endif
