// SPDX-License-Identifier: BSL-1.0
// Full-text indexes and what is asked of them.
#include <mica/mica.hpp>

#include <support/hostile_dialect.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Post {
    std::int64_t id = 0;
    std::string title;
    std::optional<std::string> body;
};
struct Search {
    std::string title;
    static constexpr auto mapping() { return mica::fts5<&Post::title>.content<Post>(); }
};
struct Note {
    std::int64_t id = 0;
    std::string text;
    static constexpr auto mapping() { return mica::fts5<&Note::text>; }
};
struct Word {
    std::string text;
    static constexpr auto mapping() { return mica::fts5<>; }
};

using mica::col;

// error: mica: this database has no full-text indexes of FTS5
#ifdef FAULT_in_another_database
constexpr auto text = mica::ddl<Search, mica::test::bare>;
#elif !defined FAULT
constexpr auto text = mica::ddl<Search>;
#endif

// error: mica: an fts5<> struct has at most an integer rowid as its key; with content<> its other fields are
#if defined FAULT_other_names_than_its_content || !defined FAULT
namespace other_names_than_its_content {
struct Titles {
#ifdef FAULT
    std::string heading;
#else
    std::string title;
#endif
    static constexpr auto mapping() { return mica::fts5<&Post::title>.content<Post>(); }
};
constexpr auto text = mica::ddl<Titles>;
}  // namespace other_names_than_its_content
#endif

// error: mica: an fts5<> struct has at most an integer rowid as its key; with content<> its other fields are
#if defined FAULT_a_text_that_may_be_missing || !defined FAULT
namespace a_text_that_may_be_missing {
struct Bodies {
#ifdef FAULT
    std::string body;
#else
    std::optional<std::string> body;
#endif
    static constexpr auto mapping() { return mica::fts5<&Post::body>.content<Post>(); }
};
constexpr auto text = mica::ddl<Bodies>;
}  // namespace a_text_that_may_be_missing
#endif

// error: mica: an fts5<> struct has at most an integer rowid as its key; with content<> its other fields are
#if defined FAULT_a_key_of_text || !defined FAULT
namespace a_key_of_text {
struct Keyed {
#ifdef FAULT
    std::string rowid;
#else
    std::int64_t rowid = 0;
#endif
    std::string text;
    static constexpr auto mapping() { return mica::fts5<>; }
};
constexpr auto text = mica::ddl<Keyed>;
}  // namespace a_key_of_text
#endif

// error: mica: content<> of an fts5<> takes another entity, whose key is one integer, its rowid
#if defined FAULT_content_without_a_rowid || !defined FAULT
namespace content_without_a_rowid {
struct Page {
#ifdef FAULT
    std::string id;
#else
    std::int64_t id = 0;
#endif
    std::string text;
};
struct PageSearch {
    std::string text;
    static constexpr auto mapping() { return mica::fts5<&Page::text>.content<Page>(); }
};
constexpr auto text = mica::ddl<PageSearch>;
}  // namespace content_without_a_rowid
#endif

// error: mica: content<> of an fts5<> takes another entity, whose key is one integer, its rowid
#if defined FAULT_content_of_its_own || !defined FAULT
namespace content_of_its_own {
struct Page {
    std::int64_t id = 0;
    std::string text;
#ifdef FAULT
    static constexpr auto mapping() { return mica::fts5<&Page::text>.content<Page>(); }
#else
    static constexpr auto mapping() { return mica::fts5<&Page::text>; }
#endif
};
constexpr auto text = mica::ddl<Page>;
}  // namespace content_of_its_own
#endif

// error: mica: an fts5<> struct has no other options than ignore<> and column<>
#if defined FAULT_beside_other_options || !defined FAULT
namespace beside_other_options {
struct Page {
    std::int64_t id = 0;
    std::string text;
#ifdef FAULT
    static constexpr auto mapping() { return mica::table("page", mica::fts5<>, mica::unique<&Page::text>); }
#else
    static constexpr auto mapping() { return mica::table("page", mica::fts5<>, mica::column<&Page::text>("words")); }
#endif
};
constexpr auto text = mica::ddl<Page>;
}  // namespace beside_other_options
#endif

