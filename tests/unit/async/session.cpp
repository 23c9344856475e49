// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/coroutine.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace unit_async_session {

using namespace mica;
using namespace mica::test;
using asio::awaitable;

Car seat() { return Car{.make = "Seat", .year = 1990, .driver_id = 1}; }

class AsyncSessionTest : public testing::Test {
protected:
    Garage garage{};
    AsyncEngine engine{garage.url(), {.workers = 2}};
};

TEST_F(AsyncSessionTest, adds_without_touching_the_database) {
    AsyncSession session{engine};
    const Ref<Car> car = session.add(seat());
    EXPECT_FALSE(session.in_transaction());
    EXPECT_TRUE(session.is_modified(car));
    EXPECT_EQ(session.plan().size(), 1U);
    EXPECT_EQ(garage.count(), 3);
}

TEST_F(AsyncSessionTest, commits_and_writes_keys_back) {
    AsyncSession session{engine};
    const Ref<Car> car = session.add(seat());
    run([&] { return session.commit(); });
    EXPECT_EQ(car->id, 4);
    EXPECT_FALSE(session.in_transaction());
    car->year = 1991;
    run([&] { return session.commit(); });
    EXPECT_EQ(run([&] { return engine.get<Car>(4); })->year, 1991);
}

TEST_F(AsyncSessionTest, gives_the_same_object_for_the_same_key) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const Ref<Car> first = co_await session.get<Car>(2);
        const Ref<Car> again = co_await session.get<Car>(2);
        EXPECT_EQ(first, again);
        EXPECT_TRUE(session.in_transaction());
        EXPECT_FALSE(co_await session.get<Car>(99));
        const std::vector<int> keys{2, 99};
        const auto many = co_await session.get_many<Car>(keys);
        EXPECT_EQ(many.at(0), first);
        EXPECT_FALSE(many.at(1));
    });
}

TEST_F(AsyncSessionTest, queries_with_conditions_order_and_relations) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const auto old = co_await session.query<Car>()
                             .where(col<&Car::year> < 1980)
                             .order_by(col<&Car::year>)
                             .with<&Car::driver>()
                             .all();
        EXPECT_EQ(old.size(), 2U);
        EXPECT_EQ(old.at(0)->make, "Alpine");
        EXPECT_EQ(old.at(0)->driver->name, "Ada");
        const auto limited = co_await session.query<Car>().order_by(col<&Car::id>).limit(1).offset(1).all();
        EXPECT_EQ(limited.at(0)->id, 2);
    });
}

TEST_F(AsyncSessionTest, asks_a_query_in_every_way_that_a_session_does) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const auto lotus = session.query<Car>().where(col<&Car::make> == "Lotus");
        EXPECT_EQ((co_await lotus.first())->year, 1977);
        EXPECT_EQ((co_await lotus.one())->year, 1977);
        EXPECT_EQ((co_await lotus.one_or_none())->year, 1977);
        EXPECT_EQ(co_await lotus.count(), 1);
        EXPECT_TRUE(co_await lotus.exists());
        const Ref<Car> second = co_await session.query<Car>().with<&Car::driver>().get(2);
        EXPECT_EQ(second->driver->name, "Ada");
        EXPECT_EQ(co_await lotus.update(col<&Car::year> = 1978), 1);
        EXPECT_EQ((co_await lotus.one())->year, 1978);
        EXPECT_EQ(co_await lotus.remove(), 1);
        EXPECT_FALSE(co_await lotus.exists());
        co_await session.commit();
    });
    EXPECT_EQ(garage.count(), 2);
}

TEST_F(AsyncSessionTest, loads_relations_of_many_objects) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const auto cars = co_await session.query<Car>().all();
        EXPECT_THROW((void)cars.at(0)->driver->name, NotLoaded);
        co_await session.load<&Car::driver>(cars);
        EXPECT_EQ(cars.at(0)->driver->name, "Ada");
        co_await session.load<&Car::driver>(cars.at(1));
    });
}

