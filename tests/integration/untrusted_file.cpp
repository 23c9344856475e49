// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>

namespace integration_untrusted_file {

using namespace mica;
using mica::test::caught;

struct UntrustedFile : testing::Test {
    mica::test::TemporaryDirectory directory;
    std::string url = "sqlite:///" + directory.file("theirs.db");
    Engine theirs{url};
    Engine ours{url, {.untrusted_file = true}};

    void make_theirs(std::initializer_list<std::string_view> statements) {
        const Connection connection = theirs.connect();
        for (const std::string_view sql : statements) connection.execute(sql);
    }
    std::int64_t pragma(std::string_view name) {
        return ours.connect().execute<std::int64_t>("PRAGMA " + std::string{name}).one();
    }
};

TEST_F(UntrustedFile, is_read_and_written_where_it_is_sound) {
    make_theirs({"CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"});
    const Connection connection = ours.connect();
    connection.execute("INSERT INTO t VALUES (2)");
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT sum(a) FROM t").one(), 3);
}

TEST_F(UntrustedFile, has_an_untrusted_schema) {
    EXPECT_EQ(pragma("trusted_schema"), 0);
    EXPECT_EQ(pragma("cell_size_check"), 1);
}

TEST_F(UntrustedFile, runs_no_function_out_of_a_view_that_is_not_harmless) {
    if (sqlite::Database::library_version() >= 3041000)
        GTEST_SKIP() << "all functions that this SQLite lets a view call are harmless to it";
    make_theirs({"CREATE VIEW v AS SELECT fts5_source_id() AS a"});
    EXPECT_EQ(theirs.connect().execute<std::string>("SELECT a FROM v").all().size(), 1U);
    const auto error = caught<ProgrammingError>([&] { ours.connect().execute<std::string>("SELECT a FROM v").all(); });
    EXPECT_TRUE(std::string_view{error.what()}.starts_with("unsafe use of")) << error.what();
}

TEST_F(UntrustedFile, is_refused_where_it_is_damaged) {
    make_theirs({"CREATE TABLE t (a TEXT)",
                 "INSERT INTO t SELECT hex(randomblob(2000)) FROM json_each('[1,2,3,4,5,6,7,8,9]')",
                 "PRAGMA wal_checkpoint(TRUNCATE)"});
    {
        std::fstream file{directory.file("theirs.db"), std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(3 * 4096);
        file << std::string(4096, '\xff');
    }
    const auto error = caught<OperationalError>([&] { static_cast<void>(ours.connect()); });
    EXPECT_TRUE(error.is_corrupt()) << error.what();
    EXPECT_NE(std::string_view{error.what()}.find("theirs.db"), std::string_view::npos) << error.what();
}

TEST_F(UntrustedFile, has_no_trigger_that_goes_deep) {
    make_theirs({"CREATE TABLE t (a)",
                 "CREATE TRIGGER deep AFTER INSERT ON t WHEN new.a < 500 BEGIN INSERT INTO t VALUES (new.a + 1); END"});
    const Connection connection = ours.connect();
    connection.execute("PRAGMA recursive_triggers = ON");
    EXPECT_THROW(connection.execute("INSERT INTO t VALUES (1)"), DatabaseError);
}

TEST_F(UntrustedFile, takes_what_a_session_writes) {
    struct Car {
        std::int64_t id = 0;
        std::string make;
    };
    ours.create_all<Car>();
    ours.write([](Session& session) { session.add(Car{.make = "Lotus"}); });
    EXPECT_EQ(ours.connect().all(select<Car>()).size(), 1U);
}

}  // namespace integration_untrusted_file
