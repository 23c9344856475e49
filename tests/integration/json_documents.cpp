// SPDX-License-Identifier: BSL-1.0
// json<T>: documents by reflection, read strictly, and their parts in queries.
#include <mica/decimal.hpp>
#include <mica/json.hpp>

#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace json_documents {

enum class Mood { calm, wild };

struct Author {
    std::string name{};
    std::optional<int> born{};
    friend bool operator==(const Author&, const Author&) = default;
};
struct Meta {
    Author author{};
    std::vector<std::string> tags{};
    std::map<std::string, double> scores{};
    Mood mood = Mood::calm;
    bool is_public = false;
    double ratio = 0;
    std::vector<Author> others{};
    mica::decimal<2> price{};
    friend bool operator==(const Meta&, const Meta&) = default;
};
struct Post {
    std::int64_t id = 0;
    mica::json<Meta> meta{};
    std::optional<mica::json<std::vector<int>>> numbers{};
};
/// Through a codec of its own, without a wrapper.
struct Size {
    int width = 0;
    int height = 0;
    friend bool operator==(const Size&, const Size&) = default;
};
struct Box {
    std::int64_t id = 0;
    Size size{};
    boost::json::value any{};
};
struct Numbers {
    std::int8_t tiny = 0;
    std::uint64_t wide = 0;
    float single = 0;
    std::array<int, 2> pair{};
    std::chrono::sys_seconds moment{};
    std::optional<std::optional<int>> twice{};
    friend bool operator==(const Numbers&, const Numbers&) = default;
};
struct Tree {
    std::vector<Tree> leaves{};
};

}  // namespace json_documents

template <>
struct mica::Codec<json_documents::Size> : mica::json<json_documents::Size> {};