TEST_F(AsyncSessionTest, runs_statements_inside_of_its_transaction) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        session.add(seat());
        EXPECT_EQ(co_await session.scalar(select(mica::count()).from<Car>()), 4) << "flushed first";
        EXPECT_EQ((co_await session.all(select<Car>())).size(), 4U);
        EXPECT_TRUE(co_await session.first(select<Car>()));
        EXPECT_TRUE(co_await session.one_or_none(select<Car>().where(col<&Car::id> == 1)));
        EXPECT_EQ((co_await session.one(select<Car>().where(col<&Car::id> == 1))).make, "Lotus");
        EXPECT_EQ((co_await session.execute<int>("SELECT year FROM car WHERE id = ?", 4)).one(), 1990);
        EXPECT_EQ((co_await session.execute(delete_from<Car>().all_rows())).rows_affected(), 4);
        co_await session.rollback();
    });
    EXPECT_EQ(garage.count(), 3);
}

TEST_F(AsyncSessionTest, rolls_objects_back) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const Ref<Car> added = session.add(seat());
        co_await session.flush();
        EXPECT_EQ(added->id, 4);
        const Ref<Car> lotus = co_await session.get<Car>(1);
        lotus->year = 1;
        co_await session.flush();
        co_await session.rollback();
        EXPECT_EQ(added->id, 0);
        EXPECT_EQ(lotus->year, 1977);
        EXPECT_FALSE(session.in_transaction());
    });
}

TEST_F(AsyncSessionTest, undoes_a_nested_part_by_itself) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        session.add(seat());
        bool thrown = false;
        try {
            co_await session.nested([](Session& inner) {
                inner.add(Car{.make = "Saab", .driver_id = 1});
                inner.flush();
                throw std::out_of_range("only this part");
            });
        } catch (const std::out_of_range&) {
            thrown = true;
        }
        EXPECT_TRUE(thrown);
        EXPECT_EQ(
            co_await session.nested([](Session& inner) { return inner.add(Car{.make = "Fiat", .driver_id = 1}); }),
            co_await session.query<Car>().where(col<&Car::make> == "Fiat").one());
        co_await session.commit();
    });
    EXPECT_EQ(garage.count(), 5);
}

TEST_F(AsyncSessionTest, runs_a_function_on_its_worker) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const auto names = co_await session.run([](Session& inner) {
            std::vector<std::string> makes;
            for (const auto& car : inner.query<Car>().order_by(col<&Car::make>)) makes.push_back(car->make);
            return makes;
        });
        EXPECT_EQ(names, (std::vector<std::string>{"Alpine", "Lancia", "Lotus"}));
    });
}

TEST_F(AsyncSessionTest, refreshes_merges_removes_and_detaches) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const Ref<Car> lotus = co_await session.get<Car>(1);
        lotus->year = 1;
        co_await session.refresh(lotus, discard);
        EXPECT_EQ(lotus->year, 1977);
        co_await session.refresh(lotus);
        EXPECT_FALSE(co_await session.is_stale(lotus));
        Car newer{.id = 1, .make = "Lotus", .year = 1980, .driver_id = 1};
        EXPECT_EQ(co_await session.merge(std::move(newer)), lotus);
        EXPECT_EQ(lotus->year, 1980);
        EXPECT_EQ(session.changes(lotus).size(), 1U);
        session.remove(co_await session.get<Car>(2));
        co_await session.commit();
        EXPECT_EQ(session.detach(lotus).year, 1980);
        session.expire_all();
        session.clear();
    });
    EXPECT_EQ(garage.count(), 2);
}

TEST_F(AsyncSessionTest, keeps_its_changes_where_a_flush_fails) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const Ref<Car> twin = session.add(Car{.make = "Lotus", .driver_id = 1});
        std::optional<IntegrityError::Kind> kind;
        try {
            co_await session.commit();
        } catch (const IntegrityError& error) {
            kind = error.kind();
        }
        EXPECT_EQ(kind, IntegrityError::unique);
        twin->make = "Lotus II";
        co_await session.commit();
    });
    EXPECT_EQ(garage.count(), 4);
}

TEST_F(AsyncSessionTest, rolls_back_at_its_end) {
    run([&]() -> awaitable<void> {
        Ref<Car> car;
        {
            AsyncSession session{engine};
            car = session.add(seat());
            co_await session.flush();
        }
        EXPECT_EQ(car->make, "Seat") << "a handle stays readable";
        co_await engine.write([](Session& session) { session.execute("DELETE FROM car WHERE id = 1"); });
    });
    EXPECT_EQ(garage.count(), 2);
}

