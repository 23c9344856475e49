// SPDX-License-Identifier: BSL-1.0
// Tracked objects that are read inside of the database's own loop: to be told from those that are read one by one, as
// where somebody listens, only by speed.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace integration_session_collected {

using namespace mica;
using mica::test::caught;

struct Track;
struct Album {
    std::int64_t id = 0;
    std::string title{};
    HasMany<Track> tracks{};
};
struct Track {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> seconds{};
    std::int64_t album_id = 1;
    BelongsTo<Album> album{};
    static constexpr auto mapping() { return table("track", foreign_key<&Track::album_id, &Album::id>); }
};
struct Asking {
    std::int64_t id = 0;
    std::int64_t other = 0;
    /// What loading one does.
    static inline std::function<void(Asking&)> act{};
};
void after_load(Asking& asking) {
    if (Asking::act) Asking::act(asking);
}

struct Book;
struct Shelf {
    std::int64_t id = 0;
    HasMany<Book> books{};
};
struct Book {
    std::int64_t id = 0;
    std::int64_t shelf_id = 0;
    static constexpr auto mapping() { return table("book", foreign_key<&Book::shelf_id, &Shelf::id>); }
    static inline std::function<void(Book&)> act{};
    void after_load() {
        if (act) act(*this);
    }
};

constexpr std::size_t many = 20;

struct SessionCollected : testing::TestWithParam<bool> {
    Engine engine{"sqlite://"};
    std::vector<std::string> heard;
    ListenerToken listening{};
    Session session{engine};

    SessionCollected() {
        session.create_all<Album, Track, Asking>();
        session.add(Album{.title = "one"});
        session.flush();
        for (std::size_t i = 0; i < many; ++i) session.add(Track{.name = "track " + std::to_string(i)});
        session.commit();
        session.clear();
        if (GetParam()) {
            listening = engine.on_statement([this](const StatementEvent& event) { heard.emplace_back(event.sql); });
        }
    }
};

INSTANTIATE_TEST_SUITE_P(Ways, SessionCollected, testing::Bool(),
                         [](const auto& way) { return way.param ? "one_by_one" : "at_once"; });

TEST_P(SessionCollected, each_row_is_an_object_that_get_knows) {
    const auto tracks = session.query<Track>().all();
    ASSERT_EQ(tracks.size(), many);
    for (const auto& track : tracks) {
        EXPECT_EQ(track->name, "track " + std::to_string(track->id - 1));
        EXPECT_EQ(session.get<Track>(track->id), track);
    }
    EXPECT_TRUE(session.plan().empty());
}

TEST_P(SessionCollected, those_who_listen_hear_the_plain_statement) {
    EXPECT_EQ(session.query<Track>().all().size(), many);
    for (const std::string& sql : heard) EXPECT_EQ(sql.find("mica_collect"), std::string::npos) << sql;
}

TEST_P(SessionCollected, what_is_changed_is_written) {
    for (const auto& track : session.query<Track>().all()) track->seconds = 7;
    session.commit();
    EXPECT_EQ(session.query<Track>().where(col<&Track::seconds> == 7).count(), static_cast<std::int64_t>(many));
}

TEST_P(SessionCollected, an_object_that_is_there_stays_and_keeps_what_is_not_written) {
    const auto known = session.get<Track>(3);
    const auto quiet = session.no_autoflush();
    known->name = "mine";
    const auto tracks = session.query<Track>().all();
    EXPECT_EQ(tracks[2], known);
    EXPECT_EQ(known->name, "mine");
}

TEST_P(SessionCollected, a_change_that_is_not_written_is_written_before) {
    session.get<Track>(3)->name = "mine";
    session.clear();
    const auto held = session.get<Track>(4);
    held->name = "flushed";
    std::size_t found = 0;
    for (const auto& track : session.query<Track>().where(col<&Track::name> == "flushed").all()) {
        found += track == held ? 1U : 0U;
    }
    EXPECT_EQ(found, 1U);
}

TEST_P(SessionCollected, refreshed_objects_have_what_the_database_has) {
    const auto known = session.query<Track>().all();
    session.commit();
    engine.connect().execute("UPDATE track SET name = 'other'");
    EXPECT_EQ(session.query<Track>().refreshed().all(), known);
    for (const auto& track : known) EXPECT_EQ(track->name, "other");
}

TEST_P(SessionCollected, objects_behind_a_statement_are_read_again) {
    const auto known = session.query<Track>().all();
    session.execute("UPDATE track SET name = 'other'");
    EXPECT_EQ(session.query<Track>().all(), known);
    for (const auto& track : known) EXPECT_EQ(track->name, "other");
}

