// SPDX-License-Identifier: BSL-1.0
// error: mica: these two operands have unrelated types and cannot be compared
#include <mica/mica.hpp>

#include <utility>

using mica::select;

auto statement() {
    const auto v = mica::values<"v", "id", "name">({std::pair{1, "one"}});
#ifdef MICA_COMPILE_FAIL
    return select(v.col<"id">).from(v).where(v.col<"name"> == 1);
#else
    return select(v.col<"id">).from(v).where(v.col<"name"> == "one");
#endif
}
