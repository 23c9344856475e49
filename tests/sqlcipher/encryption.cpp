// SPDX-License-Identifier: BSL-1.0
// With mica::sqlcipher: a program of its own, since one program never links two SQLite libraries.
#include "encrypted_files.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using namespace encrypted_files;
namespace fs = std::filesystem;

class Encryption : public EncryptedFiles {
protected:
    /// -1 with a wrong key.
    static std::int64_t read_count(const std::string& url) {
        const mica::Engine engine{url};
        try {
            return engine.connect().scalar(select(mica::count()).from<Note>());
        } catch (const mica::OperationalError& error) {
            EXPECT_TRUE(error.is_wrong_key());
            return -1;
        }
    }
};

}  // namespace

TEST_F(Encryption, what_is_written_cannot_be_read_in_the_file) {
    write(cipher_url(marker));
    EXPECT_EQ(bytes().find(content), std::string::npos);
    EXPECT_FALSE(bytes().starts_with("SQLite format 3"));
    EXPECT_EQ(read(cipher_url(marker)), content);
}

TEST_F(Encryption, the_options_key_is_the_urls_passphrase) {
    write(url(), Passphrase{"p@s"});
    EXPECT_EQ(read(cipher_url("p%40s")), content);
    EXPECT_EQ(read(url(), Passphrase{"p@s"}), content);
}

TEST_F(Encryption, a_passphrase_may_hold_any_bytes) {
    const std::string_view odd{"a\0b'\";\xff", 7};
    write(url(), Passphrase{odd});
    EXPECT_EQ(read(url(), Passphrase{odd}), content);
    expect_wrong_key(url(), Passphrase{odd.substr(0, 6)});
}

TEST_F(Encryption, a_raw_key_needs_no_derivation) {
    const std::string key(32, '\x17');
    write(url(), RawKey{key});
    EXPECT_EQ(read(url(), RawKey{key}), content);
    expect_wrong_key(url(), RawKey{std::string(32, '\x18')});
    const std::string with_salt = key + std::string(16, '\x01');
    mica::Engine salted{url("salted.db"), {.key = RawKey{with_salt}}};
    salted.create_all<Note>();
    salted.connect().insert(Note{0, std::string{content}});
    EXPECT_EQ(salted.connect().one(select<Note>()).text, content);
}

TEST_F(Encryption, a_key_of_another_size_is_refused) {
    EXPECT_THROW(RawKey{std::string(31, 'x')}, mica::ProgrammingError);
    EXPECT_THROW(Passphrase{""}, mica::ProgrammingError);
    for (const std::size_t digits : {64U, 96U, 160U}) {
        EXPECT_THROW(Passphrase{"x'" + std::string(digits, 'a') + "'"}, mica::ProgrammingError);
        EXPECT_THROW(Passphrase{"X'" + std::string(digits, 'F') + "'"}, mica::ProgrammingError);
        EXPECT_NO_THROW(Passphrase{"x'" + std::string(digits, 'g') + "'"});
    }
}

TEST_F(Encryption, a_wrong_key_and_no_key_are_one_error_and_leave_the_file_alone) {
    write(cipher_url(marker));
    expect_wrong_key(cipher_url("other"));
    expect_wrong_key(url());
}

TEST_F(Encryption, a_key_on_a_file_that_is_not_encrypted_is_the_same_error) {
    write(url());
    expect_wrong_key(cipher_url(marker));
    EXPECT_EQ(read(url()), content);
}

TEST_F(Encryption, parameters_are_part_of_the_key) {
    const std::string with = cipher_url(marker, "?cipher_page_size=8192&kdf_iter=64000");
    write(with);
    EXPECT_EQ(read(with), content);
    expect_wrong_key(cipher_url(marker));
}

TEST_F(Encryption, a_passphrase_of_a_megabyte_is_one) {
    const std::string megabyte(1U << 20U, 'm');
    write(url(), Passphrase{megabyte});
    EXPECT_EQ(read(url(), Passphrase{megabyte}), content);
    expect_wrong_key(url(), Passphrase{megabyte + "m"});
}

