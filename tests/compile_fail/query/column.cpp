// SPDX-License-Identifier: BSL-1.0
// What col<> names.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};
struct Point {
    int x = 0;
};
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

using mica::col;
using mica::select;

constexpr auto other = mica::alias<Artist, "other">;

// error: mica: an entity needs a primary key
#ifdef FAULT_column_of_an_unmapped_struct
auto column_of_an_unmapped_struct() { return mica::select<Car>().where(col<&Car::id> == col<&Point::x>); }
#elif !defined FAULT
auto column_of_an_unmapped_struct() { return mica::select<Car>().where(col<&Car::id> == col<&Car::year>); }
#endif

// error: mica: an alias has the columns of its own entity
#ifdef FAULT_column_of_another_entity_from_an_alias
auto column_of_another_entity_from_an_alias() { return select(other.col<&Album::title>); }
#elif !defined FAULT
auto column_of_another_entity_from_an_alias() { return select(other.col<&Artist::name>); }
#endif

// error: mica: a relation is no column; name its foreign key
#if defined FAULT_relation_in_a_condition || !defined FAULT
namespace relation_in_a_condition {
struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

auto use() {
#ifdef FAULT
    return mica::select<Album>().where(mica::col<&Album::artist> == 1);
#else
    return mica::select<Album>().where(mica::col<&Album::artist_id> == 1);
#endif
}
}  // namespace relation_in_a_condition
#endif
