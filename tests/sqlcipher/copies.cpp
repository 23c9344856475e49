// SPDX-License-Identifier: BSL-1.0
// Copies that are encrypted otherwise: encrypt_file() and decrypt_file().
#include "encrypted_files.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace encrypted_files;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

struct LaterNote {
    std::int64_t id = 0;
    std::string text;
};

class EncryptedCopies : public EncryptedFiles {
protected:
    /// Some megabytes, so that the cache does not hold all of them.
    void write_many() const {
        write(url());
        const mica::Engine engine{url()};
        engine.write([](mica::Session& session) {
            for (int i = 0; i < 4000; ++i) session.add(Note{.text = std::string(2000, 'x')});
        });
    }
    void expect_nothing_made(std::string_view name = "secret.db") const {
        EXPECT_FALSE(fs::exists(path(name)));
        EXPECT_FALSE(fs::exists(path(name) + "-part"));
        EXPECT_FALSE(fs::exists(path(name) + "-part-journal"));
        EXPECT_EQ(mica::Engine{url()}.integrity_check(), std::vector<std::string>{});
    }
};

}  // namespace

TEST_F(EncryptedCopies, are_made_both_ways) {
    write(url());
    mica::encrypt_file(path(), path("secret.db"), Passphrase{marker});
    EXPECT_EQ(bytes("secret.db").find(content), std::string::npos);
    EXPECT_EQ(read(url("secret.db"), Passphrase{marker}), content);
    mica::decrypt_file(path("secret.db"), path("plain.db"), Passphrase{marker});
    EXPECT_EQ(read(url("plain.db")), content);
    EXPECT_EQ(read(url()), content);
}

TEST_F(EncryptedCopies, are_written_over_no_file) {
    write(url());
    write(url("other.db"));
    const std::string before = bytes("other.db");
    EXPECT_THROW(mica::encrypt_file(path(), path(), Passphrase{marker}), mica::OperationalError);
    EXPECT_THROW(mica::encrypt_file(path(), path("other.db"), Passphrase{marker}), mica::OperationalError);
    EXPECT_EQ(bytes("other.db"), before);
    EXPECT_EQ(read(url()), content);
}

TEST_F(EncryptedCopies, are_not_there_after_a_failure) {
    write(url());
    EXPECT_TRUE(caught<mica::OperationalError>([&] {
                    mica::decrypt_file(path(), path("secret.db"), Passphrase{marker});
                }).is_wrong_key());
    expect_nothing_made();
    EXPECT_THROW(mica::encrypt_file(path("missing.db"), path("secret.db"), Passphrase{marker}), mica::OperationalError);
    expect_nothing_made();
    EXPECT_THROW(mica::encrypt_file(path(), path("no/such/folder.db"), Passphrase{marker}), mica::OperationalError);
}

TEST_F(EncryptedCopies, need_a_key) {
    write(url());
    EXPECT_THROW(mica::encrypt_file(path(), path("secret.db"), {}), mica::ProgrammingError);
    EXPECT_THROW(mica::decrypt_file(path(), path("secret.db"), {}), mica::ProgrammingError);
    expect_nothing_made();
}

