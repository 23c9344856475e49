// SPDX-License-Identifier: BSL-1.0
// Operands of a comparison: related types.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

struct Race {
    std::int64_t id = 0;
    std::chrono::sys_days day{};
};
enum class Fuel { petrol, diesel };
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
    Fuel fuel = Fuel::petrol;
    std::optional<Fuel> spare;
};

using mica::col;

// error: mica: an unsigned integer of 64 bits, as size\(\) gives one
#ifdef FAULT_a_number_and_a_size
auto a_number_and_a_size(const std::string& text) { return mica::select<Car>().where(col<&Car::year> == text.size()); }
#elif !defined FAULT
auto a_number_and_a_size(const std::string& text) {
    return mica::select<Car>().where(col<&Car::year> == static_cast<std::int64_t>(text.size()));
}
#endif

// error: mica: between\(\) needs two values
#ifdef FAULT_between_a_number_and_a_text
auto between_a_number_and_a_text() { return mica::select<Car>().where(col<&Car::price>.between(1, "2")); }
#elif !defined FAULT
auto between_a_number_and_a_text() { return mica::select<Car>().where(col<&Car::price>.between(1, 2)); }
#endif

// error: mica: between\(\) needs two values
#ifdef FAULT_between_values_of_another_type
auto between_values_of_another_type() { return mica::select<Car>().where(col<&Car::year>.between("1", "2")); }
#elif !defined FAULT
auto between_values_of_another_type() { return mica::select<Car>().where(col<&Car::year>.between(1, 2)); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_boolean_compared_with_integer
auto boolean_compared_with_integer() { return mica::select<Car>().where(col<&Car::sold> == 1); }
#elif !defined FAULT
auto boolean_compared_with_integer() { return mica::select<Car>().where(col<&Car::sold> == true); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_columns_of_unrelated_types_compared
auto columns_of_unrelated_types_compared() { return mica::select<Car>().where(col<&Car::make> == col<&Car::year>); }
#elif !defined FAULT
auto columns_of_unrelated_types_compared() { return mica::select<Car>().where(col<&Car::price> == col<&Car::year>); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_date_compared_with_text
auto date_compared_with_text() { return mica::select<Race>().where(col<&Race::day> == "2020-01-01"); }
#elif !defined FAULT
auto date_compared_with_text() { return mica::select<Race>().where(col<&Race::day> == std::chrono::sys_days{}); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_enumeration_compared_with_integer
auto enumeration_compared_with_integer() { return mica::select<Car>().where(col<&Car::fuel> == 1); }
#elif !defined FAULT
auto enumeration_compared_with_integer() { return mica::select<Car>().where(col<&Car::fuel> == Fuel::diesel); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_integer_compared_with_optional_text
auto integer_compared_with_optional_text() {
    return mica::select<Car>().where(col<&Car::year> == std::optional<std::string>("2000"));
}
#elif !defined FAULT
auto integer_compared_with_optional_text() {
    return mica::select<Car>().where(col<&Car::year> == std::optional<int>(2000));
}
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_integer_compared_with_text
auto integer_compared_with_text() { return mica::select<Car>().where(col<&Car::year> > "fast"); }
#elif !defined FAULT
auto integer_compared_with_text() { return mica::select<Car>().where(col<&Car::year> > 2000); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_optional_enumeration_compared_with_integer
auto optional_enumeration_compared_with_integer() { return mica::select<Car>().where(col<&Car::spare> == 1); }
#elif !defined FAULT
auto optional_enumeration_compared_with_integer() {
    return mica::select<Car>().where(col<&Car::spare> == Fuel::diesel);
}
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_optional_integer_compared_with_text
auto optional_integer_compared_with_text() {
    return mica::select<Car>().where(col<&Car::price> < std::string("cheap"));
}
#elif !defined FAULT
auto optional_integer_compared_with_text() { return mica::select<Car>().where(col<&Car::price> < 20000); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_text_compared_with_a_character
auto text_compared_with_a_character() { return mica::select<Car>().where(col<&Car::make> == 'F'); }
#elif !defined FAULT
auto text_compared_with_a_character() { return mica::select<Car>().where(col<&Car::make> == "F"); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_text_compared_with_integer
auto text_compared_with_integer() { return mica::select<Car>().where(col<&Car::make> == 5); }
#elif !defined FAULT
auto text_compared_with_integer() { return mica::select<Car>().where(col<&Car::make> == "5"); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_unrelated_types_distinguished
auto unrelated_types_distinguished() { return mica::select<Car>().where(col<&Car::price>.is_distinct_from("cheap")); }
#elif !defined FAULT
auto unrelated_types_distinguished() { return mica::select<Car>().where(col<&Car::price>.is_distinct_from(5)); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_unrelated_types_not_distinguished
auto unrelated_types_not_distinguished() {
    return mica::select<Car>().where(col<&Car::price>.is_not_distinct_from("cheap"));
}
#elif !defined FAULT
auto unrelated_types_not_distinguished() { return mica::select<Car>().where(col<&Car::price>.is_not_distinct_from(5)); }
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_value_on_the_left_of_an_unrelated_column
auto value_on_the_left_of_an_unrelated_column() { return mica::select<Car>().where("2000" < col<&Car::year>); }
#elif !defined FAULT
auto value_on_the_left_of_an_unrelated_column() { return mica::select<Car>().where(2000 < col<&Car::year>); }
#endif
