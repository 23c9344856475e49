// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace integration_chinook_functions {
namespace {

using namespace chinook;
using mica::case_;
using mica::coalesce;
using mica::col;
using mica::count;
using mica::select;
using mica::when;

class ChinookFunctions : public mica::test::ChinookQuery {};

struct Address {
    std::string name;
    std::string place;
    std::optional<std::string> mail_domain;
};

TEST_F(ChinookFunctions, texts_are_put_together_and_taken_apart) {
    const auto domain = mica::substr(col<&Customer::Email>, mica::instr(col<&Customer::Email>, "@") + 1);
    expect_same(
        select(mica::upper(col<&Customer::LastName>) || ", " || col<&Customer::FirstName>,
               coalesce(col<&Customer::City>, "") || " (" || coalesce(col<&Customer::Country>, "?") || ")", domain)
            .order_by(col<&Customer::CustomerId>)
            .into<Address>(),
        "SELECT upper(LastName) || ', ' || FirstName, coalesce(City, '') || ' (' || coalesce(Country, '?') || ')', "
        "substr(Email, instr(Email, '@') + 1) FROM Customer ORDER BY CustomerId");
}

TEST_F(ChinookFunctions, the_first_value_that_is_not_null) {
    const auto query = select(coalesce(col<&Invoice::state>, col<&Invoice::country>, "nowhere"),
                              mica::ifnull(col<&Invoice::postal_code>, "-"), mica::nullif(col<&Invoice::city>, "Paris"))
                           .order_by(col<&Invoice::id>)
                           .limit(60);
    static_assert(
        std::is_same_v<decltype(query)::Row, std::tuple<std::string, std::string, std::optional<std::string>>>);
    expect_same(query,
                "SELECT coalesce(BillingState, BillingCountry, 'nowhere'), ifnull(BillingPostalCode, '-'), "
                "nullif(BillingCity, 'Paris') FROM Invoice ORDER BY InvoiceId LIMIT 60");
}

TEST_F(ChinookFunctions, durations_in_minutes_and_seconds) {
    const auto seconds = col<&Track::milliseconds> / 1000;
    expect_same(select(col<&Track::name>, (seconds / 60).cast<std::string>() || ":" ||
                                              mica::substr("0" || (seconds % 60).cast<std::string>(), -2))
                    .where(col<&Track::album_id> == 1)
                    .order_by(col<&Track::milliseconds>),
                "SELECT Name, CAST(Milliseconds / 1000 / 60 AS TEXT) || ':' || substr('0' || CAST(Milliseconds / 1000 "
                "% 60 AS TEXT), -2) FROM Track WHERE AlbumId = 1 ORDER BY Milliseconds");
}

TEST_F(ChinookFunctions, ages_from_dates) {
    using std::chrono::sys_days;
    const auto days = mica::julianday(col<&Employee::hire_date>) - mica::julianday(col<&Employee::birth_date>);
    const auto query = select(mica::date<sys_days>(col<&Employee::birth_date>),
                              mica::date(col<&Employee::hire_date>, "start of month", "+1 month", "-1 day"),
                              (days / 365.25).cast<std::int64_t>())
                           .order_by(col<&Employee::birth_date>);
    static_assert(
        std::is_same_v<decltype(query)::Row,
                       std::tuple<std::optional<sys_days>, std::optional<std::string>, std::optional<std::int64_t>>>);
    expect_same(query,
                "SELECT date(BirthDate), date(HireDate, 'start of month', '+1 month', '-1 day'), CAST((julianday("
                "HireDate) - julianday(BirthDate)) / 365.25 AS INTEGER) FROM Employee ORDER BY BirthDate");
}

TEST_F(ChinookFunctions, sizes_in_buckets) {
    const auto bucket = case_(when(col<&Invoice::total> < 2.0, 1), when(col<&Invoice::total>.between(2.0, 10.0), 2),
                              when(col<&Invoice::total> > 10.0, 3));
    expect_same(
        select(col<&Invoice::id>, col<&Invoice::total>, bucket, mica::iif(bucket == 3, "large", std::nullopt))
            .order_by(bucket.desc(), col<&Invoice::id>)
            .limit(80),
        "SELECT InvoiceId, Total, CASE WHEN Total < 2 THEN 1 WHEN Total BETWEEN 2 AND 10 THEN 2 WHEN Total > 10 "
        "THEN 3 END AS bucket, iif(CASE WHEN Total < 2 THEN 1 WHEN Total BETWEEN 2 AND 10 THEN 2 WHEN Total > "
        "10 THEN 3 END = 3, 'large', NULL) FROM Invoice ORDER BY bucket DESC, InvoiceId LIMIT 80");
}

TEST_F(ChinookFunctions, an_object_of_json_for_each_row) {
    expect_same(select(mica::json_object("id", col<&Artist::id>, "name", col<&Artist::name>))
                    .where(col<&Artist::name>.contains("\"") || col<&Artist::id> < 10)
                    .order_by(col<&Artist::id>),
                "SELECT json_object('id', ArtistId, 'name', Name) FROM Artist WHERE instr(Name, '\"') OR ArtistId < 10 "
                "ORDER BY ArtistId");
}

TEST_F(ChinookFunctions, an_array_of_json_for_each_group_and_what_is_in_it) {
    const auto lengths = mica::subquery<"lengths">(
        select(col<&Track::album_id>, mica::json_group_array(col<&Track::milliseconds>).as<"all">())
            .where(col<&Track::album_id> <= 12)
            .group_by(col<&Track::album_id>));
    const auto all = lengths.col<"all">;
    expect_same(select(lengths.col<&Track::album_id>, mica::json_array_length(all), all.json<int>("$[0]"),
                       mica::json_extract<int>(all, "$[#-1]"), all.json<int>(99))
                    .from(lengths)
                    .order_by(lengths.col<&Track::album_id>),
                "SELECT AlbumId, json_array_length(lengths), lengths ->> '$[0]', json_extract(lengths, '$[#-1]'), "
                "lengths ->> 99 FROM (SELECT AlbumId, json_group_array(Milliseconds) AS lengths FROM Track WHERE "
                "AlbumId <= 12 GROUP BY AlbumId) ORDER BY AlbumId");
}

TEST_F(ChinookFunctions, others_are_called_by_their_name) {
    expect_same(select(mica::func<"printf", std::string>("%05d %s", col<&Genre::GenreId>, col<&Genre::Name>),
                       mica::func<"likely", bool>(col<&Genre::GenreId> > 3), mica::hex(col<&Genre::Name>),
                       mica::round(mica::sign(col<&Genre::GenreId> - 12) * 1.5))
                    .order_by(mica::length(col<&Genre::Name>), col<&Genre::GenreId>),
                "SELECT printf('%05d %s', GenreId, Name), likely(GenreId > 3), hex(Name), round(sign(GenreId - 12) * "
                "1.5) FROM Genre ORDER BY length(Name), GenreId");
}

}  // namespace
}  // namespace integration_chinook_functions
