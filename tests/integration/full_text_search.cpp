// SPDX-License-Identifier: BSL-1.0
// FTS5 as a citizen: an index that its triggers keep right whatever writes its content, and what is asked of it.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace full_text_search {

struct Post {
    std::int64_t id = 0;
    std::string title;
    std::optional<std::string> body{};
    int stars = 0;
};
struct PostSearch {
    std::int64_t rowid = 0;
    std::string title;
    std::optional<std::string> body;
    static constexpr auto mapping() { return mica::fts5<&Post::title, &Post::body>.content<Post>().tokenize("porter"); }
};
struct Note {
    std::int64_t id = 0;
    std::string text;
    int kind = 0;
    static constexpr auto mapping() { return mica::fts5<&Note::text>; }
};
struct Word {
    std::string text;
    static constexpr auto mapping() { return mica::table("words", mica::fts5<>.prefix("2")); }
};

namespace {

using full_text_search::Note;
using full_text_search::Post;
using full_text_search::PostSearch;
using full_text_search::Word;
using mica::col;
using mica::match;
using mica::match_all;
using mica::select;
using mica::test::caught;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Post::id>;

struct FullTextSearch : mica::test::MemoryDatabase<PostSearch, Post, Note, Word> {
    FullTextSearch() {
        insert<Post>({{1, "Running fast", "the quick brown fox", 5},
                      {2, "Cooking", "a fox and a hen", 3},
                      {3, "Nothing", std::nullopt, 0}});
    }
    template <class Query>
    Ids found(const Query& query) {
        return connection.all(select(id).join<PostSearch>().where(match<PostSearch>(query)).order_by(id));
    }
    /// Throws where the index is not that of its content.
    void check() { connection.execute(mica::check_index<PostSearch>()); }
};

TEST_F(FullTextSearch, finds_words_in_any_column) {
    EXPECT_EQ(found("fox"), (Ids{1, 2}));
    EXPECT_EQ(found("run"), Ids{1});  // the porter stemmer's
    EXPECT_EQ(found("lion"), Ids{});
}

TEST_F(FullTextSearch, finds_prefixes_and_or_not_and_phrases) {
    EXPECT_EQ(found("cook*"), Ids{2});
    EXPECT_EQ(found("fast OR hen"), (Ids{1, 2}));
    EXPECT_EQ(found("fox AND hen"), Ids{2});
    EXPECT_EQ(found("fox NOT hen"), Ids{1});
    EXPECT_EQ(found(R"("brown fox")"), Ids{1});
    EXPECT_EQ(found("title : fox"), Ids{});
}

TEST_F(FullTextSearch, finds_in_one_column) {
    EXPECT_EQ(connection.all(select(mica::rowid<PostSearch>()).where(col<&PostSearch::body>.match("fox"))),
              (Ids{1, 2}));
    EXPECT_EQ(connection.all(select(mica::rowid<PostSearch>()).where(col<&PostSearch::title>.match("fox"))), Ids{});
}

TEST_F(FullTextSearch, gives_its_rows_as_objects) {
    const auto row = connection.one(select<PostSearch>().where(match<PostSearch>("hen")));
    EXPECT_EQ(std::tuple(row.rowid, row.title, row.body), std::tuple(2, "Cooking", "a fox and a hen"));
    const auto [post, search] =
        connection.one(select<Post, PostSearch>().join<PostSearch>().where(match<PostSearch>("nothing")));
    EXPECT_EQ(post.id, search.rowid);
    EXPECT_EQ(search.body, std::nullopt);
}

TEST_F(FullTextSearch, sorts_by_rank) {
    insert<Post>({{4, "fox", "fox fox", 1}});
    const auto order = [&](auto by) {
        return connection.all(select(id).join<PostSearch>().where(match<PostSearch>("fox")).order_by(by));
    };
    EXPECT_EQ(order(mica::rank<PostSearch>()).front(), 4);
    EXPECT_EQ(order(mica::rank<PostSearch>().desc()).back(), 4);
    EXPECT_EQ(order(mica::bm25<PostSearch>(0.0, 1.0)).front(), 4);
    const auto ranks =
        connection.all(select(mica::rank<PostSearch>(), mica::bm25<PostSearch>()).where(match<PostSearch>("fox")));
    for (const auto& [rank, bm25] : ranks) {
        EXPECT_DOUBLE_EQ(rank, bm25);
        EXPECT_LT(rank, 0);
    }
}

TEST_F(FullTextSearch, shows_what_it_found) {
    const auto [snippet, all, body, title] = connection.one(
        select(mica::snippet<PostSearch>("<", ">", "…", 2), mica::snippet<&PostSearch::body>("<", ">", "…", 2),
               mica::highlight<&PostSearch::body>("<", ">"), mica::highlight<&PostSearch::title>("<", ">"))
            .where(match<PostSearch>("brown")));
    EXPECT_EQ(snippet, "…<brown> fox");
    EXPECT_EQ(all, "…<brown> fox");
    EXPECT_EQ(body, "the quick <brown> fox");
    EXPECT_EQ(title, "Running fast");
}

TEST_F(FullTextSearch, highlights_nothing_in_a_missing_text) {
    EXPECT_EQ(connection.one(select(mica::highlight<&PostSearch::body>("<", ">")).where(match<PostSearch>("nothing"))),
              std::nullopt);
}

TEST_F(FullTextSearch, is_a_join_away_from_any_query_of_its_content) {
    const auto stars = connection.one(select(mica::sum(col<&Post::stars>))
                                          .join<PostSearch>()
                                          .where(match<PostSearch>("fox") && col<&Post::stars> > 1));
    EXPECT_EQ(stars, 8);
    EXPECT_EQ(
        connection.all(select(id).where(id.in(select(mica::rowid<PostSearch>()).where(match<PostSearch>("hen"))))),
        Ids{2});
}

TEST_F(FullTextSearch, takes_what_a_user_typed_for_words) {
    EXPECT_EQ(found(match_all("quick fox")), Ids{1});
    EXPECT_EQ(found(match_all(R"("fox" -hen' * AND)")), Ids{2});
    EXPECT_EQ(found(match_all("fox, (brown)!")), Ids{1});
    EXPECT_EQ(found(mica::match_any("fast hen")), (Ids{1, 2}));
    EXPECT_EQ(found(mica::match_phrase("brown fox")), Ids{1});
    EXPECT_EQ(found(mica::match_phrase("fox brown")), Ids{});
    EXPECT_EQ(found(mica::match_prefixes("qui f")), Ids{1});
    EXPECT_EQ(found(match_all("")), Ids{});
    EXPECT_EQ(found(match_all("- fox")), (Ids{1, 2}));
}

TEST_F(FullTextSearch, survives_every_byte_that_a_user_can_type) {
    for (int first = 0; first < 256; ++first) {
        for (const char second : {'a', '"', '*', ' ', '\0', '\\'}) {
            const std::string typed{static_cast<char>(first), second, static_cast<char>(first)};
            EXPECT_NO_THROW(found(match_all(typed))) << first;
            EXPECT_NO_THROW(found(mica::match_any(typed))) << first;
            EXPECT_NO_THROW(found(mica::match_phrase(typed))) << first;
            EXPECT_NO_THROW(found(mica::match_prefixes(typed))) << first;
        }
    }
}

TEST_F(FullTextSearch, refuses_a_query_that_is_none) {
    const std::string text = caught<mica::DataError>([&] { static_cast<void>(found("\"secret")); }).what();
    EXPECT_EQ(text.find("secret"), text.npos) << text;
    EXPECT_THROW(static_cast<void>(found("")), mica::DataError);
    EXPECT_THROW(static_cast<void>(found("nocolumn : fox")), mica::DataError);
    EXPECT_EQ(found("fox"), (Ids{1, 2}));
}

TEST_F(FullTextSearch, follows_inserts_updates_and_deletes) {
    Post post{.title = "A lion", .body = "roars"};
    connection.insert(post);
    EXPECT_EQ(post.id, 4);
    EXPECT_EQ(found("lion"), Ids{4});
    connection.execute(mica::update<Post>().set(col<&Post::title> = "A tiger").where(id == 4));
    EXPECT_EQ(found("lion"), Ids{});
    EXPECT_EQ(found("tiger"), Ids{4});
    connection.execute(mica::update<Post>().set(id = 9).where(id == 4));
    EXPECT_EQ(found("tiger"), Ids{9});
    connection.execute(mica::delete_from<Post>().where(id == 9));
    EXPECT_EQ(found("tiger"), Ids{});
    connection.execute("INSERT INTO Post (title, stars) VALUES ('raw', 0)");
    EXPECT_EQ(found("raw"), Ids{4});
    check();
}

TEST_F(FullTextSearch, follows_bulk_writes_and_upserts) {
    std::vector<Post> posts;
    for (int i = 0; i < 500; ++i) posts.push_back({.title = "bulk", .body = std::to_string(i)});
    EXPECT_EQ(connection.insert(posts), 500);
    EXPECT_EQ(posts.front().id, 4);
    EXPECT_EQ(posts.back().id, 503);
    EXPECT_EQ(found("bulk").size(), 500U);
    for (Post& post : posts) post.title = "heap";
    EXPECT_EQ(connection.upsert(posts), 500);
    EXPECT_EQ(found("bulk").size(), 0U);
    EXPECT_EQ(connection.remove(posts), 500);
    EXPECT_EQ(found("heap").size(), 0U);
    check();
}

TEST_F(FullTextSearch, does_not_count_its_own_rows) {
    EXPECT_EQ(connection.execute(mica::update<Post>().set(col<&Post::title> = "same").all_rows()).rows_affected(), 3);
    EXPECT_EQ(connection.execute(mica::delete_from<Post>().all_rows()).rows_affected(), 3);
    check();
}

TEST_F(FullTextSearch, of_its_own_rows_is_a_table_like_any_other) {
    Note note{.text = "good morning", .kind = 7};
    connection.insert(note);
    EXPECT_EQ(note.id, 1);
    EXPECT_EQ(connection.get<Note>(1)->kind, 7);
    note.text = "good night";
    EXPECT_EQ(connection.update(note), 1);
    EXPECT_EQ(connection.all(select<Note>().where(match<Note>("morning"))).size(), 0U);
    EXPECT_EQ(connection.one(select(col<&Note::id>).where(match<Note>("night"))), 1);
    EXPECT_EQ(connection.remove(note), 1);
    EXPECT_EQ(connection.all(select<Note>()).size(), 0U);
}

TEST_F(FullTextSearch, needs_no_key) {
    connection.execute(mica::insert_into<Word>().values(std::vector<Word>{{"fast"}, {"faster"}, {"slow"}}));
    EXPECT_EQ(connection.all(select<Word>().where(match<Word>("fa*"))).size(), 2U);
    EXPECT_EQ(connection.all(select(mica::rowid<Word>()).where(match<Word>("slow"))), Ids{3});
    EXPECT_EQ(connection.execute(mica::delete_from<Word>().where(match<Word>("slow"))).rows_affected(), 1);
}

TEST_F(FullTextSearch, is_told_that_it_differs_and_made_anew) {
    connection.execute("DROP TRIGGER tr_PostSearch_insert");
    insert<Post>({{4, "Late", std::nullopt, 0}});
    EXPECT_EQ(found("late"), Ids{});
    EXPECT_THROW(check(), mica::OperationalError);
    connection.execute(mica::rebuild<PostSearch>());
    EXPECT_EQ(found("late"), Ids{4});
    connection.execute(mica::optimize<PostSearch>());
    check();
}

struct FullTextSession : testing::Test {
    mica::Engine engine{"sqlite://"};

