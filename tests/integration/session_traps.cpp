// SPDX-License-Identifier: BSL-1.0
// Where users of other libraries are bitten: each bite as a test that it cannot happen here. Those about types
// and migrations stand with those.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace integration_session_traps {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Book;
struct Author {
    std::int64_t id = 0;
    std::string name{};
    HasMany<Book> books{};
    static constexpr auto mapping() { return table("author", unique<&Author::name>); }
};
struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::int64_t author = 0;
    std::int64_t revision = 0;
    BelongsTo<Author> by{};
    static constexpr auto mapping() {
        return table("book", foreign_key<&Book::author, &Author::id>.on_delete(cascade), version<&Book::revision>);
    }
};

struct Traps : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("books.db")};
    std::optional<Session> session_;

    Traps() { engine.create_all<Author, Book>(); }
    Session& session() { return session_ ? *session_ : session_.emplace(engine); }
    Texts stored(const char* sql) { return engine.connect().execute<std::string>(sql).all(); }
};

TEST_F(Traps, reading_a_field_is_no_statement) {
    const auto author = session().add(Author{.name = "Ada"});
    session().commit();
    const StatementLog log{engine};
    EXPECT_EQ(author->name, "Ada");
    EXPECT_EQ(log.texts(), Texts{});
}

TEST_F(Traps, a_loop_over_relations_is_no_statement_for_each) {
    for (int i = 0; i < 100; ++i) {
        const auto author = session().add(Author{.name = std::to_string(i)});
        for (int book = 0; book < 3; ++book) author->books.add(Book{.title = "a book"});
    }
    session().commit();
    session().clear();
    const StatementLog log{engine};
    std::size_t books = 0;
    for (const auto& author : session().query<Author>().with<&Author::books>().all()) {
        for (const auto& book : author->books) books += book->by->name == author->name ? 1U : 0U;
    }
    EXPECT_EQ(books, 300U);
    EXPECT_EQ(log.starting_with("SELECT").size(), 2U);
}

TEST_F(Traps, what_was_not_loaded_says_so_instead_of_reading_a_row_at_a_time) {
    session().add(Author{.name = "Ada"})->books.add(Book{.title = "a"});
    session().commit();
    session().clear();
    const StatementLog log{engine};
    const auto author = session().query<Author>().one();
    const auto book = session().query<Book>().one();
    EXPECT_THROW(static_cast<void>(author->books.size()), NotLoaded);
    EXPECT_NE(std::string{caught<NotLoaded>([&] { book->by.get(); }).what()}.find("with<&Book::by>()"),
              std::string::npos);
    EXPECT_EQ(log.starting_with("SELECT").size(), 2U);
}

TEST_F(Traps, a_deleted_object_leaves_the_collections_that_had_it) {
    const auto author = session().add(Author{.name = "Ada"});
    const auto book = author->books.add(Book{.title = "a"});
    session().commit();
    session().remove(book);
    session().flush();
    EXPECT_TRUE(author->books.empty());
    session().rollback();
    EXPECT_EQ(author->books.size(), 1U);
}

