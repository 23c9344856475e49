// SPDX-License-Identifier: BSL-1.0
// error: mica: a prepared statement has at most 32 param<>s
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;
using mica::select;

constexpr auto one = mica::param<int>;
constexpr auto four = one + one + one + one;
constexpr auto sixteen = four + four + four + four;

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection
        .prepare(select<Artist>().where(col<&Artist::id> == sixteen + sixteen + one))(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32, 33)
        .all();
#else
    return connection
        .prepare(select<Artist>().where(col<&Artist::id> == sixteen + sixteen))(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                                                                                13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                                                                                23, 24, 25, 26, 27, 28, 29, 30, 31, 32)
        .all();
#endif
}
