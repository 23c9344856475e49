// SPDX-License-Identifier: BSL-1.0
// Callbacks for several events that any thread may subscribe, cancel and cause, also while they are called.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/core/listeners.hpp>
#include <mica/core/mutex.hpp>

#include <cstdint>
#include <utility>

namespace mica::detail {

class SharedListeners;

/// What is told that somebody has begun to listen, or ended that. Called under a lock, in any thread.
struct ListenersObserver {
    void (*notice)(ListenersObserver&) noexcept;
    ListenersObserver* next = nullptr;
};

/// One listener being called, by whom; on that thread's stack.
struct ListenerCall {
    std::uint64_t thread;
    ListenerCall* next;
};

/// A callback for one event. What changes in it is guarded by its listeners' mutex.
struct SharedListener : ListenerNode {
    void (*destroy)(SharedListener*) noexcept;
    SharedListeners* listeners = nullptr;
    unsigned event = 0;
    std::uint64_t number = 0;
    int references = 0;
    ListenerCall* calls = nullptr;
};

template <class... Arguments>
struct SharedCallable : SharedListener {
    void (*call)(SharedCallable&, Arguments...);
};

template <class Action, class... Arguments>
struct SharedAction final : SharedCallable<Arguments...> {
    using Base = SharedCallable<Arguments...>;

    explicit SharedAction(Action given)
        : Base{{{}, [](SharedListener* node) noexcept { delete static_cast<SharedAction*>(node); }},
               [](Base& node, Arguments... arguments) { static_cast<SharedAction&>(node).action(arguments...); }},
          action(std::move(given)) {}

    Action action;
};

/// The callbacks of several events, each by its number below 32. Counted: the tokens keep it alive.
/// Thread safety: all members. A callback may be called by several threads at once. No lock is held meanwhile.
class SharedListeners {
public:
    SharedListeners() = default;
    SharedListeners(const SharedListeners&) = delete;
    SharedListeners& operator=(const SharedListeners&) = delete;

    void retain() noexcept { references_.increment(); }
    void release() noexcept {
        if (references_.decrement_to_zero()) delete this;
    }

    /// A bit for each event that somebody listens to.
    unsigned wanted() const noexcept { return wanted_.load(); }
    bool wants(unsigned event) const noexcept { return (wanted() >> event & 1U) != 0; }

    template <class... Arguments, class Action>
    ListenerToken add(unsigned event, Action action) {
        return add_listener(event, new SharedAction<Action, Arguments...>{std::move(action)});
    }

    /// Calls those that are subscribed now, in the order of their subscription; each may end its own or another's
    /// subscription and add new ones. Throws what one of them throws, without calling the rest.
    template <class... Arguments>
    [[gnu::cold]] void call(unsigned event, Arguments... arguments) {
        for (Calling calling{*this, event}; calling.next();) {
            auto& callable = static_cast<SharedCallable<Arguments...>&>(calling.listener());
            callable.call(callable, arguments...);
        }
    }

    /// From attach() to detach() the observer is told.
    MICA_DECL void attach(ListenersObserver& observer) noexcept;
    MICA_DECL void detach(ListenersObserver& observer) noexcept;

private:
    /// A walk over the listeners of an event, which holds the one that is being called.
    class Calling {
    public:
        [[gnu::cold]] MICA_DECL Calling(SharedListeners& listeners, unsigned event) noexcept;
        Calling(const Calling&) = delete;
        Calling& operator=(const Calling&) = delete;
        [[gnu::cold]] MICA_DECL ~Calling();

        [[gnu::cold]] MICA_DECL bool next() noexcept;
        SharedListener& listener() const noexcept { return *current_; }

    private:
        /// Under the mutex; gives a listener that nobody has any more.
        [[gnu::cold]] MICA_DECL SharedListener* let_go() noexcept;

        SharedListeners& listeners_;
        unsigned event_;
        std::uint64_t last_;  ///< those that come later were not subscribed when this began
        std::uint64_t done_ = 0;
        SharedListener* current_ = nullptr;
        ListenerCall call_;
    };

    ~SharedListeners() { pthread_cond_destroy(&returned_); }

    MICA_DECL ListenerToken add_listener(unsigned event, SharedListener* listener);
    MICA_DECL static void cancel(ListenerNode* node) noexcept;
    /// Under the mutex.
    MICA_DECL void note_change() noexcept;
    MICA_DECL static bool is_called_elsewhere(const SharedListener& listener, std::uint64_t thread) noexcept;

// The macro is the system's, and so is what it expands to.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wzero-as-null-pointer-constant"
    pthread_cond_t returned_ = PTHREAD_COND_INITIALIZER;
#pragma GCC diagnostic pop
    Mutex mutex_{};
    Atomic<unsigned> wanted_{0};
    Atomic<int> references_{1};
    List<SharedListener*> listeners_{};
    std::uint64_t last_number_ = 0;
    ListenersObserver* observers_ = nullptr;
};

/// A share of listeners; empty where nobody can listen.
class ListenersReference {
public:
    ListenersReference() noexcept = default;
    /// Takes over the share that new listeners start with.
    explicit ListenersReference(SharedListeners* listeners) noexcept : listeners_(listeners) {}
    ListenersReference(const ListenersReference& other) noexcept : listeners_(other.listeners_) {
        if (listeners_ != nullptr) listeners_->retain();
    }
    ListenersReference(ListenersReference&& other) noexcept : listeners_(detail::exchange(other.listeners_, nullptr)) {}
    ListenersReference& operator=(ListenersReference other) noexcept {
        detail::swap(listeners_, other.listeners_);
        return *this;
    }
    ~ListenersReference() {
        if (listeners_ != nullptr) listeners_->release();
    }

    explicit operator bool() const noexcept { return listeners_ != nullptr; }
    SharedListeners& operator*() const noexcept { return *listeners_; }
    SharedListeners* operator->() const noexcept { return listeners_; }

private:
    SharedListeners* listeners_ = nullptr;
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/shared_listeners.ipp>
#endif
