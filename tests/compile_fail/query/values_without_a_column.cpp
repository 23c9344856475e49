// SPDX-License-Identifier: BSL-1.0
// error: mica: these values have no column of that name
#include <mica/mica.hpp>

#include <string>

struct Line {
    int id = 0;
    std::string name;
};

using mica::select;

auto statement() {
    const auto v = mica::values<"v", Line>({{1, "a"}});
#ifdef MICA_COMPILE_FAIL
    return select(v.col<"title">).from(v);
#else
    return select(v.col<"name">).from(v);
#endif
}
