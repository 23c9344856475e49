// SPDX-License-Identifier: BSL-1.0
// Items 38 and 63 to 67 of the checklist, for statements that write: any name works in every clause.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace query_write_identifiers {

struct Odd {
    std::int64_t id = 0;
    std::string first;
    int second = 0;
    std::optional<int> third{};
    int revision = 0;

    static constexpr auto mapping() {
        using mica::col;
        return mica::table("select \"from\" 測試", mica::column<&Odd::id>("order by"),
                           mica::column<&Odd::first>("a\"b'c"), mica::column<&Odd::second>("per % cent ?1"),
                           mica::column<&Odd::third>("excluded"), mica::column<&Odd::revision>("méil"),
                           mica::unique<&Odd::first>, mica::version<&Odd::revision>,
                           mica::index<&Odd::second>.unique().where(col<&Odd::third> > 0).name("ix \" ?"),
                           mica::check(col<&Odd::second> < 1000));
    }
};

namespace {

using mica::col;
using mica::excluded;
using mica::insert_into;
using mica::select;
using mica::update;
using mica::test::caught;
using query_write_identifiers::Odd;

struct QueryWriteIdentifiers : mica::test::MemoryDatabase<Odd> {
    QueryWriteIdentifiers() { insert<Odd>({{1, "x", 1}}); }
};

TEST_F(QueryWriteIdentifiers, work_in_an_insert_of_columns) {
    EXPECT_EQ(connection.one(insert_into<Odd>()
                                 .values(col<&Odd::first> = "y", col<&Odd::second> = 2, col<&Odd::revision> = 0)
                                 .returning(col<&Odd::id>, col<&Odd::first>)),
              (std::tuple{std::int64_t{2}, std::string{"y"}}));
}

TEST_F(QueryWriteIdentifiers, work_in_an_upsert) {
    const Odd odd = connection.one(insert_into<Odd>()
                                       .values(Odd{0, "x", 5, 7})
                                       .on_conflict<&Odd::first>()
                                       .do_update(col<&Odd::second> = col<&Odd::second> + excluded<&Odd::second>,
                                                  col<&Odd::third> = excluded<&Odd::third>)
                                       .where(excluded<&Odd::third> > 6)
                                       .returning<Odd>());
    EXPECT_EQ(odd.second, 6);
    EXPECT_EQ(odd.third, 7);
    EXPECT_EQ(odd.revision, 1);
    EXPECT_EQ(connection
                  .execute(insert_into<Odd>()
                               .values(Odd{0, "z", 6, 1})
                               .on_conflict<&Odd::second>()
                               .where(col<&Odd::third> > 0)
                               .do_nothing())
                  .rows_affected(),
              0);
}

TEST_F(QueryWriteIdentifiers, work_in_an_insert_from_a_select) {
    EXPECT_EQ(connection.all(insert_into<Odd>()
                                 .columns<&Odd::second, &Odd::first, &Odd::revision>()
                                 .from(select(col<&Odd::second> + 1, col<&Odd::first> || "!", col<&Odd::revision>))
                                 .on_conflict()
                                 .do_nothing()
                                 .returning(col<&Odd::first>)),
              std::vector<std::string>{"x!"});
}

TEST_F(QueryWriteIdentifiers, work_in_an_update_from) {
    constexpr auto other = mica::alias<Odd, "wh\"ere">;
    EXPECT_EQ(connection.all(update<Odd>()
                                 .set(col<&Odd::third> = other.col<&Odd::second> + 10)
                                 .from(other)
                                 .where(other.col<&Odd::id> == col<&Odd::id>)
                                 .returning(col<&Odd::third>, col<&Odd::revision>)),
              (std::vector<std::tuple<std::optional<int>, int>>{{11, 1}}));
}

TEST_F(QueryWriteIdentifiers, stand_in_errors) {
    const auto unique =
        caught<mica::IntegrityError>([&] { connection.execute(insert_into<Odd>().values(Odd{0, "x", 5})); });
    EXPECT_EQ(unique.table(), "select \"from\" 測試");
    EXPECT_EQ(unique.columns(), std::vector<std::string>{"a\"b'c"});
    const auto check = caught<mica::IntegrityError>(
        [&] { connection.execute(insert_into<Odd>().values(Odd{0, "y", 1000}).returning<Odd>()); });
    EXPECT_NE(std::string_view{check.what()}.find("測試"), std::string_view::npos);
}

}  // namespace
}  // namespace query_write_identifiers
