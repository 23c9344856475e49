// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace integration_chinook_writes {
namespace {

using namespace chinook;
using mica::col;
using mica::count;
using mica::excluded;
using mica::insert_into;
using mica::literal;
using mica::select;
using mica::sum;

/// Writes to the copy, and compares it with the source to which SQL has done the same.
class ChinookWrites : public mica::test::ChinookQuery {
protected:
    void SetUp() override {
        mica::test::ChinookTest::SetUp();
        if (IsSkipped()) return;
        std::filesystem::copy_file(source_file(), copy_file());
        engine.emplace(copy_url());
        connection.emplace(engine->connect());
        raw.emplace(*this);
    }
    void TearDown() override {
        if (IsSkipped()) return;
        for (const mica::test::ChinookTable& table : mica::test::chinook_tables) {
            EXPECT_EQ(raw->literals("copy", table), raw->literals("source", table)) << table.name;
        }
    }

    /// That a statement gives the rows of `sql`; which come in any order.
    template <class Statement>
    void expect_same_rows(const Statement& statement, const std::string& sql) {
        std::vector<std::string> found = text_of(connection->all(statement));
        std::vector<std::string> wanted = raw->rows(sql);
        std::sort(found.begin(), found.end());
        std::sort(wanted.begin(), wanted.end());
        EXPECT_FALSE(found.empty()) << sql;
        EXPECT_EQ(found, wanted) << sql;
    }

