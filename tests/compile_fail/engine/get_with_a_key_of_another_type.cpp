// SPDX-License-Identifier: BSL-1.0
// error: mica: a key's value must have the type
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

auto use(mica::Reader& reader) {
#ifdef MICA_COMPILE_FAIL
    return reader.get<Car>("7");
#else
    return reader.get<Car>(7);
#endif
}