TEST_F(EncryptedCopies, hold_all_that_the_original_does) {
    {
        const mica::Engine engine{url()};
        const auto connection = engine.connect();
        connection.open().run_script(R"sql(
            PRAGMA encoding = 'UTF-16le';
            PRAGMA application_id = 77;
            PRAGMA user_version = 5;
            CREATE TABLE "odd ""na'me" (x, twice AS (x * 2) STORED, more AS (x + 1));
            INSERT INTO "odd ""na'me" (rowid, x) VALUES (5, 1), (9, 2);
            CREATE TABLE keyed (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
            INSERT INTO keyed VALUES ('ä', x'00ff');
            CREATE TABLE strict_one (i INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT) STRICT;
            INSERT INTO strict_one VALUES (10, 't');
            DELETE FROM strict_one;
            CREATE VIEW seen AS SELECT x FROM "odd ""na'me";
            CREATE TRIGGER told AFTER INSERT ON strict_one BEGIN UPDATE keyed SET v = 1; END;
            CREATE VIRTUAL TABLE search USING fts5(body);
            INSERT INTO search VALUES ('hello world');
            CREATE INDEX part ON "odd ""na'me" (x + 1) WHERE x > 0;
            ANALYZE;
        )sql");
    }
    const Passphrase key{std::string_view{"no\0text \xff\xfe", 10}};
    mica::encrypt_file(path(), path("secret.db"), key);
    mica::decrypt_file(path("secret.db"), path("plain.db"), key);
    const auto dump = [&](std::string_view name, const mica::EncryptionKey& with) {
        const mica::Engine engine{url(name), {.key = with}};
        const auto connection = engine.connect();
        std::string all;
        for (const std::string_view value :
             {"encoding FROM pragma_encoding", "application_id FROM pragma_application_id",
              "user_version FROM pragma_user_version",
              "group_concat(rowid || x || twice || more) FROM \"odd \"\"na'me\"", "k || hex(v) FROM keyed",
              "group_concat(name || seq) FROM sqlite_sequence",
              "group_concat(idx || stat) FROM (SELECT idx, stat FROM sqlite_stat1 ORDER BY 1)",
              "body FROM search WHERE search MATCH 'hello'", "group_concat(x) FROM seen",
              "group_concat(sql) FROM (SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY name)"}) {
            all += connection.execute<std::string>("SELECT CAST((SELECT " + std::string{value} + ") AS TEXT)").one() +
                   "\n";
        }
        EXPECT_EQ(engine.integrity_check(), std::vector<std::string>{});
        return all;
    };
    const std::string original = dump("notes.db", {});
    EXPECT_NE(original.find("UTF-16le\n77\n5\n5122,9243\n"), std::string::npos) << original;
    EXPECT_EQ(dump("secret.db", key), original);
    EXPECT_EQ(dump("plain.db", {}), original);
}

TEST_F(EncryptedCopies, read_one_state_of_the_original) {
    write_many();
    const mica::Engine engine{url()};
    engine.create_all<LaterNote>();  // is copied behind the other table
    int writes = 0;
    mica::EncryptOptions options;
    options.progress = [&](int, int) {
        engine.write([](mica::Session& session) {
            session.add(Note{.text = "later"});
            session.add(LaterNote{.text = "later"});
        });
        ++writes;
    };
    mica::encrypt_file(path(), path("secret.db"), Passphrase{marker}, std::move(options));
    EXPECT_GT(writes, 1);
    const mica::Engine copy{url("secret.db"), {.key = Passphrase{marker}}};
    EXPECT_EQ(copy.connect().scalar(select(mica::count()).from<Note>()), 4001);
    EXPECT_EQ(copy.connect().scalar(select(mica::count()).from<LaterNote>()), 0);
}

TEST_F(EncryptedCopies, tell_how_far_they_are) {
    write_many();
    std::vector<std::pair<std::int64_t, std::int64_t>> told;
    mica::encrypt_file(path(), path("secret.db"), Passphrase{marker},
                       {.progress = [&](std::int64_t done, std::int64_t total) {
                           EXPECT_FALSE(fs::exists(path("secret.db")));
                           told.emplace_back(done, total);
                       }});
    ASSERT_GT(told.size(), 3U);
    for (std::size_t i = 1; i < told.size(); ++i) EXPECT_GE(told[i].first, told[i - 1].first);
    EXPECT_GT(told.back().second, 1000);
    EXPECT_EQ(told.back().first, told.back().second);
}

TEST_F(EncryptedCopies, are_stopped_by_progress) {
    write_many();
    for (const int at : {1, 3}) {
        int calls = 0;
        EXPECT_THROW(mica::encrypt_file(path(), path("secret.db"), Passphrase{marker},
                                        {.progress = [&](int, int) { return ++calls < at; }}),
                     mica::InterruptedError);
        EXPECT_EQ(calls, at);
        expect_nothing_made();
    }
    EXPECT_THROW(mica::encrypt_file(path(), path("secret.db"), Passphrase{marker},
                                    {.progress = [](int done, int total) { return done < total; }}),
                 mica::InterruptedError);
    expect_nothing_made();
}

TEST_F(EncryptedCopies, throw_what_progress_throws) {
    write_many();
    EXPECT_THROW(mica::encrypt_file(path(), path("secret.db"), Passphrase{marker},
                                    {.progress = [](int, int) { throw std::runtime_error("enough"); }}),
                 std::runtime_error);
    expect_nothing_made();
}

TEST_F(EncryptedCopies, are_stopped_by_a_token_and_a_deadline) {
    write_many();
    std::stop_source source;
    mica::EncryptOptions options{.stop = source.get_token()};
    options.progress = [&](int, int) { source.request_stop(); };
    EXPECT_THROW(mica::encrypt_file(path(), path("secret.db"), Passphrase{marker}, std::move(options)),
                 mica::InterruptedError);
    expect_nothing_made();
    EXPECT_THROW(mica::encrypt_file(path(), path("secret.db"), Passphrase{marker}, {.deadline = 1ms}),
                 mica::InterruptedError);
    expect_nothing_made();
}

TEST_F(EncryptedCopies, say_that_the_disk_is_full) {
    write_many();
    {
        const FullDisk disk{3'000'000};
        EXPECT_THROW(mica::encrypt_file(path(), path("secret.db"), Passphrase{marker}), mica::OperationalError);
    }
    expect_nothing_made();
}

TEST_F(EncryptedCopies, are_whole_or_not_there_after_a_kill) {
    write_many();
    for (const auto wait : {0ms, 20ms, 60ms, 100ms, 140ms, 200ms, 300ms}) {
        const pid_t child = fork();
        if (child == 0) {
            mica::encrypt_file(path(), path("secret.db"), Passphrase{marker});
            _exit(0);
        }
        std::this_thread::sleep_for(wait);
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        if (fs::exists(path("secret.db"))) {
            const mica::Engine copy{url("secret.db"), {.key = Passphrase{marker}}};
            EXPECT_EQ(copy.connect().scalar(select(mica::count()).from<Note>()), 4001);
            fs::remove(path("secret.db"));
        } else if (fs::exists(path("secret.db-part"))) {
            const auto error = caught<mica::OperationalError>(
                [&] { mica::encrypt_file(path(), path("secret.db"), Passphrase{marker}); });
            EXPECT_NE(std::string_view{error.what()}.find("secret.db-part is there already"), std::string_view::npos);
        }
        fs::remove(path("secret.db-part"));
        EXPECT_EQ(mica::Engine{url()}.integrity_check(), std::vector<std::string>{});
    }
}

TEST_F(EncryptedCopies, have_the_wanted_parameters) {
    write(url());
    mica::encrypt_file(path(), path("secret.db"), Passphrase{marker}, {.cipher_compatibility = 3});
    const std::string with_passphrase = "sqlite+sqlcipher://:" + std::string{marker} + "@/" + path("secret.db");
    EXPECT_EQ(read(with_passphrase + "?cipher_compatibility=3"), content);
    mica::decrypt_file(path("secret.db"), path("plain.db"), Passphrase{marker}, {.cipher_compatibility = 3});
    EXPECT_EQ(read(url("plain.db")), content);
    EXPECT_TRUE(caught<mica::OperationalError>([&] {
                    mica::decrypt_file(path("secret.db"), path("none.db"), Passphrase{marker});
                }).is_wrong_key());
    mica::encrypt_file(path(), path("more.db"), Passphrase{marker},
                       {.cipher_page_size = 16384, .kdf_iter = 1000, .cipher_use_hmac = 0});
    EXPECT_EQ(read("sqlite+sqlcipher://:" + std::string{marker} + "@/" + path("more.db") +
                   "?cipher_page_size=16384&kdf_iter=1000&cipher_use_hmac=0"),
              content);
}

TEST_F(EncryptedCopies, refuse_parameters_that_make_no_sense) {
    write(url());
    const auto refused = [&](mica::EncryptOptions options) {
        EXPECT_THROW(mica::encrypt_file(path(), path("secret.db"), Passphrase{marker}, std::move(options)),
                     mica::ProgrammingError);
    };
    refused({.cipher_page_size = 1000});
    refused({.cipher_page_size = 512});
    refused({.kdf_iter = -1});
    refused({.cipher_compatibility = 5});
    refused({.cipher_use_hmac = 2});
    expect_nothing_made();
}