TEST_F(AsyncSessionTest, refuses_a_second_operation_at_a_time) {
    using namespace asio::experimental::awaitable_operators;
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        EXPECT_TRUE(co_await session.get<Car>(1));
        auto [error, second, other] = co_await (session.get<Car>(2, asio::as_tuple(asio::use_awaitable)) &&
                                                session.get<Car>(3, asio::as_tuple(asio::use_awaitable)));
        EXPECT_FALSE(error);
        EXPECT_EQ(second->make, "Alpine");
        EXPECT_THROW(std::rethrow_exception(std::get<0>(other)), ProgrammingError);
        EXPECT_FALSE(std::get<1>(other));
        EXPECT_TRUE(co_await session.get<Car>(3)) << "usable afterwards";
    });
}

TEST_F(AsyncSessionTest, refuses_other_use_while_an_operation_runs) {
    AsyncSession session{engine};
    auto running = session.get<Car>(1, asio::use_future);
    // It is over only when its result has been handed over; of a future that may be at any time.
    try {
        session.add(seat());
    } catch (const ProgrammingError&) {
    }
    EXPECT_TRUE(running.get());
}

TEST_F(AsyncSessionTest, that_only_reads_cannot_write) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine, read_only};
        EXPECT_EQ(co_await session.query<Car>().count(), 3);
        bool refused = false;
        try {
            co_await session.execute(delete_from<Car>().all_rows());
        } catch (const OperationalError& error) {
            refused = error.is_read_only();
        }
        EXPECT_TRUE(refused);
    });
}

TEST_F(AsyncSessionTest, that_is_deferred_writes_when_it_has_to) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine, deferred};
        EXPECT_EQ(co_await session.query<Car>().count(), 3);
        session.add(seat());
        co_await session.commit();
    });
    EXPECT_EQ(garage.count(), 4);
}

TEST_F(AsyncSessionTest, lets_others_write_once_it_has_committed) {
    run([&]() -> awaitable<void> {
        AsyncSession first{engine};
        AsyncSession second{engine};
        first.add(seat());
        second.add(Car{.make = "Saab", .driver_id = 1});
        co_await first.commit();
        co_await second.commit();
        first.add(Car{.make = "Fiat", .driver_id = 1});
        co_await first.commit();
    });
    EXPECT_EQ(garage.count(), 6);
}

TEST_F(AsyncSessionTest, waits_in_line_behind_another_writer) {
    run([&]() -> awaitable<void> {
        AsyncSession first{engine};
        first.add(seat());
        co_await first.flush();
        AsyncSession second{engine};
        second.add(Car{.make = "Saab", .driver_id = 1});
        auto waiting = second.commit(asio::use_future);
        co_await sleep(std::chrono::milliseconds{20});
        EXPECT_EQ(waiting.wait_for(std::chrono::seconds{0}), std::future_status::timeout);
        co_await first.commit();
        waiting.get();
    });
    EXPECT_EQ(garage.count(), 5);
}

TEST_F(AsyncSessionTest, may_outlive_its_engine) {
    std::optional<AsyncEngine> own{std::in_place, garage.url()};
    AsyncSession session{*own};
    const Ref<Car> car = session.add(seat());
    run([&] { return session.flush(); });
    own.reset();
    EXPECT_EQ(car->make, "Seat");
    EXPECT_THROW(run([&] { return session.commit(); }), boost::system::system_error);
}

TEST_F(AsyncSessionTest, a_query_may_outlive_its_session) {
    auto query = [&] {
        AsyncSession session{engine};
        return session.query<Car>();
    }();
    EXPECT_THROW(run([&] { return query.all(); }), ProgrammingError);
}

TEST_F(AsyncSessionTest, moves) {
    AsyncSession session{engine};
    session.add(seat());
    AsyncSession moved = std::move(session);
    run([&] { return moved.commit(); });
    session = std::move(moved);
    EXPECT_EQ(run([&] { return session.query<Car>().count(); }), 4);
}

TEST_F(AsyncSessionTest, creates_tables_inside_of_its_transaction) {
    run([&]() -> awaitable<void> {
        co_await engine.drop_all<Car, Driver>();
        AsyncSession session{engine};
        co_await session.create_all<Driver, Car>();
        co_await session.rollback();
        bool is_missing = false;
        try {
            co_await engine.all(select<Driver>());
        } catch (const SchemaMismatch&) {
            is_missing = true;
        }
        EXPECT_TRUE(is_missing);
    });
}

