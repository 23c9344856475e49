// SPDX-License-Identifier: BSL-1.0
// error: mica: this table is there twice
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

constexpr auto same = mica::alias<Artist, "aRTIST">;
constexpr auto other = mica::alias<Artist, "aRTISTS">;

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(select<Artist>().join(same, same.col<&Artist::id> == col<&Artist::id>));
#else
    return connection.all(select<Artist>().join(other, other.col<&Artist::id> == col<&Artist::id>));
#endif
}
