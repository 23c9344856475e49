// SPDX-License-Identifier: BSL-1.0
// Writes that run: with set(), and with where() or all_rows().
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};

using mica::col;

// error: mica: an update or delete without where
#ifdef FAULT_delete_without_where
auto delete_without_where(mica::Connection& connection) { return connection.execute(mica::delete_from<Car>()); }
#elif !defined FAULT
auto delete_without_where(mica::Connection& connection) {
    return connection.execute(mica::delete_from<Car>().all_rows());
}
#endif

// error: mica: an update or delete without where
#ifdef FAULT_delete_without_where_in_a_session
auto delete_without_where_in_a_session(mica::Session& session) { return session.execute(mica::delete_from<Car>()); }
#elif !defined FAULT
auto delete_without_where_in_a_session(mica::Session& session) {
    return session.execute(mica::delete_from<Car>().all_rows());
}
#endif

// error: mica: a column can only be set to a value of its own type
#ifdef FAULT_set_to_another_type_in_an_update_that_runs
auto set_to_another_type_in_an_update_that_runs(mica::Connection& connection) {
    return connection.execute(mica::update<Car>().set(col<&Car::year> = "new").where(col<&Car::id> == 1));
}
#elif !defined FAULT
auto set_to_another_type_in_an_update_that_runs(mica::Connection& connection) {
    return connection.execute(mica::update<Car>().set(col<&Car::year> = 1).where(col<&Car::id> == 1));
}
#endif

// error: nodiscard
#ifdef FAULT_statement_that_nobody_runs
#pragma GCC diagnostic error "-Wunused-result"
void statement_that_nobody_runs(mica::Connection&) { mica::delete_from<Car>().all_rows(); }
#elif !defined FAULT
#pragma GCC diagnostic error "-Wunused-result"
void statement_that_nobody_runs(mica::Connection& connection) {
    connection.execute(mica::delete_from<Car>().all_rows());
}
#endif

// error: mica: an update needs set\(\)
#ifdef FAULT_update_without_set
auto update_without_set(mica::Connection& connection) {
    return connection.execute(mica::update<Car>().where(col<&Car::id> == 1));
}
#elif !defined FAULT
auto update_without_set(mica::Connection& connection) {
    return connection.execute(mica::update<Car>().set(col<&Car::year> = 1).where(col<&Car::id> == 1));
}
#endif

// error: mica: an update needs set\(\)
#ifdef FAULT_update_without_set_and_where
auto update_without_set_and_where(mica::Connection& connection) { return connection.execute(mica::update<Car>()); }
#elif !defined FAULT
auto update_without_set_and_where(mica::Connection& connection) {
    return connection.execute(mica::update<Car>().set(col<&Car::year> = 1).all_rows());
}
#endif

// error: mica: an update or delete without where
#ifdef FAULT_update_without_where
auto update_without_where(mica::Connection& connection) {
    return connection.execute(mica::update<Car>().set(col<&Car::year> = 1));
}
#elif !defined FAULT
auto update_without_where(mica::Connection& connection) {
    return connection.execute(mica::update<Car>().set(col<&Car::year> = 1).all_rows());
}
#endif

// error: mica: an update or delete without where
#ifdef FAULT_update_without_where_in_a_session
auto update_without_where_in_a_session(mica::Session& session) {
    return session.execute(mica::update<Car>().set(col<&Car::year> = 1));
}
#elif !defined FAULT
auto update_without_where_in_a_session(mica::Session& session) {
    return session.execute(mica::update<Car>().set(col<&Car::year> = 1).all_rows());
}
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_where_with_a_number_in_a_delete_that_runs
auto where_with_a_number_in_a_delete_that_runs(mica::Connection& connection) {
    return connection.execute(mica::delete_from<Car>().where(col<&Car::year>));
}
#elif !defined FAULT
auto where_with_a_number_in_a_delete_that_runs(mica::Connection& connection) {
    return connection.execute(mica::delete_from<Car>().where(col<&Car::sold>));
}
#endif
