// SPDX-License-Identifier: BSL-1.0
// A thread of an asynchronous engine, as its dispatcher sees it.
#pragma once

#include <mica/async/operation.hpp>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <thread>

namespace mica::detail {

/// A thread that runs one operation after the other. All but `thread` and `ready` belongs to the dispatcher.
struct Worker {
    std::thread thread{};
    std::condition_variable wake{};
    Tenant* tenant = nullptr;
    Operation* own = nullptr;  ///< its tenant's, which waits
    Operation* running = nullptr;
    bool is_idle = false;
    std::chrono::steady_clock::time_point idle_since{};  ///< where its tenant keeps it

    /// Whether its tenant has nothing for it to do, and nobody else may have it.
    bool is_kept_idle() const noexcept { return tenant != nullptr && own == nullptr && running == nullptr; }

    std::shared_ptr<CompletionBatch> ready{};  ///< the batch that was sent last: more may fit in
};

}  // namespace mica::detail
