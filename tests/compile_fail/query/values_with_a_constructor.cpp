// SPDX-License-Identifier: BSL-1.0
// error: mica: values\(\) takes a range of rows: aggregates, tuples, or single values
#include <mica/mica.hpp>

#include <vector>

struct Line {
#ifdef MICA_COMPILE_FAIL
    explicit Line(int of) : id(of) {}
#endif
    int id = 0;
};

auto statement(const std::vector<Line>& lines) {
    const auto lists = mica::cte<"lists">(mica::values<"v">(lines));
    return mica::select(lists.col<"id">).from(lists);
}
