// SPDX-License-Identifier: BSL-1.0
// values(): rows of one shape, columns with names.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

struct Car {
    std::int64_t id = 0;
};
struct Line {
    int id = 0;
    std::string name;
};

using mica::col;
using mica::select;

// error: mica: these two operands have unrelated types and cannot be compared
#ifdef FAULT_values_compared_with_another_type
auto values_compared_with_another_type() {
    const auto v = mica::values<"v", "id", "name">({std::pair{1, "one"}});
    return select(v.col<"id">).from(v).where(v.col<"name"> == 1);
}
#elif !defined FAULT
auto values_compared_with_another_type() {
    const auto v = mica::values<"v", "id", "name">({std::pair{1, "one"}});
    return select(v.col<"id">).from(v).where(v.col<"name"> == "one");
}
#endif

// error: mica: no foreign key leads from this table to the others or back
#ifdef FAULT_values_joined_without_a_condition
auto values_joined_without_a_condition() {
    const auto v = mica::values<"v", "id">({1, 2});
    return select(col<&Car::id>).join(v);
}
#elif !defined FAULT
auto values_joined_without_a_condition() {
    const auto v = mica::values<"v", "id">({1, 2});
    return select(col<&Car::id>).join(v, v.col<"id"> == col<&Car::id>);
}
#endif

// error: mica: values\(\) takes a range of rows: aggregates, tuples, or single values
#ifdef FAULT_values_of_no_range
auto values_of_no_range() {
    const auto v = mica::values<"v">(Line{1});
    return mica::select(v.col<"id">).from(v);
}
#elif !defined FAULT
auto values_of_no_range() {
    const auto v = mica::values<"v">(std::vector{Line{1}});
    return mica::select(v.col<"id">).from(v);
}
#endif

// error: mica: this table is there twice
#ifdef FAULT_values_of_one_name_twice
auto values_of_one_name_twice(const mica::Connection& connection) {
    const auto v = mica::values<"v", "id">({1, 2});
    const auto w = mica::values<"V", "id">({1, 2});
    return connection.all(select(v.col<"id">).from(v).join(w, w.col<"id"> == v.col<"id">));
}
#elif !defined FAULT
auto values_of_one_name_twice(const mica::Connection& connection) {
    const auto v = mica::values<"v", "id">({1, 2});
    const auto w = mica::values<"w", "id">({1, 2});
    return connection.all(select(v.col<"id">).from(v).join(w, w.col<"id"> == v.col<"id">));
}
#endif

// error: mica: values\(\) has a column of a type without a codec
#if defined FAULT_values_of_something_unstorable || !defined FAULT
namespace values_of_something_unstorable {
struct Line {
    int id = 0;
#ifdef FAULT
    std::vector<int> numbers{};
#else
    std::vector<std::uint8_t> numbers{};
#endif
};

auto statement(const std::vector<Line>& lines) {
    const auto v = mica::values<"v">(lines);
    return mica::select(v.col<"numbers">).from(v);
}
}  // namespace values_of_something_unstorable
#endif

// error: mica: values\(\) needs one name for each column
#ifdef FAULT_values_of_tuples_without_names
auto values_of_tuples_without_names(const std::vector<std::tuple<int, std::string>>& rows) {
    const auto v = mica::values<"v", "id">(rows);
    return select(v.col<"id">).from(v);
}
#elif !defined FAULT
auto values_of_tuples_without_names(const std::vector<std::tuple<int, std::string>>& rows) {
    const auto v = mica::values<"v", "id", "name">(rows);
    return select(v.col<"id">).from(v);
}
#endif

// error: mica: values\(\) takes rows of at most 32 columns
#if defined FAULT_values_with_33_columns || !defined FAULT
namespace values_with_33_columns {
struct Eight {
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
};
struct Wide {
    Eight one{}, two{}, three{}, four{};
#ifdef FAULT
    int last = 0;
#endif
};

auto statement(const std::vector<Wide>& rows) {
    const auto v = mica::values<"v">(rows);
    return mica::select(v.col<"four_h">).from(v);
}
}  // namespace values_with_33_columns
#endif

// error: mica: values\(\) takes a range of rows: aggregates, tuples, or single values
#if defined FAULT_values_with_a_constructor || !defined FAULT
namespace values_with_a_constructor {
struct Line {
#ifdef FAULT
    explicit Line(int of) : id(of) {}
#endif
    int id = 0;
};

auto statement(const std::vector<Line>& lines) {
    const auto lists = mica::cte<"lists">(mica::values<"v">(lines));
    return mica::select(lists.col<"id">).from(lists);
}
}  // namespace values_with_a_constructor
#endif

// error: mica: values\(\) has two columns of the same name
#ifdef FAULT_values_with_two_columns_of_one_name
auto values_with_two_columns_of_one_name() {
    const auto v = mica::values<"v", "id", "ID">({std::pair{1, 2}});
    return mica::select(v.col<"id">).from(v);
}
#elif !defined FAULT
auto values_with_two_columns_of_one_name() {
    const auto v = mica::values<"v", "id", "ID_">({std::pair{1, 2}});
    return mica::select(v.col<"id">).from(v);
}
#endif

// error: mica: these values have no column of that name
#ifdef FAULT_values_without_a_column
auto values_without_a_column() {
    const auto v = mica::values<"v", Line>({{1, "a"}});
    return select(v.col<"title">).from(v);
}
#elif !defined FAULT
auto values_without_a_column() {
    const auto v = mica::values<"v", Line>({{1, "a"}});
    return select(v.col<"name">).from(v);
}
#endif

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_values_without_from
auto values_without_from(const mica::Connection& connection) {
    const auto v = mica::values<"v", "id">({1, 2});
    return connection.all(select(v.col<"id">));
}
#elif !defined FAULT
auto values_without_from(const mica::Connection& connection) {
    const auto v = mica::values<"v", "id">({1, 2});
    return connection.all(select(v.col<"id">).from(v));
}
#endif
