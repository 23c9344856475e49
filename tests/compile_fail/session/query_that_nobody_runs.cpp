// SPDX-License-Identifier: BSL-1.0
// error: nodiscard
#include <mica/mica.hpp>

#include <cstdint>

struct Artist {
    std::int64_t id = 0;
};

#pragma GCC diagnostic error "-Wunused-result"

#ifdef MICA_COMPILE_FAIL
void run(mica::Session& session) { session.query<Artist>().distinct(); }
#else
void run(mica::Session& session) { session.query<Artist>().distinct().remove(); }
#endif
