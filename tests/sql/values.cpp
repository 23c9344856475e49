// SPDX-License-Identifier: BSL-1.0
// How values of every family are bound: in comparisons, lists and changes alike, by their codec.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sql_values {

enum class Color { red = 1, green = 2 };
enum class Mood { good, bad };

struct Money {
    std::int64_t cents = 0;
};

struct Everything {
    std::int64_t id = 0;
    Color color{};
    mica::EnumText<Mood> mood;
    std::vector<std::byte> bytes;
    std::vector<std::uint8_t> octets;
    std::array<std::byte, 2> pair{};
    std::chrono::sys_seconds time{};
    std::chrono::year_month_day date{};
    std::chrono::milliseconds duration{};
    std::filesystem::path path;
    Money price;
    std::optional<Money> discount;
};

}  // namespace sql_values

template <>
struct mica::Codec<sql_values::Money> {
    using Storage = std::string;
    static std::string encode(const sql_values::Money& money) { return "$" + std::to_string(money.cents); }
    static sql_values::Money decode(std::string_view text) { return {std::stoll(std::string{text.substr(1)})}; }
};

namespace sql_values {
namespace {

using mica::col;
using mica::select;
using mica::test::blob_of;
using mica::test::list_of;
using mica::test::RecordedValue;
using mica::test::RecordedValues;
using sql_values::Color;
using sql_values::Everything;
using sql_values::Money;
using sql_values::Mood;
using namespace std::chrono_literals;

constexpr std::chrono::sys_days epoch{};

struct SqlValues : mica::test::RecordedSql {
    template <class Condition>
    RecordedValues where(const Condition& condition) {
        return run(mica::delete_from<Everything>().where(condition)).values;
    }
    template <class Change>
    RecordedValues set(const Change& change) {
        return run(mica::update<Everything>().set(change).all_rows()).values;
    }
    /// A value means the same wherever it stands.
    template <class Column, class Value>
    void expect(const Column& column, const Value& value, const RecordedValue& bound) {
        EXPECT_EQ(where(column == value), RecordedValues{bound});
        EXPECT_EQ(where(value != column), RecordedValues{bound});
        EXPECT_EQ(where(column.is_distinct_from(value)), RecordedValues{bound});
        EXPECT_EQ(where(column.between(value, value)), (RecordedValues{bound, bound}));
        EXPECT_EQ(where(column.in({value})), RecordedValues{list_of({bound})});
        EXPECT_EQ(set(column = value), RecordedValues{bound});
    }
};

TEST_F(SqlValues, are_integers_for_enums) { expect(col<&Everything::color>, Color::green, 2); }

TEST_F(SqlValues, are_names_for_enums_stored_as_text) {
    expect(col<&Everything::mood>, mica::EnumText<Mood>{Mood::bad}, "bad");
    expect(col<&Everything::mood>, Mood::bad, "bad");
}

TEST_F(SqlValues, are_blobs_for_bytes) {
    expect(col<&Everything::bytes>, std::vector{std::byte{'a'}, std::byte{'b'}}, blob_of("ab"));
    expect(col<&Everything::bytes>, std::vector<std::byte>{}, blob_of(""));
    expect(col<&Everything::octets>, std::vector<std::uint8_t>{'a'}, blob_of("a"));
    expect(col<&Everything::pair>, std::array{std::byte{'a'}, std::byte{'b'}}, blob_of("ab"));
}

TEST_F(SqlValues, are_texts_for_points_in_time) {
    expect(col<&Everything::time>, std::chrono::sys_seconds{epoch + 90s}, "1970-01-01 00:01:30");
    expect(col<&Everything::date>, std::chrono::year_month_day{2012y / 10 / 15}, "2012-10-15");
}

TEST_F(SqlValues, are_ticks_for_durations) {
    expect(col<&Everything::duration>, 1500ms, 1500);
    expect(col<&Everything::duration>, 2s, 2000);
}

TEST_F(SqlValues, are_texts_for_paths) {
    expect(col<&Everything::path>, std::filesystem::path{"/a/b"}, "/a/b");
    EXPECT_EQ(where(col<&Everything::path> == "/a/b"), RecordedValues{"/a/b"});
}

TEST_F(SqlValues, are_what_a_codec_makes_of_them) {
    expect(col<&Everything::price>, Money{150}, "$150");
    expect(col<&Everything::discount>, Money{20}, "$20");
}

TEST_F(SqlValues, reach_no_codec_where_they_are_null) {
    EXPECT_EQ(where(col<&Everything::discount> == std::optional<Money>{}), RecordedValues{std::nullopt});
    EXPECT_EQ(set(col<&Everything::discount> = std::nullopt), RecordedValues{});
    EXPECT_EQ(set(col<&Everything::discount> = std::optional<Money>{}), RecordedValues{std::nullopt});
    EXPECT_EQ(where(col<&Everything::price>.in(std::vector<std::optional<Money>>{Money{1}, std::nullopt})),
              (RecordedValues{list_of({"$1"}), 1}));
}

TEST_F(SqlValues, of_an_object_are_encoded_in_the_order_of_its_fields) {
    const Everything object{.id = 1,
                            .color = Color::red,
                            .mood = Mood::good,
                            .bytes = {std::byte{'x'}},
                            .octets = {},
                            .pair = {std::byte{'y'}, std::byte{'z'}},
                            .time = epoch,
                            .date = epoch,
                            .duration = 5ms,
                            .path = "p",
                            .price = {7},
                            .discount = {}};
    EXPECT_EQ(run(mica::insert_into<Everything>().values(object)).values,
              (RecordedValues{1, 1, "good", blob_of("x"), blob_of(""), blob_of("yz"), "1970-01-01 00:00:00",
                              "1970-01-01", 5, "p", "$7", std::nullopt}));
}

TEST_F(SqlValues, are_decoded_from_replayed_rows) {
    recording.answer("SELECT", {.rows = {{"$7", std::nullopt, "bad", "1970-01-02"}}});
    const auto [price, discount, mood, date] = connection.one(
        select(col<&Everything::price>, col<&Everything::discount>, col<&Everything::mood>, col<&Everything::date>));
    EXPECT_EQ(price.cents, 7);
    EXPECT_FALSE(discount.has_value());
    EXPECT_EQ(mood, Mood::bad);
    EXPECT_EQ(date, std::chrono::year_month_day{epoch + std::chrono::days{1}});
}

}  // namespace
}  // namespace sql_values
