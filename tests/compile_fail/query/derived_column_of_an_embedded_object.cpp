// SPDX-License-Identifier: BSL-1.0
// error: mica: this subquery selects no column of that name
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Address {
    std::string city;
};
struct Person {
    std::int64_t id = 0;
    Address home;
};

using mica::select;

constexpr auto people = mica::subquery<"people">(select<Person>());

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(people.col<&Person::home>).from(people);
#else
    return select(people.col<"home_city">).from(people);
#endif
}
