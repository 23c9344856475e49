// SPDX-License-Identifier: BSL-1.0
// error: private
#include <mica/mica.hpp>

#include <cstdint>

struct Artist {
    std::int64_t id = 0;
};

auto rows(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    return session.load_rows<Artist>(mica::select<Artist>(), 1);
#else
    return session.query<Artist>().all();
#endif
}
