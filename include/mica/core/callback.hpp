// SPDX-License-Identifier: BSL-1.0
// What the program gives the database to call: functions and collations, of one object each that all connections share.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/function_flags.hpp>

#include <string>
#include <string_view>

namespace mica::detail {

/// An object with a name in SQL that is destroyed with the last connection that knows it. What it holds is called by
/// whatever thread uses a connection, by several at once where there are several connections.
class Callback {
public:
    using Destroy = void (*)(Callback*) noexcept;

    Callback(std::string_view name, Destroy destroy) : name_(name), destroy_(destroy) {}
    Callback(const Callback&) = delete;
    Callback& operator=(const Callback&) = delete;

    void retain() noexcept { references_.increment(); }
    void release() noexcept {
        if (references_.decrement_to_zero()) destroy_(this);
    }
    const std::string& name() const noexcept { return name_; }

protected:
    ~Callback() = default;

private:
    std::string name_;
    Destroy destroy_;
    Atomic<int> references_{1};
};

/// How a function appears in SQL: by its name and the number of its arguments, -1 for any.
struct FunctionTraits {
    int arguments = 0;
    FunctionFlags flags = FunctionFlags::none;
};

/// One value for each row. `Call` is the backend's: where the arguments come from and the result goes to.
template <class Call>
struct ScalarFunction : Callback {
    using Run = void (*)(ScalarFunction&, Call&);

    ScalarFunction(std::string_view name, Destroy destroy, FunctionTraits given, Run run_it)
        : Callback(name, destroy), traits(given), run(run_it) {}

    FunctionTraits traits;
    Run run;
};

/// One value for a group of rows. Each group has a state of its own, from start() to end().
template <class Call>
struct AggregateFunction : Callback {
    struct Steps {
        void* (*start)(const AggregateFunction&);  ///< the state of an empty group
        void (*step)(const AggregateFunction&, void* state, Call&);
        void (*inverse)(const AggregateFunction&, void* state, Call&);  ///< null where it is no window function
        void (*value)(const AggregateFunction&, void* state, Call&);    ///< and so is this
        void (*finish)(const AggregateFunction&, void* state, Call&);
        void (*end)(void* state) noexcept;
    };

    AggregateFunction(std::string_view name, Destroy destroy, FunctionTraits given, const Steps& by)
        : Callback(name, destroy), traits(given), steps(by) {}

    FunctionTraits traits;
    Steps steps;
};

/// An order of texts: negative, 0 or positive as the left one is less than, equal to or greater than the right one.
struct Collation : Callback {
    using Compare = int (*)(Collation&, std::string_view left, std::string_view right);

    Collation(std::string_view name, Destroy destroy, Compare by) : Callback(name, destroy), compare(by) {}

    Compare compare;
};

/// A counted reference to a callback.
template <class Held>
class CallbackReference {
public:
    /// Takes over the one reference that a new callback starts with.
    explicit CallbackReference(Held* callback) noexcept : callback_(callback) {}
    CallbackReference(const CallbackReference& other) noexcept : callback_(other.callback_) {
        if (callback_ != nullptr) callback_->retain();
    }
    CallbackReference(CallbackReference&& other) noexcept : callback_(detail::exchange(other.callback_, nullptr)) {}
    CallbackReference& operator=(CallbackReference other) noexcept {
        detail::swap(callback_, other.callback_);
        return *this;
    }
    ~CallbackReference() {
        if (callback_ != nullptr) callback_->release();
    }

    Held& operator*() const noexcept { return *callback_; }

private:
    Held* callback_;
};

}  // namespace mica::detail
