// SPDX-License-Identifier: BSL-1.0
// error: mica: a foreign key must reference a primary key or a unique key
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
#ifdef MICA_COMPILE_FAIL
    explicit Maker(std::string name);
#endif
};
struct Car {
    std::int64_t id = 0;
    std::int64_t maker_id = 0;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Car::maker_id, &Maker::id>); }
};

auto statement() { return mica::select<Car>(); }
