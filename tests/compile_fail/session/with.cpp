// SPDX-License-Identifier: BSL-1.0
// with<> and load<>: paths of relations.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

// error: mica: with<> and load<> name relations, as in with<&Album::tracks>\(\)
#ifdef FAULT_load_of_a_column
void load_of_a_column(mica::Session& session, const mica::Ref<Album>& album) { session.load<&Album::title>(album); }
#elif !defined FAULT
void load_of_a_column(mica::Session& session, const mica::Ref<Album>& album) { session.load<&Album::artist>(album); }
#endif

// error: mica: with<> and load<> begin at a relation of the entity that the objects are
#ifdef FAULT_load_of_a_relation_of_another_entity
void load_of_a_relation_of_another_entity(mica::Session& session, const std::vector<mica::Ref<Album>>& albums) {
    session.load<&Artist::albums>(albums);
}
#elif !defined FAULT
void load_of_a_relation_of_another_entity(mica::Session& session, const std::vector<mica::Ref<Album>>& albums) {
    session.load<&Album::artist>(albums);
}
#endif

// error: mica: with<> and load<> name relations, as in with<&Album::tracks>\(\)
#ifdef FAULT_with_a_number
auto with_a_number(mica::Session& session) { return session.query<Album>().with<5>().first(); }
#elif !defined FAULT
auto with_a_number(mica::Session& session) { return session.query<Album>().with<&Album::artist>().first(); }
#endif

// error: mica: with<> and load<> name relations, as in with<&Album::tracks>\(\)
#ifdef FAULT_with_nothing
auto with_nothing(mica::Session& session) { return session.query<Album>().with<>().all(); }
#elif !defined FAULT
auto with_nothing(mica::Session& session) { return session.query<Album>().with<&Album::artist>().all(); }
#endif

// error: mica: with<> and load<> name relations
#ifdef FAULT_with_of_a_column
auto with_of_a_column(mica::Session& session) { return session.query<Artist>().with<&Artist::name>().all(); }
#elif !defined FAULT
auto with_of_a_column(mica::Session& session) { return session.query<Artist>().with<&Artist::albums>().all(); }
#endif

// error: mica: in a path of with<> or load<> each member
#ifdef FAULT_with_of_a_path_that_does_not_go_on
auto with_of_a_path_that_does_not_go_on(mica::Session& session) {
    return session.query<Artist>().with<&Artist::albums, &Artist::albums>().all();
}
#elif !defined FAULT
auto with_of_a_path_that_does_not_go_on(mica::Session& session) {
    return session.query<Artist>().with<&Artist::albums, &Album::artist>().all();
}
#endif

// error: mica: with<> and load<> begin at a relation
#ifdef FAULT_with_of_a_relation_of_another_entity
auto with_of_a_relation_of_another_entity(mica::Session& session) {
    return session.query<Artist>().with<&Album::artist>().all();
}
#elif !defined FAULT
auto with_of_a_relation_of_another_entity(mica::Session& session) {
    return session.query<Album>().with<&Album::artist>().all();
}
#endif

// error: mica: with<> reads a relation by a SELECT of its own
#ifdef FAULT_order_by_a_column_of_a_relation
auto order_by_a_column_of_a_relation(mica::Session& session) {
    return session.query<Artist>().with<&Artist::albums>().order_by(mica::col<&Album::title>).all();
}
#elif !defined FAULT
auto order_by_a_column_of_a_relation(mica::Session& session) {
    return session.query<Artist>().with<&Artist::albums>().join<Album>().order_by(mica::col<&Album::title>).all();
}
#endif

// error: mica: load\(\) takes a handle or a range of handles
#ifdef FAULT_load_for_an_object
void load_for_an_object(mica::Session& session, Album& album) { session.load<&Album::artist>(album); }
#elif !defined FAULT
void load_for_an_object(mica::Session& session, Album& album) { session.load<&Album::artist>(session.merge(album)); }
#endif

// error: mica: load\(\) takes a handle or a range of handles
#ifdef FAULT_load_for_objects
void load_for_objects(mica::Session& session, std::vector<Album>& albums) { session.load<&Album::artist>(albums); }
#elif !defined FAULT
void load_for_objects(mica::Session& session, std::vector<mica::Ref<Album>>& albums) {
    session.load<&Album::artist>(albums);
}
#endif

// error: mica: with<> and load<> begin at a relation of the entity that the objects are
#ifdef FAULT_load_for_a_relation_of_another
void load_for_a_relation_of_another(mica::Session& session, const mica::Ref<Album>& album) {
    session.load<&Album::artist>(album->artist);
}
#elif !defined FAULT
void load_for_a_relation_of_another(mica::Session& session, const mica::Ref<Album>& album) {
    session.load<&Artist::albums>(album->artist);
}
#endif
