// SPDX-License-Identifier: BSL-1.0
// Which rows a statement gives, and as what.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};
struct Maker {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;

// error: mica: this statement uses a column of a table
#ifdef FAULT_columns_of_two_tables_selected
auto columns_of_two_tables_selected(mica::Connection& connection) {
    return connection.all(mica::select(col<&Car::make>, col<&Maker::name>));
}
#elif !defined FAULT
auto columns_of_two_tables_selected(mica::Connection& connection) {
    return connection.all(mica::select(col<&Car::make>, col<&Car::year>));
}
#endif

// error: mica: this statement gives no rows
#ifdef FAULT_first_row_of_a_statement_without_rows
auto first_row_of_a_statement_without_rows(mica::Connection& connection) {
    return connection.first(mica::delete_from<Car>().all_rows());
}
#elif !defined FAULT
auto first_row_of_a_statement_without_rows(mica::Connection& connection) {
    return connection.first(mica::select<Car>());
}
#endif

// error: mica: this statement gives no rows
#ifdef FAULT_one_row_of_a_statement_without_rows
auto one_row_of_a_statement_without_rows(mica::Connection& connection) {
    return connection.one(mica::insert_into<Car>().values(Car{}));
}
#elif !defined FAULT
auto one_row_of_a_statement_without_rows(mica::Connection& connection) { return connection.one(mica::select<Car>()); }
#endif

// error: mica: this statement gives no rows
#ifdef FAULT_one_row_or_none_of_a_statement_without_rows
auto one_row_or_none_of_a_statement_without_rows(mica::Connection& connection) {
    return connection.one_or_none(mica::insert_into<Car>().values(Car{}));
}
#elif !defined FAULT
auto one_row_or_none_of_a_statement_without_rows(mica::Connection& connection) {
    return connection.one_or_none(mica::select<Car>());
}
#endif

// error: mica: a row is a storable value
#ifdef FAULT_row_of_a_tuple_with_an_unstorable_type
auto row_of_a_tuple_with_an_unstorable_type(mica::Connection& connection) {
    return connection.execute<std::tuple<int, int*>>("SELECT 1, 2");
}
#elif !defined FAULT
auto row_of_a_tuple_with_an_unstorable_type(mica::Connection& connection) {
    return connection.execute<std::tuple<int, int>>("SELECT 1, 2");
}
#endif

// error: mica: a row is a storable value
#ifdef FAULT_row_of_an_unstorable_type
auto row_of_an_unstorable_type(mica::Connection& connection) { return connection.execute<int*>("SELECT 1"); }
#elif !defined FAULT
auto row_of_an_unstorable_type(mica::Connection& connection) { return connection.execute<int>("SELECT 1"); }
#endif

// error: mica: a row is a storable value
#ifdef FAULT_row_of_an_unstorable_type_in_a_session
auto row_of_an_unstorable_type_in_a_session(mica::Session& session) { return session.execute<int*>("SELECT 1"); }
#elif !defined FAULT
auto row_of_an_unstorable_type_in_a_session(mica::Session& session) { return session.execute<int>("SELECT 1"); }
#endif

// error: mica: a row is a storable value
#if defined FAULT_row_with_a_constructor || !defined FAULT
namespace row_with_a_constructor {
struct Offer {
    std::string make;
    int price = 0;
#ifdef FAULT
    explicit Offer(std::string name);
#endif
};

auto use(mica::Connection& connection) { return connection.execute<Offer>("SELECT make, price FROM Car").all(); }
}  // namespace row_with_a_constructor
#endif

// error: mica: a row is a storable value
#if defined FAULT_row_with_an_unstorable_field || !defined FAULT
namespace row_with_an_unstorable_field {
struct Offer {
    std::string make;
#ifdef FAULT
    std::vector<int> prices;
#else
    int price = 0;
#endif
};

auto use(mica::Connection& connection) { return connection.execute<Offer>("SELECT make, price FROM Car").all(); }
}  // namespace row_with_an_unstorable_field
#endif

// error: mica: this statement gives no rows
#ifdef FAULT_rows_of_a_statement_without_rows
auto rows_of_a_statement_without_rows(mica::Connection& connection) {
    return connection.all(mica::delete_from<Car>().all_rows());
}
#elif !defined FAULT
auto rows_of_a_statement_without_rows(mica::Connection& connection) { return connection.all(mica::select<Car>()); }
#endif

// error: mica: this statement gives no rows
#ifdef FAULT_rows_of_a_statement_without_rows_in_a_session
auto rows_of_a_statement_without_rows_in_a_session(mica::Session& session) {
    return session.all(mica::delete_from<Car>().all_rows());
}
#elif !defined FAULT
auto rows_of_a_statement_without_rows_in_a_session(mica::Session& session) { return session.all(mica::select<Car>()); }
#endif

// error: mica: this statement gives no rows
#ifdef FAULT_scalar_of_a_statement_without_rows
auto scalar_of_a_statement_without_rows(mica::Connection& connection) {
    return connection.scalar(mica::insert_into<Car>().values(Car{}));
}
#elif !defined FAULT
auto scalar_of_a_statement_without_rows(mica::Connection& connection) {
    return connection.scalar(mica::select(col<&Car::id>));
}
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_unrelated_comparison_in_a_select_that_runs
auto unrelated_comparison_in_a_select_that_runs(mica::Connection& connection) {
    return connection.all(
        mica::select(col<&Car::make>).where(col<&Car::year> > "fast" && col<&Car::sold>).order_by(col<&Car::id>));
}
#elif !defined FAULT
auto unrelated_comparison_in_a_select_that_runs(mica::Connection& connection) {
    return connection.all(
        mica::select(col<&Car::make>).where(col<&Car::year> > 2000 && col<&Car::sold>).order_by(col<&Car::id>));
}
#endif
