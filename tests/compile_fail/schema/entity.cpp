// SPDX-License-Identifier: BSL-1.0
// What makes a struct an entity.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// error: mica: an entity has no base class
#if defined FAULT_base_class || !defined FAULT
namespace base_class {
struct Vehicle {
    std::int64_t id = 0;
};

#ifdef FAULT
struct Car : Vehicle {
    std::string make;
};
#else
struct Car {
    std::int64_t id = 0;
    std::string make;
};
#endif

auto statement() { return mica::select<Car>(); }
}  // namespace base_class
#endif

// error: mica: an entity has no base class
#if defined FAULT_base_class_with_own_key || !defined FAULT
namespace base_class_with_own_key {
struct Vehicle {
    std::string make;
};

#ifdef FAULT
struct Car : Vehicle {
    std::int64_t id = 0;
};
#else
struct Car {
    std::int64_t id = 0;
    Vehicle vehicle;
};
#endif

void use(mica::Session& session) { session.add(Car{}); }
}  // namespace base_class_with_own_key
#endif

// error: mica: mapping\(\) must be static constexpr; a text in it is a literal, no std::string_view
#if defined FAULT_mapping_that_is_not_constexpr || !defined FAULT
namespace mapping_that_is_not_constexpr {
struct Car {
    std::int64_t id = 0;
    std::string make;

#ifdef FAULT
    static auto mapping() { return mica::table("cars"); }
#else
    static constexpr auto mapping() { return mica::table("cars"); }
#endif
};

constexpr std::string_view text = mica::ddl<Car>;
}  // namespace mapping_that_is_not_constexpr
#endif

// error: mica: mapping\(\) must be static constexpr; a text in it is a literal, no std::string_view
#if defined FAULT_mapping_that_is_not_static || !defined FAULT
namespace mapping_that_is_not_static {
struct Car {
    std::int64_t id = 0;
    std::string make;

#ifdef FAULT
    constexpr auto mapping() const { return mica::table("cars"); }
#else
    static constexpr auto mapping() { return mica::table("cars"); }
#endif
};

auto statement() { return mica::select<Car>(); }
}  // namespace mapping_that_is_not_static
#endif

// error: mica: mapping\(\) must be static constexpr; a text in it is a literal, no std::string_view
#if defined FAULT_mapping_with_a_text_that_is_no_literal || !defined FAULT
namespace mapping_with_a_text_that_is_no_literal {
struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table("cars", mica::check(mica::col<&Car::make> != std::string_view{"none"}));
#else
        return mica::table("cars", mica::check(mica::col<&Car::make> != "none"));
#endif
    }
};

auto statement() { return mica::select<Car>(); }
}  // namespace mapping_with_a_text_that_is_no_literal
#endif

// error: mica: a primary key's field cannot be std::optional
#if defined FAULT_nullable_key || !defined FAULT
namespace nullable_key {
struct Car {
#ifdef FAULT
    std::optional<std::int64_t> id;
#else
    std::int64_t id = 0;
#endif
    std::string make;
};

bool use(mica::Session& session) { return bool(session.get<Car>(1)); }
}  // namespace nullable_key
#endif

// error: mica: an entity is an aggregate
#if defined FAULT_private_field || !defined FAULT
namespace private_field {
class Car {
#ifndef FAULT
public:
#endif
    std::int64_t id = 0;
    std::string make;
};

auto statement() { return mica::select<Car>(); }
}  // namespace private_field
#endif

// error: mica: an entity has one primary_key<>
#if defined FAULT_two_primary_keys || !defined FAULT
namespace two_primary_keys {
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::primary_key<&Car::make>, mica::primary_key<&Car::year>);
#else
        return mica::table(mica::primary_key<&Car::make, &Car::year>);
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace two_primary_keys
#endif
