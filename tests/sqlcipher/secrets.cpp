// SPDX-License-Identifier: BSL-1.0
// Whatever is told by mica, by SQLite's log and by SQLCipher's, no key and no bound value is in it.
#include "encrypted_files.hpp"
#include <support/overheard.hpp>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

using namespace encrypted_files;
using mica::test::fails;
using mica::test::overhear;

/// The library's own log words some errors with a value in them, as mica does not.
void hear_log(void*, int, const char* message) {
    std::string line = message;
    if (line.starts_with("os_unix.c:")) return;  // names a file
    for (const std::string_view before : {": bad JSON path: ", ": unable to open database: ", ": no such database: "}) {
        const std::size_t at = line.find(before);
        if (line.starts_with("statement aborts at ") && at != line.npos)
            line.erase(at + before.size(), line.rfind(" [") - at - before.size());
    }
    overhear(line);
}

/// Before anybody uses the library.
const int log_is_heard = sqlite3_config(SQLITE_CONFIG_LOG, &hear_log, nullptr);

class EncryptionSecrets : public EncryptedFiles {
protected:
    EncryptionSecrets() { mica::test::overheard().clear(); }

    std::string secret_url(std::string_view file, std::string_view query = "") const {
        return "sqlite+sqlcipher://:" + mica::test::spellings(passphrase).back() + "@/" + path(file) +
               std::string{query};
    }
    void use(const mica::EncryptionKey& key) const {
        const mica::Engine engine{url(), {.echo = mica::Echo::sql, .echo_sink = mica::test::overhear_line, .key = key}};
        {
            const mica::test::Listening listening{engine};
            mica::test::bind_and_fail(engine, value);
            {
                const auto connection = engine.connect();
                connection.attach(path("attached.db"), "attached", key);
                connection.execute("CREATE TABLE attached.t (a)");
            }
            engine.connect().attach(path("attached.db"), "attached");
            EXPECT_TRUE(fails([&] { engine.connect().attach(path("attached.db"), "attached", Passphrase{wrong}); }));
            EXPECT_TRUE(fails([&] { engine.connect().attach(path("attached.db"), "main", key); }));
            EXPECT_TRUE(fails([&] { engine.connect().attach("/no/folder.db", "attached", key); }));
            EXPECT_TRUE(fails([&] {
                const auto held = engine.connect();
                engine.rekey(Passphrase{wrong});
            }));
            engine.vacuum_into(path("compact.db"));
            EXPECT_TRUE(fails([&] { engine.vacuum_into(path("compact.db")); }));
            engine.backup_to(path("copy.db"));
            engine.rekey(Passphrase{wrong});
            engine.rekey(key);
        }
        overhear(engine.url());
        const mica::Engine traced{url(), {.key = key}};
        const auto token = mica::test::trace(traced);
        traced.connect().attach(path("attached.db"), "attached", key);
        for (const mica::EncryptionKey& other : {mica::EncryptionKey{}, mica::EncryptionKey{Passphrase{wrong}}})
            EXPECT_TRUE(fails([&] { read(url(), other); }));
        mica::decrypt_file(path(), path("plain.db"), key);
        EXPECT_TRUE(fails([&] { read(url("plain.db"), key); }));
        EXPECT_TRUE(fails([&] { mica::decrypt_file(path("plain.db"), path("none.db"), key); }));
        EXPECT_TRUE(fails([&] { mica::encrypt_file(path("plain.db"), path(), key); }));
        EXPECT_TRUE(fails([&] {
            mica::encrypt_file(path("plain.db"), path("none.db"), key, {.progress = [](int, int) { return false; }});
        }));
        EXPECT_TRUE(fails([&] { mica::Engine{secret_url("x.db"), {.key = key}}; }));
        EXPECT_TRUE(fails([&] { mica::Engine{"sqlite://", {.key = key}}; }));
    }

    static constexpr std::string_view passphrase = "s3cret pass/w\xc3\xb6rd'\"%?";
    static constexpr const char* wrong = "s3cond one";
    static constexpr const char* value = "bound v4lue";
};

}  // namespace

TEST_F(EncryptionSecrets, are_in_nothing_that_is_told) {
    const std::string raw = "0123456789abcdef\x81\x82\x83\x84\x85\x86\x87\x88/+-*''\"\"";
    {
        const mica::Engine engine{"sqlite://"};
        const auto connection = engine.connect();
        connection.execute<std::string>("PRAGMA cipher_log_level = DEBUG").all();
        connection.execute<std::string>("PRAGMA cipher_log = '" + path("log.txt") + "'").all();
    }
    use(Passphrase{passphrase});
    for (const std::string_view name : {"notes.db", "attached.db", "compact.db", "copy.db", "plain.db"})
        std::remove(path(name).c_str());
    use(RawKey{raw});
    EXPECT_TRUE(fails([&] { RawKey{raw + "1"}; }));
    for (const std::string_view query : {"?mode=s", "?kdf_iter=x", "?nothing=1", "?uri=true&x"})
        EXPECT_TRUE(fails([&] { mica::Engine{secret_url("x.db", query)}; }));
    mica::Engine{"sqlite://"}.connect().execute<std::string>("PRAGMA cipher_log = ''").all();
    std::ifstream log{path("log.txt")};
    overhear(std::string{std::istreambuf_iterator<char>{log}, {}});

    EXPECT_EQ(log_is_heard, SQLITE_OK);
    const std::string& all = mica::test::overheard();
    for (const std::string_view told : {"UNIQUE constraint failed", "hmac check failed", "the key or its parameters",
                                        "ATTACH ? AS ? KEY ?", "INSERT INTO \"secretive\"", "statement aborts at"})
        EXPECT_NE(all.find(told), std::string::npos) << told;
    for (const std::string_view secret :
         {passphrase, std::string_view{raw}, std::string_view{wrong}, std::string_view{value}})
        mica::test::expect_unheard(secret);
}
