// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sql_json {

struct Page {
    std::int64_t id = 0;
    std::string document;
    std::optional<std::string> draft;
    int number = 0;
    std::optional<double> score;
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using mica::test::gives;
using sql_json::Page;

constexpr auto document = col<&Page::document>;
constexpr auto draft = col<&Page::draft>;
constexpr auto number = col<&Page::number>;
constexpr auto score = col<&Page::score>;

struct SqlJson : mica::test::SelectedExpression<Page> {};

TEST_F(SqlJson, reads_a_path) {
    EXPECT_EQ(selected(document.json("$.a.b")), (Execution{R"("document" ->> ?1)", {"$.a.b"}}));
    EXPECT_EQ(selected(document.json<int>("a")), (Execution{R"("document" ->> ?1)", {"a"}}));
    EXPECT_EQ(selected(document.json<int>(0)), (Execution{R"("document" ->> ?1)", {0}}));
    EXPECT_EQ(selected(document.json("a").json<int>(number)), (Execution{R"("document" ->> ?1 ->> "number")", {"a"}}));
    EXPECT_EQ(selected(json_extract(document, "$.a")), (Execution{R"(json_extract("document", ?1))", {"$.a"}}));
    EXPECT_EQ(selected(mica::json_extract<double>(draft, "$.a")), (Execution{R"(json_extract("draft", ?1))", {"$.a"}}));
}

TEST_F(SqlJson, may_find_nothing_at_a_path) {
    static_assert(gives<std::optional<std::string>>(document.json("a")));
    static_assert(gives<std::optional<int>>(document.json<int>("a")));
    static_assert(gives<std::optional<bool>>(document.json<std::optional<bool>>("a")));
    static_assert(gives<std::optional<std::string>>(json_extract(document, "$.a")));
    static_assert(gives<std::optional<double>>(mica::json_extract<double>(document, "$.a")));
}

TEST_F(SqlJson, binds_its_operator_as_tightly_as_sql_does) {
    EXPECT_EQ(selected(document.json<int>("a") + 1), (Execution{R"("document" ->> ?1 + ?2)", {"a", 1}}));
    EXPECT_EQ(selected((document || draft).json<int>("a")), (Execution{R"("document" || "draft" ->> ?1)", {"a"}}));
    EXPECT_EQ(selected(document.json(number + 1)), (Execution{R"("document" ->> ("number" + ?1))", {1}}));
    EXPECT_EQ(selected(document || document.json("a")), (Execution{R"("document" || ("document" ->> ?1))", {"a"}}));
    EXPECT_EQ(run(select(number).where(document.json<bool>("new"))),
              (Execution{R"(SELECT "Page"."number" FROM "Page" WHERE "Page"."document" ->> ?1)", {"new"}}));
}

TEST_F(SqlJson, is_made_of_values) {
    EXPECT_EQ(selected(json_array(number, "x", 1.5, score)),
              (Execution{R"(json_array("number", ?1, ?2, "score"))", {"x", 1.5}}));
    EXPECT_EQ(selected(mica::json_array()), (Execution{"json_array()", {}}));
    EXPECT_EQ(selected(json_object("id", number, "tags", mica::json_array("a", "b"))),
              (Execution{R"(json_object(?1, "number", ?2, json_array(?3, ?4)))", {"id", "tags", "a", "b"}}));
    static_assert(gives<std::string>(json_array(score)));
    static_assert(gives<std::string>(json_object("score", score)));
}

TEST_F(SqlJson, is_looked_at) {
    EXPECT_EQ(selected(json_type(document)), (Execution{R"(json_type("document"))", {}}));
    EXPECT_EQ(selected(json_type(document, "$.a")), (Execution{R"(json_type("document", ?1))", {"$.a"}}));
    EXPECT_EQ(selected(json_valid(draft)), (Execution{R"(json_valid("draft"))", {}}));
    EXPECT_EQ(selected(json_array_length(document)), (Execution{R"(json_array_length("document"))", {}}));
    EXPECT_EQ(selected(json_array_length(document, "$.a")),
              (Execution{R"(json_array_length("document", ?1))", {"$.a"}}));
    static_assert(gives<std::string>(json_type(document)));
    static_assert(gives<std::optional<std::string>>(json_type(draft)));
    static_assert(gives<std::optional<std::string>>(json_type(document, "$.a")));
    static_assert(gives<bool>(json_valid(document)));
    static_assert(gives<std::optional<bool>>(json_valid(draft)));
    static_assert(gives<std::int64_t>(json_array_length(document)));
    static_assert(gives<std::optional<std::int64_t>>(json_array_length(document, "$.a")));
}

TEST_F(SqlJson, is_made_of_groups) {
    EXPECT_EQ(selected(json_group_array(number)), (Execution{R"(json_group_array("number"))", {}}));
    EXPECT_EQ(selected(json_group_array(json_array(number, score)).filter(number > 1)),
              (Execution{R"(json_group_array(json_array("number", "score")) FILTER (WHERE "number" > ?1))", {1}}));
    EXPECT_EQ(selected(json_group_object(document, number)),
              (Execution{R"(json_group_object("document", "number"))", {}}));
    static_assert(gives<std::string>(json_group_array(score)));
    static_assert(gives<std::string>(json_group_object(document, score)));
}

}  // namespace
}  // namespace sql_json