TEST_F(Traps, sessions_of_one_memory_database_keep_their_transactions_apart) {
    const Engine memory{"sqlite://"};
    memory.create_all<Author, Book>();
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&memory, i] {
            for (int round = 0; round < 10; ++round) {
                Session mine{memory};
                mine.add(Author{.name = std::to_string(i * 10 + round)});
                mine.flush();
                if (round % 2 == 0) mine.commit();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    Session session{memory};
    EXPECT_EQ(session.query<Author>().count(), 40) << "what others rolled back took nothing along";
}

TEST_F(Traps, values_stay_readable_after_commit_rollback_and_the_sessions_end) {
    const auto author = session().add(Author{.name = "Ada"});
    session().commit();
    EXPECT_EQ(author->name, "Ada");
    session().rollback();
    EXPECT_EQ(author->name, "Ada");
    session_.reset();
    EXPECT_EQ(author->name, "Ada");
    EXPECT_EQ(author->id, 1);
}

TEST_F(Traps, a_query_of_another_table_does_not_write_a_half_built_object) {
    const auto book = session().add(Book{.title = "half built"});
    EXPECT_NO_THROW(session().query<Author>().all());
    const auto failure = caught<IntegrityError>([&] { session().query<Book>().all(); });
    EXPECT_NE(std::string{failure.what()}.find(R"(on inserting a new row of table "book", column "author")"),
              std::string::npos)
        << failure.what();
    const auto off = session().no_autoflush();
    EXPECT_NO_THROW(session().query<Book>().all());
}

TEST_F(Traps, two_threads_that_read_and_write_never_meet_a_busy_database) {
    engine.write([](Session& session) { session.add(Author{.id = 1, .name = "0"}); });
    Engine other{"sqlite:///" + directory.file("books.db")};
    std::atomic<int> failures = 0;
    const auto count = [&failures](Engine& with) {
        for (int i = 0; i < 150; ++i) {
            try {
                with.write([](Session& session) {
                    const auto author = session.get<Author>(1);
                    author->name = std::to_string(std::stoi(author->name) + 1);
                });
            } catch (const OperationalError&) {
                ++failures;
            }
        }
    };
    std::thread first{[&] { count(engine); }};
    std::thread second{[&] { count(other); }};
    first.join();
    second.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(stored("SELECT name FROM author"), Texts{"300"});
}

TEST_F(Traps, a_reader_cannot_become_a_writer) {
    Session reading{engine, mica::read_only};
    reading.query<Author>().all();
    EXPECT_TRUE(caught<OperationalError>([&] { reading.execute("DELETE FROM author"); }).is_read_only());
}

TEST_F(Traps, foreign_keys_are_on) {
    session().add(Book{.title = "orphan", .author = 99});
    EXPECT_EQ(caught<IntegrityError>([&] { session().commit(); }).kind(), IntegrityError::foreign_key);
}

TEST_F(Traps, replacing_a_row_by_its_key_does_not_delete_its_children) {
    const auto author = session().add(Author{.name = "Ada"});
    author->books.add(Book{.title = "a"});
    session().commit();
    auto connection = std::optional{engine.connect()};
    connection->execute(insert_into<Author>()
                            .values(Author{.id = 1, .name = "Grace"})
                            .on_conflict<&Author::id>()
                            .do_update(col<&Author::name> = excluded<&Author::name>));
    connection.reset();
    EXPECT_EQ(stored("SELECT name FROM author"), Texts{"Grace"});
    EXPECT_EQ(stored("SELECT title FROM book"), Texts{"a"});
}

TEST_F(Traps, what_reads_is_part_of_the_transaction) {
    session().query<Author>().all();
    EXPECT_TRUE(session().in_transaction());
    const Engine other{"sqlite:///" + directory.file("books.db"), {.busy_timeout = std::chrono::milliseconds{1}}};
    EXPECT_THROW(other.connect().execute("DELETE FROM author"), OperationalError);
}

TEST_F(Traps, a_savepoint_that_was_kept_goes_with_the_transaction) {
    session().nested([&] { session().add(Author{.name = "Ada"}); });
    session().rollback();
    EXPECT_TRUE(stored("SELECT name FROM author").empty());
}

TEST_F(Traps, tables_are_part_of_the_transaction) {
    session().execute("CREATE TABLE later (x)");
    session().rollback();
    EXPECT_THROW(engine.connect().execute("SELECT * FROM later"), SchemaMismatch);
}

TEST_F(Traps, a_failed_flush_poisons_nothing) {
    const auto author = session().add(Author{.name = "Ada"});
    const auto twin = session().add(Author{.name = "Ada"});
    EXPECT_THROW(session().commit(), IntegrityError);
    twin->name = "Grace";
    session().commit();
    EXPECT_EQ(stored("SELECT name FROM author ORDER BY id"), (Texts{"Ada", "Grace"}));
    EXPECT_EQ(author->id, 1);
}

TEST_F(Traps, two_unique_values_can_be_swapped) {
    const auto one = session().add(Author{.name = "Ada"});
    const auto two = session().add(Author{.name = "Grace"});
    session().commit();
    std::swap(one->name, two->name);
    session().commit();
    EXPECT_EQ(stored("SELECT name FROM author ORDER BY id"), (Texts{"Grace", "Ada"}));
}

TEST_F(Traps, a_unique_value_can_be_taken_from_a_removed_row) {
    session().remove(session().add(Author{.name = "first"}));
    const auto old = session().add(Author{.name = "Ada"});
    session().commit();
    session().remove(old);
    session().add(Author{.name = "Ada"});
    session().commit();
    EXPECT_EQ(stored("SELECT id || name FROM author"), Texts{"1Ada"});
}

TEST_F(Traps, a_set_based_update_counts_versions_and_is_noticed) {
    const auto author = session().add(Author{.name = "Ada"});
    session().flush();
    const auto book = session().add(Book{.title = "a", .author = author->id});
    session().commit();
    session().query<Book>().update(col<&Book::title> = "b");
    EXPECT_TRUE(session().is_stale(book));
    book->title = "c";
    const auto stale = caught<StaleDataError>([&] { session().commit(); });
    EXPECT_EQ(stale.expected_version(), 0);
    EXPECT_EQ(stale.actual_version(), 1);
}

TEST_F(Traps, a_set_based_removal_cascades) {
    const auto author = session().add(Author{.name = "Ada"});
    session().flush();
    const auto book = session().add(Book{.title = "a", .author = author->id});
    session().commit();
    EXPECT_EQ(session().query<Author>().remove(), 1);
    EXPECT_FALSE(session().get<Book>(book->id)) << "and is noticed by the objects";
    session().commit();
    EXPECT_TRUE(stored("SELECT title FROM book").empty());
}

TEST_F(Traps, a_rollback_leaves_no_key_of_a_row_that_is_not_there) {
    const auto author = session().add(Author{.name = "Ada"});
    session().flush();
    EXPECT_EQ(author->id, 1);
    session().rollback();
    EXPECT_EQ(author->id, 0);
}

}  // namespace integration_session_traps
