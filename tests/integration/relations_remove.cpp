// SPDX-License-Identifier: BSL-1.0
// Removing a parent: the database does what ON DELETE says, and the session follows.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <cstdint>

namespace integration_relations_remove {
namespace {

using namespace related_music;
using mica::Ref;

struct RelationsRemove : MusicDatabase {
    mica::Session session{engine};
};

TEST_F(RelationsRemove, a_cascade_takes_tracked_children_along) {
    const auto sun = session.get<Album>(1);
    session.execute("DELETE FROM cover");
    session.remove(session.get<Artist>(1));
    session.flush();
    EXPECT_FALSE(session.get<Album>(1));
    sun->title = "changed";
    session.commit();
    EXPECT_EQ(albums(), "Rain2");
}

TEST_F(RelationsRemove, children_of_children_lose_their_key_where_it_is_set_to_null) {
    session.execute("DELETE FROM cover");
    const auto sun = session.query<Album>().with<&Album::tracks>().get(1);
    const auto track = sun->tracks[0];
    session.remove(session.get<Artist>(1));
    session.flush();
    EXPECT_EQ(track->album_id, std::nullopt);
    EXPECT_FALSE(track->album);
    track->name = "still here";
    session.commit();
    EXPECT_EQ(tracks(), "still here- b- c3 loose-");
}

TEST_F(RelationsRemove, the_cascade_reaches_associations) {
    session.execute("DELETE FROM cover");
    const auto live = session.query<Tag>().with<&Tag::albums>().get(2);
    session.remove(session.get<Album>(1));
    session.commit();
    EXPECT_EQ(names(live->albums), "Rain");
    EXPECT_EQ(tags(), "3:2");
}

TEST_F(RelationsRemove, rollback_brings_back_what_went_by_cascade) {
    session.execute("DELETE FROM cover");
    session.commit();
    const auto ada = session.query<Artist>().with<&Artist::albums, &Album::tracks>().get(1);
    const auto sun = ada->albums[0];
    session.remove(ada);
    session.flush();
    session.rollback();
    EXPECT_TRUE(session.get<Album>(1) == sun);
    EXPECT_EQ(names(ada->albums), "Sun Moon");
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_EQ(sun->tracks[0]->album_id, 1);
    EXPECT_TRUE(sun->tracks[0]->album.get() == sun);
    sun->title = "Star";
    session.commit();
    EXPECT_EQ(albums(), "Star1 Moon1 Rain2");
}

TEST_F(RelationsRemove, a_parent_that_the_database_keeps_is_an_error_and_stays) {
    const auto sun = session.query<Album>().with<&Album::cover>().get(1);
    session.remove(sun);
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    sun->cover.reset();
    session.commit();
    EXPECT_EQ(albums(), "Moon1 Rain2");
}

TEST_F(RelationsRemove, a_child_that_is_moved_in_the_same_flush_survives) {
    session.execute("DELETE FROM cover");
    const auto ada = session.query<Artist>().with<&Artist::albums>().get(1);
    const auto bob = session.query<Artist>().with<&Artist::albums>().get(2);
    bob->albums.add(ada->albums[1]);
    session.remove(ada);
    session.commit();
    EXPECT_EQ(albums(), "Moon2 Rain2");
    EXPECT_EQ(names(bob->albums), "Rain Moon");
}

TEST_F(RelationsRemove, cascades_are_followed_without_any_relation_too) {
    session.rollback();
    struct Plain {
        std::int64_t id = 0;
        std::optional<std::int64_t> parent_id{};
        static constexpr auto mapping() {
            return mica::table("plain", mica::foreign_key<&Plain::parent_id, &Plain::id>.on_delete(mica::cascade));
        }
    };
    engine.create_all<Plain>();
    mica::Session other{engine};
    const auto top = other.add(Plain{.id = 1});
    other.add(Plain{.id = 2, .parent_id = 1});
    other.add(Plain{.id = 3, .parent_id = 2});
    other.commit();
    other.remove(top);
    other.flush();
    EXPECT_FALSE(other.get<Plain>(3));
    other.rollback();
    EXPECT_TRUE(other.get<Plain>(3));
}

}  // namespace
}  // namespace integration_relations_remove