/// With little patience for those who do nothing.
class ImpatientTest : public testing::Test {
protected:
    static constexpr std::chrono::milliseconds patience{40};

    Garage garage{};
    AsyncEngine engine{garage.url(), {.workers = 2, .engine = {.checkout_timeout = patience}}};
};

/// What `operation` ends with, which is a timeout.
template <class Awaitable>
awaitable<std::string> timeout_of(Awaitable operation) {
    std::string what = "nothing";
    try {
        co_await std::move(operation);
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.is_timeout());
        what = error.what();
    }
    co_return what;
}

TEST_F(ImpatientTest, a_write_beside_a_sessions_own_transaction_is_told_what_it_waits_for) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        session.add(seat());
        co_await session.flush();
        const auto write = [&] { return engine.write([](Session& other) { other.add(Car{.make = "Saab"}); }); };
        EXPECT_EQ(co_await timeout_of(write()),
                  "mica: waited 40 ms (checkout_timeout) for a session that has a transaction open and does nothing; "
                  "write through that session, or end its transaction first");
        EXPECT_EQ((co_await engine.all(select<Car>())).size(), 3U) << "who reads does not wait";
        co_await session.commit();
        co_await engine.write([](Session& other) { other.add(Car{.make = "Saab", .driver_id = 1}); });
    });
    EXPECT_EQ(garage.count(), 5);
}

TEST_F(ImpatientTest, a_second_session_beside_a_first_that_writes_is_told_too) {
    run([&]() -> awaitable<void> {
        AsyncSession first{engine};
        first.add(seat());
        co_await first.flush();
        AsyncSession second{engine};
        second.add(Car{.make = "Saab", .driver_id = 1});
        co_await timeout_of(second.flush());
        co_await first.commit();
        co_await second.commit();
    });
    EXPECT_EQ(garage.count(), 5);
}

TEST_F(ImpatientTest, a_read_beside_sessions_and_streams_that_keep_all_workers_is_told_too) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine, read_only};
        EXPECT_TRUE(co_await session.get<Car>(1));
        auto stream = engine.stream(select<Car>(), 1);
        EXPECT_TRUE(co_await stream.next());
        const auto read = [&] { return engine.read([](Reader&) {}); };
        EXPECT_EQ(co_await timeout_of(read()),
                  "mica: waited 40 ms (checkout_timeout) for sessions and streams that keep all workers and do "
                  "nothing; read through them, end one of them first, or have more workers");
        EXPECT_TRUE(co_await stream.next());
        co_await session.rollback();
        EXPECT_EQ((co_await engine.all(select<Car>())).size(), 3U);
    });
}

TEST_F(AsyncSessionTest, a_function_on_a_worker_that_would_wait_for_itself_is_told_at_once) {
    const auto told = [this] {
        const auto write = [this] { engine.engine().write([](Session& other) { other.add(seat()); }); };
        return std::string{caught<OperationalError>(write).what()};
    };
    const std::string sentence =
        "mica: this thread would wait for itself: a Session of its own is writing; end its transaction or result "
        "first, or write with it";
    run([&]() -> awaitable<void> {
        const auto in_write = [&](Session&) { return told(); };
        EXPECT_EQ(co_await engine.write(in_write), sentence);
        AsyncSession session{engine};
        session.add(seat());
        co_await session.flush();
        EXPECT_EQ(co_await session.run(in_write), sentence);
        EXPECT_EQ(co_await session.nested(in_write), sentence);
        co_await session.commit();
    });
    EXPECT_EQ(garage.count(), 4);
}

TEST_F(ImpatientTest, a_coroutine_that_waits_for_a_session_which_another_one_ends_gets_its_turn) {
    const AsyncEngine patient{garage.url(), {.workers = 2}};
    run([&]() -> awaitable<void> {
        const auto session = std::make_shared<AsyncSession>(patient);
        session->add(seat());
        co_await session->flush();
        const auto end_session = [](std::shared_ptr<AsyncSession> lent) -> awaitable<void> { co_await lent->commit(); };
        asio::co_spawn(co_await asio::this_coro::executor, end_session(session), asio::detached);
        const auto write = [](Session& other) { other.add(Car{.make = "Saab", .driver_id = 1}); };
        co_await patient.write(write);
    });
    EXPECT_EQ(garage.count(), 5);
}

