// SPDX-License-Identifier: BSL-1.0
// What somebody waits for: its way from the queue to a worker and back. Knows neither Boost.Asio nor a database.
#pragma once

#include <mica/core/atomic.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <utility>

namespace mica::detail {

class CompletionBatch;
class Operation;
class Turn;
struct Worker;

/// Who keeps a worker to himself between his operations: a session with a transaction, a stream that is being read.
/// All but `is_busy` belongs to the dispatcher.
struct Tenant {
    bool writes = false;
    Worker* worker = nullptr;
    Operation* current = nullptr;  ///< waits or runs
    std::atomic<bool> is_busy{
        false};  ///< from an operation's start until it is completed: nobody else may use his things
};

/// Stops what an operation runs, from another thread.
class Interrupter {
public:
    virtual void interrupt() noexcept = 0;

protected:
    ~Interrupter() = default;
};

/// One operation, shared by those who have it now and the cancellation slot that may cancel it.
class Operation {  // NOLINT(*-virtual-class-destructor): who drops the last reference deletes what it is
public:
    enum class Stage : std::uint8_t { queued, running, committing, done };

    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;

    /// On a worker: does it and keeps what came of it. Gives whether its tenant stays on the worker.
    virtual bool run(Turn& turn) noexcept = 0;
    /// In place of run(): this is what came of it, nothing where it is null.
    virtual void finish(std::exception_ptr error) noexcept = 0;

    /// Whether its handler is to be called by the same executor as another's.
    virtual bool shares_executor(const Operation& other) const noexcept = 0;
    /// Something that stands for the executor's type, and the executor.
    virtual const void* executor_type() const noexcept = 0;
    virtual const void* executor() const noexcept = 0;
    /// Has a batch that begins with this one completed by its executor; at once where that one runs what it is given in
    /// the calling thread and `may_run_here`.
    virtual void deliver(std::shared_ptr<CompletionBatch> batch, bool may_run_here) noexcept = 0;
    /// By its executor: gives the result to the handler. Throws what that one throws.
    virtual void complete() = 0;
    /// The executor has ended before it could complete this: drops the handler.
    virtual void abandon() noexcept = 0;

    void retain() noexcept { references_.increment(); }
    void release() noexcept {
        if (references_.decrement_to_zero()) delete this;
    }

    // The dispatcher's, under its lock; `next` also of whoever has taken it from there.
    Operation* previous = nullptr;
    Operation* next = nullptr;
    Tenant* tenant = nullptr;
    Interrupter* interrupter = nullptr;
    std::uint64_t number = 0;
    std::chrono::steady_clock::time_point since{};  ///< it waits, where only idle tenants keep it from running
    Stage stage = Stage::queued;
    bool writes = false;
    bool is_cancelled = false;
    bool is_stop = false;  ///< waits for the workers' end
    bool has_handler = true;

protected:
    Operation() = default;
    virtual ~Operation() = default;

private:
    Atomic<int> references_{1};
};

/// Operations in a row, linked by themselves. Does not count as a reference.
class OperationList {
public:
    bool empty() const noexcept { return first_ == nullptr; }
    Operation* front() const noexcept { return first_; }

    void push_back(Operation& operation) noexcept {
        operation.previous = last_;
        operation.next = nullptr;
        (last_ != nullptr ? last_->next : first_) = &operation;
        last_ = &operation;
    }
    void remove(Operation& operation) noexcept {
        (operation.previous != nullptr ? operation.previous->next : first_) = operation.next;
        (operation.next != nullptr ? operation.next->previous : last_) = operation.previous;
        operation.previous = operation.next = nullptr;
    }
    Operation* pop_front() noexcept {
        Operation* const taken = first_;
        if (taken != nullptr) remove(*taken);
        return taken;
    }
    void take_all(OperationList& other) noexcept {
        while (Operation* const taken = other.pop_front()) push_back(*taken);
    }

private:
    Operation* first_ = nullptr;
    Operation* last_ = nullptr;
};

}  // namespace mica::detail
