// SPDX-License-Identifier: BSL-1.0
// Documents, paths and members of JSON functions.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;

// error: mica: a value in JSON is read as a type that mica can store
#ifdef FAULT_json_as_something_unstorable
auto json_as_something_unstorable() { return mica::select(col<&Car::make>.json<std::vector<int>>("$.a")); }
#elif !defined FAULT
auto json_as_something_unstorable() { return mica::select(col<&Car::make>.json<int>("$.a")); }
#endif

// error: mica: this function takes a text here
#ifdef FAULT_json_object_with_a_number_as_name
auto json_object_with_a_number_as_name() { return mica::select(mica::json_object(1, col<&Car::year>)); }
#elif !defined FAULT
auto json_object_with_a_number_as_name() { return mica::select(mica::json_object("1", col<&Car::year>)); }
#endif

// error: mica: json_object\(\) takes names and values in pairs
#ifdef FAULT_json_object_without_a_last_value
auto json_object_without_a_last_value() { return mica::select(mica::json_object("year", col<&Car::year>, "make")); }
#elif !defined FAULT
auto json_object_without_a_last_value() { return mica::select(mica::json_object("year", col<&Car::year>)); }
#endif

// error: mica: json<> reads a document that is stored as text
#ifdef FAULT_json_of_a_number
auto json_of_a_number() { return mica::select(col<&Car::year>.json("$.a")); }
#elif !defined FAULT
auto json_of_a_number() { return mica::select(col<&Car::make>.json("$.a")); }
#endif

// error: mica: json<> takes a path
#ifdef FAULT_json_path_that_is_none
auto json_path_that_is_none() { return mica::select(col<&Car::make>.json(2.5)); }
#elif !defined FAULT
auto json_path_that_is_none() { return mica::select(col<&Car::make>.json(2)); }
#endif
