// SPDX-License-Identifier: BSL-1.0
// What a session has done since its transaction began, step by step, so that a rollback can take it back.
#pragma once

#include <mica/session/object/tracked.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace mica {

/// What a flush does with an object's row.
enum class ChangeKind : std::uint8_t { insert, update, remove };

namespace detail {

enum class UndoKind : std::uint8_t {
    insert,
    update,
    remove,
    reread,  ///< of a row that was known before
};

constexpr UndoKind kind_of(ChangeKind kind) noexcept { return static_cast<UndoKind>(kind); }
static_assert(kind_of(ChangeKind::update) == UndoKind::update && kind_of(ChangeKind::remove) == UndoKind::remove);

/// One step, and the row as it was before.
struct Undo {
    TrackedReference tracked;
    UndoKind kind;
    Snapshot snapshot;
};

template <class Lazy>
class BasicUndoLog {
public:
    bool empty() const noexcept { return steps_.empty(); }
    std::size_t size() const noexcept { return steps_.size(); }
    const Undo& step(std::size_t index) const noexcept { return steps_[index]; }
    Undo& last() noexcept { return steps_.back(); }

    /// Makes the next `count` calls of add() safe.
    void make_room(std::size_t count) {
        const std::size_t needed = steps_.size() + count;
        if (needed <= steps_.capacity()) return;
        steps_.reserve(needed < 2 * steps_.capacity() ? 2 * steps_.capacity() : needed);
    }
    void add(Undo undo) noexcept {
        ++undo.tracked->logged;
        steps_.push_back(std::move(undo));
    }
    void pop() noexcept {
        --steps_.back().tracked->logged;
        steps_.pop_back();
    }
    void clear() noexcept {
        for (const Undo& step : steps_) --step.tracked->logged;
        steps_.clear();
        has_lost_ = false;
    }

    /// An object is no longer tracked, so that what it has written could not be written again.
    void lose(const Tracked& tracked) noexcept { has_lost_ = has_lost_ || tracked.logged != 0; }
    bool has_lost() const noexcept { return has_lost_; }

private:
    List<Undo> steps_{};
    bool has_lost_ = false;
};

}  // namespace detail

}  // namespace mica