    FullTextSession() { engine.create_all<Post, PostSearch, Note>(); }

    static Ids found(mica::Session& session, std::string_view query) {
        return session.all(select(id).join<PostSearch>().where(match<PostSearch>(query)).order_by(id));
    }
    void check() { engine.connect().execute(mica::check_index<PostSearch>()); }
};

TEST_F(FullTextSession, keeps_the_index_right) {
    {
        mica::Session session{engine};
        const auto post = session.add(Post{.title = "red"});
        EXPECT_EQ(found(session, "red"), Ids{1});  // flushed before it is asked
        post->title = "green";
        session.commit();
        EXPECT_EQ(post->id, 1);
        EXPECT_EQ(found(session, "red"), Ids{});
        EXPECT_EQ(found(session, "green"), Ids{1});
        session.remove(post);
        session.commit();
        EXPECT_EQ(found(session, "green"), Ids{});
    }
    check();
}

TEST_F(FullTextSession, takes_the_index_back_with_a_rollback) {
    {
        mica::Session session{engine};
        const auto post = session.add(Post{.title = "red"});
        session.commit();
        post->title = "green";
        session.add(Post{.title = "blue"});
        session.flush();
        EXPECT_EQ(found(session, "green OR blue"), (Ids{1, 2}));
        session.rollback();
        EXPECT_EQ(found(session, "green OR blue"), Ids{});
        EXPECT_EQ(found(session, "red"), Ids{1});
        try {
            session.nested([&] {
                post->title = "black";
                session.flush();
                throw 1;
            });
        } catch (int) {
        }
        EXPECT_EQ(found(session, "black"), Ids{});
        EXPECT_EQ(found(session, "red"), Ids{1});
    }
    check();
}

TEST_F(FullTextSession, tracks_rows_of_an_index_that_has_them_itself) {
    mica::Session session{engine};
    const auto note = session.add(Note{.text = "red", .kind = 1});
    session.commit();
    EXPECT_EQ(note->id, 1);
    note->text = "green";
    session.commit();
    EXPECT_EQ(session.query<Note>().where(match<Note>("green")).one(), note);
    session.remove(note);
    session.commit();
    EXPECT_EQ(session.query<Note>().count(), 0);
}

TEST(FullTextSchema, begins_with_the_rows_that_are_there) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Post>();
    engine.connect().execute(mica::insert_into<Post>().values(Post{.title = "old"}));
    engine.create_all<Post, PostSearch>();
    EXPECT_EQ(engine.connect().all(select(mica::rowid<PostSearch>()).where(match<PostSearch>("old"))), Ids{1});
}

