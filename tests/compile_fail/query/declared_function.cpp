// SPDX-License-Identifier: BSL-1.0
// Functions of the program's that are declared: their calls, and their declarations.
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
    double weight = 0;
};

using mica::col;

inline constexpr auto slug = mica::declare_function<"slug", std::string(std::string_view)>;
inline constexpr auto gear = mica::declare_function<"gear", int(int)>;
inline constexpr auto median = mica::declare_aggregate<"median", std::optional<double>(double)>;
template <>
inline constexpr auto mica::function<"slug"> = slug;

// error: mica: a function is declared with types that mica can store
#ifdef FAULT_declared_with_something_unstorable
inline constexpr auto declared_with_something_unstorable = mica::declare_function<"f", int(std::vector<int>)>;
auto call_it() { return mica::select(declared_with_something_unstorable(col<&Car::make>)); }
#elif !defined FAULT
inline constexpr auto declared_with_something_unstorable = mica::declare_function<"f", int(std::string)>;
auto call_it() { return mica::select(declared_with_something_unstorable(col<&Car::make>)); }
#endif

// error: mica: this argument is not of the type that the function was declared with
#ifdef FAULT_call_with_a_number
auto call_with_a_number() { return mica::select(slug(col<&Car::year>)); }
#elif !defined FAULT
auto call_with_a_number() { return mica::select(slug(col<&Car::make>)); }
#endif

// error: mica: this argument is not of the type that the function was declared with
#ifdef FAULT_call_by_name_with_a_number
auto call_by_name_with_a_number() { return mica::select(mica::function<"slug">(col<&Car::year>)); }
#elif !defined FAULT
auto call_by_name_with_a_number() { return mica::select(mica::function<"slug">(col<&Car::make>)); }
#endif

// error: mica: this argument is not of the type that the function was declared with
#ifdef FAULT_integer_from_a_floating_point_number
auto integer_from_a_floating_point_number() { return mica::select(gear(col<&Car::weight>)); }
#elif !defined FAULT
auto integer_from_a_floating_point_number() { return mica::select(gear(col<&Car::id>)); }
#endif

// error: mica: this argument is not of the type that the function was declared with
#ifdef FAULT_value_of_another_type
auto value_of_another_type() { return mica::select<Car>().where(slug(5) == col<&Car::make>); }
#elif !defined FAULT
auto value_of_another_type() { return mica::select<Car>().where(slug("5") == col<&Car::make>); }
#endif

// error: mica: this argument is not of the type that the function was declared with
#ifdef FAULT_aggregate_of_a_text
auto aggregate_of_a_text() { return mica::select(median(col<&Car::make>)); }
#elif !defined FAULT
auto aggregate_of_a_text() { return mica::select(median(col<&Car::year>)); }
#endif

// error: mica: this function was declared with another number of arguments
#ifdef FAULT_call_with_two_arguments
auto call_with_two_arguments() { return mica::select(slug(col<&Car::make>, 1)); }
#elif !defined FAULT
auto call_with_two_arguments() { return mica::select(slug(col<&Car::make>)); }
#endif

// error: mica: no function of this name is declared
#ifdef FAULT_call_of_an_undeclared_name
auto call_of_an_undeclared_name() { return mica::select(mica::function<"other">(col<&Car::make>)); }
#elif !defined FAULT
auto call_of_an_undeclared_name() { return mica::select(mica::func<"other", int>(col<&Car::make>)); }
#endif
