// SPDX-License-Identifier: BSL-1.0
// What an insert is given: an object, or each column once.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
struct Setting {
    std::int64_t id = 0;
    std::optional<int> value;
    static constexpr auto mapping() { return mica::table(mica::assigned_key); }
};
struct Log {
    std::int64_t id = 0;
    std::optional<int> value;
};

using mica::col;

// error: mica: this statement gives no rows
#ifdef FAULT_all_of_an_insert_that_returns_nothing
void all_of_an_insert_that_returns_nothing(const mica::Connection& connection) {
    static_cast<void>(connection.all(mica::insert_into<Car>().values(Car{})));
}
#elif !defined FAULT
void all_of_an_insert_that_returns_nothing(const mica::Connection& connection) {
    static_cast<void>(connection.all(mica::insert_into<Car>().values(Car{}).returning<Car>()));
}
#endif

// error: mica: columns<>\(\) takes fields of the inserted entity
#ifdef FAULT_columns_of_another_entity
auto columns_of_another_entity() {
    return mica::insert_into<Car>().columns<&Maker::name>().from(mica::select(col<&Car::make>));
}
#elif !defined FAULT
auto columns_of_another_entity() {
    return mica::insert_into<Car>().columns<&Car::make>().from(mica::select(col<&Maker::name>));
}
#endif

// error: mica: columns<>\(\) takes fields of the inserted entity
#ifdef FAULT_columns_without_any
auto columns_without_any() { return mica::insert_into<Car>().columns<>().from(mica::select(col<&Car::make>)); }
#elif !defined FAULT
auto columns_without_any() {
    return mica::insert_into<Car>().columns<&Car::make>().from(mica::select(col<&Car::make>));
}
#endif

// error: mica: values\(\) of an insert takes assignments
#ifdef FAULT_insert_of_a_column_of_another_entity
auto insert_of_a_column_of_another_entity() { return mica::insert_into<Car>().values(col<&Maker::name> = "x"); }
#elif !defined FAULT
auto insert_of_a_column_of_another_entity() { return mica::insert_into<Car>().values(col<&Car::make> = "x"); }
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_insert_of_a_column_of_the_same_row
auto insert_of_a_column_of_the_same_row() { return mica::insert_into<Car>().values(col<&Car::make> = col<&Car::make>); }
#elif !defined FAULT
auto insert_of_a_column_of_the_same_row() { return mica::insert_into<Car>().values(col<&Car::make> = "x"); }
#endif

// error: mica: a statement writes each column once
#ifdef FAULT_insert_of_a_column_twice
auto insert_of_a_column_twice() {
    return mica::insert_into<Car>().values(col<&Car::make> = "x", col<&Car::make> = "y");
}
#elif !defined FAULT
auto insert_of_a_column_twice() { return mica::insert_into<Car>().values(col<&Car::make> = "x", col<&Car::year> = 5); }
#endif

// error: mica: values\(\) takes an object
#ifdef FAULT_insert_of_a_comparison
auto insert_of_a_comparison() { return mica::insert_into<Car>().values(col<&Car::make> == "x"); }
#elif !defined FAULT
auto insert_of_a_comparison() { return mica::insert_into<Car>().values(col<&Car::make> = "x"); }
#endif

// error: mica: a generated<> column is computed
#ifdef FAULT_insert_of_a_generated_column
auto insert_of_a_generated_column() {
    return mica::insert_into<Car>().values(col<&Car::make> = "x", col<&Car::age> = 1);
}
#elif !defined FAULT
auto insert_of_a_generated_column() {
    return mica::insert_into<Car>().values(col<&Car::make> = "x", col<&Car::year> = 1);
}
#endif

// error: mica: values\(\) takes an object
#ifdef FAULT_insert_of_a_range_of_another_struct
auto insert_of_a_range_of_another_struct() { return mica::insert_into<Car>().values(std::vector<Maker>{}); }
#elif !defined FAULT
auto insert_of_a_range_of_another_struct() { return mica::insert_into<Car>().values(std::vector<Car>{}); }
#endif

// error: mica: a column can only be set to a value of its own type
#ifdef FAULT_insert_of_a_value_of_another_type
auto insert_of_a_value_of_another_type() { return mica::insert_into<Car>().values(col<&Car::make> = 5); }
#elif !defined FAULT
auto insert_of_a_value_of_another_type() { return mica::insert_into<Car>().values(col<&Car::make> = "5"); }
#endif

// error: mica: a column's new value is made from single rows
#ifdef FAULT_insert_of_an_aggregate
auto insert_of_an_aggregate() {
    return mica::insert_into<Car>().values(col<&Car::make> = "x", col<&Car::price> = mica::count());
}
#elif !defined FAULT
auto insert_of_an_aggregate() {
    return mica::insert_into<Car>().values(col<&Car::make> = "x",
                                           col<&Car::price> = mica::select(mica::count()).from<Maker>());
}
#endif

// error: mica: values\(\) takes an object
#ifdef FAULT_insert_of_another_struct
auto insert_of_another_struct() { return mica::insert_into<Car>().values(Maker{}); }
#elif !defined FAULT
auto insert_of_another_struct() { return mica::insert_into<Car>().values(Car{}); }
#endif

// error: mica: this insert lacks a column
#ifdef FAULT_insert_of_columns_without_a_needed_one
auto insert_of_columns_without_a_needed_one() { return mica::insert_into<Car>().values(col<&Car::price> = 5); }
#elif !defined FAULT
auto insert_of_columns_without_a_needed_one() { return mica::insert_into<Car>().values(col<&Car::make> = "x"); }
#endif

// error: mica: this insert lacks a column
#ifdef FAULT_insert_of_defaults_without_a_needed_column
auto insert_of_defaults_without_a_needed_column() { return mica::insert_into<Setting>().default_values(); }
#elif !defined FAULT
auto insert_of_defaults_without_a_needed_column() { return mica::insert_into<Log>().default_values(); }
#endif

// error: mica: this insert lacks a column
#ifdef FAULT_insert_without_an_assigned_key
auto insert_without_an_assigned_key() { return mica::insert_into<Setting>().values(col<&Setting::value> = 5); }
#elif !defined FAULT
auto insert_without_an_assigned_key() { return mica::insert_into<Setting>().values(col<&Setting::id> = 5); }
#endif

// error: mica: an insert needs values\(\)
#ifdef FAULT_insert_without_values
void insert_without_values(const mica::Connection& connection) { connection.execute(mica::insert_into<Setting>()); }
#elif !defined FAULT
void insert_without_values(const mica::Connection& connection) {
    connection.execute(mica::insert_into<Setting>().values(Setting{}));
}
#endif

// error: mica: the where\(\) of an insert goes after do_update
#ifdef FAULT_where_behind_values
auto where_behind_values() { return mica::insert_into<Car>().values(Car{}).where(col<&Car::year> > 5); }
#elif !defined FAULT
auto where_behind_values() { return mica::insert_into<Car>().values(Car{}); }
#endif
