// SPDX-License-Identifier: BSL-1.0
// Transactions: how they begin and end, what ends them, how long they may take. docs/transactions.md explains it.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using mica::col;

struct Account {
    std::int64_t id = 0;
    std::string owner;
    std::int64_t cents = 0;
    static constexpr auto mapping() {
        return mica::table("account", mica::unique<&Account::owner>, mica::check(mica::col<&Account::cents> >= 0));
    }
};

struct Note {
    std::int64_t id = 0;
    std::string text;
};

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

void modes(const mica::Connection& connection) {
    connection.insert(Account{.owner = "Ada", .cents = 500});  // outside of a transaction: commits by itself
    {
        auto transaction = connection.begin();  // BEGIN IMMEDIATE: nothing fails for want of the write lock later
        connection.insert(Account{.owner = "Bob", .cents = 100});
        transaction.commit();
    }
    {
        auto reading = connection.begin(mica::deferred);  // reads from one state, whatever others commit meanwhile
        check(connection.all(mica::select<Account>()).size() == 2, "both");
    }  // not committed: rolled back
    auto alone = connection.begin(mica::exclusive);
    alone.rollback();
}

void savepoints(const mica::Connection& connection) {
    auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    connection.insert(Note{.text = "kept"});
    {
        auto inner = connection.begin_nested();
        connection.insert(Note{.text = "undone"});
    }
    connection.execute("SAVEPOINT by_hand");
    connection.insert(Note{.text = "undone too"});
    connection.execute("ROLLBACK TO by_hand");
    outer.commit();
    transaction.commit();
    check(connection.all(mica::select(col<&Note::text>)) == std::vector<std::string>{"kept"}, "one");
}

void tables(mica::Connection& connection) {
    auto transaction = connection.begin();
    connection.execute("DROP TABLE Note");
    connection.create_all<Note>();
    transaction.rollback();  // tables come and go with their transaction
    check(connection.all(mica::select<Note>()).size() == 1, "the old table with its row");
}

void ended_by_the_database(const mica::Connection& connection) {
    auto transaction = connection.begin();
    connection.insert(Note{.text = "lost"});
    try {
        connection.execute("INSERT OR ROLLBACK INTO account (owner, cents) VALUES ('Ada', 1)");
    } catch (const mica::IntegrityError&) {  // and the whole transaction is rolled back
    }
    check(!transaction.is_active() && !connection.in_transaction(), "mica asks the database");
    try {
        connection.insert(Note{.text = "would commit by itself"});
    } catch (const mica::ProgrammingError& error) {
        std::printf("%s\n", error.what());  // the database has ended this transaction by itself; …
    }
    transaction.rollback();
    connection.insert(Note{.text = "goes on"});
}

void settings(const mica::Connection& connection) {
    auto transaction = connection.begin();
    try {
        connection.execute("PRAGMA foreign_keys = OFF");
    } catch (const mica::ProgrammingError& error) {
        std::printf("%s\n", error.what());  // foreign_keys cannot be set inside of a transaction; …
    }
}

void limits(const mica::Engine& engine, std::stop_token token) {
    try {
        const auto rows = engine.read([](mica::Reader& reader) { return reader.all(mica::select<Account>()); },
                                      {.deadline = 200ms, .stop = token});
        std::printf("%zu accounts\n", rows.size());
    } catch (const mica::InterruptedError&) {
        std::printf("no time left\n");
    }
    const auto connection = engine.connect();
    {
        const mica::LimitScope scope{{.deadline = std::chrono::steady_clock::now() + 2s}};
        connection.insert(Note{.text = "in time"});  // as all that this thread runs until the scope ends
    }
}

void transfer(const mica::Engine& engine) {
    const int moved =
        engine.write_retry(5,
                           [](mica::Session& session) {
                               const auto ada = session.query<Account>().where(col<&Account::owner> == "Ada").one();
                               const auto bob = session.query<Account>().where(col<&Account::owner> == "Bob").one();
                               ada->cents -= 50;
                               bob->cents += 50;
                               return 50;
                           },
                           {.deadline = 1s});
    check(moved == 50, "what the function gives");
}

int main() {
    mica::Engine engine{"sqlite:///accounts.db"};
    engine.create_all<Account, Note>();
    {
        auto connection = engine.connect();
        modes(connection);
        savepoints(connection);
        tables(connection);
        ended_by_the_database(connection);
        settings(connection);
    }
    const std::stop_source source;
    limits(engine, source.get_token());
    transfer(engine);
    std::thread{[&] { transfer(engine); }}.join();
    check(engine.connect().get<Account>(1)->cents == 400, "twice");
}
