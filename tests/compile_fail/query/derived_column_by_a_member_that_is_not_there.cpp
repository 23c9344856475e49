// SPDX-License-Identifier: BSL-1.0
// error: mica: this subquery selects no column of that name
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

constexpr auto names = mica::subquery<"names">(select(col<&Artist::name>, lower(col<&Artist::name>)));

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(names.col<&Artist::id>).from(names);
#else
    return select(names.col<&Artist::name>).from(names);
#endif
}
