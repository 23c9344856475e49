// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity has at most 32 relations
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Child;

struct Parent {
    std::int64_t id = 0;
    mica::HasMany<Child> c0;
    mica::HasMany<Child> c1;
    mica::HasMany<Child> c2;
    mica::HasMany<Child> c3;
    mica::HasMany<Child> c4;
    mica::HasMany<Child> c5;
    mica::HasMany<Child> c6;
    mica::HasMany<Child> c7;
    mica::HasMany<Child> c8;
    mica::HasMany<Child> c9;
    mica::HasMany<Child> c10;
    mica::HasMany<Child> c11;
    mica::HasMany<Child> c12;
    mica::HasMany<Child> c13;
    mica::HasMany<Child> c14;
    mica::HasMany<Child> c15;
    mica::HasMany<Child> c16;
    mica::HasMany<Child> c17;
    mica::HasMany<Child> c18;
    mica::HasMany<Child> c19;
    mica::HasMany<Child> c20;
    mica::HasMany<Child> c21;
    mica::HasMany<Child> c22;
    mica::HasMany<Child> c23;
    mica::HasMany<Child> c24;
    mica::HasMany<Child> c25;
    mica::HasMany<Child> c26;
    mica::HasMany<Child> c27;
    mica::HasMany<Child> c28;
    mica::HasMany<Child> c29;
    mica::HasMany<Child> c30;
    mica::HasMany<Child> c31;
#ifdef MICA_COMPILE_FAIL
    mica::HasMany<Child> c32;
#endif
};
struct Child {
    std::int64_t id = 0;
    std::int64_t parent_id = 0;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Child::parent_id, &Parent::id>); }
};

void use(mica::Session& session) { session.add(Parent{}); }
