// SPDX-License-Identifier: BSL-1.0
// What is selected, sorted by and limited to.
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
    bool sold = false;
};

using mica::col;
using mica::select;

// error: mica: each clause gives a statement of another type
#ifdef FAULT_assigned_to_the_one_before
auto assigned_to_the_one_before() {
    auto query = select<Artist>();
    query = query.where(col<&Artist::id> == 1);
    return query;
}
#elif !defined FAULT
auto assigned_to_the_one_before() {
    auto query = select<Artist>();
    auto filtered = query.where(col<&Artist::id> == 1);
    return filtered;
}
#endif

// error: mica: limit\(\) and offset\(\) take a number of rows
#ifdef FAULT_limit_with_a_column
auto limit_with_a_column() { return select<Artist>().limit(col<&Artist::id>); }
#elif !defined FAULT
auto limit_with_a_column() { return select<Artist>().limit(select(max(col<&Artist::id>))); }
#endif

// error: mica: limit\(\) and offset\(\) take a number of rows
#ifdef FAULT_limit_with_a_real_number
auto limit_with_a_real_number() { return select<Artist>().limit(1.5); }
#elif !defined FAULT
auto limit_with_a_real_number() { return select<Artist>().limit(1); }
#endif

// error: mica: limit\(\) and offset\(\) take a number of rows
#ifdef FAULT_limit_with_a_text
auto limit_with_a_text() { return select<Artist>().limit("10"); }
#elif !defined FAULT
auto limit_with_a_text() { return select<Artist>().limit(10); }
#endif

// error: mica: limit\(\) and offset\(\) take a number of rows
#ifdef FAULT_limit_with_an_optional_number
auto limit_with_an_optional_number() { return select<Artist>().limit(std::optional<int>{1}); }
#elif !defined FAULT
auto limit_with_an_optional_number() { return select<Artist>().limit(std::optional<int>{1}.value()); }
#endif

// error: mica: limit\(\) and offset\(\) take a number of rows
#ifdef FAULT_offset_with_a_condition
auto offset_with_a_condition() { return select<Artist>().offset(col<&Artist::id> > 1); }
#elif !defined FAULT
auto offset_with_a_condition() { return select<Artist>().offset(1); }
#endif

// error: mica: order_by\(\) takes expressions
#ifdef FAULT_order_by_a_name
auto order_by_a_name() { return mica::select<Car>().order_by("year"); }
#elif !defined FAULT
auto order_by_a_name() { return mica::select<Car>().order_by(col<&Car::year>); }
#endif

// error: mica: order_by\(\) takes expressions
#ifdef FAULT_order_by_a_value
auto order_by_a_value() { return mica::select<Car>().order_by(5); }
#elif !defined FAULT
auto order_by_a_value() { return mica::select<Car>().order_by(col<&Car::year>); }
#endif

// error: mica: order_by\(\) takes expressions
#ifdef FAULT_order_by_nothing
auto order_by_nothing() { return mica::select<Car>().order_by(); }
#elif !defined FAULT
auto order_by_nothing() { return mica::select<Car>().order_by(col<&Car::year>); }
#endif

// error: mica: select\(\) takes columns
#ifdef FAULT_select_of_a_value
auto select_of_a_value() { return mica::select("make"); }
#elif !defined FAULT
auto select_of_a_value() { return mica::select(col<&Car::make>); }
#endif
