// SPDX-License-Identifier: BSL-1.0
// Encrypted files, of a program that links mica::sqlcipher. docs/encryption.md explains it.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

using mica::select;

struct Note {
    std::int64_t id = 0;
    std::string text;
};

/// Notes of the file that is attached as "old".
struct OldNote {
    std::int64_t id = 0;
    std::string text;
    static constexpr auto mapping() { return mica::table("Note").schema("old"); }
};

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

void keys() {
    mica::Engine engine{"sqlite:///notes.db", {.key = mica::Passphrase{"p@ss"}}};
    engine.create_all<Note>();
    engine.connect().insert(Note{.text = "nobody else reads this"});
    engine.rekey(mica::Passphrase{"another"});
    check(engine.connect().one(select<Note>()).id == 1, "goes on with the new key");

    const mica::Engine locked_out{"sqlite+sqlcipher://:p%40ss@/notes.db"};
    try {
        locked_out.create_all<Note>();
    } catch (const mica::OperationalError& error) {
        check(error.is_wrong_key(), "the old one is wrong from then on");
    }
}

void copies() {
    mica::decrypt_file("notes.db", "plain.db", mica::Passphrase{"another"});
    std::int64_t written = 0;
    mica::encrypt_file("plain.db", "secret.db", mica::Passphrase{"third"},
                       {.progress = [&written](std::int64_t done, std::int64_t) { written = done; }});
    check(written > 0 && std::filesystem::exists("secret.db"), "all pages, and the file is there");
}

void other_files() {
    const mica::Engine engine{"sqlite:///main.db", {.key = mica::Passphrase{"p@ss"}}};
    engine.create_all<Note>();
    const auto connection = engine.connect();
    connection.attach("secret.db", "old", mica::Passphrase{"third"});
    connection.attach("plain.db", "plain", {});  // is not encrypted
    check(connection.one(select<OldNote>()).text == "nobody else reads this", "read by its own key");
}

int main() {
    keys();
    copies();
    other_files();
    std::puts("notes.db, secret.db and main.db can be read with their keys only");
}
