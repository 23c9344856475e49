// SPDX-License-Identifier: BSL-1.0
// Points in time and durations of different precision, and what SQLite cannot make of them.
#include <mica/mica.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ratio>

using namespace std::chrono;

struct Visit {
    std::int64_t id = 0;
    sys_time<milliseconds> at{};
    sys_time<nanoseconds> exact{};
    sys_seconds second{};
};

using mica::col;
using mica::select;

// error: mica: cast<> gives no point in time
#ifdef FAULT_cast_to_a_time
auto cast_to_a_time() { return select(col<&Visit::at>.cast<sys_seconds>()); }
#elif !defined FAULT
auto cast_to_a_time() { return select(mica::datetime<sys_seconds>(col<&Visit::at>)); }
#endif

// error: mica: these two points in time differ in their precision
#ifdef FAULT_compared_with_a_finer_clock
auto compared_with_a_finer_clock() { return select<Visit>().where(col<&Visit::at> > system_clock::now()); }
#elif !defined FAULT
auto compared_with_a_finer_clock() {
    return select<Visit>().where(col<&Visit::at> > floor<milliseconds>(system_clock::now()));
}
#endif

// error: mica: these two points in time differ in their precision
#ifdef FAULT_compared_with_a_finer_column
auto compared_with_a_finer_column() { return select<Visit>().where(col<&Visit::second> == col<&Visit::at>); }
#elif !defined FAULT
auto compared_with_a_finer_column() {
    return select<Visit>().where(col<&Visit::second> == mica::datetime<sys_seconds>(col<&Visit::at>));
}
#endif

// error: mica: these two points in time differ in their precision
#ifdef FAULT_in_a_list_of_a_finer_clock
auto in_a_list_of_a_finer_clock() { return select<Visit>().where(col<&Visit::at>.in({system_clock::now()})); }
#elif !defined FAULT
auto in_a_list_of_a_finer_clock() {
    return select<Visit>().where(col<&Visit::at>.in({floor<milliseconds>(system_clock::now())}));
}
#endif

// error: mica: these two points in time differ in their precision
#ifdef FAULT_between_times_of_a_finer_clock
auto between_times_of_a_finer_clock() {
    return select<Visit>().where(col<&Visit::at>.between(sys_time<milliseconds>{}, system_clock::now()));
}
#elif !defined FAULT
auto between_times_of_a_finer_clock() {
    return select<Visit>().where(
        col<&Visit::at>.between(sys_time<milliseconds>{}, floor<milliseconds>(system_clock::now())));
}
#endif

// error: mica: these two points in time differ in their precision
#ifdef FAULT_set_to_the_time_of_a_finer_clock
auto set_to_the_time_of_a_finer_clock() { return mica::update<Visit>().set(col<&Visit::at> = system_clock::now()); }
#elif !defined FAULT
auto set_to_the_time_of_a_finer_clock() {
    return mica::update<Visit>().set(col<&Visit::at> = floor<milliseconds>(system_clock::now()));
}
#endif

// error: mica: an unsigned integer of 64 bits
#ifdef FAULT_set_to_a_size
auto set_to_a_size(std::size_t size) { return mica::update<Visit>().set(col<&Visit::id> = size); }
#elif !defined FAULT
auto set_to_a_size(std::size_t size) {
    return mica::update<Visit>().set(col<&Visit::id> = static_cast<std::int64_t>(size));
}
#endif

// error: mica: this duration is finer than the point in time
#ifdef FAULT_finer_duration
auto finer_duration() { return select(col<&Visit::at> + 5us); }
#elif !defined FAULT
auto finer_duration() { return select(col<&Visit::at> + 5s); }
#endif

// error: mica: SQLite counts milliseconds
#ifdef FAULT_duration_beside_nanoseconds
auto duration_beside_nanoseconds() { return select(col<&Visit::exact> + 5s); }
#elif !defined FAULT
auto duration_beside_nanoseconds() { return select(col<&Visit::second> - 5s); }
#endif

// error: mica: SQLite makes points in time of days, hours, minutes, seconds
#ifdef FAULT_quarters_of_a_second
auto quarters_of_a_second() {
    return select(mica::datetime<sys_time<duration<int, std::ratio<1, 4>>>>(col<&Visit::at>));
}
#elif !defined FAULT
auto quarters_of_a_second() { return select(mica::datetime<sys_time<milliseconds>>(col<&Visit::at>)); }
#endif

// error: mica: time\(\) gives no point in time
#ifdef FAULT_time_of_day
auto time_of_day() { return select(mica::time<sys_seconds>(col<&Visit::at>)); }
#elif !defined FAULT
auto time_of_day() { return select(mica::time(col<&Visit::at>)); }
#endif
