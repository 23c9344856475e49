// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace integration_verify {
namespace {

using mica::col;

struct Artist {
    std::int64_t id = 0;
    std::string name;

    static constexpr auto mapping() { return mica::table("artist", mica::unique<&Artist::name>); }
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    int tracks = 0;
    std::string slug;

    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade),
                           mica::index<&Album::year>.where(col<&Album::year> > 1900),
                           mica::default_value<&Album::tracks>(10), mica::check(col<&Album::title> != ""),
                           mica::generated<&Album::slug>(lower(col<&Album::title>)));
    }
};

using Music = mica::Schema<Artist, Album>;

TEST(Verify, the_tables_of_create_all_do_not_differ) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Music>();
    const mica::Difference difference = engine.verify<Music>();
    EXPECT_TRUE(difference.empty()) << difference;
}

TEST(Verify, an_empty_database_lacks_every_table) {
    mica::Engine engine{"sqlite://"};
    EXPECT_EQ(engine.verify<Music>().to_string(), "artist: there is no such table\nalbum: there is no such table\n");
}

TEST(Verify, what_was_changed_by_hand_is_named) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Music>();
    engine.connect().execute("ALTER TABLE album ADD COLUMN note TEXT");
    engine.connect().execute("CREATE INDEX by_hand ON artist (id, name)");
    EXPECT_EQ(engine.verify<Music>().to_string(),
              "artist: index (id, name) is in no struct\nalbum.note: no struct has this column\n");
}

TEST(Verify, tables_that_are_not_asked_for_have_no_say) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Artist>();
    engine.connect().execute("CREATE TABLE other (a)");
    EXPECT_TRUE(engine.verify<Artist>().empty());
}

TEST(Inspect, every_table_is_told_with_its_columns_in_the_order_of_creation) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Music>();
    const auto connection = engine.connect();
    const std::vector<mica::TableInfo> tables = mica::inspect(connection);
    ASSERT_EQ(tables.size(), 2U);
    EXPECT_EQ(tables[0].name, "artist");
    EXPECT_EQ(tables[1].columns.at(1).name, "title");
    EXPECT_EQ(tables[1].foreign_keys.at(0).on_delete, "CASCADE");
    EXPECT_EQ(tables[1].indexes.size(), 2U);
}

TEST(Inspect, attached_databases_are_told_and_the_databases_own_tables_are_not) {
    mica::Engine engine{"sqlite://"};
    const auto connection = engine.connect();
    connection.execute("ATTACH ':memory:' AS \"other one\"");
    connection.execute("CREATE TABLE \"other one\".t (a INTEGER PRIMARY KEY AUTOINCREMENT)");
    connection.execute("CREATE TABLE m (a UNIQUE)");
    connection.execute("CREATE VIRTUAL TABLE f USING fts5(a)");
    const std::vector<mica::TableInfo> tables = mica::inspect(connection);
    ASSERT_EQ(tables.size(), 3U);
    EXPECT_EQ(tables[0].name, "m");
    EXPECT_EQ(tables[1].name, "f");
    EXPECT_EQ(tables[1].kind, mica::TableKind::virtual_table);
    EXPECT_EQ(tables[2].schema, "other one");
}

}  // namespace
}  // namespace integration_verify
