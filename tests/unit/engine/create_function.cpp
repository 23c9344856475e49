// SPDX-License-Identifier: BSL-1.0
// Functions of one row: what a callable takes and gives, and what does not fit.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace create_function {

enum class Gear : std::uint8_t { low, high };

struct Celsius {
    double degrees = 0;
};

struct Word {
    std::int64_t id = 0;
    std::string text;
    std::optional<std::string> note{};
};

}  // namespace create_function

template <>
struct mica::Codec<create_function::Celsius> {
    using Storage = double;
    static double encode(const create_function::Celsius& value) { return value.degrees; }
    static create_function::Celsius decode(double stored) {
        if (stored < -273.15) throw std::domain_error("colder than cold");
        return {stored};
    }
};

namespace create_function {
namespace {

using create_function::Celsius;
using create_function::Gear;
using create_function::Word;
using mica::col;
using mica::select;
using mica::test::caught;
using mica::test::message_of;

std::int64_t twice(std::int64_t value) { return value * 2; }
std::int64_t thrice(std::int64_t value) noexcept { return value * 3; }

struct Repeat {
    std::string operator()(std::string_view text, int times) const {
        std::string repeated;
        for (int i = 0; i < times; ++i) repeated += text;
        return repeated;
    }
};

struct CreateFunction : mica::test::MemoryDatabase<Word> {
    template <class Row>
    Row one(std::string_view sql) const {
        return connection.execute<Row>(sql).one();
    }
    template <class Row, class... Arguments>
    Row one_of(std::string_view sql, const Arguments&... arguments) const {
        return connection.execute<Row>(sql, arguments...).one();
    }
};

TEST_F(CreateFunction, is_called_with_the_value_of_each_row) {
    insert<Word>({{1, "one"}, {2, "two"}});
    connection.create_function("shout", [](std::string_view text) -> std::string { return std::string{text} + "!"; });
    EXPECT_EQ(connection.execute<std::string>("SELECT shout(text) FROM Word ORDER BY id").all(),
              (std::vector<std::string>{"one!", "two!"}));
}

TEST_F(CreateFunction, takes_functions_pointers_and_objects) {
    connection.create_function("twice", twice);
    connection.create_function("thrice", &thrice);
    connection.create_function("repeat", Repeat{});
    connection.create_function("negated", std::function<int(int)>{[](int value) { return -value; }});
    connection.create_function("counted", [count = 0]() mutable { return ++count; });
    EXPECT_EQ(one<int>("SELECT twice(21)"), 42);
    EXPECT_EQ(one<int>("SELECT thrice(5)"), 15);
    EXPECT_EQ(one<std::string>("SELECT repeat('ab', 3)"), "ababab");
    EXPECT_EQ(one<int>("SELECT negated(1)"), -1);
    EXPECT_EQ(one<int>("SELECT counted() + counted()"), 3);
}

TEST_F(CreateFunction, takes_and_gives_every_storage_class) {
    connection.create_function("same_integer", [](std::int64_t value) { return value; });
    connection.create_function("same_real", [](double value) { return value; });
    connection.create_function("same_text", [](const std::string& value) { return value; });
    connection.create_function("same_view", [](std::string_view value) { return value; });
    connection.create_function("same_bytes", [](mica::Bytes value) { return value; });
    connection.create_function("same_vector", [](const std::vector<std::byte>& value) { return value; });
    connection.create_function("same_condition", [](bool value) { return value; });
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const std::vector<std::byte> bytes{std::byte{0}, std::byte{255}};
    const std::string text{"a\0ü", 4};
    EXPECT_EQ(one_of<std::int64_t>("SELECT same_integer(?)", least), least);
    EXPECT_EQ(one_of<double>("SELECT same_real(?)", 0.1), 0.1);
    EXPECT_EQ(one_of<std::string>("SELECT same_text(?)", text), text);
    EXPECT_EQ(one_of<std::string>("SELECT same_view(?)", text), text);
    EXPECT_EQ(one_of<std::vector<std::byte>>("SELECT same_bytes(?)", bytes), bytes);
    EXPECT_EQ(one_of<std::vector<std::byte>>("SELECT same_vector(?)", bytes), bytes);
    EXPECT_EQ(one_of<bool>("SELECT same_condition(?)", true), true);
}

TEST_F(CreateFunction, tells_an_empty_text_and_no_bytes_from_NULL) {
    connection.create_function("no_text", [](std::string_view) { return std::string_view{}; });
    connection.create_function("no_bytes", [](mica::Bytes) { return mica::Bytes{}; });
    EXPECT_EQ(one<std::string>("SELECT typeof(no_text(''))"), "text");
    EXPECT_EQ(one<std::string>("SELECT typeof(no_bytes(x''))"), "blob");
}

TEST_F(CreateFunction, sends_values_through_their_codecs_both_ways) {
    using std::chrono::sys_days;
    connection.create_function("shifted", [](Gear gear) { return gear == Gear::low ? Gear::high : Gear::low; });
    connection.create_function("next_day", [](sys_days day) { return day + std::chrono::days{1}; });
    connection.create_function("warmer", [](Celsius from) { return Celsius{from.degrees + 1}; });
    EXPECT_EQ(one_of<Gear>("SELECT shifted(?)", Gear::low), Gear::high);
    EXPECT_EQ(one<std::string>("SELECT next_day('2024-02-28')"), "2024-02-29");
    EXPECT_EQ(one<double>("SELECT warmer(20.5)"), 21.5);
}

TEST_F(CreateFunction, gives_NULL_without_a_call_where_an_argument_is_NULL_that_is_no_optional) {
    int calls = 0;
    connection.create_function("added", [&calls](int left, int right) { return ++calls, left + right; });
    EXPECT_EQ(one<std::optional<int>>("SELECT added(1, NULL)"), std::nullopt);
    EXPECT_EQ(one<std::optional<int>>("SELECT added(NULL, 1)"), std::nullopt);
    EXPECT_EQ(calls, 0);
    EXPECT_EQ(one<std::optional<int>>("SELECT added(1, 1)"), 2);
}

TEST_F(CreateFunction, takes_NULL_as_an_optional_and_gives_one) {
    connection.create_function("or_none", [](std::optional<std::string_view> text) -> std::optional<std::string> {
        if (!text) return "none";
        if (text->empty()) return std::nullopt;
        return std::string{*text};
    });
    EXPECT_EQ(one<std::optional<std::string>>("SELECT or_none(NULL)"), "none");
    EXPECT_EQ(one<std::optional<std::string>>("SELECT or_none('')"), std::nullopt);
    EXPECT_EQ(one<std::optional<std::string>>("SELECT or_none('a')"), "a");
}

TEST_F(CreateFunction, refuses_an_argument_of_another_storage_class) {
    connection.create_function("twice", twice);
    const auto error = caught<mica::DataError>([&] { one<int>("SELECT twice(id || 'x') FROM (SELECT 7 AS id)"); });
    EXPECT_STREQ(error.what(),
                 "mica: argument 1 of twice() holds TEXT where the function takes INTEGER "
                 "[SELECT twice(id || 'x') FROM (SELECT 7 AS id)]");
    EXPECT_EQ(one<int>("SELECT twice(2)"), 4) << "the connection stays usable";
}

TEST_F(CreateFunction, refuses_an_argument_out_of_its_range) {
    connection.create_function("small", [](int, std::int8_t value) { return value; });
    const auto what = message_of<mica::DataError>([&] { one<int>("SELECT small(1, 128)"); });
    EXPECT_EQ(what, "mica: argument 2 of small() holds INTEGER that does not fit its type [SELECT small(1, 128)]");
    EXPECT_EQ(one<int>("SELECT small(1, -128)"), -128);
}

TEST_F(CreateFunction, takes_an_integer_as_a_floating_point_number_where_that_is_exact) {
    connection.create_function("half", [](double value) { return value / 2; });
    EXPECT_EQ(one<double>("SELECT half(3)"), 1.5);
    EXPECT_THROW(one<double>("SELECT half(9007199254740993)"), mica::DataError);
    EXPECT_THROW(one<double>("SELECT half('3')"), mica::DataError);
}

TEST_F(CreateFunction, says_what_a_codec_has_against_an_argument) {
    connection.create_function("warmer", [](Celsius from) { return Celsius{from.degrees + 1}; });
    EXPECT_EQ(message_of<mica::DataError>([&] { one<double>("SELECT warmer(-300.0)"); }),
              "mica: argument 1 of warmer() was refused by its codec: colder than cold [SELECT warmer(-300.0)]");
}

TEST_F(CreateFunction, refuses_a_result_that_is_NaN) {
    connection.create_function("not_a_number", [] { return std::numeric_limits<double>::quiet_NaN(); });
    EXPECT_THROW(one<double>("SELECT not_a_number()"), mica::DataError);
    EXPECT_EQ(one<int>("SELECT 1"), 1);
}

TEST_F(CreateFunction, has_one_callable_for_each_number_of_arguments) {
    connection.create_function("arity", [] { return 0; });
    connection.create_function("arity", [](int) { return 1; });
    connection.create_function("arity", [](int, int) { return 2; });
    EXPECT_EQ(one<int>("SELECT arity() * 100 + arity(1) * 10 + arity(1, 1)"), 12);
    EXPECT_THROW(one<int>("SELECT arity(1, 1, 1)"), mica::ProgrammingError);
}

TEST_F(CreateFunction, takes_the_place_of_an_older_one) {
    connection.create_function("version", [] { return 1; });
    EXPECT_EQ(one<int>("SELECT version()"), 1);
    connection.create_function("version", [] { return 2; });
    EXPECT_EQ(one<int>("SELECT version()"), 2) << "in a statement that was prepared before too";
}

TEST_F(CreateFunction, cannot_take_the_place_of_one_while_a_statement_runs) {
    insert<Word>({{1, "one"}, {2, "two"}});
    connection.create_function("version", [] { return 1; });
    auto rows = connection.execute<int>("SELECT version() FROM Word");
    auto row = rows.begin();
    const auto error = caught<mica::OperationalError>([&] { connection.create_function("version", [] { return 2; }); });
    EXPECT_TRUE(error.is_busy());
    EXPECT_EQ(*++row, 1);
}

TEST_F(CreateFunction, takes_any_number_of_arguments_as_one_list) {
    connection.create_function("joined", [](const mica::FunctionArguments& all) -> std::string {
        std::string text;
        for (int i = 0; i < all.size(); ++i) {
            if (!all.is_null(i)) text += all.get<std::string_view>(i);
        }
        return text;
    });
    EXPECT_EQ(one<std::string>("SELECT joined()"), "");
    EXPECT_EQ(one<std::string>("SELECT joined('a', NULL, 'b', 'c')"), "abc");
}

TEST_F(CreateFunction, reads_an_argument_of_a_list_strictly) {
    connection.create_function("first", [](mica::FunctionArguments all) { return all.get<std::optional<int>>(0); });
    EXPECT_EQ(one<std::optional<int>>("SELECT first(NULL)"), std::nullopt);
    EXPECT_EQ(one<std::optional<int>>("SELECT first(3, 'x')"), 3);
    EXPECT_EQ(message_of<mica::DataError>([&] { one<int>("SELECT first('x')"); }),
              "mica: argument 1 of first() holds TEXT where the function takes INTEGER");
    EXPECT_EQ(message_of<mica::DataError>([&] { one<int>("SELECT first()"); }), "mica: first() has no argument 1");
    connection.create_function("second", [](mica::FunctionArguments all) { return all.get<int>(1); });
    EXPECT_EQ(message_of<mica::DataError>([&] { one<int>("SELECT second(1, NULL)"); }),
              "mica: argument 2 of second() is NULL, but is not taken as a std::optional");
}

TEST_F(CreateFunction, may_have_127_arguments) {
    connection.create_function("size", [](const mica::FunctionArguments& all) { return all.size(); });
    std::string arguments = "1";
    for (int i = 1; i < 127; ++i) arguments += ", 1";
    EXPECT_EQ(one<int>("SELECT size(" + arguments + ")"), 127);
}

TEST_F(CreateFunction, has_a_name_that_can_be) {
    const auto nothing = [] { return 0; };
    connection.create_function(std::string(255, 'f'), nothing);
    EXPECT_THROW(connection.create_function(std::string(256, 'f'), nothing), mica::ProgrammingError);
    EXPECT_THROW(connection.create_function("", nothing), mica::ProgrammingError);
    EXPECT_THROW(connection.create_function(std::string_view{"a\0b", 3}, nothing), mica::ProgrammingError);
    connection.create_function("sélect \"1\"", nothing);
    EXPECT_EQ(one<int>("SELECT \"sélect \"\"1\"\"\"()"), 0);
}

TEST_F(CreateFunction, copies_or_moves_its_callable_once_and_destroys_it_with_the_connection) {
    const auto watched = std::make_shared<int>(7);
    {
        mica::Engine other{"sqlite://"};
        other.connect().create_function("watched", [watched] { return *watched; });
        EXPECT_EQ(watched.use_count(), 2);
        EXPECT_EQ(other.connect().execute<int>("SELECT watched()").one(), 7);
        EXPECT_EQ(watched.use_count(), 2);
    }
    EXPECT_EQ(watched.use_count(), 1);
}

TEST_F(CreateFunction, may_be_an_object_that_can_only_be_moved) {
    connection.create_function("owned", [owned = std::make_unique<int>(5)] { return *owned; });
    EXPECT_EQ(one<int>("SELECT owned()"), 5);
}

TEST_F(CreateFunction, destroys_a_callable_that_is_refused) {
    const auto watched = std::make_shared<int>(7);
    EXPECT_THROW(connection.create_function("", [watched] { return *watched; }), mica::ProgrammingError);
    EXPECT_EQ(watched.use_count(), 1);
}

TEST_F(CreateFunction, is_called_where_typed_statements_name_it) {
    insert<Word>({{1, "one", "a"}, {2, "two"}});
    connection.create_function("size", [](std::string_view text) { return static_cast<std::int64_t>(text.size()); });
    EXPECT_EQ(connection.all(select(mica::func<"size", int>(col<&Word::text>)).order_by(col<&Word::id>)),
              (std::vector<int>{3, 3}));
    EXPECT_EQ(connection.all(select(mica::func<"size", std::optional<int>>(col<&Word::note>)).order_by(col<&Word::id>)),
              (std::vector<std::optional<int>>{1, std::nullopt}));
}

}  // namespace
}  // namespace create_function
