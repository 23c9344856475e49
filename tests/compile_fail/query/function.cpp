// SPDX-License-Identifier: BSL-1.0
// Arguments of functions.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
    double weight = 0;
};

using mica::col;

// error: mica: cast<> gives a type that mica can store
#ifdef FAULT_cast_to_something_unstorable
auto cast_to_something_unstorable() { return mica::select(col<&Car::year>.cast<std::vector<int>>()); }
#elif !defined FAULT
auto cast_to_something_unstorable() { return mica::select(col<&Car::year>.cast<std::string>()); }
#endif

// error: mica: date functions give text
#ifdef FAULT_date_as_a_number
auto date_as_a_number() { return mica::select(mica::date<int>(col<&Car::make>)); }
#elif !defined FAULT
auto date_as_a_number() { return mica::select(mica::date<std::string>(col<&Car::make>)); }
#endif

// error: mica: a date function takes a point in time
#ifdef FAULT_date_of_a_condition
auto date_of_a_condition() { return mica::select(date(col<&Car::sold>)); }
#elif !defined FAULT
auto date_of_a_condition() { return mica::select(date(col<&Car::weight>)); }
#endif

// error: mica: this function takes a text here
#ifdef FAULT_date_with_a_number_as_modifier
auto date_with_a_number_as_modifier() { return mica::select(date(col<&Car::make>, 1)); }
#elif !defined FAULT
auto date_with_a_number_as_modifier() { return mica::select(date(col<&Car::make>, "+1 day")); }
#endif

// error: mica: a function takes expressions, and values that mica can store
#ifdef FAULT_func_of_something_unstorable
auto func_of_something_unstorable() {
    return mica::select(mica::func<"slug", std::string>(col<&Car::make>, std::vector<int>{}));
}
#elif !defined FAULT
auto func_of_something_unstorable() { return mica::select(mica::func<"slug", std::string>(col<&Car::make>, 1)); }
#endif

// error: mica: the result of func<> has a type that mica can store
#ifdef FAULT_func_that_gives_something_unstorable
auto func_that_gives_something_unstorable() {
    return mica::select(mica::func<"slug", std::vector<int>>(col<&Car::make>));
}
#elif !defined FAULT
auto func_that_gives_something_unstorable() {
    return mica::select(mica::func<"slug", std::vector<std::byte>>(col<&Car::make>));
}
#endif

// error: mica: this function takes a text here
#ifdef FAULT_function_of_a_function_that_is_refused
auto function_of_a_function_that_is_refused() {
    return mica::select(length(upper(lower(col<&Car::year>)))).where(trim(lower(col<&Car::year>)) == "x");
}
#elif !defined FAULT
auto function_of_a_function_that_is_refused() {
    return mica::select(length(upper(lower(col<&Car::make>)))).where(trim(lower(col<&Car::make>)) == "x");
}
#endif

// error: mica: a function takes expressions, and values that mica can store
#ifdef FAULT_function_of_something_unstorable
auto function_of_something_unstorable() { return mica::select(coalesce(col<&Car::price>, std::vector<int>{})); }
#elif !defined FAULT
auto function_of_something_unstorable() { return mica::select(coalesce(col<&Car::price>, 1)); }
#endif

// error: mica: this function takes a text or bytes here
#ifdef FAULT_length_of_a_number
auto length_of_a_number() { return mica::select(length(col<&Car::year>)); }
#elif !defined FAULT
auto length_of_a_number() { return mica::select(length(col<&Car::make>)); }
#endif

// error: mica: this function takes a number here
#ifdef FAULT_number_function_of_a_text
auto number_function_of_a_text() { return mica::select(mica::abs(col<&Car::make>)); }
#elif !defined FAULT
auto number_function_of_a_text() { return mica::select(mica::abs(col<&Car::year>)); }
#endif

// error: mica: this function takes an integer here
#ifdef FAULT_substr_from_a_text
auto substr_from_a_text() { return mica::select(substr(col<&Car::make>, "1")); }
#elif !defined FAULT
auto substr_from_a_text() { return mica::select(substr(col<&Car::make>, 1)); }
#endif

// error: mica: this function takes a text here
#ifdef FAULT_text_function_of_a_number
auto text_function_of_a_number() { return mica::select(lower(col<&Car::year>)); }
#elif !defined FAULT
auto text_function_of_a_number() { return mica::select(lower(col<&Car::make>)); }
#endif

// error: mica: this function takes a text here
#ifdef FAULT_text_function_with_a_number
auto text_function_with_a_number() { return mica::select(replace(col<&Car::make>, "a", 1)); }
#elif !defined FAULT
auto text_function_with_a_number() { return mica::select(replace(col<&Car::make>, "a", "1")); }
#endif
