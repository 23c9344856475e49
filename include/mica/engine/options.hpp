// SPDX-License-Identifier: BSL-1.0
// What an engine can be told beside its URL.
#pragma once

#include <mica/core/duration.hpp>
#include <mica/core/encryption_key.hpp>

#include <string_view>

namespace mica {

/// Whether an engine shows the statements it runs.
enum class Echo : unsigned char {
    off,
    sql,  ///< a line for each when it has ended: its text, its rows and how long it took, never a value
};

/// Where such lines go, without a line break. Called by the thread that runs the statement.
using EchoSink = void (*)(std::string_view line);

/// What an engine can be told beside its URL.
struct EngineOptions {
    /// How many connections to a file may be in use at a time, at least 1; one is opened when it is needed, and stays
    /// open. Who has the right to write waits for none: what he takes beyond that is closed when he gives it back. A
    /// database in memory has one, which all share.
    int pool_size = 16;
    /// How long a statement waits for a lock that another connection holds. The URL's busy_timeout goes before it.
    std::chrono::milliseconds busy_timeout{5000};
    /// How long a thread stands in line for what others of this engine hold: one of its connections, the right to
    /// write, the one connection of a database in memory. Then an OperationalError with is_timeout().
    std::chrono::milliseconds checkout_timeout{30000};
    Echo echo = Echo::off;
    /// Takes the lines of echo; null is the standard error stream. What it throws comes out of the statement.
    EchoSink echo_sink = nullptr;
    /// What the file is encrypted with, `Passphrase{"…"}` or `RawKey{…}`, where the URL has no passphrase. Needs
    /// mica::sqlcipher.
    EncryptionKey key{};
    /// The file comes from somebody who may mean harm, by mail or upload. It is checked as a whole before anything else
    /// is done with it, which reads all of it; its schema may run no function but those that the database counts as
    /// harmless; and what a statement may take is limited. A damaged file is an OperationalError with is_corrupt().
    bool untrusted_file = false;
};

}  // namespace mica
