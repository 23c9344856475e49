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

using namespace std::string_literals;
using mica::col;
using mica::select;

// error: mica: where_if\(\) takes a bool and a condition, or a std::optional and a function of its value
#ifdef FAULT_where_if_with_a_text
auto where_if_with_a_text() { return select<Artist>().where_if("yes"s, col<&Artist::id> == 1); }
#elif !defined FAULT
auto where_if_with_a_text() { return select<Artist>().where_if(!"yes"s.empty(), col<&Artist::id> == 1); }
#endif

// error: mica: where_if\(\) of a std::optional takes a function that makes a condition of its value
#ifdef FAULT_where_if_with_an_optional_and_a_condition
auto where_if_with_an_optional_and_a_condition() {
    return select<Artist>().where_if(std::optional<int>{1}, col<&Artist::id> == 1);
}
#elif !defined FAULT
auto where_if_with_an_optional_and_a_condition() {
    return select<Artist>().where_if(std::optional<int>{1}, [](int value) { return col<&Artist::id> == value; });
}
#endif

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
