// SPDX-License-Identifier: BSL-1.0
// error: mica: this statement uses a column of a table that it does not read from
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

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(select(names.col<"name">));
#else
    return connection.all(select(names.col<"name">).from(names));
#endif
}
