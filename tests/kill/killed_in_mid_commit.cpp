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
#include <random>
#include <stdexcept>
#include <string>
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

/// Writes pairs of rows, each in a transaction of its own, and says so through `acknowledge` when that has returned.
[[noreturn]] void write_pairs(const std::string& url, int acknowledge) {
    try {
        const Engine engine{url};
        engine.create_all<Debit, Credit>();
        std::int64_t next = engine.connect().execute<std::int64_t>("SELECT count(*) FROM Debit").one() + 1;
        for (;; ++next) {
            engine.write([next](Session& session) {
                session.add(Credit{.id = next, .text = std::string(300, 'c'), .debit_id = next});
                session.add(Debit{.id = next, .text = std::string(300, 'd')});
            });
            if (::write(acknowledge, &next, sizeof next) != sizeof next) ::_exit(1);
        }
    } catch (...) {
        ::_exit(2);
    }
}

/// The last number that a child has acknowledged before it was killed; 0 where none.
std::int64_t last_before_the_kill(const std::string& url, std::chrono::microseconds lifetime) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
    const ::pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) {
        ::close(pipe[0]);
        write_pairs(url, pipe[1]);
    }
    ::close(pipe[1]);
    std::this_thread::sleep_for(lifetime);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child has ended by itself: " << status;
    std::int64_t last = 0;
    for (std::int64_t number = 0; ::read(pipe[0], &number, sizeof number) == sizeof number;) last = number;
    ::close(pipe[0]);
    return last;
}

TEST(KilledInMidCommit, loses_no_commit_that_was_acknowledged) {
    const char* const wanted = std::getenv("MICA_KILLS");
    const int rounds = wanted == nullptr ? 20 : std::atoi(wanted);
    const mica::test::TemporaryDirectory directory;
    const std::string url = "sqlite:///" + directory.file("pairs.db");
    std::minstd_rand random{12};
    std::int64_t acknowledged = 0;
    std::int64_t written = 0;
    for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
        const auto lifetime = std::chrono::microseconds{5'000 + static_cast<int>(random() % 30'000)};
        acknowledged = std::max(acknowledged, last_before_the_kill(url, lifetime));
        const Engine engine{url};
        engine.create_all<Debit, Credit>();
        const auto connection = engine.connect();
        EXPECT_EQ(connection.execute<std::string>("PRAGMA integrity_check").one(), "ok");
        EXPECT_EQ(connection.execute("PRAGMA foreign_key_check").rows_affected(), 0);
        const auto debits = connection.execute<std::int64_t>("SELECT id FROM Debit ORDER BY id").all();
        const auto credits = connection.execute<std::int64_t>("SELECT id FROM credit ORDER BY id").all();
        EXPECT_EQ(debits, credits) << "half of a transaction";
        written = static_cast<std::int64_t>(debits.size());
        EXPECT_GE(written, acknowledged) << "round " << round;
        EXPECT_TRUE(debits.empty() || debits.back() == written) << "a gap";
    }
    std::printf("%d rounds, %lld commits acknowledged, %lld there\n", rounds, static_cast<long long>(acknowledged),
                static_cast<long long>(written));
    EXPECT_GT(acknowledged, 0);
}

}  // namespace kill_in_mid_commit
