// SPDX-License-Identifier: BSL-1.0
// Objects whose rows SQL of the program has made, moved or taken away: the session may not know it, and what it does
// not know for sure keeps nothing else from being right.
#include <support/keyed_world.hpp>

#include <gtest/gtest.h>

#include <string>

namespace session_rows_made_by_sql {

using namespace mica;
using namespace mica::test::keyed;

using Engine = BasicEngine<mica::test::FragileLateBackend>;
using Session = BasicSession<mica::test::FragileLateBackend>;

struct RowsMadeBySql : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    RowsMadeBySql() { World<Session>::create(engine); }
    std::string ask(const std::string& sql) { return session.execute<std::string>(sql).scalar(); }
};

TEST_F(RowsMadeBySql, an_object_whose_row_has_another_key_by_now_is_no_parent_for_others_in_passing) {
    const auto renamed = session.add(Owner{.id = 1});
    const auto one = session.add(Owner{.id = 3});
    const auto two = session.add(Owner{.id = 4});
    session.commit();
    session.execute("UPDATE owner SET id = 9 WHERE id = 1");
    session.execute("INSERT INTO bill VALUES (6, 4, NULL)");
    const auto bill = session.query<Bill>().one();
    one->id = 4;
    two->id = 3;
    session.commit();
    EXPECT_EQ(bill->owner, 4);
    EXPECT_EQ(ask("SELECT group_concat(owner) FROM bill"), "4");
}

TEST_F(RowsMadeBySql, what_was_removed_and_never_was_there_after_the_rollback_is_in_no_collection) {
    const auto word = session.add(Word{.code = "e"});
    session.commit();
    session.load<&Word::below>(word);
    session.execute("INSERT INTO word VALUES ('a', 'e', 6)");
    session.remove(session.get<Word>("a"));
    session.flush();
    session.rollback();
    EXPECT_TRUE(word->below.empty());
    EXPECT_FALSE(session.get<Word>("a"));
}

TEST_F(RowsMadeBySql, what_was_read_before_a_rollback_and_is_there_all_the_same_joins_its_new_parent) {
    session.add(Owner{.id = 3});
    const auto other = session.add(Owner{.id = 4});
    session.commit();
    session.execute("INSERT INTO line VALUES (3, 1, 2)");
    session.commit();
    session.execute("UPDATE line SET v = 5");
    const auto line = session.query<Line>().one();
    session.rollback();
    line->of = other;
    session.commit();
    ASSERT_EQ(other->lines.size(), 1U);
    EXPECT_TRUE(other->lines.contains(line));
}

TEST_F(RowsMadeBySql, what_was_moved_and_never_was_there_after_the_rollback_is_in_no_collection) {
    const auto owner = session.add(Owner{.id = 3});
    const auto other = session.add(Owner{.id = 4});
    session.commit();
    session.execute("INSERT INTO line VALUES (3, 1, 2)");
    const auto line = session.query<Line>().one();
    line->of = other;
    session.flush();
    session.execute("DELETE FROM line");
    EXPECT_FALSE(session.get<Line>(4, 1));
    session.rollback();
    EXPECT_TRUE(owner->lines.empty());
    EXPECT_TRUE(other->lines.empty());
}

TEST_F(RowsMadeBySql, what_was_read_and_rolled_back_is_in_no_collection_when_its_parent_gets_another_key) {
    const auto owner = session.add(Owner{.id = 1});
    session.commit();
    session.execute("INSERT INTO line VALUES (1, 6, 6)");
    EXPECT_TRUE(session.query<Line>().first());
    session.rollback();
    owner->id = 5;
    session.commit();
    EXPECT_TRUE(owner->lines.empty());
}

TEST_F(RowsMadeBySql, what_was_read_and_rolled_back_is_in_no_collection_when_the_removal_of_its_parent_is_undone) {
    const auto word = session.add(Word{.code = "e"});
    session.commit();
    session.execute("INSERT INTO word VALUES ('a', 'e', 6)");
    const auto lost = session.get<Word>("a");
    session.rollback();
    session.remove(word);
    session.flush();
    session.rollback();
    EXPECT_TRUE(word->below.empty());
}

TEST_F(RowsMadeBySql, what_was_read_and_rolled_back_keeps_no_other_row_from_being_written) {
    session.execute("INSERT INTO word VALUES ('e', NULL, 1)");
    session.execute("INSERT INTO word VALUES ('a', 'e', 6)");
    const auto lost = session.get<Word>("a");
    session.rollback();
    session.add(Word{.code = "e"});
    session.commit();
    EXPECT_EQ(ask("SELECT group_concat(code) FROM word"), "e");
    EXPECT_FALSE(session.get<Word>("a"));
}

TEST_F(RowsMadeBySql, what_was_read_and_rolled_back_keeps_no_parent_from_being_removed) {
    const auto owner = session.add(Owner{.id = 1});
    session.commit();
    session.execute("INSERT INTO bill VALUES (6, 1, NULL)");
    const auto lost = session.get<Bill>(6);
    session.rollback();
    session.remove(owner);
    session.commit();
    EXPECT_EQ(session.query<Owner>().count(), 0);
}

TEST_F(RowsMadeBySql, what_was_read_and_rolled_back_has_no_key_that_another_row_has_given_up) {
    session.execute("INSERT INTO owner VALUES (5, 1, 7)");
    const auto lost = session.get<Owner>(5);
    session.rollback();
    const auto owner = session.add(Owner{.id = 2, .badge = 1});
    const auto seal = session.add(Seal{.badge = 1});
    session.commit();
    owner->badge = 4;
    session.add(Owner{.badge = 2});
    session.commit();
    EXPECT_EQ(seal->badge, 4);
    EXPECT_EQ(ask("SELECT group_concat(badge) FROM seal"), "4");
}

TEST_F(RowsMadeBySql, a_row_that_sql_has_put_in_the_place_of_a_removed_one_is_not_what_a_rollback_brings_back) {
    const auto owner = session.add(Owner{.id = 7, .v = 5});
    session.commit();
    session.remove(owner);
    session.flush();
    session.execute("INSERT INTO owner VALUES (7, NULL, 4)");
    session.remove(session.get<Owner>(7));
    session.flush();
    session.rollback();
    EXPECT_EQ(session.get<Owner>(7), owner);
    EXPECT_EQ(owner->v, 5);
}

TEST_F(RowsMadeBySql, a_row_that_goes_to_a_new_parent_when_its_own_is_removed_is_found_by_the_key_that_it_gets) {
    const auto old = session.add(Owner{.id = 3});
    session.commit();
    session.execute("INSERT INTO line VALUES (3, 1, 2)");
    const auto line = session.get<Line>(3, 1);
    session.remove(old);
    line->of = session.add(Owner{});
    session.commit();
    EXPECT_EQ(line->owner, 4);
    EXPECT_EQ(session.get<Line>(4, 1), line);
}

TEST_F(RowsMadeBySql, what_was_read_and_rolled_back_is_in_no_collection_of_a_new_object_with_its_parents_key) {
    session.execute("INSERT INTO word VALUES ('c', NULL, 4)");
    session.execute("INSERT INTO word VALUES ('g', 'c', 3)");
    const auto lost = session.query<Word>().all();
    session.rollback();
    const auto word = session.add(Word{.code = "c"});
    session.commit();
    EXPECT_EQ(lost.size(), 2U);
    EXPECT_TRUE(word->below.empty());
}

}  // namespace session_rows_made_by_sql