TEST_F(Encryption, any_combination_of_parameters_is_one) {
    int number = 0;
    for (const std::string_view version :
         {"", "&cipher_compatibility=1", "&cipher_compatibility=3", "&cipher_compatibility=4"}) {
        for (const std::string_view size : {"", "&cipher_page_size=1024", "&cipher_page_size=65536"}) {
            for (const std::string_view hmac : {"", "&cipher_use_hmac=0", "&cipher_use_hmac=1"}) {
                const std::string with = "sqlite+sqlcipher://:k@/" + path(std::to_string(++number)) + "?kdf_iter=10" +
                                         std::string{version} + std::string{size} + std::string{hmac};
                write(with);
                const mica::Engine engine{with};
                engine.connect().insert(std::vector<Note>(500, Note{.text = std::string(300, 'x')}));
                EXPECT_EQ(mica::Engine{with}.integrity_check(), std::vector<std::string>{}) << with;
                EXPECT_EQ(mica::Engine{with}.connect().scalar(select(mica::count()).from<Note>()), 501) << with;
            }
        }
    }
}

TEST_F(Encryption, files_of_version_3_can_be_written_and_read) {
    const std::string with = cipher_url(marker, "?cipher_compatibility=3");
    write(with);
    EXPECT_EQ(read(with), content);
    expect_wrong_key(cipher_url(marker));
}

TEST_F(Encryption, every_connection_of_a_pool_has_the_key) {
    const mica::Engine engine{cipher_url(marker)};
    engine.create_all<Note>();
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&engine] {
            engine.write([](mica::Session& session) { session.add(Note{.text = std::string{content}}); });
            engine.read([](mica::Reader& reader) { return reader.all(select<Note>()).size(); });
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(engine.connect().all(select<Note>()).size(), 4U);
}

TEST_F(Encryption, another_key_opens_the_file_from_then_on) {
    write(cipher_url(marker));
    {
        const mica::Engine engine{cipher_url(marker)};
        EXPECT_EQ(engine.connect().one(select<Note>()).text, content);
        engine.rekey(Passphrase{"new"});
        EXPECT_EQ(engine.connect().one(select<Note>()).text, content);
    }
    EXPECT_EQ(read(cipher_url("new")), content);
    expect_wrong_key(cipher_url(marker));
}

TEST_F(Encryption, a_key_is_not_changed_while_a_connection_is_in_use) {
    write(cipher_url(marker));
    const mica::Engine engine{cipher_url(marker)};
    {
        const auto connection = engine.connect();
        EXPECT_TRUE(caught<mica::OperationalError>([&] { engine.rekey(Passphrase{"new"}); }).is_busy());
    }
    EXPECT_EQ(read(cipher_url(marker)), content);
}

TEST_F(Encryption, a_key_is_not_changed_while_another_engine_has_the_file_open) {
    write(cipher_url(marker));
    const mica::Engine other{cipher_url(marker)};
    const auto reader = other.connect();
    EXPECT_EQ(reader.one(select<Note>()).text, content);
    const mica::Engine engine{cipher_url(marker)};
    EXPECT_TRUE(caught<mica::OperationalError>([&] { engine.rekey(Passphrase{"new"}); }).is_busy());
    reader.insert(Note{.text = "more"});
    EXPECT_EQ(engine.connect().all(select<Note>()).size(), 2U);
}

TEST_F(Encryption, every_kind_of_key_becomes_every_other) {
    write(cipher_url(marker));
    const RawKey salted{std::string(48, '\x21')};
    const RawKey raw{std::string(32, '\x22')};
    mica::Engine{cipher_url(marker)}.rekey(salted);
    EXPECT_EQ(read(url(), salted), content);
    mica::Engine{url(), {.key = salted}}.rekey(raw);
    EXPECT_EQ(read(url(), raw), content);
    mica::Engine{url(), {.key = raw}}.rekey(Passphrase{marker});
    EXPECT_EQ(read(cipher_url(marker)), content);
}

TEST_F(Encryption, what_is_not_encrypted_gets_no_other_key) {
    write(url());
    const mica::Engine engine{url()};
    EXPECT_THROW(engine.rekey(Passphrase{marker}), mica::ProgrammingError);
    EXPECT_THROW(engine.rekey({}), mica::ProgrammingError);
    EXPECT_EQ(engine.connect().one(select<Note>()).text, content);
}

