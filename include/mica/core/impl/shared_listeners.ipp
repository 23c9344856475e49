// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/shared_listeners.hpp>
#include <mica/core/thread_number.hpp>

namespace mica::detail {

void SharedListeners::attach(ListenersObserver& observer) noexcept {
    const MutexLock lock{mutex_};
    observer.next = detail::exchange(observers_, &observer);
}

void SharedListeners::detach(ListenersObserver& observer) noexcept {
    const MutexLock lock{mutex_};
    ListenersObserver** link = &observers_;
    while (*link != &observer) link = &(*link)->next;
    *link = observer.next;
}

ListenerToken SharedListeners::add_listener(unsigned event, SharedListener* listener) {
    struct Guard {
        SharedListener* listener;
        ~Guard() {
            if (listener != nullptr) listener->destroy(listener);
        }
    } guard{listener};
    const MutexLock lock{mutex_};
    listeners_.push_back(listener);
    guard.listener = nullptr;
    listener->cancel = &SharedListeners::cancel;
    listener->listeners = this;
    listener->event = event;
    listener->number = ++last_number_;
    listener->references = 1;
    retain();
    note_change();
    return ListenerToken{*listener};
}

void SharedListeners::cancel(ListenerNode* node) noexcept {
    auto* const listener = static_cast<SharedListener*>(node);
    SharedListeners& listeners = *listener->listeners;
    bool is_last = false;
    {
        const std::uint64_t thread = thread_number();
        const MutexLock lock{listeners.mutex_};
        for (SharedListener*& place : listeners.listeners_) {
            if (place != listener) continue;
            listeners.listeners_.erase(&place);
            break;
        }
        listeners.note_change();
        // What it refers to may end with its token.
        while (is_called_elsewhere(*listener, thread)) {
            pthread_cond_wait(&listeners.returned_, &listeners.mutex_.handle);
        }
        is_last = --listener->references == 0;
    }
    if (is_last) listener->destroy(listener);
    listeners.release();
}

void SharedListeners::note_change() noexcept {
    unsigned wanted = 0;
    for (const SharedListener* listener : listeners_) wanted |= 1U << listener->event;
    wanted_.exchange(wanted);
    for (ListenersObserver* each = observers_; each != nullptr; each = each->next) each->notice(*each);
}

bool SharedListeners::is_called_elsewhere(const SharedListener& listener, std::uint64_t thread) noexcept {
    for (const ListenerCall* call = listener.calls; call != nullptr; call = call->next) {
        if (call->thread == thread) return false;  // it waits for itself no more than for others
    }
    return listener.calls != nullptr;
}

SharedListeners::Calling::Calling(SharedListeners& listeners, unsigned event) noexcept
    : listeners_(listeners), event_(event), last_(0), call_{thread_number(), nullptr} {
    listeners_.retain();
    const MutexLock lock{listeners_.mutex_};
    last_ = listeners_.last_number_;
}

SharedListeners::Calling::~Calling() {
    SharedListener* left = nullptr;
    {
        const MutexLock lock{listeners_.mutex_};
        left = let_go();
    }
    if (left != nullptr) left->destroy(left);
    listeners_.release();
}

bool SharedListeners::Calling::next() noexcept {
    SharedListener* left = nullptr;
    {
        const MutexLock lock{listeners_.mutex_};
        left = let_go();
        for (SharedListener* listener : listeners_.listeners_) {
            if (listener->event != event_ || listener->number <= done_ || listener->number > last_) continue;
            done_ = listener->number;
            current_ = listener;
            ++listener->references;
            call_.next = detail::exchange(listener->calls, &call_);
            break;
        }
    }
    if (left != nullptr) left->destroy(left);
    return current_ != nullptr;
}

SharedListener* SharedListeners::Calling::let_go() noexcept {
    SharedListener* const listener = detail::exchange(current_, nullptr);
    if (listener == nullptr) return nullptr;
    ListenerCall** link = &listener->calls;
    while (*link != &call_) link = &(*link)->next;
    *link = call_.next;
    pthread_cond_broadcast(&listeners_.returned_);
    return --listener->references == 0 ? listener : nullptr;
}

}  // namespace mica::detail
