// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/database.hpp>
#include <mica/sqlite/options.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace unit_sqlite_options {
namespace {

namespace fs = std::filesystem;
using mica::OperationalError;
using mica::ProgrammingError;
using mica::sqlite::Database;
using mica::sqlite::OpenMode;
using mica::sqlite::OpenOptions;
using mica::sqlite::Statement;
using mica::test::caught;
using mica::test::TemporaryDirectory;

std::string pragma(Database& database, std::string_view name) {
    Statement statement = database.prepare("PRAGMA " + std::string(name));
    return statement.step() ? std::string(statement.cell(0).text()) : "";
}

std::string bytes_of(const std::string& path) {
    if (!fs::is_regular_file(path)) return {};
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

/// Opening throws the operational error of `code`, names the path and changes nothing in the directory.
void expect_refused(const TemporaryDirectory& directory, const std::string& path, const OpenOptions& options,
                    int code) {
    const std::string before = bytes_of(path);
    const auto entries = std::distance(fs::directory_iterator(directory.path()), {});
    const auto error = caught<OperationalError>([&] { Database(path, options); });
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(std::string_view(error.what()).find(path), std::string_view::npos) << error.what();
    EXPECT_EQ(bytes_of(path), before);
    EXPECT_EQ(std::distance(fs::directory_iterator(directory.path()), {}), entries);
}

/// Opens in the mode of the test a file that exists, or memory.
Database open_in(const TemporaryDirectory& directory, OpenMode mode) {
    const std::string path = directory.file("x.db");
    Database(path, {}).execute_script("CREATE TABLE t(a)");
    return Database(mode == OpenMode::memory ? "" : path, {.mode = mode, .busy_timeout_ms = 1234});
}

struct EveryMode : testing::TestWithParam<OpenMode> {
    TemporaryDirectory directory;
    Database database = open_in(directory, GetParam());
};

TEST_P(EveryMode, enforces_foreign_keys) { EXPECT_EQ(pragma(database, "foreign_keys"), "1"); }

TEST_P(EveryMode, waits_for_locks) { EXPECT_EQ(pragma(database, "busy_timeout"), "1234"); }

TEST_P(EveryMode, trusts_the_schema) { EXPECT_EQ(pragma(database, "trusted_schema"), "1"); }

TEST_P(EveryMode, takes_a_double_quoted_name_for_a_column) {
    EXPECT_THROW(database.prepare("SELECT \"typo\""), mica::SchemaMismatch);
    int ddl = -1;
    sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DQS_DDL, -1, &ddl);
    EXPECT_EQ(ddl, 0);
}

TEST_P(EveryMode, is_defensive) {
    int on = -1;
    sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
    EXPECT_EQ(on, 1);
}

TEST_P(EveryMode, loads_no_extension) {
    char* message = nullptr;
    EXPECT_EQ(sqlite3_load_extension(database.handle(), "nothing", nullptr, &message), SQLITE_ERROR);
    EXPECT_STREQ(message, "not authorized");
    sqlite3_free(message);
    EXPECT_THROW(database.execute_script("SELECT load_extension('nothing')"), ProgrammingError);
}

TEST_P(EveryMode, gives_extended_result_codes) {
    EXPECT_EQ(sqlite3_exec(database.handle(), "SELECT * FROM sqlite_master; SELECT absent", nullptr, nullptr, nullptr),
              SQLITE_ERROR);
    sqlite3* const handle = database.handle();
    sqlite3_commit_hook(handle, [](void*) { return 1; }, nullptr);
    const int rc = sqlite3_exec(handle, "CREATE TEMP TABLE x(a)", nullptr, nullptr, nullptr);
    EXPECT_EQ(rc, SQLITE_CONSTRAINT_COMMITHOOK);
}

TEST_P(EveryMode, leaves_locking_to_the_caller) { EXPECT_EQ(sqlite3_db_mutex(database.handle()), nullptr); }

std::string name_of_mode(const testing::TestParamInfo<OpenMode>& test) {
    constexpr const char* names[] = {"read_only", "read_write", "create", "memory"};
    return names[static_cast<int>(test.param)];
}

INSTANTIATE_TEST_SUITE_P(Open, EveryMode,
                         testing::Values(OpenMode::read_only, OpenMode::read_write, OpenMode::create, OpenMode::memory),
                         name_of_mode);

TEST(OpenOptions, wait_five_seconds_and_create_the_file_by_default) {
    EXPECT_EQ(OpenOptions{}.busy_timeout_ms, 5000);
    EXPECT_EQ(OpenOptions{}.mode, OpenMode::create);
}

TEST(OpenOptions, a_new_file_uses_wal_and_synchronous_normal) {
    const TemporaryDirectory directory;
    Database database(directory.file("x.db"), {});
    EXPECT_EQ(pragma(database, "journal_mode"), "wal");
    EXPECT_EQ(pragma(database, "synchronous"), "1");
}

TEST(OpenOptions, an_older_file_is_switched_to_wal) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database(path, {}).execute_script("PRAGMA journal_mode=DELETE; CREATE TABLE t(a)");
    Database database(path, {.mode = OpenMode::read_write});
    EXPECT_EQ(pragma(database, "journal_mode"), "wal");
}

