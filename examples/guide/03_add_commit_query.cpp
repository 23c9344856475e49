// SPDX-License-Identifier: BSL-1.0
// session.add, add_all, commit, and the queries that find what was written.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

using mica::col;

struct User {
    std::int64_t id = 0;
    std::string name;
    std::string fullname;
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

void write(const mica::Engine& engine) {
    mica::Session session{engine};
    const mica::Ref<User> ed = session.add(User{.name = "ed", .fullname = "Ed Jones"});
    session.add_all(std::vector<User>{{.name = "wendy", .fullname = "Wendy Williams"},
                                      {.name = "mary", .fullname = "Mary Contrary"},
                                      {.name = "fred", .fullname = "Fred Flintstone"}});
    check(ed->id == 0, "no INSERT before it is needed");
    check(session.query<User>().where(col<&User::name> == "ed").one() == ed,
          "a query flushes, and gives the same object");
    session.commit();
    check(ed->id == 1, "the database has chosen the key");

    ed->fullname = "Edward Jones";  // a plain write; the next flush finds it
    check(session.is_modified(ed), "session.dirty");
    session.commit();
}

void read(const mica::Engine& engine) {
    mica::Session session{engine};
    for (const auto& user : session.query<User>().order_by(col<&User::id>)) std::printf("%s\n", user->fullname.c_str());
    const auto found =
        session.query<User>().where(col<&User::name>.in({"ed", "wendy"}) && !col<&User::fullname>.like("W%"));
    check(found.one()->fullname == "Edward Jones", "filter, in_, like");
    check(!session.query<User>().where(col<&User::name> == "jack").one_or_none(), "one_or_none");
    check(session.query<User>().count() == 4, "count");
    check(session.get<User>(2)->name == "wendy", "session.get(User, 2)");
    session.remove(session.get<User>(2));
    session.rollback();
    check(session.get<User>(2)->name == "wendy", "nothing was committed");
}

void read_rows(const mica::Engine& engine) {
    // Rows without a session: values that nobody tracks.
    const auto connection = engine.connect();
    const auto names = connection.all(mica::select(col<&User::name>).order_by(col<&User::name>.desc()).limit(2));
    check(names == std::vector<std::string>{"wendy", "mary"}, "a column is a vector of its type");
    for (const auto& [name, length] :
         connection.all(mica::select(col<&User::name>, mica::length(col<&User::fullname>)))) {
        std::printf("%s %lld\n", name.c_str(), static_cast<long long>(length));
    }
}

int main() {
    const mica::Engine engine{"sqlite:///users.db"};
    engine.create_all<User>();
    write(engine);
    read(engine);
    read_rows(engine);
}
