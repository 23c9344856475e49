// SPDX-License-Identifier: BSL-1.0
// ManyToMany: rows of the association are inserted and deleted, whatever else the association holds.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace relations_many_to_many {

struct Person;

/// An association with a key and a field of its own, between a table and itself.
struct Friendship {
    std::int64_t id = 0;
    std::int64_t person_id = 0;
    std::int64_t friend_id = 0;
    int since = 2000;
    static constexpr auto mapping();
};

struct Person {
    std::int64_t id = 0;
    std::string name{};
    mica::ManyToMany<Person, Friendship, "person_id", "friend_id"> friends{};
    mica::ManyToMany<Person, Friendship, "friend_id", "person_id"> admirers{};
};

constexpr auto Friendship::mapping() {
    return mica::table(mica::foreign_key<&Friendship::person_id, &Person::id>,
                       mica::foreign_key<&Friendship::friend_id, &Person::id>);
}

namespace {

using namespace related_music;
using mica::Ref;
using relations_many_to_many::Friendship;
using relations_many_to_many::Person;

struct RelationsManyToMany : MusicDatabase {
    mica::Session session{engine};

    Ref<Album> album(std::int64_t id) { return session.query<Album>().with<&Album::tags>().get(id); }
    Ref<Tag> tag(std::int64_t id) { return session.query<Tag>().with<&Tag::albums>().get(id); }
};

TEST_F(RelationsManyToMany, adding_inserts_a_row_of_the_association) {
    EXPECT_TRUE(album(2)->tags.add(session.get<Tag>(1)));
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 2:1 3:2");
}

TEST_F(RelationsManyToMany, removing_deletes_the_row_of_the_association_only) {
    const auto sun = album(1);
    EXPECT_TRUE(sun->tags.remove(session.get<Tag>(2)));
    session.commit();
    EXPECT_EQ(tags(), "1:1 3:2");
    EXPECT_EQ(read("SELECT name FROM tag ORDER BY id"), "new live");
    EXPECT_EQ(names(sun->tags), "new");
}

TEST_F(RelationsManyToMany, both_ends_may_be_new) {
    const auto added = session.add(Album{.title = "new", .artist_id = 1});
    added->tags.add(Tag{.name = "fresh"});
    added->tags.add(session.get<Tag>(1));
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 3:2 4:1 4:3");
}

TEST_F(RelationsManyToMany, the_other_side_follows_at_the_flush) {
    const auto sun = album(1);
    const auto moon = album(2);
    const auto fresh = tag(1);
    const auto live = tag(2);
    moon->tags.add(fresh);
    sun->tags.remove(live);
    EXPECT_EQ(names(fresh->albums), "Sun");
    session.flush();
    EXPECT_EQ(names(fresh->albums), "Sun Moon");
    EXPECT_EQ(names(live->albums), "Rain");
    live->albums.add(moon);
    session.flush();
    EXPECT_EQ(names(moon->tags), "new live");
}

TEST_F(RelationsManyToMany, removing_and_adding_again_keeps_the_row) {
    const auto sun = album(1);
    const auto fresh = sun->tags[0];
    sun->tags.remove(fresh);
    sun->tags.add(fresh);
    session.commit();
    const mica::test::StatementLog log{engine};
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 3:2");
    EXPECT_TRUE(log.starting_with("DELETE").empty());
}

TEST_F(RelationsManyToMany, adding_and_removing_again_writes_nothing) {
    const auto moon = album(2);
    moon->tags.add(session.get<Tag>(1));
    moon->tags.remove(session.get<Tag>(1));
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 3:2");
}

TEST_F(RelationsManyToMany, what_was_flushed_can_be_removed_again) {
    const auto moon = album(2);
    moon->tags.add(session.get<Tag>(1));
    session.flush();
    moon->tags.remove(session.get<Tag>(1));
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 3:2");
    EXPECT_TRUE(moon->tags.empty());
}

TEST_F(RelationsManyToMany, both_ends_may_say_the_same) {
    const auto moon = album(2);
    const auto fresh = tag(1);
    moon->tags.add(fresh);
    fresh->albums.add(moon);
    session.flush();
    EXPECT_EQ(names(moon->tags), "new");
    EXPECT_EQ(names(fresh->albums), "Sun Moon");
    moon->tags.remove(fresh);
    fresh->albums.remove(moon);
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 3:2");
}

TEST_F(RelationsManyToMany, an_association_that_is_added_as_an_object_joins_both_sides) {
    const auto moon = album(2);
    const auto fresh = tag(1);
    session.add(AlbumTag{.album_id = 2, .tag_id = 1});
    session.flush();
    EXPECT_EQ(names(moon->tags), "new");
    EXPECT_EQ(names(fresh->albums), "Sun Moon");
}

TEST_F(RelationsManyToMany, an_association_that_leads_to_an_unknown_object_unloads_the_collection) {
    const auto moon = album(2);
    session.add(AlbumTag{.album_id = 2, .tag_id = 1});
    session.flush();
    EXPECT_FALSE(moon->tags.is_loaded());
}

TEST_F(RelationsManyToMany, an_association_that_is_removed_as_an_object_leaves_both_sides) {
    const auto sun = album(1);
    const auto fresh = tag(1);
    session.remove(session.get<AlbumTag>(1, 1));
    session.flush();
    EXPECT_EQ(names(sun->tags), "live");
    EXPECT_TRUE(fresh->albums.empty());
}

TEST_F(RelationsManyToMany, a_removed_target_leaves_the_collections_that_had_it) {
    const auto sun = album(1);
    session.remove(session.get<Tag>(2));
    session.commit();
    EXPECT_EQ(tags(), "1:1");
    EXPECT_EQ(names(sun->tags), "new");
}

TEST_F(RelationsManyToMany, a_row_that_is_there_already_is_refused_and_everything_stays_to_be_written) {
    const auto moon = album(2);
    const auto fresh = session.get<Tag>(1);
    moon->tags.add(fresh);
    session.execute("PRAGMA foreign_keys");  // flushes
    session.rollback();
    EXPECT_TRUE(moon->tags.empty());

    moon->tags.add(fresh);
    const auto twin = session.add(AlbumTag{.album_id = 2, .tag_id = 1});
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    EXPECT_EQ(names(moon->tags), "new");
    session.remove(twin);
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 2:1 3:2");
}

TEST_F(RelationsManyToMany, rollback_takes_back_what_was_flushed) {
    const auto sun = album(1);
    const auto moon = album(2);
    moon->tags.add(Tag{.name = "fresh"});
    sun->tags.remove(sun->tags[0]);
    session.flush();
    session.rollback();
    EXPECT_TRUE(moon->tags.empty());
    EXPECT_EQ(names(sun->tags), "new live");
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 3:2");
}

TEST_F(RelationsManyToMany, a_removed_owner_takes_its_loaded_associations_along) {
    session.rollback();
    engine.create_all<Person, Friendship>();
    const auto ada = session.add(Person{.name = "Ada"});
    const auto bob = ada->friends.add(Person{.name = "Bob"});
    session.commit();
    session.remove(ada);
    session.commit();
    EXPECT_EQ(read("SELECT name FROM Person"), "Bob");
    EXPECT_EQ(read("SELECT id || '' FROM Friendship"), "");
}

TEST_F(RelationsManyToMany, named_keys_tell_the_two_ends_of_one_table_apart) {
    session.rollback();
    engine.create_all<Person, Friendship>();
    const auto ada = session.add(Person{.name = "Ada"});
    const auto bob = session.add(Person{.name = "Bob"});
    ada->friends.add(bob);
    session.commit();
    EXPECT_EQ(read("SELECT person_id || '>' || friend_id || ':' || since FROM Friendship"), "1>2:2000");
    EXPECT_EQ(names(bob->admirers), "Ada");
    EXPECT_TRUE(bob->friends.empty());
    session.clear();
    const auto again = session.query<Person>().with<&Person::friends, &Person::admirers>().get(ada->id);
    EXPECT_EQ(names(again->friends), "Bob");
    EXPECT_EQ(names(again->friends[0]->admirers), "Ada");
}

TEST_F(RelationsManyToMany, a_row_that_the_program_makes_itself_connects_what_was_taken_out_in_the_same_flush) {
    session.rollback();
    engine.create_all<Person, Friendship>();
    const auto ada = session.add(Person{.name = "Ada"});
    const auto bob = ada->friends.add(Person{.name = "Bob"});
    session.commit();
    ada->friends.remove(bob);
    session.add(Friendship{.person_id = ada->id, .friend_id = bob->id, .since = 2026});
    session.commit();
    EXPECT_EQ(read("SELECT person_id || '>' || friend_id || ':' || since FROM Friendship"), "1>2:2026");
    EXPECT_EQ(names(ada->friends), "Bob");
    EXPECT_EQ(names(bob->admirers), "Ada");
    ada->friends.remove(bob);
    session.commit();
    EXPECT_EQ(read("SELECT id || '' FROM Friendship"), "");
}

}  // namespace
}  // namespace relations_many_to_many
