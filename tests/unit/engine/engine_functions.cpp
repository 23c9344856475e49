// SPDX-License-Identifier: BSL-1.0
// Functions of an engine are there on all of its connections.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace engine_functions {

struct File {
    std::int64_t id = 0;
    std::string name;

    static constexpr auto mapping() { return mica::table("file", mica::collate<&File::name>("by_length")); }
};

inline constexpr auto doubled = mica::declare_function<"doubled", int(int)>;
inline constexpr auto largest = mica::declare_aggregate<"largest", std::optional<int>(int)>;

namespace {

using engine_functions::File;
using mica::col;
using mica::select;
using mica::test::caught;

struct Largest {
    std::optional<int> found{};
    void step(int value) {
        if (!found || value > *found) found = value;
    }
    std::optional<int> finish() const { return found; }
};

int by_length(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
    return left.compare(right);
}

struct EngineFunctions : testing::Test {
    mica::test::TemporaryDirectory directory;
    mica::Engine file{"sqlite:///" + directory.file("functions.db")};
    mica::Engine memory{"sqlite://"};

    static int ask(const mica::Connection& connection, std::string_view sql) {
        return connection.execute<int>(sql).one();
    }
};

TEST_F(EngineFunctions, are_there_on_connections_that_are_opened_later) {
    for (const mica::Engine* engine : {&file, &memory}) {
        engine->create_function("doubled", [](int value) { return 2 * value; });
        const auto first = engine->connect();
        const auto second = engine->connect();
        EXPECT_EQ(ask(first, "SELECT doubled(2)"), 4);
        EXPECT_EQ(ask(second, "SELECT doubled(3)"), 6);
    }
}

TEST_F(EngineFunctions, are_there_on_connections_that_are_open_already) {
    for (const mica::Engine* engine : {&file, &memory}) {
        const auto connection = engine->connect();
        EXPECT_EQ(ask(connection, "SELECT 1"), 1);
        engine->create_function("doubled", [](int value) { return 2 * value; });
        EXPECT_EQ(ask(connection, "SELECT doubled(2)"), 4);
        engine->create_aggregate<Largest>("largest");
        EXPECT_EQ(ask(connection, "SELECT largest(doubled(4))"), 8);
    }
}

TEST_F(EngineFunctions, are_there_in_sessions_readers_and_when_a_connection_comes_back) {
    file.create_function("doubled", [](int value) { return 2 * value; });
    EXPECT_EQ(file.read([](mica::Reader& reader) { return reader.execute<int>("SELECT doubled(1)").one(); }), 2);
    EXPECT_EQ(file.write([](mica::Session& session) { return session.execute<int>("SELECT doubled(2)").one(); }), 4);
    {
        (void)ask(file.connect(), "SELECT 1");
    }
    EXPECT_EQ(ask(file.connect(), "SELECT doubled(3)"), 6);
}

TEST_F(EngineFunctions, come_to_a_connection_inside_of_its_transaction) {
    const auto connection = memory.connect();
    const auto transaction = connection.begin();
    memory.create_function("doubled", [](int value) { return 2 * value; });
    EXPECT_EQ(ask(connection, "SELECT doubled(1)"), 2);
    EXPECT_TRUE(connection.in_transaction());
}

TEST_F(EngineFunctions, come_to_a_test_scope) {
    const auto scope = mica::test_scope(file);
    file.create_function("doubled", [](int value) { return 2 * value; });
    EXPECT_EQ(ask(file.connect(), "SELECT doubled(1)"), 2);
}

TEST_F(EngineFunctions, come_to_a_connection_while_a_result_of_it_is_read) {
    const auto connection = memory.connect();
    auto rows = connection.execute<int>("SELECT 1 UNION ALL SELECT 2");
    auto row = rows.begin();
    memory.create_function("doubled", [](int value) { return 2 * value; });
    EXPECT_EQ(ask(connection, "SELECT doubled(1)"), 2);
    EXPECT_EQ(*++row, 2);
}

TEST_F(EngineFunctions, take_the_place_of_older_ones_in_the_order_they_are_created) {
    const auto before = file.connect();
    file.create_function("version", [] { return 1; });
    EXPECT_EQ(ask(before, "SELECT version()"), 1);
    file.create_function("version", [] { return 2; });
    EXPECT_EQ(ask(before, "SELECT version()"), 2);
    EXPECT_EQ(ask(file.connect(), "SELECT version()"), 2);
}

TEST_F(EngineFunctions, are_checked_against_their_declaration) {
    memory.create_function(engine_functions::doubled, [](int value) { return 2 * value; }, mica::deterministic);
    memory.create_aggregate<Largest>(engine_functions::largest);
    const auto connection = memory.connect();
    EXPECT_EQ(connection.one(select(engine_functions::doubled(4))), 8);
    memory.create_aggregate(engine_functions::largest, Largest{.found = 100});
    EXPECT_EQ(ask(connection, "SELECT largest(4)"), 100);
}

TEST_F(EngineFunctions, refuse_a_wrong_name_at_once) {
    EXPECT_THROW(memory.create_function("", [] { return 1; }), mica::ProgrammingError);
    EXPECT_THROW(memory.create_aggregate<Largest>(std::string(256, 'a')), mica::ProgrammingError);
    EXPECT_THROW(memory.create_collation("", by_length), mica::ProgrammingError);
    EXPECT_EQ(ask(memory.connect(), "SELECT 1"), 1);
}

TEST_F(EngineFunctions, are_destroyed_with_the_last_of_engine_and_connections) {
    const auto watched = std::make_shared<int>(7);
    std::optional<mica::Engine> engine{"sqlite://"};
    engine->create_function("watched", [watched] { return *watched; });
    EXPECT_EQ(watched.use_count(), 2);
    std::optional<mica::Connection> connection{engine->connect()};
    EXPECT_EQ(ask(*connection, "SELECT watched()"), 7);
    engine.reset();
    EXPECT_EQ(ask(*connection, "SELECT watched()"), 7);
    EXPECT_EQ(watched.use_count(), 2);
    connection.reset();
    EXPECT_EQ(watched.use_count(), 1);
}

TEST_F(EngineFunctions, order_the_columns_of_a_mapping) {
    file.create_collation("by_length", by_length);
    file.create_all<File>();
    const auto connection = file.connect();
    connection.insert(std::vector<File>{{0, "file10"}, {0, "file9"}, {0, "file2"}});
    EXPECT_EQ(connection.all(select(col<&File::name>).order_by(col<&File::name>)),
              (std::vector<std::string>{"file2", "file9", "file10"}));
    const mica::Engine other{"sqlite:///" + directory.file("functions.db")};
    EXPECT_THROW((void)other.connect().all(select(col<&File::name>).order_by(col<&File::name>)), mica::ProgrammingError)
        << "which every program needs that opens the file";
}

TEST_F(EngineFunctions, are_called_by_all_threads_that_have_a_connection) {
    std::atomic<int> calls = 0;
    file.create_function("counted", [&calls](int value) { return calls.fetch_add(1), value; });
    file.create_aggregate<Largest>("largest");
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            const auto connection = file.connect();
            for (int round = 0; round < 50; ++round) {
                right += ask(connection, "SELECT largest(counted(value)) FROM (SELECT 1 AS value UNION SELECT 5)") == 5;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(calls, 400);
    EXPECT_EQ(right, 200);
}

TEST_F(EngineFunctions, throw_in_the_thread_that_runs_the_statement) {
    file.create_function("refused", [](int value) -> int { throw std::out_of_range(std::to_string(value)); });
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            const auto connection = file.connect();
            for (int round = 0; round < 50; ++round) {
                try {
                    connection.execute("SELECT refused(?)", i);
                } catch (const std::out_of_range& thrown) {
                    right += thrown.what() == std::to_string(i);
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(right, 200);
}

TEST_F(EngineFunctions, tell_a_thread_that_would_wait_for_itself) {
    memory.create_function("other", [this]() -> int {
        const auto another = memory.connect();
        return ask(another, "SELECT 1");
    });
    const auto connection = memory.connect();
    try {
        EXPECT_EQ(ask(connection, "SELECT other()"), 1);
    } catch (const mica::OperationalError&) {
        SUCCEED();
    }
    EXPECT_EQ(ask(connection, "SELECT 2"), 2);
}

TEST_F(EngineFunctions, may_be_of_one_connection_alone) {
    const auto first = file.connect();
    const auto second = file.connect();
    first.create_function("mine", [] { return 1; });
    EXPECT_EQ(ask(first, "SELECT mine()"), 1);
    EXPECT_THROW(ask(second, "SELECT mine()"), mica::ProgrammingError);
}

}  // namespace
}  // namespace engine_functions
