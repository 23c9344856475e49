// SPDX-License-Identifier: BSL-1.0
// What a session takes over.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct Album;

struct CarView {
    std::int64_t id = 0;
    std::string_view make;
};
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
struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::int64_t maker = 0;
    static constexpr auto mapping() { return mica::table("car", mica::foreign_key<&Car::maker, &Maker::id>); }
};

using mica::col;

// error: mica: add\(\) takes the object over
#ifdef FAULT_add_of_a_constant
void add_of_a_constant(mica::Session& session, const Car& car) { session.add(car); }
#elif !defined FAULT
void add_of_a_constant(mica::Session& session, const Car& car) { session.add(Car(car)); }
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_add_of_a_number
void add_of_a_number(mica::Session& session) { session.add(5); }
#elif !defined FAULT
void add_of_a_number(mica::Session& session) { session.add(Car{}); }
#endif

// error: mica: add\(\) takes the object over
#ifdef FAULT_add_of_a_variable
void add_of_a_variable(mica::Session& session, Car& car) { session.add(car); }
#elif !defined FAULT
void add_of_a_variable(mica::Session& session, Car& car) { session.add(Car(car)); }
#endif

// error: mica: a session keeps its objects
#ifdef FAULT_add_of_an_entity_with_a_view
void add_of_an_entity_with_a_view(mica::Session& session) { session.add(CarView{}); }
#elif !defined FAULT
void add_of_an_entity_with_a_view(mica::Session& session) { session.add(Car{}); }
#endif

// error: mica: add\(\) takes the object over
#ifdef FAULT_added_to_a_collection_from_a_variable
void added_to_a_collection_from_a_variable(const mica::Ref<Artist>& artist, const Album& album) {
    artist->albums.add(album);
}
#elif !defined FAULT
void added_to_a_collection_from_a_variable(const mica::Ref<Artist>& artist, const Album& album) {
    artist->albums.add(Album{album});
}
#endif

// error: mica: an entity is an aggregate
#ifdef FAULT_merge_of_a_number
auto merge_of_a_number(mica::Session& session) { return session.merge(5); }
#elif !defined FAULT
auto merge_of_a_number(mica::Session& session) { return session.merge(Car{}); }
#endif

// error: mica: a session keeps its objects
#ifdef FAULT_query_of_an_entity_with_a_view
auto query_of_an_entity_with_a_view(mica::Session& session) { return session.query<CarView>().all(); }
#elif !defined FAULT
auto query_of_an_entity_with_a_view(mica::Session& session) { return session.query<Car>().all(); }
#endif

// error: mica: a session knows an object by its handle
#ifdef FAULT_detach_of_an_object
auto detach_of_an_object(mica::Session& session) { return session.detach(Maker{.id = 7}); }
#elif !defined FAULT
auto detach_of_an_object(mica::Session& session) { return session.detach(session.get<Maker>(7)); }
#endif

// error: mica: a session knows an object by its handle
#ifdef FAULT_remove_of_an_object
void remove_of_an_object(mica::Session& session) { session.remove(Maker{.id = 7}); }
#elif !defined FAULT
void remove_of_an_object(mica::Session& session) { session.remove(session.get<Maker>(7)); }
#endif

// error: mica: a session knows an object by its handle
#ifdef FAULT_remove_of_several_handles
void remove_of_several_handles(mica::Session& session) { session.remove(session.query<Maker>().all()); }
#elif !defined FAULT
void remove_of_several_handles(mica::Session& session) {
    for (const auto& maker : session.query<Maker>()) session.remove(maker);
}
#endif

// error: mica: a session knows an object by its handle
#ifdef FAULT_refresh_of_an_object
void refresh_of_an_object(mica::Session& session, Maker& maker) { session.refresh(maker); }
#elif !defined FAULT
void refresh_of_an_object(mica::Session& session, Maker& maker) { session.refresh(session.merge(maker)); }
#endif

// error: mica: a session knows an object by its handle
#ifdef FAULT_refresh_of_an_object_that_discards
void refresh_of_an_object_that_discards(mica::Session& session, Maker& maker) { session.refresh(maker, mica::discard); }
#elif !defined FAULT
void refresh_of_an_object_that_discards(mica::Session& session, Maker& maker) {
    session.refresh(session.merge(maker), mica::discard);
}
#endif

// error: mica: a session knows an object by its handle
#ifdef FAULT_is_modified_of_an_object
bool is_modified_of_an_object(mica::Session& session, Maker& maker) { return session.is_modified(maker); }
#elif !defined FAULT
bool is_modified_of_an_object(mica::Session& session, Maker& maker) {
    return session.is_modified(session.merge(maker));
}
#endif

// error: mica: a session knows an object by its handle
#ifdef FAULT_changes_of_an_object
auto changes_of_an_object(mica::Session& session, Maker& maker) { return session.changes(maker); }
#elif !defined FAULT
auto changes_of_an_object(mica::Session& session, Maker& maker) { return session.changes(session.merge(maker)); }
#endif

// error: mica: a session knows an object by its handle
#ifdef FAULT_is_stale_of_an_object
bool is_stale_of_an_object(mica::Session& session, Maker& maker) { return session.is_stale(maker); }
#elif !defined FAULT
bool is_stale_of_an_object(mica::Session& session, Maker& maker) { return session.is_stale(session.merge(maker)); }
#endif
