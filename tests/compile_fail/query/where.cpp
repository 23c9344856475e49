// SPDX-License-Identifier: BSL-1.0
// where() takes a condition on single rows.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    int age = 0;
    bool sold = false;

    static constexpr auto mapping() {
        return mica::table("car", mica::unique<&Car::make>, mica::default_value<&Car::year>(2000),
                           mica::index<&Car::year>.unique().where(mica::col<&Car::price> > 0),
                           mica::generated<&Car::age>(mica::col<&Car::year> - 1886));
    }
};

using mica::col;
using mica::select;

// error: mica: where\(\) takes a condition
#ifdef FAULT_where_if_with_a_value
auto where_if_with_a_value() { return select<Artist>().where_if(true, col<&Artist::id>); }
#elif !defined FAULT
auto where_if_with_a_value() { return select<Artist>().where_if(true, col<&Artist::id> == 1); }
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_where_with_a_number
auto where_with_a_number() { return mica::select<Car>().where(col<&Car::year>); }
#elif !defined FAULT
auto where_with_a_number() { return mica::select<Car>().where(col<&Car::sold>); }
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_where_with_a_text_in_an_update
auto where_with_a_text_in_an_update() { return mica::update<Car>().set(col<&Car::year> = 1).where(col<&Car::make>); }
#elif !defined FAULT
auto where_with_a_text_in_an_update() {
    return mica::update<Car>().set(col<&Car::year> = 1).where(col<&Car::make> == "x");
}
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_where_with_a_value
auto where_with_a_value() { return mica::select<Car>().where(2000); }
#elif !defined FAULT
auto where_with_a_value() { return mica::select<Car>().where(col<&Car::year> == 2000); }
#endif

// error: mica: where\(\) sees single rows
#ifdef FAULT_where_with_an_aggregate_in_a_delete
auto where_with_an_aggregate_in_a_delete() { return mica::delete_from<Car>().where(mica::count() > 5); }
#elif !defined FAULT
auto where_with_an_aggregate_in_a_delete() { return mica::delete_from<Car>().where(col<&Car::year> > 5); }
#endif

// error: mica: where\(\) sees single rows
#ifdef FAULT_where_with_an_aggregate_in_an_update
auto where_with_an_aggregate_in_an_update() {
    return mica::update<Car>().set(col<&Car::year> = 5).where(mica::count() > 5);
}
#elif !defined FAULT
auto where_with_an_aggregate_in_an_update() {
    return mica::update<Car>().set(col<&Car::year> = 5).where(col<&Car::year> > 5);
}
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_where_with_an_assignment
auto where_with_an_assignment() { return mica::select<Car>().where(col<&Car::year> = 2000); }
#elif !defined FAULT
auto where_with_an_assignment() { return mica::select<Car>().where(col<&Car::year> == 2000); }
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_where_with_cpp_bool
auto where_with_cpp_bool() { return mica::select<Car>().where(true); }
#elif !defined FAULT
auto where_with_cpp_bool() { return mica::select<Car>().where(col<&Car::sold>); }
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_where_with_sql_text_in_a_delete
auto where_with_sql_text_in_a_delete() { return mica::delete_from<Car>().where("year < 2000"); }
#elif !defined FAULT
auto where_with_sql_text_in_a_delete() { return mica::delete_from<Car>().where(col<&Car::year> < 2000); }
#endif