TEST_F(Encryption, a_disk_that_is_full_leaves_the_old_key) {
    write(cipher_url(marker));
    const mica::Engine engine{cipher_url(marker)};
    engine.connect().insert(Note{.text = std::string(100'000, 'x')});
    engine.checkpoint(mica::CheckpointMode::truncate);
    {
        const FullDisk disk{fs::file_size(path()) / 2};
        EXPECT_THROW(engine.rekey(Passphrase{"new"}), mica::OperationalError);
    }
    EXPECT_EQ(engine.connect().all(select<Note>()).size(), 2U);
    EXPECT_EQ(mica::Engine{cipher_url(marker)}.integrity_check(), std::vector<std::string>{});
    expect_wrong_key(cipher_url("new"));
}

TEST_F(Encryption, a_kill_while_the_key_changes_leaves_one_of_both) {
    const std::string old_key = cipher_url("old", "?kdf_iter=10");
    const std::string new_key = cipher_url("new", "?kdf_iter=10");
    write(old_key);
    mica::Engine{old_key}.connect().insert(std::vector<Note>(2000, Note{.text = std::string(2000, 'x')}));
    for (const int wait_ms : {5, 15, 25, 40, 60, 80, 120}) {
        const pid_t child = fork();
        if (child == 0) {
            mica::Engine{old_key}.rekey(Passphrase{"new"});
            _exit(0);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{wait_ms});
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        const bool is_old = read_count(old_key) == 2001;
        EXPECT_NE(is_old, read_count(new_key) == 2001) << wait_ms;
        if (!is_old) mica::Engine{new_key}.rekey(Passphrase{"old"});
        EXPECT_EQ(mica::Engine{old_key}.integrity_check(), std::vector<std::string>{});
    }
}

TEST_F(Encryption, a_backup_is_encrypted_with_the_same_key) {
    write(cipher_url(marker));
    mica::Engine{cipher_url(marker)}.backup_to(path("copy.db"));
    EXPECT_EQ(bytes("copy.db").find(content), std::string::npos);
    EXPECT_EQ(read(url("copy.db"), Passphrase{marker}), content);
}

TEST_F(Encryption, copies_are_read_with_the_parameters_of_the_database) {
    for (const std::string_view query : {"?cipher_page_size=8192", "?kdf_iter=1000", "?cipher_use_hmac=0",
                                         "?cipher_compatibility=3", "?cipher_page_size=1024&cipher_use_hmac=0"}) {
        const auto with_query = [&](std::string_view name) {
            return "sqlite+sqlcipher://:" + std::string{marker} + "@/" + path(name) + std::string{query};
        };
        write(with_query("notes.db"));
        const mica::Engine engine{with_query("notes.db")};
        engine.vacuum_into(path("compact.db"));
        EXPECT_THROW(engine.vacuum_into(path("compact.db")), mica::DatabaseError);
        engine.backup_to(path("copy.db"));
        EXPECT_EQ(bytes("compact.db").find(content), std::string::npos);
        EXPECT_EQ(read(with_query("compact.db")), content) << query;
        EXPECT_EQ(read(with_query("copy.db")), content) << query;
        for (const std::string_view name : {"notes.db", "compact.db", "copy.db"}) fs::remove(path(name));
    }
}

TEST_F(Encryption, a_backup_does_not_go_over_a_file_with_another_key) {
    write(cipher_url(marker));
    write(url("other.db"), Passphrase{"other"});
    write(url("plain.db"));
    for (const std::string_view name : {"other.db", "plain.db"}) {
        const mica::Engine engine{cipher_url(marker)};
        EXPECT_TRUE(caught<mica::OperationalError>([&] { engine.backup_to(path(name)); }).is_wrong_key()) << name;
    }
    EXPECT_EQ(read(url("other.db"), Passphrase{"other"}), content);
    EXPECT_EQ(read(url("plain.db")), content);
}

TEST_F(Encryption, the_url_is_shown_without_the_passphrase) {
    EXPECT_EQ(mica::Engine{cipher_url(marker)}.url().find(marker), std::string::npos);
}

TEST_F(Encryption, two_keys_are_refused) {
    EXPECT_THROW((mica::Engine{cipher_url(marker), {.key = Passphrase{"other"}}}), mica::ProgrammingError);
    EXPECT_THROW((mica::Engine{"sqlite://", {.key = Passphrase{"other"}}}), mica::ProgrammingError);
}
