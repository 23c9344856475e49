// SPDX-License-Identifier: BSL-1.0
// Operations as Boost.Asio knows them: any completion token, its handler's executor and its cancellation slot.
#pragma once

#include <mica/async/dispatcher.hpp>
#include <mica/async/owned_result.hpp>
#include <mica/core/error.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/system_executor.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace mica::detail {

template <class Value>
struct CompletionSignature {
    using Type = void(std::exception_ptr, Value);
};
template <>
struct CompletionSignature<void> {
    using Type = void(std::exception_ptr);
};

/// What an operation asks of the dispatcher.
struct Request {
    bool writes = false;
    bool only_if_room = false;
    Tenant* tenant = nullptr;
};

/// Its address tells types of executors apart.
template <class Executor>
inline constexpr char executor_tag = 0;

inline std::exception_ptr misuse(std::string_view reason) noexcept {
    try {
        throw_misuse(reason);
    } catch (...) {
        return std::current_exception();
    }
}

/// An operation that runs `action` and gives what it gives to `handler`, by that one's executor; in the worker's thread
/// where it has none.
template <class Value, class Handler, class Action>
class HandlerOperation final : public Operation {
public:
    HandlerOperation(Handler handler, Action action)
        : work_(tracked(boost::asio::get_associated_executor(handler, boost::asio::system_executor{}))),
          handler_(std::move(handler)),
          action_(std::move(action)) {}

    bool run(Turn& turn) noexcept override {
        try {
            if constexpr (std::is_void_v<Value>) {
                action_(turn);
            } else {
                value_.emplace(action_(turn));
            }
        } catch (...) {
            error_ = turn.was_cancelled() ? aborted() : std::current_exception();
        }
        if constexpr (requires { action_.stays(); }) return action_.stays();
        return false;
    }

    void finish(std::exception_ptr error) noexcept override { error_ = std::move(error); }

    bool shares_executor(const Operation& other) const noexcept override {
        if (other.executor_type() != executor_type()) return false;
        return *static_cast<const Work*>(other.executor()) == work_;
    }
    const void* executor_type() const noexcept override { return &executor_tag<Work>; }
    const void* executor() const noexcept override { return &work_; }

    void deliver(std::shared_ptr<CompletionBatch> batch, bool may_run_here) noexcept override {
        // The batch may be completed, and this be gone, before the call returns: until then the executor has work left.
        const Work work = work_;
        if (may_run_here) {
            boost::asio::dispatch(work, RunBatch{std::move(batch)});
        } else {
            boost::asio::post(work, RunBatch{std::move(batch)});
        }
    }

    void complete() override {
        if (const auto slot = boost::asio::get_associated_cancellation_slot(*handler_); slot.is_connected()) {
            auto own = slot;
            own.clear();
        }
        if (tenant != nullptr) tenant->is_busy.store(false);
        [[maybe_unused]] const Work work = std::move(work_);
        Handler handler{std::move(*handler_)};
        std::exception_ptr error = std::move(error_);
        if constexpr (std::is_void_v<Value>) {
            drop();
            std::move(handler)(std::move(error));
        } else {
            Value value = value_ ? std::move(*value_) : Value{};
            drop();
            std::move(handler)(std::move(error), std::move(value));
        }
    }

    void abandon() noexcept override { handler_.reset(); }

private:
    // Named, since Asio's own choice has become one that cannot be posted to (Boost 1.92: inline_executor).
    using Executor = boost::asio::associated_executor_t<Handler, boost::asio::system_executor>;
    using Kept = std::conditional_t<std::is_void_v<Value>, std::monostate, Value>;

    /// An executor that has work left while this lives. As a single object: of a strand, what belongs to its context
    /// goes before the work ends, with which the context may.
    static auto tracked(const Executor& executor) {
        return boost::asio::prefer(executor, boost::asio::execution::outstanding_work.tracked);
    }
    using Work = decltype(tracked(std::declval<const Executor&>()));

    ~HandlerOperation() override = default;

    /// All memory goes before the handler is called.
    void drop() noexcept {
        handler_.reset();
        release();
    }

    Work work_;
    std::optional<Handler> handler_;
    Action action_;
    std::optional<Kept> value_{};
    std::exception_ptr error_{};
};

/// What a cancellation slot calls.
class CancelOperation {
public:
    CancelOperation(Operation& operation, std::shared_ptr<Dispatcher> dispatcher) noexcept
        : operation_(&operation), dispatcher_(std::move(dispatcher)) {
        operation.retain();
    }
    CancelOperation(CancelOperation&& other) noexcept
        : operation_(std::exchange(other.operation_, nullptr)), dispatcher_(std::move(other.dispatcher_)) {}
    CancelOperation& operator=(CancelOperation&&) = delete;
    ~CancelOperation() {
        if (operation_ != nullptr) operation_->release();
    }

    void operator()(boost::asio::cancellation_type type) const noexcept {
        if (type != boost::asio::cancellation_type::none) dispatcher_->cancel(*operation_);
    }

private:
    Operation* operation_;
    std::shared_ptr<Dispatcher> dispatcher_;
};

/// Makes an operation and lets its handler's slot cancel it.
template <class Value, class Handler, class Action>
Operation& make_operation(Handler&& handler, const std::shared_ptr<Dispatcher>& dispatcher, Action action) {
    auto slot = boost::asio::get_associated_cancellation_slot(handler);
    auto* const operation =
        new HandlerOperation<Value, std::decay_t<Handler>, Action>{std::forward<Handler>(handler), std::move(action)};
    if (slot.is_connected()) slot.assign(CancelOperation{*operation, dispatcher});
    return *operation;
}

/// Runs `action(turn)` on a worker and gives `Value` to a completion token. What a token keeps to start later, as
/// deferred does, keeps the dispatcher too.
template <class Value, class Token, class Action>
auto initiate(std::shared_ptr<Dispatcher> dispatcher, const Request& request, Token&& token, Action action) {
    return boost::asio::async_initiate<Token, typename CompletionSignature<Value>::Type>(
        [](auto&& handler, const std::shared_ptr<Dispatcher>& to, const Request& wanted, Action given) {
            Operation& operation =
                make_operation<Value>(std::forward<decltype(handler)>(handler), to, std::move(given));
            operation.writes = wanted.writes;
            if (wanted.tenant != nullptr && wanted.tenant->is_busy.exchange(true)) {
                operation.finish(
                    misuse("an operation of this session or stream has not ended; await it before the next one"));
                return CompletionBatch::deliver(operation);
            }
            operation.tenant = wanted.tenant;
            to->submit(operation, wanted.only_if_room);
        },
        token, std::move(dispatcher), request, std::move(action));
}

/// What a refused operation is: something that a token makes of it.
template <class Token>
auto initiate_refused(std::shared_ptr<Dispatcher> dispatcher, Token&& token) {
    return initiate<RefusedResult>(std::move(dispatcher), {}, token, [](Turn&) { return RefusedResult{}; });
}

}  // namespace mica::detail