    /// That a statement changes as many rows as `sql`.
    template <class Statement>
    void expect_same_count(const Statement& statement, const std::string& sql) {
        const std::int64_t changed = connection->execute(statement).rows_affected();
        raw->must(sql);
        EXPECT_GT(changed, 0) << sql;
        EXPECT_EQ(std::to_string(changed), raw->value("SELECT changes()")) << sql;
    }
};

TEST_F(ChinookWrites, an_upsert_changes_what_is_there_and_adds_the_rest) {
    const std::vector<Genre> genres{{1, "Rock & Roll"}, {26, "Fado"}, {2, "Jazz"}, {27, std::nullopt}};
    expect_same_count(insert_into<Genre>()
                          .values(genres)
                          .on_conflict<&Genre::GenreId>()
                          .do_update(col<&Genre::Name> = excluded<&Genre::Name>)
                          .where(col<&Genre::Name> != excluded<&Genre::Name>),
                      "INSERT INTO source.Genre VALUES (1, 'Rock & Roll'), (26, 'Fado'), (2, 'Jazz'), (27, NULL) "
                      "ON CONFLICT (GenreId) DO UPDATE SET Name = excluded.Name WHERE Name <> excluded.Name");
}

TEST_F(ChinookWrites, a_playlist_is_filled_by_a_query) {
    const auto hits = select(literal(18), col<&InvoiceLine::TrackId>)
                          .group_by(col<&InvoiceLine::TrackId>)
                          .having(sum(col<&InvoiceLine::Quantity>) >= 2);
    expect_same_count(insert_into<PlaylistTrack>().from(hits).on_conflict().do_nothing(),
                      "INSERT INTO source.PlaylistTrack SELECT 18, TrackId FROM source.InvoiceLine GROUP BY TrackId "
                      "HAVING sum(Quantity) >= 2 ON CONFLICT DO NOTHING");
}

TEST_F(ChinookWrites, genres_become_playlists_and_are_given_back) {
    expect_same_rows(
        insert_into<Playlist>()
            .columns<&Playlist::PlaylistId, &Playlist::Name>()
            .from(select(col<&Genre::GenreId> + 100, "All of " || col<&Genre::Name>).where(col<&Genre::GenreId> < 6))
            .returning(col<&Playlist::PlaylistId>, mica::upper(col<&Playlist::Name>)),
        "INSERT INTO source.Playlist (PlaylistId, Name) SELECT GenreId + 100, 'All of ' || Name FROM "
        "source.Genre WHERE GenreId < 6 RETURNING PlaylistId, upper(Name)");
}

TEST_F(ChinookWrites, a_row_is_given_back_as_it_is_stored) {
    expect_same_rows(insert_into<Artist>().values(col<&Artist::name> = "Dulce Pontes").returning<Artist>(),
                     "INSERT INTO source.Artist (Name) VALUES ('Dulce Pontes') RETURNING *");
    expect_same_rows(insert_into<Track>()
                         .values(col<&Track::name> = "Canção do Mar", col<&Track::media_format> = 1,
                                 col<&Track::milliseconds> = 300000, col<&Track::unit_price> = 1.29)
                         .returning(col<&Track::id>, col<&Track::composer>, col<&Track::unit_price>),
                     "INSERT INTO source.Track (Name, MediaTypeId, Milliseconds, UnitPrice) VALUES ('Canção do Mar', "
                     "1, 300000, 1.29) RETURNING TrackId, Composer, UnitPrice");
}

TEST_F(ChinookWrites, invoices_get_the_address_of_their_customers) {
    expect_same_count(
        mica::update<Invoice>()
            .set(col<&Invoice::address> = col<&Customer::Address>, col<&Invoice::city> = col<&Customer::City> || "!",
                 col<&Invoice::postal_code> = std::nullopt)
            .from<Customer>()
            .where(col<&Customer::CustomerId> == col<&Invoice::customer_id> && col<&Customer::Country> == "Germany"),
        "UPDATE source.Invoice SET BillingAddress = c.Address, BillingCity = c.City || '!', "
        "BillingPostalCode = NULL FROM source.Customer c WHERE c.CustomerId = Invoice.CustomerId AND "
        "c.Country = 'Germany'");
}

TEST_F(ChinookWrites, prices_rise_with_what_was_sold) {
    const auto copies =
        select(count()).from<InvoiceLine>().where(col<&InvoiceLine::TrackId> == col<&Track::id>).scalar_subquery();
    const auto factor = mica::case_(mica::when(copies > 1, 1.5), mica::when(copies == 1, 1.2)).otherwise(1.0);
    expect_same_count(mica::update<Track>()
                          .set(col<&Track::unit_price> = mica::round(col<&Track::unit_price> * factor, 2))
                          .where(col<&Track::genre_id> == 2),
                      "UPDATE source.Track SET UnitPrice = round(UnitPrice * CASE WHEN (SELECT count(*) FROM "
                      "source.InvoiceLine i WHERE i.TrackId = Track.TrackId) > 1 THEN 1.5 WHEN (SELECT count(*) FROM "
                      "source.InvoiceLine i WHERE i.TrackId = Track.TrackId) = 1 THEN 1.2 ELSE 1.0 END, 2) "
                      "WHERE GenreId = 2");
}

TEST_F(ChinookWrites, changed_rows_are_given_back_with_their_new_values) {
    expect_same_rows(
        mica::update<Employee>()
            .set(col<&Employee::title> = "Senior " || col<&Employee::title>, col<&Employee::reports_to> = 1)
            .where(col<&Employee::hire_date> < std::chrono::sys_days{std::chrono::year{2003} / 1 / 1} &&
                   col<&Employee::reports_to>.is_not_null())
            .returning(col<&Employee::id>, col<&Employee::title>, col<&Employee::reports_to>),
        "UPDATE source.Employee SET Title = 'Senior ' || Title, ReportsTo = 1 WHERE HireDate < "
        "'2003-01-01 00:00:00' AND ReportsTo IS NOT NULL RETURNING EmployeeId, Title, ReportsTo");
}

TEST_F(ChinookWrites, what_a_subquery_finds_is_removed_and_given_back) {
    const auto empty =
        !mica::exists(select<PlaylistTrack>().where(col<&PlaylistTrack::playlist_id> == col<&Playlist::PlaylistId>));
    expect_same_rows(mica::delete_from<Playlist>().where(empty).returning(col<&Playlist::Name>),
                     "DELETE FROM source.Playlist WHERE NOT EXISTS (SELECT * FROM source.PlaylistTrack p WHERE "
                     "p.PlaylistId = Playlist.PlaylistId) RETURNING Name");
}

}  // namespace
}  // namespace integration_chinook_writes
