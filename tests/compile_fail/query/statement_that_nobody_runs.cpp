// SPDX-License-Identifier: BSL-1.0
// error: nodiscard
#include <mica/mica.hpp>

#include <cstdint>

struct Artist {
    std::int64_t id = 0;
};

#pragma GCC diagnostic error "-Wunused-result"

#ifdef MICA_COMPILE_FAIL
void run(mica::Connection&) { mica::delete_from<Artist>().all_rows(); }
#else
void run(mica::Connection& connection) { connection.execute(mica::delete_from<Artist>().all_rows()); }
#endif
