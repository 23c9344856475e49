// SPDX-License-Identifier: BSL-1.0
// Items 10 to 12, 16 and 20 of the checklist: decimals of every scale, times with a zone, names that are no
// identifiers.
#include <mica/codec/decimal.hpp>
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace type_checklist {

enum class Shade { a, b, a_percent, b_percent, awoken };

struct Price {
    std::int64_t id = 0;
    mica::decimal<4> money{};
    std::optional<mica::decimal<12>> fine{};
    mica::decimal<0> whole{};
    mica::decimal<3> weight{};
};

struct Meeting {
    std::int64_t id = 0;
    std::chrono::sys_seconds at{};
};

struct Paint {
    std::int64_t id = 0;
    Shade shade{};
    std::optional<Shade> other{};
};

}  // namespace type_checklist

template <>
struct mica::Codec<type_checklist::Shade> {
    using Storage = std::string;
    static constexpr std::string_view names[] = {"a", "b", "a%", "b%percent", "réveillé"};
    static Storage encode(const type_checklist::Shade& shade) { return Storage{names[static_cast<int>(shade)]}; }
    static type_checklist::Shade decode(std::string_view stored) {
        for (int i = 0; i < 5; ++i) {
            if (names[i] == stored) return static_cast<type_checklist::Shade>(i);
        }
        throw std::invalid_argument("no shade");
    }
};

namespace type_checklist {
namespace {

using namespace type_checklist;
using mica::col;
using mica::select;
using mica::test::caught;

struct TypeChecklist : mica::test::MemoryDatabase<Price, Meeting, Paint> {};

TEST_F(TypeChecklist, decimals_of_every_scale_come_back_as_they_went) {
    std::vector<Price> prices;
    for (const char* const fine :
         {"54.234246451650", "0.004354", "900.0", "0.01", "0.000000000696", "-0.000000000001"}) {
        prices.push_back(
            {.money = mica::decimal<4>{"15.7563"}, .fine = mica::decimal<12>{fine}, .whole = {}, .weight = {}});
    }
    prices.push_back({.money = {}, .fine = {}, .whole = mica::decimal<0>{"4E+8"}, .weight = mica::decimal<3>{"1.000"}});
    prices.push_back({.money = {}, .fine = {}, .whole = mica::decimal<0>{"5748E+15"}, .weight = {}});
    connection.insert(prices);
    const auto found = connection.all(select<Price>().order_by(col<&Price::id>));
    ASSERT_EQ(found.size(), prices.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].money, prices[i].money);
        EXPECT_EQ(found[i].fine, prices[i].fine);
        EXPECT_EQ(found[i].whole, prices[i].whole);
    }
    EXPECT_EQ(found[6].weight.to_string(), "1.000") << "zeros behind the point are kept";
    EXPECT_EQ(
        connection.scalar(select(mica::count()).from<Price>().where(col<&Price::money> == mica::decimal<4>{"15.7563"})),
        6);
}

TEST_F(TypeChecklist, a_decimal_of_38_digits_is_refused_and_not_rounded) {
    EXPECT_EQ(mica::decimal<2>::parse("31943874831932418390.01"), std::nullopt);
    EXPECT_EQ(mica::decimal<12>::parse("319438950232418390.273596"), std::nullopt);
}

TEST_F(TypeChecklist, a_time_with_a_zone_is_refused_on_reading_and_not_shifted) {
    connection.execute("INSERT INTO Meeting VALUES (7, '2012-10-15 12:57:18+02:00')");
    const auto error = caught<mica::DataError>([&] { connection.all(select<Meeting>()); });
    EXPECT_NE(std::string_view{error.what()}.find("\"Meeting\".\"at\" of rowid 7"), std::string_view::npos)
        << error.what();
}

TEST_F(TypeChecklist, names_that_are_no_identifiers_are_stored_found_and_given_in_order) {
    const std::vector<Shade> shades{Shade::a, Shade::b, Shade::a_percent, Shade::b_percent, Shade::awoken};
    connection.insert(Paint{.shade = Shade::b_percent, .other = Shade::awoken});
    EXPECT_EQ(connection.execute<std::string>("SELECT shade || other FROM Paint").one(), "b%percentréveillé");
    connection.execute(mica::delete_from<Paint>().all_rows());
    std::vector<Paint> paints;
    for (const Shade shade : shades) paints.push_back({.shade = shade});
    const auto given =
        connection.execute(mica::insert_into<Paint>().values(paints).returning(col<&Paint::shade>)).all();
    EXPECT_EQ(given, shades);
    for (const Shade shade : shades) {
        EXPECT_EQ(connection.scalar(select(mica::count()).from<Paint>().where(col<&Paint::shade> == shade)), 1);
    }
    EXPECT_EQ(connection.all(select(col<&Paint::shade>)
                                 .where(col<&Paint::shade>.in({Shade::a_percent, Shade::awoken}))
                                 .order_by(col<&Paint::id>)),
              (std::vector{Shade::a_percent, Shade::awoken}));
}

TEST_F(TypeChecklist, a_name_that_nobody_knows_is_refused_with_its_row) {
    connection.execute("INSERT INTO Paint VALUES (9, 'ab%', NULL)");
    const auto error = caught<mica::DataError>([&] { connection.all(select<Paint>()); });
    EXPECT_NE(std::string_view{error.what()}.find("\"Paint\".\"shade\" of rowid 9"), std::string_view::npos)
        << error.what();
}

}  // namespace
}  // namespace type_checklist
