// SPDX-License-Identifier: BSL-1.0
// error: mica: this table is there twice
#include <mica/mica.hpp>

#include <vector>

using mica::select;

auto statement(const mica::Connection& connection) {
    const auto v = mica::values<"v", "id">({1, 2});
#ifdef MICA_COMPILE_FAIL
    const auto w = mica::values<"V", "id">({1, 2});
#else
    const auto w = mica::values<"w", "id">({1, 2});
#endif
    return connection.all(select(v.col<"id">).from(v).join(w, w.col<"id"> == v.col<"id">));
}
