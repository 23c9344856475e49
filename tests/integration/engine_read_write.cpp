// SPDX-License-Identifier: BSL-1.0
// engine.read(…) and engine.write(…): a transaction around a function.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace integration_engine_read_write {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("car", unique<&Car::name>); }
};
struct Stop {};

struct ReadWrite : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db")};
    Engine outside{"sqlite:///" + directory.file("cars.db"), {.busy_timeout = std::chrono::milliseconds{1}}};

    ReadWrite() {
        engine.create_all<Car>();
        engine.connect().execute("INSERT INTO car VALUES (1, 'a')");
    }
    Texts stored() const { return outside.connect().execute<std::string>("SELECT name FROM car ORDER BY id").all(); }
};

TEST_F(ReadWrite, a_write_commits_when_it_returns) {
    engine.write([](Session& session) { session.add(Car{.name = "b"}); });
    EXPECT_EQ(stored(), (Texts{"a", "b"}));
}

TEST_F(ReadWrite, a_write_gives_what_its_function_gives) {
    const Ref<Car> car = engine.write([](Session& session) { return session.add(Car{.name = "b"}); });
    EXPECT_EQ(car->id, 2) << "flushed and committed";
    EXPECT_EQ(engine.write([](Session& session) { return session.query<Car>().count(); }), 2);
}

TEST_F(ReadWrite, a_write_that_throws_leaves_nothing) {
    Ref<Car> added;
    Ref<Car> changed;
    EXPECT_THROW(engine.write([&](Session& session) {
        added = session.add(Car{.name = "b"});
        changed = session.get<Car>(1);
        changed->name = "changed";
        session.flush();
        throw Stop{};
    }),
                 Stop);
    EXPECT_EQ(stored(), Texts{"a"});
    EXPECT_EQ(added->id, 0);
    EXPECT_EQ(changed->name, "a");
}

TEST_F(ReadWrite, a_write_whose_commit_fails_leaves_nothing) {
    EXPECT_THROW(engine.write([](Session& session) { session.add(Car{.name = "a"}); }), IntegrityError);
    EXPECT_EQ(stored(), Texts{"a"});
    EXPECT_NO_THROW(engine.write([](Session& session) { session.add(Car{.name = "b"}); }));
}

TEST_F(ReadWrite, a_write_holds_the_write_lock_from_its_beginning) {
    const StatementLog log{engine};
    engine.write([&](Session& session) {
        EXPECT_TRUE(session.in_transaction());
        EXPECT_TRUE(caught<OperationalError>([&] { outside.connect().execute("DELETE FROM car"); }).is_busy());
    });
    EXPECT_EQ(log.texts(), (Texts{"BEGIN IMMEDIATE", "COMMIT"}));
}

TEST_F(ReadWrite, a_write_that_cannot_begin_does_not_run) {
    Connection other = engine.connect();
    const auto writing = other.begin();
    bool ran = false;
    EXPECT_TRUE(caught<OperationalError>([&] { outside.write([&](Session&) { ran = true; }); }).is_busy());
    EXPECT_FALSE(ran);
}

TEST_F(ReadWrite, a_write_may_commit_in_between) {
    EXPECT_THROW(engine.write([](Session& session) {
        session.add(Car{.name = "b"});
        session.commit();
        session.add(Car{.name = "c"});
        throw Stop{};
    }),
                 Stop);
    EXPECT_EQ(stored(), (Texts{"a", "b"}));
}

TEST_F(ReadWrite, a_read_gives_rows) {
    EXPECT_EQ(engine.read([](Reader& reader) { return reader.all(select(col<&Car::name>)); }), Texts{"a"});
    engine.read([](Reader& reader) {
        EXPECT_EQ(reader.first(select<Car>())->name, "a");
        EXPECT_EQ(reader.one(select(col<&Car::id>, col<&Car::name>)), (std::tuple{std::int64_t{1}, std::string{"a"}}));
        EXPECT_EQ(reader.scalar(select(count()).from<Car>()), 1);
        EXPECT_EQ(reader.execute<std::string>("SELECT name FROM car WHERE id = ?", 1).one(), "a");
        int rows = 0;
        for (const Car& car : reader.execute(select<Car>())) rows += car.id == 1 ? 1 : 0;
        EXPECT_EQ(rows, 1);
    });
}

TEST_F(ReadWrite, a_read_sees_one_state_and_does_not_keep_others_from_writing) {
    engine.read([&](Reader& reader) {
        EXPECT_EQ(reader.scalar(select(count()).from<Car>()), 1);
        outside.connect().execute("INSERT INTO car VALUES (2, 'b')");
        EXPECT_EQ(reader.scalar(select(count()).from<Car>()), 1);
    });
    EXPECT_EQ(engine.read([](Reader& reader) { return reader.scalar(select(count()).from<Car>()); }), 2);
}

TEST_F(ReadWrite, a_read_begins_deferred_and_refuses_text_that_writes) {
    const StatementLog log{engine};
    engine.read([](Reader& reader) {
        const auto write = [&] { reader.execute<int>("DELETE FROM car RETURNING 1").all(); };
        EXPECT_TRUE(caught<OperationalError>(write).is_read_only());
    });
    EXPECT_EQ(log.texts().at(0), "BEGIN DEFERRED");
    EXPECT_EQ(stored(), Texts{"a"});
    EXPECT_NO_THROW(engine.connect().execute("DELETE FROM car"));
}

TEST_F(ReadWrite, a_read_that_throws_gives_the_connection_back) {
    EXPECT_THROW(engine.read([](Reader&) { throw Stop{}; }), Stop);
    EXPECT_NO_THROW(engine.write([](Session& session) { session.add(Car{.name = "b"}); }));
}

}  // namespace integration_engine_read_write
