// SPDX-License-Identifier: BSL-1.0
#include <support/chinook.hpp>
#include <support/chinook_files.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace integration_chinook_totals {
namespace {

using namespace chinook;

class ChinookTotals : public mica::test::ChinookTest {
protected:
    void SetUp() override {
        mica::test::ChinookTest::SetUp();
        if (IsSkipped()) return;
        engine.emplace(source_url());
        raw.emplace(*this);
    }

    template <class Entity>
    std::vector<Entity> all() const {
        return engine->connect().all(mica::select<Entity>());
    }

    std::optional<mica::Engine> engine;
    std::optional<Files> raw;
};

/// Exact, unlike a sum of doubles, whose value depends on the order of the rows.
std::int64_t cents(double amount) { return std::llround(amount * 100); }

TEST_F(ChinookTotals, tracks_add_up_to_what_sql_adds_up) {
    std::int64_t milliseconds = 0;
    std::int64_t bytes = 0;
    std::int64_t price = 0;
    std::int64_t without_composer = 0;
    for (const Track& track : all<Track>()) {
        milliseconds += track.milliseconds;
        bytes += track.bytes.value();
        price += cents(track.unit_price);
        without_composer += track.composer ? 0 : 1;
    }
    EXPECT_EQ(raw->value("SELECT sum(Milliseconds) FROM source.Track"), std::to_string(milliseconds));
    EXPECT_EQ(raw->value("SELECT sum(Bytes) FROM source.Track"), std::to_string(bytes));
    EXPECT_EQ(raw->value("SELECT sum(CAST(round(UnitPrice * 100) AS INTEGER)) FROM source.Track"),
              std::to_string(price));
    EXPECT_EQ(raw->value("SELECT count(*) FROM source.Track WHERE Composer IS NULL"), std::to_string(without_composer));
    EXPECT_EQ(without_composer, 977);
}

TEST_F(ChinookTotals, each_country_was_billed_what_sql_adds_up) {
    std::map<std::string, std::int64_t> billed;
    for (const Invoice& invoice : all<Invoice>()) billed[invoice.country.value()] += cents(invoice.total);
    std::vector<std::string> found;
    for (const auto& [country, amount] : billed) found.push_back(country + '|' + std::to_string(amount));
    EXPECT_EQ(found, raw->rows("SELECT BillingCountry, sum(CAST(round(Total * 100) AS INTEGER)) FROM source.Invoice "
                               "GROUP BY BillingCountry ORDER BY BillingCountry"));
}

TEST_F(ChinookTotals, the_lines_of_each_invoice_add_up_to_its_total) {
    std::map<std::int64_t, std::int64_t> lines;
    for (const InvoiceLine& line : all<InvoiceLine>()) lines[line.InvoiceId] += cents(line.UnitPrice) * line.Quantity;
    std::int64_t sum = 0;
    for (const Invoice& invoice : all<Invoice>()) {
        EXPECT_EQ(lines[invoice.id], cents(invoice.total)) << invoice.id;
        sum += cents(invoice.total);
    }
    EXPECT_EQ(sum, 232860);
    EXPECT_EQ(raw->value("SELECT sum(CAST(round(Total * 100) AS INTEGER)) FROM source.Invoice"), std::to_string(sum));
}

TEST_F(ChinookTotals, invoice_dates_are_the_moments_that_sql_reads) {
    std::int64_t seconds = 0;
    for (const Invoice& invoice : all<Invoice>()) seconds += invoice.date.time_since_epoch().count();
    EXPECT_EQ(raw->value("SELECT sum(CAST(strftime('%s', InvoiceDate) AS INTEGER)) FROM source.Invoice"),
              std::to_string(seconds));
}

TEST_F(ChinookTotals, playlists_hold_as_many_tracks_as_sql_counts) {
    std::map<std::int64_t, int> tracks;
    for (const PlaylistTrack& entry : all<PlaylistTrack>()) ++tracks[entry.playlist_id];
    std::vector<std::string> found;
    for (const auto& [playlist, count] : tracks) {
        found.push_back(std::to_string(playlist) + '|' + std::to_string(count));
    }
    EXPECT_EQ(found, raw->rows("SELECT PlaylistId, count(*) FROM source.PlaylistTrack GROUP BY 1 ORDER BY 1"));
}

}  // namespace
}  // namespace integration_chinook_totals
