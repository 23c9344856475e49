// SPDX-License-Identifier: BSL-1.0
// Nothing is changed on its way out of a cell: what does not fit is refused, with the column's name and both classes.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace query_strict {

/// A table that takes anything, as those of others may.
struct Loose {
    std::int64_t id = 0;
    int number = 0;
    std::optional<double> real;
    std::string text;
    std::vector<std::byte> blob;

    static constexpr auto mapping() { return mica::table("loose"); }
};

struct Keyed {
    std::string code;
    int number = 0;
    static constexpr auto mapping() { return mica::table("keyed", mica::primary_key<&Keyed::code>); }
};

struct Rowless {
    std::int64_t id = 0;
    int number = 0;
    static constexpr auto mapping() { return mica::table("keyed", mica::without_rowid); }
};

enum class Small : std::int8_t { zero };
enum class Named : std::uint8_t { zero };

}  // namespace query_strict

template <>
struct mica::Codec<query_strict::Named> : mica::EnumText<query_strict::Named> {};

namespace query_strict {
namespace {

using mica::col;
using mica::DataError;
using mica::select;
using mica::test::caught;
using query_strict::Keyed;
using query_strict::Loose;
using query_strict::Rowless;
using query_strict::Small;

struct QueryStrict : mica::test::MemoryDatabase<> {
    QueryStrict() {
        connection.execute("CREATE TABLE loose (id INTEGER PRIMARY KEY, number, real, text, blob)");
        connection.execute("CREATE TABLE keyed (code, number)");
        connection.execute("INSERT INTO loose VALUES (7, 1, 2.5, 'a', x'00')");
    }

