// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/url.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>

namespace {

using mica::parse_url;
using mica::Url;
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
                 "sqlite:///x.db?mode=ro&busy_timeout=5&immutable=1"}));

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
        Refused{"postgresql://u:s3cret@h/d", "unknown scheme 'postgresql'; supported: sqlite"},
        Refused{"SQLite://", "unknown scheme 'SQLite'"}, Refused{"sqlite3://", "unknown scheme 'sqlite3'"},
        Refused{"sqlite+sqlcipher://:s3cret@/x", "unknown scheme 'sqlite+sqlcipher'"},
        Refused{"sqlite://:s3cret@/x", "no user, password, host or port"},
        Refused{"sqlite://u:s3cret@h:1/x", "no user, password, host or port"},
        Refused{"sqlite://host/x", "no user, password, host or port"},
        Refused{"sqlite://x.db", "three slashes come before a relative path"},
        Refused{"sqlite:///", "the path is empty"}, Refused{"sqlite:///?mode=ro", "the path is empty"},
        Refused{"sqlite:///a%00b", "NUL"}, Refused{"sqlite:///a\0b"sv, "NUL"}, Refused{"sqlite:///x?mode=ro%00", "NUL"},
        Refused{"sqlite:///a%", "two hexadecimal digits"}, Refused{"sqlite:///a%4", "two hexadecimal digits"},
        Refused{"sqlite:///a%4g", "two hexadecimal digits"}, Refused{"sqlite:///a%g4", "two hexadecimal digits"},
        Refused{"sqlite:///a%%41", "two hexadecimal digits"}, Refused{"sqlite:///x?mode=%", "two hexadecimal digits"},
        Refused{"sqlite:///x?timeout=s3cret",
                "unknown query key 'timeout'; known keys are mode, busy_timeout, immutable"},
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
