// SPDX-License-Identifier: BSL-1.0
// Keys of get() and get_many(): as many values, of the types that the entity's key has.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Wheel {
    std::int64_t car_id = 0;
    std::string position;
    int size = 0;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};
struct Car {
    std::int64_t id = 0;
    std::string make;
};
struct Keyless {
    std::int64_t number = 0;
    std::string make;
};
struct CarView {
    std::int64_t id = 0;
    std::string_view make;
};

// error: mica: get_many\(\) takes a range of keys
#ifdef FAULT_get_many_by_half_a_key
auto get_many_by_half_a_key(mica::Connection& connection) { return connection.get_many<Wheel>(std::vector<int>{7}); }
#elif !defined FAULT
auto get_many_by_half_a_key(mica::Connection& connection) { return connection.get_many<Wheel>({{7, "front left"}}); }
#endif

// error: mica: a key's value must have the type
#ifdef FAULT_get_many_by_keys_in_another_order
auto get_many_by_keys_in_another_order(mica::Connection& connection) {
    return connection.get_many<Wheel>(std::vector<std::pair<std::string, int>>{{"front left", 7}});
}
#elif !defined FAULT
auto get_many_by_keys_in_another_order(mica::Connection& connection) {
    return connection.get_many<Wheel>(std::vector<std::pair<int, std::string>>{{7, "front left"}});
}
#endif

// error: mica: a key's value must have the type
#ifdef FAULT_get_many_by_keys_of_another_type
auto get_many_by_keys_of_another_type(mica::Connection& connection) {
    return connection.get_many<Car>(std::vector<std::string>{"7"});
}
#elif !defined FAULT
auto get_many_by_keys_of_another_type(mica::Connection& connection) {
    return connection.get_many<Car>(std::vector<unsigned char>{7});
}
#endif

// error: mica: get_many\(\) takes a range of keys
#ifdef FAULT_get_many_by_one_key
auto get_many_by_one_key(mica::Connection& connection) { return connection.get_many<Car>(7); }
#elif !defined FAULT
auto get_many_by_one_key(mica::Connection& connection) { return connection.get_many<Car>({7}); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_get_many_of_a_struct_without_a_key
auto get_many_of_a_struct_without_a_key(mica::Connection& connection, const std::vector<int>& keys) {
    return connection.get_many<Keyless>(keys);
}
#elif !defined FAULT
auto get_many_of_a_struct_without_a_key(mica::Connection& connection, const std::vector<int>& keys) {
    return connection.get_many<Car>(keys);
}
#endif

// error: mica: a row with a std::string_view
#ifdef FAULT_get_many_of_an_entity_with_a_view
auto get_many_of_an_entity_with_a_view(mica::Connection& connection, const std::vector<int>& keys) {
    return connection.get_many<CarView>(keys).size();
}
#elif !defined FAULT
auto get_many_of_an_entity_with_a_view(mica::Connection& connection, const std::vector<int>& keys) {
    return connection.get_many<Car>(keys).size();
}
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_get_of_a_struct_without_a_key
bool get_of_a_struct_without_a_key(mica::Connection& connection) { return connection.get<Keyless>(7).has_value(); }
#elif !defined FAULT
bool get_of_a_struct_without_a_key(mica::Connection& connection) { return connection.get<Car>(7).has_value(); }
#endif

// error: mica: a row with a std::string_view
#ifdef FAULT_get_of_an_entity_with_a_view
bool get_of_an_entity_with_a_view(mica::Connection& connection) { return connection.get<CarView>(7).has_value(); }
#elif !defined FAULT
bool get_of_an_entity_with_a_view(mica::Connection& connection) { return connection.get<Car>(7).has_value(); }
#endif

// error: mica: a key's value must have the type
#ifdef FAULT_get_with_a_key_of_another_type
auto get_with_a_key_of_another_type(mica::Reader& reader) { return reader.get<Car>("7"); }
#elif !defined FAULT
auto get_with_a_key_of_another_type(mica::Reader& reader) { return reader.get<Car>(7); }
#endif

// error: mica: get\(\) needs as many values
#ifdef FAULT_get_with_half_a_key
auto get_with_half_a_key(mica::Connection& connection) { return connection.get<Wheel>(7); }
#elif !defined FAULT
auto get_with_half_a_key(mica::Connection& connection) { return connection.get<Wheel>(7, "front left"); }
#endif
