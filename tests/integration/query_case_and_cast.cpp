// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_case {

enum class Size { small, medium, large };

struct Item {
    std::int64_t id = 0;
    std::string name;
    std::optional<int> count;
    double weight = 0;
    Size size = Size::small;
};

namespace {

using mica::case_;
using mica::col;
using mica::select;
using mica::when;
using query_case::Item;
using query_case::Size;
using Texts = std::vector<std::string>;
using OptionalTexts = std::vector<std::optional<std::string>>;

constexpr auto id = col<&Item::id>;
constexpr auto name = col<&Item::name>;
constexpr auto count = col<&Item::count>;
constexpr auto weight = col<&Item::weight>;
constexpr auto size = col<&Item::size>;

struct QueryItems : mica::test::MemoryDatabase<Item> {
    QueryItems() {
        insert<Item>({{1, "12abc", 1, 2.9, Size::small},
                      {2, "b", std::nullopt, -2.9, Size::large},
                      {3, "-7", 30, 1e300, Size::medium}});
    }
    template <class Expression>
    auto all(const Expression& expression) {
        return connection.all(select(expression).template from<Item>().order_by(id));
    }
};
struct QueryCase : QueryItems {};
struct QueryCast : QueryItems {};

TEST_F(QueryCase, takes_the_first_branch_that_is_true) {
    EXPECT_EQ(all(case_(when(count > 10, "many"), when(count > 0, "some")).otherwise("none")),
              (Texts{"some", "none", "many"}));
    EXPECT_EQ(all(case_(when(count > 10, "many"))), (OptionalTexts{std::nullopt, std::nullopt, "many"}));
}

TEST_F(QueryCase, gives_values_of_every_type) {
    EXPECT_EQ(all(case_(when(count.is_null(), Size::medium)).otherwise(size)),
              (std::vector<Size>{Size::small, Size::medium, Size::medium}));
    EXPECT_EQ(all(case_(when(weight > 0, count)).otherwise(-1)), (std::vector<std::optional<int>>{1, -1, 30}));
    EXPECT_EQ(all(case_(when(weight > 2, 1)).otherwise(weight)), (std::vector<double>{1, -2.9, 1}));
    EXPECT_EQ(all(case_(when(size == Size::large, std::nullopt)).otherwise(name)),
              (OptionalTexts{"12abc", std::nullopt, "-7"}));
}

TEST_F(QueryCase, filters_sorts_and_changes_rows) {
    EXPECT_EQ(connection.all(select(id).where(case_(when(count > 10, true)).otherwise(false))),
              (std::vector<std::int64_t>{3}));
    EXPECT_EQ(connection.all(select(id).order_by(case_(when(name == "b", 0)).otherwise(1), id.desc())),
              (std::vector<std::int64_t>{2, 3, 1}));
    connection.execute(
        mica::update<Item>().set(name = case_(when(count > 0, name || "!")).otherwise("new")).all_rows());
    EXPECT_EQ(all(name), (Texts{"12abc!", "new", "-7!"}));
}

TEST_F(QueryCase, counts_by_conditions) {
    EXPECT_EQ(
        connection.one(select(sum(case_(when(weight > 0, 1)).otherwise(0)), mica::count(case_(when(count > 1, 1))))),
        (std::tuple<std::optional<std::int64_t>, std::int64_t>{2, 1}));
}

TEST_F(QueryCast, follows_sqlite) {
    EXPECT_EQ(all(name.cast<int>()), (std::vector<int>{12, 0, -7}));
    EXPECT_EQ(all(weight.cast<std::int64_t>()),
              (std::vector<std::int64_t>{2, -2, std::numeric_limits<std::int64_t>::max()}));
    EXPECT_EQ(all(count.cast<std::string>()), (OptionalTexts{"1", std::nullopt, "30"}));
    EXPECT_EQ(all(id.cast<double>()), (std::vector<double>{1, 2, 3}));
    EXPECT_EQ(all(name.cast<std::vector<std::byte>>()).at(1), std::vector<std::byte>{std::byte{'b'}});
    EXPECT_EQ(all((id - 1).cast<Size>()), (std::vector<Size>{Size::small, Size::medium, Size::large}));
}

TEST_F(QueryCast, compares_as_the_other_type) {
    EXPECT_EQ(connection.all(select(id).where(name.cast<int>() == 12)), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(connection.all(select(name).order_by(name.cast<int>())), (Texts{"-7", "b", "12abc"}));
}

}  // namespace
}  // namespace query_case
