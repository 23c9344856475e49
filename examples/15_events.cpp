// SPDX-License-Identifier: BSL-1.0
// What an engine tells of: connections, transactions, statements, errors, rows that change, queries whose value does.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using mica::col;

struct Car {
    std::int64_t id = 0;
    std::string make;
    int power = 0;
};
struct Entry {
    std::int64_t id = 0;
    std::string text;
};

void check(bool condition, const char* text) {
    if (condition) return;
    std::fprintf(stderr, "not so: %s\n", text);
    std::exit(1);
}

void connections(const mica::Engine& engine) {
    auto on_connect = engine.on_connect([](mica::Connection& opened) {
        opened.execute("PRAGMA cache_size = -20000");  // stays set, whatever a holder of the connection sets later
    });
    auto on_close = engine.on_close([](mica::Connection& closing) { closing.execute("PRAGMA optimize"); });
    check(engine.connect().execute<int>("PRAGMA cache_size").scalar() == -20000, "each connection is set up");
}

void transactions(const mica::Engine& engine) {
    int transactions = 0;
    auto on_begin = engine.on_begin([&] { ++transactions; });
    auto on_commit = engine.on_commit([](mica::Connection& connection) {
        connection.insert(Entry{.text = "committed"});  // along with everything else
    });
    auto on_rollback = engine.on_rollback([] { std::puts("rolled back"); });

    engine.write([](mica::Session& session) { session.add(Car{.make = "Lotus", .power = 405}); });
    check(transactions == 1, "a session's transaction");
    check(engine.connect().all(mica::select<Entry>()).size() == 1, "the listener's row is there too");
}

// SQLAlchemy's do_begin: the listener says how its transactions begin.
void begin_by_text(const mica::Engine& engine) {
    auto do_begin = engine.on_begin([](mica::Connection& connection) { connection.execute("BEGIN EXCLUSIVE"); });
    engine.write([](mica::Session& session) { session.add(Entry{.text = "alone"}); });
}

void refusing(const mica::Engine& engine) {
    auto on_commit = engine.on_commit([](mica::Connection& connection) {
        const auto strongest = connection.scalar(mica::select(mica::max(col<&Car::power>)));
        if (strongest > 1000) throw std::runtime_error("too strong for the road");
    });
    const auto connection = engine.connect();
    auto transaction = connection.begin();
    connection.insert(Car{.make = "Lotus", .power = 2000});
    try {
        transaction.commit();
    } catch (const std::runtime_error&) {
        check(transaction.is_active(), "nothing has been committed");
        transaction.rollback();
    }
}

void savepoints(const mica::Engine& engine) {
    std::string story;
    auto on_savepoint = engine.on_savepoint([&] { story += "savepoint "; });
    auto on_release = engine.on_release([&] { story += "release "; });
    auto on_rollback_to = engine.on_rollback_to([&] { story += "rollback_to "; });
    const auto connection = engine.connect();
    auto transaction = connection.begin();
    connection.begin_nested().commit();
    connection.begin_nested().rollback();
    check(story == "savepoint release savepoint rollback_to ", "in their order");
}

void statements(const mica::Engine& engine) {
    auto on_statement = engine.on_statement([](const mica::StatementEvent& event) {
        if (event.elapsed > std::chrono::milliseconds{100}) {
            std::printf("slow: %.*s\n", static_cast<int>(event.sql.size()), event.sql.data());
        }
    });
    std::string shown;
    auto with_values = engine.on_statement([&](const mica::StatementEvent& event) { shown = event.sql_with_values; },
                                           mica::with_values);
    engine.connect().all(mica::select<Car>().where(col<&Car::make> == "Lotus"));
    check(shown.ends_with("WHERE \"Car\".\"make\" = 'Lotus'"), shown.c_str());
}

void errors(const mica::Engine& engine) {
    int failures = 0;
    auto on_error = engine.on_error([&](const mica::DatabaseError& error) {
        ++failures;
        std::printf("%s\n", error.what());
    });
    try {
        engine.connect().execute("SELECT * FROM garage");
    } catch (const mica::SchemaMismatch&) {  // as without a listener
    }
    check(failures == 1, "told before it is thrown");
}

void changes(const mica::Engine& engine) {
    std::vector<std::int64_t> changed;
    auto on_change = engine.on_change([&](const mica::RowChange& change) {
        if (change.table == "Car" && change.kind == mica::RowChangeKind::update) changed.push_back(change.key);
    });
    engine.write([&](mica::Session& session) {
        for (auto& car : session.query<Car>()) car->power += 10;
        session.flush();
        check(changed.empty(), "nothing is told before the commit");
    });
    check(changed.size() == 1, "and each row then");
}

void observing(const mica::Engine& engine) {
    std::size_t strong = 0;
    auto observer = engine.observe(mica::select<Car>().where(col<&Car::power> > 400),
                                   [&](const std::vector<Car>& cars) { strong = cars.size(); });
    engine.connect().insert(std::vector<Car>{{.make = "Alpine", .power = 300}, {.make = "Ferrari", .power = 710}});
    check(strong == 2, "the query's value after the commit");
}

void print(std::string_view line) { std::printf("%.*s\n", static_cast<int>(line.size()), line.data()); }

void showing() {
    mica::Engine engine{"sqlite://", {.echo = mica::Echo::sql, .echo_sink = &print}};
    engine.create_all<Car>();
    engine.connect().insert(Car{.make = "Lotus", .power = 405});
}

int main() {
    const mica::Engine engine{"sqlite:///events.db"};
    engine.create_all<Car, Entry>();
    connections(engine);
    transactions(engine);
    begin_by_text(engine);
    refusing(engine);
    savepoints(engine);
    statements(engine);
    errors(engine);
    changes(engine);
    observing(engine);
    showing();
}
