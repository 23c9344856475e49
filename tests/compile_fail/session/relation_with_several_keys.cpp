// SPDX-License-Identifier: BSL-1.0
// error: mica: several foreign keys lead to the entity of a relation
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Person;
struct Letter {
    std::int64_t id = 0;
    std::int64_t sender_id = 0;
    std::int64_t receiver_id = 0;
    static constexpr auto mapping();
};
struct Person {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    mica::HasMany<Letter> letters;
#else
    mica::HasMany<Letter, "sender_id"> letters;
#endif
};
constexpr auto Letter::mapping() {
    return mica::table("letter", mica::foreign_key<&Letter::sender_id, &Person::id>,
                       mica::foreign_key<&Letter::receiver_id, &Person::id>);
}

void use(mica::Session& session) { session.add(Person{}); }
