// SPDX-License-Identifier: BSL-1.0
// <mica/session.hpp> alone: a unit of work over objects with relations.
#include <mica/session.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

using mica::col;

namespace {

struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums{};
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    int year = 0;
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist{};

    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade));
    }
};

struct SessionHeader : testing::Test {
    SessionHeader() {
        engine.create_all<Artist, Album>();
        mica::Session session{engine};
        const auto artist = session.add(Artist{.name = "Coltrane"});
        artist->albums.add(Album{.title = "Blue Train", .year = 1957});
        artist->albums.add(Album{.title = "Giant Steps", .year = 1960});
        session.commit();
    }

    mica::Engine engine{"sqlite://"};
};

}  // namespace

TEST_F(SessionHeader, a_query_loads_relations) {
    mica::Session session{engine};
    const auto artist = session.query<Artist>().with<&Artist::albums>().where(col<&Artist::name> == "Coltrane").one();
    ASSERT_EQ(artist->albums.size(), 2U);
    EXPECT_EQ(artist->albums[1]->title, "Giant Steps");
}

TEST_F(SessionHeader, what_changed_in_an_object_is_written) {
    engine.write([](mica::Session& session) { session.get<Album>(2)->year = 1959; });
    mica::Session session{engine};
    EXPECT_EQ(session.get<Album>(2)->year, 1959);
}

TEST_F(SessionHeader, a_session_runs_statements_filters_and_functions) {
    mica::Session session{engine};
    session.execute(mica::update<Album>().set(col<&Album::title> = upper(col<&Album::title>)).all_rows());
    mica::Filter<Album> filter;
    filter &= length(col<&Album::title>) > 10;
    EXPECT_EQ(session.query<Album>().where(filter).one()->title, "GIANT STEPS");
    EXPECT_EQ(session.all(mica::select(col<&Album::title>).order_by(col<&Album::year>.desc())),
              (std::vector<std::string>{"GIANT STEPS", "BLUE TRAIN"}));
}
