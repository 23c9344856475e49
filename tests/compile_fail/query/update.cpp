// SPDX-License-Identifier: BSL-1.0
// Tables and rows of an update or delete: from() before join(), where() or all_rows().
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
struct Setting {
    std::int64_t id = 0;
    std::string name;
    std::optional<int> value;
};

using mica::col;

// error: mica: where\(\) and all_rows\(\) exclude each other
#ifdef FAULT_all_rows_behind_where_in_a_delete
auto all_rows_behind_where_in_a_delete() { return mica::delete_from<Car>().where(col<&Car::id> == 1).all_rows(); }
#elif !defined FAULT
auto all_rows_behind_where_in_a_delete() { return mica::delete_from<Car>().all_rows(); }
#endif

// error: mica: where\(\) and all_rows\(\) exclude each other
#ifdef FAULT_all_rows_behind_where_in_an_update
auto all_rows_behind_where_in_an_update() {
    return mica::update<Car>().set(col<&Car::year> = 1).where(col<&Car::id> == 1).all_rows();
}
#elif !defined FAULT
auto all_rows_behind_where_in_an_update() { return mica::update<Car>().set(col<&Car::year> = 1).all_rows(); }
#endif

// error: mica: this table is there twice
#ifdef FAULT_update_from_its_own_table
void update_from_its_own_table(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::year> = 5).from<Car>().all_rows());
}
#elif !defined FAULT
void update_from_its_own_table(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::year> = 5).from(mica::alias<Car, "other">).all_rows());
}
#endif

// error: mica: from\(\) of an update is called once
#ifdef FAULT_update_from_twice
auto update_from_twice() {
    return mica::update<Car>().set(col<&Car::year> = 5).from<Maker>().from<Setting>().all_rows();
}
#elif !defined FAULT
auto update_from_twice() {
    return mica::update<Car>()
        .set(col<&Car::year> = 5)
        .from<Maker>()
        .join<Setting>(col<&Setting::id> == col<&Maker::id>)
        .all_rows();
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_update_from_without_the_table_it_uses
void update_from_without_the_table_it_uses(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::make> = col<&Setting::name>).from<Maker>().all_rows());
}
#elif !defined FAULT
void update_from_without_the_table_it_uses(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::make> = col<&Maker::name>).from<Maker>().all_rows());
}
#endif

// error: mica: join\(\) of an update goes after from
#ifdef FAULT_update_join_without_from
auto update_join_without_from() {
    return mica::update<Car>().set(col<&Car::year> = 5).join<Maker>(col<&Maker::name> == col<&Car::make>).all_rows();
}
#elif !defined FAULT
auto update_join_without_from() {
    return mica::update<Car>().set(col<&Car::year> = 5).from<Maker>().where(col<&Maker::name> == col<&Car::make>);
}
#endif

// error: mica: where\(\) and all_rows\(\) exclude each other
#ifdef FAULT_where_behind_all_rows_in_a_delete
auto where_behind_all_rows_in_a_delete() { return mica::delete_from<Car>().all_rows().where(col<&Car::id> == 1); }
#elif !defined FAULT
auto where_behind_all_rows_in_a_delete() { return mica::delete_from<Car>().where(col<&Car::id> == 1); }
#endif

// error: mica: where\(\) and all_rows\(\) exclude each other
#ifdef FAULT_where_behind_all_rows_in_an_update
auto where_behind_all_rows_in_an_update() {
    return mica::update<Car>().set(col<&Car::year> = 1).all_rows().where(col<&Car::id> == 1);
}
#elif !defined FAULT
auto where_behind_all_rows_in_an_update() {
    return mica::update<Car>().set(col<&Car::year> = 1).where(col<&Car::id> == 1);
}
#endif
