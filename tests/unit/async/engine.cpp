// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/coroutine.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace unit_async_engine {

using namespace mica;
using namespace mica::test;
using asio::awaitable;

class AsyncEngineTest : public testing::Test {
protected:
    Garage garage{};
    AsyncEngine engine{garage.url(), {.workers = 2}};
};

TEST_F(AsyncEngineTest, reads_on_another_thread_and_resumes_on_the_callers) {
    const auto here = std::this_thread::get_id();
    run([&]() -> awaitable<void> {
        const auto there = co_await engine.read([](Reader&) { return std::this_thread::get_id(); });
        EXPECT_NE(there, here);
        EXPECT_EQ(std::this_thread::get_id(), here);
    });
}

TEST_F(AsyncEngineTest, reads_one_state_of_the_database) {
    const auto cars = run([&] { return engine.read([](Reader& reader) { return reader.all(select<Car>()); }); });
    EXPECT_EQ(cars.size(), 3U);
}

TEST_F(AsyncEngineTest, commits_what_a_function_writes) {
    run([&] { return engine.write([](Session& session) { session.add(Car{.make = "Seat", .driver_id = 1}); }); });
    EXPECT_EQ(garage.count(), 4);
}

TEST_F(AsyncEngineTest, gives_what_a_writing_function_gives) {
    const Ref<Car> car = run([&] {
        return engine.write([](Session& session) { return session.add(Car{.make = "Seat", .driver_id = 1}); });
    });
    EXPECT_EQ(car->id, 4) << "the key that the flush has written back";
}

TEST_F(AsyncEngineTest, rolls_back_where_a_writing_function_throws) {
    const auto write = [&] {
        run([&] {
            return engine.write([](Session& session) {
                session.add(Car{.make = "Seat", .driver_id = 1});
                session.flush();
                throw std::out_of_range("not today");
            });
        });
    };
    EXPECT_EQ(message_of<std::out_of_range>(write), "not today");
    EXPECT_EQ(garage.count(), 3);
}

TEST_F(AsyncEngineTest, hands_over_an_error_as_it_was_thrown) {
    const auto error = caught<IntegrityError>([&] {
        run([&] { return engine.write([](Session& session) { session.add(Car{.make = "Lotus", .driver_id = 1}); }); });
    });
    EXPECT_EQ(error.kind(), IntegrityError::unique);
    EXPECT_EQ(error.table(), "car");
    EXPECT_EQ(garage.count(), 3);
}

TEST_F(AsyncEngineTest, hands_over_a_failing_commit) {
    run([&] { return engine.execute("CREATE TABLE wheel (car REFERENCES car (id) DEFERRABLE INITIALLY DEFERRED)"); });
    const auto error = caught<IntegrityError>([&] {
        run([&] { return engine.write([](Session& session) { session.execute("INSERT INTO wheel VALUES (99)"); }); });
    });
    EXPECT_EQ(error.kind(), IntegrityError::foreign_key);
    EXPECT_EQ(run([&] { return engine.execute<int>("SELECT count(*) FROM wheel"); }).one(), 0);
}

TEST_F(AsyncEngineTest, runs_a_statement_in_every_way_that_a_connection_does) {
    run([&]() -> awaitable<void> {
        const auto by_year = select<Car>().order_by(col<&Car::year>);
        const auto all = co_await engine.all(by_year);
        EXPECT_EQ(all.size(), 3U);
        const std::optional<Car> first = co_await engine.first(by_year);
        EXPECT_EQ(first->make, "Alpine");
        const Car one = co_await engine.one(select<Car>().where(col<&Car::make> == "Lotus"));
        EXPECT_EQ(one.year, 1977);
        const std::optional<Car> none = co_await engine.one_or_none(select<Car>().where(col<&Car::make> == "Trabant"));
        EXPECT_FALSE(none);
        const std::int64_t count = co_await engine.scalar(select(mica::count()).from<Car>());
        EXPECT_EQ(count, 3);
    });
}

TEST_F(AsyncEngineTest, throws_what_one_throws) {
    EXPECT_THROW(run([&] { return engine.one(select<Car>().where(col<&Car::id> == 99)); }), NoResultFound);
    EXPECT_THROW(run([&] { return engine.one(select<Car>()); }), MultipleResultsFound);
}

TEST_F(AsyncEngineTest, executes_a_typed_write) {
    auto changed = run([&] { return engine.execute(update<Car>().set(col<&Car::year> = 2000).all_rows()); });
    EXPECT_EQ(changed.rows_affected(), 3);
    auto inserted = run([&] { return engine.execute(insert_into<Car>().values(Car{.make = "Seat", .driver_id = 1})); });
    EXPECT_EQ(inserted.last_insert_id(), 4);
}

TEST_F(AsyncEngineTest, executes_what_gives_rows) {
    auto gone = run(
        [&] { return engine.execute(delete_from<Car>().where(col<&Car::year> < 1980).returning(col<&Car::make>)); });
    EXPECT_EQ(gone.rows_affected(), 2);
    EXPECT_EQ(gone.all().size(), 2U);
    EXPECT_TRUE(gone.all().empty()) << "they have been taken";
    EXPECT_EQ(garage.count(), 1);
    EXPECT_THROW(gone.one(), NoResultFound);
    EXPECT_THROW(gone.scalar(), NoResultFound);
}

