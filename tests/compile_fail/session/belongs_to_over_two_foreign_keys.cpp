// SPDX-License-Identifier: BSL-1.0
// error: mica: several foreign keys lead to the entity of a relation
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Person {
    std::int64_t id = 0;
    std::string name;
};
struct Letter {
    std::int64_t id = 0;
    std::int64_t from_id = 0;
    std::int64_t to_id = 0;
#ifdef MICA_COMPILE_FAIL
    mica::BelongsTo<Person> sender;
#else
    mica::BelongsTo<Person, "from_id"> sender;
#endif

    static constexpr auto mapping() {
        return mica::table(mica::foreign_key<&Letter::from_id, &Person::id>,
                           mica::foreign_key<&Letter::to_id, &Person::id>);
    }
};

void use(mica::Session& session) { session.add(Letter{}); }
