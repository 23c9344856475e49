// SPDX-License-Identifier: BSL-1.0
// A process that writes is killed at any moment: every commit that it has acknowledged is there, whole, and nothing
// else.
#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

namespace kill_in_mid_commit {

using namespace mica;

struct Debit {
    std::int64_t id = 0;
    std::string text{};
};
struct Credit {
    std::int64_t id = 0;
    std::string text{};
    std::int64_t debit_id = 0;
    static constexpr auto mapping() { return table("credit", foreign_key<&Credit::debit_id, &Debit::id>); }
};

/// An engine on the file in a journal mode, which is WAL where nothing else is asked for
/// (https://www.sqlite.org/pragma.html#pragma_journal_mode).
struct Opened {
    Opened(const std::string& path, const std::string& mode) : engine("sqlite:///" + path) {
        if (mode != "wal") {
            token = engine.on_connect([mode](Connection& connection) {
                if (connection.execute<std::string>("PRAGMA journal_mode = " + mode).one() != mode) std::abort();
            });
        }
    }
    Engine engine;
    ListenerToken token{};
};

/// Tells the parent through a pipe.
void tell(int pipe, std::int64_t number) {
    if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(1);
}

/// Tells that it is ready; then writes pairs of rows, each in a transaction of its own, and tells of each when that has
/// returned.
[[noreturn]] void write_pairs(const std::string& path, const std::string& mode, int pipe) {
    try {
        const Opened opened{path, mode};
        const Engine& engine = opened.engine;
        engine.create_all<Debit, Credit>();
        std::int64_t next = engine.connect().execute<std::int64_t>("SELECT count(*) FROM Debit").one() + 1;
        for (tell(pipe, 0);; ++next) {
            engine.write([next](Session& session) {
                session.add(Credit{.id = next, .text = std::string(300, 'c'), .debit_id = next});
                session.add(Debit{.id = next, .text = std::string(300, 'd')});
            });
            tell(pipe, next);
        }
    } catch (...) {
        ::_exit(2);
    }
}

/// The last number that a child has told before it was killed, so long after its first commit.
std::int64_t last_before_the_kill(const std::string& path, const std::string& mode,
                                  std::chrono::microseconds lifetime) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
    const ::pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) {
        ::close(pipe[0]);
        write_pairs(path, mode, pipe[1]);
    }
    ::close(pipe[1]);
    std::int64_t last = 0;
    const auto hear = [&] { return ::read(pipe[0], &last, sizeof last) == sizeof last; };
    EXPECT_TRUE(hear() && hear()) << "it is ready, and has committed once";
    std::this_thread::sleep_for(lifetime);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child has ended by itself: " << status;
    while (hear()) {
    }
    ::close(pipe[0]);
    return last;
}

struct KilledInMidCommit : testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(, KilledInMidCommit, testing::Values("wal", "delete", "truncate", "persist"),
                         [](const auto& mode) { return std::string{mode.param}; });

TEST_P(KilledInMidCommit, loses_no_commit_that_was_acknowledged) {
    const char* const wanted = std::getenv("MICA_KILLS");
    const int rounds = wanted == nullptr ? 10 : std::atoi(wanted);
    const std::string mode = GetParam();
    const mica::test::TemporaryDirectory directory;
    const std::string path = directory.file("pairs.db");
    std::minstd_rand random{12};
    std::int64_t acknowledged = 0;
    std::int64_t written = 0;
    int interrupted = 0;
    for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
        const auto lifetime = std::chrono::microseconds{static_cast<int>(random() % 30'000)};
        acknowledged = std::max(acknowledged, last_before_the_kill(path, mode, lifetime));
        std::error_code none;
        if (std::filesystem::file_size(path + (mode == "wal" ? "-wal" : "-journal"), none) > 0 && !none) ++interrupted;
        const Opened opened{path, mode};
        opened.engine.create_all<Debit, Credit>();
        const auto connection = opened.engine.connect();
        EXPECT_EQ(connection.execute<std::string>("PRAGMA journal_mode").one(), mode);
        EXPECT_EQ(connection.execute<std::string>("PRAGMA integrity_check").one(), "ok");
        EXPECT_EQ(connection.execute("PRAGMA foreign_key_check").rows_affected(), 0);
        const auto debits = connection.execute<std::int64_t>("SELECT id FROM Debit ORDER BY id").all();
        const auto credits = connection.execute<std::int64_t>("SELECT id FROM credit ORDER BY id").all();
        EXPECT_EQ(debits, credits) << "half of a transaction";
        written = static_cast<std::int64_t>(debits.size());
        EXPECT_GE(written, acknowledged) << "round " << round;
        EXPECT_TRUE(debits.empty() || debits.back() == written) << "a gap";
    }
    std::printf("%d rounds, %d of them with a journal left, %lld commits acknowledged, %lld there\n", rounds,
                interrupted, static_cast<long long>(acknowledged), static_cast<long long>(written));
    EXPECT_GE(acknowledged, rounds);
}

}  // namespace kill_in_mid_commit
