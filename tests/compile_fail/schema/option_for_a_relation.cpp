// SPDX-License-Identifier: BSL-1.0
// error: mica: a mapping option names a field that is no column of this entity
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::index<&Artist::albums>);
#else
        return mica::table(mica::index<&Artist::name>);
#endif
    }
};

constexpr auto text = mica::ddl<Artist>;
