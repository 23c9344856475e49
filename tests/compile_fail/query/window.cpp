// SPDX-License-Identifier: BSL-1.0
// Windows, their parts and their frames.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    double weight = 0;
    std::chrono::sys_days sold{};
};

using mica::col;

// error: mica: a frame is between two of unbounded_preceding
#ifdef FAULT_frame_between_numbers
auto frame_between_numbers() { return mica::select(sum(col<&Car::year>).over(mica::rows_between(-1, 1))); }
#elif !defined FAULT
auto frame_between_numbers() {
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::preceding(1), mica::following(1))));
}
#endif

// error: mica: a range between distances needs order_by\(\) with the one number it measures
#ifdef FAULT_frame_of_a_range_of_two_values
auto frame_of_a_range_of_two_values() {
    return mica::select(sum(col<&Car::year>)
                            .over(mica::order_by(col<&Car::year>, col<&Car::weight>),
                                  mica::range_between(mica::preceding(1), mica::current_row)));
}
#elif !defined FAULT
auto frame_of_a_range_of_two_values() {
    return mica::select(
        sum(col<&Car::year>)
            .over(mica::order_by(col<&Car::year>), mica::range_between(mica::preceding(1), mica::current_row)));
}
#endif

// error: mica: a range between distances needs order_by\(\) with the one number it measures
#ifdef FAULT_frame_of_a_range_of_dates
auto frame_of_a_range_of_dates() {
    return mica::select(
        sum(col<&Car::year>)
            .over(mica::order_by(col<&Car::sold>.desc()), mica::range_between(mica::preceding(7), mica::current_row)));
}
#elif !defined FAULT
auto frame_of_a_range_of_dates() {
    return mica::select(sum(col<&Car::year>)
                            .over(mica::order_by(julianday(col<&Car::sold>).desc()),
                                  mica::range_between(mica::preceding(7), mica::current_row)));
}
#endif

// error: mica: rows and groups of a frame are counted in integers
#ifdef FAULT_frame_of_half_a_row
auto frame_of_half_a_row() {
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::preceding(0.5), mica::current_row)));
}
#elif !defined FAULT
auto frame_of_half_a_row() {
    return mica::select(sum(col<&Car::year>).over(mica::range_between(mica::unbounded_preceding, mica::current_row)));
}
#endif

// error: mica: the distance of a frame's bound is one for all rows
#ifdef FAULT_frame_that_differs_between_rows
auto frame_that_differs_between_rows() {
    return mica::select(
        sum(col<&Car::year>).over(mica::rows_between(mica::preceding(col<&Car::year>), mica::current_row)));
}
#elif !defined FAULT
auto frame_that_differs_between_rows() {
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::preceding(2), mica::current_row)));
}
#endif

// error: mica: a frame begins before it ends
#ifdef FAULT_frame_that_ends_before_it_begins
auto frame_that_ends_before_it_begins() {
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::current_row, mica::preceding(1))));
}
#elif !defined FAULT
auto frame_that_ends_before_it_begins() {
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::preceding(1), mica::current_row)));
}
#endif

// error: mica: select\(\) takes columns and other expressions
#ifdef FAULT_window_function_without_over
auto window_function_without_over() { return mica::select(mica::row_number()).from<Car>(); }
#elif !defined FAULT
auto window_function_without_over() { return mica::select(mica::row_number().over()).from<Car>(); }
#endif

// error: mica: a window function cannot stand inside another one, nor inside an aggregate
#ifdef FAULT_window_in_a_window
auto window_in_a_window() { return mica::select(mica::rank().over(mica::order_by(mica::rank().over()))).from<Car>(); }
#elif !defined FAULT
auto window_in_a_window() { return mica::select(mica::rank().over(mica::order_by(mica::count()))).from<Car>(); }
#endif

// error: mica: a window function cannot stand inside another one, nor inside an aggregate
#ifdef FAULT_window_in_an_aggregate
auto window_in_an_aggregate() {
    return mica::select(sum(mica::rank().over(mica::order_by(col<&Car::year>)))).from<Car>();
}
#elif !defined FAULT
auto window_in_an_aggregate() { return mica::select(sum(col<&Car::year>).over()).from<Car>(); }
#endif

// error: mica: having\(\) comes before window functions
#ifdef FAULT_window_in_having
auto window_in_having() {
    return mica::select(col<&Car::year>).group_by(col<&Car::year>).having(sum(col<&Car::year>).over() > 1);
}
#elif !defined FAULT
auto window_in_having() {
    return mica::select(col<&Car::year>).group_by(col<&Car::year>).having(sum(col<&Car::year>) > 1);
}
#endif

// error: mica: where\(\) comes before window functions
#ifdef FAULT_window_in_where
auto window_in_where() { return mica::select<Car>().where(mica::row_number().over() == 1); }
#elif !defined FAULT
auto window_in_where() { return mica::select<Car>().order_by(mica::row_number().over()); }
#endif

// error: mica: beside an aggregate a column must be in group_by\(\)
#ifdef FAULT_window_of_an_ungrouped_column
auto window_of_an_ungrouped_column(mica::Connection& connection) {
    return connection.all(mica::select(mica::count(), sum(col<&Car::year>).over()));
}
#elif !defined FAULT
auto window_of_an_ungrouped_column(mica::Connection& connection) {
    return connection.all(mica::select(mica::count(), sum(sum(col<&Car::year>)).over()));
}
#endif

// error: mica: an aggregate of distinct values has no over\(\)
#ifdef FAULT_window_of_distinct_values
auto window_of_distinct_values() { return mica::select(mica::count_distinct(col<&Car::year>).over()); }
#elif !defined FAULT
auto window_of_distinct_values() { return mica::select(mica::count(col<&Car::year>).over()); }
#endif

// error: mica: order_by\(\) takes expressions
#ifdef FAULT_window_ordered_by_a_value
auto window_ordered_by_a_value() { return mica::select(sum(col<&Car::year>).over(mica::order_by("make"))); }
#elif !defined FAULT
auto window_ordered_by_a_value() {
    return mica::select(sum(col<&Car::year>).over(mica::order_by(col<&Car::make>.desc())));
}
#endif

// error: mica: over\(\) takes partition_by\(\), order_by\(\) and a frame, in this order
#ifdef FAULT_window_over_a_column
auto window_over_a_column() { return mica::select(sum(col<&Car::year>).over(col<&Car::make>)); }
#elif !defined FAULT
auto window_over_a_column() { return mica::select(sum(col<&Car::year>).over(mica::partition_by(col<&Car::make>))); }
#endif

// error: mica: partition_by\(\) takes columns and other expressions
#ifdef FAULT_window_partitioned_by_a_value
auto window_partitioned_by_a_value() { return mica::select(sum(col<&Car::year>).over(mica::partition_by(1))); }
#elif !defined FAULT
auto window_partitioned_by_a_value() {
    return mica::select(sum(col<&Car::year>).over(mica::partition_by(col<&Car::make>)));
}
#endif

// error: mica: over\(\) takes partition_by\(\), order_by\(\) and a frame, in this order
#ifdef FAULT_window_parts_in_another_order
auto window_parts_in_another_order() {
    return mica::select(
        sum(col<&Car::year>).over(mica::order_by(col<&Car::make>), mica::partition_by(col<&Car::year>)));
}
#elif !defined FAULT
auto window_parts_in_another_order() {
    return mica::select(
        sum(col<&Car::year>).over(mica::partition_by(col<&Car::year>), mica::order_by(col<&Car::make>)));
}
#endif
