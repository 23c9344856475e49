// SPDX-License-Identifier: BSL-1.0
// error: mica: values\(\) takes rows of at most 32 columns
#include <mica/mica.hpp>

#include <cstdint>
#include <vector>

struct Eight {
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
};
struct Wide {
    Eight one{}, two{}, three{}, four{};
#ifdef MICA_COMPILE_FAIL
    int last = 0;
#endif
};

auto statement(const std::vector<Wide>& rows) {
    const auto v = mica::values<"v">(rows);
    return mica::select(v.col<"four_h">).from(v);
}
