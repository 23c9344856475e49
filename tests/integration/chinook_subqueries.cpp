// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

#include <chrono>

namespace integration_chinook_subqueries {
namespace {

using namespace chinook;
using mica::avg;
using mica::col;
using mica::count;
using mica::exists;
using mica::select;
using mica::sum;

class ChinookSubqueries : public mica::test::ChinookQuery {
protected:
    static constexpr const char* never_sold =
        "SELECT TrackId, Name FROM Track WHERE TrackId NOT IN (SELECT TrackId FROM InvoiceLine) ORDER BY TrackId";
};

TEST_F(ChinookSubqueries, tracks_never_sold_by_not_exists) {
    expect_same(select(col<&Track::id>, col<&Track::name>)
                    .where(!exists(
                        select(col<&InvoiceLine::InvoiceLineId>).where(col<&InvoiceLine::TrackId> == col<&Track::id>)))
                    .order_by(col<&Track::id>),
                never_sold);
}

TEST_F(ChinookSubqueries, tracks_never_sold_by_not_in) {
    expect_same(select(col<&Track::id>, col<&Track::name>)
                    .where(col<&Track::id>.not_in(select(col<&InvoiceLine::TrackId>)))
                    .order_by(col<&Track::id>),
                never_sold);
}

TEST_F(ChinookSubqueries, tracks_never_sold_by_what_a_left_join_misses) {
    expect_same(select(col<&Track::id>, col<&Track::name>)
                    .left_join<InvoiceLine>()
                    .where(col<&InvoiceLine::InvoiceLineId>.is_null())
                    .order_by(col<&Track::id>),
                never_sold);
}

TEST_F(ChinookSubqueries, customers_without_an_invoice_this_year) {
    using namespace std::chrono;
    expect_same(select(col<&Customer::FirstName>, col<&Customer::LastName>)
                    .where(!exists(select<Invoice>().where(col<&Invoice::customer_id> == col<&Customer::CustomerId> &&
                                                           col<&Invoice::date> >= sys_days{year{2025} / 1 / 1})))
                    .order_by(col<&Customer::LastName>),
                "SELECT FirstName, LastName FROM Customer c WHERE NOT EXISTS (SELECT * FROM Invoice i WHERE "
                "i.CustomerId = c.CustomerId AND i.InvoiceDate >= '2025-01-01 00:00:00') ORDER BY LastName");
}

TEST_F(ChinookSubqueries, tracks_longer_than_the_average_of_all) {
    expect_same(
        select(col<&Track::name>, col<&Track::milliseconds>)
            .where(col<&Track::genre_id> == 2 && col<&Track::milliseconds> > select(avg(col<&Track::milliseconds>)))
            .order_by(col<&Track::milliseconds>),
        "SELECT Name, Milliseconds FROM Track WHERE GenreId = 2 AND Milliseconds > (SELECT avg(Milliseconds) "
        "FROM Track) ORDER BY Milliseconds");
}

TEST_F(ChinookSubqueries, tracks_longer_than_the_average_of_their_own_album) {
    constexpr auto other = mica::alias<Track, "other">;
    const auto average =
        select(avg(other.col<&Track::milliseconds>)).where(other.col<&Track::album_id> == col<&Track::album_id>);
    expect_same(select(col<&Track::id>).where(col<&Track::milliseconds> * 0.5 > average).order_by(col<&Track::id>),
                "SELECT TrackId FROM Track t WHERE Milliseconds * 0.5 > (SELECT avg(o.Milliseconds) FROM Track o "
                "WHERE o.AlbumId = t.AlbumId) ORDER BY TrackId");
}

TEST_F(ChinookSubqueries, a_correlated_count_beside_each_row) {
    const auto albums = select(count()).from<Album>().where(col<&Album::artist_id> == col<&Artist::id>);
    expect_same(
        select(col<&Artist::name>, albums.scalar_subquery().as<"albums">()).order_by(col<&Artist::id>).limit(40),
        "SELECT Name, (SELECT count(*) FROM Album al WHERE al.ArtistId = ar.ArtistId) FROM Artist ar "
        "ORDER BY ArtistId LIMIT 40");
}

TEST_F(ChinookSubqueries, the_latest_invoice_of_each_customer_by_a_row_value) {
    constexpr auto latest = mica::alias<Invoice, "latest">;
    expect_same(select(col<&Invoice::id>, col<&Invoice::customer_id>, col<&Invoice::date>)
                    .where(mica::row(col<&Invoice::customer_id>, col<&Invoice::date>)
                               .in(select(latest.col<&Invoice::customer_id>, mica::max(latest.col<&Invoice::date>))
                                       .group_by(latest.col<&Invoice::customer_id>)))
                    .order_by(col<&Invoice::customer_id>, col<&Invoice::id>),
                "SELECT InvoiceId, CustomerId, InvoiceDate FROM Invoice WHERE (CustomerId, InvoiceDate) IN "
                "(SELECT CustomerId, max(InvoiceDate) FROM Invoice GROUP BY CustomerId) "
                "ORDER BY CustomerId, InvoiceId");
}

TEST_F(ChinookSubqueries, customers_who_spend_more_than_the_average_customer) {
    const auto spent =
        mica::subquery<"spent">(select(col<&Invoice::customer_id>, sum(col<&Invoice::total>).as<"amount">())
                                    .group_by(col<&Invoice::customer_id>));
    const auto others =
        mica::subquery<"others">(select(sum(col<&Invoice::total>).as<"amount">()).group_by(col<&Invoice::customer_id>));
    expect_same(select(col<&Customer::LastName>, mica::round(spent.col<"amount">, 2))
                    .join(spent, spent.col<&Invoice::customer_id> == col<&Customer::CustomerId>)
                    .where(spent.col<"amount"> > select(avg(others.col<"amount">)).from(others))
                    .order_by(spent.col<"amount">.desc(), col<&Customer::LastName>),
                "SELECT c.LastName, round(spent.amount, 2) FROM Customer c JOIN (SELECT CustomerId, sum(Total) "
                "AS amount FROM Invoice GROUP BY CustomerId) spent ON spent.CustomerId = c.CustomerId "
                "WHERE spent.amount > (SELECT avg(amount) FROM (SELECT sum(Total) AS amount FROM Invoice "
                "GROUP BY CustomerId)) ORDER BY spent.amount DESC, c.LastName");
}

}  // namespace
}  // namespace integration_chinook_subqueries
