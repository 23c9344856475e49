// SPDX-License-Identifier: BSL-1.0
// The engine: URLs, options, who holds what, tables that are there already. docs/engine.md explains it.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using mica::col;

struct Driver {
    std::int64_t id = 0;
    std::string name;
};

struct Car {
    std::int64_t id = 0;
    std::string model;
    std::int64_t driver_id = 0;
    static constexpr auto mapping() { return mica::table("car", mica::foreign_key<&Car::driver_id, &Driver::id>); }
};

using Garage = mica::Schema<Car, Driver>;

/// The table of Driver as the next version of the program sees it.
struct DriverWithTeam {
    std::int64_t id = 0;
    std::string name;
    std::string team;
    static constexpr auto mapping() { return mica::table("Driver"); }
};

/// Drivers of the file that is attached as "old".
struct OldDriver {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return mica::table("Driver").schema("old"); }
};

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

void options() {
    mica::Engine engine{"sqlite:///garage.db",
                        {.pool_size = 8,
                         .busy_timeout = 2s,
                         .checkout_timeout = 10s,
                         .echo = mica::Echo::off,
                         .untrusted_file = false}};
    check(!std::filesystem::exists("garage.db"), "nothing is opened before it is needed");
    engine.create_all<Garage>();
    check(std::filesystem::exists("garage.db"), "now it is");

    const auto connection = engine.connect();
    check(connection.execute<std::string>("PRAGMA journal_mode").one() == "wal", "WAL");
    check(connection.execute<int>("PRAGMA busy_timeout").one() == 2000, "as the options say");
}

void urls() {
    check(mica::Engine{"sqlite:///garage.db?busy_timeout=250"}.url() == "sqlite:///garage.db?busy_timeout=250",
          "for people");
    try {
        mica::Engine unknown{"sqlite:///garage.db?timeout=5"};
    } catch (const mica::ProgrammingError& error) {
        std::printf("%s\n", error.what());  // unknown query key 'timeout'; known keys are …
    }
}

void read_only() {
    mica::Engine archive{"sqlite:///garage.db?mode=ro"};
    check(archive.connect().all(mica::select<Car>()).empty(), "reading is as ever");
    try {
        archive.connect().insert(Driver{.name = "Lauda"});
    } catch (const mica::OperationalError& error) {
        check(error.is_read_only(), "attempt to write a readonly database");
    }
    try {
        mica::Engine missing{"sqlite:///no_such_file.db?mode=ro"};
        check(missing.connect().all(mica::select<Car>()).empty(), "never said");
    } catch (const mica::OperationalError& error) {
        check(error.is_cannot_open(), "only mode=rwc, which nobody needs to write, makes a file");
    }
}

void who_holds_what() {
    mica::Engine engine{"sqlite://", {.checkout_timeout = 50ms}};
    const auto connection = engine.connect();  // idle: it blocks nobody
    engine.create_all<Garage>();
    engine.write([](mica::Session& session) { session.add(Driver{.name = "Hunt"}); });
    check(connection.scalar(mica::select(mica::count()).from<Driver>()) == 1, "all see the same");

    const auto transaction = connection.begin();
    try {
        engine.create_all<Garage>();
    } catch (const mica::OperationalError& error) {
        std::printf("%s\n", error.what());  // this thread would wait for itself: a Connection of its own has …
    }
    std::thread{[&] {
        try {
            engine.connect().execute("SELECT 1");
        } catch (const mica::OperationalError& error) {
            check(error.is_timeout(), "another thread waits, here for 50 ms");
        }
    }}.join();
}

void writers() {
    mica::Engine engine{"sqlite:///garage.db", {.checkout_timeout = 50ms}};
    const auto writer = engine.connect();
    const auto transaction = writer.begin();  // BEGIN IMMEDIATE
    writer.insert(Driver{.name = "Hunt"});
    check(engine.connect().all(mica::select<Driver>()).empty(), "a reader waits for nobody and sees what is committed");
    std::thread{[&] {
        try {
            engine.connect().insert(Driver{.name = "Lauda"});
        } catch (const mica::OperationalError& error) {
            check(error.is_timeout(), "one writer at a time; the others stand in line");
        }
    }}.join();
    check(engine.stats().write_timeouts == 1 && engine.stats().open == 2, "and it is told");
}

void maintenance() {
    mica::Engine engine{"sqlite:///garage.db"};
    int copied = 0;
    engine.backup_to("backup.db", {.pages_per_step = 256, .progress = [&copied](int done, int) { copied = done; }});
    check(copied > 0, "while others read and write");
    check(engine.integrity_check().empty(), "nothing is wrong with it");
    engine.vacuum();    // gives free pages back
    engine.optimize();  // looks anew at its statistics, where that is worth it
    check(engine.checkpoint(mica::CheckpointMode::truncate).is_complete(), "the log is empty now");
}

void transactions(const mica::Connection& connection) {
    connection.insert(Driver{.name = "Fangio"});  // outside of begin() each statement commits by itself
    auto transaction = connection.begin();
    connection.insert(Driver{.name = "Ascari"});
    {
        auto savepoint = connection.begin_nested();
        connection.execute(mica::delete_from<Driver>().all_rows());
    }  // not committed: rolled back
    transaction.commit();
    check(connection.all(mica::select<Driver>()).size() == 2, "only the savepoint is undone");
    connection.execute(mica::delete_from<Driver>().all_rows());
}

void tables(mica::Engine& engine) {
    engine.create_all<Car, Driver>();  // Driver first: Car refers to it
    engine.create_all<Garage>();       // they are there: nothing happens
    engine.create_all<DriverWithTeam>();
    try {
        engine.connect().all(mica::select<DriverWithTeam>());
    } catch (const mica::SchemaMismatch& error) {
        std::printf("%s\n", error.what());  // no such column: Driver.team
    }
    engine.connect().execute("ALTER TABLE Driver ADD COLUMN team TEXT NOT NULL DEFAULT ''");
    check(engine.connect().all(mica::select<DriverWithTeam>()).empty(), "now they agree");

    auto connection = engine.connect();
    auto transaction = connection.begin();
    connection.execute("DROP TABLE car");
    connection.create_all<Car>();
    transaction.rollback();  // tables come and go with their transaction
}

void dropping(mica::Engine& engine) {
    engine.write([](mica::Session& session) {
        const auto driver = session.add(Driver{.name = "Lauda"});
        session.flush();
        session.add(Car{.model = "312 T", .driver_id = driver->id});
    });
    try {
        engine.drop_all<Driver>();  // a car refers to a driver: nothing is dropped
    } catch (const mica::IntegrityError& error) {
        check(error.kind() == mica::IntegrityError::foreign_key, error.what());
    }
    engine.drop_all<Garage>();  // children first
    engine.drop_all<Garage>();  // what is not there need not go
}

void copies(mica::Engine& engine) {
    const auto connection = engine.connect();
    connection.execute("PRAGMA cache_size = -20000");  // for this lease
    connection.execute("VACUUM INTO ?", "copy.db");    // a copy in one piece, while others read and write
    connection.execute("ATTACH ? AS old", "copy.db");
    check(connection.all(mica::select<OldDriver>()).empty(), "their table is in it");
    connection.execute("DETACH old");
}

int main() {
    options();
    urls();
    read_only();
    who_holds_what();
    writers();
    maintenance();

    mica::Engine engine{"sqlite://"};
    tables(engine);
    transactions(engine.connect());
    dropping(engine);
    engine.create_all<Garage>();
    copies(engine);

    mica::Engine echoing{"sqlite://", {.echo = mica::Echo::sql}};
    echoing.create_all<Driver>();
}
