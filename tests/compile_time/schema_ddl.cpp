// SPDX-License-Identifier: BSL-1.0
// DDL is a constant of its struct, in any number of files the same.
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/schema/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace compile_time_ddl {

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade),
                           mica::unique<&Album::artist_id, &Album::title>, mica::index<&Album::year>,
                           mica::check(mica::col<&Album::title> != ""));
    }
};

static_assert(mica::ddl<Artist> == R"(CREATE TABLE "Artist" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL) STRICT)");
static_assert(mica::ddl<Album> ==
              R"(CREATE TABLE "album" ("id" INTEGER PRIMARY KEY, "title" TEXT NOT NULL, "year" INTEGER, )"
              R"("artist_id" INTEGER NOT NULL, CONSTRAINT "fk_album_artist_id" FOREIGN KEY ("artist_id") )"
              R"(REFERENCES "Artist" ("id") ON DELETE CASCADE, )"
              R"(CONSTRAINT "uq_album_artist_id_title" UNIQUE ("artist_id", "title"), )"
              R"(CONSTRAINT "ck_album_1" CHECK ("title" <> '')) STRICT;)"
              "\n"
              R"(CREATE INDEX "ix_album_year" ON "album" ("year"))");

using Texts = decltype(mica::detail::texts_of<mica::dialect::sqlite>(mica::Schema<Album, Artist>{}));
static_assert(Texts::order[0] == 1 && Texts::order[1] == 0);
static_assert(Texts::drop[0].name == "album" && Texts::drop[1].name == "Artist");

}  // namespace compile_time_ddl
