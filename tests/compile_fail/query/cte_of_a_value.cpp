// SPDX-License-Identifier: BSL-1.0
// error: mica: a derived table is made of a select\(\)
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

auto statement() {
#ifdef MICA_COMPILE_FAIL
    const auto source = mica::cte<"source">(5);
    return select(source.col<"id">).from(source);
#else
    const auto source = mica::cte<"source">(select(col<&Artist::id>));
    return select(source.col<"id">).from(source);
#endif
}
