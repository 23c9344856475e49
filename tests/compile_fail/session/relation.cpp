// SPDX-License-Identifier: BSL-1.0
// Relations between entities, and the foreign keys that they need.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// error: mica: several foreign keys of the association lead to one entity
#if defined FAULT_association_with_two_keys_to_one || !defined FAULT
namespace association_with_two_keys_to_one {
struct Person;
struct Friendship {
    std::int64_t person_id = 0;
    std::int64_t friend_id = 0;
    static constexpr auto mapping();
};
struct Person {
    std::int64_t id = 0;
#ifdef FAULT
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
}  // namespace association_with_two_keys_to_one
#endif

// error: mica: ManyToMany needs an association entity
#if defined FAULT_association_without_a_key_to_both || !defined FAULT
namespace association_without_a_key_to_both {
struct Track;
struct Tag;
struct TrackTag {
    std::int64_t track_id = 0;
    std::int64_t tag_id = 0;
    static constexpr auto mapping();
};
struct Tag {
    std::int64_t id = 0;
};
struct Track {
    std::int64_t id = 0;
    mica::ManyToMany<Tag, TrackTag> tags;
};
constexpr auto TrackTag::mapping() {
    return mica::table(mica::primary_key<&TrackTag::track_id, &TrackTag::tag_id>,
#ifndef FAULT
                       mica::foreign_key<&TrackTag::tag_id, &Tag::id>,
#endif
                       mica::foreign_key<&TrackTag::track_id, &Track::id>);
}

void use(mica::Session& session) { session.add(Track{}); }
}  // namespace association_without_a_key_to_both
#endif

// error: mica: several foreign keys lead to the entity of a relation
#if defined FAULT_belongs_to_over_two_foreign_keys || !defined FAULT
namespace belongs_to_over_two_foreign_keys {
struct Person {
    std::int64_t id = 0;
    std::string name;
};
struct Letter {
    std::int64_t id = 0;
    std::int64_t from_id = 0;
    std::int64_t to_id = 0;
#ifdef FAULT
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
}  // namespace belongs_to_over_two_foreign_keys
#endif

// error: mica: a relation needs a foreign_key<> between its two entities
#if defined FAULT_has_one_without_a_foreign_key || !defined FAULT
namespace has_one_without_a_foreign_key {
struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasOne<Album> albums;
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
    std::optional<std::int64_t> producer_id;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table();
#else
        return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>);
#endif
    }
};

void use(mica::Session& session) { session.add(Artist{}); }
}  // namespace has_one_without_a_foreign_key
#endif

// error: mica: an entity has at most 32 relations
#if defined FAULT_more_than_32_relations || !defined FAULT
namespace more_than_32_relations {
struct Part {
    std::int64_t id = 0;
};
struct Machine {
    std::int64_t id = 0;
    std::int64_t part_id = 0;
    mica::BelongsTo<Part> part_1;
    mica::BelongsTo<Part> part_2;
    mica::BelongsTo<Part> part_3;
    mica::BelongsTo<Part> part_4;
    mica::BelongsTo<Part> part_5;
    mica::BelongsTo<Part> part_6;
    mica::BelongsTo<Part> part_7;
    mica::BelongsTo<Part> part_8;
    mica::BelongsTo<Part> part_9;
    mica::BelongsTo<Part> part_10;
    mica::BelongsTo<Part> part_11;
    mica::BelongsTo<Part> part_12;
    mica::BelongsTo<Part> part_13;
    mica::BelongsTo<Part> part_14;
    mica::BelongsTo<Part> part_15;
    mica::BelongsTo<Part> part_16;
    mica::BelongsTo<Part> part_17;
    mica::BelongsTo<Part> part_18;
    mica::BelongsTo<Part> part_19;
    mica::BelongsTo<Part> part_20;
    mica::BelongsTo<Part> part_21;
    mica::BelongsTo<Part> part_22;
    mica::BelongsTo<Part> part_23;
    mica::BelongsTo<Part> part_24;
    mica::BelongsTo<Part> part_25;
    mica::BelongsTo<Part> part_26;
    mica::BelongsTo<Part> part_27;
    mica::BelongsTo<Part> part_28;
    mica::BelongsTo<Part> part_29;
    mica::BelongsTo<Part> part_30;
    mica::BelongsTo<Part> part_31;
    mica::BelongsTo<Part> part_32;
#ifdef FAULT
    mica::BelongsTo<Part> part_33;
#endif
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Machine::part_id, &Part::id>); }
};

void use(mica::Session& session) { session.add(Machine{}); }
}  // namespace more_than_32_relations
#endif

// error: mica: owned is for HasMany and HasOne
#if defined FAULT_owned_parent || !defined FAULT
namespace owned_parent {
struct Artist {
    std::int64_t id = 0;
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
#ifdef FAULT
    mica::BelongsTo<Artist, mica::owned> artist;
#else
    mica::BelongsTo<Artist> artist;
#endif
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

void use(mica::Session& session) { session.add(Album{}); }
}  // namespace owned_parent
#endif

// error: mica: a relation names a foreign key that is not declared
#if defined FAULT_relation_by_an_unknown_key || !defined FAULT
namespace relation_by_an_unknown_key {
struct Artist;
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
    static constexpr auto mapping();
};
struct Artist {
    std::int64_t id = 0;
#ifdef FAULT
    mica::HasMany<Album, "artist"> albums;
#else
    mica::HasMany<Album, "artist_id"> albums;
#endif
};
constexpr auto Album::mapping() { return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>); }

void use(mica::Session& session) { session.add(Artist{}); }
}  // namespace relation_by_an_unknown_key
#endif

