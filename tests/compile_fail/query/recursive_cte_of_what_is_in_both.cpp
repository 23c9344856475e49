// SPDX-License-Identifier: BSL-1.0
// error: mica: a recursive expression is a union
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Employee {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> boss_id;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Employee::boss_id, &Employee::id>); }
};

using mica::col;
using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::recursive_cte<"walk", mica::SetOperator::intersect>(
        select(col<&Employee::id>), [](auto self) { return select(self.template col<"id">).from(self); });
#else
    return mica::recursive_cte<"walk", mica::SetOperator::distinct_union>(
        select(col<&Employee::id>), [](auto self) { return select(self.template col<"id">).from(self); });
#endif
}
