// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

namespace integration_chinook_grouping {
namespace {

using namespace chinook;
using mica::avg;
using mica::case_;
using mica::col;
using mica::count;
using mica::round;
using mica::select;
using mica::strftime;
using mica::sum;
using mica::when;

class ChinookGrouping : public mica::test::ChinookQuery {};

TEST_F(ChinookGrouping, revenue_by_country_and_year) {
    const auto year = strftime("%Y", col<&Invoice::date>).as<"year">();
    expect_same(select(col<&Invoice::country>, year, count(), round(sum(col<&Invoice::total>), 2).as<"revenue">())
                    .group_by(col<&Invoice::country>, year)
                    .order_by(col<&Invoice::country>, year),
                "SELECT BillingCountry, strftime('%Y', InvoiceDate) AS year, count(*), round(sum(Total), 2) "
                "FROM Invoice GROUP BY BillingCountry, year ORDER BY BillingCountry, year");
}

TEST_F(ChinookGrouping, the_best_selling_artists) {
    const auto sold = sum(col<&InvoiceLine::Quantity>).as<"sold">();
    const auto income = round(sum(col<&InvoiceLine::UnitPrice> * col<&InvoiceLine::Quantity>), 2);
    expect_same(select(col<&Artist::name>, sold, income)
                    .join<Album>()
                    .join<Track>()
                    .join<InvoiceLine>()
                    .group_by(col<&Artist::id>)
                    .order_by(sold.desc(), col<&Artist::name>)
                    .limit(15),
                "SELECT ar.Name, sum(il.Quantity) AS sold, round(sum(il.UnitPrice * il.Quantity), 2) FROM Artist ar "
                "JOIN Album al ON al.ArtistId = ar.ArtistId JOIN Track t ON t.AlbumId = al.AlbumId "
                "JOIN InvoiceLine il ON il.TrackId = t.TrackId GROUP BY ar.ArtistId ORDER BY sold DESC, ar.Name "
                "LIMIT 15");
}

TEST_F(ChinookGrouping, having_keeps_the_groups_that_it_is_true_for) {
    expect_same(select(col<&Genre::Name>, count(), avg(col<&Track::milliseconds>))
                    .join<Track>()
                    .group_by(col<&Genre::GenreId>)
                    .having(count() > 100 && avg(col<&Track::milliseconds>) < 300000.0)
                    .order_by(count().desc()),
                "SELECT g.Name, count(*), avg(t.Milliseconds) FROM Genre g JOIN Track t ON t.GenreId = g.GenreId "
                "GROUP BY g.GenreId HAVING count(*) > 100 AND avg(t.Milliseconds) < 300000 ORDER BY count(*) DESC");
}

TEST_F(ChinookGrouping, the_whole_table_is_one_group) {
    const auto query = select(count(), count(col<&Track::composer>), mica::count_distinct(col<&Track::composer>),
                              mica::min(col<&Track::milliseconds>), mica::max(col<&Track::milliseconds>),
                              mica::total(col<&Track::bytes>));
    expect_same(query,
                "SELECT count(*), count(Composer), count(DISTINCT Composer), min(Milliseconds), max(Milliseconds), "
                "total(Bytes) FROM Track");
}

TEST_F(ChinookGrouping, aggregates_of_different_rows_stand_side_by_side) {
    expect_same(select(col<&Customer::Country>, count(), count().filter(col<&Customer::Company>.is_not_null()),
                       mica::count_distinct(col<&Customer::City>).filter(col<&Customer::State>.is_null()))
                    .group_by(col<&Customer::Country>)
                    .order_by(col<&Customer::Country>),
                "SELECT Country, count(*), count(*) FILTER (WHERE Company IS NOT NULL), count(DISTINCT City) FILTER "
                "(WHERE State IS NULL) FROM Customer GROUP BY Country ORDER BY Country");
}

TEST_F(ChinookGrouping, rows_are_grouped_by_what_case_makes_of_them) {
    const auto length =
        case_(when(col<&Track::milliseconds> < 180000, "short"), when(col<&Track::milliseconds> < 360000, "medium"))
            .otherwise("long")
            .as<"length">();
    expect_same(select(length, count(), mica::min(col<&Track::name>)).group_by(length).order_by(length),
                "SELECT CASE WHEN Milliseconds < 180000 THEN 'short' WHEN Milliseconds < 360000 THEN 'medium' "
                "ELSE 'long' END AS length, count(*), min(Name) FROM Track GROUP BY length ORDER BY length");
}

TEST_F(ChinookGrouping, the_names_of_a_group_in_one_text) {
    // In no certain order within a group, and therefore of groups that come out of an index in the order of their key.
    const auto titles = mica::group_concat(col<&Album::title>, " / ");
    expect_same(select(col<&Album::artist_id>, titles, mica::group_concat(col<&Album::id>))
                    .group_by(col<&Album::artist_id>)
                    .having(count() >= 5)
                    .order_by(col<&Album::artist_id>),
                "SELECT ArtistId, group_concat(Title, ' / '), group_concat(AlbumId) FROM Album GROUP BY ArtistId "
                "HAVING count(*) >= 5 ORDER BY ArtistId");
}

TEST_F(ChinookGrouping, distinct_rows_once_only) {
    expect_same(select(col<&Invoice::country>, col<&Invoice::city>)
                    .where(col<&Invoice::total> > 10.0)
                    .order_by(col<&Invoice::country>, col<&Invoice::city>)
                    .distinct(),
                "SELECT DISTINCT BillingCountry, BillingCity FROM Invoice WHERE Total > 10 ORDER BY 1, 2");
}

}  // namespace
}  // namespace integration_chinook_grouping
