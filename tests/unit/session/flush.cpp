// SPDX-License-Identifier: BSL-1.0
#include <mica/session/flush/flush.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace unit_flush {

using namespace mica;
using mica::detail::sort_parents_first;
using Tables = std::vector<const Table*>;

struct Country {
    std::int64_t id = 0;
};
struct City {
    std::int64_t id = 0;
    std::int64_t country = 0;
    static constexpr auto mapping() { return table("city", foreign_key<&City::country, &Country::id>); }
};
struct Street {
    std::int64_t id = 0;
    std::int64_t city = 0;
    std::optional<std::int64_t> crossing{};
    static constexpr auto mapping() {
        return table("street", foreign_key<&Street::city, &City::id>, foreign_key<&Street::crossing, &Street::id>);
    }
};
struct House {
    std::int64_t id = 0;
    std::int64_t street = 0;
    std::int64_t country = 0;
    static constexpr auto mapping() {
        return table("house", foreign_key<&House::street, &Street::id>, foreign_key<&House::country, &Country::id>);
    }
};

const Table* const country = &table_of<Country>();
const Table* const city = &table_of<City>();
const Table* const street = &table_of<Street>();
const Table* const house = &table_of<House>();

Tables sorted(const Tables& tables) {
    mica::detail::List<const Table*> list;
    for (const Table* const table : tables) list.push_back(table);
    sort_parents_first(list);
    return Tables(list.begin(), list.end());
}

TEST(SortParentsFirst, puts_parents_before_children) {
    const Tables expected{country, city, street, house};
    EXPECT_EQ(sorted({house, street, city, country}), expected);
    EXPECT_EQ(sorted({street, house, country, city}), expected);
    EXPECT_EQ(sorted(expected), expected);
}

TEST(SortParentsFirst, copes_with_one_table_and_with_none) {
    EXPECT_EQ(sorted({street}), Tables{street});
    EXPECT_EQ(sorted({}), Tables{});
}

struct Left;
struct Right {
    std::int64_t id = 0;
    std::optional<std::int64_t> left{};
    static constexpr auto mapping();
};
struct Left {
    std::int64_t id = 0;
    std::optional<std::int64_t> right{};
    static constexpr auto mapping() { return table("left", foreign_key<&Left::right, &Right::id>); }
};
constexpr auto Right::mapping() { return table("right", foreign_key<&Right::left, &Left::id>); }
struct Below {
    std::int64_t id = 0;
    std::int64_t left = 0;
    static constexpr auto mapping() { return table("below", foreign_key<&Below::left, &Left::id>); }
};

const Table* const left = &table_of<Left>();
const Table* const right = &table_of<Right>();
const Table* const below = &table_of<Below>();

TEST(SortParentsFirst, puts_what_depends_on_a_cycle_behind_it) {
    for (const Tables& given : {Tables{below, left, right}, Tables{right, below, left}, Tables{left, right, below}}) {
        const Tables order = sorted(given);
        EXPECT_LT(std::find(order.begin(), order.end(), left), std::find(order.begin(), order.end(), below));
    }
}

TEST(SortParentsFirst, loses_no_table_of_a_cycle) {
    EXPECT_EQ(sorted({left, right}), sorted({left, right}));
    const Tables mixed = sorted({city, left, country, right});
    EXPECT_EQ(mixed.size(), 4U);
    EXPECT_LT(std::find(mixed.begin(), mixed.end(), country), std::find(mixed.begin(), mixed.end(), city));
}

}  // namespace unit_flush