// error: mica: a relation is a field of the entity itself
#if defined FAULT_relation_in_an_embedded_object || !defined FAULT
namespace relation_in_an_embedded_object {
struct Artist {
    std::int64_t id = 0;
};
struct Credits {
    std::int64_t artist_id = 0;
#ifdef FAULT
    mica::BelongsTo<Artist> artist;
#endif
};
struct Album {
    std::int64_t id = 0;
    Credits credits;
};

void use(mica::Session& session) { session.add(Album{}); }
}  // namespace relation_in_an_embedded_object
#endif

// error: mica: a relation leads to a struct that is no entity
#if defined FAULT_relation_to_a_struct_that_is_no_entity || !defined FAULT
namespace relation_to_a_struct_that_is_no_entity {
struct Album {
    std::int64_t artist_id = 0;
};
struct Artist {
    std::int64_t id = 0;
#ifdef FAULT
    mica::HasMany<Album> albums;
#endif
};

void use(mica::Session& session) { session.add(Artist{}); }
}  // namespace relation_to_a_struct_that_is_no_entity
#endif

// error: mica: a session needs the definition of every struct
#if defined FAULT_relation_to_a_struct_that_is_only_declared || !defined FAULT
namespace relation_to_a_struct_that_is_only_declared {
struct Album;
struct Artist {
    std::int64_t id = 0;
#ifdef FAULT
    mica::HasMany<Album> albums;
#endif
};

void use(mica::Session& session) { session.add(Artist{}); }
}  // namespace relation_to_a_struct_that_is_only_declared
#endif

// error: mica: several foreign keys lead to the entity of a relation
#if defined FAULT_relation_with_several_keys || !defined FAULT
namespace relation_with_several_keys {
struct Person;
struct Letter {
    std::int64_t id = 0;
    std::int64_t sender_id = 0;
    std::int64_t receiver_id = 0;
    static constexpr auto mapping();
};
struct Person {
    std::int64_t id = 0;
#ifdef FAULT
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
}  // namespace relation_with_several_keys
#endif

// error: mica: a relation needs a foreign_key<> between its two entities
#if defined FAULT_relation_without_a_foreign_key || !defined FAULT
namespace relation_without_a_foreign_key {
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
};
struct Artist {
    std::int64_t id = 0;
#ifdef FAULT
    mica::HasMany<Album> albums;
#endif
};

void use(mica::Session& session) { session.add(Artist{}); }
}  // namespace relation_without_a_foreign_key
#endif

// error: mica: relation<> names a HasMany, HasOne or ManyToMany of the entity
#if defined FAULT_reading_of_a_belongs_to || !defined FAULT
namespace reading_of_a_belongs_to {
struct Track {
    std::int64_t id = 0;
    std::int64_t album = 0;
    static constexpr auto mapping();
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist = 0;
    mica::HasMany<Track> tracks;
    mica::BelongsTo<Album> first;

    static constexpr auto mapping() {
        return mica::table(mica::foreign_key<&Album::artist, &Album::id>,
#ifdef FAULT
                           mica::relation<&Album::first>
#else
                           mica::relation<&Album::tracks>
#endif
                               .order_by(mica::col<&Track::id>));
    }
};
constexpr auto Track::mapping() { return mica::table(mica::foreign_key<&Track::album, &Album::id>); }

void use(mica::Session& session) { session.get<Album>(1); }
}  // namespace reading_of_a_belongs_to
#endif

// error: mica: relation<>.order_by\(\) and .where\(\) take columns of the entity that the relation leads to
#if defined FAULT_reading_by_a_column_of_another_table || !defined FAULT
namespace reading_by_a_column_of_another_table {
struct Track {
    std::int64_t id = 0;
    std::int64_t album = 0;
    static constexpr auto mapping();
};
struct Album {
    std::int64_t id = 0;
    mica::HasMany<Track> tracks;

    static constexpr auto mapping() {
        return mica::table(
#ifdef FAULT
            mica::relation<&Album::tracks>.order_by(mica::length(mica::col<&Album::id>.cast<std::string>()).desc()));
#else
            mica::relation<&Album::tracks>.order_by(mica::length(mica::col<&Track::id>.cast<std::string>()).desc()));
#endif
    }
};
constexpr auto Track::mapping() { return mica::table(mica::foreign_key<&Track::album, &Album::id>); }

void use(mica::Session& session) { session.query<Album>().with<&Album::tracks>().all(); }
}  // namespace reading_by_a_column_of_another_table
#endif

// error: mica: relation<>.order_by\(\) and .where\(\) take columns of the entity that the relation leads to
#if defined FAULT_reading_where_an_alias_is || !defined FAULT
namespace reading_where_an_alias_is {
struct Track {
    std::int64_t id = 0;
    std::int64_t album = 0;
    static constexpr auto mapping();
};
struct Album {
    std::int64_t id = 0;
    mica::HasMany<Track> tracks;
    static constexpr auto mapping();
};
constexpr auto Track::mapping() { return mica::table(mica::foreign_key<&Track::album, &Album::id>); }
inline constexpr auto other = mica::alias<Track, "other">;
constexpr auto Album::mapping() {
#ifdef FAULT
    return mica::table(mica::relation<&Album::tracks>.where(other.col<&Track::id> > 5));
#else
    return mica::table(mica::relation<&Album::tracks>.where(mica::col<&Track::id> > 5));
#endif
}

void use(mica::Session& session) { session.query<Album>().with<&Album::tracks>().all(); }
}  // namespace reading_where_an_alias_is
#endif
