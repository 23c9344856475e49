// SPDX-License-Identifier: BSL-1.0
// What stands beside an aggregate, and in group_by() and having().
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;
using mica::count;
using mica::exists;
using mica::select;

// error: mica: group_by\(\) takes columns
#ifdef FAULT_group_by_a_value
auto group_by_a_value() { return select(count()).from<Album>().group_by(1); }
#elif !defined FAULT
auto group_by_a_value() { return select(count()).from<Album>().group_by(col<&Album::year>); }
#endif

// error: mica: group_by\(\) takes columns
#ifdef FAULT_group_by_nothing
auto group_by_nothing() { return select(count()).from<Album>().group_by(); }
#elif !defined FAULT
auto group_by_nothing() { return select(count()).from<Album>().group_by(col<&Album::year>); }
#endif

// error: mica: group_by\(\) is called once
#ifdef FAULT_group_by_twice
auto group_by_twice() { return select(count()).from<Album>().group_by(col<&Album::year>).group_by(col<&Album::title>); }
#elif !defined FAULT
auto group_by_twice() { return select(count()).from<Album>().group_by(col<&Album::year>, col<&Album::title>); }
#endif

// error: mica: having\(\) goes after group_by\(\)
#ifdef FAULT_having_without_group_by
auto having_without_group_by() { return select(count()).from<Album>().having(count() > 1); }
#elif !defined FAULT
auto having_without_group_by() { return select(count()).from<Album>().group_by(col<&Album::year>).having(count() > 1); }
#endif

// error: mica: beside an aggregate a column must be in group_by
#ifdef FAULT_ungrouped_column_beside_a_group
auto ungrouped_column_beside_a_group(mica::Connection& connection) {
    return connection.all(select(col<&Album::title>, count()).group_by(col<&Album::year>));
}
#elif !defined FAULT
auto ungrouped_column_beside_a_group(mica::Connection& connection) {
    return connection.all(select(col<&Album::title>, count()).group_by(col<&Album::id>));
}
#endif

// error: mica: beside an aggregate a column must be in group_by\(\)
#ifdef FAULT_ungrouped_column_beside_a_grouped_one
auto ungrouped_column_beside_a_grouped_one(mica::Connection& connection) {
    return connection.all(mica::select(col<&Car::make>, col<&Car::year>, mica::count()).group_by(col<&Car::make>));
}
#elif !defined FAULT
auto ungrouped_column_beside_a_grouped_one(mica::Connection& connection) {
    return connection.all(
        mica::select(col<&Car::make>, col<&Car::year>, mica::count()).group_by(col<&Car::make>, col<&Car::year>));
}
#endif

// error: mica: beside an aggregate a column must be in group_by\(\)
#ifdef FAULT_ungrouped_column_beside_an_aggregate
auto ungrouped_column_beside_an_aggregate(mica::Connection& connection) {
    return connection.all(mica::select(col<&Car::make>, sum(col<&Car::year>)));
}
#elif !defined FAULT
auto ungrouped_column_beside_an_aggregate(mica::Connection& connection) {
    return connection.all(mica::select(col<&Car::make>, sum(col<&Car::year>)).group_by(col<&Car::make>));
}
#endif

// error: mica: beside an aggregate a column must be in group_by\(\)
#ifdef FAULT_ungrouped_column_in_a_function
auto ungrouped_column_in_a_function(mica::Connection& connection) {
    return connection.all(mica::select(upper(col<&Car::make>), mica::count()));
}
#elif !defined FAULT
auto ungrouped_column_in_a_function(mica::Connection& connection) {
    return connection.all(mica::select(upper(mica::max(col<&Car::make>)), mica::count()));
}
#endif

// error: mica: beside an aggregate a column must be in group_by
#ifdef FAULT_ungrouped_column_in_a_subquery
auto ungrouped_column_in_a_subquery() { return select<Artist>().where(exists(select(col<&Album::title>, count()))); }
#elif !defined FAULT
auto ungrouped_column_in_a_subquery() { return select<Artist>().where(exists(select(col<&Album::title>))); }
#endif

// error: mica: beside an aggregate a column must be in group_by\(\)
#ifdef FAULT_ungrouped_column_in_a_window
auto ungrouped_column_in_a_window(mica::Connection& connection) {
    return connection.all(mica::select(sum(col<&Car::year>), mica::rank().over(mica::order_by(col<&Car::make>))));
}
#elif !defined FAULT
auto ungrouped_column_in_a_window(mica::Connection& connection) {
    return connection.all(
        mica::select(sum(col<&Car::year>), mica::rank().over(mica::order_by(mica::max(col<&Car::make>)))));
}
#endif

// error: mica: beside an aggregate a column must be in group_by\(\)
#ifdef FAULT_ungrouped_column_in_case
auto ungrouped_column_in_case(mica::Connection& connection) {
    return connection.all(mica::select(mica::case_(mica::when(col<&Car::year> > 1, mica::count()))));
}
#elif !defined FAULT
auto ungrouped_column_in_case(mica::Connection& connection) {
    return connection.all(mica::select(mica::case_(mica::when(mica::max(col<&Car::year>) > 1, mica::count()))));
}
#endif

// error: mica: beside an aggregate a column must be in group_by\(\)
#ifdef FAULT_ungrouped_column_in_having
auto ungrouped_column_in_having(mica::Connection& connection) {
    return connection.all(mica::select(col<&Car::make>).group_by(col<&Car::make>).having(col<&Car::year> > 1));
}
#elif !defined FAULT
auto ungrouped_column_in_having(mica::Connection& connection) {
    return connection.all(
        mica::select(col<&Car::make>).group_by(col<&Car::make>).having(mica::min(col<&Car::year>) > 1));
}
#endif

// error: mica: beside an aggregate a column must be in group_by\(\)
#ifdef FAULT_ungrouped_column_in_order_by
auto ungrouped_column_in_order_by(mica::Connection& connection) {
    return connection.all(
        mica::select(col<&Car::make>, mica::count()).group_by(col<&Car::make>).order_by(col<&Car::year>));
}
#elif !defined FAULT
auto ungrouped_column_in_order_by(mica::Connection& connection) {
    return connection.all(
        mica::select(col<&Car::make>, mica::count()).group_by(col<&Car::make>).order_by(mica::max(col<&Car::year>)));
}
#endif

// error: mica: beside an aggregate a column must be in group_by
#ifdef FAULT_ungrouped_column_of_a_joined_table
auto ungrouped_column_of_a_joined_table(mica::Connection& connection) {
    return connection.all(select(col<&Artist::name>, col<&Album::title>).join<Album>().group_by(col<&Artist::id>));
}
#elif !defined FAULT
auto ungrouped_column_of_a_joined_table(mica::Connection& connection) {
    return connection.all(
        select(col<&Artist::name>, col<&Album::title>).join<Album>().group_by(col<&Artist::id>, col<&Album::id>));
}
#endif

// error: mica: beside an aggregate a column must be in group_by
#ifdef FAULT_ungrouped_entity
auto ungrouped_entity(mica::Connection& connection) {
    return connection.all(select<Artist>().join<Album>().group_by(col<&Artist::name>));
}
#elif !defined FAULT
auto ungrouped_entity(mica::Connection& connection) {
    return connection.all(select<Artist>().join<Album>().group_by(col<&Artist::id>));
}
#endif
