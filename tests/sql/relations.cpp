// SPDX-License-Identifier: BSL-1.0
// What is sent to load relations: constant texts, whose lists are one parameter for each column of a key.
#include <support/hostile_dialect.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sql_relations {

struct Book;
struct Genre;
struct BookGenre;

struct Author {
    std::int64_t id = 0;
    std::string name{};
    mica::HasMany<Book> books{};
};
struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::optional<std::int64_t> author_id{};
    mica::BelongsTo<Author> author{};
    mica::ManyToMany<Genre, BookGenre> genres{};
    static constexpr auto mapping() {
        return mica::table("book", mica::column<&Book::title>("Title"),
                           mica::foreign_key<&Book::author_id, &Author::id>);
    }
};
struct Genre {
    std::int64_t id = 0;
    std::string name{};
};
struct BookGenre {
    std::int64_t id = 0;
    std::int64_t book_id = 0;
    std::int64_t genre_id = 0;
    static constexpr auto mapping() {
        return mica::table("book_genre", mica::foreign_key<&BookGenre::book_id, &Book::id>,
                           mica::foreign_key<&BookGenre::genre_id, &Genre::id>);
    }
};

struct Seat;
struct Hall {
    int house = 0;
    std::string name{};
    mica::HasMany<Seat> seats{};
    static constexpr auto mapping() { return mica::table("hall", mica::primary_key<&Hall::house, &Hall::name>); }
};
struct Seat {
    std::int64_t id = 0;
    int house = 0;
    std::string hall{};
    static constexpr auto mapping() {
        return mica::table("seat", mica::foreign_key_to<Hall>(mica::from<&Seat::house, &Seat::hall>,
                                                              mica::to<&Hall::house, &Hall::name>));
    }
};

namespace {

using mica::SelectRelated;
using mica::test::RecordedValues;
using sql_relations::Author;
using sql_relations::Book;
using sql_relations::Hall;

struct SqlRelations : mica::test::RecordedEngine {
    mica::test::RecordingSession session{engine};
};

TEST(SqlOfRelations, has_many_asks_for_the_childrens_key) {
    static_assert(SelectRelated<&Author::books>::sql() ==
                  R"(SELECT "book"."id", "book"."Title", "book"."author_id" FROM "book" WHERE "book"."author_id" )"
                  R"(IN (SELECT v0.value FROM mica_values(?1) AS v0))");
}

TEST(SqlOfRelations, belongs_to_asks_for_the_parents_key) {
    static_assert(SelectRelated<&Book::author>::sql() ==
                  R"(SELECT "Author"."id", "Author"."name" FROM "Author" WHERE "Author"."id" )"
                  R"(IN (SELECT v0.value FROM mica_values(?1) AS v0))");
}

TEST(SqlOfRelations, many_to_many_reads_the_association_and_the_target) {
    static_assert(
        SelectRelated<&Book::genres>::sql() ==
        R"(SELECT "book_genre"."id", "book_genre"."book_id", "book_genre"."genre_id", "Genre"."id", )"
        R"("Genre"."name" FROM "book_genre" JOIN "Genre" ON "Genre"."id" = "book_genre"."genre_id" )"
        R"(WHERE "book_genre"."book_id" IN (SELECT v0.value FROM mica_values(?1) AS v0) ORDER BY "Genre"."id")");
}

TEST(SqlOfRelations, a_composite_key_takes_one_list_for_each_column) {
    static_assert(SelectRelated<&Hall::seats>::sql() ==
                  R"(SELECT "seat"."id", "seat"."house", "seat"."hall" FROM "seat" WHERE ("seat"."house", )"
                  R"("seat"."hall") IN (SELECT v0.value, v1.value FROM mica_values(?1) AS v0 JOIN mica_values(?2) )"
                  R"(AS v1 ON v1.rowid = v0.rowid))");
}

TEST(SqlOfRelations, a_single_key_is_compared_with) {
    static_assert(
        SelectRelated<&Author::books>::OfOne::sql() ==
        R"(SELECT "book"."id", "book"."Title", "book"."author_id" FROM "book" WHERE "book"."author_id" = ?1)");
    static_assert(SelectRelated<&Hall::seats>::OfOne::sql() ==
                  R"(SELECT "seat"."id", "seat"."house", "seat"."hall" FROM "seat" WHERE "seat"."house" = ?1 AND )"
                  R"("seat"."hall" = ?2)");
}

TEST(SqlOfRelations, another_dialect_asks_in_its_own_words) {
    static_assert(SelectRelated<&Author::books>::sql<mica::test::hostile>() ==
                  "SELECT [book].[id], [book].[Title], [book].[author_id] FROM [book] WHERE [book].[author_id] IN "
                  "(SELECT v0.element FROM unnest($1) WITH ORDINALITY AS v0(element, place))");
    static_assert(SelectRelated<&Hall::seats>::sql<mica::test::hostile>() ==
                  "SELECT [seat].[id], [seat].[house], [seat].[hall] FROM [seat] WHERE ([seat].[house], [seat].[hall]) "
                  "IN (SELECT v0.element, v1.element FROM unnest($1) WITH ORDINALITY AS v0(element, place) JOIN "
                  "unnest($2) WITH ORDINALITY AS v1(element, place) ON v1.place = v0.place)");
    static_assert(SelectRelated<&Hall::seats>::OfOne::sql<mica::test::hostile>() ==
                  "SELECT [seat].[id], [seat].[house], [seat].[hall] FROM [seat] WHERE [seat].[house] = $1 AND "
                  "[seat].[hall] = $2");
}

TEST_F(SqlRelations, each_key_is_asked_for_once_and_in_order) {
    recording.answer("SELECT", {.rows = {{1, "b", 9}, {2, "a", 7}, {3, "c", 9}, {4, "d", std::nullopt}}});
    recording.answer("SELECT", {.rows = {{7, "Ada"}, {9, "Bob"}}});
    const auto books = session.query<Book>().with<&Book::author>().all();
    const mica::test::Execution& last = recording.last();
    ASSERT_EQ(last.values.size(), 1U);
    EXPECT_EQ(last.values, (RecordedValues{mica::test::list_of({7, 9})}));
    EXPECT_EQ(books[1]->author->name, "Ada");
    EXPECT_TRUE(books[0]->author.get() == books[2]->author.get());
    EXPECT_FALSE(books[3]->author);
}

TEST_F(SqlRelations, a_row_that_belongs_to_none_of_the_parents_is_left_alone) {
    recording.answer("SELECT", {.rows = {{1, "Ada"}}});
    recording.answer("SELECT", {.rows = {{1, "a", 1}, {2, "b", 5}}});
    const auto authors = session.query<Author>().with<&Author::books>().all();
    EXPECT_EQ(authors[0]->books.size(), 1U);
}

TEST_F(SqlRelations, a_statement_that_fails_leaves_relations_unloaded) {
    recording.answer("SELECT", {.rows = {{1, "Ada"}}});
    const auto author = session.query<Author>().first();
    recording.fail("SELECT", mica::OperationalError{{.message = "disk I/O error"}});
    EXPECT_THROW(session.load<&Author::books>(author), mica::OperationalError);
    EXPECT_FALSE(author->books.is_loaded());
}

}  // namespace
}  // namespace sql_relations
