// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sql_selects_as_operands {

struct Item {
    std::int64_t id = 0;
    std::string name;
    int size = 0;
};

struct Part {
    std::int64_t id = 0;
    std::int64_t item_id = 0;
};

namespace {

using mica::col;
using mica::count;
using mica::select;
using sql_selects_as_operands::Item;
using sql_selects_as_operands::Part;

const auto parts = select(count()).from<Part>().where(col<&Part::item_id> == col<&Item::id>);
constexpr std::string_view parts_text = R"((SELECT count(*) FROM "Part" WHERE "Part"."item_id" = "Item"."id"))";
constexpr auto name_of_part = select(col<&Item::name>).where(col<&Item::id> == 1);

/// The text of a condition on items.
template <class Condition>
std::string where(Condition condition) {
    const auto query = select(col<&Item::id>).where(condition);
    const std::string text{query.sql()};
    const std::string head = R"(SELECT "Item"."id" FROM "Item" WHERE )";
    EXPECT_TRUE(text.starts_with(head));
    return text.substr(head.size());
}

TEST(SqlSelectsAsOperands, a_select_is_compared_with_a_value_on_either_side) {
    EXPECT_EQ(where(parts > 2), std::string{parts_text} + " > ?1");
    EXPECT_EQ(where(parts == 2), std::string{parts_text} + " = ?1");
    EXPECT_EQ(where(2 != parts), "?1 <> " + std::string{parts_text});
    EXPECT_EQ(where(parts <= col<&Item::size>), std::string{parts_text} + R"( <= "Item"."size")");
    EXPECT_EQ(where(col<&Item::size> >= parts), R"("Item"."size" >= )" + std::string{parts_text});
    EXPECT_EQ(where(parts < parts), std::string{parts_text} + " < " + std::string{parts_text});
}

TEST(SqlSelectsAsOperands, a_select_is_a_number_of_arithmetic_and_a_text_of_concatenation) {
    EXPECT_EQ(where(parts * 2 + 1 > col<&Item::size>), std::string{parts_text} + R"( * ?1 + ?2 > "Item"."size")");
    EXPECT_EQ(where((name_of_part || "!") == "x!"),
              R"((SELECT "Item"."name" FROM "Item" WHERE "Item"."id" = ?1) || ?2 = ?3)");
}

TEST(SqlSelectsAsOperands, a_select_without_a_row_is_null) {
    static_assert(std::is_same_v<decltype(parts + 1)::Value, std::int64_t>);
    static_assert(std::is_same_v<decltype(name_of_part == "x")::Value, std::optional<bool>>);
    static_assert(std::is_same_v<decltype(name_of_part == std::nullopt)::Value, bool>);
}

}  // namespace
}  // namespace sql_selects_as_operands
