// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/text.hpp>

#include <support/caught.hpp>
#include <support/fake_cell.hpp>
#include <support/raw_sqlite.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>

namespace unit_codec_chrono {
namespace {

using namespace std::chrono;
using mica::DataError;
using mica::DecodeFlaw;
using mica::Lifetime;
using mica::Storable;
using mica::storage_class_of;
using mica::StorageClass;
using mica::test::flaw_of;
using mica::test::integer_cell;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::real_cell;
using mica::test::round_trip;
using mica::test::sent;
using mica::test::text_cell;

using Deciseconds = duration<std::int64_t, std::deci>;
using HundredNanoseconds = duration<std::int64_t, std::ratio<1, 10'000'000>>;
using ShortSeconds = duration<std::int32_t>;

static_assert(storage_class_of<sys_seconds> == StorageClass::text);
static_assert(storage_class_of<sys_days> == StorageClass::text);
static_assert(storage_class_of<year_month_day> == StorageClass::text);
static_assert(storage_class_of<std::optional<sys_days>> == StorageClass::text);
static_assert(storage_class_of<seconds> == StorageClass::integer);
static_assert(storage_class_of<duration<double>> == StorageClass::real);
static_assert(storage_class_of<duration<float>> == StorageClass::real);

// Clocks that do not count from 1970, fractional ticks and parts of a date have no form of their own.
static_assert(!Storable<steady_clock::time_point>);
static_assert(!Storable<local_days> && !Storable<local_seconds>);
static_assert(!Storable<sys_time<duration<double>>>);
static_assert(!Storable<year> && !Storable<month> && !Storable<year_month> && !Storable<year_month_day_last>);
static_assert(!Storable<duration<std::uint64_t>>);
static_assert(!Storable<sys_time<duration<std::int64_t, std::ratio<1, 3>>>>);
static_assert(!Storable<sys_time<duration<std::int64_t, std::ratio<3, 2>>>>);
static_assert(!Storable<sys_time<duration<std::int64_t, std::pico>>>);
static_assert(Storable<sys_time<duration<std::int64_t, std::ratio<1, 2>>>>);

/// The text that a point in time is stored as.
template <class Duration>
std::string text_of(sys_time<Duration> time) {
    return sent(time).text;
}

/// The point in time `since` 2012-10-15 12:57:18.
template <class Duration>
constexpr sys_time<Duration> sample(Duration since = {}) {
    return sys_days{2012y / October / 15d} + 12h + 57min + 18s + since;
}

TEST(SysTimeCodec, shows_as_many_decimals_as_its_tick_needs) {
    EXPECT_EQ(text_of(sample(0s)), "2012-10-15 12:57:18");
    EXPECT_EQ(text_of(sample(Deciseconds{3})), "2012-10-15 12:57:18.300");
    EXPECT_EQ(text_of(sample(39ms)), "2012-10-15 12:57:18.039");
    EXPECT_EQ(text_of(sample(396us)), "2012-10-15 12:57:18.000396");
    EXPECT_EQ(text_of(sample(39642us)), "2012-10-15 12:57:18.039642");
    EXPECT_EQ(text_of(sample(HundredNanoseconds{5})), "2012-10-15 12:57:18.000000500");
    EXPECT_EQ(text_of(sample(7ns)), "2012-10-15 12:57:18.000000007");
}

TEST(SysTimeCodec, shows_the_seconds_of_a_coarser_tick) {
    EXPECT_EQ(text_of(sys_time<minutes>{sys_days{2012y / October / 15d} + 12h + 57min}), "2012-10-15 12:57:00");
    EXPECT_EQ(text_of(sys_time<hours>{sys_days{2012y / October / 15d} + 23h}), "2012-10-15 23:00:00");
}

TEST(SysTimeCodec, whole_days_are_a_date) {
    EXPECT_EQ(text_of(sys_days{2012y / October / 15d}), "2012-10-15");
    EXPECT_EQ(text_of(sys_time<weeks>{weeks{1}}), "1970-01-08");
}

/// A month of std::chrono has 30.436875 days.
TEST(SysTimeCodec, a_tick_that_is_no_whole_number_of_days_keeps_its_time_of_day) {
    EXPECT_EQ(text_of(sys_time<months>{months{1}}), "1970-01-31 10:29:06");
    EXPECT_EQ(round_trip(sys_time<months>{months{7}}), sys_time<months>{months{7}});
    EXPECT_EQ(round_trip(sys_time<years>{years{-3}}), sys_time<years>{years{-3}});
}

template <class Tick>
class SysTimeCodecOf : public testing::Test {};

using Ticks = testing::Types<nanoseconds, HundredNanoseconds, microseconds, milliseconds, Deciseconds, seconds,
                             ShortSeconds, minutes, hours, days, weeks>;
TYPED_TEST_SUITE(SysTimeCodecOf, Ticks);

TYPED_TEST(SysTimeCodecOf, round_trips_on_both_sides_of_1970) {
    using Time = sys_time<TypeParam>;
    for (const int ticks : {0, 1, 2, 59, 60, 61, 999, 1000, 1001, 86399, 86400, 100'000}) {
        EXPECT_EQ(round_trip(Time{TypeParam{ticks}}), Time{TypeParam{ticks}}) << ticks;
        EXPECT_EQ(round_trip(Time{TypeParam{-ticks}}), Time{TypeParam{-ticks}}) << -ticks;
    }
}

TYPED_TEST(SysTimeCodecOf, text_sorts_by_time) {
    using Time = sys_time<TypeParam>;
    std::string before = sent(Time{TypeParam{-3000}}).text;
    for (int ticks = -2999; ticks <= 3000; ++ticks) {
        const std::string text = sent(Time{TypeParam{ticks}}).text;
        ASSERT_LT(before, text);
        before = text;
    }
}

TYPED_TEST(SysTimeCodecOf, reads_a_date_alone_as_its_midnight) {
    const auto time = read_as<sys_time<TypeParam>>(text_cell("1970-01-15"));
    EXPECT_EQ(time, sys_days{1970y / January / 15d});
}

TYPED_TEST(SysTimeCodecOf, an_optional_may_be_null) {
    using Time = std::optional<sys_time<TypeParam>>;
    EXPECT_EQ(round_trip(Time{}), std::nullopt);
    EXPECT_EQ(read_as<Time>(text_cell("1970-01-01")), sys_time<TypeParam>{});
    EXPECT_EQ(flaw_of<sys_time<TypeParam>>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<sys_time<TypeParam>>(integer_cell(0)), DecodeFlaw::storage_class);
}

TEST(SysTimeCodec, a_moment_before_1970_counts_up_from_the_second_before) {
    EXPECT_EQ(text_of(sys_time<milliseconds>{-1ms}), "1969-12-31 23:59:59.999");
    EXPECT_EQ(text_of(sys_time<nanoseconds>{-1'000'000'001ns}), "1969-12-31 23:59:58.999999999");
    EXPECT_EQ(text_of(sys_seconds{-1s}), "1969-12-31 23:59:59");
    EXPECT_EQ(text_of(sys_time<minutes>{-1min}), "1969-12-31 23:59:00");
    EXPECT_EQ(text_of(sys_days{days{-1}}), "1969-12-31");
}

TEST(SysTimeCodec, keeps_historic_dates) {
    const auto time = sys_days{1850y / November / 10d} + 11h + 52min + 35s;
    EXPECT_EQ(text_of(sys_seconds{time}), "1850-11-10 11:52:35");
    EXPECT_EQ(round_trip(sys_seconds{time}), sys_seconds{time});
    EXPECT_EQ(text_of(sys_days{1727y / April / 1d}), "1727-04-01");
    EXPECT_EQ(round_trip(sys_days{1727y / April / 1d}), sys_days{1727y / April / 1d});
}

TEST(SysTimeCodec, knows_the_days_of_ten_thousand_years) {
    constexpr days step{11};  // meets every day of the calendar's 400 years: it shares no factor with their 146097 days
    for (sys_days day{0y / January / 1d}; day <= sys_days{9999y / December / 31d}; day += step) {
        const year_month_day date{day};
        const std::string text = text_of(day);
        ASSERT_EQ(std::stoi(text.substr(0, 4)), static_cast<int>(date.year()));
        ASSERT_EQ(std::stoul(text.substr(5, 2)), static_cast<unsigned>(date.month()));
        ASSERT_EQ(std::stoul(text.substr(8, 2)), static_cast<unsigned>(date.day()));
        ASSERT_EQ(read_as<sys_days>(text_cell(text)), day);
    }
}

TEST(SysTimeCodec, ends_with_the_years_of_four_digits) {
    EXPECT_EQ(text_of(sys_days{0y / January / 1d}), "0000-01-01");
    EXPECT_EQ(text_of(sys_days{9999y / December / 31d}), "9999-12-31");
    EXPECT_EQ(text_of(sys_seconds{sys_days{9999y / December / 31d} + 86399s}), "9999-12-31 23:59:59");
    EXPECT_THROW(text_of(sys_days{0y / January / 1d} - days{1}), DataError);
    EXPECT_THROW(text_of(sys_days{9999y / December / 31d} + days{1}), DataError);
    EXPECT_THROW(text_of(sys_seconds{sys_days{9999y / December / 31d} + 86400s}), DataError);
    EXPECT_THROW(text_of(sys_time<microseconds>{sys_days{0y / January / 1d} - 1us}), DataError);
}

TEST(SysTimeCodec, refuses_even_the_last_ticks_of_a_clock_without_overflow) {
    EXPECT_THROW(text_of(sys_seconds::max()), DataError);
    EXPECT_THROW(text_of(sys_seconds::min()), DataError);
    EXPECT_THROW(text_of(sys_time<milliseconds>::max()), DataError);
    EXPECT_THROW(text_of(sys_time<milliseconds>::min()), DataError);
    EXPECT_THROW(text_of(sys_time<duration<std::int64_t, std::ratio<3600>>>::max()), DataError);
    EXPECT_THROW(text_of(sys_time<duration<std::int64_t, std::ratio<3600>>>::min()), DataError);
    EXPECT_THROW(text_of(sys_time<duration<std::int64_t, std::ratio<86400>>>::max()), DataError);
    EXPECT_THROW(text_of(sys_time<duration<std::int64_t, std::ratio<86400>>>::min()), DataError);
}

TEST(SysTimeCodec, reaches_the_first_and_the_last_nanosecond) {
    using Time = sys_time<nanoseconds>;
    EXPECT_EQ(text_of(Time::max()), "2262-04-11 23:47:16.854775807");
    EXPECT_EQ(text_of(Time::min()), "1677-09-21 00:12:43.145224192");
    EXPECT_EQ(round_trip(Time::max()), Time::max());
    EXPECT_EQ(round_trip(Time::min()), Time::min());
}

TEST(SysTimeCodec, refuses_a_moment_that_its_tick_cannot_count_to) {
    EXPECT_EQ(flaw_of<sys_time<nanoseconds>>(text_cell("2262-04-11 23:47:16.854775808")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_time<nanoseconds>>(text_cell("1677-09-21 00:12:43.145224191")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_time<nanoseconds>>(text_cell("9999-12-31 23:59:59")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_time<nanoseconds>>(text_cell("0000-01-01")), DecodeFlaw::range);
    EXPECT_EQ(read_as<sys_time<ShortSeconds>>(text_cell("2038-01-19 03:14:07")), sys_seconds{2147483647s});
    EXPECT_EQ(flaw_of<sys_time<ShortSeconds>>(text_cell("2038-01-19 03:14:08")), DecodeFlaw::range);
    EXPECT_EQ(read_as<sys_time<ShortSeconds>>(text_cell("1901-12-13 20:45:52")), sys_seconds{-2147483648s});
    EXPECT_EQ(flaw_of<sys_time<ShortSeconds>>(text_cell("1901-12-13 20:45:51")), DecodeFlaw::range);
}

TEST(SysTimeCodec, a_text_between_two_ticks_is_refused_and_not_rounded) {
    EXPECT_EQ(flaw_of<sys_seconds>(text_cell("2012-10-15 12:57:18.5")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_time<milliseconds>>(text_cell("2012-10-15 12:57:18.0005")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_time<Deciseconds>>(text_cell("2012-10-15 12:57:18.25")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_time<HundredNanoseconds>>(text_cell("2012-10-15 12:57:18.000000050")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_time<minutes>>(text_cell("2012-10-15 12:57:18")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_days>(text_cell("2012-10-15 00:00:01")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_days>(text_cell("2012-10-15 00:00:00.000000001")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_time<weeks>>(text_cell("1970-01-02")), DecodeFlaw::range);
}

TEST(SysTimeCodec, a_text_on_a_tick_is_read_with_any_number_of_decimals) {
    EXPECT_EQ(read_as<sys_seconds>(text_cell("2012-10-15 12:57:18.000000000")), sample(0s));
    EXPECT_EQ(read_as<sys_time<milliseconds>>(text_cell("2012-10-15 12:57:18.5")), sample(500ms));
    EXPECT_EQ(read_as<sys_time<nanoseconds>>(text_cell("2012-10-15 12:57:18.000000001")), sample(1ns));
    EXPECT_EQ(read_as<sys_days>(text_cell("2012-10-15 00:00:00")), sys_days{2012y / October / 15d});
    EXPECT_EQ(read_as<sys_days>(text_cell("2012-10-15T00:00")), sys_days{2012y / October / 15d});
}

TEST(SysTimeCodec, reads_iso_8601_with_its_t) {
    EXPECT_EQ(read_as<sys_seconds>(text_cell("2012-10-15T12:57:18")), sample(0s));
    EXPECT_EQ(read_as<sys_seconds>(text_cell("2012-10-15 12:57")), sample(-18s));
}

TEST(SysTimeCodec, reads_what_sqlites_functions_write) {
    mica::test::RawDatabase database;
    EXPECT_EQ(read_as<sys_days>(text_cell(database.value("SELECT date('2012-10-15')"))),
              sys_days{2012y / October / 15d});
    EXPECT_EQ(read_as<sys_seconds>(text_cell(database.value("SELECT datetime('2012-10-15T12:57:18.039')"))),
              sample(0s));
    EXPECT_EQ(read_as<sys_seconds>(text_cell(database.value("SELECT datetime(0, 'unixepoch')"))), sys_seconds{});
    EXPECT_EQ(read_as<sys_time<milliseconds>>(
                  text_cell(database.value("SELECT strftime('%Y-%m-%d %H:%M:%f', '2012-10-15 12:57:18.039')"))),
              sample(39ms));
    EXPECT_EQ(flaw_of<sys_seconds>(text_cell(database.value("SELECT CURRENT_TIMESTAMP"))), DecodeFlaw::none);
}

TEST(SysTimeCodec, sqlites_functions_read_what_it_writes) {
    mica::test::RawDatabase database;
    const auto unix_time = [&](const std::string& text) {
        return database.value("SELECT strftime('%s', '" + text + "')");
    };
    EXPECT_EQ(unix_time(text_of(sys_seconds{1234567890s})), "1234567890");
    EXPECT_EQ(unix_time(text_of(sys_time<nanoseconds>{sys_seconds{-1234567890s}})), "-1234567890");
    EXPECT_EQ(unix_time(text_of(sys_days{days{-7}})), "-604800");
}

TEST(SysTimeCodec, refuses_what_is_no_moment) {
    for (const std::string_view text : {"",
                                        " ",
                                        "2012",
                                        "2012-10",
                                        "2012-10-1",
                                        "2012-1-15",
                                        "12-10-15",
                                        "2012/10/15",
                                        "2012-10-15 ",
                                        "2012-10-15T",
                                        "2012-13-01",
                                        "2012-00-01",
                                        "2012-10-00",
                                        "2012-10-32",
                                        "2012-04-31",
                                        "2012-10-15 12",
                                        "2012-10-15 12:5",
                                        "2012-10-15 24:00:00",
                                        "2012-10-15 12:60:00",
                                        "2012-10-15 12:57:60",
                                        "2012-10-15 12:57:18.",
                                        "2012-10-15 12:57:18.1234567890",
                                        "2012-10-15 12:57:18x",
                                        "2012-10-15 12:57:18Z",
                                        "2012-10-15 12:57:18+01:00",
                                        "2012-10-15  12:57:18",
                                        "2012-10-15_12:57:18",
                                        " 2012-10-15",
                                        "+2012-10-15",
                                        "-2012-10-15",
                                        "20121-01-01",
                                        "2012-10-15 1:57:18",
                                        "2012-10-15 -1:57:18",
                                        "2012-10-15 12:57.5",
                                        "2012-10-15 12:57:18,5",
                                        "now",
                                        "1350305838"}) {
        EXPECT_EQ(flaw_of<sys_time<nanoseconds>>(text_cell(text)), DecodeFlaw::range) << text;
        EXPECT_EQ(flaw_of<sys_seconds>(text_cell(text)), DecodeFlaw::range) << text;
        EXPECT_EQ(flaw_of<year_month_day>(text_cell(text)), DecodeFlaw::range) << text;
    }
}

TEST(SysTimeCodec, refuses_a_text_with_an_embedded_nul) {
    using namespace std::string_view_literals;
    EXPECT_EQ(flaw_of<sys_days>(text_cell("2012-10-15\0"sv)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_days>(text_cell("2012-10-1\0"sv)), DecodeFlaw::range);
}

TEST(SysTimeCodec, knows_the_leap_days) {
    EXPECT_EQ(flaw_of<sys_days>(text_cell("2000-02-29")), DecodeFlaw::none);
    EXPECT_EQ(flaw_of<sys_days>(text_cell("2012-02-29")), DecodeFlaw::none);
    EXPECT_EQ(flaw_of<sys_days>(text_cell("0000-02-29")), DecodeFlaw::none);
    EXPECT_EQ(flaw_of<sys_days>(text_cell("1900-02-29")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_days>(text_cell("2011-02-29")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<sys_days>(text_cell("2012-02-30")), DecodeFlaw::range);
}

TEST(SysTimeCodec, the_text_is_made_anew_and_copied) {
    EXPECT_EQ(sent(sample(0s), Lifetime::borrowed).lifetime, Lifetime::copied);
}

TEST(CalendarDateCodec, is_stored_as_a_date) {
    EXPECT_EQ(sent(2012y / October / 15d).text, "2012-10-15");
    EXPECT_EQ(sent(1727y / April / 1d).text, "1727-04-01");
    EXPECT_EQ(sent(0y / January / 1d).text, "0000-01-01");
}

TEST(CalendarDateCodec, round_trips) {
    for (const year_month_day date :
         {2012y / October / 15d, 1727y / April / 1d, 2000y / February / 29d, 9999y / December / 31d}) {
        EXPECT_EQ(round_trip(date), date);
    }
    EXPECT_EQ(round_trip(std::optional<year_month_day>{}), std::nullopt);
}

TEST(CalendarDateCodec, reads_a_midnight_but_no_other_time) {
    EXPECT_EQ(read_as<year_month_day>(text_cell("2012-10-15 00:00:00")), 2012y / October / 15d);
    EXPECT_EQ(flaw_of<year_month_day>(text_cell("2012-10-15 00:00:01")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<year_month_day>(text_cell("2012-10-15 00:00:00.001")), DecodeFlaw::range);
}

TEST(CalendarDateCodec, a_date_that_is_none_cannot_be_stored) {
    EXPECT_THROW(sent(2012y / February / 30d), DataError);
    EXPECT_THROW(sent(1900y / February / 29d), DataError);
    EXPECT_THROW(sent(year_month_day{2012y, month{13}, 1d}), DataError);
    EXPECT_THROW(sent(year_month_day{}), DataError);
    EXPECT_THROW(sent(year{-1} / January / 1d), DataError);
    EXPECT_THROW(sent(year{10000} / January / 1d), DataError);
}

TEST(CalendarDateCodec, a_refusal_says_what_is_wrong_with_the_date) {
    const auto text = [](year_month_day date) {
        return std::string{mica::test::caught<DataError>([date] { sent(date); }).what()};
    };
    EXPECT_EQ(text(2012y / February / 30d), "mica: a date that the calendar does not have cannot be stored");
    EXPECT_EQ(text(year{10000} / January / 1d), "mica: a date outside the years 0000 to 9999 cannot be stored as text");
}

TEST(DurationCodec, is_stored_as_its_number_of_ticks) {
    EXPECT_EQ(sent(90min).integer, 90);
    EXPECT_EQ(sent(-5ns).integer, -5);
    EXPECT_EQ(sent(days{3}).integer, 3);
    EXPECT_EQ(sent(duration<double>{1.5}).real, 1.5);
}

TEST(DurationCodec, round_trips) {
    EXPECT_EQ(round_trip(nanoseconds::max()), nanoseconds::max());
    EXPECT_EQ(round_trip(nanoseconds::min()), nanoseconds::min());
    EXPECT_EQ(round_trip(hours{-2}), hours{-2});
    EXPECT_EQ(round_trip(duration<double, std::milli>{0.1}), (duration<double, std::milli>{0.1}));
    EXPECT_EQ(round_trip(duration<float>{0.1F}), duration<float>{0.1F});
    EXPECT_EQ(round_trip(std::optional<seconds>{}), std::nullopt);
}

TEST(DurationCodec, is_as_strict_as_its_count) {
    EXPECT_EQ(flaw_of<ShortSeconds>(integer_cell(std::int64_t{1} << 31)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<duration<float>>(real_cell(1e39)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<seconds>(real_cell(1.0)), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<seconds>(text_cell("1")), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<seconds>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(read_as<duration<double>>(integer_cell(2)), duration<double>{2.0});
}

}  // namespace
}  // namespace unit_codec_chrono