namespace json_documents {
namespace {

using json_documents::Author;
using json_documents::Box;
using json_documents::Meta;
using json_documents::Mood;
using json_documents::Numbers;
using json_documents::Post;
using json_documents::Size;
using json_documents::Tree;
using mica::col;
using mica::DataError;
using mica::json;
using mica::select;
using mica::test::caught;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Post::id>;
constexpr auto meta = col<&Post::meta>;

template <class Value>
std::string written(const Value& value) {
    return json<Value>::encode(value);
}
template <class Value>
Value read(std::string_view text) {
    return json<Value>::decode(text);
}
template <class Value>
std::string refusal(std::string_view text) {
    try {
        static_cast<void>(json<Value>::decode(text));
    } catch (const std::exception& error) {
        return error.what();
    }
    return "it was read";
}

Meta sample() {
    return {.author = {.name = "Ada", .born = 1815},
            .tags = {"a", "b"},
            .scores = {{"x", 1.0}, {"y", -0.5}},
            .mood = Mood::wild,
            .is_public = true,
            .ratio = -1.0,
            .others = {{.name = "Bix"}},
            .price = mica::decimal<2>{"12.50"}};
}

TEST(JsonDocument, has_the_names_of_fields_and_enumerators) {
    EXPECT_EQ(written(sample()),
              R"({"author":{"name":"Ada","born":1815},"tags":["a","b"],"scores":{"x":1E0,"y":-5E-1},"mood":"wild",)"
              R"("is_public":true,"ratio":-1E0,"others":[{"name":"Bix","born":null}],"price":1250})");
}

TEST(JsonDocument, comes_back_as_it_was) {
    EXPECT_EQ(read<Meta>(written(sample())), sample());
    EXPECT_EQ(read<Meta>(written(Meta{})), Meta{});
    const Numbers numbers{.tiny = -128,
                          .wide = std::numeric_limits<std::uint64_t>::max(),
                          .single = 0.1F,
                          .pair = {1, 2},
                          .moment = std::chrono::sys_seconds{std::chrono::seconds{-1}}};
    EXPECT_EQ(read<Numbers>(written(numbers)), numbers);
}

TEST(JsonDocument, is_a_scalar_too) {
    EXPECT_EQ(written(true), "true");
    EXPECT_EQ(written(15), "15");
    EXPECT_EQ(written(15.052), "1.5052E1");
    EXPECT_EQ(written(std::string{"a\"\\\n\0é", 7}), R"("a\"\\\n\u0000é")");
    EXPECT_EQ(written(std::optional<int>{}), "null");
    EXPECT_EQ(read<std::optional<int>>("null"), std::nullopt);
    EXPECT_EQ(read<int>(" -1 "), -1);
    EXPECT_EQ(read<std::string>(R"("\u00e9")"), "é");
    EXPECT_EQ(read<std::string>(written(std::string(9000, 'x'))), std::string(9000, 'x'));
    EXPECT_EQ(read<std::string>(written(std::string{"\xff"})), "\xff");
}

TEST(JsonDocument, says_what_it_is_not) {
    EXPECT_NE(refusal<Meta>("{").find("that is no JSON"), std::string::npos);
    EXPECT_NE(refusal<Meta>("").find("that is no JSON"), std::string::npos);
    EXPECT_NE(refusal<Meta>("{} x").find("that is no JSON"), std::string::npos);
    EXPECT_EQ(refusal<Meta>("[]"), "the JSON at $ is no object");
    EXPECT_EQ(refusal<Author>("{}"), "the JSON at $.name is missing");
    EXPECT_EQ(refusal<Author>(R"({"name":5})"), "the JSON at $.name is of another type than its field");
    EXPECT_EQ(refusal<Author>(R"({"name":null})"), "the JSON at $.name is of another type than its field");
    EXPECT_EQ(refusal<Author>(R"({"name":"a","age":5})"),
              "the JSON at $.age is no field of the struct, and would be lost");
    EXPECT_EQ(refusal<std::vector<Author>>(R"([{"name":"a"},{"name":"b","born":1.5}])"),
              "the JSON at $[1].born is of another type than its field");
    EXPECT_EQ(refusal<std::vector<Author>>(R"([{"name":"a","born":3000000000}])"),
              "the JSON at $[0].born is out of its field's range");
    EXPECT_EQ(refusal<Mood>(R"("angry")"), "the JSON at $ is no enumerator's name");
    EXPECT_EQ(refusal<Mood>("1"), "the JSON at $ is no string");
    EXPECT_EQ(refusal<bool>("1"), "the JSON at $ is neither true nor false");
    EXPECT_EQ(refusal<std::uint64_t>("-1"), "the JSON at $ is no number that is not negative and whole");
    EXPECT_EQ(refusal<std::int64_t>("9223372036854775808"), "the JSON at $ is of another type than its field");
    EXPECT_EQ((refusal<std::array<int, 2>>("[1]")), "the JSON at $ is an array of another length");
    EXPECT_EQ((refusal<std::map<std::string, int>>(R"({"a":"b"})")),
              "the JSON at $.a is of another type than its field");
}

TEST(JsonDocument, reads_whole_numbers_as_real_ones_where_they_are_exact) {
    EXPECT_EQ(read<double>("5"), 5.0);
    EXPECT_EQ(refusal<double>("9007199254740993"), "the JSON at $ is out of its field's range");
}

TEST(JsonDocument, keeps_each_real_number_to_its_last_bit) {
    std::mt19937_64 random{7};
    std::vector<double> numbers{5e-324, 2.2250738585072014e-308, 1e23, std::numeric_limits<double>::max()};
    for (int i = 0; i < 10'000; ++i) {
        const auto number = std::bit_cast<double>(std::uint64_t{random()});
        if (std::isfinite(number)) numbers.push_back(number);
        numbers.push_back(std::ldexp(static_cast<double>(random()), -64));
    }
    EXPECT_TRUE(read<std::vector<double>>(written(numbers)) == numbers);
}

TEST(JsonDocument, refuses_to_write_what_nobody_could_read) {
    EXPECT_THROW(static_cast<void>(written(std::numeric_limits<double>::quiet_NaN())), DataError);
    EXPECT_THROW(static_cast<void>(written(std::vector<double>{std::numeric_limits<double>::infinity()})), DataError);
    EXPECT_THROW(static_cast<void>(written(boost::json::value{std::numeric_limits<double>::infinity()})), DataError);
    EXPECT_THROW(static_cast<void>(written(static_cast<Mood>(77))), DataError);
}

TEST(JsonDocument, nests_to_500_levels) {
    Tree tree;
    for (int i = 0; i < 249; ++i) tree = Tree{{tree}};
    const std::string text = written(tree);
    EXPECT_EQ(written(read<Tree>(text)), text);
    for (int i = 0; i < 10; ++i) tree = Tree{{tree}};
    EXPECT_THROW(static_cast<void>(written(tree)), DataError);
    EXPECT_NE(refusal<boost::json::value>(std::string(100'000, '[')).find("that is no JSON"), std::string::npos);
}

struct JsonColumn : mica::test::MemoryDatabase<Post, Box> {
    JsonColumn() { insert<Post>({{1, sample(), std::vector<int>{1, 2}}, {2, Meta{}, std::nullopt}}); }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
    std::string refusal() {
        return caught<DataError>([this] { static_cast<void>(connection.all(select<Post>())); }).what();
    }
};

TEST_F(JsonColumn, holds_text) {
    EXPECT_NE(mica::ddl<Post>.find(R"("meta" TEXT NOT NULL, "numbers" TEXT)"), std::string_view::npos);
    EXPECT_EQ(connection.execute<std::string>("SELECT json_type(meta) || typeof(numbers) FROM Post ORDER BY id").all(),
              (std::vector<std::string>{"objecttext", "objectnull"}));
}

TEST_F(JsonColumn, reads_what_it_stored) {
    const Post post = connection.one(select<Post>().where(id == 1));
    EXPECT_EQ(*post.meta, sample());
    EXPECT_EQ(post.meta->author.name, "Ada");
    EXPECT_EQ(**post.numbers, (std::vector<int>{1, 2}));
    EXPECT_EQ(connection.one(select<Post>().where(id == 2)).numbers, std::nullopt);
}

TEST_F(JsonColumn, is_compared_as_a_whole) {
    EXPECT_EQ(where(meta == sample()), Ids{1});
    EXPECT_EQ(where(meta != json<Meta>{sample()}), Ids{2});
    EXPECT_EQ(where(meta.in({json<Meta>{sample()}, json<Meta>{}})), (Ids{1, 2}));
    EXPECT_EQ(where(col<&Post::numbers>.is_null()), Ids{2});
}

TEST_F(JsonColumn, has_typed_parts) {
    constexpr auto name = meta.path<&Meta::author, &Author::name>();
    static_assert(std::is_same_v<mica::ValueOf<decltype(name)>, std::optional<std::string>>);
    EXPECT_EQ(where(name == "Ada"), Ids{1});
    EXPECT_EQ(where(meta.path<&Meta::author, &Author::born>() > 1800), Ids{1});
    EXPECT_EQ(where(meta.path<&Meta::author, &Author::born>().is_null()), Ids{2});
    EXPECT_EQ(where(meta.path<&Meta::is_public>() == true), Ids{1});
    EXPECT_EQ(where(meta.path<&Meta::ratio>() < 0.0), Ids{1});
    EXPECT_EQ(where(meta.path<&Meta::mood>() == Mood::wild), Ids{1});
    EXPECT_EQ(where(meta.path<&Meta::mood>().in({Mood::calm})), Ids{2});
    EXPECT_EQ(where(meta.path<&Meta::price>() == mica::decimal<2>{"12.5"}), Ids{1});
    EXPECT_EQ(where(meta.path<&Meta::tags, 0>() == "a"), Ids{1});
    EXPECT_EQ(where(meta.path<&Meta::tags, -1>() == "b"), Ids{1});
    EXPECT_EQ(where(meta.path<&Meta::tags, 7>() == "b"), Ids{});
    EXPECT_EQ(where(meta.path<&Meta::others, 0, &Author::name>() == "Bix"), Ids{1});
    EXPECT_EQ(where(col<&Post::numbers>.path<1>() == 2), Ids{1});
}

TEST_F(JsonColumn, gives_its_parts) {
    const auto [author, tags, mood, price] = connection.one(select(meta.path<&Meta::author>(), meta.path<&Meta::tags>(),
                                                                   meta.path<&Meta::mood>(), meta.path<&Meta::price>())
                                                                .where(id == 1));
    EXPECT_EQ(**author, (Author{"Ada", 1815}));
    EXPECT_EQ(**tags, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(*mood, Mood::wild);
    EXPECT_EQ(price, mica::decimal<2>{"12.50"});
    EXPECT_EQ(where(meta.path<&Meta::author>() == Author{"Ada", 1815}), Ids{1});
}

TEST_F(JsonColumn, sorts_and_groups_by_its_parts) {
    EXPECT_EQ(connection.all(select(id).order_by(meta.path<&Meta::ratio>().desc())), (Ids{2, 1}));
    using Row = std::tuple<std::optional<bool>, std::int64_t>;
    EXPECT_EQ(connection.all(select(meta.path<&Meta::is_public>(), mica::count())
                                 .group_by(meta.path<&Meta::is_public>())
                                 .order_by(meta.path<&Meta::is_public>())),
              (std::vector<Row>{{false, 1}, {true, 1}}));
}

TEST_F(JsonColumn, tells_a_null_from_null) {
    connection.execute("UPDATE Post SET numbers = 'null' WHERE id = 2");
    EXPECT_EQ(where(col<&Post::numbers>.is_null()), Ids{});
    EXPECT_NE(refusal().find("is no array"), std::string::npos);
}

TEST_F(JsonColumn, that_is_bad_is_told_with_table_column_and_rowid) {
    connection.execute("UPDATE Post SET meta = '{\"secret\":' WHERE id = 2");
    std::string text = refusal();
    EXPECT_NE(text.find(R"("Post"."meta" of rowid 2)"), text.npos) << text;
    EXPECT_NE(text.find("that is no JSON"), text.npos) << text;
    EXPECT_EQ(text.find("secret"), text.npos) << text;
    connection.execute("UPDATE Post SET meta = json_set((SELECT meta FROM Post WHERE id = 1), '$.author.born', 'x')");
    text = refusal();
    EXPECT_NE(text.find("the JSON at $.author.born is of another type than its field"), text.npos) << text;
    EXPECT_EQ(connection.all(select(id)), (Ids{1, 2}));
}

TEST_F(JsonColumn, is_a_codec_of_a_type_as_it_is) {
    Box box{.size = {2, 3}, .any = {{"a", {1, nullptr, "x"}}}};
    connection.insert(box);
    const Box read = connection.one(select<Box>().where(col<&Box::size> == Size{2, 3}));
    EXPECT_EQ(read.size, (Size{2, 3}));
    EXPECT_EQ(read.any, box.any);
    EXPECT_EQ(connection.one(select(col<&Box::size>.path<&Size::height>())), 3);
    EXPECT_EQ(connection.one(select(col<&Box::any>.json<int>("$.a[0]"))), 1);
}

TEST_F(JsonColumn, is_written_by_a_session_where_it_changed) {
    mica::Session session{connection};
    const auto post = session.get<Post>(1);
    EXPECT_FALSE(session.is_modified(post));
    post->meta->tags.push_back("c");
    EXPECT_TRUE(session.is_modified(post));
    session.flush();
    EXPECT_EQ(session.one(select(meta.path<&Meta::tags, 2>()).where(id == 1)), "c");
    session.rollback();
    EXPECT_EQ(*post->meta, sample());
}

TEST_F(JsonColumn, has_an_index_over_a_part) {
    struct Indexed {
        std::int64_t id = 0;
        json<Author> author{};
        static constexpr auto mapping() {
            return mica::table("indexed", mica::index_on(col<&Indexed::author>.path<&Author::name>()));
        }
    };
    EXPECT_NE(mica::ddl<Indexed>.find(R"(ON "indexed" (json_extract("author", '$.name')))"), std::string_view::npos)
        << mica::ddl<Indexed>;
}

}  // namespace
}  // namespace json_documents
