// SPDX-License-Identifier: BSL-1.0
// With mica::sqlcipher: a program of its own, since one program never links two SQLite libraries.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using mica::Passphrase;
using mica::RawKey;
using mica::select;
using mica::test::caught;
namespace fs = std::filesystem;

struct Note {
    std::int64_t id = 0;
    std::string text;
};

constexpr std::string_view marker = "s3cret-marker";
constexpr std::string_view content = "content that must not be readable";

class Encryption : public testing::Test {
protected:
    std::string path(std::string_view name = "notes.db") const { return directory.file(name); }
    std::string url(std::string_view name = "notes.db") const { return "sqlite:///" + path(name); }
    std::string cipher_url(std::string_view passphrase, std::string_view query = "") const {
        return "sqlite+sqlcipher://:" + std::string{passphrase} + "@/" + path() + std::string{query};
    }

    /// Writes a note and closes the database.
    static void write(const std::string& url, mica::EncryptionKey key = {}) {
        const mica::Engine engine{url, {.key = std::move(key)}};
        engine.create_all<Note>();
        engine.connect().insert(Note{0, std::string{content}});
    }
    static std::string read(const std::string& url, mica::EncryptionKey key = {}) {
        const mica::Engine engine{url, {.key = std::move(key)}};
        return engine.connect().one(select<Note>()).text;
    }
    std::string bytes(std::string_view name = "notes.db") const {
        std::ifstream file{path(name), std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }

    void expect_wrong_key(const std::string& url, mica::EncryptionKey key = {}) const {
        const std::string before = bytes();
        const mica::Engine engine{url, {.key = std::move(key)}};
        const auto error = caught<mica::OperationalError>([&] { engine.connect().all(select<Note>()); });
        EXPECT_TRUE(error.is_wrong_key());
        EXPECT_TRUE(error.is_not_a_database());
        EXPECT_EQ(std::string_view{error.what()}.find(marker), std::string_view::npos);
        EXPECT_EQ(bytes(), before);
    }

    mica::test::TemporaryDirectory directory;
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
    EXPECT_THROW(Passphrase{"x'" + std::string(64, 'a') + "'"}, mica::ProgrammingError);
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

TEST_F(Encryption, files_are_encrypted_and_decrypted_into_new_ones) {
    write(url());
    mica::encrypt_file(path(), path("secret.db"), Passphrase{marker});
    EXPECT_EQ(bytes("secret.db").find(content), std::string::npos);
    EXPECT_EQ(read(url("secret.db"), Passphrase{marker}), content);
    mica::decrypt_file(path("secret.db"), path("plain.db"), Passphrase{marker});
    EXPECT_EQ(read(url("plain.db")), content);
}

TEST_F(Encryption, no_file_is_written_over_and_none_is_left_by_a_failure) {
    write(url());
    EXPECT_THROW(mica::encrypt_file(path(), path(), Passphrase{marker}), mica::OperationalError);
    EXPECT_EQ(read(url()), content);
    EXPECT_TRUE(caught<mica::OperationalError>([&] {
                    mica::decrypt_file(path(), path("x.db"), Passphrase{marker});
                }).is_wrong_key());
    EXPECT_FALSE(fs::exists(path("x.db")));
}

TEST_F(Encryption, a_backup_is_encrypted_with_the_same_key) {
    write(cipher_url(marker));
    mica::Engine{cipher_url(marker)}.backup_to(path("copy.db"));
    EXPECT_EQ(bytes("copy.db").find(content), std::string::npos);
    EXPECT_EQ(read(url("copy.db"), Passphrase{marker}), content);
}

TEST_F(Encryption, the_url_is_shown_without_the_passphrase) {
    EXPECT_EQ(mica::Engine{cipher_url(marker)}.url().find(marker), std::string::npos);
}

TEST_F(Encryption, two_keys_are_refused) {
    EXPECT_THROW((mica::Engine{cipher_url(marker), {.key = Passphrase{"other"}}}), mica::ProgrammingError);
    EXPECT_THROW((mica::Engine{"sqlite://", {.key = Passphrase{"other"}}}), mica::ProgrammingError);
}
