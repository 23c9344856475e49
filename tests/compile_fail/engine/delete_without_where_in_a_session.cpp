// SPDX-License-Identifier: BSL-1.0
// error: mica: an update or delete without where
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

auto use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    return session.execute(mica::delete_from<Car>());
#else
    return session.execute(mica::delete_from<Car>().all_rows());
#endif
}