TEST(OpenOptions, reading_only_switches_nothing) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database(path, {}).execute_script("PRAGMA journal_mode=DELETE; CREATE TABLE t(a)");
    const std::string before = bytes_of(path);
    {
        Database database(path, {.mode = OpenMode::read_only});
        EXPECT_EQ(pragma(database, "journal_mode"), "delete");
        EXPECT_EQ(pragma(database, "synchronous"), "2");
    }
    EXPECT_EQ(bytes_of(path), before);
}

TEST(OpenOptions, reading_only_sets_nothing_for_a_file_in_wal_mode_either) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    const Database writer(path, {});
    Database database(path, {.mode = OpenMode::read_only});
    EXPECT_EQ(pragma(database, "journal_mode"), "wal");
    EXPECT_EQ(pragma(database, "synchronous"), "2");
}

/// Makes another way of file access the default one while it lives.
struct DefaultVfs {
    explicit DefaultVfs(const char* name) { sqlite3_vfs_register(sqlite3_vfs_find(name), 1); }
    ~DefaultVfs() { sqlite3_vfs_register(before, 1); }
    sqlite3_vfs* before = sqlite3_vfs_find(nullptr);
};

TEST(OpenOptions, a_file_without_shared_memory_keeps_its_journal_mode_and_full_synchronous) {
    const TemporaryDirectory directory;
    const DefaultVfs dotfile("unix-dotfile");
    Database database(directory.file("x.db"), {});
    database.execute_script("CREATE TABLE t(a)");
    EXPECT_EQ(pragma(database, "journal_mode"), "delete");
    EXPECT_EQ(pragma(database, "synchronous"), "2");
}

TEST(OpenOptions, a_database_in_memory_stays_out_of_wal) {
    Database database("", {.mode = OpenMode::memory});
    EXPECT_EQ(pragma(database, "journal_mode"), "memory");
    EXPECT_EQ(sqlite3_db_readonly(database.handle(), "main"), 0);
}

TEST(OpenOptions, two_databases_in_memory_are_two) {
    Database first(":memory:", {.mode = OpenMode::memory});
    Database second(":memory:", {.mode = OpenMode::memory});
    first.execute_script("CREATE TABLE t(a)");
    EXPECT_THROW(second.prepare("SELECT a FROM t"), mica::SchemaMismatch);
}

TEST(OpenOptions, an_empty_file_becomes_a_database) {
    const TemporaryDirectory directory;
    write(directory.file("x.db"), "");
    Database(directory.file("x.db"), {.mode = OpenMode::read_write}).execute_script("CREATE TABLE t(a)");
    EXPECT_TRUE(bytes_of(directory.file("x.db")).starts_with("SQLite format 3"));
}

TEST(OpenOptions, a_file_of_one_byte_counts_as_empty) {
    const TemporaryDirectory directory;
    write(directory.file("x.db"), "x");
    Database(directory.file("x.db"), {.mode = OpenMode::read_write}).execute_script("CREATE TABLE t(a)");
    EXPECT_TRUE(bytes_of(directory.file("x.db")).starts_with("SQLite format 3"));
}

TEST(OpenOptions, only_create_makes_a_missing_file) {
    const TemporaryDirectory directory;
    expect_refused(directory, directory.file("x.db"), {.mode = OpenMode::read_only}, SQLITE_CANTOPEN);
    expect_refused(directory, directory.file("x.db"), {.mode = OpenMode::read_write}, SQLITE_CANTOPEN);
    const Database created(directory.file("x.db"), {.mode = OpenMode::create});
    EXPECT_TRUE(fs::exists(directory.file("x.db")));
}

