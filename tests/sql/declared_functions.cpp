// SPDX-License-Identifier: BSL-1.0
// Functions of the program's in typed statements: their text, and the type of what they give.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace sql_declared {

enum class Color { red, green };

struct Item {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> note;
    std::optional<std::int64_t> owner_id;
    double weight = 0;
    Color color = Color::red;
    std::vector<std::byte> picture;
};

struct Owner {
    std::int64_t id = 0;
    std::string name;
};

inline constexpr auto slug = mica::declare_function<"slug", std::string(std::string_view)>;
inline constexpr auto or_none = mica::declare_function<"or none", std::string(const std::optional<std::string>&)>;
inline constexpr auto maybe = mica::declare_function<"maybe", std::optional<int>(int)>;
inline constexpr auto shade = mica::declare_function<"shade", Color(Color)>;
inline constexpr auto checksum = mica::declare_function<"checksum", std::int64_t(mica::Bytes)>;
inline constexpr auto now = mica::declare_function<"now", std::int64_t()>;
inline constexpr auto median = mica::declare_aggregate<"median", std::optional<double>(double)>;
inline constexpr auto quoted = mica::declare_aggregate<"group \"by\"", int(int)>;

}  // namespace sql_declared

template <>
inline constexpr auto mica::function<"slug"> = sql_declared::slug;

namespace sql_declared {
namespace {

using mica::col;
using mica::select;
using sql_declared::Color;
using sql_declared::Item;
using sql_declared::Owner;

template <class Query>
std::string text(const Query&) {
    return std::string{Query::sql()};
}
template <class Expected, class Query>
constexpr bool gives(const Query&) {
    return std::same_as<typename Query::Row, Expected>;
}

TEST(SqlDeclaredFunction, is_called_by_its_name_in_quotes) {
    EXPECT_EQ(text(select(sql_declared::slug(col<&Item::name>))), R"(SELECT "slug"("Item"."name") FROM "Item")");
    EXPECT_EQ(text(select(mica::function<"slug">(col<&Item::name>))), R"(SELECT "slug"("Item"."name") FROM "Item")");
    EXPECT_EQ(text(select(sql_declared::or_none(col<&Item::name>))), R"(SELECT "or none"("Item"."name") FROM "Item")");
    EXPECT_EQ(text(select(sql_declared::now())), R"(SELECT "now"())");
}

TEST(SqlDeclaredFunction, stands_in_every_clause) {
    using sql_declared::slug;
    EXPECT_EQ(
        text(select<Item>()
                 .where(slug(col<&Item::name>) == "a" && slug("b") != col<&Item::name>)
                 .order_by(slug(col<&Item::name>).desc())),
        R"(SELECT "Item"."id", "Item"."name", "Item"."note", "Item"."owner_id", "Item"."weight", "Item"."color", )"
        R"("Item"."picture" FROM "Item" WHERE "slug"("Item"."name") = ?1 AND "slug"(?2) <> "Item"."name" )"
        R"(ORDER BY "slug"("Item"."name") DESC)");
}

TEST(SqlDeclaredFunction, gives_its_declared_type) {
    using namespace sql_declared;
    EXPECT_TRUE(gives<std::string>(select(slug(col<&Item::name>))));
    EXPECT_TRUE(gives<Color>(select(shade(col<&Item::color>))));
    EXPECT_TRUE(gives<Color>(select(shade(Color::green))));
    EXPECT_TRUE(gives<std::optional<int>>(select(maybe(1))));
    EXPECT_TRUE(gives<std::int64_t>(select(checksum(col<&Item::picture>))));
}

TEST(SqlDeclaredFunction, is_NULL_where_an_argument_is_that_it_does_not_take) {
    using namespace sql_declared;
    EXPECT_TRUE(gives<std::optional<std::string>>(select(slug(col<&Item::note>))));
    EXPECT_TRUE(gives<std::string>(select(or_none(col<&Item::note>))));
    EXPECT_TRUE(gives<std::optional<std::string>>(select(slug(std::nullopt))));
    EXPECT_TRUE(gives<std::string>(select(or_none(std::nullopt))));
}

TEST(SqlDeclaredFunction, is_NULL_on_the_outer_side_of_a_join) {
    using namespace sql_declared;
    const auto joined = select(slug(col<&Owner::name>), or_none(col<&Owner::name>), slug(col<&Item::name>))
                            .from<Item>()
                            .left_join<Owner>(col<&Item::owner_id> == col<&Owner::id>);
    EXPECT_TRUE((gives<std::tuple<std::optional<std::string>, std::string, std::string>>(joined)));
}

TEST(SqlDeclaredAggregate, groups_filters_and_slides) {
    using sql_declared::median;
    EXPECT_EQ(text(select(median(col<&Item::weight>).filter(col<&Item::id> > 1))),
              R"(SELECT "median"("Item"."weight") FILTER (WHERE "Item"."id" > ?1) FROM "Item")");
    EXPECT_EQ(text(select(median(col<&Item::weight>).distinct())),
              R"(SELECT "median"(DISTINCT "Item"."weight") FROM "Item")");
    EXPECT_EQ(text(select(median(col<&Item::weight>).over(order_by(col<&Item::id>)))),
              R"(SELECT "median"("Item"."weight") OVER (ORDER BY "Item"."id") FROM "Item")");
    EXPECT_TRUE(gives<std::optional<double>>(select(median(col<&Item::weight>))));
}

TEST(SqlDeclaredAggregate, has_any_name) {
    EXPECT_EQ(text(select(sql_declared::quoted(col<&Item::id>))), R"(SELECT "group ""by"""("Item"."id") FROM "Item")");
}

}  // namespace
}  // namespace sql_declared
