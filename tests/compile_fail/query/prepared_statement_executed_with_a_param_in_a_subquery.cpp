// SPDX-License-Identifier: BSL-1.0
// error: mica: this statement has a param<>
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;
using mica::exists;
using mica::select;

auto rows(mica::Connection& connection) {
    const auto query = select<Artist>().where(exists(select(col<&Artist::id>).limit(mica::param<int>)));
#ifdef MICA_COMPILE_FAIL
    return connection.execute(query).all();
#else
    return connection.prepare(query)(1).all();
#endif
}
