// SPDX-License-Identifier: BSL-1.0
// Items 29, 31, 33 and 34 of the checklist.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_returning {

struct Plain {
    std::int64_t id = 0;
    std::string data;
    static constexpr auto mapping() { return mica::table("plain_pk", mica::unique<&Plain::data>); }
};

/// Reads what Plain's table may hold as fewer values.
struct Narrow {
    std::int8_t id = 0;
    std::string data;
    static constexpr auto mapping() { return mica::table("plain_pk"); }
};

namespace {

using mica::col;
using mica::delete_from;
using mica::insert_into;
using mica::select;
using mica::update;
using mica::test::caught;
using query_returning::Narrow;
using query_returning::Plain;

using Row = std::tuple<std::int64_t, std::string>;
constexpr auto id = col<&Plain::id>;
constexpr auto data = col<&Plain::data>;

struct QueryReturning : mica::test::MemoryDatabase<Plain> {
    QueryReturning() { insert<Plain>({{1, "d1"}, {2, "d2"}, {3, "d3"}}); }
    std::vector<Row> rows() { return connection.all(select(id, data).order_by(id)); }
};

TEST_F(QueryReturning, gives_the_key_of_an_inserted_row) {
    const auto insert = insert_into<Plain>().values(Plain{0, "d4"}).returning(id);
    const std::int64_t key = connection.scalar(insert);
    EXPECT_EQ(connection.one(select(id).where(data == "d4")), key);
    auto transaction = connection.begin();
    const std::int64_t next = connection.one(insert_into<Plain>().values(col<&Plain::data> = "d5").returning(id));
    EXPECT_EQ(next, key + 1);
    transaction.commit();
    EXPECT_EQ(rows().back(), (Row{next, "d5"}));
}

TEST_F(QueryReturning, gives_the_keys_of_many_in_their_order) {
    const std::vector<Plain> some{{0, "a"}, {50, "b"}, {0, "c"}, {7, "d"}, {0, "e"}};
    EXPECT_EQ(connection.all(insert_into<Plain>().values(some).returning(id, data)),
              (std::vector<Row>{{4, "a"}, {50, "b"}, {51, "c"}, {7, "d"}, {52, "e"}}));
}

TEST_F(QueryReturning, gives_rows_of_every_insert) {
    EXPECT_EQ(connection.all(insert_into<Plain>().values(Plain{0, "x"}).returning(id, data)),
              (std::vector<Row>{{4, "x"}}));
    EXPECT_EQ(connection.all(insert_into<Plain>().from(select(id + 10, data || "!")).returning(id, data)),
              (std::vector<Row>{{11, "d1!"}, {12, "d2!"}, {13, "d3!"}, {14, "x!"}}));
}

TEST_F(QueryReturning, gives_updated_rows) {
    EXPECT_EQ(connection.all(update<Plain>().set(data = "d2_new").where(id == 2).returning(id, data)),
              (std::vector<Row>{{2, "d2_new"}}));
    EXPECT_EQ(connection.all(update<Plain>().set(data = data || "x").where(id.in({1, 3})).returning(id, data)).size(),
              2U);
    EXPECT_TRUE(connection.all(update<Plain>().set(data = "n").where(id == 10).returning(id, data)).empty());
    EXPECT_TRUE(
        connection.all(update<Plain>().set(data = "n").where(id.in(std::vector<std::int64_t>{})).returning(id, data))
            .empty());
}

TEST_F(QueryReturning, gives_removed_rows) {
    EXPECT_EQ(connection.all(delete_from<Plain>().where(id == 2).returning(id, data)), (std::vector<Row>{{2, "d2"}}));
    EXPECT_TRUE(connection.all(delete_from<Plain>().where(id == 10).returning(id, data)).empty());
    EXPECT_TRUE(
        connection.all(delete_from<Plain>().where(id.in(std::vector<std::int64_t>{})).returning(id, data)).empty());
    EXPECT_EQ(connection.all(delete_from<Plain>().all_rows().returning(id)), (std::vector<std::int64_t>{1, 3}));
}

TEST_F(QueryReturning, gives_whole_entities) {
    const Plain plain = connection.one(update<Plain>().set(data = "new").where(id == 1).returning<Plain>());
    EXPECT_EQ(plain.id, 1);
    EXPECT_EQ(plain.data, "new");
}

TEST_F(QueryReturning, gives_no_row_for_what_was_left_alone) {
    const auto nothing = insert_into<Plain>().values(Plain{1, "x"}).on_conflict().do_nothing().returning(id);
    EXPECT_EQ(connection.first(nothing), std::nullopt);
    EXPECT_THROW(connection.scalar(nothing), mica::NoResultFound);
    const auto changed = insert_into<Plain>()
                             .values(Plain{1, "x"})
                             .on_conflict<&Plain::id>()
                             .do_update(col<&Plain::data> = mica::excluded<&Plain::data>);
    EXPECT_EQ(connection.one(changed.returning(id, data)), (Row{1, "x"}));
    EXPECT_EQ(connection.first(changed.where(id > 5).returning(id)), std::nullopt);
}

TEST_F(QueryReturning, of_many_leaves_out_what_was_left_alone) {
    const std::vector<Plain> some{{0, "a"}, {1, "b"}, {0, "c"}};
    const auto query = insert_into<Plain>().values(some).on_conflict<&Plain::id>().do_nothing().returning(data);
    auto result = connection.execute(query);
    EXPECT_EQ(result.rows_affected(), 2);
    EXPECT_EQ(result.all(), (std::vector<std::string>{"a", "c"}));
}

TEST_F(QueryReturning, knows_the_number_of_rows) {
    EXPECT_EQ(connection.execute(update<Plain>().set(data = data || "x").all_rows().returning(id)).rows_affected(), 3);
    EXPECT_EQ(connection.execute(delete_from<Plain>().where(id > 5).returning(id)).rows_affected(), 0);
    EXPECT_EQ(connection.execute(select<Plain>()).rows_affected(), 0);
}

TEST_F(QueryReturning, is_done_without_reading_its_rows) {
    static_cast<void>(connection.execute(insert_into<Plain>().values(Plain{0, "d4"}).returning(id)));
    EXPECT_EQ(rows().size(), 4U);
    const auto other = connection.begin();  // nothing is running
    EXPECT_TRUE(other.is_active());
}

TEST_F(QueryReturning, reads_rows_while_others_are_written) {
    for (const auto& [key, text] :
         connection.execute(update<Plain>().set(data = data || "x").all_rows().returning(id, data))) {
        connection.execute(insert_into<Plain>().values(Plain{key + 100, text + "!"}));
    }
    EXPECT_EQ(rows().size(), 6U);
}

TEST_F(QueryReturning, of_many_is_undone_where_one_is_refused) {
    const std::vector<Plain> some{{0, "a"}, {0, "d1"}, {0, "c"}};
    const auto query = insert_into<Plain>().values(some).returning(id);
    EXPECT_THROW(connection.all(query), mica::IntegrityError);
    EXPECT_THROW(connection.execute(query), mica::IntegrityError);
    EXPECT_EQ(rows().size(), 3U);
    auto transaction = connection.begin();
    connection.execute(insert_into<Plain>().values(Plain{0, "b"}));
    EXPECT_THROW(connection.all(query), mica::IntegrityError);
    transaction.commit();
    EXPECT_EQ(rows().size(), 4U);
}

TEST_F(QueryReturning, of_many_is_undone_where_a_row_cannot_be_read) {
    insert<Plain>({{127, "d127"}});
    const std::vector<Narrow> some{{5, "a"}, {0, "b"}};
    EXPECT_THROW(connection.all(insert_into<Narrow>().values(some).returning<Narrow>()), mica::DataError);
    EXPECT_EQ(rows().size(), 4U);
}

TEST_F(QueryReturning, a_row_that_cannot_be_read_is_a_data_error_and_the_change_stays) {
    insert<Plain>({{127, "d127"}});
    const auto query = insert_into<Narrow>().values(Narrow{0, "x"}).returning<Narrow>();
    const auto error = caught<mica::DataError>([&] { static_cast<void>(connection.execute(query)); });
    EXPECT_NE(std::string{error.what()}.find(R"("plain_pk"."id" of rowid 128)"), std::string::npos);
    EXPECT_EQ(rows().back(), (Row{128, "x"}));
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(QueryReturning, works_in_a_session) {
    {
        const auto given_back = std::move(connection);
    }
    mica::Session session{engine};
    EXPECT_EQ(session.scalar(insert_into<Plain>().values(Plain{0, "d4"}).returning(id)), 4);
    EXPECT_EQ(session.execute(delete_from<Plain>().where(id < 3).returning(data)).all(),
              (std::vector<std::string>{"d1", "d2"}));
    session.commit();
    EXPECT_EQ(engine.connect().all(select(id).order_by(id)), (std::vector<std::int64_t>{3, 4}));
}

}  // namespace
}  // namespace query_returning