TEST(FullTextSchema, is_created_once) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<PostSearch, Post>();
    engine.connect().execute(mica::insert_into<Post>().values(Post{.title = "kept"}));
    engine.create_all<PostSearch, Post>();
    EXPECT_EQ(engine.connect().all(select(mica::rowid<PostSearch>()).where(match<PostSearch>("kept"))), Ids{1});
}

TEST(FullTextSchema, is_dropped_without_its_content) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Post, PostSearch>();
    engine.drop_all<PostSearch>();
    const auto connection = engine.connect();
    connection.execute(mica::insert_into<Post>().values(Post{.title = "alone"}));
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%PostSearch%'").one(), 0);
}

TEST(FullTextSchema, is_dropped_with_its_content) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Post, PostSearch>();
    engine.drop_all<Post, PostSearch>();
    engine.drop_all<Post, PostSearch>();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM sqlite_schema").one(), 0);
}

TEST(FullTextSchema, comes_back_to_a_content_that_was_dropped_alone) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Post, PostSearch>();
    engine.connect().execute(mica::insert_into<Post>().values(Post{.title = "old"}));
    engine.drop_all<Post>();
    engine.create_all<Post, PostSearch>();
    const auto connection = engine.connect();
    connection.execute(mica::insert_into<Post>().values(Post{.title = "new"}));
    EXPECT_EQ(connection.all(select(mica::rowid<PostSearch>()).where(match<PostSearch>("new OR old"))), Ids{1});
    connection.execute(mica::check_index<PostSearch>());
}

TEST(FullTextSchema, rolls_back_with_its_transaction) {
    mica::Engine engine{"sqlite://"};
    const auto connection = engine.connect();
    {
        const auto transaction = connection.begin();
        connection.create_all<Post, PostSearch>();
        connection.execute(mica::insert_into<Post>().values(Post{.title = "gone"}));
    }
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM sqlite_schema").one(), 0);
}

TEST(FullTextSchema, refuses_a_tokenizer_that_is_none) {
    struct Odd {
        std::string text;
        static constexpr auto mapping() { return mica::fts5<>.tokenize("nonsense"); }
    };
    mica::Engine engine{"sqlite://"};
    EXPECT_THROW(engine.create_all<Odd>(), mica::ProgrammingError);
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM sqlite_schema").one(), 0);
}

}  // namespace
}  // namespace full_text_search
