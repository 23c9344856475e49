// SPDX-License-Identifier: BSL-1.0
// error: mica: SQL has no ON CONFLICT for default_values
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Setting {
    std::int64_t id = 0;
    std::optional<std::string> name;
    std::optional<int> value;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Setting>().default_values().on_conflict().do_nothing();
#else
    return mica::insert_into<Setting>().values(col<&Setting::value> = 5).on_conflict().do_nothing();
#endif
}
