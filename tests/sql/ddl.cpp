// SPDX-License-Identifier: BSL-1.0
// Which statements create_all() and drop_all() run and in which order. What CREATE TABLE says is unit/schema's matter.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace sql_ddl {

struct Artist {
    std::int64_t id = 0;
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>, mica::index<&Album::artist_id>);
    }
};
struct Track {
    std::int64_t id = 0;
    std::int64_t album_id = 0;
    static constexpr auto mapping() {
        return mica::table("a \"track\"", mica::foreign_key<&Track::album_id, &Album::id>);
    }
};
struct Employee {
    std::int64_t id = 0;
    std::int64_t boss_id = 0;
    static constexpr auto mapping() {
        return mica::table("employee", mica::foreign_key<&Employee::boss_id, &Employee::id>);
    }
};

constexpr const char* create_artist = R"(CREATE TABLE IF NOT EXISTS "Artist" ("id" INTEGER PRIMARY KEY) STRICT)";
constexpr const char* create_album =
    R"(CREATE TABLE IF NOT EXISTS "album" ("id" INTEGER PRIMARY KEY, "artist_id" INTEGER NOT NULL, )"
    R"(CONSTRAINT "fk_album_artist_id" FOREIGN KEY ("artist_id") REFERENCES "Artist" ("id")) STRICT;)"
    "\n"
    R"(CREATE INDEX IF NOT EXISTS "ix_album_artist_id" ON "album" ("artist_id"))";

namespace {

using mica::test::Execution;
using sql_ddl::Album;
using sql_ddl::Artist;
using sql_ddl::create_album;
using sql_ddl::create_artist;
using sql_ddl::Employee;
using sql_ddl::Track;

/// The texts without the transaction around them, each cut behind the table's name.
std::vector<std::string> heads(const mica::test::Recording& recording) {
    std::vector<std::string> heads;
    for (const std::string& text : recording.texts()) {
        if (text.starts_with("CREATE") || text.starts_with("DROP")) heads.push_back(text.substr(0, text.find(" (")));
    }
    return heads;
}

struct SqlDdl : mica::test::RecordedEngine {};

TEST_F(SqlDdl, creates_in_one_transaction) {
    engine.create_all<Artist, Album>();
    EXPECT_EQ(recording.texts(), (std::vector<std::string>{"BEGIN IMMEDIATE", create_artist, create_album, "COMMIT"}));
}

TEST_F(SqlDdl, creates_parents_first_whatever_the_order_they_are_named_in) {
    const std::vector<std::string> expected{R"(CREATE TABLE IF NOT EXISTS "Artist")",
                                            R"(CREATE TABLE IF NOT EXISTS "album")",
                                            R"(CREATE TABLE IF NOT EXISTS "a ""track""")"};
    engine.create_all<Track, Album, Artist>();
    EXPECT_EQ(heads(recording), expected);
    recording.forget();
    engine.create_all<Album, Track, Artist>();
    EXPECT_EQ(heads(recording), expected);
}

TEST_F(SqlDdl, drops_children_first) {
    engine.drop_all<Artist, Track, Album>();
    EXPECT_EQ(recording.texts(), (std::vector<std::string>{
                                     "BEGIN IMMEDIATE", "defer foreign keys", R"(DROP TABLE IF EXISTS "a ""track""")",
                                     R"(DROP TABLE IF EXISTS "album")", R"(DROP TABLE IF EXISTS "Artist")", "COMMIT"}));
}

TEST_F(SqlDdl, takes_a_schema) {
    using Music = mica::Schema<Album, Artist>;
    engine.create_all<Music>();
    const std::vector<std::string> created = recording.texts();
    recording.forget();
    engine.create_all<Album, Artist>();
    EXPECT_EQ(recording.texts(), created);
    recording.forget();
    engine.drop_all<Music>();
    EXPECT_EQ(heads(recording),
              (std::vector<std::string>{R"(DROP TABLE IF EXISTS "album")", R"(DROP TABLE IF EXISTS "Artist")"}));
}

TEST_F(SqlDdl, creates_a_table_that_references_itself) {
    engine.create_all<Employee>();
    EXPECT_EQ(heads(recording), std::vector<std::string>{R"(CREATE TABLE IF NOT EXISTS "employee")"});
}

TEST_F(SqlDdl, rolls_back_where_one_statement_fails) {
    recording.fail(R"(CREATE TABLE IF NOT EXISTS "album")", std::runtime_error("disk full"));
    EXPECT_THROW((engine.create_all<Artist, Album>()), std::runtime_error);
    EXPECT_EQ(recording.texts(),
              (std::vector<std::string>{"BEGIN IMMEDIATE", create_artist, create_album, "ROLLBACK"}));
}

TEST_F(SqlDdl, gives_the_connection_back_after_a_failure) {
    recording.fail("DROP", std::runtime_error("locked"));
    EXPECT_THROW(engine.drop_all<Artist>(), std::runtime_error);
    recording.forget();
    engine.drop_all<Artist>();
    EXPECT_EQ(recording.texts().back(), "COMMIT");
}

}  // namespace
}  // namespace sql_ddl
