// SPDX-License-Identifier: BSL-1.0
// first, one, one_or_none and scalar on no row, one row and two rows; by connection, by result, by raw SQL.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace query_single {

struct Item {
    std::int64_t id = 0;
    std::string name;
    std::optional<int> rank;
};

struct Label {
    Item item;
    int weight = 0;
};

namespace {

using mica::col;
using mica::MultipleResultsFound;
using mica::NoResultFound;
using mica::select;
using query_single::Item;
using query_single::Label;

constexpr auto id = col<&Item::id>;

auto up_to(std::int64_t last) { return select<Item>().where(id <= last).order_by(id); }

struct QuerySingle : mica::test::MemoryDatabase<Item> {
    QuerySingle() { insert<Item>({{1, "a", std::nullopt}, {2, "b", 5}}); }
    /// Nothing is left running: the table can be dropped.
    ~QuerySingle() override { EXPECT_NO_THROW(connection.execute("DROP TABLE Item")); }
};

TEST_F(QuerySingle, first_is_the_first_row_or_none) {
    EXPECT_EQ(connection.first(up_to(0)), std::nullopt);
    EXPECT_EQ(connection.first(up_to(1))->name, "a");
    EXPECT_EQ(connection.first(up_to(2))->name, "a");
    EXPECT_EQ(connection.execute(up_to(0)).first(), std::nullopt);
    EXPECT_EQ(connection.execute(up_to(1)).first()->name, "a");
    EXPECT_EQ(connection.execute(up_to(2)).first()->name, "a");
}

TEST_F(QuerySingle, one_is_the_only_row) {
    EXPECT_THROW(static_cast<void>(connection.one(up_to(0))), NoResultFound);
    EXPECT_EQ(connection.one(up_to(1)).name, "a");
    EXPECT_THROW(static_cast<void>(connection.one(up_to(2))), MultipleResultsFound);
    EXPECT_THROW(static_cast<void>(connection.execute(up_to(0)).one()), NoResultFound);
    EXPECT_EQ(connection.execute(up_to(1)).one().name, "a");
    EXPECT_THROW(static_cast<void>(connection.execute(up_to(2)).one()), MultipleResultsFound);
}

TEST_F(QuerySingle, one_or_none_is_the_only_row_or_none) {
    EXPECT_EQ(connection.one_or_none(up_to(0)), std::nullopt);
    EXPECT_EQ(connection.one_or_none(up_to(1))->name, "a");
    EXPECT_THROW(static_cast<void>(connection.one_or_none(up_to(2))), MultipleResultsFound);
    EXPECT_EQ(connection.execute(up_to(0)).one_or_none(), std::nullopt);
    EXPECT_EQ(connection.execute(up_to(1)).one_or_none()->name, "a");
    EXPECT_THROW(static_cast<void>(connection.execute(up_to(2)).one_or_none()), MultipleResultsFound);
}

TEST_F(QuerySingle, one_or_none_takes_the_row_of_a_write_too) {
    const auto renamed = [](std::int64_t last) {
        return mica::update<Item>().set(col<&Item::name> = "c").where(id <= last).returning(id);
    };
    EXPECT_EQ(connection.one_or_none(renamed(0)), std::nullopt);
    EXPECT_EQ(connection.one_or_none(renamed(1)), 1);
    EXPECT_THROW(static_cast<void>(connection.one_or_none(renamed(2))), MultipleResultsFound);
    EXPECT_THROW(static_cast<void>(connection.one(renamed(0))), NoResultFound);
}

TEST_F(QuerySingle, scalar_is_the_first_column_of_the_first_row) {
    const auto names = [](std::int64_t last) { return select(col<&Item::name>, id).where(id <= last).order_by(id); };
    EXPECT_THROW(static_cast<void>(connection.scalar(names(0))), NoResultFound);
    EXPECT_EQ(connection.scalar(names(1)), "a");
    EXPECT_EQ(connection.scalar(names(2)), "a");
    EXPECT_THROW(static_cast<void>(connection.execute(names(0)).scalar()), NoResultFound);
    EXPECT_EQ(connection.execute(names(1)).scalar(), "a");
    EXPECT_EQ(connection.execute(names(2)).scalar(), "a");
}

TEST_F(QuerySingle, scalar_of_an_entity_is_its_first_field) {
    EXPECT_EQ(connection.scalar(up_to(2)), 1);
    EXPECT_EQ(connection.execute(up_to(2)).scalar(), 1);
}

TEST_F(QuerySingle, scalar_of_a_struct_in_a_struct_is_its_first_column) {
    EXPECT_EQ(connection.execute<Label>("SELECT id, name, rank, 7 FROM Item ORDER BY id").scalar(), 1);
    using Row = std::tuple<Label, int>;
    EXPECT_EQ(connection.execute<Row>("SELECT id, name, rank, 7, 8 FROM Item ORDER BY id").scalar(), 1);
}

TEST_F(QuerySingle, null_is_a_row) {
    const auto rank = select(col<&Item::rank>).where(id == 1);
    const std::optional<std::optional<int>> first = connection.first(rank);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(*first, std::nullopt);
    EXPECT_EQ(connection.one(rank), std::nullopt);
    EXPECT_EQ(connection.scalar(rank), std::nullopt);
}

TEST_F(QuerySingle, raw_sql_gives_the_same) {
    using Row = std::tuple<int, std::string>;
    constexpr const char* sql = "SELECT id, name FROM Item WHERE id <= ? ORDER BY id";
    EXPECT_EQ(connection.execute<Row>(sql, 0).first(), std::nullopt);
    EXPECT_EQ(connection.execute<Row>(sql, 2).first(), (Row{1, "a"}));
    EXPECT_THROW(static_cast<void>(connection.execute<Row>(sql, 0).one()), NoResultFound);
    EXPECT_EQ(connection.execute<Row>(sql, 1).one(), (Row{1, "a"}));
    EXPECT_THROW(static_cast<void>(connection.execute<Row>(sql, 2).one()), MultipleResultsFound);
    EXPECT_EQ(connection.execute<Row>(sql, 0).one_or_none(), std::nullopt);
    EXPECT_EQ(connection.execute<Row>(sql, 2).scalar(), 1);
}

TEST_F(QuerySingle, the_error_tells_the_statement) {
    try {
        static_cast<void>(connection.one(up_to(2)));
        FAIL();
    } catch (const MultipleResultsFound& error) {
        EXPECT_NE(std::string{error.what()}.find("SELECT"), std::string::npos);
    }
    try {
        static_cast<void>(connection.execute<int>("SELECT id FROM Item WHERE 0").one());
        FAIL();
    } catch (const NoResultFound& error) {
        EXPECT_NE(std::string{error.what()}.find("FROM Item WHERE 0"), std::string::npos) << error.what();
    }
}

TEST_F(QuerySingle, a_reader_gives_the_same) {
    {
        const auto given_back = std::move(connection);
    }
    engine.read([](mica::Reader& reader) {
        EXPECT_EQ(reader.one(up_to(1)).name, "a");
        EXPECT_EQ(reader.one_or_none(up_to(0)), std::nullopt);
        EXPECT_EQ(reader.one_or_none(up_to(1))->name, "a");
        EXPECT_THROW(static_cast<void>(reader.one_or_none(up_to(2))), MultipleResultsFound);
    });
    connection = engine.connect();
}

TEST_F(QuerySingle, a_session_gives_the_same) {
    {
        const auto given_back = std::move(connection);
    }
    {
        mica::Session session{engine};
        const auto refs = [&session](std::int64_t last) {
            return session.query<Item>().where(id <= last).order_by(id);
        };
        EXPECT_FALSE(refs(0).first());
        EXPECT_EQ(refs(2).first()->name, "a");
        EXPECT_THROW(static_cast<void>(refs(0).one()), NoResultFound);
        EXPECT_EQ(refs(1).one()->name, "a");
        EXPECT_THROW(static_cast<void>(refs(2).one()), MultipleResultsFound);
        EXPECT_FALSE(refs(0).one_or_none());
        EXPECT_EQ(refs(1).one_or_none()->name, "a");
        EXPECT_THROW(static_cast<void>(refs(2).one_or_none()), MultipleResultsFound);
        EXPECT_EQ(session.one(up_to(1)).name, "a");
        EXPECT_EQ(session.one_or_none(up_to(0)), std::nullopt);
        EXPECT_EQ(session.one_or_none(up_to(1))->name, "a");
        EXPECT_THROW(static_cast<void>(session.one_or_none(up_to(2))), MultipleResultsFound);
        EXPECT_EQ(session.scalar(up_to(2)), 1);
        EXPECT_EQ(session.first(up_to(0)), std::nullopt);
    }
    connection = engine.connect();
}

}  // namespace
}  // namespace query_single
