// SPDX-License-Identifier: BSL-1.0
// Yesterday's database and today's structs: what differs, what has to be done, and doing it without losing anything.
// docs/schema_changes.md explains it.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using mica::col;

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

/// As the first version of the program had it.
struct OldAlbum {
    std::int64_t id = 0;
    std::string name;
    std::string year;
    static constexpr auto mapping() { return mica::table("albums"); }
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::string slug;
    static constexpr auto mapping() { return mica::table("album", mica::unique<&Album::slug>); }
};

using Music = mica::Schema<Album>;

void yesterday(const mica::Engine& engine) {
    engine.create_all<OldAlbum>();
    std::vector<OldAlbum> albums{{0, "Kind of Blue", "1959"}, {0, "Giant Steps", "1960"}};
    engine.connect().insert(albums);
}

void today(const mica::Engine& engine) {
    const mica::Difference difference = engine.verify<Music>();
    std::printf("%s", difference.to_string().c_str());  // album: there is no such table
    check(!difference.empty(), "the structs have changed");

    const auto table = mica::rename_table<&Album::id>("albums");
    const auto column = mica::rename_column<&Album::title>("name");
    const auto slug = mica::fill<&Album::slug>(lower(col<&Album::title>));
    const mica::SchemaPlan plan = engine.plan<Music>(table, column, slug);  // nothing is done yet
    std::printf("%s", plan.to_string().c_str());
    check(plan.is_rebuild() && !plan.is_lossy(), "a year is a number now, and a slug is filled");

    engine.sync<Music>(table, column, slug);
    check(engine.verify<Music>().empty(), "nothing differs any more");
    const auto blue = engine.connect().one(mica::select<Album>().where(col<&Album::slug> == "kind of blue"));
    check(blue.year == 1959, "and nothing is lost");
}

struct AlbumWithoutYear {
    std::int64_t id = 0;
    std::string title;
    std::string slug;
    static constexpr auto mapping() { return mica::table("album", mica::unique<&AlbumWithoutYear::slug>); }
};

void nothing_is_lost_unnamed(const mica::Engine& engine) {
    try {
        engine.sync<AlbumWithoutYear>();
    } catch (const mica::SchemaMismatch& error) {
        std::printf("%s\n", error.what());  // the change would lose what no change names: album: no struct has …
    }
    check(engine.verify<Music>().empty(), "nothing was changed");
    const auto show = [](int done, int total) { std::printf("%d of %d rows\n", done, total); };
    engine.sync<AlbumWithoutYear>(
        {.progress = show, .backup_to = "music_before.db", .deadline = std::chrono::minutes{5}},
        mica::drop_column("album", "year"));
    check(engine.verify<AlbumWithoutYear>().empty(), "now it was said");
}

constexpr auto history = mica::migrations(  //
    mica::migration<1>("first tables", "CREATE TABLE album (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT"),
    mica::migration<2>("years", [](mica::Connection& connection) {
        connection.execute("ALTER TABLE album ADD COLUMN year INTEGER");
        connection.execute("UPDATE album SET year = ?", 1970);
    }));

struct ShippedAlbum {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    static constexpr auto mapping() { return mica::table("album"); }
};

void shipped() {
    mica::Engine engine{"sqlite:///shipped.db"};
    const auto show = [](int done, int total) { std::printf("%d of %d\n", done, total); };
    const int count = engine.migrate(history, {.progress = show, .backup_to = "before.db"});
    check(count == 2, "both were new to this database");
    check(engine.migrate(history) == 0, "and are no more");
    check(mica::check_migrations<ShippedAlbum>(history).empty(), "a test says when they have been forgotten");
}

void what_is_there(const mica::Engine& engine) {
    const auto connection = engine.connect();
    for (const mica::TableInfo& table : mica::inspect(connection)) {
        std::printf("%s\n", table.name.c_str());
        for (const mica::ColumnInfo& column : table.columns)
            std::printf("  %s %s%s\n", column.name.c_str(), column.type.c_str(), column.is_nullable ? "" : " NOT NULL");
    }

    std::printf("%s", mica::diagram<Music>().c_str());
}

int main() {
    mica::Engine engine{"sqlite:///music.db"};
    yesterday(engine);
    today(engine);
    nothing_is_lost_unnamed(engine);
    shipped();
    what_is_there(engine);
}
