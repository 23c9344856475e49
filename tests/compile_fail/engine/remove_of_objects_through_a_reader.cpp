// SPDX-License-Identifier: BSL-1.0
// error: mica: a Reader cannot write
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

auto use(mica::Reader& reader, std::vector<Car>& cars) {
#ifdef MICA_COMPILE_FAIL
    return reader.remove(cars);
#else
    return reader.get_many<Car>({cars.front().id});
#endif
}
