// SPDX-License-Identifier: BSL-1.0
// error: mica: values\(\) takes a range of rows: aggregates, tuples, or single values
#include <mica/mica.hpp>

#include <vector>

struct Line {
    int id = 0;
};

auto statement() {
#ifdef MICA_COMPILE_FAIL
    const auto v = mica::values<"v">(Line{1});
#else
    const auto v = mica::values<"v">(std::vector{Line{1}});
#endif
    return mica::select(v.col<"id">).from(v);
}
