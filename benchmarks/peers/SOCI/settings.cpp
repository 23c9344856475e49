// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/options.hpp>

namespace benchmarks::soci_peer {

void apply_settings(void* handle) {
    mica::sqlite::apply_safe_settings(static_cast<sqlite3*>(handle), {.mode = mica::sqlite::OpenMode::memory}, {});
}

}  // namespace benchmarks::soci_peer
