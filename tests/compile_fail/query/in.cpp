// SPDX-License-Identifier: BSL-1.0
// in(): values, a range or a SELECT, of the type before it.
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
    bool sold = false;
};
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

using mica::col;
using mica::select;

// error: mica: in\(\) needs a list of values
#ifdef FAULT_in_a_list_of_another_type
auto in_a_list_of_another_type() { return mica::select<Car>().where(col<&Car::year>.in({"1999", "2000"})); }
#elif !defined FAULT
auto in_a_list_of_another_type() { return mica::select<Car>().where(col<&Car::year>.in({1999, 2000})); }
#endif

// error: mica: in\(\) needs a SELECT of one column of the type
#ifdef FAULT_in_a_select_of_an_entity
auto in_a_select_of_an_entity() { return select<Artist>().where(col<&Artist::id>.in(select<Album>())); }
#elif !defined FAULT
auto in_a_select_of_an_entity() { return select<Artist>().where(col<&Artist::id>.in(select(col<&Album::artist_id>))); }
#endif

// error: mica: in\(\) needs a SELECT of one column of the type
#ifdef FAULT_in_a_select_of_another_type
auto in_a_select_of_another_type() { return select<Artist>().where(col<&Artist::id>.in(select(col<&Album::title>))); }
#elif !defined FAULT
auto in_a_select_of_another_type() {
    return select<Artist>().where(col<&Artist::id>.in(select(col<&Album::artist_id>)));
}
#endif

// error: mica: in\(\) needs a SELECT of one column of the type
#ifdef FAULT_in_a_select_of_two_columns
auto in_a_select_of_two_columns() {
    return select<Artist>().where(col<&Artist::id>.not_in(select(col<&Album::id>, col<&Album::title>)));
}
#elif !defined FAULT
auto in_a_select_of_two_columns() {
    return select<Artist>().where(col<&Artist::id>.not_in(select(col<&Album::artist_id>)));
}
#endif

// error: mica: in\(\) needs a list of values
#ifdef FAULT_in_a_vector_of_another_type
auto in_a_vector_of_another_type() { return mica::select<Car>().where(col<&Car::make>.in(std::vector<int>{1, 2})); }
#elif !defined FAULT
auto in_a_vector_of_another_type() { return mica::select<Car>().where(col<&Car::year>.in(std::vector<int>{1, 2})); }
#endif

// error: mica: in\(\) needs a list of values
#ifdef FAULT_in_something_that_is_no_range
auto in_something_that_is_no_range() { return mica::select<Car>().where(col<&Car::year>.in(1999)); }
#elif !defined FAULT
auto in_something_that_is_no_range() { return mica::select<Car>().where(col<&Car::year>.in({1999})); }
#endif

// error: mica: in\(\) needs values of the type of the expression before it
#ifdef FAULT_in_values_of_which_one_is_of_another_type
auto in_values_of_which_one_is_of_another_type() { return mica::select<Car>().where(col<&Car::year>.in(2025, "2026")); }
#elif !defined FAULT
auto in_values_of_which_one_is_of_another_type() {
    return mica::select<Car>().where(col<&Car::year>.in(2025, col<&Car::id>));
}
#endif

// error: mica: in\(\) needs a list of values
#ifdef FAULT_not_in_a_list_of_another_type
auto not_in_a_list_of_another_type() { return mica::select<Car>().where(col<&Car::make>.not_in({1, 2})); }
#elif !defined FAULT
auto not_in_a_list_of_another_type() { return mica::select<Car>().where(col<&Car::year>.not_in({1, 2})); }
#endif
