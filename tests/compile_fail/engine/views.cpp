// SPDX-License-Identifier: BSL-1.0
// What views() and its rows refuse.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;
using mica::select;

constexpr auto older = mica::alias<Car, "older">;
constexpr auto newer = mica::alias<Car, "newer">;
constexpr auto pairs = select(older, newer).from(older).join(newer, newer.col<&Car::year> > older.col<&Car::year>);

// error: mica: row\[\] takes a column or an expression that the SELECT of its views reads
#ifdef FAULT_column_that_is_not_read
auto column_that_is_not_read(mica::Connection& connection) {
    auto views = connection.views(select(col<&Car::make>, col<&Car::id>));
    return (*views.begin())[col<&Car::year>];
}
#elif !defined FAULT
auto column_that_is_not_read(mica::Connection& connection) {
    auto views = connection.views(select(col<&Car::make>, col<&Car::id>));
    return (*views.begin())[col<&Car::id>];
}
#endif

// error: mica: an expression with values does not say which one it is
#ifdef FAULT_an_expression_with_a_value
auto an_expression_with_a_value(mica::Connection& connection) {
    auto views = connection.views(select(col<&Car::year> + 1, col<&Car::year> + 2));
    return (*views.begin())[col<&Car::year> + 2];
}
#elif !defined FAULT
auto an_expression_with_a_value(mica::Connection& connection) {
    auto views = connection.views(select(col<&Car::year> + 1, col<&Car::year> + 2));
    return views.begin()->get<1>();
}
#endif

// error: mica: a row of views has the fields that its SELECT reads, and this is none of them
#ifdef FAULT_field_of_another_entity
auto field_of_another_entity(mica::Connection& connection) {
    auto views = connection.views(select<Car>());
    return views.begin()->get<&Maker::id>();
}
#elif !defined FAULT
auto field_of_another_entity(mica::Connection& connection) {
    auto views = connection.views(select<Maker>());
    return views.begin()->get<&Maker::id>();
}
#endif

// error: mica: this field is there twice in a row of views
#ifdef FAULT_field_that_is_there_twice
auto field_that_is_there_twice(mica::Connection& connection) {
    auto views = connection.views(pairs);
    return views.begin()->get<&Car::year>();
}
#elif !defined FAULT
auto field_that_is_there_twice(mica::Connection& connection) {
    auto views = connection.views(pairs);
    return (*views.begin())[older.col<&Car::year>];
}
#endif

// error: mica: get<place>\(\) names one of several selected expressions
#ifdef FAULT_place_in_an_entity
auto place_in_an_entity(mica::Connection& connection) {
    auto views = connection.views(select<Car>());
    return views.begin()->get<0>();
}
#elif !defined FAULT
auto place_in_an_entity(mica::Connection& connection) {
    auto views = connection.views(select<Car>());
    return views.begin()->get<&Car::id>();
}
#endif

// error: mica: a row of views is there until the next one is read
#ifdef FAULT_row_that_is_copied
void row_that_is_copied(mica::Connection& connection) {
    for (auto row : connection.views(select<Car>())) {
        static_cast<void>(row.get<&Car::id>());
    }
}
#elif !defined FAULT
void row_that_is_copied(mica::Connection& connection) {
    for (const auto& row : connection.views(select<Car>())) {
        static_cast<void>(row.copy());
    }
}
#endif

// error: mica: views\(\) looks at the rows of a SELECT
#ifdef FAULT_views_of_a_write
void views_of_a_write(mica::Connection& connection) {
    for (const auto& row : connection.views(mica::delete_from<Car>().all_rows().returning(col<&Car::make>))) {
        static_cast<void>(row.get<0>());
    }
}
#elif !defined FAULT
void views_of_a_write(mica::Connection& connection) {
    for (const auto& row : connection.views(select(col<&Car::make>))) {
        static_cast<void>(row.get<0>());
    }
}
#endif

// error: mica: a Reader cannot write
#ifdef FAULT_views_of_a_write_through_a_reader
void views_of_a_write_through_a_reader(mica::Reader& reader) {
    for (const auto& row : reader.views(mica::delete_from<Car>().all_rows().returning(col<&Car::make>))) {
        static_cast<void>(row.get<0>());
    }
}
#elif !defined FAULT
void views_of_a_write_through_a_reader(mica::Reader& reader) {
    for (const auto& row : reader.views(select(col<&Car::make>))) {
        static_cast<void>(row.get<0>());
    }
}
#endif

// error: mica: for_each\(\) of views takes a function of a row
#ifdef FAULT_visitor_of_nothing
void visitor_of_nothing(mica::Connection& connection) {
    connection.views(select<Car>()).for_each([] {});
}
#elif !defined FAULT
void visitor_of_nothing(mica::Connection& connection) {
    connection.views(select<Car>()).for_each([](const auto& row) { static_cast<void>(row.copy()); });
}
#endif