    /// The error of reading an expression of SQL as a `Value`, empty where there is none.
    template <class Value>
    std::string refusal(std::string_view expression) {
        try {
            static_cast<void>(connection.execute<Value>("SELECT " + std::string{expression} + " AS cell").one());
            return {};
        } catch (const DataError& error) {
            EXPECT_NE(std::string_view{error.what()}.find("\"cell\""), std::string_view::npos) << error.what();
            EXPECT_FALSE(error.sql().empty());
            return error.what();
        }
    }
    template <class Value>
    bool refuses(std::string_view expression) {
        return !refusal<Value>(expression).empty();
    }
    template <class Query>
    std::string failure(const Query& query) {
        return caught<DataError>([&] { static_cast<void>(connection.all(query)); }).what();
    }
};

bool tells(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST_F(QueryStrict, refuses_an_integer_out_of_range) {
    EXPECT_TRUE(refuses<std::int8_t>("128") && refuses<std::int8_t>("-129"));
    EXPECT_FALSE(refuses<std::int8_t>("127") || refuses<std::int8_t>("-128"));
    EXPECT_TRUE(refuses<std::uint8_t>("256") && refuses<std::uint8_t>("-1"));
    EXPECT_FALSE(refuses<std::uint8_t>("255") || refuses<std::uint8_t>("0"));
    EXPECT_TRUE(refuses<std::int16_t>("32768") && refuses<std::int16_t>("-32769"));
    EXPECT_FALSE(refuses<std::int16_t>("32767") || refuses<std::int16_t>("-32768"));
    EXPECT_TRUE(refuses<std::uint16_t>("65536") && refuses<std::uint16_t>("-1"));
    EXPECT_FALSE(refuses<std::uint16_t>("65535"));
    EXPECT_TRUE(refuses<std::int32_t>("2147483648") && refuses<std::int32_t>("-2147483649"));
    EXPECT_FALSE(refuses<std::int32_t>("2147483647") || refuses<std::int32_t>("-2147483648"));
    EXPECT_TRUE(refuses<std::uint32_t>("4294967296") && refuses<std::uint32_t>("-1"));
    EXPECT_FALSE(refuses<std::uint32_t>("4294967295"));
    EXPECT_FALSE(refuses<std::int64_t>("9223372036854775807") || refuses<std::int64_t>("-9223372036854775807 - 1"));
    EXPECT_TRUE(refuses<std::optional<std::int8_t>>("128"));
    EXPECT_TRUE(refuses<Small>("128") && !refuses<Small>("-128"));
    EXPECT_TRUE(refuses<bool>("2") && refuses<bool>("-1") && !refuses<bool>("1"));
}

TEST_F(QueryStrict, refuses_another_storage_class) {
    EXPECT_TRUE(refuses<int>("1.0") && refuses<int>("'1'") && refuses<int>("x'31'"));
    EXPECT_TRUE(refuses<bool>("'true'") && refuses<bool>("1.0"));
    EXPECT_TRUE(refuses<double>("'1.5'") && refuses<double>("x'31'"));
    EXPECT_TRUE(refuses<std::string>("1") && refuses<std::string>("1.5") && refuses<std::string>("x'31'"));
    EXPECT_TRUE(refuses<std::vector<std::byte>>("'a'") && refuses<std::vector<std::byte>>("1"));
    EXPECT_TRUE((refuses<std::array<std::byte, 2>>("x'00'") && !refuses<std::array<std::byte, 1>>("x'00'")));
    EXPECT_TRUE(refuses<std::optional<int>>("'1'"));
}

TEST_F(QueryStrict, refuses_null_where_nothing_can_be_null) {
    EXPECT_TRUE(refuses<int>("NULL") && refuses<double>("NULL") && refuses<std::string>("NULL") &&
                refuses<bool>("NULL"));
    EXPECT_TRUE(refuses<std::vector<std::byte>>("NULL") && refuses<Small>("NULL"));
    EXPECT_FALSE(refuses<std::optional<int>>("NULL") || refuses<std::optional<std::string>>("NULL"));
    EXPECT_TRUE(tells(refusal<int>("NULL"), "NULL"));
}

TEST_F(QueryStrict, takes_an_integer_for_a_real_where_it_is_exact) {
    EXPECT_EQ(connection.execute<double>("SELECT 3").one(), 3.0);
    EXPECT_EQ(connection.execute<double>("SELECT 9007199254740992").one(), 9007199254740992.0);
    EXPECT_EQ(connection.execute<double>("SELECT -9223372036854775807 - 1").one(), -9223372036854775808.0);
    EXPECT_TRUE(refuses<double>("9007199254740993") && refuses<double>("9223372036854775807"));
    EXPECT_EQ(connection.execute<float>("SELECT 16777216").one(), 16777216.0F);
    EXPECT_TRUE(refuses<float>("16777217") && !refuses<float>("0.1") && !refuses<float>("0.5"));
    EXPECT_TRUE(refuses<float>("1e300"));
}

TEST_F(QueryStrict, tells_both_storage_classes) {
    const std::string text = refusal<int>("'secret'");
    EXPECT_TRUE(tells(text, "TEXT") && tells(text, "INTEGER")) << text;
    EXPECT_FALSE(tells(text, " secret")) << text;
    EXPECT_TRUE(tells(refusal<std::string>("x'31'"), "BLOB") && tells(refusal<std::string>("1.5"), "REAL"));
}

TEST_F(QueryStrict, tells_table_column_and_rowid_of_an_entity) {
    const auto expect = [this](std::string_view value, std::string_view column, std::string_view held) {
        connection.execute("DELETE FROM loose");
        connection.execute("INSERT INTO loose VALUES (7, 1, 2.5, 'a', x'00')");
        connection.execute("UPDATE loose SET " + std::string{column} + " = " + std::string{value});
        const std::string text = failure(select<Loose>());
        EXPECT_TRUE(tells(text, R"("loose".")" + std::string{column} + R"(" of rowid 7)")) << text;
        EXPECT_TRUE(tells(text, held)) << text;
    };
    expect("'x'", "number", "TEXT");
    expect("3000000000", "number", "INTEGER");
    expect("NULL", "number", "NULL");
    expect("x'31'", "real", "BLOB");
    expect("9007199254740993", "real", "INTEGER");
    expect("5", "text", "INTEGER");
    expect("NULL", "text", "NULL");
    expect("'x'", "blob", "TEXT");
}

TEST_F(QueryStrict, tells_what_a_text_is_not) {
    const auto reason = [&]<class Wanted>(std::type_identity<Wanted>, std::string_view value) {
        return mica::test::message_of<DataError>(
            [&] { static_cast<void>(connection.execute<Wanted>("SELECT " + std::string{value} + " AS x").one()); });
    };
    using namespace std::chrono;
    constexpr std::type_identity<mica::EnumText<Small>> small;
    EXPECT_TRUE(tells(reason(small, "'one'"), "holds TEXT that is no enumerator's name"));
    EXPECT_TRUE(tells(reason(std::type_identity<query_strict::Named>{}, "'one'"), "that is no enumerator's name"));
    EXPECT_TRUE(tells(reason(std::type_identity<sys_days>{}, "'May'"), "holds TEXT that is no date"));
    EXPECT_TRUE(tells(reason(std::type_identity<std::optional<year_month_day>>{}, "'2023-02-30'"), "that is no date"));
    EXPECT_TRUE(tells(reason(std::type_identity<sys_seconds>{}, "'2023-02-03 10:11:12.5'"),
                      "holds TEXT that is no date and time, or between two ticks of its field"));
    EXPECT_TRUE(tells(reason(std::type_identity<std::array<std::byte, 2>>{}, "x'010203'"),
                      "holds BLOB of another length than its field"));
}

TEST_F(QueryStrict, tells_no_rowid_where_the_key_is_none) {
    connection.execute("INSERT INTO keyed VALUES ('k', 'x')");
    const std::string text = failure(select<Keyed>());
    EXPECT_TRUE(tells(text, R"("keyed"."number")")) << text;
    EXPECT_FALSE(tells(text, "rowid")) << text;
}

TEST_F(QueryStrict, tells_no_rowid_where_the_table_has_none) {
    connection.execute("DROP TABLE keyed");
    connection.execute("CREATE TABLE keyed (id INTEGER PRIMARY KEY, number) WITHOUT ROWID");
    connection.execute("INSERT INTO keyed VALUES (7, 'x')");
    const std::string text = failure(select<Rowless>());
    EXPECT_TRUE(tells(text, R"("keyed"."number")")) << text;
    EXPECT_FALSE(tells(text, "rowid")) << text;
}

TEST_F(QueryStrict, tells_the_column_of_a_selected_column) {
    connection.execute("UPDATE loose SET number = 'x'");
    const std::string alone = failure(select(col<&Loose::number>));
    EXPECT_TRUE(tells(alone, R"("loose"."number")")) << alone;
    const std::string with_key = failure(select(col<&Loose::text>, col<&Loose::number>, col<&Loose::id>));
    EXPECT_TRUE(tells(with_key, R"("loose"."number" of rowid 7)")) << with_key;
    const std::string labelled = failure(select(col<&Loose::number>.as<"other">(), col<&Loose::id>));
    EXPECT_TRUE(tells(labelled, R"("loose"."number" of rowid 7)")) << labelled;
}

TEST_F(QueryStrict, tells_the_name_that_sqlite_gives_a_calculated_column) {
    connection.execute("UPDATE loose SET number = 2.5");
    const std::string text = failure(select(col<&Loose::number> + 1));
    EXPECT_TRUE(tells(text, R"("loose"."number" + ?1)")) << text;
    EXPECT_TRUE(tells(text, "REAL") && tells(text, "INTEGER")) << text;
}

TEST_F(QueryStrict, refuses_every_way_to_read) {
    connection.execute("UPDATE loose SET number = NULL");
    const auto query = select<Loose>();
    EXPECT_THROW(static_cast<void>(connection.all(query)), DataError);
    EXPECT_THROW(static_cast<void>(connection.first(query)), DataError);
    EXPECT_THROW(static_cast<void>(connection.one(query)), DataError);
    EXPECT_THROW(static_cast<void>(connection.scalar(select(col<&Loose::number>))), DataError);
    EXPECT_THROW(static_cast<void>(connection.execute(query).all()), DataError);
    EXPECT_THROW(static_cast<void>(connection.execute(query).first()), DataError);
    EXPECT_THROW(static_cast<void>(connection.execute(query).one()), DataError);
    EXPECT_THROW(static_cast<void>(connection.execute(query).one_or_none()), DataError);
    EXPECT_THROW(static_cast<void>(connection.execute(query).begin()), DataError);
    connection.execute("DROP TABLE loose");
}

TEST_F(QueryStrict, gives_the_statement_back_after_a_refusal) {
    connection.execute("INSERT INTO loose VALUES (8, NULL, NULL, '', x''), (9, 1, NULL, '', x'')");
    int read = 0;
    try {
        for (const Loose& loose : connection.execute(select<Loose>())) read += static_cast<int>(loose.id);
        FAIL();
    } catch (const DataError&) {
    }
    EXPECT_EQ(read, 7);
    connection.execute("UPDATE loose SET number = 5 WHERE number IS NULL");
    EXPECT_EQ(connection.all(select<Loose>()).size(), 3U);
    connection.execute("DROP TABLE loose");
}

TEST_F(QueryStrict, refuses_inside_a_session_and_tracks_nothing) {
    connection.execute("INSERT INTO loose VALUES (8, NULL, NULL, '', x'')");
    {
        const auto given_back = std::move(connection);
    }
    mica::Session session{engine};
    EXPECT_THROW(static_cast<void>(session.query<Loose>().all()), DataError);
    EXPECT_THROW(static_cast<void>(session.get<Loose>(8)), DataError);
    session.execute("UPDATE loose SET number = 3 WHERE id = 8");
    EXPECT_EQ(session.get<Loose>(8)->number, 3);
    EXPECT_EQ(session.query<Loose>().all().size(), 2U);
}

}  // namespace
}  // namespace query_strict
