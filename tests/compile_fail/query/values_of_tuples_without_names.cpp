// SPDX-License-Identifier: BSL-1.0
// error: mica: values\(\) needs one name for each column
#include <mica/mica.hpp>

#include <string>
#include <tuple>
#include <vector>

using mica::select;

auto statement(const std::vector<std::tuple<int, std::string>>& rows) {
#ifdef MICA_COMPILE_FAIL
    const auto v = mica::values<"v", "id">(rows);
#else
    const auto v = mica::values<"v", "id", "name">(rows);
#endif
    return select(v.col<"id">).from(v);
}
