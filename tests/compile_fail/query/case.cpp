// SPDX-License-Identifier: BSL-1.0
// case_(): branches of related types, each with a condition.
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

// error: mica: otherwise\(\) is called once
#ifdef FAULT_case_of_two_otherwises
auto case_of_two_otherwises() {
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new")).otherwise("a").otherwise("b"));
}
#elif !defined FAULT
auto case_of_two_otherwises() {
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new")).otherwise("a"));
}
#endif

// error: mica: these values have no type in common
#ifdef FAULT_case_of_unrelated_types
auto case_of_unrelated_types() {
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new"), mica::when(col<&Car::sold>, 1)));
}
#elif !defined FAULT
auto case_of_unrelated_types() {
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new"), mica::when(col<&Car::sold>, "1")));
}
#endif

// error: mica: these values have no type in common
#ifdef FAULT_case_otherwise_of_an_unrelated_type
auto case_otherwise_of_an_unrelated_type() {
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new")).otherwise(col<&Car::price>));
}
#elif !defined FAULT
auto case_otherwise_of_an_unrelated_type() {
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new")).otherwise(col<&Car::make>));
}
#endif

// error: mica: case_\(\) takes branches
#ifdef FAULT_case_without_when
auto case_without_when() { return mica::select(mica::case_(col<&Car::year>)); }
#elif !defined FAULT
auto case_without_when() { return mica::select(mica::case_(mica::when(col<&Car::sold>, col<&Car::year>))); }
#endif

// error: mica: when\(\) takes a condition and a value
#ifdef FAULT_when_without_a_condition
auto when_without_a_condition() {
    return mica::select(mica::case_(mica::when(col<&Car::year>, "new")).otherwise("old"));
}
#elif !defined FAULT
auto when_without_a_condition() {
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new")).otherwise("old"));
}
#endif