TEST_F(AsyncEngineTest, executes_text_with_copies_of_its_values) {
    auto rows = [&] {
        std::string make = "Lancia";
        auto later = engine.execute<int>("SELECT year FROM car WHERE make = ? AND year > ?", make, 1900);
        make = "gone";
        return run(std::move(later));
    }();
    EXPECT_EQ(rows.one(), 1985);
    EXPECT_EQ(run([&] { return engine.execute("DELETE FROM car WHERE make = ?", "Lotus"); }).rows_affected(), 1);
}

TEST_F(AsyncEngineTest, gets_by_key) {
    const std::optional<Car> car = run([&] { return engine.get<Car>(2); });
    EXPECT_EQ(car->make, "Alpine");
    EXPECT_FALSE(run([&] { return engine.get<Car>(99); }));
    const auto cars = run([&] { return engine.get_many<Car>(std::vector<int>{3, 99, 1}); });
    EXPECT_EQ(cars.at(0)->make, "Lancia");
    EXPECT_FALSE(cars.at(1));
}

TEST_F(AsyncEngineTest, writes_generated_keys_into_the_callers_objects) {
    std::vector<Car> cars;
    cars.push_back(Car{.make = "Seat", .driver_id = 1});
    cars.push_back(Car{.make = "Saab", .driver_id = 1});
    EXPECT_EQ(run([&] { return engine.insert(cars); }), 2);
    EXPECT_EQ(cars.at(1).id, 5);
    cars.at(1).year = 1990;
    EXPECT_EQ(run([&] { return engine.update(cars.at(1)); }), 1);
    EXPECT_EQ(run([&] { return engine.upsert(cars.at(0)); }), 1);
    EXPECT_EQ(run([&] { return engine.remove(cars.at(0)); }), 1);
    EXPECT_EQ(run([&] { return engine.get<Car>(5); })->year, 1990);
}

TEST_F(AsyncEngineTest, takes_objects_over) {
    EXPECT_EQ(run([&] { return engine.insert(Car{.make = "Seat", .driver_id = 1}); }), 1);
    EXPECT_EQ(garage.count(), 4);
}

TEST_F(AsyncEngineTest, takes_functions_that_cannot_be_copied) {
    auto make = std::make_unique<std::string>("Lotus");
    const auto car = run([&] {
        return engine.read([make = std::move(make)](Reader& reader) {
            return reader.one(select<Car>().where(col<&Car::make> == *make));
        });
    });
    EXPECT_EQ(car.year, 1977);
}

TEST_F(AsyncEngineTest, gives_results_that_cannot_be_copied) {
    const auto number = run([&] { return engine.read([](Reader&) { return std::make_unique<int>(7); }); });
    EXPECT_EQ(*number, 7);
}

TEST_F(AsyncEngineTest, creates_and_drops_tables) {
    run([&] { return engine.drop_all<Car, Driver>(); });
    run([&] { return engine.create_all<Driver, Car>(); });
    EXPECT_EQ(garage.count(), 0);
}

TEST_F(AsyncEngineTest, moves) {
    AsyncEngine moved = std::move(engine);
    EXPECT_TRUE(run([&] { return moved.get<Car>(1); }));
    engine = std::move(moved);
    EXPECT_TRUE(run([&] { return engine.get<Car>(1); }));
}

TEST(AsyncEngine, of_a_database_in_memory_has_one_worker_and_one_database) {
    const AsyncEngine engine{"sqlite://", {.workers = 8}};
    run([&]() -> awaitable<void> {
        co_await engine.create_all<Driver>();
        const auto first = co_await engine.read([](Reader&) { return std::this_thread::get_id(); });
        for (int i = 0; i < 20; ++i) {
            Driver driver{};
            driver.name = "Ada";
            co_await engine.insert(std::move(driver));
            const auto again = co_await engine.read([](Reader&) { return std::this_thread::get_id(); });
            EXPECT_EQ(first, again);
        }
        const auto drivers = co_await engine.all(select<Driver>());
        EXPECT_EQ(drivers.size(), 20U);
    });
}

TEST(AsyncEngine, knows_the_scheme_that_says_async) {
    const Garage garage;
    std::string url = garage.url();
    url.insert(url.find(':'), "+async");
    const AsyncEngine engine{url};
    EXPECT_EQ(run([&] { return engine.all(select<Car>()); }).size(), 3U);
    EXPECT_NO_THROW(AsyncEngine{"sqlite+async://"});
    EXPECT_THROW(AsyncEngine{"sqlite+other:///cars.db"}, ProgrammingError);
}

TEST(AsyncEngine, refuses_options_that_make_no_sense) {
    EXPECT_THROW((AsyncEngine{"sqlite://", {.workers = 0}}), ProgrammingError);
    EXPECT_THROW((AsyncEngine{"sqlite://", {.queue = 0}}), ProgrammingError);
}

TEST(AsyncEngine, reports_a_file_that_cannot_be_opened_with_each_operation) {
    const AsyncEngine engine{"sqlite:////no/such/directory/cars.db"};
    for (int i = 0; i < 2; ++i) {
        const auto error = caught<OperationalError>([&] { run([&] { return engine.all(select<Car>()); }); });
        EXPECT_TRUE(error.is_cannot_open());
    }
}

TEST(AsyncEngine, hands_its_options_to_the_engine) {
    const Garage garage;
    const AsyncEngine engine{garage.url(), {.engine = {.busy_timeout = std::chrono::milliseconds{1234}}}};
    EXPECT_EQ(run([&] { return engine.execute<int>("PRAGMA busy_timeout"); }).one(), 1234);
    EXPECT_EQ(engine.engine().connect().execute<int>("PRAGMA busy_timeout").one(), 1234);
}

}  // namespace unit_async_engine
