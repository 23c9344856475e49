// SPDX-License-Identifier: BSL-1.0
// error: mica: this subquery selects two columns of that name
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

constexpr auto pairs = mica::subquery<"pairs">(
    select(col<&Artist::name>, upper(col<&Artist::name>).as<"NAME">(), lower(col<&Artist::name>).as<"small">()));

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(pairs.col<"name">).from(pairs);
#else
    return select(pairs.col<"small">).from(pairs);
#endif
}
