// SPDX-License-Identifier: BSL-1.0
// The program of docs/getting_started.md.
#include <mica/mica.hpp>

#include <cstdio>

using mica::col;

struct Book {
    std::int64_t id = 0;  // the primary key; 0 lets the database choose
    std::string title;    // TEXT NOT NULL
    std::string author;
    int year = 0;                 // INTEGER NOT NULL
    std::optional<int> rating{};  // may be NULL
};

int main() {
    mica::Engine engine{"sqlite:///books.db"};
    engine.create_all<Book>();  // where the table is not there yet

    mica::Session session{engine};
    mica::Ref<Book> dune = session.add(Book{.title = "Dune", .author = "Frank Herbert", .year = 1965});
    session.add(Book{.title = "Neuromancer", .author = "William Gibson", .year = 1984});
    session.add(Book{.title = "Solaris", .author = "Stanislaw Lem", .year = 1961, .rating = 5});
    session.commit();

    dune->rating = 4;  // a plain write to a plain field: the commit finds it, and writes this column
    session.commit();

    for (auto& book : session.query<Book>().where(col<&Book::year> < 1980).order_by(col<&Book::year>)) {
        std::printf("%d  %s, %s\n", book->year, book->title.c_str(), book->author.c_str());
    }
}
