// SPDX-License-Identifier: BSL-1.0
// Operations for coroutines that know nothing of Boost.Asio: co_await from any promise type.
#pragma once

#include <mica/async/initiate.hpp>

#include <boost/asio/async_result.hpp>

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace mica {

/// A completion token, see resume_by().
template <class Schedule>
struct ResumeBy {
    Schedule schedule;
};

/// A completion token that makes an operation something to await in a coroutine of any library:
/// `co_await engine.read(f, mica::resume_by([&](std::coroutine_handle<> waiting) { loop.post(waiting); }))`.
/// `schedule` is called once the result is there, in a thread of the engine, and sees to it that the coroutine is
/// resumed where it should go on; it must not throw. The operation starts when it is awaited, once. Such an operation
/// cannot be cancelled but by stop(); the coroutine must not be destroyed while it waits.
template <class Schedule>
ResumeBy<Schedule> resume_by(Schedule schedule) {
    return {std::move(schedule)};
}

namespace detail {

/// What is awaited: starts by `Start`, which is called with a handler.
template <class Value, class Schedule, class Start>
class [[nodiscard]] ForeignAwaiter {
public:
    ForeignAwaiter(Schedule schedule, Start start) : schedule_(std::move(schedule)), start_(std::move(start)) {}

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        waiting_ = waiting;
        auto start = std::move(start_);  // the coroutine may have gone on before this returns
        std::move(start)(Handler{this});
    }
    Value await_resume() {
        if (error_) std::rethrow_exception(std::move(error_));
        if constexpr (!std::is_void_v<Value>) return std::move(*value_);
    }

private:
    struct Handler {
        ForeignAwaiter* awaiter;

        template <class... Values>
        void operator()(std::exception_ptr error, Values... values) const {
            awaiter->error_ = std::move(error);
            if constexpr (sizeof...(Values) == 1) awaiter->value_.emplace(std::move(values)...);
            Schedule schedule = std::move(awaiter->schedule_);
            schedule(std::exchange(awaiter->waiting_, {}));
        }
    };
    using Kept = std::conditional_t<std::is_void_v<Value>, bool, Value>;

    Schedule schedule_;
    Start start_;
    std::coroutine_handle<> waiting_{};
    std::exception_ptr error_{};
    std::optional<Kept> value_{};
};

template <class Value, class Schedule, class Start>
auto make_foreign_awaiter(Schedule schedule, Start start) {
    return ForeignAwaiter<Value, Schedule, Start>{std::move(schedule), std::move(start)};
}

/// Keeps what an operation starts with until it is awaited.
template <class Value, class Schedule>
struct ForeignResult {
    template <class Initiation, class Token, class... Arguments>
    static auto initiate(Initiation initiation, Token&& token, Arguments... arguments) {
        auto start = [initiation = std::move(initiation), ... arguments = std::move(arguments)](auto handler) mutable {
            std::move(initiation)(std::move(handler), std::move(arguments)...);
        };
        return make_foreign_awaiter<Value>(Schedule(std::forward<Token>(token).schedule), std::move(start));
    }
};

}  // namespace detail

}  // namespace mica

template <class Schedule, class Value>
class boost::asio::async_result<mica::ResumeBy<Schedule>, void(std::exception_ptr, Value)>
    : public mica::detail::ForeignResult<Value, Schedule> {};
template <class Schedule>
class boost::asio::async_result<mica::ResumeBy<Schedule>, void(std::exception_ptr)>
    : public mica::detail::ForeignResult<void, Schedule> {};
