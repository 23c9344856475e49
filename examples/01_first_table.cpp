// SPDX-License-Identifier: BSL-1.0
// A plain struct is the schema: create its table, insert rows, read them back.
#include <mica/mica.hpp>

#include <cstdio>

struct Artist {
    std::int64_t id = 0;  // a field named id is the primary key; 0 lets the database choose
    std::string name;
    std::optional<int> founded;  // std::optional may be NULL, everything else is NOT NULL
};

int main() {
    mica::Engine engine{"sqlite://"};  // a private database in memory; sqlite:///music.db is a file
    engine.create_all<Artist>();

    auto connection = engine.connect();
    connection.execute(mica::insert_into<Artist>().values(Artist{.name = "Kraftwerk", .founded = 1970}));
    connection.execute(mica::insert_into<Artist>().values(Artist{.name = "Can", .founded = 1968}));

    for (const Artist& artist : connection.execute(mica::select<Artist>())) {
        std::printf("%lld %s %d\n", static_cast<long long>(artist.id), artist.name.c_str(), artist.founded.value_or(0));
    }

    static_assert(
        mica::ddl<Artist> ==
        R"(CREATE TABLE "Artist" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL, "founded" INTEGER) STRICT)");
}
