// SPDX-License-Identifier: BSL-1.0
// error: mica: a foreign key's field must have the type
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    double maker_id = 0;
#else
    int maker_id = 0;
#endif

    static constexpr auto mapping() {
        return mica::table(mica::foreign_key<&Car::maker_id, &Maker::id>.on_delete(mica::cascade));
    }
};

auto statement() { return mica::select<Car>().where(mica::col<&Car::id> == 1); }
