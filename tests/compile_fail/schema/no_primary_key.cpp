// SPDX-License-Identifier: BSL-1.0
// Every way to use a struct without a key says the same.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Car {
    std::string make;
    std::int64_t id = 0;
};
struct Keyless {
    std::string make;
};

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_connection_all
auto no_primary_key_in_connection_all(mica::Connection& connection) {
    return connection.all(mica::select<Keyless>().where(mica::col<&Keyless::make> == "Ford"));
}
#elif !defined FAULT
auto no_primary_key_in_connection_all(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(mica::col<&Car::make> == "Ford"));
}
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_create_all
void no_primary_key_in_create_all(const mica::Engine& engine) { engine.create_all<Keyless>(); }
#elif !defined FAULT
void no_primary_key_in_create_all(const mica::Engine& engine) { engine.create_all<Car>(); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_ddl
auto no_primary_key_in_ddl() { return mica::ddl<Keyless>; }
#elif !defined FAULT
auto no_primary_key_in_ddl() { return mica::ddl<Car>; }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_delete_from
auto no_primary_key_in_delete_from() { return mica::delete_from<Keyless>().where(mica::col<&Keyless::make> == "Ford"); }
#elif !defined FAULT
auto no_primary_key_in_delete_from() { return mica::delete_from<Car>().where(mica::col<&Car::make> == "Ford"); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_drop_all
void no_primary_key_in_drop_all(const mica::Engine& engine) { engine.drop_all<Keyless>(); }
#elif !defined FAULT
void no_primary_key_in_drop_all(const mica::Engine& engine) { engine.drop_all<Car>(); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_insert_values
auto no_primary_key_in_insert_values(Keyless car) { return mica::insert_into<Keyless>().values(car); }
#elif !defined FAULT
auto no_primary_key_in_insert_values(Car car) { return mica::insert_into<Car>().values(car); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_select
auto no_primary_key_in_select() { return mica::select<Keyless>(); }
#elif !defined FAULT
auto no_primary_key_in_select() { return mica::select<Car>(); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_select_column
auto no_primary_key_in_select_column() { return mica::select(mica::col<&Keyless::make>); }
#elif !defined FAULT
auto no_primary_key_in_select_column() { return mica::select(mica::col<&Car::make>); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_select_from
auto no_primary_key_in_select_from() { return mica::select(mica::col<&Keyless::make> == "Ford").from<Keyless>(); }
#elif !defined FAULT
auto no_primary_key_in_select_from() { return mica::select(mica::col<&Car::make> == "Ford").from<Car>(); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_session_add
void no_primary_key_in_session_add(mica::Session& session, Keyless car) { session.add(std::move(car)); }
#elif !defined FAULT
void no_primary_key_in_session_add(mica::Session& session, Car car) { session.add(std::move(car)); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_session_add_all
void no_primary_key_in_session_add_all(mica::Session& session, const std::vector<Keyless>& cars) {
    session.add_all(cars);
}
#elif !defined FAULT
void no_primary_key_in_session_add_all(mica::Session& session, const std::vector<Car>& cars) { session.add_all(cars); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_session_get
bool no_primary_key_in_session_get(mica::Session& session) { return bool(session.get<Keyless>(1)); }
#elif !defined FAULT
bool no_primary_key_in_session_get(mica::Session& session) { return bool(session.get<Car>(1)); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_session_query
bool no_primary_key_in_session_query(mica::Session& session) {
    return session.query<Keyless>().where(mica::col<&Keyless::make> == "Ford").exists();
}
#elif !defined FAULT
bool no_primary_key_in_session_query(mica::Session& session) {
    return session.query<Car>().where(mica::col<&Car::make> == "Ford").exists();
}
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_no_primary_key_in_update
auto no_primary_key_in_update() { return mica::update<Keyless>().set(mica::col<&Keyless::make> = "Ford").all_rows(); }
#elif !defined FAULT
auto no_primary_key_in_update() { return mica::update<Car>().set(mica::col<&Car::make> = "Ford").all_rows(); }
#endif
