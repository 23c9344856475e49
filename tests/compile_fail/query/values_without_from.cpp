// SPDX-License-Identifier: BSL-1.0
// error: mica: this statement uses a column of a table that it does not read from
#include <mica/mica.hpp>

#include <vector>

using mica::select;

auto statement(const mica::Connection& connection) {
    const auto v = mica::values<"v", "id">({1, 2});
#ifdef MICA_COMPILE_FAIL
    return connection.all(select(v.col<"id">));
#else
    return connection.all(select(v.col<"id">).from(v));
#endif
}
