// SPDX-License-Identifier: BSL-1.0
// error: mica: the recursive member selects columns of the types of the first member's
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
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::name>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
#else
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
#endif
}
