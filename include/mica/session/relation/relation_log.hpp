// SPDX-License-Identifier: BSL-1.0
// How relations have changed since the transaction began, step by step: a rollback takes them back in the other order,
// and so in the very places where they were.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/session/object/tracked_list.hpp>
#include <mica/session/relation/collection_state.hpp>
#include <mica/session/relation/relation_slot.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace mica::detail {

enum class RelationStepKind : std::uint8_t {
    inserted,  ///< an object came into a collection
    taken,     ///< or left it
    replaced,  ///< all that the relation held became something else
    loaded,    ///< the same, by reading rows
};

/// One step, and what there was before.
template <class Object>
struct RelationStep {
    RelationStep(RelationSlot& changed, RelationStepKind how) noexcept
        : owner(*changed.owner), slot(&changed), kind(how) {
        ++owner->logged;
    }
    RelationStep(RelationStep&& other) noexcept
        : owner(std::move(other.owner)),
          slot(other.slot),
          kind(other.kind),
          place(other.place),
          target(other.target),
          member(std::move(other.member)),
          was_loaded(other.was_loaded),
          state(detail::exchange(other.state, nullptr)),
          undo(other.undo) {}
    RelationStep& operator=(RelationStep&& other) = delete;
    ~RelationStep() {
        if (owner.get() != nullptr) --owner->logged;
        delete state;
    }

    TrackedReference owner;
    RelationSlot* slot;
    RelationStepKind kind;
    std::size_t place = 0;
    const Object* target = nullptr;            ///< that was inserted; null where it had no row and has left
    BasicMember<Object> member{};              ///< that was taken; of a reference: what it led to
    bool was_loaded = false;                   ///< of a reference
    CollectionState<Object>* state = nullptr;  ///< of a collection that was replaced, null where it was not loaded
    void (*undo)(RelationStep& step) = nullptr;
};

template <class Object>
class RelationLog {
public:
    using Step = RelationStep<Object>;

    /// Null where nothing has to be kept of a relation.
    static RelationLog* of(const RelationSlot& slot) noexcept {
        TrackedList* const session = slot.owner == nullptr ? nullptr : slot.owner->session;
        return session == nullptr ? nullptr : session->relation_log;
    }

    std::size_t size() const noexcept { return steps_.size(); }
    void add(Step step) { steps_.push_back(std::move(step)); }
    Step& last() noexcept { return steps_.back(); }
    void clear() noexcept { steps_.clear(); }
    /// An object that came with a step, counted from 1, has gone without ever having had a row.
    void forget(std::size_t step, const RelationSlot& slot, const Object& target) noexcept {
        if (step == 0 || step > steps_.size()) return;
        Step& came = steps_[step - 1];
        if (came.slot == &slot && came.target == &target) came.target = nullptr;
    }

    /// Takes back the steps from `first` on. What was read stays where `knows_rows`: all that has changed in the
    /// database since is known, and followed by itself.
    void undo_since(std::size_t first, const TrackedList& session, bool knows_rows) {
        for (; steps_.size() > first; steps_.pop_back()) {
            Step& last = steps_.back();
            const bool stays = knows_rows && last.kind == RelationStepKind::loaded;
            if (last.owner->session == &session && !stays) last.undo(last);
        }
    }

private:
    List<Step> steps_{};
};

}  // namespace mica::detail
