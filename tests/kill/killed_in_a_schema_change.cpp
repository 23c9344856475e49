// SPDX-License-Identifier: BSL-1.0
// A process that makes tables anew is killed at any moment: the database has the old schema or the new one, with every
// row.
#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

namespace kill_in_a_schema_change {

using namespace mica;

struct Parent {
    std::int64_t id = 0;
    std::string name{};
    std::string slug{};
    static constexpr auto mapping() { return table("parent", unique<&Parent::slug>); }
};
struct Child {
    std::int64_t id = 0;
    int size = 0;
    std::int64_t parent_id = 0;
    static constexpr auto mapping() {
        return table("child", foreign_key<&Child::parent_id, &Parent::id>.on_delete(cascade));
    }
};

constexpr int parents = 3000;
constexpr int children = 9000;

void write_yesterday(const std::string& url) {
    const Engine engine{url};
    const auto connection = engine.connect();
    auto transaction = connection.begin();
    connection.execute("CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
    connection.execute(
        "CREATE TABLE child (id INTEGER PRIMARY KEY, size TEXT NOT NULL, parent_id INTEGER NOT NULL REFERENCES parents "
        "ON DELETE CASCADE)");
    const auto fill = [&](int count, const char* insert) {
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) " + std::string{insert},
            count);
    };
    fill(parents, "INSERT INTO parents SELECT i, 'The Parent ' || i FROM n");
    fill(children, "INSERT INTO child SELECT i, i * 7, 1 + i % 3000 FROM n");
    transaction.commit();
}

void change_schema(const std::string& url) {
    const Engine engine{url};
    engine.sync<Parent, Child>(rename_table<&Parent::id>("parents"), fill<&Parent::slug>(lower(col<&Parent::name>)));
}

std::chrono::microseconds time_of_a_change(const std::string& url) {
    const auto start = std::chrono::steady_clock::now();
    change_schema(url);
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

/// Whether the child was killed, and not done before.
bool change_and_kill(const std::string& url, std::chrono::microseconds lifetime) {
    const ::pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) {
        try {
            change_schema(url);
            ::_exit(0);
        } catch (...) {
            ::_exit(2);
        }
    }
    std::this_thread::sleep_for(lifetime);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) << status;
    return WIFSIGNALED(status);
}

TEST(KilledInASchemaChange, has_the_old_schema_or_the_new_one_and_every_row) {
    const char* const wanted = std::getenv("MICA_KILLS");
    const int rounds = wanted == nullptr ? 20 : std::atoi(wanted);
    const mica::test::TemporaryDirectory directory;
    const std::string before = directory.file("before.db");
    const std::string path = directory.file("changed.db");
    write_yesterday("sqlite:///" + before);
    const auto begin = [&] {
        for (const char* suffix : {"-wal", "-shm", "-journal"}) std::filesystem::remove(path + suffix);
        std::filesystem::copy_file(before, path, std::filesystem::copy_options::overwrite_existing);
    };
    begin();
    const auto longest = time_of_a_change("sqlite:///" + path);
    std::minstd_rand random{16};
    int killed = 0;
    int changed = 0;
    for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
        begin();
        const auto lifetime = longest * static_cast<int>(random() % 110) / 100;
        killed += change_and_kill("sqlite:///" + path, lifetime) ? 1 : 0;
        {
            const Engine engine{"sqlite:///" + path};
            const auto connection = engine.connect();
            EXPECT_EQ(connection.execute<std::string>("PRAGMA integrity_check").one(), "ok");
            EXPECT_TRUE(connection.execute("PRAGMA foreign_key_check").rows_affected() == 0);
            const bool is_old =
                connection.execute<int>("SELECT count(*) FROM sqlite_schema WHERE name = 'parents'").one() == 1;
            const std::string name = is_old ? "parents" : "parent";
            EXPECT_EQ(
                connection.execute<int>("SELECT count(*) FROM " + name + " WHERE name = 'The Parent ' || id").one(),
                parents);
            EXPECT_EQ(
                connection.execute<int>("SELECT count(*) FROM child WHERE size = CAST(id * 7 AS TEXT) OR size = id * 7")
                    .one(),
                children);
            EXPECT_EQ(
                connection.execute<int>("SELECT count(*) FROM child JOIN " + name + " AS p ON p.id = parent_id").one(),
                children);
            const auto schema =
                connection.execute<int>("SELECT count(*) FROM sqlite_schema WHERE name IN ('parent', 'child')").one();
            EXPECT_EQ(schema, is_old ? 1 : 2);
            EXPECT_EQ((engine.verify<Parent, Child>().empty()), !is_old) << "half of a change";
            changed += is_old ? 0 : 1;
        }
        change_schema("sqlite:///" + path);
    }
    std::printf("%d rounds, %d killed, %d with the new schema\n", rounds, killed, changed);
    EXPECT_GT(killed, 0);
}

}  // namespace kill_in_a_schema_change
