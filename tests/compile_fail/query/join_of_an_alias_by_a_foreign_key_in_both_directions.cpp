// SPDX-License-Identifier: BSL-1.0
// error: mica: more than one foreign key leads
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

constexpr auto boss = mica::alias<Employee, "boss">;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select<Employee>().join(boss);
#else
    return select<Employee>().join(boss, boss.col<&Employee::id> == col<&Employee::boss_id>);
#endif
}
