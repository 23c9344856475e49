// SPDX-License-Identifier: BSL-1.0
// What engine.stats() tells.
#pragma once

#include <mica/core/duration.hpp>

#include <cstdint>

namespace mica {

/// An engine's connections now, and what has happened to them since it was made. Of a database in memory `open` is at
/// most 1 and `idle` 0; `in_use` are the handles that share it.
struct EngineStats {
    int open = 0;    ///< connections to the database
    int idle = 0;    ///< of those, the ones that wait for their next holder
    int in_use = 0;  ///< Connections, Sessions and Readers that have one

    std::int64_t opened = 0;     ///< connections, since the engine was made
    std::int64_t checkouts = 0;  ///< how often one was given to a holder
    std::int64_t waits = 0;      ///< how often a holder had to wait for one
    std::int64_t timeouts = 0;   ///< how often that was in vain

    std::int64_t write_waits = 0;  ///< how often a writer had to wait for another of the engine; in memory, any holder
    std::int64_t write_timeouts = 0;  ///< how often that was in vain
    std::chrono::nanoseconds longest_write_wait{0};
};

}  // namespace mica
