// SPDX-License-Identifier: BSL-1.0
// Processes that find yesterday's database at the same moment: one changes it, the others wait and find it done.
#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace integration_programs_that_start_at_once {
namespace {

using mica::col;

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::string slug;

    static constexpr auto mapping() { return mica::table("album", mica::unique<&Album::slug>); }
};

constexpr auto history = mica::migrations(
    mica::migration<1>("tables", "CREATE TABLE album (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT"),
    mica::migration<2>("rows",
                       [](mica::Connection& connection) {
                           connection.execute("INSERT INTO album (title) VALUES ('A')");
                           std::this_thread::sleep_for(std::chrono::milliseconds{200});  // the others arrive
                       }),
    mica::migration<3>("slugs", "ALTER TABLE album ADD COLUMN slug TEXT").without_foreign_keys());

/// What each of so many processes gives that go on at the same moment; -1 of one that throws.
template <class Program>
std::vector<int> run_at_once(int count, Program program) {
    int start[2] = {};
    if (::pipe(start) != 0) throw std::runtime_error("no pipe");
    std::vector<::pid_t> children;
    for (int i = 0; i < count; ++i) {
        const ::pid_t child = ::fork();
        if (child < 0) throw std::runtime_error("no process");
        if (child != 0) {
            children.push_back(child);
            continue;
        }
        ::close(start[1]);
        char byte = 0;
        while (::read(start[0], &byte, 1) > 0) {  // until the other end is closed
        }
        try {
            ::_exit(program());
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            ::_exit(255);
        }
    }
    ::close(start[0]);
    ::close(start[1]);
    std::vector<int> codes;
    for (const ::pid_t child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        codes.push_back(WIFEXITED(status) && WEXITSTATUS(status) != 255 ? WEXITSTATUS(status) : -1);
    }
    return codes;
}

int sum_of(const std::vector<int>& codes) {
    int sum = 0;
    for (const int code : codes) {
        EXPECT_GE(code, 0);
        sum += code;
    }
    return sum;
}

TEST(ProgramsThatStartAtOnce, one_migrates_and_the_others_find_it_done) {
    const mica::test::TemporaryDirectory directory;
    const std::string url = "sqlite:///" + directory.file("music.db");
    const auto codes = run_at_once(4, [&] { return mica::Engine{url}.migrate(history); });
    EXPECT_EQ(sum_of(codes), 3);
    const mica::Engine engine{url};
    const auto connection = engine.connect();
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM mica_migration").one(), 3);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM album").one(), 1);
}

TEST(ProgramsThatStartAtOnce, one_makes_a_table_anew_and_the_others_find_nothing_to_do) {
    const mica::test::TemporaryDirectory directory;
    const std::string url = "sqlite:///" + directory.file("music.db");
    {
        const mica::Engine engine{url};
        engine.connect().open().run_script(
            "CREATE TABLE albums (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT;"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            " INSERT INTO albums SELECT i, 'Title ' || i FROM n");
    }
    const auto codes = run_at_once(4, [&] {
        const mica::Engine engine{url};
        return static_cast<int>(engine
                                    .sync<Album>(mica::rename_table<&Album::id>("albums"),
                                                 mica::fill<&Album::slug>(lower(col<&Album::title>)))
                                    .size());
    });
    EXPECT_EQ(sum_of(codes), 2) << "a rename and a rebuild, once";
    const mica::Engine engine{url};
    EXPECT_TRUE(engine.verify<Album>().empty());
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM album WHERE slug = 'title ' || id").one(), 20000);
}

}  // namespace
}  // namespace integration_programs_that_start_at_once
