// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace integration_chinook_run_time {
namespace {

using namespace chinook;
using mica::col;
using mica::count;
using mica::Filter;
using mica::Order;
using mica::param;
using mica::select;

class ChinookRunTime : public mica::test::ChinookQuery {};

/// What a search form sends.
struct Search {
    std::optional<std::string> name{};
    std::vector<std::string> composers{};
    std::optional<std::int32_t> longest{};
};

Filter<Track> filter_of(const Search& search) {
    Filter<Track> filter;
    if (search.name) filter &= col<&Track::name>.contains(*search.name);
    Filter<Track> by_composer;
    for (const std::string& composer : search.composers) by_composer |= col<&Track::composer>.contains(composer);
    filter &= by_composer;
    if (search.longest) filter &= col<&Track::milliseconds> <= *search.longest;
    return filter;
}

TEST_F(ChinookRunTime, a_filter_grows_with_what_is_asked_for) {
    const auto found = [](const Search& search) {
        return select(col<&Track::id>, col<&Track::name>).where(filter_of(search)).order_by(col<&Track::id>).limit(50);
    };
    const std::string head = "SELECT TrackId, Name FROM Track ";
    const std::string tail = " ORDER BY TrackId LIMIT 50";
    expect_same(found({}), head + tail);
    expect_same(found({.name = "night"}), head + "WHERE Name LIKE '%night%'" + tail);
    expect_same(
        found({.composers = {"Bono", "Hetfield"}, .longest = 250000}),
        head + "WHERE (Composer LIKE '%Bono%' OR Composer LIKE '%Hetfield%') AND Milliseconds <= 250000" + tail);
    EXPECT_TRUE(connection->all(found({.name = "') OR 1 = 1 --"})).empty());
}

TEST_F(ChinookRunTime, a_filter_over_joined_tables) {
    Filter<Track, Genre> filter = col<&Genre::Name> == "Metal";
    filter |= col<&Genre::Name> == "Jazz" && col<&Track::milliseconds> > 500000;
    expect_same(select(col<&Track::name>, col<&Genre::Name>)
                    .join<Genre>()
                    .where(filter && col<&Track::composer>.is_not_null())
                    .order_by(col<&Track::id>),
                "SELECT t.Name, g.Name FROM Track t JOIN Genre g ON g.GenreId = t.GenreId WHERE (g.Name = 'Metal' OR "
                "g.Name = 'Jazz' AND t.Milliseconds > 500000) AND t.Composer IS NOT NULL ORDER BY t.TrackId");
}

TEST_F(ChinookRunTime, an_order_is_chosen) {
    const auto sorted = [](const std::string& by, bool descending) {
        Order<Customer> order;
        if (by == "country")
            descending ? order.then(col<&Customer::Country>.desc()) : order.then(col<&Customer::Country>);
        if (by == "name length") order.then(mica::length(col<&Customer::LastName>).desc());
        order.then(col<&Customer::CustomerId>);
        return select(col<&Customer::LastName>, col<&Customer::Country>).order_by(order);
    };
    const std::string head = "SELECT LastName, Country FROM Customer ORDER BY ";
    expect_same(sorted("country", true), head + "Country DESC, CustomerId");
    expect_same(sorted("country", false), head + "Country, CustomerId");
    expect_same(sorted("name length", false), head + "length(LastName) DESC, CustomerId");
    expect_same(sorted("", false), head + "CustomerId");
}

TEST_F(ChinookRunTime, a_condition_is_there_or_not) {
    const auto invoices = [](std::optional<double> least, bool abroad) {
        return select(col<&Invoice::id>)
            .where_if(least.has_value(), col<&Invoice::total> >= least.value_or(0))
            .where_if(abroad, col<&Invoice::country> != "USA")
            .order_by(col<&Invoice::id>);
    };
    const std::string head = "SELECT InvoiceId FROM Invoice ";
    expect_same(invoices(std::nullopt, false), head + "ORDER BY InvoiceId");
    expect_same(invoices(15.5, false), head + "WHERE Total >= 15.5 ORDER BY InvoiceId");
    expect_same(invoices(15.5, true), head + "WHERE Total >= 15.5 AND BillingCountry <> 'USA' ORDER BY InvoiceId");
}

TEST_F(ChinookRunTime, a_prepared_statement_gets_its_values_at_each_run) {
    const auto longest = connection->prepare(select(col<&Track::name>, col<&Track::milliseconds>)
                                                 .where(col<&Track::genre_id> == param<std::int64_t>)
                                                 .order_by(col<&Track::milliseconds>.desc(), col<&Track::id>)
                                                 .limit(param<int>));
    for (const std::int64_t genre : {1, 2, 24}) {
        compare(text_of(longest(genre, 4).all()),
                "SELECT Name, Milliseconds FROM Track WHERE GenreId = " + std::to_string(genre) +
                    " ORDER BY Milliseconds DESC, TrackId LIMIT 4");
    }
}

TEST_F(ChinookRunTime, a_prepared_statement_takes_dates_and_null) {
    using namespace std::chrono;
    using Time = sys_seconds;
    const auto invoices =
        connection->prepare(select(col<&Invoice::id>)
                                .where(col<&Invoice::date> < param<Time> &&
                                       col<&Invoice::state>.is_not_distinct_from(param<std::optional<std::string>>))
                                .order_by(col<&Invoice::id>));
    const Time date = sys_days{year{2021} / 5 / 1};
    const std::string head =
        "SELECT InvoiceId FROM Invoice WHERE InvoiceDate < '2021-05-01 00:00:00' AND BillingState ";
    compare(text_of(invoices(date, std::nullopt).all()), head + "IS NULL ORDER BY InvoiceId");
    compare(text_of(invoices(date, "WA").all()), head + "= 'WA' ORDER BY InvoiceId");
}

TEST_F(ChinookRunTime, sql_of_the_users_own_stands_in_expressions) {
    const auto vowels = mica::sql<std::int64_t>(
        "length(\"Artist\".\"Name\") - length(replace(lower(\"Artist\".\"Name\"), ?, ''))", "a");
    expect_same(select(col<&Artist::name>, vowels.as<"vowels">())
                    .where(col<&Artist::name>.is_not_null() && mica::sql<bool>("\"Artist\".\"ArtistId\" % ? = 0", 3))
                    .order_by(vowels.desc(), col<&Artist::id>)
                    .limit(10),
                "SELECT Name, length(Name) - length(replace(lower(Name), 'a', '')) AS vowels FROM Artist WHERE Name IS "
                "NOT NULL AND ArtistId % 3 = 0 ORDER BY vowels DESC, ArtistId LIMIT 10");
}

TEST_F(ChinookRunTime, whole_statements_of_sql_give_typed_rows) {
    using Row = std::tuple<std::string, std::int64_t, std::optional<double>>;
    const std::string sql =
        "SELECT Country, count(*), sum(Total) FROM Customer LEFT JOIN Invoice USING (CustomerId) "
        "GROUP BY Country HAVING count(*) > ? ORDER BY 1";
    compare(text_of(connection->execute<Row>(sql, 20).all()),
            "SELECT Country, count(*), sum(Total) FROM Customer LEFT "
            "JOIN Invoice USING (CustomerId) GROUP BY Country HAVING "
            "count(*) > 20 ORDER BY 1");
}

}  // namespace
}  // namespace integration_chinook_run_time
