// SPDX-License-Identifier: BSL-1.0
// A statement owns its texts, in every place that takes one: what it was made of may change or end before it runs.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace query_owned_text {

struct Pet {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> nick;
};

/// As the C library, a socket or a protocol hands a text over.
struct Record {
    char name[64];
};

namespace {

using mica::col;
using mica::select;
using query_owned_text::Pet;
using query_owned_text::Record;
using namespace std::string_view_literals;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Pet::id>;
constexpr auto name = col<&Pet::name>;
constexpr auto nick = col<&Pet::nick>;

constexpr const char* of_rex = "Rex, the dog of the neighbours";

struct QueryOwnedText : mica::test::MemoryDatabase<Pet> {
    QueryOwnedText() { insert<Pet>({{1, of_rex, "Rexy"}, {2, "Tom", std::nullopt}}); }

    /// What `make` builds from a record that has changed and ended when it runs.
    template <class Make>
    static auto outliving(Make make, const char* text = of_rex) {
        auto record = std::make_unique<Record>();
        std::strcpy(record->name, text);
        auto statement = make(*record);
        std::strcpy(record->name, "overwritten");
        record.reset();
        return statement;
    }
    template <class Make>
    Ids found(Make make, const char* text = of_rex) {
        const auto condition = outliving(make, text);
        return connection.all(select(id).where(condition));
    }
};

TEST_F(QueryOwnedText, is_found_after_the_end_of_the_array_it_was_compared_with) {
    EXPECT_EQ(found([](Record& record) { return name == record.name; }), Ids{1});
    EXPECT_EQ(found([](const Record& record) { return name == record.name; }), Ids{1});
    EXPECT_EQ(found([](const Record& record) { return record.name == name; }), Ids{1});
    EXPECT_EQ(found([](const Record& record) { return name == static_cast<const char*>(record.name); }), Ids{1});
    EXPECT_EQ(found([](const Record& record) { return name == std::string_view{record.name}; }), Ids{1});
    EXPECT_EQ(found([](const Record& record) { return name == std::optional<std::string_view>{record.name}; }), Ids{1});
}

TEST_F(QueryOwnedText, is_owned_by_patterns_lists_ranges_and_functions) {
    const auto is_one = [&](auto make, const char* text) { EXPECT_EQ(found(make, text), Ids{1}); };
    is_one([](const Record& record) { return name.like(record.name); }, "Rex%the dog of the neighbours");
    is_one([](const Record& record) { return name.glob(record.name); }, "Rex* the dog of the neighbours");
    is_one([](const Record& record) { return name.starts_with(record.name); }, "Rex, the dog of the neigh");
    is_one([](const Record& record) { return name.in({record.name, record.name}); }, of_rex);
    is_one([](const Record& record) { return name.in(record.name, name || "x"); }, of_rex);
    is_one([](const Record& record) { return name.between(record.name, record.name); }, of_rex);
    is_one([](const Record& record) { return name.is_not_distinct_from(record.name); }, of_rex);
    is_one([](const Record& record) { return lower(name) == mica::lower(record.name); }, of_rex);
    is_one([](const Record& record) { return coalesce(nick, record.name) != record.name; }, of_rex);
    is_one([](const Record& record) { return (name || "!") == record.name; }, "Rex, the dog of the neighbours!");
    is_one(
        [](const Record& record) {
            return name == mica::case_(when(id == 1, record.name)).otherwise(record.name || nick);
        },
        of_rex);
    is_one([](const Record& record) { return mica::sql<bool>(R"("Pet"."name" = ?)", record.name); }, of_rex);
    is_one([](const Record& record) { return mica::Filter<Pet>{name == record.name}; }, of_rex);
}

TEST_F(QueryOwnedText, is_owned_by_statements_that_write) {
    connection.execute(outliving([](const Record& record) {
        return mica::update<Pet>().set(nick = record.name, name = name || record.name).where(id == 2);
    }));
    connection.execute(outliving([](const Record& record) {
        return mica::insert_into<Pet>().values(id = 2, name = "").on_conflict<&Pet::id>().do_update(name = record.name);
    }));
    EXPECT_EQ(connection.one(select(name, nick).where(id == 2)),
              (std::tuple<std::string, std::optional<std::string>>{of_rex, of_rex}));
}

TEST_F(QueryOwnedText, is_owned_by_a_result_of_raw_sql) {
    auto record = std::make_unique<Record>();
    std::strcpy(record->name, of_rex);
    auto rows = connection.execute<std::int64_t>(R"(SELECT id FROM "Pet" WHERE name >= ?)", record->name);
    record.reset();
    EXPECT_EQ(rows.all(), (Ids{1, 2}));
}

TEST_F(QueryOwnedText, ends_at_the_first_nul_of_an_array_and_nowhere_in_what_has_a_length) {
    connection.execute(mica::update<Pet>().set(nick = "a\0b").where(id == 1));
    connection.execute(mica::update<Pet>().set(nick = "a\0b"sv).where(id == 2));
    EXPECT_EQ(connection.all(select(nick).order_by(id)),
              (std::vector<std::optional<std::string>>{"a", std::string("a\0b", 3)}));
    EXPECT_EQ(connection.all(select(id).where(nick == "a\0b")), Ids{1});
    EXPECT_EQ(connection.execute<std::string>("SELECT hex(?)", "a\0b").one(), "61");
    const std::array<char, 1> unended{'a'};
    EXPECT_EQ(connection.all(select(id).where(nick == reinterpret_cast<const char(&)[1]>(unended))), Ids{1});
}

TEST_F(QueryOwnedText, is_a_constant_with_literals_of_any_length) {
    static constexpr auto statement =
        select(id).where(name == "Rex, the dog of the neighbours" && nick == "Rexy" && name.like("R%"));
    static_assert(decltype(statement)::sql().starts_with("SELECT"));
    EXPECT_EQ(connection.all(statement), Ids{1});
}

TEST_F(QueryOwnedText, is_never_a_null_pointer) {
    const char* const nothing = nullptr;
    EXPECT_THROW(static_cast<void>(name == nothing), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(name.contains(nothing)), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(name.in({"Tom", nothing})), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(mica::lower(nothing) == name), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(nick = nothing), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(mica::sql<bool>("? = 1", nothing)), mica::ProgrammingError);
    EXPECT_THROW(connection.execute(R"(UPDATE "Pet" SET nick = ?)", nothing), mica::ProgrammingError);
    EXPECT_THROW(connection.prepare(select(id).where(name == mica::param<std::string>))(nothing),
                 mica::ProgrammingError);
    EXPECT_EQ(connection.all(select(id).where(name == "Tom")), Ids{2});
}

}  // namespace
}  // namespace query_owned_text
