// SPDX-License-Identifier: BSL-1.0
// Relations are no columns of a statement.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Pet;
struct Owner {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Pet> pets;
};
struct Pet {
    std::int64_t id = 0;
    std::string name;
    std::int64_t owner_id = 0;
    mica::BelongsTo<Owner> owner;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Pet::owner_id, &Owner::id>); }
};

using mica::col;
using mica::select;

// error: mica: a relation is no column; name its foreign key
#ifdef FAULT_relation_compared
auto relation_compared() { return select<Pet>().where(col<&Pet::owner> == 5); }
#elif !defined FAULT
auto relation_compared() { return select<Pet>().where(col<&Pet::owner_id> == 5); }
#endif

// error: mica: a path of col<> does not follow relations
#ifdef FAULT_relation_followed
auto relation_followed() { return select<Pet>().where(col<&Pet::owner, &Owner::name> == "Ada"); }
#elif !defined FAULT
auto relation_followed() { return select<Pet>().join<Owner>().where(col<&Owner::name> == "Ada"); }
#endif
