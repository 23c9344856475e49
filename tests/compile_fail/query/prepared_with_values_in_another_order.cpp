// SPDX-License-Identifier: BSL-1.0
// error: mica: a prepared statement is given values of the types of its param
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

auto rows(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
#ifdef MICA_COMPILE_FAIL
    return prepared("a", 1).all();
#else
    return prepared(1, "a").all();
#endif
}