TEST_F(ImpatientTest, in_memory_a_read_beside_a_sessions_own_transaction_is_told_too) {
    const AsyncEngine memory{"sqlite://", {.engine = {.checkout_timeout = patience}}};
    run([&]() -> awaitable<void> {
        co_await memory.create_all<Driver, Car>();
        AsyncSession session{memory};
        co_await session.begin();
        co_await timeout_of(memory.all(select<Car>()));
        co_await session.rollback();
        EXPECT_TRUE((co_await memory.all(select<Car>())).empty());
    });
}

TEST_F(ImpatientTest, a_session_that_goes_on_is_waited_for_however_long) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        session.add(seat());
        co_await session.flush();
        auto waiting =
            engine.write([](Session& other) { other.add(Car{.make = "Saab", .driver_id = 1}); }, asio::use_future);
        for (int i = 0; i < 6; ++i) {
            co_await session.run([](Session&) { std::this_thread::sleep_for(patience / 2); });
        }
        co_await session.commit();
        waiting.get();
    });
    EXPECT_EQ(garage.count(), 5);
}

TEST_F(ImpatientTest, many_who_wait_for_an_idle_session_are_all_told) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        session.add(seat());
        co_await session.flush();
        // Handlers look at their errors where they are called: the last of a future's owners may be in any thread.
        std::atomic<int> told = 0;
        std::promise<void> all;
        for (int i = 0; i < 20; ++i) {
            engine.write([](Session&) {},
                         [&](std::exception_ptr error) {
                             EXPECT_TRUE(caught<OperationalError>([&] {
                                             std::rethrow_exception(std::move(error));
                                         }).is_timeout());
                             if (++told == 20) all.set_value();
                         });
        }
        all.get_future().wait();
        co_await session.commit();
    });
    EXPECT_EQ(garage.count(), 4);
}

class RowStreamTest : public AsyncSessionTest {};

TEST_F(RowStreamTest, gives_blocks_of_the_wanted_size) {
    run([&]() -> awaitable<void> {
        std::vector<std::size_t> sizes;
        std::vector<std::string> makes;
        auto rows = engine.stream(select<Car>().order_by(col<&Car::make>), 2);
        while (auto block = co_await rows.next()) {
            sizes.push_back(block->size());
            for (const Car& car : *block) makes.push_back(car.make);
        }
        EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1}));
        EXPECT_EQ(makes, (std::vector<std::string>{"Alpine", "Lancia", "Lotus"}));
    });
}

TEST_F(RowStreamTest, of_no_rows_ends_at_once) {
    run([&]() -> awaitable<void> {
        auto rows = engine.stream(select<Car>().where(col<&Car::id> > 99));
        EXPECT_FALSE(co_await rows.next());
        EXPECT_FALSE(co_await rows.next()) << "and stays there";
    });
}

TEST_F(RowStreamTest, reads_one_state_while_others_write) {
    run([&]() -> awaitable<void> {
        auto rows = engine.stream(select<Car>(), 1);
        EXPECT_TRUE(co_await rows.next());
        co_await engine.write([](Session& session) { session.execute("DELETE FROM car"); });
        EXPECT_TRUE(co_await rows.next());
        EXPECT_TRUE(co_await rows.next());
        EXPECT_FALSE(co_await rows.next());
    });
}

TEST_F(RowStreamTest, that_is_dropped_gives_its_worker_back) {
    const AsyncEngine alone{garage.url(), {.workers = 1}};
    run([&]() -> awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            auto rows = alone.stream(select<Car>(), 1);
            EXPECT_TRUE(co_await rows.next());
        }
        EXPECT_EQ((co_await alone.all(select<Car>())).size(), 3U);
    });
}

TEST_F(RowStreamTest, that_fails_ends) {
    run([&]() -> awaitable<void> {
        co_await engine.execute("UPDATE car SET year = 5000000000 WHERE id = 2");
        auto rows = engine.stream(select<Car>().order_by(col<&Car::id>), 1);
        bool has_failed = false;
        try {
            while (co_await rows.next()) {
            }
        } catch (const DataError&) {
            has_failed = true;
        }
        EXPECT_TRUE(has_failed);
        EXPECT_FALSE(co_await rows.next());
    });
}

TEST_F(RowStreamTest, has_blocks_of_at_least_one_row) {
    EXPECT_THROW((void)engine.stream(select<Car>(), 0), ProgrammingError);
}

}  // namespace unit_async_session
