// SPDX-License-Identifier: BSL-1.0
// Keys of a session's get() and get_many().
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
struct Wheel {
    std::int64_t car_id = 0;
    std::string position;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};

// error: mica: a key's value must have the type
#ifdef FAULT_get_many_by_keys_of_another_type
auto get_many_by_keys_of_another_type(mica::Session& session) { return session.get_many<Car>(std::vector<double>{7}); }
#elif !defined FAULT
auto get_many_by_keys_of_another_type(mica::Session& session) { return session.get_many<Car>(std::vector<int>{7}); }
#endif

// error: mica: a session keeps its objects
#ifdef FAULT_get_many_of_an_entity_with_a_view
auto get_many_of_an_entity_with_a_view(mica::Session& session, const std::vector<int>& keys) {
    return session.get_many<CarView>(keys).size();
}
#elif !defined FAULT
auto get_many_of_an_entity_with_a_view(mica::Session& session, const std::vector<int>& keys) {
    return session.get_many<Car>(keys).size();
}
#endif

// error: mica: a session keeps its objects
#ifdef FAULT_get_of_an_entity_with_a_view
bool get_of_an_entity_with_a_view(mica::Session& session) { return bool(session.get<CarView>(1)); }
#elif !defined FAULT
bool get_of_an_entity_with_a_view(mica::Session& session) { return bool(session.get<Car>(1)); }
#endif

// error: mica: a key's value must have the type
#ifdef FAULT_get_with_a_composite_key_in_another_order
bool get_with_a_composite_key_in_another_order(mica::Session& session) {
    return bool(session.get<Wheel>("front left", 1));
}
#elif !defined FAULT
bool get_with_a_composite_key_in_another_order(mica::Session& session) {
    return bool(session.get<Wheel>(1, "front left"));
}
#endif

// error: mica: a key's value must have the type
#ifdef FAULT_get_with_a_fraction
bool get_with_a_fraction(mica::Session& session) { return bool(session.get<Car>(1.5)); }
#elif !defined FAULT
bool get_with_a_fraction(mica::Session& session) { return bool(session.get<Car>(1)); }
#endif

// error: mica: a key's value must have the type
#ifdef FAULT_get_with_a_key_of_another_type
bool get_with_a_key_of_another_type(mica::Session& session) { return bool(session.get<Car>("Ford")); }
#elif !defined FAULT
bool get_with_a_key_of_another_type(mica::Session& session) { return bool(session.get<Car>(1)); }
#endif

// error: mica: get\(\) needs as many values
#ifdef FAULT_get_with_too_few_values
bool get_with_too_few_values(mica::Session& session) { return bool(session.get<Wheel>(1)); }
#elif !defined FAULT
bool get_with_too_few_values(mica::Session& session) { return bool(session.get<Wheel>(1, "front left")); }
#endif

// error: mica: get\(\) needs as many values
#ifdef FAULT_get_with_too_many_values
bool get_with_too_many_values(mica::Session& session) { return bool(session.get<Car>(1, 2)); }
#elif !defined FAULT
bool get_with_too_many_values(mica::Session& session) { return bool(session.get<Car>(1)); }
#endif

// error: mica: get\(\) needs as many values
#ifdef FAULT_get_without_a_key
bool get_without_a_key(mica::Session& session) { return bool(session.get<Car>()); }
#elif !defined FAULT
bool get_without_a_key(mica::Session& session) { return bool(session.get<Car>(1)); }
#endif

// error: mica: a key's value must have the type
#ifdef FAULT_query_get_with_a_key_of_another_type
bool query_get_with_a_key_of_another_type(mica::Session& session) { return bool(session.query<Car>().get("Ford")); }
#elif !defined FAULT
bool query_get_with_a_key_of_another_type(mica::Session& session) { return bool(session.query<Car>().get(1)); }
#endif
