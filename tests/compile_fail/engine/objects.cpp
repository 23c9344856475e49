// SPDX-License-Identifier: BSL-1.0
// insert(), update() and remove() of objects: entities with a key.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
};
struct Keyless {
    std::int64_t number = 0;
    std::string make;
};

// error: mica: an entity needs a primary key
#ifdef FAULT_insert_of_a_list_of_objects_without_a_key
auto insert_of_a_list_of_objects_without_a_key(mica::Connection& connection) {
    return connection.insert({Keyless{}, Keyless{}});
}
#elif !defined FAULT
auto insert_of_a_list_of_objects_without_a_key(mica::Connection& connection) {
    return connection.insert({Car{}, Car{}});
}
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_insert_of_an_object_without_a_key
auto insert_of_an_object_without_a_key(mica::Connection& connection) { return connection.insert(Keyless{}); }
#elif !defined FAULT
auto insert_of_an_object_without_a_key(mica::Connection& connection) { return connection.insert(Car{}); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_insert_of_numbers
auto insert_of_numbers(mica::Connection& connection) { return connection.insert(std::vector<int>{1, 2}); }
#elif !defined FAULT
auto insert_of_numbers(mica::Connection& connection) { return connection.insert(std::vector<Car>(2)); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_insert_of_objects_without_a_key
auto insert_of_objects_without_a_key(mica::Connection& connection, std::vector<Keyless>& cars) {
    return connection.insert(cars);
}
#elif !defined FAULT
auto insert_of_objects_without_a_key(mica::Connection& connection, std::vector<Car>& cars) {
    return connection.insert(cars);
}
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_insert_of_pointers
auto insert_of_pointers(mica::Connection& connection, const std::vector<Car*>& cars) { return connection.insert(cars); }
#elif !defined FAULT
auto insert_of_pointers(mica::Connection& connection, const std::vector<Car*>& cars) {
    return connection.insert(*cars.front());
}
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_remove_of_a_key
auto remove_of_a_key(mica::Connection& connection) { return connection.remove(7); }
#elif !defined FAULT
auto remove_of_a_key(mica::Connection& connection) { return connection.remove(Car{.id = 7, .make = {}}); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_remove_of_an_object_without_a_key
auto remove_of_an_object_without_a_key(mica::Connection& connection, const Keyless& car) {
    return connection.remove(car);
}
#elif !defined FAULT
auto remove_of_an_object_without_a_key(mica::Connection& connection, const Car& car) { return connection.remove(car); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_update_of_an_object_without_a_key
auto update_of_an_object_without_a_key(mica::Connection& connection, const Keyless& car) {
    return connection.update(car);
}
#elif !defined FAULT
auto update_of_an_object_without_a_key(mica::Connection& connection, const Car& car) { return connection.update(car); }
#endif

// error: mica: update\(\) writes the columns that are no part of the primary key
#if defined FAULT_update_of_objects_that_are_keys || !defined FAULT
namespace update_of_objects_that_are_keys {
struct Pair {
    int a = 0;
    int b = 0;
#ifndef FAULT
    int c = 0;
#endif

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Pair::a, &Pair::b>); }
};

auto use(mica::Connection& connection, std::vector<Pair>& pairs) { return connection.update(pairs); }
}  // namespace update_of_objects_that_are_keys
#endif

// error: mica: a handle's object belongs to its session
#ifdef FAULT_update_of_a_handle
auto update_of_a_handle(mica::Connection& connection, const mica::Ref<Car>& car) { return connection.update(car); }
#elif !defined FAULT
auto update_of_a_handle(mica::Connection& connection, const mica::Ref<Car>& car) { return connection.update(*car); }
#endif

// error: mica: a handle's object belongs to its session
#ifdef FAULT_upsert_of_handles
auto upsert_of_handles(mica::Connection& connection, std::vector<mica::Ref<Car>>& cars) {
    return connection.upsert(cars);
}
#elif !defined FAULT
auto upsert_of_handles(mica::Connection& connection, std::vector<Car>& cars) { return connection.upsert(cars); }
#endif

// error: mica: upsert\(\) cannot tell a table that is called excluded
#if defined FAULT_upsert_into_a_table_called_excluded || !defined FAULT
namespace upsert_into_a_table_called_excluded {
struct Row {
    std::int64_t id = 0;
    int count = 0;
#ifdef FAULT
    static constexpr auto mapping() { return mica::table("excluded"); }
#else
    static constexpr auto mapping() { return mica::table("included"); }
#endif
};

auto use(mica::Connection& connection, const Row& row) { return connection.upsert(row); }
}  // namespace upsert_into_a_table_called_excluded
#endif
