// SPDX-License-Identifier: BSL-1.0
#include <support/chinook.hpp>
#include <support/chinook_files.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace integration_chinook_queries {
namespace {

using namespace chinook;
using mica::col;

class ChinookQueries : public mica::test::ChinookTest {};

TEST_F(ChinookQueries, a_pattern_and_a_range_find_the_tracks_that_sql_finds) {
    const mica::Engine engine{source_url()};
    const auto query = mica::select(col<&Track::id>, col<&Track::name>)
                           .where(col<&Track::composer>.like("%Harris%") &&
                                  col<&Track::milliseconds>.between(200000, 400000) && col<&Track::genre_id> != 1)
                           .order_by(col<&Track::name>, col<&Track::id>.desc());
    std::vector<std::string> found;
    for (const auto& [id, name] : engine.connect().all(query)) found.push_back(std::to_string(id) + '|' + name);
    EXPECT_FALSE(found.empty());
    Files raw{*this};
    EXPECT_EQ(found, raw.rows("SELECT TrackId, Name FROM source.Track WHERE Composer LIKE '%Harris%' AND "
                              "Milliseconds BETWEEN 200000 AND 400000 AND GenreId <> 1 ORDER BY Name, TrackId DESC"));
}

TEST_F(ChinookQueries, a_date_is_compared_as_it_is_stored) {
    using namespace std::chrono;
    const mica::Engine engine{source_url()};
    const sys_seconds new_year = sys_days{year{2024} / January / 1};
    const auto query = mica::select(col<&Invoice::id>)
                           .where(col<&Invoice::date> >= new_year && col<&Invoice::date> < new_year + days{366})
                           .order_by(col<&Invoice::date>, col<&Invoice::id>);
    std::vector<std::string> found;
    for (const std::int64_t id : engine.connect().all(query)) found.push_back(std::to_string(id));
    EXPECT_FALSE(found.empty());
    Files raw{*this};
    EXPECT_EQ(found, raw.rows("SELECT InvoiceId FROM source.Invoice WHERE strftime('%Y', InvoiceDate) = '2024' "
                              "ORDER BY InvoiceDate, InvoiceId"));
}

TEST_F(ChinookQueries, the_head_of_a_tree_is_the_row_that_references_nobody) {
    const mica::Engine engine{source_url()};
    const Employee head = engine.connect().one(mica::select<Employee>().where(col<&Employee::reports_to>.is_null()));
    EXPECT_EQ(head.last_name, "Adams");
    EXPECT_EQ(head.birth_date, std::chrono::sys_days{std::chrono::year{1962} / 2 / 18});
}

TEST_F(ChinookQueries, a_composite_key_finds_its_row) {
    const mica::Engine engine{source_url()};
    mica::Session session{engine};
    const mica::Ref<PlaylistTrack> found = session.get<PlaylistTrack>(1, 3402);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->playlist_id, 1);
    EXPECT_EQ(found->track_id, 3402);
    EXPECT_FALSE(session.get<PlaylistTrack>(3402, 1));
}

}  // namespace
}  // namespace integration_chinook_queries
