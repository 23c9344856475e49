// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_json {

struct Page {
    std::int64_t id = 0;
    std::string document;
    std::optional<std::string> draft;
};

namespace {

using mica::col;
using mica::select;
using mica::test::caught;
using query_json::Page;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Page::id>;
constexpr auto document = col<&Page::document>;
constexpr auto draft = col<&Page::draft>;

constexpr const char* rich = R"({"text": "m’a réveillé", "int": 15, "negative": -1.0, "real": 15.052, "yes": true, )"
                             R"("no": false, "nothing": null, "list": [1, "two", [3]], "in": {"a b": {"deep": "x"}}})";

struct QueryJson : mica::test::MemoryDatabase<Page> {
    QueryJson() { insert<Page>({{1, rich, "[]"}, {2, "[10, 20]", std::nullopt}}); }

    /// Of the first document.
    template <class Expression>
    auto first(const Expression& expression) {
        return connection.scalar(select(expression).template from<Page>().where(id == 1));
    }
};

TEST_F(QueryJson, reads_values_as_their_types) {
    EXPECT_EQ(first(document.json("$.text")), "m’a réveillé");
    EXPECT_EQ(first(document.json("text")), "m’a réveillé") << "a member's name";
    EXPECT_EQ(first(document.json<int>("$.int")), 15);
    EXPECT_EQ(first(document.json<double>("$.int")), 15.0);
    EXPECT_EQ(first(document.json<double>("$.real")), 15.052);
    EXPECT_EQ(first(document.json<double>("$.negative")), -1.0);
    EXPECT_EQ(first(document.json<bool>("$.yes")), true);
    EXPECT_EQ(first(document.json<bool>("$.no")), false);
    EXPECT_EQ(first(mica::json_extract<int>(document, "$.int")), 15);
    EXPECT_EQ(first(json_extract(document, "$.text")), "m’a réveillé");
}

TEST_F(QueryJson, reads_nested_paths) {
    EXPECT_EQ(first(document.json("$.in.\"a b\".deep")), "x");
    EXPECT_EQ(first(document.json("in").json("a b").json("deep")), "x");
    EXPECT_EQ(first(document.json<int>("$.list[2][0]")), 3);
    EXPECT_EQ(first(document.json("list").json(1)), "two");
    EXPECT_EQ(first(document.json("$.list")), R"([1,"two",[3]])");
    EXPECT_EQ(first((document || "").json<int>("int") + 1), 16);
}

TEST_F(QueryJson, is_null_where_nothing_is_or_where_null_is) {
    EXPECT_EQ(first(document.json<int>("$.missing")), std::nullopt);
    EXPECT_EQ(first(document.json<int>("$.nothing")), std::nullopt);
    EXPECT_EQ(connection.all(select(draft.json<int>(0)).order_by(id)),
              (std::vector<std::optional<int>>{std::nullopt, std::nullopt}));
    EXPECT_EQ(first(json_type(document, "$.nothing")), "null");
    EXPECT_EQ(first(json_type(document, "$.missing")), std::nullopt);
}

TEST_F(QueryJson, refuses_a_value_of_another_type) {
    EXPECT_THROW(first(document.json<int>("$.text")), mica::DataError);
    EXPECT_THROW(first(document.json<int>("$.real")), mica::DataError);
}

TEST_F(QueryJson, filters_rows) {
    EXPECT_EQ(connection.all(select(id).where(document.json<bool>("$.yes"))), Ids{1});
    EXPECT_EQ(connection.all(select(id).where(document.json<int>(1) == 20)), Ids{2});
    EXPECT_EQ(connection.all(select(id).where(document.json<int>("$.int") == std::nullopt)), Ids{2});
}

TEST_F(QueryJson, is_made) {
    EXPECT_EQ(connection.scalar(select(mica::json_array(1, "two", 2.5, std::nullopt, true))),
              R"([1,"two",2.5,null,1])");
    EXPECT_EQ(connection.scalar(select(mica::json_array())), "[]");
    EXPECT_EQ(connection.scalar(select(mica::json_object("a", 1, "say \"hi\"", mica::json_array("x")))),
              R"({"a":1,"say \"hi\"":["x"]})");
}

TEST_F(QueryJson, is_looked_at) {
    EXPECT_EQ(connection.all(select(json_type(document)).order_by(id)), (std::vector<std::string>{"object", "array"}));
    EXPECT_EQ(connection.all(select(coalesce(json_valid(draft), false)).order_by(id)), (std::vector<bool>{true, false}))
        << "of NULL it is NULL from SQLite 3.45 on";
    EXPECT_EQ(connection.scalar(select(mica::json_valid("{"))), false);
    EXPECT_EQ(connection.all(select(json_array_length(document)).order_by(id)), (std::vector<std::int64_t>{0, 2}));
    EXPECT_EQ(first(json_array_length(document, "$.list")), 3);
    EXPECT_EQ(first(json_array_length(document, "$.missing")), std::nullopt);
}

TEST_F(QueryJson, gathers_groups) {
    EXPECT_EQ(connection.scalar(select(json_group_array(id)).from<Page>()), "[1,2]");
    EXPECT_EQ(connection.scalar(select(json_group_array(id).filter(id > 9)).from<Page>()), "[]");
    EXPECT_EQ(connection.scalar(select(json_group_object(json_type(document), id)).from<Page>()),
              R"({"object":1,"array":2})");
}

TEST_F(QueryJson, that_is_none_is_an_error_and_not_a_value) {
    const auto query = select(mica::json_extract(document, "$.a")).where(id == 3);
    insert<Page>({{3, "{broken", std::nullopt}});
    EXPECT_NE(std::string{caught<mica::DataError>([&] { connection.all(query); }).what()}.find("malformed JSON"),
              std::string::npos);
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Page>()), 3) << "the connection stays usable";
}

}  // namespace
}  // namespace query_json
