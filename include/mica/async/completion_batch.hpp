// SPDX-License-Identifier: BSL-1.0
// Results on their way to one executor: what is ready before it begins to hand them out needs no post of its own.
#pragma once

#include <mica/async/operation.hpp>

#include <memory>
#include <mutex>
#include <utility>

namespace mica::detail {

/// Open from its post until the executor begins with it.
class CompletionBatch {
public:
    /// Begins with one operation, whose reference it takes over, as those of all others.
    explicit CompletionBatch(Operation& first) noexcept { operations_.push_back(first); }
    explicit CompletionBatch(OperationList& operations) noexcept { operations_.take_all(operations); }
    CompletionBatch(const CompletionBatch&) = delete;
    CompletionBatch& operator=(const CompletionBatch&) = delete;
    ~CompletionBatch() { abandon(); }

    /// False where the executor has begun, or is another.
    bool append(Operation& operation) noexcept {
        const std::scoped_lock lock{mutex_};
        if (operations_.empty() || !operations_.front()->shares_executor(operation)) return false;
        operations_.push_back(operation);
        return true;
    }

    /// Sends a batch on its way.
    static void deliver(std::shared_ptr<CompletionBatch> batch, bool may_run_here) noexcept {
        Operation& first = *batch->operations_.front();
        first.deliver(std::move(batch), may_run_here);
    }
    static void deliver(Operation& operation) noexcept { deliver(std::make_shared<CompletionBatch>(operation), false); }

    /// Completes all. Where a handler throws, that goes on to the executor, and the others come by a further post.
    void complete() {
        OperationList taken = close();
        struct Rest {
            OperationList& operations;
            ~Rest() {
                if (!operations.empty()) deliver(std::make_shared<CompletionBatch>(operations), false);
            }
        };
        const Rest rest{taken};
        while (Operation* const operation = taken.pop_front()) operation->complete();
    }

    /// The executor has ended first.
    void abandon() noexcept {
        OperationList taken = close();
        while (Operation* const operation = taken.pop_front()) {
            operation->abandon();
            operation->release();
        }
    }

private:
    OperationList close() noexcept {
        const std::scoped_lock lock{mutex_};
        OperationList taken;
        taken.take_all(operations_);
        return taken;
    }

    std::mutex mutex_{};
    OperationList operations_{};
};

/// What an executor is given: runs once, or is dropped.
class RunBatch {
public:
    explicit RunBatch(std::shared_ptr<CompletionBatch> batch) noexcept : batch_(std::move(batch)) {}
    RunBatch(RunBatch&&) noexcept = default;
    RunBatch& operator=(RunBatch&&) = delete;
    ~RunBatch() {
        if (batch_) batch_->abandon();
    }

    void operator()() { std::exchange(batch_, nullptr)->complete(); }

private:
    std::shared_ptr<CompletionBatch> batch_;
};

}  // namespace mica::detail
