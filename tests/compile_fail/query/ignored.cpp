// SPDX-License-Identifier: BSL-1.0
// A field in ignore<> is no column.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int cached = 0;

    static constexpr auto mapping() { return mica::table(mica::ignore<&Car::cached>); }
};

using mica::col;

// error: mica: columns<>\(\) names a field that is no column
#ifdef FAULT_columns_that_are_ignored
auto columns_that_are_ignored() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::cached>().from(
        mica::select(col<&Car::make>, col<&Car::id>));
}
#elif !defined FAULT
auto columns_that_are_ignored() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::id>().from(mica::select(col<&Car::make>, col<&Car::id>));
}
#endif

// error: mica: a field in ignore<> is no column
#ifdef FAULT_ignored_field_in_where
auto ignored_field_in_where() { return mica::select<Car>().where(col<&Car::cached> == 1); }
#elif !defined FAULT
auto ignored_field_in_where() { return mica::select<Car>().where(col<&Car::id> == 1); }
#endif

// error: mica: a field in ignore<> is no column
#ifdef FAULT_ignored_field_selected
auto ignored_field_selected() { return mica::select(col<&Car::cached>); }
#elif !defined FAULT
auto ignored_field_selected() { return mica::select(col<&Car::make>); }
#endif

// error: mica: a field in ignore<> is no column
#ifdef FAULT_ignored_field_set
auto ignored_field_set() { return mica::update<Car>().set(col<&Car::cached> = 1).all_rows(); }
#elif !defined FAULT
auto ignored_field_set() { return mica::update<Car>().set(col<&Car::make> = "Ford").all_rows(); }
#endif

// error: mica: a field in ignore<> is no column
#ifdef FAULT_insert_of_an_ignored_column
auto insert_of_an_ignored_column() {
    return mica::insert_into<Car>().values(col<&Car::make> = "x", col<&Car::cached> = 5);
}
#elif !defined FAULT
auto insert_of_an_ignored_column() { return mica::insert_into<Car>().values(col<&Car::make> = "x"); }
#endif
