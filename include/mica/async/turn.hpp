// SPDX-License-Identifier: BSL-1.0
// What an operation may ask for while it runs on a worker, so that it can be cancelled and knows when it cannot.
#pragma once

#include <mica/async/operation.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <mutex>

namespace mica::detail {

/// What an operation ends with that was cancelled, or for which there are no workers any more.
inline std::exception_ptr aborted() noexcept {
    return std::make_exception_ptr(boost::system::system_error{boost::asio::error::operation_aborted, "mica"});
}

/// What an operation may ask for while it runs.
class Turn {
public:
    /// `mutex`: the dispatcher's.
    Turn(std::mutex& mutex, Operation& operation) noexcept : mutex_(mutex), operation_(operation) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    /// As long as it lives, cancelling interrupts what it was given.
    class [[nodiscard]] Interruptible {
    public:
        /// Throws where the operation is cancelled already.
        Interruptible(Turn& turn, Interrupter& interrupter) : turn_(turn) {
            if (!turn.set_interrupter(&interrupter)) {
                turn.set_interrupter(nullptr);
                std::rethrow_exception(aborted());
            }
        }
        Interruptible(const Interruptible&) = delete;
        Interruptible& operator=(const Interruptible&) = delete;
        ~Interruptible() { turn_.set_interrupter(nullptr); }

    private:
        Turn& turn_;
    };

    /// From now on it can no longer be cancelled. Throws where it is already.
    void begin_commit() {
        const std::scoped_lock lock{mutex_};
        if (operation_.is_cancelled) std::rethrow_exception(aborted());
        operation_.stage = Operation::Stage::committing;
    }

    bool was_cancelled() const noexcept {
        const std::scoped_lock lock{mutex_};
        return operation_.is_cancelled;
    }

    /// Waiting for a connection and for who writes ends too, where it is cancelled: see LimitScope.
    class Stop {
    public:
        explicit Stop(const Turn& turn) noexcept : turn_(&turn) {}
        bool stop_requested() const noexcept { return turn_->was_cancelled(); }

    private:
        const Turn* turn_;
    };

private:
    bool set_interrupter(Interrupter* interrupter) noexcept {
        const std::scoped_lock lock{mutex_};
        operation_.interrupter = interrupter;
        return !operation_.is_cancelled;
    }

    std::mutex& mutex_;
    Operation& operation_;
};

}  // namespace mica::detail
