// SPDX-License-Identifier: BSL-1.0
// error: mica: several foreign keys of the association lead to one entity
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Person;
struct Friendship {
    std::int64_t person_id = 0;
    std::int64_t friend_id = 0;
    static constexpr auto mapping();
};
struct Person {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    mica::ManyToMany<Person, Friendship> friends;
#else
    mica::ManyToMany<Person, Friendship, "person_id", "friend_id"> friends;
#endif
};
constexpr auto Friendship::mapping() {
    return mica::table(mica::primary_key<&Friendship::person_id, &Friendship::friend_id>,
                       mica::foreign_key<&Friendship::person_id, &Person::id>,
                       mica::foreign_key<&Friendship::friend_id, &Person::id>);
}

void use(mica::Session& session) { session.add(Person{}); }
