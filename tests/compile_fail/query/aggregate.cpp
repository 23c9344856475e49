// SPDX-License-Identifier: BSL-1.0
// Where aggregates stand, and what they take.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

enum class Color { red, green };
struct Serial {
    std::int64_t number = 0;
};
struct Money {
    std::int64_t cents = 0;
};
template <>
struct mica::Codec<Serial> {
    using Storage = std::int64_t;
    static std::int64_t encode(const Serial& serial) { return serial.number; }
    static Serial decode(std::int64_t stored) { return {stored}; }
};
template <>
struct mica::Codec<Money> {
    using Storage = std::int64_t;
    static constexpr bool is_additive = true;
    static std::int64_t encode(const Money& money) { return money.cents; }
    static Money decode(std::int64_t stored) { return {stored}; }
};

struct Car {
    std::int64_t id = 0;
    Serial serial{};
    Money price{};
    std::string make;
    int year = 0;
    bool sold = false;
    Color color = Color::red;
};

using mica::col;

// error: mica: an aggregate cannot contain another aggregate
#ifdef FAULT_aggregate_in_a_filter
auto aggregate_in_a_filter() { return mica::select(sum(col<&Car::year>).filter(mica::count() > 1)); }
#elif !defined FAULT
auto aggregate_in_a_filter() { return mica::select(sum(col<&Car::year>).filter(col<&Car::year> > 1)); }
#endif

// error: mica: an aggregate cannot contain another aggregate
#ifdef FAULT_aggregate_in_an_aggregate
auto aggregate_in_an_aggregate() { return mica::select(mica::max(sum(col<&Car::year>))); }
#elif !defined FAULT
auto aggregate_in_an_aggregate() { return mica::select(mica::max(sum(col<&Car::year>), 1)); }
#endif

// error: mica: group_by\(\) sees single rows
#ifdef FAULT_aggregate_in_group_by
auto aggregate_in_group_by() { return mica::select(mica::count()).from<Car>().group_by(sum(col<&Car::year>)); }
#elif !defined FAULT
auto aggregate_in_group_by() { return mica::select(mica::count()).from<Car>().group_by(col<&Car::year>); }
#endif

// error: mica: where\(\) sees single rows
#ifdef FAULT_aggregate_in_where
auto aggregate_in_where() { return mica::select<Car>().where(sum(col<&Car::year>) > 1); }
#elif !defined FAULT
auto aggregate_in_where() { return mica::select<Car>().where(col<&Car::year> > 1); }
#endif

// error: mica: this function takes a number here
#ifdef FAULT_average_of_an_enumeration
auto average_of_an_enumeration() { return mica::select(avg(col<&Car::color>)); }
#elif !defined FAULT
auto average_of_an_enumeration() { return mica::select(avg(col<&Car::year>)); }
#endif

// error: mica: where\(\) sees single rows
#ifdef FAULT_count_in_where
auto count_in_where() { return mica::select<Car>().where(mica::count() > 1); }
#elif !defined FAULT
auto count_in_where() { return mica::select(col<&Car::year>).group_by(col<&Car::year>).having(mica::count() > 1); }
#endif

// error: mica: distinct\(\) is for an aggregate of one argument
#ifdef FAULT_distinct_rows_counted
auto distinct_rows_counted() { return mica::select(mica::count().distinct()).from<Car>(); }
#elif !defined FAULT
auto distinct_rows_counted() { return mica::select(mica::count(col<&Car::year>).distinct()).from<Car>(); }
#endif

// error: mica: filter\(\) takes a condition
#ifdef FAULT_filter_by_a_value
auto filter_by_a_value() { return mica::select(sum(col<&Car::year>).filter(col<&Car::year>)); }
#elif !defined FAULT
auto filter_by_a_value() { return mica::select(sum(col<&Car::year>).filter(col<&Car::sold>)); }
#endif

// error: mica: the codec of this type does not say that its values add
#ifdef FAULT_sum_of_amounts
auto sum_of_amounts() { return mica::select(sum(col<&Car::serial>)); }
#elif !defined FAULT
auto sum_of_amounts() { return mica::select(sum(col<&Car::price>)); }
#endif

// error: mica: this function takes a number here
#ifdef FAULT_sum_of_text
auto sum_of_text() { return mica::select(sum(col<&Car::make>)); }
#elif !defined FAULT
auto sum_of_text() { return mica::select(mica::max(col<&Car::make>)); }
#endif
