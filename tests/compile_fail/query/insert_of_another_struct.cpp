// SPDX-License-Identifier: BSL-1.0
// error: mica: values\(\) takes an object
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
};
struct Maker {
    std::int64_t id = 0;
    std::string name;
};

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Car>().values(Maker{});
#else
    return mica::insert_into<Car>().values(Car{});
#endif
}
