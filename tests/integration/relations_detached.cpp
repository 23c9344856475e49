// SPDX-License-Identifier: BSL-1.0
// detach() of a new object that a relation knows: it is not saved.
#include <support/albums.hpp>

#include <gtest/gtest.h>

namespace integration_relations_detached {
namespace {

using namespace albums;

struct RelationsDetached : AlbumDatabase {};

TEST_F(RelationsDetached, a_new_object_that_is_detached_is_not_saved_because_of_a_collection) {
    const auto album = session.query<Album>().with<&Album::tracks>().get(2);
    const auto track = session.add(Track{.name = "never"});
    album->tracks.add(track);
    session.detach(track);
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM track"), 1);
}

TEST_F(RelationsDetached, a_new_parent_that_is_detached_is_not_saved_because_of_its_child) {
    const auto album = session.add(Album{.title = "never"});
    session.get<Track>(1)->album = album;
    session.detach(album);
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM album"), 2);
}

}  // namespace
}  // namespace integration_relations_detached
