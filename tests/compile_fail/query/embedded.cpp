// SPDX-License-Identifier: BSL-1.0
// Columns of an embedded object: each one alone.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Address {
    std::string city;
};
struct Person {
    std::int64_t id = 0;
    Address home;
};
struct Engine {
    int cylinders = 0;
    double litres = 0;
};
struct Car {
    std::int64_t id = 0;
    Engine engine;
};

using mica::col;
using mica::select;

constexpr auto people = mica::subquery<"people">(select<Person>());

// error: mica: this subquery selects no column of that name
#ifdef FAULT_derived_column_of_an_embedded_object
auto derived_column_of_an_embedded_object() { return select(people.col<&Person::home>).from(people); }
#elif !defined FAULT
auto derived_column_of_an_embedded_object() { return select(people.col<"home_city">).from(people); }
#endif

// error: mica: col<> names a field that is one column
#ifdef FAULT_embedded_object_compared_with_a_value
auto embedded_object_compared_with_a_value() { return mica::select<Car>().where(col<&Car::engine> == 5); }
#elif !defined FAULT
auto embedded_object_compared_with_a_value() {
    return mica::select<Car>().where(col<&Car::engine, &Engine::cylinders> == 5);
}
#endif

// error: mica: col<> names a field that is one column
#ifdef FAULT_embedded_object_selected
auto embedded_object_selected() { return mica::select(col<&Car::id>, col<&Car::engine>); }
#elif !defined FAULT
auto embedded_object_selected() { return mica::select(col<&Car::id>, col<&Car::engine, &Engine::cylinders>); }
#endif

// error: mica: col<> names a field that is one column
#ifdef FAULT_embedded_object_sorted_by
auto embedded_object_sorted_by() { return mica::select<Car>().order_by(col<&Car::engine>); }
#elif !defined FAULT
auto embedded_object_sorted_by() { return mica::select<Car>().order_by(col<&Car::engine, &Engine::cylinders>); }
#endif

// error: mica: in a path of col<>
#ifdef FAULT_path_to_a_member_of_another_struct
auto path_to_a_member_of_another_struct() { return mica::select<Car>().where(col<&Car::engine, &Car::id> == 5); }
#elif !defined FAULT
auto path_to_a_member_of_another_struct() {
    return mica::select<Car>().where(col<&Car::engine, &Engine::cylinders> == 5);
}
#endif
