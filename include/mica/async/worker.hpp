// SPDX-License-Identifier: BSL-1.0
// A thread of an asynchronous engine, as its dispatcher sees it.
#pragma once

#include <mica/async/operation.hpp>

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
    std::shared_ptr<CompletionBatch> ready{};  ///< the batch that was sent last: more may fit in
};

}  // namespace mica::detail
