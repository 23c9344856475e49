// SPDX-License-Identifier: BSL-1.0
// Every way to use a struct with a constructor says the same.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
};
struct Closed {
    std::int64_t id = 0;
    std::string make;
    explicit Closed(std::string name);
};

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_connection_all
auto not_an_aggregate_in_connection_all(mica::Connection& connection) {
    return connection.all(mica::select<Closed>().where(mica::col<&Closed::make> == "Ford"));
}
#elif !defined FAULT
auto not_an_aggregate_in_connection_all(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(mica::col<&Car::make> == "Ford"));
}
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_create_all
void not_an_aggregate_in_create_all(const mica::Engine& engine) { engine.create_all<Closed>(); }
#elif !defined FAULT
void not_an_aggregate_in_create_all(const mica::Engine& engine) { engine.create_all<Car>(); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_ddl
auto not_an_aggregate_in_ddl() { return mica::ddl<Closed>; }
#elif !defined FAULT
auto not_an_aggregate_in_ddl() { return mica::ddl<Car>; }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_delete_from
auto not_an_aggregate_in_delete_from() { return mica::delete_from<Closed>().where(mica::col<&Closed::make> == "Ford"); }
#elif !defined FAULT
auto not_an_aggregate_in_delete_from() { return mica::delete_from<Car>().where(mica::col<&Car::make> == "Ford"); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_drop_all
void not_an_aggregate_in_drop_all(const mica::Engine& engine) { engine.drop_all<Closed>(); }
#elif !defined FAULT
void not_an_aggregate_in_drop_all(const mica::Engine& engine) { engine.drop_all<Car>(); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_insert_values
auto not_an_aggregate_in_insert_values(Closed car) { return mica::insert_into<Closed>().values(car); }
#elif !defined FAULT
auto not_an_aggregate_in_insert_values(Car car) { return mica::insert_into<Car>().values(car); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_select
auto not_an_aggregate_in_select() { return mica::select<Closed>(); }
#elif !defined FAULT
auto not_an_aggregate_in_select() { return mica::select<Car>(); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_select_column
auto not_an_aggregate_in_select_column() { return mica::select(mica::col<&Closed::make>); }
#elif !defined FAULT
auto not_an_aggregate_in_select_column() { return mica::select(mica::col<&Car::make>); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_select_from
auto not_an_aggregate_in_select_from() { return mica::select(mica::col<&Closed::make> == "Ford").from<Closed>(); }
#elif !defined FAULT
auto not_an_aggregate_in_select_from() { return mica::select(mica::col<&Car::make> == "Ford").from<Car>(); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_session_add
void not_an_aggregate_in_session_add(mica::Session& session, Closed car) { session.add(std::move(car)); }
#elif !defined FAULT
void not_an_aggregate_in_session_add(mica::Session& session, Car car) { session.add(std::move(car)); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_session_add_all
void not_an_aggregate_in_session_add_all(mica::Session& session, const std::vector<Closed>& cars) {
    session.add_all(cars);
}
#elif !defined FAULT
void not_an_aggregate_in_session_add_all(mica::Session& session, const std::vector<Car>& cars) {
    session.add_all(cars);
}
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_session_get
bool not_an_aggregate_in_session_get(mica::Session& session) { return bool(session.get<Closed>(1)); }
#elif !defined FAULT
bool not_an_aggregate_in_session_get(mica::Session& session) { return bool(session.get<Car>(1)); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_session_query
bool not_an_aggregate_in_session_query(mica::Session& session) {
    return session.query<Closed>().where(mica::col<&Closed::make> == "Ford").exists();
}
#elif !defined FAULT
bool not_an_aggregate_in_session_query(mica::Session& session) {
    return session.query<Car>().where(mica::col<&Car::make> == "Ford").exists();
}
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_not_an_aggregate_in_update
auto not_an_aggregate_in_update() { return mica::update<Closed>().set(mica::col<&Closed::make> = "Ford").all_rows(); }
#elif !defined FAULT
auto not_an_aggregate_in_update() { return mica::update<Car>().set(mica::col<&Car::make> = "Ford").all_rows(); }
#endif