// error: mica: the rows of an fts5<> with content<> are kept by triggers
#ifdef FAULT_insert_into_an_index
auto insert_into_an_index() { return mica::insert_into<Search>().values(Search{"a"}); }
#elif !defined FAULT
auto insert_into_an_index() { return mica::insert_into<Note>().values(Note{0, "a"}); }
#endif

// error: mica: the rows of an fts5<> with content<> are kept by triggers
#ifdef FAULT_update_of_an_index
auto update_of_an_index() { return mica::update<Search>().set(col<&Search::title> = "a").all_rows(); }
#elif !defined FAULT
auto update_of_an_index() { return mica::update<Note>().set(col<&Note::text> = "a").all_rows(); }
#endif

// error: mica: the rows of an fts5<> with content<> are kept by triggers
#ifdef FAULT_delete_from_an_index
auto delete_from_an_index() { return mica::delete_from<Search>().all_rows(); }
#elif !defined FAULT
auto delete_from_an_index() { return mica::delete_from<Note>().all_rows(); }
#endif

// error: mica: the rows of an fts5<> with content<> are kept by triggers
#ifdef FAULT_object_of_an_index
void object_of_an_index(mica::Session& session) { session.add(Search{"a"}); }
#elif !defined FAULT
void object_of_an_index(mica::Session& session) { session.add(Note{0, "a"}); }
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_object_without_a_key
void object_without_a_key(mica::Session& session) { session.add(Word{"a"}); }
#elif !defined FAULT
void object_without_a_key(mica::Session& session) { session.execute(mica::insert_into<Word>().values(Word{"a"})); }
#endif

// error: mica: the database gives back no rows of an fts5<> that were written
#ifdef FAULT_returning
auto returning() { return mica::delete_from<Note>().all_rows().returning<Note>(); }
#elif !defined FAULT
auto returning() { return mica::delete_from<Post>().all_rows().returning<Post>(); }
#endif

// error: mica: this searches the entity that is mapped by fts5<>
#ifdef FAULT_match_in_a_table
auto match_in_a_table() { return mica::select<Post>().where(mica::match<Post>("a")); }
#elif !defined FAULT
auto match_in_a_table() { return mica::select<Post>().join<Search>().where(mica::match<Search>("a")); }
#endif

// error: mica: this searches the entity that is mapped by fts5<>
#ifdef FAULT_rank_of_a_table
auto rank_of_a_table() { return mica::select<Post>().order_by(mica::rank<Post>()); }
#elif !defined FAULT
auto rank_of_a_table() { return mica::select<Search>().order_by(mica::rank<Search>()); }
#endif

// error: mica: this searches the entity that is mapped by fts5<>
#ifdef FAULT_highlight_in_a_table
auto highlight_in_a_table() { return mica::select(mica::highlight<&Post::title>("[", "]")); }
#elif !defined FAULT
auto highlight_in_a_table() { return mica::select(mica::highlight<&Search::title>("[", "]")); }
#endif

// error: mica: this searches the entity that is mapped by fts5<>
#ifdef FAULT_rebuild_of_a_table
auto rebuild_of_a_table() { return mica::rebuild<Post>(); }
#elif !defined FAULT
auto rebuild_of_a_table() { return mica::rebuild<Search>(); }
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_match_without_its_index
auto match_without_its_index(const mica::Connection& connection) {
    return connection.all(mica::select<Post>().where(mica::match<Search>("a")));
}
#elif !defined FAULT
auto match_without_its_index(const mica::Connection& connection) {
    return connection.all(mica::select<Post>().join<Search>().where(mica::match<Search>("a")));
}
#endif

// error: mica: this function takes a number here
#ifdef FAULT_weight_of_text
auto weight_of_text() { return mica::select(mica::bm25<Search>("heavy")); }
#elif !defined FAULT
auto weight_of_text() { return mica::select(mica::bm25<Search>(2.0)); }
#endif
