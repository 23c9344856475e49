// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace query_functions {

struct Word {
    std::int64_t id = 0;
    std::string text;
    std::optional<std::string> note;
    int number = 0;
    double real = 0;
    std::vector<std::byte> bytes;
};

namespace {

using mica::col;
using mica::func;
using mica::select;
using mica::test::caught;
using query_functions::Word;
using Texts = std::vector<std::string>;

constexpr auto id = col<&Word::id>;
constexpr auto text = col<&Word::text>;
constexpr auto note = col<&Word::note>;
constexpr auto number = col<&Word::number>;
constexpr auto real = col<&Word::real>;
constexpr auto bytes = col<&Word::bytes>;

struct QueryFunctions : mica::test::MemoryDatabase<Word> {
    QueryFunctions() {
        insert<Word>({{1, "Straße", " a ", -3, 2.5, {std::byte{0xca}, std::byte{0xfe}}},
                      {2, "", std::nullopt, 7, -0.126, {}},
                      {3, "a-b-a", "xxaxx", 0, 1e300, {std::byte{0}}}});
    }
    /// Of all rows in their order.
    template <class Expression>
    auto all(const Expression& expression) {
        return connection.all(select(expression).template from<Word>().order_by(id));
    }
    template <class Expression>
    auto value(const Expression& expression) {
        return connection.scalar(select(expression));
    }
};

TEST_F(QueryFunctions, calculate) {
    EXPECT_EQ(all(mica::abs(number)), (std::vector<std::int64_t>{3, 7, 0}));
    EXPECT_EQ(all(mica::abs(real)), (std::vector<double>{2.5, 0.126, 1e300}));
    EXPECT_EQ(all(round(real)), (std::vector<double>{3, 0, 1e300}));
    EXPECT_EQ(all(round(real, 2)), (std::vector<double>{2.5, -0.13, 1e300}));
    EXPECT_EQ(all(round(number)), (std::vector<double>{-3, 7, 0}));
    EXPECT_EQ(all(mica::sign(number)), (std::vector<std::int64_t>{-1, 1, 0}));
    EXPECT_EQ(value(mica::abs(std::optional<int>{})), std::nullopt);
}

TEST_F(QueryFunctions, have_no_absolute_value_of_the_smallest_integer) {
    const auto smallest = select(mica::abs(std::numeric_limits<std::int64_t>::min()));
    EXPECT_NE(std::string{caught<mica::DataError>([&] { connection.scalar(smallest); }).what()}.find("overflow"),
              std::string::npos);
    EXPECT_EQ(value(mica::abs(-1)), 1) << "the connection stays usable";
}

TEST_F(QueryFunctions, give_another_random_number_for_each_row) {
    const auto numbers = all(mica::random());
    EXPECT_NE(numbers[0], numbers[1]);
    EXPECT_EQ(connection.all(select(id).order_by(mica::random())).size(), 3U);
}

TEST_F(QueryFunctions, measure_text_in_characters_and_bytes_in_bytes) {
    EXPECT_EQ(all(length(text)), (std::vector<std::int64_t>{6, 0, 5}));
    EXPECT_EQ(all(length(note)), (std::vector<std::optional<std::int64_t>>{3, std::nullopt, 5}));
    EXPECT_EQ(all(length(bytes)), (std::vector<std::int64_t>{2, 0, 1}));
}

TEST_F(QueryFunctions, know_the_letters_of_ascii) {
    EXPECT_EQ(all(lower(text)), (Texts{"straße", "", "a-b-a"}));
    EXPECT_EQ(all(upper(text)), (Texts{"STRAßE", "", "A-B-A"}));
}

TEST_F(QueryFunctions, trim) {
    EXPECT_EQ(all(trim(note)), (std::vector<std::optional<std::string>>{"a", std::nullopt, "xxaxx"}));
    EXPECT_EQ(all(ltrim(note)), (std::vector<std::optional<std::string>>{"a ", std::nullopt, "xxaxx"}));
    EXPECT_EQ(all(rtrim(note)), (std::vector<std::optional<std::string>>{" a", std::nullopt, "xxaxx"}));
    EXPECT_EQ(all(trim(note, " x")), (std::vector<std::optional<std::string>>{"a", std::nullopt, "a"}));
    EXPECT_EQ(all(ltrim(text, "a-")), (Texts{"Straße", "", "b-a"}));
    EXPECT_EQ(all(rtrim(text, "a-")), (Texts{"Straße", "", "a-b"}));
}

TEST_F(QueryFunctions, cut_and_replace) {
    EXPECT_EQ(all(substr(text, 2)), (Texts{"traße", "", "-b-a"}));
    EXPECT_EQ(all(substr(text, 4, 2)), (Texts{"aß", "", "-a"}));
    EXPECT_EQ(all(substr(text, -2)), (Texts{"ße", "", "-a"}));
    EXPECT_EQ(all(substr(bytes, 2)), (std::vector<std::optional<std::vector<std::byte>>>{
                                         {{std::byte{0xfe}}}, std::nullopt, std::vector<std::byte>{}}));
    EXPECT_EQ(all(replace(text, "a", "'")), (Texts{"Str'ße", "", "'-b-'"}));
    EXPECT_EQ(all(instr(text, "-")), (std::vector<std::int64_t>{0, 0, 2}));
}

TEST_F(QueryFunctions, look_at_codes_and_classes) {
    EXPECT_EQ(all(hex(bytes)), (Texts{"CAFE", "", "00"}));
    EXPECT_EQ(all(hex(note)), (Texts{"206120", "", "7878617878"}));
    EXPECT_EQ(all(unicode(substr(text, 5))), (std::vector<std::optional<std::int64_t>>{0xdf, std::nullopt, 'a'}));
    EXPECT_EQ(value(mica::char_(0x1f40d, 72)), "🐍H");
    EXPECT_EQ(value(mica::char_()), "");
    EXPECT_EQ(all(typeof_(note)), (Texts{"text", "null", "text"}));
    EXPECT_EQ(value(mica::typeof_(1.0)), "real");
    EXPECT_EQ(value(mica::typeof_(std::nullopt)), "null");
}

TEST_F(QueryFunctions, select_rows) {
    EXPECT_EQ(connection.all(select(id).where(length(text) > 5)), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(connection.all(select(id).where(lower(text).starts_with("stra"))), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(connection.all(select(id).where(length(note) == std::nullopt)), (std::vector<std::int64_t>{2}));
    EXPECT_EQ(connection.all(select(text).order_by(length(text).desc(), id)), (Texts{"Straße", "a-b-a", ""}));
}

TEST_F(QueryFunctions, see_text_up_to_its_first_nul_and_keep_all_of_it) {
    const std::string text_with_nul{"a\0b", 3};
    EXPECT_EQ(value(mica::length(text_with_nul)), 1);
    EXPECT_EQ(value(mica::hex(text_with_nul)), "610062");
    EXPECT_EQ(value(mica::coalesce(text_with_nul, "")), text_with_nul);
}

TEST_F(QueryFunctions, of_others_are_called_by_name) {
    EXPECT_EQ((value(func<"printf", std::string>("%s-%03d", "x", 7))), "x-007");
    EXPECT_EQ((value(func<"nullif", std::optional<int>>(1, 1))), std::nullopt);
    EXPECT_EQ((value(func<"zeroblob", std::vector<std::byte>>(2))).size(), 2U);
    EXPECT_EQ((connection.all(select(id).where(func<"glob", bool>("a*", text)))), (std::vector<std::int64_t>{3}));
}

TEST_F(QueryFunctions, that_do_not_exist_are_an_error_of_the_database) {
    const auto query = select(func<"no such", int>());
    const auto error = caught<mica::ProgrammingError>([&] { connection.scalar(query); });
    EXPECT_NE(std::string{error.what()}.find("no such function: no such"), std::string::npos) << error.what();
}

TEST_F(QueryFunctions, are_set_and_changed) {
    connection.execute(mica::update<Word>().set(text = upper(text), note = nullif(trim(note), "a")).all_rows());
    EXPECT_EQ(all(text), (Texts{"STRAßE", "", "A-B-A"}));
    EXPECT_EQ(all(note), (std::vector<std::optional<std::string>>{std::nullopt, std::nullopt, "xxaxx"}));
}

}  // namespace
}  // namespace query_functions
