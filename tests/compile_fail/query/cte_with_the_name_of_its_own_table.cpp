// SPDX-License-Identifier: BSL-1.0
// error: mica: a common table expression has the name of a table
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::select;

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    const auto source = mica::cte<"artist">(select<Artist>());
    return connection.all(select(source.col<"id">).from(source));
#else
    const auto source = mica::cte<"artists">(select<Artist>());
    return connection.all(select(source.col<"id">).from(source));
#endif
}
