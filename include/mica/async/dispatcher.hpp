// SPDX-License-Identifier: BSL-1.0
// Which operation runs on which worker, and who waits. Knows neither Boost.Asio nor a database.
#pragma once

#include <mica/async/completion_batch.hpp>
#include <mica/async/operation.hpp>
#include <mica/async/options.hpp>
#include <mica/async/turn.hpp>
#include <mica/async/worker.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mica::detail {

/// The queue and its workers. Writes wait in a line of their own and run one at a time: where a database has one
/// writer, a second one would only keep its worker from reading. Of what may run, the oldest does. What only tenants
/// keep from running that do nothing may be waiting for its own caller, so it is refused when its patience is at an
/// end. Thread safety: all members may be called from any thread.
class Dispatcher {
public:
    /// `patience`: how long an operation waits for tenants that do nothing, see checkout_timeout.
    Dispatcher(std::size_t workers, std::size_t capacity, std::chrono::milliseconds patience)
        : capacity_(capacity), patience_(patience), workers_(workers) {
        idle_.reserve(workers);
    }
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;
    ~Dispatcher() = default;

    /// Starts the threads, each of which keeps `self` until it ends. Throws std::system_error where the system has none
    /// left.
    void start(const std::shared_ptr<Dispatcher>& self);

    /// Takes over an operation. Where it cannot be, completes it with the reason, by a post.
    void submit(Operation& operation, bool only_if_room) noexcept;

    /// What waits is taken out, what runs is interrupted, what commits or is done stays as it is. Of stop(), cancels
    /// everything that it waits for.
    void cancel(Operation& operation) noexcept;

    /// Takes no more operations; completes `waiter` when all that it has are done and the workers have ended. A tenant
    /// who has nothing to do then loses his worker, and what waits for him is cancelled.
    void stop(Operation& waiter) noexcept;

    /// Cancels everything and waits for the workers' end, but not for that of one that calls this.
    void close() noexcept;

    /// Cancels what a tenant does and waits for its end; then runs `last`, which must not throw, where he lives, and
    /// lets him go.
    template <class Last>
    void evict(Tenant& tenant, Last last) noexcept;

private:
    using Lock = std::unique_lock<std::mutex>;
    using Time = std::chrono::steady_clock::time_point;
    template <class Last>
    class Farewell;

    void work(Worker& worker) noexcept;
    void rest(Worker& worker, Lock& lock) noexcept;
    Time end_of_patience(const OperationList& line) const noexcept;
    void refuse_overdue(Lock& lock) noexcept;
    Operation* take(Worker& worker, Worker*& also_awake) noexcept;
    void settle(Worker& worker, Operation& operation, bool stays) noexcept;
    void end(Worker& worker, Lock& lock) noexcept;
    Worker* enqueue(Operation& operation) noexcept;
    Worker* wake_idle() noexcept;
    void wake_all() noexcept;
    void take_out(Operation& operation, OperationList& out) noexcept;
    void cancel(Operation& operation, OperationList& out) noexcept;
    void cancel_all(OperationList& out) noexcept;
    OperationList& line_of(const Operation& operation) noexcept { return operation.writes ? writes_ : reads_; }

    static void abort(OperationList& operations) noexcept;
    static void hand_over(Worker& worker, Operation& operation) noexcept;

    std::mutex mutex_{};
    const std::size_t capacity_;
    const std::chrono::milliseconds patience_;
    std::vector<Worker> workers_;
    std::vector<Worker*> idle_{};
    OperationList reads_{};
    OperationList writes_{};
    OperationList stops_{};
    std::condition_variable settled_{};  ///< a tenant's operation
    std::uint64_t last_number_ = 0;
    std::size_t waiting_ = 0;
    std::size_t ended_ = 0;
    bool is_writing_ = false;
    bool is_stopping_ = false;
};

