// SPDX-License-Identifier: BSL-1.0
// One holder of an engine inside of another, in one thread: it works, or is told at once.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace integration_engine_nesting {

using namespace mica;
using mica::test::caught;

struct Car {
    std::int64_t id = 0;
    std::int64_t year = 0;
};
struct Wheel {
    std::int64_t id = 0;
};

/// The timeouts are half a minute: what would wait does not pass.
struct EngineNesting : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine file{"sqlite:///" + directory.file("cars.db")};
    Engine memory{"sqlite://"};

    EngineNesting() {
        for (const Engine* engine : {&file, &memory}) {
            engine->create_all<Car>();
            engine->connect().insert(Car{.id = 1});
        }
    }
    static void add(const Engine& engine) {
        engine.write([](Session& session) { session.add(Car{}); });
    }
    static std::int64_t count_in(Reader& reader) { return reader.scalar(select(count()).from<Car>()); }
    static std::int64_t count_in(const Engine& engine) {
        return engine.read([](Reader& reader) { return count_in(reader); });
    }
    template <class Action>
    static void expect_told(Action action, std::string_view holder) {
        const auto error = caught<OperationalError>(action);
        const std::string_view text = error.what();
        EXPECT_TRUE(text.starts_with("mica: this thread would wait for itself: ")) << text;
        EXPECT_NE(text.find(holder), text.npos) << text;
    }
};

TEST_F(EngineNesting, a_read_inside_of_a_write_on_a_file_sees_what_is_committed) {
    file.write([&](Session& session) {
        session.add(Car{});
        session.flush();
        EXPECT_EQ(count_in(file), 1);
    });
    EXPECT_EQ(count_in(file), 2);
}

TEST_F(EngineNesting, a_write_inside_of_a_read_on_a_file_commits_and_is_not_seen_there) {
    file.read([&](Reader& reader) {
        EXPECT_EQ(count_in(reader), 1);
        add(file);
        EXPECT_EQ(count_in(reader), 1);
        EXPECT_EQ(count_in(file), 2);
    });
}

TEST_F(EngineNesting, a_write_inside_of_a_write_is_told_at_once) {
    for (const Engine* engine : {&file, &memory}) {
        engine->write([&](Session& session) {
            expect_told([&] { add(*engine); }, "a Session");
            expect_told([&] { engine->connect().insert(Car{}); }, "a Session");
            expect_told([&] { engine->create_all<Wheel>(); }, "a Session");
            EXPECT_NO_THROW(session.create_all<Wheel>());
        });
    }
}

TEST_F(EngineNesting, a_write_inside_of_a_read_in_memory_works_until_that_has_read) {
    memory.read([&](Reader& reader) {
        add(memory);
        EXPECT_EQ(count_in(reader), 2);
        expect_told([&] { add(memory); }, "a Reader");
    });
    EXPECT_EQ(count_in(memory), 2);
}

TEST_F(EngineNesting, a_read_inside_of_a_write_in_memory_is_told_when_it_reads) {
    memory.write([&](Session& session) {
        memory.read([&](Reader& reader) { expect_told([&] { count_in(reader); }, "a Session"); });
        session.add(Car{});
    });
    EXPECT_EQ(count_in(memory), 2);
}

TEST_F(EngineNesting, an_idle_session_and_reader_block_nobody) {
    for (const Engine* engine : {&file, &memory}) {
        Session session{*engine};
        session.add(Car{});
        Session read{*engine, read_only};
        const Connection connection = engine->connect();
        engine->create_all<Wheel>();
        add(*engine);
        EXPECT_EQ(read.query<Car>().count(), 2);
        read.commit();
        session.commit();
        EXPECT_EQ(connection.scalar(select(count()).from<Car>()), 3);
    }
}

TEST_F(EngineNesting, a_session_on_a_connection_shares_it) {
    for (const Engine* engine : {&file, &memory}) {
        Connection connection = engine->connect();
        Session session{connection};
        session.add(Car{});
        session.flush();
        EXPECT_EQ(connection.scalar(select(count()).from<Car>()), 2);
        expect_told([&] { engine->connect().insert(Car{}); }, "a Connection");
        session.commit();
        EXPECT_NO_THROW(engine->connect().insert(Car{}));
    }
}

TEST_F(EngineNesting,
       a_deferred_session_on_a_file_reads_beside_a_writer_of_its_engine_and_is_told_that_it_is_too_late) {
    Session deferred_session{file, deferred};
    const Ref<Car> car = deferred_session.get<Car>(1);
    add(file);
    car->year = 2020;
    const auto error = caught<OperationalError>([&] { deferred_session.commit(); });
    EXPECT_TRUE(error.is_busy());
    EXPECT_TRUE(std::string_view{error.what()}.starts_with("mica: what this session has read is out of date"));
    deferred_session.rollback();
    deferred_session.refresh(car);
    car->year = 2020;
    EXPECT_NO_THROW(deferred_session.commit());
}

TEST_F(EngineNesting, a_deferred_session_that_writes_holds_off_other_writers_until_it_ends) {
    Session deferred_session{file, deferred};
    deferred_session.get<Car>(1)->year = 2020;
    deferred_session.flush();
    expect_told([&] { add(file); }, "a Session");
    deferred_session.commit();
    EXPECT_NO_THROW(add(file));
}

TEST_F(EngineNesting, a_result_that_writes_holds_off_other_writers_until_it_is_read) {
    const Connection connection = file.connect();
    auto result = connection.execute<std::int64_t>("INSERT INTO Car (year) VALUES (1), (2) RETURNING id");
    expect_told([&] { add(file); }, "a Connection");
    EXPECT_EQ(result.all().size(), 2U);
    EXPECT_NO_THROW(add(file));
}

TEST_F(EngineNesting, objects_are_written_while_rows_of_the_same_connection_are_read) {
    for (const Engine* engine : {&file, &memory}) {
        const Connection connection = engine->connect();
        for (const Car& car : connection.execute(select<Car>())) connection.update(Car{.id = car.id, .year = 2020});
        EXPECT_EQ(connection.get<Car>(1)->year, 2020);
        EXPECT_NO_THROW(add(*engine));
    }
}

}  // namespace integration_engine_nesting
