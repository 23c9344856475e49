// SPDX-License-Identifier: BSL-1.0
// The objects that a session tracks, in the order in which they came, and those of them that may have changed.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/tracked.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

template <class Object>
class RelationLog;

/// An intrusive list that holds a reference to each of its objects. What nobody can reach cannot change: so an object
/// is among those that may have from where a handle is made that leads to it or the program follows a relation to it,
/// until it is found unchanged and cannot change any more.
class TrackedList {
public:
    TrackedList() = default;
    TrackedList(const TrackedList&) = delete;
    TrackedList& operator=(const TrackedList&) = delete;
    ~TrackedList() {
        while (first_ != nullptr) drop(*first_);
    }

    Tracked* first() const noexcept { return first_; }
    std::size_t size() const noexcept { return size_; }
    /// How many wait for their insertion.
    std::size_t added() const noexcept { return added_; }
    /// Those that may have changed. New ones come to the end, also while somebody walks over them by index.
    const List<Tracked*>& changeable() const noexcept { return changeable_; }

    /// Puts an object at the end. Throws std::bad_alloc, and changes nothing then.
    void link(Tracked& tracked, TrackedState state) {
        expose(tracked);
        tracked.retain();
        tracked.session = this;
        if (tracked.operations->foreign_keys != nullptr) foreign_keys = &tracked.operations->foreign_keys();
        tracked.previous = last_;
        tracked.next = nullptr;
        (last_ != nullptr ? last_->next : first_) = &tracked;
        last_ = &tracked;
        ++size_;
        change_state(tracked, state);
    }

    /// Takes an object out; it may end here.
    void drop(Tracked& tracked) noexcept {
        if (tracked.operations->relations != nullptr) expose_targets(tracked);
        (tracked.previous != nullptr ? tracked.previous->next : first_) = tracked.next;
        (tracked.next != nullptr ? tracked.next->previous : last_) = tracked.previous;
        if (tracked.place != 0) changeable_[tracked.place - 1] = nullptr;
        tracked.place = 0;
        tracked.is_unsure = true;
        --size_;
        tracked.session = nullptr;
        change_state(tracked, TrackedState::detached);
        tracked.release();
    }

    void change_state(Tracked& tracked, TrackedState state) noexcept {
        if (tracked.state == TrackedState::added) --added_;
        if (state == TrackedState::added) ++added_;
        tracked.state = state;
    }

    /// Somebody is about to reach an object, or its value may be another than its row's. Throws std::bad_alloc.
    void expose(Tracked& tracked) {
        tracked.is_unsure = true;
        if (tracked.place != 0) return;
        changeable_.push_back(&tracked);
        tracked.place = static_cast<std::uint32_t>(changeable_.size());
    }

    enum class Look : std::uint8_t { changed, unchanged, skipped };

    /// Whether one of those that may have changed has, by what `look` says of each; stops there. Those that have not
    /// are no longer among them where they cannot change.
    template <class LookAt>
    bool find_change(const LookAt& look_at) {
        Walk walk{*this};
        for (; walk.next < changeable_.size(); ++walk.next) {
            Tracked* const tracked = changeable_[walk.next];
            if (tracked == nullptr) continue;
            const Look look = look_at(*tracked);
            if (look == Look::changed) return true;
            if (look == Look::unchanged) tracked->is_unsure = false;
            if (look == Look::skipped || tracked->may_change()) {
                walk.keep(*tracked);
            } else {
                tracked->place = 0;
                tracked->is_seen.store(false);
            }
        }
        return false;
    }

    RelationLog<Tracked>* relation_log = nullptr;   ///< null while no entity with relations has been met
    const ForeignKeyHooks* foreign_keys = nullptr;  ///< null while no entity with foreign keys has been met
    std::uint64_t statements = 0;                   ///< of the user's that have changed rows, and the rollbacks of such
    bool has_written = false;                       ///< rows, in the open transaction
    bool keeps_loads = false;                       ///< what is loaded may hold what a rollback takes back

private:
    static void expose_targets(Tracked& tracked) noexcept {
        try {
            tracked.operations->relations().hooks->expose_targets(tracked);
        } catch (...) {  // no memory for a pointer more
        }
    }

    /// Closes the gaps of what it has passed.
    struct Walk {
        TrackedList& list;
        std::size_t next = 0;
        std::size_t kept = 0;

        void keep(Tracked& tracked) noexcept {
            if (kept == next) return void(++kept);  // it is where it was: nothing is written
            list.changeable_[kept++] = &tracked;
            tracked.place = static_cast<std::uint32_t>(kept);
        }
        ~Walk() {
            if (kept == next) return;
            for (; next < list.changeable_.size(); ++next) {
                if (list.changeable_[next] != nullptr) keep(*list.changeable_[next]);
            }
            while (list.changeable_.size() > kept) list.changeable_.pop_back();
        }
    };

    Tracked* first_ = nullptr;
    Tracked* last_ = nullptr;
    std::size_t size_ = 0;
    std::size_t added_ = 0;
    List<Tracked*> changeable_{};  ///< null where one has gone since
};

}  // namespace mica::detail
