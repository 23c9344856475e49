// SPDX-License-Identifier: BSL-1.0
// Names that would break SQL put together carelessly, through every kind of statement.
#include <mica/core/fixed_string.hpp>

#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace query_identifiers {

/// Columns with the names of SQLAlchemy's DifficultParametersTest and some more.
struct Hard {
    std::int64_t id = 0;
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0;
    int o = 0, p = 0, q = 0, r = 0, s = 0, t = 0, u = 0, v = 0, w = 0, x = 0, y = 0, z = 0;

    static constexpr auto mapping() {
        using mica::column;
        return mica::table(
            "hard", column<&Hard::a>("per cent"), column<&Hard::b>("per % cent"), column<&Hard::c>("%percent"),
            column<&Hard::d>("par(ens)"), column<&Hard::e>("percent%(ens)yah"), column<&Hard::f>("col:ons"),
            column<&Hard::g>("_starts_with_underscore"), column<&Hard::h>("dot.s"),
            column<&Hard::i>("more :: %colons%"), column<&Hard::j>("_name"), column<&Hard::k>("___name"),
            column<&Hard::l>("[BracketsAndCase]"), column<&Hard::m>("42numbers"), column<&Hard::n>("percent%signs"),
            column<&Hard::o>("has spaces"), column<&Hard::p>("/slashes/"), column<&Hard::q>("more/slashes"),
            column<&Hard::r>("q?marks"), column<&Hard::s>("1param"), column<&Hard::t>("1col:on"),
            column<&Hard::u>("quotes\"and'apostrophes"), column<&Hard::v>("-- comment"),
            column<&Hard::w>("semi;colon /* */"), column<&Hard::x>("測試 méil ☃"), column<&Hard::y>("`tick` \\ back"),
            column<&Hard::z>("?1"));
    }
};

namespace {

using mica::col;
using mica::select;
using query_identifiers::Hard;

struct QueryIdentifiers : mica::test::MemoryDatabase<Hard> {
    QueryIdentifiers() { insert<Hard>({Hard{1}, Hard{2}}); }

    /// One column through every clause, and back to 0.
    template <auto member>
    void use() {
        constexpr auto column = col<member>;
        SCOPED_TRACE(std::string{column.column().name});
        EXPECT_EQ(connection.execute(mica::update<Hard>().set(column = 5).where(column == 0 && col<&Hard::id> == 1))
                      .rows_affected(),
                  1);
        EXPECT_EQ(connection.all(select(column).where(column.in({5})).order_by(column.desc())), std::vector<int>{5});
        EXPECT_EQ(connection.one(select<Hard>().where(column > 4)).*member, 5);
        connection.execute(mica::update<Hard>().set(column = column - 5).where(column == 5));
        EXPECT_EQ(connection.all(select(column)), (std::vector<int>{0, 0}));
    }
};

TEST_F(QueryIdentifiers, of_columns_work_in_every_clause) {
    use<&Hard::a>();
    use<&Hard::b>();
    use<&Hard::c>();
    use<&Hard::d>();
    use<&Hard::e>();
    use<&Hard::f>();
    use<&Hard::h>();
    use<&Hard::i>();
    use<&Hard::l>();
    use<&Hard::m>();
    use<&Hard::p>();
    use<&Hard::r>();
    use<&Hard::s>();
}

TEST_F(QueryIdentifiers, of_more_columns_work_in_every_clause) {
    use<&Hard::g>();
    use<&Hard::j>();
    use<&Hard::k>();
    use<&Hard::n>();
    use<&Hard::o>();
    use<&Hard::q>();
    use<&Hard::t>();
    use<&Hard::u>();
    use<&Hard::v>();
    use<&Hard::w>();
    use<&Hard::x>();
    use<&Hard::y>();
    use<&Hard::z>();
}

TEST_F(QueryIdentifiers, of_columns_are_kept_by_the_database) {
    const auto names = connection.execute<std::string>("SELECT name FROM pragma_table_info('hard')").all();
    ASSERT_EQ(names.size(), mica::table_of<Hard>().columns.size());
    for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(names[i], mica::table_of<Hard>().columns[i].name);
}

TEST_F(QueryIdentifiers, of_columns_work_in_a_session) {
    {
        const auto given_back = std::move(connection);
    }
    mica::Session session{engine};
    const auto hard = session.get<Hard>(1);
    hard->r = 3;
    hard->u = 4;
    hard->z = 5;
    session.commit();
    session.add(Hard{.id = 3, .b = 7});
    EXPECT_EQ(session.query<Hard>().where(col<&Hard::b> == 7).one()->id, 3);
    session.remove(hard);
    session.commit();
    EXPECT_EQ(session.query<Hard>().where(col<&Hard::u> == 4).count(), 0);
}

TEST_F(QueryIdentifiers, of_columns_are_told_in_errors) {
    connection.execute("UPDATE hard SET \"quotes\"\"and'apostrophes\" = 3000000000 WHERE id = 2");
    try {
        static_cast<void>(connection.all(select<Hard>()));
        FAIL();
    } catch (const mica::DataError& error) {
        EXPECT_NE(std::string{error.what()}.find("quotes\"and'apostrophes"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace query_identifiers
