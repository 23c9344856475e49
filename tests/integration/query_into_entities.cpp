// SPDX-License-Identifier: BSL-1.0
// Rows of one's own whose members are whole entities, with relations too.
#include <support/related_music.hpp>

#include <gtest/gtest.h>

namespace integration_query_into_entities {
namespace {

using namespace related_music;
using mica::col;

struct Pair {
    Artist artist{};
    Album album{};
};
struct QueryIntoEntities : MusicDatabase {};

TEST_F(QueryIntoEntities, fill_members_that_have_relations) {
    const auto connection = engine.connect();
    const auto rows =
        connection.all(mica::select<Artist, Album>().join<Album>().order_by(col<&Album::id>).into<Pair>());
    ASSERT_FALSE(rows.empty());
    for (const Pair& row : rows) EXPECT_EQ(row.album.artist_id, row.artist.id);
}

}  // namespace
}  // namespace integration_query_into_entities
