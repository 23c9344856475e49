// SPDX-License-Identifier: BSL-1.0
// Operands of arithmetic and of the bit operators.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Serial {
    std::int64_t number = 0;
};
template <>
struct mica::Codec<Serial> {
    using Storage = std::int64_t;
    static std::int64_t encode(const Serial& serial) { return serial.number; }
    static Serial decode(std::int64_t stored) { return {stored}; }
};

struct Car {
    std::int64_t id = 0;
    Serial serial{};
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
    double weight = 0;
};

using mica::col;

// error: mica: the codec of this type does not say that its values add
#ifdef FAULT_doubled_serial
auto doubled_serial() { return mica::select(col<&Car::serial> * 2); }
#elif !defined FAULT
auto doubled_serial() { return mica::select(col<&Car::serial>.cast<std::int64_t>() * 2); }
#endif

// error: mica: & \| ~ << >> need integers
#ifdef FAULT_bits_of_a_real_number
auto bits_of_a_real_number() { return mica::select(~col<&Car::weight>); }
#elif !defined FAULT
auto bits_of_a_real_number() { return mica::select(~col<&Car::year>); }
#endif

// error: mica: & \| ~ << >> need integers
#ifdef FAULT_bits_of_text
auto bits_of_text() { return mica::select(col<&Car::year> & "1"); }
#elif !defined FAULT
auto bits_of_text() { return mica::select(col<&Car::year> & 1); }
#endif

// error: mica: arithmetic needs numbers on both sides
#ifdef FAULT_null_added
auto null_added() { return mica::select(col<&Car::year> + std::nullopt); }
#elif !defined FAULT
auto null_added() { return mica::select(col<&Car::year> + 1); }
#endif

// error: mica: arithmetic needs numbers on both sides
#ifdef FAULT_number_added_to_text
auto number_added_to_text() { return mica::select<Car>().where(col<&Car::make> + 1 == 2); }
#elif !defined FAULT
auto number_added_to_text() { return mica::select<Car>().where(col<&Car::year> + 1 == 2); }
#endif

// error: mica: arithmetic needs numbers on both sides
#ifdef FAULT_text_added_to_a_number
auto text_added_to_a_number() { return mica::select(col<&Car::year> + "1"); }
#elif !defined FAULT
auto text_added_to_a_number() { return mica::select(col<&Car::year> + 1); }
#endif

// error: mica: arithmetic needs numbers on both sides
#ifdef FAULT_text_negated
auto text_negated() { return mica::select(-col<&Car::make>); }
#elif !defined FAULT
auto text_negated() { return mica::select(-col<&Car::year>); }
#endif

// error: mica: texts are put together by \|\|, not by \+
#ifdef FAULT_texts_added
auto texts_added() { return mica::select(col<&Car::make> + " cars"); }
#elif !defined FAULT
auto texts_added() { return mica::select(col<&Car::make> || " cars"); }
#endif