TEST_P(SessionCollected, relations_of_all_are_loaded) {
    const auto tracks = session.query<Track>().with<&Track::album>().all();
    ASSERT_EQ(tracks.size(), many);
    for (const auto& track : tracks) EXPECT_EQ(track->album->title, "one");
}

TEST_P(SessionCollected, a_row_that_does_not_fit_is_named_and_the_session_goes_on) {
    engine.connect().execute("UPDATE track SET seconds = 5000000000 WHERE id = 15");
    const auto failure = caught<DataError>([&] { static_cast<void>(session.query<Track>().all()); });
    EXPECT_NE(std::string{failure.what()}.find("\"track\".\"seconds\" of rowid 15"), std::string::npos)
        << failure.what();
    session.execute("UPDATE track SET seconds = 5 WHERE id = 15");
    EXPECT_EQ(session.query<Track>().all().size(), many);
    EXPECT_EQ(session.get<Track>(15)->seconds, 5);
}

TEST_P(SessionCollected, a_hook_may_use_the_session) {
    for (std::size_t i = 0; i < many; ++i) session.add(Asking{});
    session.commit();
    session.clear();
    Asking::act = [this](Asking& asking) { asking.other = session.get<Track>(asking.id)->id; };
    for (const auto& asking : session.query<Asking>().all()) EXPECT_EQ(asking->other, asking->id);
    Asking::act = {};
}

TEST_P(SessionCollected, a_hook_cannot_end_the_transaction_in_which_its_row_is_read) {
    for (std::size_t i = 0; i < many; ++i) session.add(Asking{});
    session.commit();
    session.clear();
    Asking::act = [this](Asking& asking) {
        if (asking.id == 5) session.rollback();
        if (asking.id == 7) session.commit();
    };
    const auto refuses = [](const auto& read) {
        const auto failure = caught<ProgrammingError>(read);
        EXPECT_STREQ(failure.what(), "mica: a hook or a codec cannot end the transaction in which its row is read");
    };
    refuses([this] { static_cast<void>(session.query<Asking>().all()); });
    refuses([this] { static_cast<void>(session.get<Asking>(7)); });
    Asking::act = {};
    EXPECT_EQ(session.query<Asking>().all().size(), many);
    session.commit();
}

TEST_P(SessionCollected, a_hook_cannot_make_the_session_let_objects_go) {
    session.add(Asking{});
    session.commit();
    session.clear();
    Asking::act = [this](Asking&) { session.clear(); };
    const auto failure = caught<ProgrammingError>([this] { static_cast<void>(session.get<Asking>(1)); });
    EXPECT_STREQ(failure.what(), "mica: a hook can only change its own object");
    Asking::act = {};
}

/// So many objects that the session forgets those that nobody holds when it reads further.
TEST_P(SessionCollected, what_a_hook_reads_leaves_the_children_that_are_being_loaded) {
    constexpr std::size_t all = 10'001;
    session.create_all<Shelf, Book>();
    session.add(Shelf{});
    session.flush();
    for (std::size_t i = 0; i < all; ++i) session.add(Book{.shelf_id = 1});
    session.commit();
    session.clear();
    Book::act = [this](Book& book) {
        if (book.id == std::int64_t{all}) static_cast<void>(session.query<Album>().all());
    };
    const auto shelves = session.query<Shelf>().with<&Shelf::books>().all();
    Book::act = {};
    ASSERT_EQ(shelves[0]->books.size(), all);
    for (const Ref<Book>& book : shelves[0]->books) ASSERT_EQ(book->shelf_id, 1);
}

TEST_P(SessionCollected, what_throws_no_database_error_comes_through) {
    for (std::size_t i = 0; i < many; ++i) session.add(Asking{});
    session.commit();
    session.clear();
    Asking::act = [](Asking& asking) {
        if (asking.id == 5) throw std::string{"mine"};
    };
    EXPECT_THROW(static_cast<void>(session.query<Asking>().all()), std::string);
    Asking::act = {};
    EXPECT_EQ(session.query<Asking>().all().size(), many);
}

TEST_P(SessionCollected, first_and_one_read_no_more_than_they_need) {
    EXPECT_EQ(session.query<Track>().first()->id, 1);
    EXPECT_THROW(static_cast<void>(session.query<Track>().one()), MultipleResultsFound);
    EXPECT_EQ(session.query<Track>().where(col<&Track::id> == 7).one()->name, "track 6");
}

}  // namespace integration_session_collected
