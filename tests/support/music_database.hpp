// SPDX-License-Identifier: BSL-1.0
// The tables of music.hpp with rows of every kind: an artist without albums, an album without tracks or year, a track
// without album.
#pragma once

#include <support/memory_database.hpp>
#include <support/music.hpp>

namespace mica::test {

struct MusicDatabase : MemoryDatabase<music::Artist, music::Album, music::Track> {
    MusicDatabase() {
        insert<music::Artist>({{1, "Ada", "GB"}, {2, "Bix", "US"}, {3, "Cyd", std::nullopt}});
        insert<music::Album>({{1, "Red", 1999, 1}, {2, "Blue", 2005, 1}, {3, "Green", std::nullopt, 2}});
        insert<music::Track>(
            {{1, "One", 100, 1}, {2, "Two", 200, 1}, {3, "Three", 300, 2}, {4, "Four", 50, std::nullopt}});
    }
};

}  // namespace mica::test
