// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sql_functions {

struct Item {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> note;
    int count = 0;
    std::optional<int> rank;
    double weight = 0;
    float ratio = 0;
    std::vector<std::byte> bytes;
    bool flag = false;
};

namespace {

using mica::col;
using mica::func;
using mica::select;
using mica::test::Execution;
using mica::test::gives;
using sql_functions::Item;

constexpr auto name = col<&Item::name>;
constexpr auto note = col<&Item::note>;
constexpr auto count = col<&Item::count>;
constexpr auto rank = col<&Item::rank>;
constexpr auto weight = col<&Item::weight>;
constexpr auto bytes = col<&Item::bytes>;
constexpr auto flag = col<&Item::flag>;

struct SqlFunctions : mica::test::SelectedExpression<Item> {};

TEST_F(SqlFunctions, of_numbers) {
    EXPECT_EQ(selected(mica::abs(count)), (Execution{R"(abs("count"))", {}}));
    EXPECT_EQ(selected(mica::abs(-5)), (Execution{"abs(?1)", {-5}}));
    EXPECT_EQ(selected(round(weight)), (Execution{R"(round("weight"))", {}}));
    EXPECT_EQ(selected(round(weight, 2)), (Execution{R"(round("weight", ?1))", {2}}));
    EXPECT_EQ(selected(round(weight, rank)), (Execution{R"(round("weight", "rank"))", {}}));
    EXPECT_EQ(selected(mica::sign(rank)), (Execution{R"(sign("rank"))", {}}));
    EXPECT_EQ(selected(mica::random()), (Execution{"random()", {}}));
}

TEST_F(SqlFunctions, of_numbers_keep_the_kind_of_number) {
    static_assert(gives<std::int64_t>(mica::abs(count)));
    static_assert(gives<std::optional<std::int64_t>>(mica::abs(rank)));
    static_assert(gives<double>(mica::abs(weight)));
    static_assert(gives<double>(mica::abs(col<&Item::ratio>)));
    static_assert(gives<double>(round(count)));
    static_assert(gives<std::optional<double>>(round(rank, 1)));
    static_assert(gives<std::optional<double>>(round(weight, rank)));
    static_assert(gives<std::int64_t>(mica::random()));
}

TEST_F(SqlFunctions, of_text) {
    EXPECT_EQ(selected(length(name)), (Execution{R"(length("name"))", {}}));
    EXPECT_EQ(selected(lower(name)), (Execution{R"(lower("name"))", {}}));
    EXPECT_EQ(selected(mica::upper("a")), (Execution{"upper(?1)", {"a"}}));
    EXPECT_EQ(selected(trim(name)), (Execution{R"(trim("name"))", {}}));
    EXPECT_EQ(selected(trim(name, " .")), (Execution{R"(trim("name", ?1))", {" ."}}));
    EXPECT_EQ(selected(ltrim(name)), (Execution{R"(ltrim("name"))", {}}));
    EXPECT_EQ(selected(ltrim(name, "x")), (Execution{R"(ltrim("name", ?1))", {"x"}}));
    EXPECT_EQ(selected(rtrim(name)), (Execution{R"(rtrim("name"))", {}}));
    EXPECT_EQ(selected(rtrim(name, note)), (Execution{R"(rtrim("name", "note"))", {}}));
    EXPECT_EQ(selected(substr(name, 2)), (Execution{R"(substr("name", ?1))", {2}}));
    EXPECT_EQ(selected(substr(name, -3, count)), (Execution{R"(substr("name", ?1, "count"))", {-3}}));
    EXPECT_EQ(selected(replace(name, "a", "b")), (Execution{R"(replace("name", ?1, ?2))", {"a", "b"}}));
    EXPECT_EQ(selected(replace("a-b", "-", name)), (Execution{R"(replace(?1, ?2, "name"))", {"a-b", "-"}}));
    EXPECT_EQ(selected(instr(name, "x")), (Execution{R"(instr("name", ?1))", {"x"}}));
    EXPECT_EQ(selected(hex(name)), (Execution{R"(hex("name"))", {}}));
    EXPECT_EQ(selected(unicode(name)), (Execution{R"(unicode("name"))", {}}));
    EXPECT_EQ(selected(mica::char_(72, 105)), (Execution{"char(?1, ?2)", {72, 105}}));
    EXPECT_EQ(selected(typeof_(rank)), (Execution{R"(typeof("rank"))", {}}));
}

TEST_F(SqlFunctions, of_text_are_null_where_an_argument_is) {
    static_assert(gives<std::int64_t>(length(name)));
    static_assert(gives<std::optional<std::int64_t>>(length(note)));
    static_assert(gives<std::string>(lower(name)));
    static_assert(gives<std::optional<std::string>>(upper(note)));
    static_assert(gives<std::optional<std::string>>(trim(name, note)));
    static_assert(gives<std::optional<std::string>>(substr(name, rank)));
    static_assert(gives<std::optional<std::string>>(replace(name, "a", std::nullopt)));
    static_assert(gives<std::int64_t>(instr(name, "x")));
    static_assert(gives<std::string>(hex(note)));
    static_assert(gives<std::optional<std::int64_t>>(unicode(name)));
    static_assert(gives<std::string>(typeof_(note)));
    static_assert(gives<std::string>(mica::char_(1)));
}

TEST_F(SqlFunctions, of_bytes_give_bytes) {
    static_assert(gives<std::optional<std::vector<std::byte>>>(substr(bytes, 1, 2)));
    static_assert(gives<std::int64_t>(length(bytes)));
    const std::vector<std::byte> part{std::byte{1}};
    EXPECT_EQ(selected(instr(bytes, part)), (Execution{R"(instr("bytes", ?1))", {mica::test::blob_of("\1")}}));
}

TEST_F(SqlFunctions, take_other_expressions) {
    EXPECT_EQ(selected(length(trim(name || "x")) + 1), (Execution{R"(length(trim("name" || ?1)) + ?2)", {"x", 1}}));
    EXPECT_EQ(selected(length(lower(name)) > 3 && flag), (Execution{R"(length(lower("name")) > ?1 AND "flag")", {3}}));
}

TEST_F(SqlFunctions, take_every_kind_of_text) {
    const std::string owned = "owned";
    const std::string_view view = "view";
    const char* pointer = "pointer";
    const std::optional<std::string> maybe = "maybe";
    const std::optional<std::string_view> maybe_view = "maybe view";
    EXPECT_EQ(selected(instr(name, owned)).values, (mica::test::RecordedValues{"owned"}));
    EXPECT_EQ(selected(instr(name, std::string{"a temporary that is too long to be kept in place"})).values,
              (mica::test::RecordedValues{"a temporary that is too long to be kept in place"}));
    EXPECT_EQ(selected(instr(name, view)).values, (mica::test::RecordedValues{"view"}));
    EXPECT_EQ(selected(instr(name, pointer)).values, (mica::test::RecordedValues{"pointer"}));
    EXPECT_EQ(selected(instr(name, maybe)).values, (mica::test::RecordedValues{"maybe"}));
    EXPECT_EQ(selected(instr(name, maybe_view)).values, (mica::test::RecordedValues{"maybe view"}));
    static_assert(gives<std::optional<std::int64_t>>(instr(name, std::optional<std::string>{})));
}

TEST_F(SqlFunctions, own_their_texts) {
    auto text = std::make_unique<std::string>("a text that is too long to be kept in place");
    const auto expression = instr(name, *text);
    text.reset();
    EXPECT_EQ(selected(expression).values, (mica::test::RecordedValues{"a text that is too long to be kept in place"}));
}

TEST_F(SqlFunctions, take_the_value_of_a_select) {
    EXPECT_EQ(selected(length(select(note).where(count == 1).limit(1))),
              (Execution{R"(length((SELECT "note" FROM "Item" WHERE "count" = ?1 LIMIT ?2)))", {1, 1}}));
    static_assert(gives<std::optional<std::int64_t>>(length(select(name))));
}

TEST_F(SqlFunctions, of_others_go_by_their_quoted_name) {
    EXPECT_EQ(selected(func<"slug", std::string>(name, 1, 2.5, "x", std::nullopt)),
              (Execution{R"("slug"("name", ?1, ?2, ?3, NULL))", {1, 2.5, "x"}}));
    EXPECT_EQ(selected(func<"order", int>()), (Execution{R"("order"())", {}}));
    EXPECT_EQ(selected(func<"a\"b", int>()), (Execution{R"("a""b"())", {}}));
}

TEST_F(SqlFunctions, of_others_give_what_their_caller_says) {
    static_assert(gives<std::string>(func<"slug", std::string>(note)));
    static_assert(gives<std::optional<float>>(func<"f", std::optional<float>>(name)));
    static_assert(gives<std::vector<std::byte>>(func<"f", std::vector<std::byte>>()));
}

TEST_F(SqlFunctions, of_others_are_conditions_where_they_give_bool) {
    const auto query = select(count).where(func<"is_fast", bool>(name) && !func<"is_old", bool>(rank));
    EXPECT_EQ(run(query), (Execution{R"(SELECT "Item"."count" FROM "Item" )"
                                     R"(WHERE "is_fast"("Item"."name") AND NOT "is_old"("Item"."rank"))",
                                     {}}));
}

TEST_F(SqlFunctions, leave_the_functions_of_others_alone) {
    std::vector<mica::DataError> errors;
    using std::max;
    EXPECT_EQ(max(std::size_t{1}, errors.size()), 1U);
    const auto lengths = [](const std::vector<mica::DataError>& all) { return all.size(); };
    EXPECT_EQ(lengths(errors), 0U);
}

}  // namespace
}  // namespace sql_functions
