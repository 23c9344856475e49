// SPDX-License-Identifier: BSL-1.0
// A folder for encrypted files and what is in them.
#pragma once

#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <csignal>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace encrypted_files {

using mica::Passphrase;
using mica::RawKey;
using mica::select;
using mica::test::caught;

struct Note {
    std::int64_t id = 0;
    std::string text;
};

inline constexpr std::string_view marker = "s3cret-marker";
inline constexpr std::string_view content = "content that must not be readable";

/// Lets no file grow beyond a size while it lives.
class FullDisk {
public:
    explicit FullDisk(std::uintmax_t most) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = most;
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

class EncryptedFiles : public testing::Test {
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

}  // namespace encrypted_files
