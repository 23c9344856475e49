// SPDX-License-Identifier: BSL-1.0
// HasOne: one child at most, which another may replace.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace integration_relations_one {
namespace {

using namespace related_music;
using mica::Ref;

struct RelationsOne : MusicDatabase {
    mica::Session session{engine};

    Ref<Album> album(std::int64_t id) { return session.query<Album>().with<&Album::cover>().get(id); }
};

TEST_F(RelationsOne, assigning_sets_the_childs_key) {
    album(2)->cover = session.get<Cover>(2);
    session.commit();
    EXPECT_EQ(covers(), "1:1 2:2");
}

TEST_F(RelationsOne, assigning_another_parts_the_first) {
    const auto sun = album(1);
    const auto first = sun->cover.get();
    sun->cover = session.get<Cover>(2);
    EXPECT_EQ(sun->cover->file, "spare.png");
    session.commit();
    EXPECT_EQ(covers(), "1:- 2:1");
    EXPECT_FALSE(first->album_id);
}

TEST_F(RelationsOne, a_reset_parts_the_child) {
    const auto sun = album(1);
    sun->cover.reset();
    EXPECT_FALSE(sun->cover);
    session.commit();
    EXPECT_EQ(covers(), "1:- 2:-");
}

TEST_F(RelationsOne, a_new_child_is_saved) {
    const auto moon = album(2);
    moon->cover = Cover{.file = "moon.png"};
    session.commit();
    EXPECT_EQ(covers(), "1:1 2:- 3:2");
    EXPECT_TRUE(moon->cover->album.get() == moon);
}

TEST_F(RelationsOne, two_parents_swap_their_children) {
    const auto sun = album(1);
    const auto moon = album(2);
    moon->cover = session.get<Cover>(2);
    session.commit();
    const auto first = sun->cover.get();
    const auto second = moon->cover.get();
    sun->cover = second;
    moon->cover = first;
    session.commit();
    EXPECT_EQ(covers(), "1:2 2:1");
    EXPECT_TRUE(sun->cover == second);
    EXPECT_TRUE(moon->cover == first);
}

TEST_F(RelationsOne, stands_for_the_handle_of_its_child) {
    const auto sun = album(1);
    EXPECT_FALSE(session.is_modified(sun->cover));
    sun->cover->file = "other.png";
    EXPECT_TRUE(session.is_modified(sun->cover));
    EXPECT_EQ(session.changes(sun->cover).size(), 1U);
    EXPECT_FALSE(session.is_stale(sun->cover));
    session.refresh(sun->cover, mica::discard);
    EXPECT_FALSE(session.is_modified(sun->cover));
    session.refresh(sun->cover);
    session.remove(sun->cover);
    session.commit();
    EXPECT_EQ(covers(), "2:-");
    const auto spare = session.get<Cover>(2);
    spare->album = sun;
    session.commit();
    const std::string title = sun->title;
    EXPECT_EQ(session.detach(spare->album).title, title);
    EXPECT_FALSE(session.is_modified(sun));
}

TEST_F(RelationsOne, assigning_what_is_there_writes_nothing) {
    const auto sun = album(1);
    session.commit();
    const mica::test::StatementLog log{engine};
    sun->cover = sun->cover.get();
    session.commit();
    EXPECT_TRUE(log.texts().empty());
}

TEST_F(RelationsOne, assigning_to_an_unloaded_one_is_refused_because_the_first_is_not_known) {
    const auto sun = session.get<Album>(1);
    const auto spare = session.get<Cover>(2);
    EXPECT_THROW(sun->cover = spare, mica::NotLoaded);
    EXPECT_THROW(sun->cover.reset(), mica::NotLoaded);
}

TEST_F(RelationsOne, rollback_returns_to_the_first) {
    const auto sun = album(1);
    const auto first = sun->cover.get();
    sun->cover = session.get<Cover>(2);
    session.flush();
    session.rollback();
    EXPECT_TRUE(sun->cover == first);
    EXPECT_EQ(first->album_id, 1);
}

TEST_F(RelationsOne, the_childs_own_side_moves_it) {
    const auto sun = album(1);
    const auto moon = album(2);
    sun->cover->album = moon;
    session.commit();
    EXPECT_FALSE(sun->cover);
    EXPECT_EQ(moon->cover->file, "sun.png");
}

}  // namespace
}  // namespace integration_relations_one
