// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

namespace integration_chinook_windows {
namespace {

using namespace chinook;
using mica::col;
using mica::count;
using mica::order_by;
using mica::partition_by;
using mica::round;
using mica::row_number;
using mica::select;
using mica::sum;

class ChinookWindows : public mica::test::ChinookQuery {};

TEST_F(ChinookWindows, the_three_longest_tracks_of_each_genre) {
    const auto place =
        row_number()
            .over(partition_by(col<&Track::genre_id>), order_by(col<&Track::milliseconds>.desc(), col<&Track::id>))
            .as<"place">();
    const auto ranked =
        mica::subquery<"ranked">(select(col<&Track::genre_id>, col<&Track::name>, col<&Track::milliseconds>, place));
    expect_same(select(ranked.col<&Track::genre_id>, ranked.col<&Track::name>, ranked.col<"place">)
                    .from(ranked)
                    .where(ranked.col<"place"> <= 3)
                    .order_by(ranked.col<&Track::genre_id>, ranked.col<"place">),
                "SELECT GenreId, Name, place FROM (SELECT GenreId, Name, row_number() OVER (PARTITION BY GenreId "
                "ORDER BY Milliseconds DESC, TrackId) AS place FROM Track) WHERE place <= 3 ORDER BY GenreId, place");
}

TEST_F(ChinookWindows, a_running_total_of_each_customer) {
    const auto running =
        sum(col<&Invoice::total>)
            .over(partition_by(col<&Invoice::customer_id>), order_by(col<&Invoice::date>, col<&Invoice::id>));
    expect_same(select(col<&Invoice::customer_id>, col<&Invoice::date>, col<&Invoice::total>, round(running, 2))
                    .where(col<&Invoice::customer_id> <= 5)
                    .order_by(col<&Invoice::customer_id>, col<&Invoice::date>, col<&Invoice::id>),
                "SELECT CustomerId, InvoiceDate, Total, round(sum(Total) OVER (PARTITION BY CustomerId "
                "ORDER BY InvoiceDate, InvoiceId), 2) FROM Invoice WHERE CustomerId <= 5 "
                "ORDER BY CustomerId, InvoiceDate, InvoiceId");
}

TEST_F(ChinookWindows, a_moving_average_over_a_frame_of_rows) {
    const auto moving =
        mica::avg(col<&Invoice::total>)
            .over(order_by(col<&Invoice::id>), mica::rows_between(mica::preceding(2), mica::following(2)));
    expect_same(select(col<&Invoice::id>, round(moving, 3)).order_by(col<&Invoice::id>).limit(50),
                "SELECT InvoiceId, round(avg(Total) OVER (ORDER BY InvoiceId ROWS BETWEEN 2 PRECEDING AND "
                "2 FOLLOWING), 3) FROM Invoice ORDER BY InvoiceId LIMIT 50");
}

TEST_F(ChinookWindows, the_invoice_before_and_the_one_after) {
    const auto by_date = order_by(col<&Invoice::date>, col<&Invoice::id>);
    expect_same(select(col<&Invoice::id>, mica::lag(col<&Invoice::total>).over(by_date),
                       mica::lead(col<&Invoice::total>, 2, 0.0).over(by_date))
                    .where(col<&Invoice::country> == "Canada")
                    .order_by(col<&Invoice::date>, col<&Invoice::id>),
                "SELECT InvoiceId, lag(Total) OVER (ORDER BY InvoiceDate, InvoiceId), lead(Total, 2, 0.0) OVER "
                "(ORDER BY InvoiceDate, InvoiceId) FROM Invoice WHERE BillingCountry = 'Canada' "
                "ORDER BY InvoiceDate, InvoiceId");
}

TEST_F(ChinookWindows, ranks_with_and_without_gaps_over_groups) {
    const auto income = round(sum(col<&Invoice::total>), 2).as<"income">();
    const auto by_count = order_by(count().desc());
    expect_same(
        select(col<&Invoice::country>, count(), income, mica::rank().over(by_count), mica::dense_rank().over(by_count))
            .group_by(col<&Invoice::country>)
            .order_by(count().desc(), col<&Invoice::country>),
        "SELECT BillingCountry, count(*), round(sum(Total), 2), rank() OVER (ORDER BY count(*) DESC), "
        "dense_rank() OVER (ORDER BY count(*) DESC) FROM Invoice GROUP BY BillingCountry "
        "ORDER BY count(*) DESC, BillingCountry");
}

TEST_F(ChinookWindows, the_share_of_each_genre_in_all_tracks) {
    const auto share = round(count() * 100.0 / sum(count()).over(), 1).as<"share">();
    expect_same(select(col<&Genre::Name>, count(), share)
                    .join<Track>()
                    .group_by(col<&Genre::GenreId>)
                    .order_by(share.desc(), col<&Genre::Name>),
                "SELECT g.Name, count(*), round(count(*) * 100.0 / sum(count(*)) OVER (), 1) AS share FROM Genre g "
                "JOIN Track t ON t.GenreId = g.GenreId GROUP BY g.GenreId ORDER BY share DESC, g.Name");
}

TEST_F(ChinookWindows, the_first_and_the_last_hired_of_each_boss) {
    const auto window = partition_by(col<&Employee::reports_to>);
    const auto by_date = order_by(col<&Employee::hire_date>, col<&Employee::id>);
    const auto all = mica::rows_between(mica::unbounded_preceding, mica::unbounded_following);
    expect_same(select(col<&Employee::last_name>, mica::first_value(col<&Employee::last_name>).over(window, by_date),
                       mica::last_value(col<&Employee::hire_date>).over(window, by_date, all),
                       mica::ntile(2).over(window, by_date))
                    .order_by(col<&Employee::id>),
                "SELECT LastName, first_value(LastName) OVER (PARTITION BY ReportsTo ORDER BY HireDate, EmployeeId), "
                "last_value(HireDate) OVER (PARTITION BY ReportsTo ORDER BY HireDate, EmployeeId ROWS BETWEEN "
                "UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), ntile(2) OVER (PARTITION BY ReportsTo "
                "ORDER BY HireDate, EmployeeId) FROM Employee ORDER BY EmployeeId");
}

TEST_F(ChinookWindows, a_window_over_some_rows_only) {
    const auto before =
        count()
            .filter(col<&Invoice::total> > 10.0)
            .over(order_by(col<&Invoice::id>), mica::rows_between(mica::unbounded_preceding, mica::preceding(1)));
    expect_same(select(col<&Invoice::id>, before).order_by(col<&Invoice::id>.desc()).limit(20),
                "SELECT InvoiceId, count(*) FILTER (WHERE Total > 10) OVER (ORDER BY InvoiceId ROWS BETWEEN "
                "UNBOUNDED PRECEDING AND 1 PRECEDING) FROM Invoice ORDER BY InvoiceId DESC LIMIT 20");
}

}  // namespace
}  // namespace integration_chinook_windows
