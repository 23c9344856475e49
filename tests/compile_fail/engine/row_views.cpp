// SPDX-License-Identifier: BSL-1.0
// Rows that outlive their statement own their text.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};
struct CarView {
    std::int64_t id = 0;
    std::string_view make;
};

// error: mica: a row with a std::string_view
#ifdef FAULT_all_rows_of_a_tuple_with_a_view
auto all_rows_of_a_tuple_with_a_view(mica::Connection& connection) {
    return connection.execute<std::tuple<int, std::string_view>>("SELECT year, make FROM Car").all();
}
#elif !defined FAULT
auto all_rows_of_a_tuple_with_a_view(mica::Connection& connection) {
    return connection.execute<std::tuple<int, std::string>>("SELECT year, make FROM Car").all();
}
#endif

// error: mica: a row with a std::string_view
#ifdef FAULT_all_rows_of_an_entity_with_a_view
auto all_rows_of_an_entity_with_a_view(mica::Connection& connection) { return connection.all(mica::select<CarView>()); }
#elif !defined FAULT
auto all_rows_of_an_entity_with_a_view(mica::Connection& connection) { return connection.all(mica::select<Car>()); }
#endif

// error: mica: a row with a std::string_view
#ifdef FAULT_all_rows_of_views
auto all_rows_of_views(mica::Connection& connection) {
    return connection.execute<std::string_view>("SELECT make FROM Car").all();
}
#elif !defined FAULT
auto all_rows_of_views(mica::Connection& connection) {
    return connection.execute<std::string>("SELECT make FROM Car").all();
}
#endif

// error: mica: a row with a std::string_view
#ifdef FAULT_first_row_of_an_entity_with_a_view
auto first_row_of_an_entity_with_a_view(mica::Connection& connection) {
    return connection.first(mica::select<CarView>());
}
#elif !defined FAULT
auto first_row_of_an_entity_with_a_view(mica::Connection& connection) { return connection.first(mica::select<Car>()); }
#endif

// error: mica: a row with a std::string_view
#ifdef FAULT_first_row_with_an_optional_view
auto first_row_with_an_optional_view(mica::Connection& connection) {
    return connection.execute<std::optional<std::string_view>>("SELECT make FROM Car").first();
}
#elif !defined FAULT
auto first_row_with_an_optional_view(mica::Connection& connection) {
    return connection.execute<std::optional<std::string>>("SELECT make FROM Car").first();
}
#endif

// error: mica: a row with a std::string_view
#ifdef FAULT_one_row_of_an_entity_with_a_view
auto one_row_of_an_entity_with_a_view(mica::Connection& connection) { return connection.one(mica::select<CarView>()); }
#elif !defined FAULT
auto one_row_of_an_entity_with_a_view(mica::Connection& connection) { return connection.one(mica::select<Car>()); }
#endif
