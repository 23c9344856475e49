// SPDX-License-Identifier: BSL-1.0
// What an asynchronous engine can be told beside its URL.
#pragma once

#include <mica/core/error.hpp>
#include <mica/engine/options.hpp>

#include <cstddef>

namespace mica {

/// What an AsyncEngine can be told beside its URL.
struct AsyncOptions {
    /// How many threads run operations, each on one connection. A database in memory has one connection, and so one.
    int workers = 4;
    /// How many operations may wait for a worker before try_read() and try_write() throw QueueFull. Others wait, and
    /// so do their callers.
    std::size_t queue = 1024;
    EngineOptions engine{};
};

/// Nothing has been done: as many operations wait for a worker as AsyncOptions::queue allows.
class QueueFull : public Error {
public:
    using Error::Error;
};

}  // namespace mica
