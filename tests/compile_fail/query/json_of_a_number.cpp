// SPDX-License-Identifier: BSL-1.0
// error: mica: json<> reads a document that is stored as text
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(col<&Car::year>.json("$.a"));
#else
    return mica::select(col<&Car::make>.json("$.a"));
#endif
}
