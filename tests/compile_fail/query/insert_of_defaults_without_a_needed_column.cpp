// SPDX-License-Identifier: BSL-1.0
// error: mica: this insert lacks a column
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Setting {
    std::int64_t id = 0;
    std::string name;
    std::optional<int> value;
};
struct Log {
    std::int64_t id = 0;
    std::optional<int> value;
};

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Setting>().default_values();
#else
    return mica::insert_into<Log>().default_values();
#endif
}