inline void Dispatcher::start(const std::shared_ptr<Dispatcher>& self) {
    for (Worker& worker : workers_) {
        try {
            worker.thread = std::thread{[self, &worker] { self->work(worker); }};
        } catch (...) {
            {
                const std::scoped_lock lock{mutex_};
                ended_ += static_cast<std::size_t>(workers_.data() + workers_.size() - &worker);
            }
            close();
            throw;
        }
    }
}

inline void Dispatcher::submit(Operation& operation, bool only_if_room) noexcept {
    std::exception_ptr refusal;
    Worker* awake = nullptr;
    {
        const Lock lock{mutex_};
        Tenant* const tenant = operation.tenant;
        if (is_stopping_) {
            refusal = aborted();
        } else if (tenant != nullptr && tenant->worker != nullptr) {
            awake = tenant->worker;
            awake->own = tenant->current = &operation;
        } else if (only_if_room && waiting_ >= capacity_) {
            refusal = std::make_exception_ptr(QueueFull{"mica: the queue of this engine is full"});
        } else {
            if (tenant != nullptr) {
                operation.writes = tenant->writes;
                tenant->current = &operation;
            }
            awake = enqueue(operation);
        }
    }
    if (awake != nullptr) awake->wake.notify_one();
    if (refusal) {
        operation.finish(std::move(refusal));
        CompletionBatch::deliver(operation);
    }
}

inline void Dispatcher::cancel(Operation& operation) noexcept {
    OperationList out;
    {
        const Lock lock{mutex_};
        operation.is_stop ? cancel_all(out) : cancel(operation, out);
    }
    abort(out);
}

inline void Dispatcher::stop(Operation& waiter) noexcept {
    {
        const Lock lock{mutex_};
        is_stopping_ = true;
        if (ended_ < workers_.size()) {
            waiter.is_stop = true;
            stops_.push_back(waiter);
            return wake_all();
        }
    }
    waiter.finish(nullptr);
    CompletionBatch::deliver(waiter);
}

inline void Dispatcher::close() noexcept {
    OperationList out;
    {
        const Lock lock{mutex_};
        is_stopping_ = true;
        cancel_all(out);
        wake_all();
    }
    abort(out);
    for (Worker& worker : workers_) {
        if (!worker.thread.joinable()) continue;
        worker.thread.get_id() == std::this_thread::get_id() ? worker.thread.detach() : worker.thread.join();
    }
}

/// An operation that nobody is told of.
template <class Last>
class Dispatcher::Farewell final : public Operation {
public:
    Farewell(Tenant& leaving, Last& last) noexcept : last_(last) {
        tenant = &leaving;
        has_handler = false;
    }
    ~Farewell() override = default;

    bool run(Turn&) noexcept override {
        last_();
        return false;
    }
    void finish(std::exception_ptr) noexcept override {}
    bool shares_executor(const Operation&) const noexcept override { return false; }
    const void* executor_type() const noexcept override { return nullptr; }
    const void* executor() const noexcept override { return nullptr; }
    void deliver(std::shared_ptr<CompletionBatch>, bool) noexcept override {}
    void complete() override {}
    void abandon() noexcept override {}

private:
    Last& last_;
};

template <class Last>
void Dispatcher::evict(Tenant& tenant, Last last) noexcept {
    OperationList out;
    Farewell<Last> farewell{tenant, last};
    Lock lock{mutex_};
    if (tenant.current != nullptr) cancel(*tenant.current, out);
    settled_.wait(lock, [&] { return tenant.current == nullptr; });
    Worker* const worker = tenant.worker;
    if (worker != nullptr && worker->thread.get_id() != std::this_thread::get_id()) {
        worker->own = tenant.current = &farewell;
        worker->wake.notify_one();
        settled_.wait(lock, [&] { return farewell.stage == Operation::Stage::done; });
    } else {
        lock.unlock();
        last();
        lock.lock();
        if (worker != nullptr) settle(*worker, farewell, false);
    }
    lock.unlock();
    abort(out);
}

}  // namespace mica::detail
