// SPDX-License-Identifier: BSL-1.0
// Tables with hard names: created, written, read, changed by statement and by session, referenced, dropped.
#include <mica/core/fixed_string.hpp>

#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace query_table_names {

template <mica::FixedString table_name, mica::FixedString column_name>
struct Named {
    std::int64_t id = 0;
    std::string value;

    static constexpr auto mapping() {
        return mica::table(table_name.view(), mica::column<&Named::value>(column_name.view()),
                           mica::index<&Named::value>, mica::check(mica::col<&Named::value> != "forbidden"));
    }
};

template <class Parent, mica::FixedString table_name, mica::FixedString column_name>
struct Child {
    std::int64_t id = 0;
    std::int64_t parent = 0;

    static constexpr auto mapping() {
        return mica::table(table_name.view(), mica::column<&Child::parent>(column_name.view()),
                           mica::foreign_key<&Child::parent, &Parent::id>, mica::unique<&Child::parent>);
    }
};

namespace {

using mica::col;
using mica::select;
using query_table_names::Child;
using query_table_names::Named;

struct QueryTableNames : mica::test::MemoryDatabase<> {
    template <class Entity>
    void use() {
        {
            const auto given_back = std::move(connection);
        }
        constexpr auto id = col<&Entity::id>;
        constexpr auto value = col<&Entity::value>;
        engine.create_all<Entity>();
        engine.create_all<Entity>();
        EXPECT_EQ(engine.verify<Entity>().to_string(), "") << "what is read back has the same names";
        {
            mica::Connection leased = engine.connect();
            leased.execute(mica::insert_into<Entity>().values(std::vector<Entity>{{0, "a"}, {0, "b"}}));
            EXPECT_EQ(leased.all(select(value).where(value.in({"a", "c"})).order_by(value)),
                      std::vector<std::string>{"a"});
            EXPECT_EQ(leased.execute(mica::update<Entity>().set(value = value || "!").where(id == 2)).rows_affected(),
                      1);
            EXPECT_EQ(leased.one(select<Entity>().where(value == "b!")).id, 2);
            EXPECT_EQ(leased.execute(mica::delete_from<Entity>().where(value == "a")).rows_affected(), 1);
            EXPECT_THROW(leased.execute(mica::insert_into<Entity>().values(Entity{0, "forbidden"})),
                         mica::IntegrityError);
        }
        mica::Session session{engine};
        const auto added = session.add(Entity{0, "c"});
        session.commit();
        added->value = "d";
        session.commit();
        EXPECT_EQ(session.query<Entity>().where(value == "d").count(), 1);
        session.remove(session.get<Entity>(2));
        session.commit();
        EXPECT_EQ(session.query<Entity>().one(), added);
        session.rollback();
        engine.drop_all<Entity>();
        EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM sqlite_schema").one(), 0);
    }
};

TEST_F(QueryTableNames, may_hold_percent_signs_and_spaces) { use<Named<"percent%table", "spaces % more spaces">>(); }

TEST_F(QueryTableNames, may_be_reserved_words) {
    use<Named<"select", "order by">>();
    use<Named<"order", "column">>();
}

TEST_F(QueryTableNames, may_be_literals_to_sql) { use<Named<"true", "NULL">>(); }

TEST_F(QueryTableNames, may_hold_quotes) { use<Named<"it's a \"table\"", "\"'">>(); }

TEST_F(QueryTableNames, may_hold_dots_and_question_marks) { use<Named<"main.a?1", "a.b?">>(); }

TEST_F(QueryTableNames, may_be_of_any_script) { use<Named<"Unitéble2 測試", "méil">>(); }

TEST_F(QueryTableNames, may_be_very_long) {
    use<Named<
        "a_table_whose_name_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_"
        "on_"
        "and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_end",
        "a_column_whose_name_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_"
        "on">>();
}

TEST_F(QueryTableNames, may_hold_what_a_statement_could_end_with) { use<Named<"x\"; DROP TABLE y; --", "/* ; */">>(); }

template <class Parent, class Referring>
void reference(mica::Connection& connection) {
    connection.execute(mica::insert_into<Parent>().values(Parent{1, "p"}));
    connection.execute(mica::insert_into<Referring>().values(Referring{1, 1}));
    EXPECT_THROW(connection.execute(mica::insert_into<Referring>().values(Referring{2, 9})), mica::IntegrityError);
    EXPECT_THROW(connection.execute(mica::insert_into<Referring>().values(Referring{2, 1})), mica::IntegrityError);
    EXPECT_THROW(connection.execute(mica::delete_from<Parent>().all_rows()), mica::IntegrityError);
}

TEST_F(QueryTableNames, may_be_hard_on_both_sides_of_a_foreign_key) {
    using Parent = Named<"exists", "unique">;
    using Referring = Child<Parent, "refers to \"exists\"", "foreign key">;
    {
        const auto given_back = std::move(connection);
    }
    engine.create_all<Referring, Parent>();
    {
        mica::Connection leased = engine.connect();
        reference<Parent, Referring>(leased);
    }
    EXPECT_TRUE((engine.verify<Parent, Referring>().empty()));
    engine.drop_all<Parent, Referring>();
}

TEST_F(QueryTableNames, may_be_unicode_on_both_sides_of_a_foreign_key) {
    using Parent = Named<"測試", "téxt">;
    using Referring = Child<Parent, "Unitéble2", "測試_id">;
    {
        const auto given_back = std::move(connection);
    }
    engine.create_all<Referring, Parent>();
    {
        mica::Connection leased = engine.connect();
        reference<Parent, Referring>(leased);
    }
    EXPECT_TRUE((engine.verify<Parent, Referring>().empty()));
}

TEST_F(QueryTableNames, may_hold_quotes_on_both_sides_of_a_foreign_key) {
    using Parent = Named<"\"it's\"", "'a\"b'">;
    using Referring = Child<Parent, "'\"", "it's \"parent\"">;
    {
        const auto given_back = std::move(connection);
    }
    engine.create_all<Referring, Parent>();
    EXPECT_TRUE((engine.verify<Parent, Referring>().empty()));
    {
        mica::Connection leased = engine.connect();
        reference<Parent, Referring>(leased);
        leased.execute("CREATE VIEW \"a 'view'\" AS SELECT * FROM \"\"\"it's\"\"\"");
        EXPECT_EQ(leased.execute<int>("SELECT count(*) FROM \"a 'view'\"").one(), 1);
    }
    engine.drop_all<Parent, Referring>();
}

TEST_F(QueryTableNames, are_told_in_errors_as_they_are) {
    using Missing = Named<"méil", "x">;
    try {
        static_cast<void>(connection.all(select<Missing>()));
        FAIL();
    } catch (const mica::SchemaMismatch& error) {
        EXPECT_NE(std::string_view{error.what()}.find("méil"), std::string_view::npos) << error.what();
        EXPECT_NE(error.sql().find("méil"), std::string::npos);
    }
}

}  // namespace
}  // namespace query_table_names
