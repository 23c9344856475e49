// SPDX-License-Identifier: BSL-1.0
// The objects that a session watches, in the order in which they came.
#pragma once

#include <mica/session/object/tracked.hpp>

#include <cstddef>

namespace mica::detail {

/// An intrusive list that holds a reference to each of its objects.
class TrackedList {
public:
    TrackedList() = default;
    TrackedList(const TrackedList&) = delete;
    TrackedList& operator=(const TrackedList&) = delete;
    ~TrackedList() {
        while (first_ != nullptr) drop(*first_);
    }

    Tracked* first() const noexcept { return first_; }
    /// How many wait for their insertion.
    std::size_t added() const noexcept { return added_; }

    /// Puts an object at the end.
    void link(Tracked& tracked, TrackedState state, const void* session) noexcept {
        tracked.retain();
        tracked.session = session;
        tracked.previous = last_;
        tracked.next = nullptr;
        (last_ != nullptr ? last_->next : first_) = &tracked;
        last_ = &tracked;
        change_state(tracked, state);
    }

    /// Takes an object out; it may end here.
    void drop(Tracked& tracked) noexcept {
        (tracked.previous != nullptr ? tracked.previous->next : first_) = tracked.next;
        (tracked.next != nullptr ? tracked.next->previous : last_) = tracked.previous;
        tracked.session = nullptr;
        change_state(tracked, TrackedState::detached);
        tracked.release();
    }

    void change_state(Tracked& tracked, TrackedState state) noexcept {
        if (tracked.state == TrackedState::added) --added_;
        if (state == TrackedState::added) ++added_;
        tracked.state = state;
    }

private:
    Tracked* first_ = nullptr;
    Tracked* last_ = nullptr;
    std::size_t added_ = 0;
};

}  // namespace mica::detail
