// SPDX-License-Identifier: BSL-1.0
// do_connect and do_begin: pysqlite is kept from its own BEGIN there, so that an event can emit it. Here a transaction
// begins by BEGIN IMMEDIATE anyway, and the events are for what a program adds.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct Entry {
    std::int64_t id = 0;
    std::string text;
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

int main() {
    const mica::Engine engine{"sqlite:///journal.db"};
    engine.create_all<Entry>();
    std::vector<std::string> told;
    const auto on_statement = engine.on_statement([&](const mica::StatementEvent& event) {
        if (event.sql.starts_with("BEGIN") || event.sql == "COMMIT" || event.sql == "ROLLBACK")
            told.emplace_back(event.sql);
    });
    const auto on_begin = engine.on_begin([](mica::Connection& connection) {  // inside of the transaction
        connection.insert(Entry{.text = "begun"});
    });
    const auto on_commit = engine.on_commit([](mica::Connection& connection) {  // commits along
        connection.insert(Entry{.text = "committed"});
    });

    const auto connection = engine.connect();
    {
        auto transaction = connection.begin();
        connection.insert(Entry{.text = "work"});
        transaction.commit();
    }
    {
        const auto undone = connection.begin();
        connection.insert(Entry{.text = "never seen"});
    }
    {
        auto reading = connection.begin(mica::exclusive);
        reading.rollback();
    }
    check(told == std::vector<std::string>{"BEGIN IMMEDIATE", "COMMIT", "BEGIN IMMEDIATE", "ROLLBACK",
                                           "BEGIN EXCLUSIVE", "ROLLBACK"},
          "nothing else begins or ends a transaction");
    check(connection.execute<std::string>("SELECT group_concat(text) FROM Entry").one() == "begun,work,committed",
          "and what was rolled back is gone");
}
