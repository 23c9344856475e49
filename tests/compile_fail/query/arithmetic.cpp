// SPDX-License-Identifier: BSL-1.0
// Operands of arithmetic and of the bit operators.
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
    double weight = 0;
};

using mica::col;

// error: mica: texts are put together by \|\|, not by \+
#ifdef FAULT_added_texts
auto added_texts() { return mica::select(col<&Car::make> + "!"); }
#elif !defined FAULT
auto added_texts() { return mica::select(col<&Car::make> || "!"); }
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

// error: mica: arithmetic needs numbers on both sides
#ifdef FAULT_texts_added
auto texts_added() { return mica::select(col<&Car::make> + " cars"); }
#elif !defined FAULT
auto texts_added() { return mica::select(col<&Car::make> || " cars"); }
#endif
