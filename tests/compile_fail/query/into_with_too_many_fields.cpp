// SPDX-License-Identifier: BSL-1.0
// error: mica: into<> needs a struct with one field for each
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
struct Offer {
#ifdef MICA_COMPILE_FAIL
    std::string make;
    std::optional<int> price;
    bool sold = false;
#else
    std::string make;
    std::optional<int> price;
#endif
};

using mica::col;

auto statement() { return mica::select(col<&Car::make>, col<&Car::price>).into<Offer>(); }
