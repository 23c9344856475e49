// SPDX-License-Identifier: BSL-1.0
// The session in full: docs/session.md explains these lines.
#include <mica/mica.hpp>

#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <string>

using mica::col;

struct Driver {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return mica::table("driver", mica::unique<&Driver::name>); }
};

struct Car {
    std::int64_t id = 0;
    std::string model;
    int year = 0;
    std::int64_t driver = 0;
    std::int64_t revision = 0;
    std::int64_t changed_at = 0;
    static constexpr auto mapping() {
        return mica::table("car", mica::foreign_key<&Car::driver, &Driver::id>, mica::version<&Car::revision>);
    }
};

void before_insert(Car& car) { car.changed_at = std::time(nullptr); }
void before_update(Car& car) { car.changed_at = std::time(nullptr); }

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

void objects(mica::Engine& engine) {
    mica::Session session{engine};
    mica::Ref<Driver> driver = session.add(Driver{.name = "Lauda"});
    session.flush();  // INSERT; driver->id is set
    mica::Ref<Car> car = session.add(Car{.model = "312 T", .year = 1975, .driver = driver->id});
    session.commit();

    car->year = 1976;  // a plain write
    session.commit();  // UPDATE "car" SET "year" = ?, … WHERE "id" = ? AND "revision" = ?

    mica::Ref<Car> same = session.get<Car>(car->id);
    check(same == car, "one object for each key");

    session.remove(car);
    session.rollback();
    check(session.query<Car>().count() == 1, "a rollback brings it back");
}

void looking_ahead(mica::Session& session, const mica::Ref<Car>& car) {
    car->model = "312 T2";
    for (const mica::ColumnChange& change : session.changes(car)) {
        std::printf("%s: %s -> %s\n", std::string{change.column}.c_str(), change.before.value_or("NULL").c_str(),
                    change.after.value_or("NULL").c_str());
    }
    for (const mica::PlannedChange& change : session.plan()) {
        std::printf("row %s of %s, %zu columns\n", change.key.c_str(), std::string{change.table}.c_str(),
                    change.columns.size());
    }
    session.commit();
}

void queries(mica::Session& session) {
    auto old = session.query<Car>().where(col<&Car::year> < 1980).order_by(col<&Car::year>).all();
    auto laudas = session.query<Car>().join<Driver>().where(col<&Driver::name> == "Lauda").all();
    check(old == laudas, "the same objects, whatever found them");

    std::int64_t changed = session.query<Car>().where(col<&Car::year> < 1980).update(col<&Car::year> = 1980);
    check(changed == 1 && old.front()->year == 1976, "objects keep their values");
    session.query<Car>().all();
    check(old.front()->year == 1980, "until a query meets their rows");
    session.rollback();
}

void parts(mica::Session& session, const mica::Ref<Car>& car) {
    session.nested([&] { car->year = 1977; });
    try {
        session.nested([&] {
            car->year = 1978;
            session.add(Driver{.name = "Lauda"});  // there is one
        });
    } catch (const mica::IntegrityError& error) {
        std::printf("%s\n", error.what());
    }
    check(car->year == 1977, "only the inner part is undone");

    auto savepoint = session.begin_nested();
    car->year = 1979;
    savepoint.rollback();
    check(car->year == 1977, "the same by hand");
    session.commit();
}

void failures(mica::Session& session) {
    auto twin = session.add(Driver{.name = "Lauda"});
    auto other = session.add(Driver{.name = "Hunt"});
    try {
        session.commit();
    } catch (const mica::IntegrityError& error) {
        std::printf("%s\n", error.what());
    }
    check(twin->id == 0 && other->id == 0, "nothing of the flush was written");
    twin->name = "Regazzoni";
    session.commit();
}

void others(mica::Engine& engine, mica::Session& session, const mica::Ref<Car>& car) {
    engine.connect().execute("UPDATE car SET year = 1984, revision = revision + 1");
    check(session.is_stale(car) && car->year == 1977, "it asks the database, and only then");

    car->model = "312 T3";
    try {
        session.commit();
    } catch (const mica::StaleDataError& error) {
        std::printf("read %d, found %d\n", static_cast<int>(error.expected_version().value()),
                    static_cast<int>(error.actual_version().value()));
        session.refresh(car, mica::discard);
    }
    car->model = "312 T3";
    session.commit();
    check(car->year == 1984, "and both changes are there");
}

void leaving(mica::Session& session, const mica::Ref<Car>& car) {
    Car value = session.detach(car);
    value.year = 1985;
    mica::Ref<Car> again = session.merge(value);
    check(again != car && again->year == 1985, "a new object of the same row");
    session.commit();
}

void listening(mica::Session& session) {
    auto token = session.on_before_flush([](mica::Session& flushing) {
        for (const mica::PlannedChange& change : flushing.plan()) std::printf("will write %s\n", change.key.c_str());
    });
    auto quiet = session.no_autoflush();
    session.add(Driver{.name = "Stewart"});
    check(session.query<Driver>().where(col<&Driver::name> == "Stewart").count() == 0, "not written yet");
    session.commit();
}

void functions(mica::Engine& engine) {
    auto names = engine.read([](mica::Reader& reader) { return reader.all(mica::select(col<&Driver::name>)); });
    engine.write([&](mica::Session& session) { session.add(Driver{.name = names.front() + " junior"}); });

    mica::Session snapshot{engine, mica::read_only};
    check(snapshot.query<Driver>().count() == static_cast<std::int64_t>(names.size()) + 1, "a snapshot");
}

void testing(mica::Engine& engine) {
    const auto scope = mica::test_scope(engine);
    mica::Session session{engine};
    session.query<Car>().remove();
    session.commit();
}

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Driver, Car>();
    objects(engine);
    {
        mica::Session session{engine};
        auto car = session.query<Car>().one();
        looking_ahead(session, car);
        queries(session);
        parts(session, car);
        failures(session);
        others(engine, session, car);
        leaving(session, car);
        listening(session);
    }
    functions(engine);
    testing(engine);
    check(engine.connect().scalar(mica::select(mica::count()).from<Car>()) == 1, "nothing of the test remains");
    std::printf("all as docs/session.md says\n");
}
