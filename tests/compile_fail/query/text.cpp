// SPDX-License-Identifier: BSL-1.0
// Operands of patterns and of text operators: texts.
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

// error: mica: collate<> says how texts are compared
#ifdef FAULT_collation_of_a_number
auto collation_of_a_number() { return mica::select<Car>().order_by(col<&Car::year>.collate<"NOCASE">().desc()); }
#elif !defined FAULT
auto collation_of_a_number() { return mica::select<Car>().order_by(col<&Car::make>.collate<"NOCASE">().desc()); }
#endif

// error: mica: contains, starts_with and ends_with look for a text
#ifdef FAULT_contains_on_a_number
auto contains_on_a_number() { return mica::select<Car>().where(col<&Car::year>.contains("19")); }
#elif !defined FAULT
auto contains_on_a_number() { return mica::select<Car>().where(col<&Car::make>.contains("or")); }
#endif

// error: mica: a pattern needs text on both sides
#ifdef FAULT_glob_on_a_number
auto glob_on_a_number() { return mica::select<Car>().where(col<&Car::price>.glob("1*")); }
#elif !defined FAULT
auto glob_on_a_number() { return mica::select<Car>().where(col<&Car::make>.glob("F*")); }
#endif

// error: mica: a pattern needs text on both sides
#ifdef FAULT_like_on_a_number
auto like_on_a_number() { return mica::select<Car>().where(col<&Car::year>.like("19%")); }
#elif !defined FAULT
auto like_on_a_number() { return mica::select<Car>().where(col<&Car::make>.like("F%")); }
#endif

// error: mica: a pattern needs text on both sides
#ifdef FAULT_like_with_a_number
auto like_with_a_number() { return mica::select<Car>().where(col<&Car::make>.like(5)); }
#elif !defined FAULT
auto like_with_a_number() { return mica::select<Car>().where(col<&Car::make>.like("5%")); }
#endif

// error: mica: && and \|\| combine conditions
#ifdef FAULT_number_put_after_text
auto number_put_after_text() { return mica::select(col<&Car::make> || col<&Car::year>); }
#elif !defined FAULT
auto number_put_after_text() { return mica::select(col<&Car::make> || col<&Car::make>); }
#endif

// error: mica: && and \|\| combine conditions
#ifdef FAULT_numbers_put_together
auto numbers_put_together() { return mica::select(col<&Car::id> || col<&Car::year>); }
#elif !defined FAULT
auto numbers_put_together() { return mica::select(col<&Car::make> || col<&Car::make>); }
#endif

// error: mica: a pattern needs text on both sides
#ifdef FAULT_regexp_on_a_number
auto regexp_on_a_number() { return mica::select<Car>().where(col<&Car::year>.regexp("1.*")); }
#elif !defined FAULT
auto regexp_on_a_number() { return mica::select<Car>().where(col<&Car::make>.regexp("1.*")); }
#endif

// error: mica: contains, starts_with and ends_with look for a text
#ifdef FAULT_starts_with_a_number
auto starts_with_a_number() { return mica::select<Car>().where(col<&Car::make>.starts_with(5)); }
#elif !defined FAULT
auto starts_with_a_number() { return mica::select<Car>().where(col<&Car::make>.starts_with("F")); }
#endif
