// SPDX-License-Identifier: BSL-1.0
// How a dispatcher's workers find what to do, how long they rest, and what is given up meanwhile.
#pragma once

#include <mica/async/dispatcher.hpp>
#include <mica/core/error.hpp>
#include <mica/core/text.hpp>

#include <algorithm>

namespace mica::detail {

inline void Dispatcher::work(Worker& worker) noexcept {
    Lock lock{mutex_};
    for (;;) {
        Worker* also_awake = nullptr;
        Operation* const operation = take(worker, also_awake);
        if (operation == nullptr) {
            if (is_stopping_) break;
            rest(worker, lock);
            continue;
        }
        worker.running = operation;
        operation->stage = Operation::Stage::running;
        lock.unlock();
        if (also_awake != nullptr) also_awake->wake.notify_one();
        const bool has_handler = operation->has_handler;
        Turn turn{mutex_, *operation};
        const bool stays = operation->run(turn);
        lock.lock();
        settle(worker, *operation, stays);
        if (!has_handler) continue;  // and it may be gone already
        lock.unlock();
        hand_over(worker, *operation);
        lock.lock();
    }
    end(worker, lock);
}

inline void Dispatcher::rest(Worker& worker, Lock& lock) noexcept {
    if (worker.tenant != nullptr) {
        while (worker.own == nullptr && !is_stopping_) {
            const Time end = std::min(end_of_patience(reads_), end_of_patience(writes_));
            if (end == Time::max()) {
                worker.wake.wait(lock);
            } else {
                worker.wake.wait_until(lock, end);
                refuse_overdue(lock);
            }
        }
    } else {
        worker.is_idle = true;
        idle_.push_back(&worker);
        worker.wake.wait(lock, [&] { return !worker.is_idle || is_stopping_; });
    }
}

inline Operation* Dispatcher::take(Worker& worker, Worker*& also_awake) noexcept {
    if (worker.tenant != nullptr) return std::exchange(worker.own, nullptr);
    Operation* taken = reads_.front();
    if (Operation* const write = is_writing_ ? nullptr : writes_.front(); write != nullptr) {
        if (taken == nullptr || write->number < taken->number) {
            taken = write;
            is_writing_ = true;
        } else {
            also_awake = wake_idle();  // for this write, which had to wait for another until now
        }
    }
    if (taken == nullptr) return nullptr;
    line_of(*taken).remove(*taken);
    --waiting_;
    if (Tenant* const tenant = taken->tenant; tenant != nullptr) {
        tenant->worker = &worker;
        worker.tenant = tenant;
    }
    return taken;
}

inline void Dispatcher::settle(Worker& worker, Operation& operation, bool stays) noexcept {
    worker.running = nullptr;
    operation.stage = Operation::Stage::done;
    operation.interrupter = nullptr;
    Tenant* const tenant = operation.tenant;
    if (tenant != nullptr) {
        tenant->current = nullptr;
        if (!stays) {
            tenant->worker = nullptr;
            worker.tenant = nullptr;
        } else {
            worker.idle_since = std::chrono::steady_clock::now();
        }
    }
    if (!stays && (tenant != nullptr ? tenant->writes : operation.writes)) is_writing_ = false;
    if (tenant != nullptr) settled_.notify_all();
}

inline void Dispatcher::end(Worker& worker, Lock& lock) noexcept {
    if (worker.tenant != nullptr) worker.tenant->worker = nullptr;
    OperationList out;
    OperationList stops;
    if (++ended_ == workers_.size()) {
        cancel_all(out);
        stops.take_all(stops_);
    }
    settled_.notify_all();
    lock.unlock();
    abort(out);
    while (Operation* const stop = stops.pop_front()) {
        stop->finish(nullptr);
        hand_over(worker, *stop);
    }
    worker.ready.reset();
}

inline Worker* Dispatcher::enqueue(Operation& operation) noexcept {
    operation.number = ++last_number_;
    line_of(operation).push_back(operation);
    ++waiting_;
    if (!(operation.writes && is_writing_)) {
        if (Worker* const idle = wake_idle()) return idle;
    }
    if (end_of_patience(line_of(operation)) != Time::max()) {
        operation.since = std::chrono::steady_clock::now();
        for (Worker& worker : workers_) {
            if (worker.is_kept_idle()) worker.wake.notify_one();  // it keeps an eye on the time
        }
    }
    return nullptr;
}

/// When the first of a line has waited long enough; never where one may still go on that nobody keeps idle.
inline auto Dispatcher::end_of_patience(const OperationList& line) const noexcept -> Time {
    constexpr auto for_ever = std::chrono::hours{24 * 365};  // now plus far more overflows the clock
    if (line.empty() || patience_ >= for_ever) return Time::max();
    Time since = line.front()->since;
    bool are_all_kept = true;
    for (const Worker& worker : workers_) {
        const bool is_kept = worker.is_kept_idle();
        if (is_kept && &line == &writes_ && worker.tenant->writes) {
            return std::max(line.front()->since, worker.idle_since) + patience_;
        }
        if (is_kept) since = std::max(since, worker.idle_since);
        are_all_kept = are_all_kept && is_kept;
    }
    return are_all_kept ? since + patience_ : Time::max();
}

/// What an operation ends with that was refused.
inline std::exception_ptr out_of_patience(bool waits_for_writer, std::chrono::milliseconds patience) noexcept {
    try {
        Failure failure;
        failure.kind = ErrorKind::timeout;
        append(failure.message, {"mica: waited ", Decimal{patience.count()}, " ms (checkout_timeout) for ",
                                 waits_for_writer ? "a session that has a transaction open and does nothing; write "
                                                    "through that session, or end its transaction first"
                                                  : "sessions and streams that keep all workers and do nothing; read "
                                                    "through them, end one of them first, or have more workers"});
        throw OperationalError(failure);
    } catch (...) {
        return std::current_exception();
    }
}

inline void Dispatcher::refuse_overdue(Lock& lock) noexcept {
    OperationList refused;
    const Time now = std::chrono::steady_clock::now();
    for (OperationList* const line : {&reads_, &writes_}) {
        while (end_of_patience(*line) <= now) take_out(*line->front(), refused);
    }
    if (refused.empty()) return;
    bool has_writer = false;
    for (const Worker& worker : workers_) has_writer |= worker.is_kept_idle() && worker.tenant->writes;
    lock.unlock();
    while (Operation* const operation = refused.pop_front()) {
        operation->finish(out_of_patience(operation->writes && has_writer, patience_));
        CompletionBatch::deliver(*operation);
    }
    lock.lock();
}

/// The one that has rested least; whose caller notifies it.
inline Worker* Dispatcher::wake_idle() noexcept {
    if (idle_.empty()) return nullptr;
    Worker* const worker = idle_.back();
    idle_.pop_back();
    worker->is_idle = false;
    return worker;
}

inline void Dispatcher::wake_all() noexcept {
    for (Worker& worker : workers_) worker.wake.notify_one();
}

inline void Dispatcher::take_out(Operation& operation, OperationList& out) noexcept {
    Tenant* const tenant = operation.tenant;
    if (tenant != nullptr) {
        tenant->current = nullptr;
        settled_.notify_all();
    }
    if (tenant != nullptr && tenant->worker != nullptr) {
        tenant->worker->own = nullptr;
    } else {
        line_of(operation).remove(operation);
        --waiting_;
    }
    operation.stage = Operation::Stage::done;
    out.push_back(operation);
}

inline void Dispatcher::cancel(Operation& operation, OperationList& out) noexcept {
    if (!operation.has_handler) return;
    if (operation.stage == Operation::Stage::queued) return take_out(operation, out);
    if (operation.stage != Operation::Stage::running) return;
    operation.is_cancelled = true;
    if (operation.interrupter != nullptr) operation.interrupter->interrupt();
}

inline void Dispatcher::cancel_all(OperationList& out) noexcept {
    while (Operation* const read = reads_.front()) take_out(*read, out);
    while (Operation* const write = writes_.front()) take_out(*write, out);
    for (Worker& worker : workers_) {
        if (worker.own != nullptr) cancel(*worker.own, out);
        if (worker.running != nullptr) cancel(*worker.running, out);
    }
}

inline void Dispatcher::abort(OperationList& operations) noexcept {
    while (Operation* const operation = operations.pop_front()) {
        operation->finish(aborted());
        CompletionBatch::deliver(*operation);
    }
}

inline void Dispatcher::hand_over(Worker& worker, Operation& operation) noexcept {
    if (worker.ready && worker.ready->append(operation)) return;
    worker.ready = std::make_shared<CompletionBatch>(operation);
    CompletionBatch::deliver(worker.ready, true);
}

}  // namespace mica::detail
