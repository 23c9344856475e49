// SPDX-License-Identifier: BSL-1.0
// error: mica: these two operands have unrelated types
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>

struct Race {
    std::int64_t id = 0;
    std::chrono::sys_days day{};
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select<Race>().where(col<&Race::day> == "2020-01-01");
#else
    return mica::select<Race>().where(col<&Race::day> == std::chrono::sys_days{});
#endif
}
