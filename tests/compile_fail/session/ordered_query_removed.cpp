// SPDX-License-Identifier: BSL-1.0
// error: mica: a set-based update or remove takes a condition
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

using mica::col;

auto use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    return session.query<Car>().order_by(col<&Car::year>).remove();
#else
    return session.query<Car>().remove();
#endif
}
