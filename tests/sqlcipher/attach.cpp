// SPDX-License-Identifier: BSL-1.0
// Files beside the main one, with keys of their own.
#include "encrypted_files.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace encrypted_files;

class AttachedFiles : public EncryptedFiles {
protected:
    AttachedFiles() {
        write(cipher_url(marker));
        write(url("other.db"), Passphrase{"other key"});
        write(url("same.db"), Passphrase{marker});
        write(url("plain.db"));
    }
    static std::string other_text(const mica::Connection& connection) {
        return connection.execute<std::string>("SELECT text FROM other.Note").one();
    }
    static std::vector<std::string> databases(const mica::Connection& connection) {
        return connection
            .execute<std::string>("SELECT name FROM pragma_database_list WHERE name <> 'temp' ORDER BY seq")
            .all();
    }
};

}  // namespace

TEST_F(AttachedFiles, have_a_key_of_their_own) {
    const mica::Engine engine{cipher_url(marker)};
    const auto connection = engine.connect();
    connection.attach(path("other.db"), "other", Passphrase{"other key"});
    EXPECT_EQ(other_text(connection), content);
    connection.execute("INSERT INTO other.Note SELECT id + 1, text FROM main.Note");
    connection.detach("other");
    EXPECT_EQ(mica::Engine(url("other.db"), {.key = Passphrase{"other key"}}).connect().all(select<Note>()).size(), 2U);
}

TEST_F(AttachedFiles, have_the_main_ones_key_where_none_is_given) {
    const mica::Engine engine{cipher_url(marker)};
    const auto connection = engine.connect();
    connection.attach(path("same.db"), "other");
    EXPECT_EQ(other_text(connection), content);
    connection.attach(path("new.db"), "fresh");
    connection.execute("CREATE TABLE fresh.Note AS SELECT id, text FROM other.Note");
    connection.detach("fresh");
    EXPECT_EQ(read(url("new.db"), Passphrase{marker}), content);
}

TEST_F(AttachedFiles, need_not_be_encrypted_beside_one_that_is) {
    const mica::Engine engine{cipher_url(marker)};
    const auto connection = engine.connect();
    connection.attach(path("plain.db"), "other", {});
    EXPECT_EQ(other_text(connection), content);
    connection.attach(":memory:", "scratch", {});
    connection.execute("CREATE TABLE scratch.t (a)");
}

TEST_F(AttachedFiles, may_be_encrypted_beside_one_that_is_not) {
    const mica::Engine engine{url("plain.db")};
    const auto connection = engine.connect();
    connection.attach(path("other.db"), "other", Passphrase{"other key"});
    EXPECT_EQ(other_text(connection), content);
    const mica::Engine memory{"sqlite://"};
    const auto in_memory = memory.connect();
    in_memory.attach(path("other.db"), "other", Passphrase{"other key"});
    EXPECT_EQ(other_text(in_memory), content);
}

TEST_F(AttachedFiles, have_raw_keys_and_keys_of_any_bytes) {
    const Passphrase odd{std::string_view{"a\0b\xff'", 5}};
    const RawKey raw{std::string(48, '\x19')};
    write(url("odd.db"), odd);
    write(url("raw.db"), raw);
    const mica::Engine engine{"sqlite:///" + path("utf16.db")};
    const auto connection = engine.connect();
    connection.open().run_script("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a)");
    connection.attach(path("fresh.db"), "fresh", odd);
    connection.execute("CREATE TABLE fresh.Note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
    connection.execute("INSERT INTO fresh.Note VALUES (1, ?)", content);
    connection.detach("fresh");
    EXPECT_EQ(read(url("fresh.db"), odd), content);
    const mica::Engine other{cipher_url(marker)};
    const auto beside = other.connect();
    beside.attach(path("odd.db"), "odd", odd);
    beside.attach(path("raw.db"), "other", raw);
    EXPECT_EQ(other_text(beside), content);
}

TEST_F(AttachedFiles, are_not_attached_with_a_wrong_key) {
    const mica::Engine engine{cipher_url(marker)};
    const auto connection = engine.connect();
    const std::string before = bytes("other.db");
    const auto expect_refused = [&](auto attach) {
        EXPECT_TRUE(caught<mica::OperationalError>(attach).is_wrong_key());
        EXPECT_EQ(databases(connection), std::vector<std::string>{"main"});
        EXPECT_EQ(connection.one(select<Note>()).text, content);
    };
    expect_refused([&] { connection.attach(path("other.db"), "other", Passphrase{"wrong"}); });
    expect_refused([&] { connection.attach(path("other.db"), "other", RawKey{std::string(32, 'x')}); });
    expect_refused([&] { connection.attach(path("other.db"), "other", {}); });
    expect_refused([&] { connection.attach(path("other.db"), "other"); });
    expect_refused([&] { connection.attach(path("plain.db"), "other"); });
    expect_refused([&] { connection.attach(path("plain.db"), "other", Passphrase{"wrong"}); });
    EXPECT_EQ(bytes("other.db"), before);
    connection.attach(path("other.db"), "other", Passphrase{"other key"});
    EXPECT_EQ(other_text(connection), content);
}

TEST_F(AttachedFiles, are_detached_when_the_connection_is_given_back) {
    const mica::Engine engine{cipher_url(marker)};
    engine.connect().attach(path("other.db"), "other", Passphrase{"other key"});
    EXPECT_EQ(databases(engine.connect()), std::vector<std::string>{"main"});
}

TEST_F(AttachedFiles, stay_where_each_new_connection_gets_them) {
    const mica::Engine engine{cipher_url(marker)};
    const auto token = engine.on_connect([key = Passphrase{"other key"}, file = path("other.db")](
                                             mica::Connection& opened) { opened.attach(file, "other", key); });
    for (int i = 0; i < 3; ++i) EXPECT_EQ(other_text(engine.connect()), content);
    engine.connect().attach(path("plain.db"), "third", {});
    EXPECT_EQ(databases(engine.connect()), (std::vector<std::string>{"main", "other"}));
}
