// SPDX-License-Identifier: BSL-1.0
// @event.listens_for(engine, "connect"): PRAGMAs, functions, aggregates and collations for each connection.
#include <mica/mica.hpp>

#include <cctype>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

using mica::col;

struct User {
    std::int64_t id = 0;
    std::string name;
};

/// In C++ it has a type: typed statements check what it is given.
inline constexpr auto initial = mica::declare_function<"initial", std::string(std::string_view)>;

struct Longest {
    std::int64_t length = 0;
    void step(std::string_view text) {
        if (static_cast<std::int64_t>(text.size()) > length) length = static_cast<std::int64_t>(text.size());
    }
    std::int64_t finish() const { return length; }
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

int main() {
    const mica::Engine engine{"sqlite:///users.db"};
    int connected = 0;
    const auto on_connect = engine.on_connect([&](mica::Connection& connection) {  // as long as the token lives
        connection.execute("PRAGMA cache_size = -20000");
        ++connected;
    });
    // What a connect event is mostly for in SQLAlchemy is a member of the engine: known to each of its connections.
    engine.create_function(
        initial, [](std::string_view name) -> std::string { return std::string{name.substr(0, 1)}; },
        mica::deterministic);
    engine.create_aggregate<Longest>("longest");
    engine.create_collation("backwards",
                            [](std::string_view left, std::string_view right) -> int { return right.compare(left); });

    engine.create_all<User>();
    const auto first = engine.connect();
    const auto second = engine.connect();
    check(connected == 2, "once for each connection that is opened");
    check(second.execute<int>("PRAGMA cache_size").one() == -20000, "and what it sets stays set");
    check(second.execute<int>("PRAGMA foreign_keys").one() == 1, "which nobody has to ask for");

    first.insert({User{.name = "ed"}, User{.name = "wendy"}});
    check(second.one(mica::select<User>().where(initial(col<&User::name>) == "w")).id == 2, "in a typed statement");
    check(second.execute<int>("SELECT longest(name) FROM User").one() == 5, "in a text");
    check(second.first(mica::select(col<&User::name>).order_by(col<&User::name>.collate<"backwards">())) == "wendy",
          "and in ORDER BY");
}
