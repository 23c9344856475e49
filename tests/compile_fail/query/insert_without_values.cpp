// SPDX-License-Identifier: BSL-1.0
// error: mica: an insert needs values\(\)
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Setting {
    std::int64_t id = 0;
    std::string name;
    std::optional<int> value;
};

void run(const mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    connection.execute(mica::insert_into<Setting>());
#else
    connection.execute(mica::insert_into<Setting>().values(Setting{}));
#endif
}