TEST(OpenOptions, a_file_in_a_missing_directory_cannot_be_opened) {
    const TemporaryDirectory directory;
    expect_refused(directory, directory.file("nowhere/x.db"), {}, SQLITE_CANTOPEN);
}

TEST(OpenOptions, a_directory_cannot_be_opened) {
    const TemporaryDirectory directory;
    fs::create_directory(directory.file("x.db"));
    expect_refused(directory, directory.file("x.db"), {}, SQLITE_CANTOPEN);
}

TEST(OpenOptions, a_file_that_is_no_database_is_left_as_it_is) {
    std::string almost = "SQLite format 3";
    almost.resize(4096, '\0');
    almost[15] = '!';
    for (const std::string& bytes : {std::string("xy"), std::string("a short text\n"), std::string(99, 'a'),
                                     std::string(511, 'a'), std::string(512, 'a'), std::string(100000, '\0'), almost}) {
        for (const OpenMode mode : {OpenMode::create, OpenMode::read_write, OpenMode::read_only}) {
            const TemporaryDirectory directory;
            write(directory.file("x.db"), bytes);
            expect_refused(directory, directory.file("x.db"), {.mode = mode}, SQLITE_NOTADB);
        }
    }
}

TEST(OpenOptions, a_locked_file_is_busy_after_the_timeout) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database first(path, {});
    first.execute_script("PRAGMA journal_mode=DELETE; CREATE TABLE t(a); BEGIN EXCLUSIVE");
    expect_refused(directory, path, {.busy_timeout_ms = 20}, SQLITE_BUSY);
}

TEST(OpenOptions, a_file_that_is_being_read_in_another_journal_mode_is_busy_after_the_timeout) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database first(path, {});
    first.execute_script("PRAGMA journal_mode=DELETE; CREATE TABLE t(a); BEGIN; SELECT * FROM t");
    expect_refused(directory, path, {.busy_timeout_ms = 20}, SQLITE_BUSY);
}

TEST(OpenOptions, the_switch_to_wal_waits_for_a_reader) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database first(path, {});
    first.execute_script("PRAGMA journal_mode=DELETE; CREATE TABLE t(a); BEGIN; SELECT * FROM t");
    std::thread reader([&] {
        sqlite3_sleep(30);
        first.execute_script("ROLLBACK");
    });
    Database second(path, {.busy_timeout_ms = 60000});
    reader.join();
    EXPECT_EQ(pragma(second, "journal_mode"), "wal");
    EXPECT_EQ(pragma(second, "busy_timeout"), "60000");
}

