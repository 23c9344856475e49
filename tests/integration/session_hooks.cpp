// SPDX-License-Identifier: BSL-1.0
// Functions of an entity that run around its row, found by their names.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace integration_session_hooks {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

/// With members.
struct Page {
    std::int64_t id = 0;
    std::string text{};
    int changes = 0;
    std::int64_t revision = 0;
    std::string title{};  ///< made of the text, no column
    static constexpr auto mapping() { return table("page", ignore<&Page::title>, version<&Page::revision>); }

    void before_insert() {
        if (text == "bad") throw std::invalid_argument("a bad page");
        text += "!";
    }
    void before_update() {
        ++changes;
        if (text == "bad") throw std::invalid_argument("a bad page");
    }
    void before_remove() {
        if (text == "kept!") throw std::invalid_argument("this page stays");
    }
    void after_load() {
        if (text == "unreadable") throw std::invalid_argument("cannot read this page");
        title = "title of " + text;
    }
};

/// With free functions.
struct Note {
    std::int64_t id = 0;
    std::string text{};
    int loads = 0;
    static constexpr auto mapping() { return table("note", ignore<&Note::loads>); }
};
void before_insert(Note& note) { note.text = "new " + note.text; }
void before_update(Note& note) { note.text += " changed"; }
void before_remove(Note& note) { note.text += " removed"; }
void after_load(Note& note) { ++note.loads; }

struct Plain {
    std::int64_t id = 0;
    std::string text{};
};

/// Asks for its own object when it is loaded.
struct Mirror {
    std::int64_t id = 0;
    bool has_found_itself = false;
    static constexpr auto mapping() { return table("mirror", ignore<&Mirror::has_found_itself>); }

    inline static Session* session = nullptr;
    void after_load() { has_found_itself = session->get<Mirror>(id).get() == this; }
};

struct Hooks : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    Hooks() { engine.create_all<Page, Note, Plain, Mirror>(); }
    Texts stored(const char* sql) { return engine.connect().execute<std::string>(sql).all(); }
    Texts pages() { return stored("SELECT text || changes FROM page ORDER BY id"); }
};

TEST_F(Hooks, an_entity_without_any_has_none) {
    const auto& operations = detail::operations_of<Plain>;
    EXPECT_EQ(operations.before_insert, nullptr);
    EXPECT_EQ(operations.before_update, nullptr);
    EXPECT_EQ(operations.before_remove, nullptr);
    EXPECT_EQ(operations.after_load, nullptr);
}

TEST_F(Hooks, before_insert_changes_what_is_inserted) {
    const auto page = session.add(Page{.text = "a"});
    const auto note = session.add(Note{.text = "b"});
    EXPECT_EQ(page->text, "a");
    session.commit();
    EXPECT_EQ(page->text, "a!");
    EXPECT_EQ(note->text, "new b");
    EXPECT_EQ(pages(), Texts{"a!0"});
    session.commit();
    EXPECT_EQ(pages(), Texts{"a!0"}) << "once";
}

TEST_F(Hooks, before_update_runs_for_changed_objects_only) {
    const auto page = session.add(Page{.text = "a"});
    const auto still = session.add(Page{.text = "b"});
    session.commit();
    page->text = "c";
    session.commit();
    EXPECT_EQ(page->changes, 1);
    EXPECT_EQ(page->revision, 1);
    EXPECT_EQ(still->changes, 0);
    EXPECT_EQ(pages(), (Texts{"c1", "b!0"}));
    const auto note = session.add(Note{.text = "n"});
    session.commit();
    note->text = "n";
    session.commit();
    EXPECT_EQ(stored("SELECT text FROM note"), Texts{"n changed"});
}

TEST_F(Hooks, before_remove_runs_before_the_row_goes) {
    const auto note = session.add(Note{.text = "n"});
    session.commit();
    session.remove(note);
    session.commit();
    EXPECT_EQ(note->text, "new n removed");
    EXPECT_TRUE(stored("SELECT text FROM note").empty());
}

TEST_F(Hooks, after_load_runs_whenever_a_row_is_read) {
    engine.connect().execute("INSERT INTO page VALUES (1, 'a', 0, 0)");
    engine.connect().execute("INSERT INTO note VALUES (1, 'n')");
    const auto page = session.get<Page>(1);
    EXPECT_EQ(page->title, "title of a");
    EXPECT_FALSE(session.is_modified(page));
    const auto note = session.query<Note>().one();
    EXPECT_EQ(note->loads, 1);
    session.query<Note>().one();
    session.get<Note>(1);
    EXPECT_EQ(note->loads, 1) << "a known object is not read";
    session.query<Page>().update(col<&Page::text> = "b");
    session.refresh(page);
    EXPECT_EQ(page->title, "title of b");
    session.refresh(note);
    EXPECT_EQ(note->loads, 2);
}

