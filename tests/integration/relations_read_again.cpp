// SPDX-License-Identifier: BSL-1.0
// What a relation leads to gets the values of its row where these may be others by now: the session knows it already.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relations_read_again {

using namespace mica;

struct Track;

struct Album {
    std::int64_t id = 0;
    std::string title{};
    HasMany<Track> tracks{};
};
struct Track {
    std::int64_t id = 0;
    std::string title{};
    std::optional<std::int64_t> album_id{};
    BelongsTo<Album> album{};
    static constexpr auto mapping() { return table("track", foreign_key<&Track::album_id, &Album::id>); }
};
struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent_id{};
    BelongsTo<Node> parent{};
    static constexpr auto mapping() { return table("node", foreign_key<&Node::parent_id, &Node::id>); }
};

struct RelationsReadAgain : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Album> album;
    Ref<Track> track;

    RelationsReadAgain() {
        engine.create_all<Album, Track, Node>();
        album = session.add(Album{.title = "old"});
        track = session.add(Track{.title = "old"});
        track->album = album;
        session.commit();
    }
    void run(std::string_view sql) { engine.connect().execute(sql); }
};

TEST_F(RelationsReadAgain, a_parent_by_a_query_that_refreshes) {
    run("UPDATE Album SET title = 'new'");
    session.query<Track>().refreshed().with<&Track::album>().all();
    EXPECT_EQ(album->title, "new");
    EXPECT_EQ(track->album, album);
}

TEST_F(RelationsReadAgain, children_by_a_query_that_refreshes) {
    run("UPDATE track SET title = 'new'");
    session.query<Album>().refreshed().with<&Album::tracks>().all();
    EXPECT_EQ(track->title, "new");
}

TEST_F(RelationsReadAgain, a_parent_after_all_have_expired) {
    run("UPDATE Album SET title = 'new'");
    session.expire_all();
    session.query<Track>().with<&Track::album>().all();
    EXPECT_EQ(album->title, "new");
}

TEST_F(RelationsReadAgain, a_parent_behind_a_statement) {
    session.execute("UPDATE Album SET title = 'new'");
    session.load<&Track::album>(track);
    EXPECT_EQ(album->title, "new");
    session.rollback();
    session.query<Album>().all();
    EXPECT_EQ(album->title, "old");
}

TEST_F(RelationsReadAgain, but_a_changed_parent_keeps_what_is_not_written) {
    session.execute("UPDATE Album SET title = 'new'");
    const auto quiet = session.no_autoflush();
    album->title = "mine";
    session.load<&Track::album>(track);
    EXPECT_EQ(album->title, "mine");
}

TEST_F(RelationsReadAgain, an_object_got_by_a_query_that_refreshes) {
    run("UPDATE Album SET title = 'new'");
    run("UPDATE track SET title = 'new'");
    EXPECT_EQ(session.query<Album>().get(1)->title, "old");
    EXPECT_EQ(session.query<Album>().refreshed().with<&Album::tracks>().get(1)->title, "new");
    EXPECT_EQ(track->title, "new");
    session.rollback();
    run("DELETE FROM track");
    run("DELETE FROM Album");
    EXPECT_FALSE(session.query<Album>().refreshed().get(1));
}

TEST_F(RelationsReadAgain, a_rollback_takes_back_what_a_statement_has_made_also_behind_a_savepoint_that_was_undone) {
    session.execute("INSERT INTO track VALUES (7, 'made', 1)");
    session.begin_nested().rollback();
    session.load<&Album::tracks>(album);
    EXPECT_EQ(album->tracks.size(), 2U);
    session.rollback();
    EXPECT_EQ(album->tracks.size(), 1U);
}

TEST_F(RelationsReadAgain, parents_that_are_children_themselves) {
    session.add(Node{.id = 1});
    session.add(Node{.id = 2});
    const Ref<Node> middle = session.add(Node{.id = 3, .parent_id = 1});
    const Ref<Node> leaf = session.add(Node{.id = 4, .parent_id = 3});
    session.commit();
    session.execute("UPDATE node SET parent_id = 2 WHERE id = 3");
    session.load<&Node::parent>(std::vector{middle, leaf});
    EXPECT_EQ(middle->parent_id, 2);
    EXPECT_EQ(middle->parent, session.get<Node>(2));
    EXPECT_EQ(leaf->parent, middle);
}

}  // namespace relations_read_again
