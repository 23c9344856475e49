// SPDX-License-Identifier: BSL-1.0
// Rows that wait for each other: for values, and for being there.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace integration_session_cycles {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct Author {
    std::int64_t id = 0;
};
struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::int64_t author = 0;
    static constexpr auto mapping() {
        return table("book", unique<&Book::author, &Book::title>, foreign_key<&Book::author, &Author::id>,
                     check(col<&Book::title> != "forbidden"));
    }
};

struct Chief;
/// Every team has a chief, and every chief a team.
struct Team {
    std::int64_t id = 0;
    std::int64_t chief = 0;
    static constexpr auto mapping();
};
struct Chief {
    std::int64_t id = 0;
    std::int64_t team = 0;
    static constexpr auto mapping() { return table("chief", foreign_key<&Chief::team, &Team::id>); }
};
constexpr auto Team::mapping() { return table("team", foreign_key<&Team::chief, &Chief::id>); }

struct Cycles : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    Cycles() { engine.create_all<Author, Book, Team, Chief>(); }
    Texts stored(const char* sql) { return engine.connect().execute<std::string>(sql).all(); }
};

TEST_F(Cycles, two_rows_swap_one_of_two_columns_that_are_unique_together) {
    session.add_all(std::vector<Author>{{.id = 1}, {.id = 2}});
    const auto one = session.add(Book{.title = "t", .author = 1});
    const auto two = session.add(Book{.title = "t", .author = 2});
    session.commit();
    std::swap(one->author, two->author);
    session.commit();
    EXPECT_EQ(stored("SELECT id || title || author FROM book ORDER BY id"), (Texts{"1t2", "2t1"}));
}

TEST_F(Cycles, three_rows_take_turns) {
    session.add_all(std::vector<Author>{{.id = 1}, {.id = 2}, {.id = 3}});
    const auto books = session.add_all(
        std::vector<Book>{{.title = "t", .author = 1}, {.title = "t", .author = 2}, {.title = "t", .author = 3}});
    session.commit();
    for (const auto& book : books) book->author = book->author % 3 + 1;
    session.commit();
    EXPECT_EQ(stored("SELECT author || title FROM book ORDER BY id"), (Texts{"2t", "3t", "1t"}));
}

TEST_F(Cycles, rows_that_reference_each_other_are_inserted_together) {
    session.add(Team{.id = 1, .chief = 10});
    session.add(Chief{.id = 10, .team = 1});
    session.commit();
    EXPECT_EQ(stored("SELECT id || '-' || chief FROM team"), Texts{"1-10"});
    EXPECT_EQ(stored("SELECT id || '-' || team FROM chief"), Texts{"10-1"});
}

TEST_F(Cycles, rows_that_reference_each_other_are_removed_together) {
    const auto team = session.add(Team{.id = 1, .chief = 10});
    const auto chief = session.add(Chief{.id = 10, .team = 1});
    session.commit();
    session.remove(team);
    session.remove(chief);
    session.commit();
    EXPECT_TRUE(stored("SELECT id || '' FROM team").empty());
    EXPECT_TRUE(stored("SELECT id || '' FROM chief").empty());
}

TEST_F(Cycles, a_cycle_with_a_hole_is_refused_and_the_hole_named) {
    session.add(Team{.id = 1, .chief = 10});
    session.add(Chief{.id = 10, .team = 1});
    const auto lost = session.add(Chief{.id = 11, .team = 99});
    const auto failure = caught<IntegrityError>([&] { session.commit(); });
    EXPECT_EQ(failure.kind(), IntegrityError::foreign_key);
    EXPECT_STREQ(failure.what(),
                 R"(FOREIGN KEY constraint failed, on inserting row 11 of table "chief", column "team")");
    EXPECT_FALSE(session.query<Author>().exists());
    lost->team = 1;
    session.commit();
    EXPECT_EQ(stored("SELECT id || '' FROM chief ORDER BY id"), (Texts{"10", "11"}));
}

TEST_F(Cycles, foreign_keys_are_checked_at_once_again_behind_it) {
    session.add(Team{.id = 1, .chief = 10});
    session.add(Chief{.id = 10, .team = 1});
    session.flush();
    EXPECT_EQ(caught<IntegrityError>([&] { session.execute("INSERT INTO chief VALUES (12, 99)"); }).kind(),
              IntegrityError::foreign_key);
    session.commit();
}

TEST_F(Cycles, what_cannot_be_removed_alone_is_named) {
    const auto team = session.add(Team{.id = 1, .chief = 10});
    session.add(Chief{.id = 10, .team = 1});
    session.commit();
    session.remove(team);
    session.add(Author{});
    const auto failure = caught<IntegrityError>([&] { session.commit(); });
    EXPECT_EQ(failure.kind(), IntegrityError::foreign_key);
    EXPECT_NE(std::string{failure.what()}.find(R"(on removing row 1 of table "team")"), std::string::npos)
        << failure.what();
    session.rollback();
    EXPECT_TRUE(session.get<Team>(1) == team);
}

TEST_F(Cycles, values_taken_by_others_stay_refused) {
    session.add_all(std::vector<Author>{{.id = 1}, {.id = 2}});
    session.add(Book{.title = "t", .author = 1});
    const auto two = session.add(Book{.title = "t", .author = 2});
    session.commit();
    two->author = 1;
    session.add(Author{});
    const auto failure = caught<IntegrityError>([&] { session.commit(); });
    EXPECT_EQ(failure.kind(), IntegrityError::unique);
    EXPECT_EQ(failure.columns(), (Texts{"author", "title"}));
    session.rollback();
    EXPECT_EQ(two->author, 2);
}

}  // namespace integration_session_cycles
