// SPDX-License-Identifier: BSL-1.0
// What a long operation tells how far it is, and asks whether to go on.
#pragma once

#include <mica/core/exchange.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace mica {

/// Any callable that takes what is done and the total, both whole numbers; false from it stops the operation, nothing
/// or true lets it go on. What it throws stops the operation too and arrives at the caller. Move-only.
class Progress {
public:
    Progress() noexcept = default;
    template <class Action>
        requires(!std::is_same_v<std::remove_cvref_t<Action>, Progress>) &&
                    std::is_invocable_v<std::decay_t<Action>&, int, int>
    Progress(Action&& action)  // NOLINT(*-explicit-*): as std::function
        : action_(new std::decay_t<Action>(std::forward<Action>(action))),
          call_(&call<std::decay_t<Action>>),
          destroy_([](void* callable) noexcept { delete static_cast<std::decay_t<Action>*>(callable); }) {}
    Progress(Progress&& other) noexcept
        : action_(detail::exchange(other.action_, nullptr)), call_(other.call_), destroy_(other.destroy_) {}
    Progress& operator=(Progress&& other) noexcept {
        detail::swap(action_, other.action_);
        detail::swap(call_, other.call_);
        detail::swap(destroy_, other.destroy_);
        return *this;
    }
    ~Progress() {
        if (action_ != nullptr) destroy_(action_);
    }

    explicit operator bool() const noexcept { return action_ != nullptr; }

    /// Whether to go on.
    bool operator()(std::int64_t done, std::int64_t total) const {
        return action_ == nullptr || call_(action_, done, total);
    }

private:
    template <class Action>
    static bool call(void* action, std::int64_t done, std::int64_t total) {
        Action& callable = *static_cast<Action*>(action);
        const auto run = [&](auto first, auto second) {
            if constexpr (std::is_void_v<decltype(callable(first, second))>) {
                callable(first, second);
                return true;
            } else {
                return static_cast<bool>(callable(first, second));
            }
        };
        // A callable of two int gets int: a conversion in its call would be a warning of the user's.
        if constexpr (takes_exactly<Action, int>) {
            return run(static_cast<int>(done), static_cast<int>(total));
        } else {
            return run(done, total);
        }
    }

    template <class Number>
    struct Only {
        template <class Other>
            requires std::is_same_v<Other, Number>
        operator Other() const noexcept;
    };
    template <class Action, class Number>
    static constexpr bool takes_exactly = std::is_invocable_v<Action&, Only<Number>, Only<Number>>;

    void* action_ = nullptr;
    bool (*call_)(void*, std::int64_t, std::int64_t) = nullptr;
    void (*destroy_)(void*) noexcept = nullptr;
};

}  // namespace mica