TEST(OpenOptions, many_can_open_a_new_file_at_the_same_time) {
    for (int round = 0; round < 10; ++round) {
        const TemporaryDirectory directory;
        const std::string path = directory.file("x.db");
        std::vector<std::thread> threads;
        std::vector<std::string> modes(6);
        for (std::string& mode : modes) {
            threads.emplace_back([&] {
                try {
                    Database database(path, {.busy_timeout_ms = 60000});
                    mode = pragma(database, "journal_mode");
                } catch (const std::exception& error) {
                    mode = error.what();
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        EXPECT_EQ(modes, std::vector<std::string>(6, "wal"));
    }
}

/// Runs `action` in a child process that is not the superuser, to whom permissions mean nothing. Gives its answer.
int as_nobody(const fs::path& directory, const std::function<int()>& action) {
    const pid_t child = ::fork();
    if (child == 0) {
        if (::geteuid() == 0) {
            for (const auto& entry : fs::recursive_directory_iterator(directory)) {
                if (::lchown(entry.path().c_str(), 65534, 65534) != 0) ::_exit(101);
            }
            if (::chown(directory.c_str(), 65534, 65534) != 0) ::_exit(102);
            if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(103);
        }
        ::_exit(action());
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The code that opening ends with.
int code_of_opening(const std::string& path, const OpenOptions& options) {
    try {
        Database database(path, options);
        return SQLITE_OK;
    } catch (const OperationalError& error) {
        return error.code();
    } catch (...) {
        return 100;
    }
}

TEST(OpenOptions, a_file_that_must_not_be_read_cannot_be_opened) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database(path, {}).execute_script("CREATE TABLE t(a)");
    fs::permissions(path, fs::perms::none);
    EXPECT_EQ(as_nobody(directory.path(), [&] { return code_of_opening(path, {}); }), SQLITE_CANTOPEN);
}

TEST(OpenOptions, a_file_that_must_not_be_written_keeps_its_journal_mode) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database(path, {}).execute_script("PRAGMA journal_mode=DELETE; CREATE TABLE t(a)");
    const std::string before = bytes_of(path);
    fs::permissions(path, fs::perms::owner_read);
    EXPECT_EQ(as_nobody(directory.path(), [&] { return code_of_opening(path, {}); }), SQLITE_OK);
    EXPECT_EQ(bytes_of(path), before);
}

TEST(OpenOptions, a_file_in_a_directory_that_must_not_be_written_keeps_its_journal_mode) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("x.db");
    Database(path, {}).execute_script("PRAGMA journal_mode=DELETE; CREATE TABLE t(a)");
    const std::string before = bytes_of(path);
    const auto open_in_locked_directory = [&] {
        fs::permissions(directory.path(), fs::perms::owner_read | fs::perms::owner_exec);
        const int code = code_of_opening(path, {});
        fs::permissions(directory.path(), fs::perms::owner_all);
        return code;
    };
    EXPECT_EQ(as_nobody(directory.path(), open_in_locked_directory), SQLITE_OK);
    EXPECT_EQ(bytes_of(path), before);
}

TEST(OpenOptions, an_immutable_file_is_read_without_locks) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a b%20?#\xc3\xbc.db");
    Database first(path, {});
    first.execute_script("PRAGMA journal_mode=DELETE; CREATE TABLE t(a); INSERT INTO t VALUES(7); BEGIN EXCLUSIVE");
    Database second(path, {.mode = OpenMode::read_only, .busy_timeout_ms = 0, .immutable = true});
    Statement statement = second.prepare("SELECT a FROM t");
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).integer(), 7);
}

/// Makes the temporary directory the current one while it lives.
struct CurrentDirectory {
    explicit CurrentDirectory(const fs::path& path) { fs::current_path(path); }
    ~CurrentDirectory() { fs::current_path(before); }
    fs::path before = fs::current_path();
};

TEST(OpenOptions, a_path_that_looks_like_something_else_is_still_a_file) {
    const TemporaryDirectory directory;
    const CurrentDirectory current(directory.path());
    for (const std::string path : {":memory:", "file:x.db?mode=memory", "file::memory:", "a%41?mode=ro"}) {
        Database(path, {}).execute_script("CREATE TABLE t(a); PRAGMA wal_checkpoint");
        EXPECT_TRUE(fs::exists("./" + path)) << path;
        const Database immutable(path, {.mode = OpenMode::read_only, .immutable = true});
    }
}

TEST(OpenOptions, contradictions_are_programming_errors) {
    EXPECT_THROW(Database("", {}), ProgrammingError);
    EXPECT_THROW(Database("x.db", {.mode = OpenMode::memory}), ProgrammingError);
    EXPECT_THROW(Database("x.db", {.mode = OpenMode::read_write, .immutable = true}), ProgrammingError);
    EXPECT_THROW(Database("", {.mode = OpenMode::memory, .immutable = true}), ProgrammingError);
    EXPECT_THROW(Database("", {.mode = OpenMode::memory, .busy_timeout_ms = -1}), ProgrammingError);
}

TEST(OpenOptions, a_path_is_not_cut_at_a_nul) {
    const TemporaryDirectory directory;
    EXPECT_THROW(Database(directory.file(std::string_view("a\0b", 3)), {}), ProgrammingError);
    EXPECT_TRUE(fs::is_empty(directory.path()));
}

TEST(OpenOptions, refuse_a_library_that_is_too_old_or_without_threads) {
    mica::sqlite::detail::require_library(3038000, 1);
    mica::sqlite::detail::require_library(3040001, 2);
    EXPECT_THROW(mica::sqlite::detail::require_library(3037002, 1), ProgrammingError);
    EXPECT_THROW(mica::sqlite::detail::require_library(3040001, 0), ProgrammingError);
}

}  // namespace
}  // namespace unit_sqlite_options
