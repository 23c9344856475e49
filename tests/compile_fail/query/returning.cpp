// SPDX-License-Identifier: BSL-1.0
// returning(): once, of the written rows.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct Line {
    std::int64_t id = 0;
    std::string_view text;
};
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

// error: mica: the rows of returning<T>\(\) outlive
#ifdef FAULT_all_of_returning_rows_of_views
void all_of_returning_rows_of_views(const mica::Connection& connection) {
    static_cast<void>(connection.all(mica::delete_from<Line>().all_rows().returning<Line>()));
}
#elif !defined FAULT
void all_of_returning_rows_of_views(const mica::Connection& connection) {
    static_cast<void>(connection.all(mica::delete_from<Line>().all_rows().returning(col<&Line::text>)));
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_returning_a_column_of_another_table
auto returning_a_column_of_another_table() { return mica::delete_from<Car>().all_rows().returning(col<&Maker::id>); }
#elif !defined FAULT
auto returning_a_column_of_another_table() { return mica::delete_from<Car>().all_rows().returning(col<&Car::id>); }
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_returning_a_column_of_the_table_in_from
auto returning_a_column_of_the_table_in_from() {
    return mica::update<Car>()
        .set(col<&Car::make> = col<&Maker::name>)
        .from<Maker>()
        .all_rows()
        .returning(col<&Maker::id>);
}
#elif !defined FAULT
auto returning_a_column_of_the_table_in_from() {
    return mica::update<Car>()
        .set(col<&Car::make> = col<&Maker::name>)
        .from<Maker>()
        .all_rows()
        .returning(col<&Car::id>);
}
#endif

// error: mica: returning\(\) takes columns
#ifdef FAULT_returning_a_value
auto returning_a_value() { return mica::update<Car>().set(col<&Car::year> = 5).all_rows().returning(5); }
#elif !defined FAULT
auto returning_a_value() { return mica::update<Car>().set(col<&Car::year> = 5).all_rows().returning(col<&Car::year>); }
#endif

// error: mica: returning\(\) sees single rows
#ifdef FAULT_returning_an_aggregate
auto returning_an_aggregate() { return mica::insert_into<Car>().values(Car{}).returning(mica::count()); }
#elif !defined FAULT
auto returning_an_aggregate() {
    return mica::insert_into<Car>().values(Car{}).returning(mica::select(mica::count()).from<Car>());
}
#endif

// error: mica: returning<T>\(\) gives the rows of the entity
#ifdef FAULT_returning_another_entity
auto returning_another_entity() { return mica::insert_into<Car>().values(Car{}).returning<Maker>(); }
#elif !defined FAULT
auto returning_another_entity() { return mica::insert_into<Car>().values(Car{}).returning<Car>(); }
#endif

// error: mica: an entity needs a primary key
#if defined FAULT_returning_from_an_unmapped_struct || !defined FAULT
namespace returning_from_an_unmapped_struct {
struct Car {
    std::int64_t number = 0;
#ifndef FAULT
    static constexpr auto mapping() { return mica::table(mica::primary_key<&Car::number>); }
#endif
};

auto statement() {
#ifdef FAULT
    return mica::insert_into<Car>()
        .values(col<&Car::number> = 5)
        .on_conflict<&Car::number>()
        .do_update(col<&Car::number> = 5)
        .where(col<&Car::number> > 5)
        .returning<Car>();
#else
    return mica::insert_into<Car>().values(Car{}).returning<Car>();
#endif
}
}  // namespace returning_from_an_unmapped_struct
#endif

// error: mica: returning\(\) takes columns
#ifdef FAULT_returning_nothing
auto returning_nothing() { return mica::insert_into<Car>().values(Car{}).returning(); }
#elif !defined FAULT
auto returning_nothing() { return mica::insert_into<Car>().values(Car{}).returning<Car>(); }
#endif

// error: mica: the rows of returning<T>\(\) outlive
#ifdef FAULT_returning_rows_of_views
void returning_rows_of_views(const mica::Connection& connection) {
    connection.execute(mica::delete_from<Line>().all_rows().returning<Line>());
}
#elif !defined FAULT
void returning_rows_of_views(const mica::Connection& connection) {
    connection.execute(mica::delete_from<Line>().all_rows().returning(col<&Line::text>));
}
#endif

// error: mica: returning\(\) is called once
#ifdef FAULT_returning_twice
auto returning_twice() {
    return mica::insert_into<Car>().values(Car{}).returning(col<&Car::id>).returning(col<&Car::year>);
}
#elif !defined FAULT
auto returning_twice() { return mica::insert_into<Car>().values(Car{}).returning(col<&Car::id>, col<&Car::year>); }
#endif