TEST_F(Hooks, an_exception_in_before_insert_fails_the_flush_and_loses_nothing) {
    const auto first = session.add(Page{.text = "first"});
    const auto bad = session.add(Page{.text = "bad"});
    const auto last = session.add(Page{.text = "last"});
    for (int i = 0; i < 2; ++i) {
        EXPECT_STREQ(caught<std::invalid_argument>([&] { session.commit(); }).what(), "a bad page");
        EXPECT_EQ(first->text, "first") << "what a hook has done is taken back";
        EXPECT_EQ(first->id, 0);
        EXPECT_TRUE(session.is_modified(last));
    }
    bad->text = "good";
    session.commit();
    EXPECT_EQ(pages(), (Texts{"first!0", "good!0", "last!0"}));
}

TEST_F(Hooks, an_exception_in_before_update_fails_the_flush_and_loses_nothing) {
    const auto first = session.add(Page{.text = "a"});
    const auto bad = session.add(Page{.text = "b"});
    session.commit();
    first->text = "c";
    bad->text = "bad";
    EXPECT_THROW(session.flush(), std::invalid_argument);
    EXPECT_EQ(first->changes, 0);
    EXPECT_EQ(bad->changes, 0);
    EXPECT_EQ(bad->text, "bad");
    EXPECT_TRUE(session.is_modified(first));
    bad->text = "d";
    session.commit();
    EXPECT_EQ(pages(), (Texts{"c1", "d1"}));
}

TEST_F(Hooks, an_exception_in_before_remove_fails_the_flush_and_loses_nothing) {
    const auto kept = session.add(Page{.text = "kept"});
    const auto other = session.add(Page{.text = "a"});
    session.commit();
    session.remove(kept);
    other->text = "b";
    EXPECT_THROW(session.commit(), std::invalid_argument);
    EXPECT_FALSE(session.get<Page>(1)) << "it is still to be removed";
    session.rollback();
    EXPECT_TRUE(session.get<Page>(1) == kept);
    EXPECT_EQ(pages(), (Texts{"kept!0", "a!0"}));
}

TEST_F(Hooks, a_flush_that_the_database_refuses_takes_back_what_hooks_did) {
    const auto first = session.add(Page{.id = 1, .text = "a"});
    const auto twin = session.add(Page{.id = 1, .text = "b"});
    EXPECT_THROW(session.commit(), IntegrityError);
    EXPECT_EQ(first->text, "a");
    EXPECT_EQ(twin->text, "b");
    twin->id = 2;
    session.commit();
    EXPECT_EQ(pages(), (Texts{"a!0", "b!0"}));
    first->text = "c";
    twin->id = 1;
    EXPECT_THROW(session.commit(), IntegrityError);
    EXPECT_EQ(first->changes, 0);
    EXPECT_EQ(first->revision, 0);
    session.rollback();
    EXPECT_EQ(first->text, "a!");
}

TEST_F(Hooks, an_exception_in_after_load_leaves_the_row_untracked) {
    engine.connect().execute("INSERT INTO page VALUES (1, 'unreadable', 0, 0), (2, 'b', 0, 0)");
    EXPECT_THROW(session.query<Page>().order_by(col<&Page::id>).all(), std::invalid_argument);
    EXPECT_THROW(session.get<Page>(1), std::invalid_argument);
    EXPECT_EQ(session.get<Page>(2)->title, "title of b");
    session.execute("UPDATE page SET text = 'a' WHERE id = 1");
    EXPECT_EQ(session.get<Page>(1)->title, "title of a");
}

TEST_F(Hooks, after_load_may_ask_for_its_own_object) {
    engine.connect().insert(Mirror{.id = 1});
    Mirror::session = &session;
    EXPECT_TRUE(session.get<Mirror>(1)->has_found_itself);
}

TEST_F(Hooks, a_rollback_takes_back_what_they_changed_in_a_row_that_was_there) {
    const auto page = session.add(Page{.text = "a"});
    session.commit();
    page->text = "b";
    session.flush();
    EXPECT_EQ(page->changes, 1);
    session.rollback();
    EXPECT_EQ(page->changes, 0);
    EXPECT_EQ(page->text, "a!");
}

/// Wants more of the session than a hook may.
Session* reached = nullptr;
struct Greedy {
    std::int64_t id = 0;
    int what = 0;
    int seen = 0;
    static constexpr auto mapping() { return table("greedy", ignore<&Greedy::what>); }

    void before_insert() {
        switch (what) {
            case 1: reached->add(Plain{.text = "more"}); break;
            case 2: reached->flush(); break;
            case 3: reached->rollback(); break;
            case 4: reached->clear(); break;
            case 5: seen = static_cast<int>(reached->query<Plain>().all().size()); break;
            default: break;
        }
    }
};

TEST_F(Hooks, may_read_and_nothing_else) {
    engine.create_all<Greedy>();
    engine.connect().execute("INSERT INTO Plain VALUES (1, 'a'), (2, 'b')");
    reached = &session;
    const auto greedy = session.add(Greedy{});
    for (int what = 1; what <= 4; ++what) {
        greedy->what = what;
        EXPECT_THROW(session.flush(), ProgrammingError) << what;
    }
    greedy->what = 5;
    session.commit();
    EXPECT_EQ(greedy->seen, 2);
    EXPECT_EQ(stored("SELECT seen || '' FROM greedy"), Texts{"2"});
}

}  // namespace integration_session_hooks
