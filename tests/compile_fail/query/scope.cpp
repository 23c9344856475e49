// SPDX-License-Identifier: BSL-1.0
// Whose columns a statement uses: those of the tables it reads from, of 32 at most.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

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
template <int number>
struct Part {
    std::int64_t id = 0;
    std::int64_t whole = 0;
};

using mica::col;

template <int... numbers>
auto parts(std::integer_sequence<int, numbers...>) {
    return mica::select<Part<0>>().where(((mica::col<&Part<numbers>::whole> == 1) && ...));
}

// error: mica: this statement uses a column of a table
#ifdef FAULT_column_of_another_table_in_a_delete
auto column_of_another_table_in_a_delete() { return mica::delete_from<Car>().where(col<&Maker::id> == 1); }
#elif !defined FAULT
auto column_of_another_table_in_a_delete() { return mica::delete_from<Car>().where(col<&Car::id> == 1); }
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_column_of_another_table_in_a_later_where
auto column_of_another_table_in_a_later_where(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(col<&Car::sold>).where(col<&Car::make> == col<&Maker::name>));
}
#elif !defined FAULT
auto column_of_another_table_in_a_later_where(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(col<&Car::sold>).where(col<&Car::make> == "Ford"));
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_column_of_another_table_in_an_update
void column_of_another_table_in_an_update(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::make> = "x").where(col<&Maker::id> == 1));
}
#elif !defined FAULT
void column_of_another_table_in_an_update(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::make> = "x").where(col<&Car::id> == 1));
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_column_of_another_table_in_order_by
auto column_of_another_table_in_order_by(mica::Connection& connection) {
    return connection.all(mica::select<Car>().order_by(col<&Maker::name>.desc()));
}
#elif !defined FAULT
auto column_of_another_table_in_order_by(mica::Connection& connection) {
    return connection.all(mica::select<Car>().order_by(col<&Car::make>.desc()));
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_column_of_another_table_in_set
void column_of_another_table_in_set(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::make> = col<&Maker::name>).all_rows());
}
#elif !defined FAULT
void column_of_another_table_in_set(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::make> = col<&Car::make>).all_rows());
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_column_of_another_table_in_where
auto column_of_another_table_in_where(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(col<&Maker::name> == "Ford"));
}
#elif !defined FAULT
auto column_of_another_table_in_where(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(col<&Car::make> == "Ford"));
}
#endif

// error: mica: a statement uses the columns of at most 32 tables
#ifdef FAULT_columns_of_thirty_three_tables
auto columns_of_thirty_three_tables() { return parts(std::make_integer_sequence<int, 33>{}); }
#elif !defined FAULT
auto columns_of_thirty_three_tables() { return parts(std::make_integer_sequence<int, 32>{}); }
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_columns_selected_from_another_table
auto columns_selected_from_another_table(mica::Connection& connection) {
    return connection.all(mica::select(col<&Car::make>).from<Maker>());
}
#elif !defined FAULT
auto columns_selected_from_another_table(mica::Connection& connection) {
    return connection.all(mica::select(col<&Car::make>).from<Car>());
}
#endif
