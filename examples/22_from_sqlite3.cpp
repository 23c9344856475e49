// SPDX-License-Identifier: BSL-1.0
// The same work twice: by the functions of sqlite3, and by mica. docs/coming_from_sqlite3.md shows both side by side.
#include <mica/mica.hpp>

#include <sqlite3.h>

#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using mica::col;

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<double> price{};
};

using Cars = std::vector<Car>;

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

namespace by_hand {

void must(int code, sqlite3* database) {
    if (code != SQLITE_OK && code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database));
}

sqlite3* open(const char* path) {
    sqlite3* database = nullptr;
    must(sqlite3_open(path, &database), database);
    must(sqlite3_exec(database, "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr), database);
    must(sqlite3_exec(database, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr), database);
    sqlite3_busy_timeout(database, 5000);
    return database;
}

void create(sqlite3* database) {
    must(sqlite3_exec(database,
                      "CREATE TABLE IF NOT EXISTS Car (id INTEGER PRIMARY KEY, make TEXT NOT NULL,"
                      " year INTEGER NOT NULL, price REAL) STRICT",
                      nullptr, nullptr, nullptr),
         database);
}

void insert(sqlite3* database, const Cars& cars) {
    must(sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), database);
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v2(database, "INSERT INTO Car (make, year, price) VALUES (?, ?, ?)", -1, &statement, nullptr),
         database);
    for (const Car& car : cars) {
        sqlite3_bind_text(statement, 1, car.make.data(), static_cast<int>(car.make.size()), SQLITE_STATIC);
        sqlite3_bind_int(statement, 2, car.year);
        if (car.price) {
            sqlite3_bind_double(statement, 3, *car.price);
        } else {
            sqlite3_bind_null(statement, 3);
        }
        must(sqlite3_step(statement), database);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    must(sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr), database);
}

Cars newer_than(sqlite3* database, int year) {
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v2(database, "SELECT id, make, year, price FROM Car WHERE year > ? ORDER BY make", -1,
                            &statement, nullptr),
         database);
    sqlite3_bind_int(statement, 1, year);
    Cars cars;
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        Car& car = cars.emplace_back();
        car.id = sqlite3_column_int64(statement, 0);
        const auto* make = reinterpret_cast<const char*>(sqlite3_column_text(statement, 1));
        car.make.assign(make, static_cast<std::size_t>(sqlite3_column_bytes(statement, 1)));
        car.year = sqlite3_column_int(statement, 2);
        if (sqlite3_column_type(statement, 3) != SQLITE_NULL) car.price = sqlite3_column_double(statement, 3);
    }
    must(code, database);
    sqlite3_finalize(statement);
    return cars;
}

}  // namespace by_hand

namespace with_mica {

mica::Engine open() {
    return mica::Engine{"sqlite:///cars.db"};  // foreign keys, WAL and a busy timeout are on
}

void create(const mica::Engine& engine) { engine.create_all<Car>(); }

void insert(const mica::Connection& connection, Cars& cars) {
    connection.insert(cars);  // in one transaction; the keys that the database chose are in the objects
}

Cars newer_than(const mica::Connection& connection, int year) {
    return connection.all(mica::select<Car>().where(col<&Car::year> > year).order_by(col<&Car::make>));
}

int count_makes(const mica::Connection& connection) {
    int makes = 0;
    for (const auto& [make, count] : connection.execute<std::tuple<std::string, int>>(
             "SELECT make, count(*) FROM Car WHERE year > ? GROUP BY make", 1900)) {
        std::printf("%s: %d\n", make.c_str(), count);
        ++makes;
    }
    return makes;
}

void sell_all(const mica::Connection& connection) {
    auto transaction = connection.begin();
    connection.execute(mica::update<Car>().set(col<&Car::price> = col<&Car::price> * 0.9).all_rows());
    transaction.commit();  // without it, and when something is thrown, the destructor rolls back
}

bool is_refused(const mica::Connection& connection) {
    try {
        connection.execute("INSERT INTO Car (id, make, year) VALUES (1, 'Lotus', 2022)");
        return false;
    } catch (const mica::IntegrityError& error) {
        std::printf("%s\n", error.what());  // error.sql() is the statement, without values
        return error.kind() == mica::ConstraintKind::primary_key;
    }
}

}  // namespace with_mica

int main() {
    Cars cars{{.make = "Lotus", .year = 1976}, {.make = "Alpine", .year = 2017, .price = 60000.0}};

    sqlite3* database = by_hand::open("by_hand.db");
    by_hand::create(database);
    by_hand::insert(database, cars);
    const Cars expected = by_hand::newer_than(database, 2000);
    sqlite3_close(database);

    const mica::Engine engine = with_mica::open();
    with_mica::create(engine);
    const auto connection = engine.connect();
    with_mica::insert(connection, cars);
    const Cars found = with_mica::newer_than(connection, 2000);
    check(found.size() == 1 && expected.size() == 1 && found[0].make == expected[0].make, "both find the same");
    check(found[0].price == 60000.0 && cars[1].id == found[0].id, "a key that was chosen is in the object");

    check(with_mica::count_makes(connection) == 2, "one car of each make");
    with_mica::sell_all(connection);
    check(with_mica::newer_than(connection, 2000)[0].price == 54000.0, "a tenth off");
    check(with_mica::is_refused(connection), "the key is taken");
}
