// SPDX-License-Identifier: BSL-1.0
// error: mica: this insert lacks a column
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>

struct Setting {
    std::int64_t id = 0;
    std::optional<int> value;
    static constexpr auto mapping() { return mica::table(mica::assigned_key); }
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Setting>().values(col<&Setting::value> = 5);
#else
    return mica::insert_into<Setting>().values(col<&Setting::id> = 5);
#endif
}
