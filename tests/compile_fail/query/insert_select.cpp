// SPDX-License-Identifier: BSL-1.0
// What an insert takes from a SELECT.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    int age = 0;

    static constexpr auto mapping() {
        return mica::table("car", mica::unique<&Car::make>, mica::default_value<&Car::year>(2000),
                           mica::index<&Car::year>.unique().where(mica::col<&Car::price> > 0),
                           mica::generated<&Car::age>(mica::col<&Car::year> - 1886));
    }
};
struct Maker {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;

// error: mica: a generated<> column is computed
#ifdef FAULT_insert_from_a_select_into_a_generated_column
auto insert_from_a_select_into_a_generated_column() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::age>().from(
        mica::select(col<&Car::make>, col<&Car::age>));
}
#elif !defined FAULT
auto insert_from_a_select_into_a_generated_column() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::year>().from(
        mica::select(col<&Car::make>, col<&Car::age>));
}
#endif

// error: mica: from\(\) selects a value that can be NULL
#ifdef FAULT_insert_from_a_select_of_a_column_that_can_be_null
auto insert_from_a_select_of_a_column_that_can_be_null() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::year>().from(
        mica::select(col<&Car::make>, col<&Car::price>));
}
#elif !defined FAULT
auto insert_from_a_select_of_a_column_that_can_be_null() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::price>().from(
        mica::select(col<&Car::make>, col<&Car::price>));
}
#endif

// error: mica: from\(\) selects a value whose type is not its column's
#ifdef FAULT_insert_from_a_select_of_another_type
auto insert_from_a_select_of_another_type() {
    return mica::insert_into<Car>().columns<&Car::make>().from(mica::select(col<&Car::year>));
}
#elif !defined FAULT
auto insert_from_a_select_of_another_type() {
    return mica::insert_into<Car>().columns<&Car::make>().from(mica::select(col<&Car::make>));
}
#endif

// error: mica: from\(\) needs a SELECT with one expression for each
#ifdef FAULT_insert_from_a_select_of_too_few_columns
auto insert_from_a_select_of_too_few_columns() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::year>().from(mica::select(col<&Car::make>));
}
#elif !defined FAULT
auto insert_from_a_select_of_too_few_columns() {
    return mica::insert_into<Car>().columns<&Car::make>().from(mica::select(col<&Car::make>));
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_insert_from_a_select_out_of_scope
auto insert_from_a_select_out_of_scope() {
    return mica::insert_into<Car>().columns<&Car::make>().from(
        mica::select(col<&Car::make>).where(col<&Maker::id> == 1));
}
#elif !defined FAULT
auto insert_from_a_select_out_of_scope() {
    return mica::insert_into<Car>().columns<&Car::make>().from(mica::select(col<&Car::make>).where(col<&Car::id> == 1));
}
#endif

// error: mica: this insert lacks a column
#ifdef FAULT_insert_from_a_select_without_a_needed_column
auto insert_from_a_select_without_a_needed_column() {
    return mica::insert_into<Car>().columns<&Car::price>().from(mica::select(col<&Maker::id>));
}
#elif !defined FAULT
auto insert_from_a_select_without_a_needed_column() {
    return mica::insert_into<Car>().columns<&Car::make>().from(mica::select(col<&Maker::name>));
}
#endif

// error: mica: from\(\) selects a value that can be NULL
#ifdef FAULT_insert_from_a_union_that_can_be_null
auto insert_from_a_union_that_can_be_null() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::year>().from(
        union_all(mica::select(col<&Car::make>, col<&Car::year>), mica::select(col<&Car::make>, col<&Car::price>)));
}
#elif !defined FAULT
auto insert_from_a_union_that_can_be_null() {
    return mica::insert_into<Car>().columns<&Car::make, &Car::year>().from(
        union_all(mica::select(col<&Car::make>, col<&Car::year>), mica::select(col<&Car::make>, col<&Car::year>)));
}
#endif

// error: mica: from\(\) of an insert takes a select\(\)
#ifdef FAULT_insert_from_a_value
auto insert_from_a_value() { return mica::insert_into<Car>().columns<&Car::make>().from(5); }
#elif !defined FAULT
auto insert_from_a_value() {
    return mica::insert_into<Car>().columns<&Car::make>().from(mica::select(col<&Car::make>));
}
#endif

// error: mica: from\(\) needs a SELECT with one expression for each
#ifdef FAULT_insert_from_an_entity_of_another_shape
auto insert_from_an_entity_of_another_shape() { return mica::insert_into<Car>().from(mica::select<Maker>()); }
#elif !defined FAULT
auto insert_from_an_entity_of_another_shape() { return mica::insert_into<Maker>().from(mica::select<Maker>()); }
#endif
