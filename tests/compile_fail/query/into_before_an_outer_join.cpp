// SPDX-License-Identifier: BSL-1.0
// error: mica: into<> needs std::optional where
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};
struct Row {
    std::string name;
};

using mica::col;
using mica::select;

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.execute(select(col<&Artist::name>).into<Row>().distinct().right_join<Album>());
#else
    return connection.execute(select(col<&Artist::name>).into<Row>().distinct().join<Album>());
#endif
}
