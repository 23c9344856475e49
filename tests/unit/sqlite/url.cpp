// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/url.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>

namespace unit_sqlite_url {
namespace {

using mica::parse_url;
using mica::Url;
using mica::UrlDriver;
using mica::sqlite::OpenMode;

struct Accepted {
    const char* text;
    Url url;
    const char* display;
};

std::ostream& operator<<(std::ostream& out, const Accepted& accepted) { return out << accepted.text; }

struct AcceptedUrl : testing::TestWithParam<Accepted> {};

TEST_P(AcceptedUrl, is_parsed) { EXPECT_EQ(parse_url(GetParam().text), GetParam().url); }

TEST_P(AcceptedUrl, is_displayed) { EXPECT_EQ(GetParam().url.display(), GetParam().display); }

TEST_P(AcceptedUrl, is_the_same_after_display) { EXPECT_EQ(parse_url(GetParam().url.display()), GetParam().url); }

INSTANTIATE_TEST_SUITE_P(
    Text, AcceptedUrl,
    testing::Values(
        Accepted{"sqlite://", {.memory = true}, "sqlite://"},
        Accepted{"sqlite:///:memory:", {.memory = true}, "sqlite://"},
        Accepted{"sqlite:///", {.memory = true}, "sqlite://"},
        Accepted{"sqlite:///?busy_timeout=7", {.busy_timeout_ms = 7, .memory = true}, "sqlite://?busy_timeout=7"},
        Accepted{"sqlite://?mode=memory", {.mode = OpenMode::memory, .memory = true}, "sqlite://?mode=memory"},
        Accepted{
            "sqlite:///:memory:?busy_timeout=7", {.busy_timeout_ms = 7, .memory = true}, "sqlite://?busy_timeout=7"},
        Accepted{"sqlite:///cars.db", {.path = "cars.db"}, "sqlite:///cars.db"},
        Accepted{"sqlite:///rel/path.db", {.path = "rel/path.db"}, "sqlite:///rel/path.db"},
        Accepted{"sqlite:////abs/path.db", {.path = "/abs/path.db"}, "sqlite:////abs/path.db"},
        Accepted{"sqlite://///abs", {.path = "//abs"}, "sqlite://///abs"},
        Accepted{"sqlite:///C:\\x.db", {.path = "C:\\x.db"}, "sqlite:///C:\\x.db"},
        Accepted{"sqlite:///a%20b%3F%23%25.db", {.path = "a b?#%.db"}, "sqlite:///a%20b%3F%23%25.db"},
        Accepted{"sqlite:///a b+c&d=e@f:g.db", {.path = "a b+c&d=e@f:g.db"}, "sqlite:///a%20b+c&d=e@f:g.db"},
        Accepted{"sqlite:///gr%c3%BC%C3%9f.db", {.path = "gr\xc3\xbc\xc3\x9f.db"}, "sqlite:///gr\xc3\xbc\xc3\x9f.db"},
        Accepted{"sqlite:///%0a%7F", {.path = "\n\x7f"}, "sqlite:///%0A%7F"},
        Accepted{"sqlite:///%3Amemory:", {.path = ":memory:"}, "sqlite:///%3Amemory%3A"},
        Accepted{"sqlite:///x.db?", {.path = "x.db"}, "sqlite:///x.db"},
        Accepted{"sqlite:///x.db?mode=ro", {.path = "x.db", .mode = OpenMode::read_only}, "sqlite:///x.db?mode=ro"},
        Accepted{"sqlite:///x.db?mode=rw", {.path = "x.db", .mode = OpenMode::read_write}, "sqlite:///x.db?mode=rw"},
        Accepted{"sqlite:///x.db?mode=rwc", {.path = "x.db", .mode = OpenMode::create}, "sqlite:///x.db?mode=rwc"},
        Accepted{"sqlite:///x.db?m%6Fde=r%6F", {.path = "x.db", .mode = OpenMode::read_only}, "sqlite:///x.db?mode=ro"},
        Accepted{
            "sqlite:///x.db?busy_timeout=0", {.path = "x.db", .busy_timeout_ms = 0}, "sqlite:///x.db?busy_timeout=0"},
        Accepted{"sqlite:///x.db?busy_timeout=2147483647",
                 {.path = "x.db", .busy_timeout_ms = 2147483647},
                 "sqlite:///x.db?busy_timeout=2147483647"},
        Accepted{"sqlite:///x.db?immutable=0", {.path = "x.db"}, "sqlite:///x.db"},
        Accepted{"sqlite:///x.db?immutable=1", {.path = "x.db", .immutable = true}, "sqlite:///x.db?immutable=1"},
        Accepted{"sqlite:///x.db?immutable=1&busy_timeout=5&mode=ro",
                 {.path = "x.db", .mode = OpenMode::read_only, .busy_timeout_ms = 5, .immutable = true},
                 "sqlite:///x.db?mode=ro&busy_timeout=5&immutable=1"},
        Accepted{"sqlite+async:///x.db", {.path = "x.db", .driver = UrlDriver::async}, "sqlite+async:///x.db"},
        Accepted{"sqlite+async://", {.memory = true, .driver = UrlDriver::async}, "sqlite+async://"},
        Accepted{"sqlite:///file:x.db", {.path = "file:x.db"}, "sqlite:///file:x.db"},
        Accepted{
            "sqlite:///file:x.db?uri=true", {.path = "file:x.db", .is_file_uri = true}, "sqlite:///file:x.db?uri=true"},
        Accepted{"sqlite:///file:%41.db?mode=ro&busy_timeout=3&vfs=unix&uri=1",
                 {.path = "file:%41.db",
                  .mode = OpenMode::read_only,
                  .busy_timeout_ms = 3,
                  .is_file_uri = true,
                  .file_query = "mode=ro&vfs=unix"},
                 "sqlite:///file:%41.db?mode=ro&vfs=unix&uri=true&busy_timeout=3"},
        Accepted{"sqlite:///file:/abs.db?uri=true&immutable=1",
                 {.path = "file:/abs.db", .immutable = true, .is_file_uri = true, .file_query = "immutable=1"},
                 "sqlite:///file:/abs.db?immutable=1&uri=true"},
        Accepted{"sqlite:///file:shared?mode=memory&cache=shared&uri=true",
                 {.path = "file:shared",
                  .mode = OpenMode::memory,
                  .memory = true,
                  .is_file_uri = true,
                  .file_query = "mode=memory&cache=shared"},
                 "sqlite:///file:shared?mode=memory&cache=shared&uri=true"},
        Accepted{"sqlite:///file::memory:?cache=shared&uri=true",
                 {.path = "file::memory:", .memory = true, .is_file_uri = true, .file_query = "cache=shared"},
                 "sqlite:///file::memory:?cache=shared&uri=true"},
        Accepted{"sqlite+sqlcipher:///x.db?cipher_compatibility=4",
                 {.path = "x.db", .driver = UrlDriver::sqlcipher, .encryption = {.compatibility = 4}},
                 "sqlite+sqlcipher:///x.db?cipher_compatibility=4"}));

TEST(SqlcipherUrl, has_a_passphrase_that_is_percent_decoded_and_never_displayed) {
    const Url url = parse_url(
        "sqlite+sqlcipher://:p%40s%3As/?w%25ord@/dir/secret.db?kdf_iter=64000&cipher_page_size=4096&cipher_use_hmac=0"
        "&mode=rw");
    EXPECT_EQ(url.encryption.key.text(), "p@s:s/?w%ord");
    EXPECT_EQ(url.path, "dir/secret.db");
    EXPECT_EQ(url.encryption.kdf_iterations, 64000);
    EXPECT_EQ(url.encryption.page_size, 4096);
    EXPECT_EQ(url.encryption.use_hmac, 0);
    EXPECT_EQ(url.mode, OpenMode::read_write);
    EXPECT_EQ(url.display(),
              "sqlite+sqlcipher://:***@/dir/secret.db?mode=rw&cipher_page_size=4096&kdf_iter=64000&cipher_use_hmac=0");
}

TEST(SqlcipherUrl, has_an_absolute_path_behind_two_slashes) {
    EXPECT_EQ(parse_url("sqlite+sqlcipher://:p@//abs/x.db").path, "/abs/x.db");
    EXPECT_EQ(parse_url("sqlite+sqlcipher:////abs/x@y.db").path, "/abs/x@y.db");
}

TEST(FileUri, of_a_relative_path_is_that_of_the_current_directory) {
    const std::string directory = mica::absolute_path({});
    EXPECT_EQ(parse_url("sqlite:///file:a%20b.db?mode=ro&uri=true").open_path(),
              "file:" + directory + "a%20b.db?mode=ro");
    for (const std::string_view as_it_is : {"file:/x.db", "file:///x.db", "file://localhost/x.db", "file::memory:"}) {
        EXPECT_EQ(parse_url("sqlite:///" + std::string{as_it_is} + "?uri=true").open_path(), as_it_is);
    }
    EXPECT_EQ(parse_url("sqlite:///file:m?uri=true&mode=memory").open_path(), "file:m?mode=memory");
}

struct Refused {
    std::string_view text;
    const char* reason;  ///< a part of it
};

std::ostream& operator<<(std::ostream& out, const Refused& refused) { return out << refused.text; }

struct RefusedUrl : testing::TestWithParam<Refused> {};

TEST_P(RefusedUrl, says_why) {
    const auto error = mica::test::caught<mica::ProgrammingError>([] { parse_url(GetParam().text); });
    EXPECT_NE(std::string_view(error.what()).find(GetParam().reason), std::string_view::npos) << error.what();
}

TEST_P(RefusedUrl, shows_no_password) {
    const auto error = mica::test::caught<mica::ProgrammingError>([] { parse_url(GetParam().text); });
    EXPECT_EQ(std::string_view(error.what()).find("s3cret"), std::string_view::npos) << error.what();
}

using namespace std::string_view_literals;

INSTANTIATE_TEST_SUITE_P(
    Text, RefusedUrl,
    testing::Values(
        Refused{"", "must start with a scheme"}, Refused{"s3cret.db", "must start with a scheme"},
        Refused{"sqlite", "must start with a scheme"}, Refused{"sqlite:", "must start with a scheme"},
        Refused{"sqlite:/", "must start with a scheme"}, Refused{":memory:", "must start with a scheme"},
        Refused{"://", "malformed scheme"}, Refused{"u:s3cret@h://x", "malformed scheme"},
        Refused{" sqlite://", "malformed scheme"},
        Refused{"postgresql://u:s3cret@h/d",
                "unknown scheme 'postgresql'; supported: sqlite, sqlite+async, sqlite+sqlcipher"},
        Refused{"SQLite://", "unknown scheme 'SQLite'"}, Refused{"sqlite3://", "unknown scheme 'sqlite3'"},
        Refused{"sqlite+pysqlcipher://:s3cret@/x", "unknown scheme 'sqlite+pysqlcipher'"},
        Refused{"sqlite+async://:s3cret@/x", "no user, password, host or port"},
        Refused{"sqlite+sqlcipher://u:s3cret@/x", "a passphrase and no user"},
        Refused{"sqlite+sqlcipher://s3cret@/x", "a passphrase and no user"},
        Refused{"sqlite+sqlcipher://:s3cret/x", "a passphrase and no user"},
        Refused{"sqlite+sqlcipher://:s3cret@h/x", "no user, password, host or port"},
        Refused{"sqlite+sqlcipher://:s3cret@x@/y", "no user, password, host or port"},
        Refused{"sqlite+sqlcipher://:@/x", "the passphrase is empty"},
        Refused{"sqlite+sqlcipher://:s3cret%@/x", "two hexadecimal digits"},
        Refused{"sqlite+sqlcipher://:s3cret%00@/x", "NUL"},
        Refused{"sqlite+sqlcipher://:s3cret@", "a database in memory is not encrypted"},
        Refused{"sqlite+sqlcipher://:s3cret@/", "the path is empty"},
        Refused{"sqlite+sqlcipher://:s3cret@/x?cipher=s3cret",
                "unknown query key 'cipher'; known keys are mode, busy_timeout, immutable, uri, cipher_page_size, "
                "kdf_iter, cipher_compatibility, cipher_use_hmac"},
        Refused{"sqlite+sqlcipher://:s3cret@/x?kdf_iter=0", "kdf_iter must be a whole number from 1"},
        Refused{"sqlite+sqlcipher://:s3cret@/x?cipher_page_size=1000", "a power of two from 1024 to 65536"},
        Refused{"sqlite+sqlcipher://:s3cret@/x?cipher_page_size=512", "a power of two from 1024 to 65536"},
        Refused{"sqlite+sqlcipher://:s3cret@/x?cipher_page_size=131072", "a power of two from 1024 to 65536"},
        Refused{"sqlite+sqlcipher://:s3cret@/x?cipher_compatibility=5", "must be 1, 2, 3 or 4"},
        Refused{"sqlite+sqlcipher://:s3cret@/x?cipher_use_hmac=yes", "cipher_use_hmac must be 0 or 1"},
        Refused{"sqlite:///x?kdf_iter=1", "unknown query key 'kdf_iter'"},
        Refused{"sqlite:///x?cache=shared", "unknown query key 'cache'"},
        Refused{"sqlite:///file:x?cache=shared", "unknown query key 'cache'"},
        Refused{"sqlite:///x?uri=true", "uri=true is for a path that starts with file:"},
        Refused{"sqlite:///file:x?uri=yes", "uri must be true"},
        Refused{"sqlite:///file:x%?uri=true", "two hexadecimal digits"}, Refused{"sqlite:///file:x%00?uri=true", "NUL"},
        Refused{"sqlite:///file:x#y?uri=true", "a # in a path is %23"},
        Refused{"sqlite:///file:x?uri=true&name=1",
                "unknown query key 'name'; known keys are mode, busy_timeout, immutable, uri, cache, modeof, nolock, "
                "psow, vfs"},
        Refused{"sqlite://:s3cret@/x", "no user, password, host or port"},
        Refused{"sqlite://u:s3cret@h:1/x", "no user, password, host or port"},
        Refused{"sqlite://host/x", "no user, password, host or port"},
        Refused{"sqlite://x.db", "three slashes come before a relative path"},
        Refused{"sqlite:///?mode=ro", "a database in memory has no mode"}, Refused{"sqlite:///a%00b", "NUL"},
        Refused{"sqlite:///a\0b"sv, "NUL"}, Refused{"sqlite:///x?mode=ro%00", "NUL"},
        Refused{"sqlite:///a%", "two hexadecimal digits"}, Refused{"sqlite:///a%4", "two hexadecimal digits"},
        Refused{"sqlite:///a%4g", "two hexadecimal digits"}, Refused{"sqlite:///a%g4", "two hexadecimal digits"},
        Refused{"sqlite:///a%%41", "two hexadecimal digits"}, Refused{"sqlite:///x?mode=%", "two hexadecimal digits"},
        Refused{"sqlite:///x?timeout=s3cret",
                "unknown query key 'timeout'; known keys are mode, busy_timeout, immutable, uri"},
        Refused{"sqlite:///x?Mode=ro", "unknown query key 'Mode'"}, Refused{"sqlite:///x?=ro", "unknown query key ''"},
        Refused{"sqlite:///x?s3cret", "key=value"}, Refused{"sqlite:///x?mode", "key=value"},
        Refused{"sqlite:///x?&mode=ro", "key=value"}, Refused{"sqlite:///x?mode=ro&&immutable=1", "key=value"},
        Refused{"sqlite:///x?mode=ro&", "ends with '&'"},
        Refused{"sqlite:///x?mode=ro&mode=ro", "the query key 'mode' stands there twice"},
        Refused{"sqlite:///x?mode=s3cret", "mode must be one of ro, rw, rwc, memory"},
        Refused{"sqlite:///x?mode=", "mode must be one of"}, Refused{"sqlite:///x?mode=ro?", "mode must be one of"},
        Refused{"sqlite:///x?busy_timeout=", "milliseconds"}, Refused{"sqlite:///x?busy_timeout=-1", "milliseconds"},
        Refused{"sqlite:///x?busy_timeout=5s", "milliseconds"}, Refused{"sqlite:///x?busy_timeout= 5", "milliseconds"},
        Refused{"sqlite:///x?busy_timeout=2147483648", "milliseconds"},
        Refused{"sqlite:///x?busy_timeout=99999999999999999999999999", "milliseconds"},
        Refused{"sqlite:///x?immutable=2", "immutable must be 0 or 1"},
        Refused{"sqlite:///x?immutable=true", "immutable must be 0 or 1"},
        Refused{"sqlite:///x?immutable=1&mode=rw", "immutable=1 is for mode=ro"},
        Refused{"sqlite:///x?mode=memory", "mode=memory goes without a path"},
        Refused{"sqlite://?mode=ro", "no mode but mode=memory"},
        Refused{"sqlite:///:memory:?mode=rwc", "no mode but mode=memory"},
        Refused{"sqlite://?immutable=1", "cannot be immutable"}));

TEST(Url, leaves_to_the_defaults_what_it_does_not_say) {
    const auto options = parse_url("sqlite:///x.db").open_options({.mode = OpenMode::read_write, .busy_timeout_ms = 9});
    EXPECT_EQ(options.mode, OpenMode::read_write);
    EXPECT_EQ(options.busy_timeout_ms, 9);
    EXPECT_FALSE(options.immutable);
}

TEST(Url, overrides_the_defaults_by_what_it_says) {
    const auto options = parse_url("sqlite:///x.db?mode=ro&busy_timeout=7")
                             .open_options({.mode = OpenMode::create, .busy_timeout_ms = 9});
    EXPECT_EQ(options.mode, OpenMode::read_only);
    EXPECT_EQ(options.busy_timeout_ms, 7);
}

TEST(Url, immutable_opens_read_only) {
    const auto options = parse_url("sqlite:///x.db?immutable=1").open_options();
    EXPECT_EQ(options.mode, OpenMode::read_only);
    EXPECT_TRUE(options.immutable);
}

TEST(Url, memory_opens_in_memory) { EXPECT_EQ(parse_url("sqlite://").open_options().mode, OpenMode::memory); }

TEST(AbsolutePath, stays_as_it_is) { EXPECT_EQ(mica::absolute_path("/a/../b"), "/a/../b"); }

/// Makes a directory the current one while it lives.
struct CurrentDirectory {
    explicit CurrentDirectory(const std::filesystem::path& path) { std::filesystem::current_path(path); }
    ~CurrentDirectory() { std::filesystem::current_path(before); }
    std::filesystem::path before = std::filesystem::current_path();
};

TEST(AbsolutePath, of_a_relative_path_starts_at_the_current_directory) {
    const mica::test::TemporaryDirectory directory;
    const CurrentDirectory current(directory.path());
    EXPECT_EQ(mica::absolute_path("rel/x.db"), std::filesystem::current_path().string() + "/rel/x.db");
}

TEST(AbsolutePath, of_a_relative_path_in_the_root_has_one_slash) {
    const CurrentDirectory current("/");
    EXPECT_EQ(mica::absolute_path("x.db"), "/x.db");
}

TEST(AbsolutePath, may_be_long) {
    const mica::test::TemporaryDirectory directory;
    const std::filesystem::path deep = directory.path() / std::string(200, 'a') / std::string(200, 'b');
    std::filesystem::create_directories(deep);
    const CurrentDirectory current(deep);
    EXPECT_EQ(mica::absolute_path("x"), std::filesystem::current_path().string() + "/x");
}

TEST(AbsolutePath, needs_a_current_directory) {
    const mica::test::TemporaryDirectory directory;
    const std::filesystem::path gone = directory.path() / "gone";
    std::filesystem::create_directory(gone);
    const CurrentDirectory current(gone);
    std::filesystem::remove(gone);
    EXPECT_THROW(mica::absolute_path("x"), mica::OperationalError);
}

}  // namespace
}  // namespace unit_sqlite_url
