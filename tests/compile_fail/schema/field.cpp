// SPDX-License-Identifier: BSL-1.0
// Fields that no column can hold.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <vector>

// error: mica: an entity has no C array, no reference
#if defined FAULT_c_array || !defined FAULT
namespace c_array {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    int gears[3] = {};
#else
    int first_gear = 0;
#endif
};

auto statement() { return mica::select<Car>(); }
}  // namespace c_array
#endif

// error: mica: a field of this entity has a type that mica cannot store
#if defined FAULT_c_array_in_an_embedded_object || !defined FAULT
namespace c_array_in_an_embedded_object {
struct Engine {
#ifdef FAULT
    int cylinders[12] = {};
#else
    int cylinders = 12;
#endif
};
struct Car {
    std::int64_t id = 0;
    Engine engine;
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace c_array_in_an_embedded_object
#endif

// error: mica: a char is neither a number nor a text; use std::int8_t, std::string
#if defined FAULT_char || !defined FAULT
namespace character {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    char grade = 'a';
#else
    std::int8_t grade = 'a';
#endif
};

auto statement() { return mica::select<Car>(); }
}  // namespace character
#endif

// error: mica: an entity has no C array, no reference
#if defined FAULT_char_array || !defined FAULT
namespace char_array {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    char make[64] = {};
#else
    std::string make;
#endif
    int year = 0;
};

void use(mica::Session& session) { session.add(Car{}); }
}  // namespace char_array
#endif

// error: mica: an entity has no C array, no reference
#if defined FAULT_const_field || !defined FAULT
namespace const_field {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    const std::string make;
#else
    std::string make;
#endif
};

auto statement() { return mica::select<Car>(); }
}  // namespace const_field
#endif

// error: mica: an entity has no C array, no reference
#if defined FAULT_const_reference_field || !defined FAULT
namespace const_reference_field {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    const std::string& make;
#else
    std::string make;
#endif
};

auto statement() { return mica::select<Car>(); }
}  // namespace const_reference_field
#endif

// error: mica: a field of this entity has a type that mica cannot store
#if defined FAULT_field_without_codec || !defined FAULT
class Paint {
public:
    Paint() = default;
    explicit Paint(int rgb) : rgb_(rgb) {}
    int rgb() const { return rgb_; }

private:
    int rgb_ = 0;
};

#ifndef FAULT
template <>
struct mica::Codec<Paint> {
    using Storage = std::int64_t;
    static std::int64_t encode(const Paint& paint) { return paint.rgb(); }
    static Paint decode(std::int64_t stored) { return Paint{static_cast<int>(stored)}; }
};
#endif

struct PaintedCar {
    std::int64_t id = 0;
    Paint paint;
};

void use(const mica::Engine& engine) { engine.create_all<PaintedCar>(); }
#endif

// error: mica: std::uint64_t does not fit
#if defined FAULT_optional_uint64_field || !defined FAULT
namespace optional_uint64_field {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    std::optional<std::uint64_t> mileage;
#else
    std::optional<std::int64_t> mileage;
#endif
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace optional_uint64_field
#endif

// error: mica: a field of this entity has a type that mica cannot store
#if defined FAULT_pointer_field || !defined FAULT
namespace pointer_field {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    const char* make = nullptr;
#else
    std::string make;
#endif
};

void use(mica::Session& session) { session.add(Car{}); }
}  // namespace pointer_field
#endif

// error: mica: an entity has no C array, no reference
#if defined FAULT_reference_field || !defined FAULT
namespace reference_field {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    std::string& make;
#else
    std::string make;
#endif
};

bool use(mica::Session& session) { return bool(session.get<Car>(1)); }
}  // namespace reference_field
#endif

// error: mica: a field of this entity has a type that mica cannot store
#if defined FAULT_tick_of_a_third_of_a_second || !defined FAULT
namespace tick_of_a_third_of_a_second {
#ifdef FAULT
using Tick = std::chrono::duration<std::int64_t, std::ratio<1, 3>>;
#else
using Tick = std::chrono::milliseconds;
#endif

struct Lap {
    std::int64_t id = 0;
    std::chrono::sys_time<Tick> finished{};
};

void use(const mica::Engine& engine) { engine.create_all<Lap>(); }
}  // namespace tick_of_a_third_of_a_second
#endif

// error: mica: std::uint64_t does not fit
#if defined FAULT_uint64_field || !defined FAULT
namespace uint64_field {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    std::uint64_t mileage = 0;
#else
    std::uint32_t mileage = 0;
#endif
};

auto statement() { return mica::insert_into<Car>(); }
}  // namespace uint64_field
#endif

// error: mica: std::uint64_t does not fit
#if defined FAULT_uint64_in_an_embedded_object || !defined FAULT
namespace uint64_in_an_embedded_object {
struct Odometer {
#ifdef FAULT
    std::uint64_t mileage = 0;
#else
    std::int64_t mileage = 0;
#endif
};
struct Car {
    std::int64_t id = 0;
    Odometer odometer;
};

auto statement() { return mica::select<Car>(); }
}  // namespace uint64_in_an_embedded_object
#endif

// error: mica: a field of this entity has a type that mica cannot store
#if defined FAULT_vector_of_ints || !defined FAULT
namespace vector_of_ints {
struct Car {
    std::int64_t id = 0;
    std::vector<int> gears;

#ifndef FAULT
    static constexpr auto mapping() { return mica::table(mica::ignore<&Car::gears>); }
#endif
};

auto statement() { return mica::insert_into<Car>(); }
}  // namespace vector_of_ints
#endif

// error: mica: an embedded object in a std::optional needs a field that is no std::optional
#if defined FAULT_optional_of_optionals || !defined FAULT
namespace optional_of_optionals {
struct Engine {
#ifdef FAULT
    std::optional<int> cylinders;
#else
    int cylinders = 12;
#endif
    std::optional<std::string> name;
};
struct Car {
    std::int64_t id = 0;
    std::optional<Engine> engine;
};

auto statement() { return mica::select<Car>(); }
}  // namespace optional_of_optionals
#endif
