// SPDX-License-Identifier: BSL-1.0
// <mica/model.hpp> alone: a program of structs, their tables and relations, and of no database.
#include <mica/model.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using mica::col;

namespace {

enum class Kind { studio, live };

struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album, "artist_id"> albums{};
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::string folded{};
    Kind kind{};
    std::optional<std::chrono::sys_seconds> released{};
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist{};

    static constexpr auto mapping() {
        return mica::table(
            "album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade),
            mica::unique<&Album::artist_id, &Album::title>,
            mica::index<&Album::released>.where(col<&Album::released>.is_not_null()),
            mica::generated<&Album::folded>(lower(col<&Album::title>)),
            mica::check(length(col<&Album::title>) > 0 && col<&Album::kind>.in(Kind::studio, Kind::live)),
            mica::default_expr<&Album::released>(mica::current_timestamp));
    }
};

}  // namespace

TEST(ModelHeader, a_mapping_gives_create_table_as_a_constant) {
    constexpr std::string_view text = mica::ddl<Album>;
    static_assert(text.starts_with("CREATE TABLE"));
    EXPECT_NE(text.find(R"(CHECK (length("title") > 0 AND)"), text.npos) << text;
    EXPECT_NE(text.find(R"(lower("title"))"), text.npos) << text;
    EXPECT_NE(text.find(R"(REFERENCES "Artist" ("id") ON DELETE CASCADE)"), text.npos) << text;
}

TEST(ModelHeader, a_relation_takes_a_new_object_that_has_relations_and_foreign_keys_itself) {
    Album album{.title = "Blue Train", .artist = Artist{.name = "John Coltrane"}};
    ASSERT_TRUE(album.artist.is_loaded());
    EXPECT_EQ(album.artist->name, "John Coltrane");
    album.artist->albums.add(Album{.title = "Giant Steps"});
    EXPECT_EQ(album.artist->albums.size(), 1U);
}

TEST(ModelHeader, a_collection_of_a_plain_value_is_not_loaded) {
    const Artist artist{.name = "Miles Davis"};
    EXPECT_THROW(static_cast<void>(artist.albums.size()), mica::NotLoaded);
}
