// SPDX-License-Identifier: BSL-1.0
// error: mica: values\(\) has a column of a type without a codec
#include <mica/mica.hpp>

#include <vector>

struct Line {
    int id = 0;
#ifdef MICA_COMPILE_FAIL
    std::vector<int> numbers{};
#else
    std::vector<std::uint8_t> numbers{};
#endif
};

auto statement(const std::vector<Line>& lines) {
    const auto v = mica::values<"v">(lines);
    return mica::select(v.col<"numbers">).from(v);
}
