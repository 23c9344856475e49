// SPDX-License-Identifier: BSL-1.0
// Full-text search: an index that follows its table, and one that has its rows itself. The snippets of
// docs/full_text_search.md.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using mica::col;
using mica::select;

namespace {

void check(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::abort();
}

struct Post {
    std::int64_t id = 0;
    std::string title;
    std::string body;
    int stars = 0;
};

struct PostSearch {
    std::string title;
    std::string body;

    static constexpr auto mapping() { return mica::fts5<&Post::title, &Post::body>.content<Post>().tokenize("porter"); }
};

struct Note {
    std::int64_t rowid = 0;
    std::string text;
    int color = 0;  // not named in fts5<>: stored, and not searched

    static constexpr auto mapping() { return mica::fts5<&Note::text>.tokenize("unicode61 remove_diacritics 2"); }
};

std::vector<Post> posts_about(mica::Session& session, std::string_view typed) {
    return session.all(select<Post>()
                           .join<PostSearch>()
                           .where(mica::match<PostSearch>(mica::match_all(typed)))
                           .order_by(mica::rank<PostSearch>())
                           .limit(20));
}

void follows(mica::Engine& engine) {
    mica::Session session{engine};
    const auto post = session.add(Post{.title = "Running with owls", .body = "They hunt at night.", .stars = 4});
    session.add(Post{.title = "Gardens", .body = "Owls sleep there by day.", .stars = 5});
    session.commit();
    check(posts_about(session, "owl").size() == 2, "the porter tokenizer knows owls by owl");

    post->title = "Running with foxes";
    post->body = "They hunt too.";
    check(posts_about(session, "owls").size() == 1, "flushed, and the index with it");
    session.rollback();
    check(posts_about(session, "owls").size() == 2, "rolled back, and the index with it");
    check(posts_about(session, R"(owls" NOT -night*)").empty(), "no syntax, words: not and night");
}

void shows(const mica::Connection& connection) {
    const auto hits =
        connection.all(select(col<&Post::title>, mica::highlight<&PostSearch::title>("<b>", "</b>"),
                              mica::snippet<PostSearch>("<b>", "</b>", "…", 8), mica::bm25<PostSearch>(10.0, 1.0))
                           .join<PostSearch>()
                           .where(mica::match<PostSearch>("owls") && col<&Post::stars> > 3)
                           .order_by(mica::bm25<PostSearch>(10.0, 1.0)));
    const auto& [title, marked, snippet, rank] = hits.front();
    check(title == "Running with owls" && marked == "Running with <b>owls</b>", "the title weighs ten times as much");
    check(snippet == "Running with <b>owls</b>" && rank < 0, "the better, the smaller");

    check(connection.all(select<Post>().join<PostSearch>().where(col<&PostSearch::body>.match("owl*"))).size() == 1,
          "one column only, and any word that begins so");
}

void own_rows(const mica::Connection& connection) {
    Note note{.text = "Café au lait", .color = 3};
    connection.insert(note);
    note.text = "Crème brûlée";
    connection.update(note);
    const auto found = connection.all(select<Note>().where(mica::match<Note>("creme")));
    check(found.size() == 1 && found[0].rowid == note.rowid && found[0].color == 3, "as any entity");
}

void care(const mica::Connection& connection) {
    connection.execute(mica::check_index<PostSearch>());  // OperationalError where it differs from its content
    connection.execute(mica::rebuild<PostSearch>());
    connection.execute(mica::optimize<PostSearch>());
}

}  // namespace

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Post, PostSearch, Note>();
    follows(engine);
    shows(engine.connect());
    own_rows(engine.connect());
    care(engine.connect());

    check(mica::match_phrase("hunt at night") == R"("hunt" + "at" + "night")", "one behind the other");
    check(mica::match_any("owl fox") == R"("owl" OR "fox")", "at least one");
    check(mica::match_prefixes("ow hu") == R"("ow"* "hu"*)", "while somebody types");

    engine.drop_all<Post, PostSearch, Note>();
}
