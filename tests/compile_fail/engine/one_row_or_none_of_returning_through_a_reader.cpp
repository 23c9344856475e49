// SPDX-License-Identifier: BSL-1.0
// error: mica: a Reader cannot write
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::int64_t maker = 0;
    static constexpr auto mapping() { return mica::table("car", mica::foreign_key<&Car::maker, &Maker::id>); }
};

using mica::col;

auto use(mica::Reader& reader) {
#ifdef MICA_COMPILE_FAIL
    return reader.one_or_none(mica::delete_from<Car>().all_rows().returning(col<&Car::id>));
#else
    return reader.one_or_none(mica::select(col<&Car::id>));
#endif
}
