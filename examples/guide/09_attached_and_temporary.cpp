// SPDX-License-Identifier: BSL-1.0
// Attached databases as schemas, temporary tables, and text as the escape from all of it.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>

using mica::col;

struct User {
    std::int64_t id = 0;
    std::string name;
};

/// Table("User", schema="archive")
struct ArchivedUser {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return mica::table("User").schema("archive"); }
};

/// Table("seen", prefixes=["TEMPORARY"])
struct Seen {
    std::int64_t id = 0;
    static constexpr auto mapping() { return mica::table("seen").schema("temp"); }
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

int main() {
    const mica::Engine engine{"sqlite:///users.db"};
    const mica::Engine archive{"sqlite:///archive.db"};
    engine.create_all<User>();
    archive.create_all<User>();
    archive.connect().insert(User{.name = "spongebob"});

    const auto connection = engine.connect();
    connection.attach("archive.db", "archive");
    connection.insert(User{.name = "sandy"});
    connection.execute("INSERT INTO main.User (name) SELECT name FROM archive.User");
    check(connection.all(mica::select<ArchivedUser>()).at(0).name == "spongebob",
          "a struct for the table of another file");
    check(connection.all(mica::select<User>()).size() == 2, "copied");

    connection.create_all<Seen>();
    connection.insert(Seen{.id = 1});
    const auto unseen = connection.all(mica::select<User>().where(col<&User::id>.not_in(mica::select(col<&Seen::id>))));
    check(unseen.size() == 1 && unseen[0].name == "spongebob", "joined with a table that only this connection has");
    connection.detach("archive");

    // text("…").bindparams(name="sandy"), with typed rows
    struct NameAndLength {
        std::string name;
        int length;
    };
    const auto row =
        connection.execute<NameAndLength>("SELECT name, length(name) FROM User WHERE name = ?", "sandy").one();
    check(row.length == 5, "values are always bound");
}
