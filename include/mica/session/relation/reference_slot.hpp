// SPDX-License-Identifier: BSL-1.0
// The state of a BelongsTo without the type of what it leads to. A template only so that a program without relations
// compiles none of it: `Object` is Tracked.
#pragma once

#include <mica/session/relation/relation_slot.hpp>

#include <string_view>
#include <utility>

namespace mica::detail {

/// The slot of a BelongsTo. A plain value holds what it has been given; a tracked object also knows what was there
/// before, for a rollback.
template <class Object>
struct BasicReferenceSlot : RelationSlot {
    using Edge = GraphEdge<Object>;

    Object* given = nullptr;  ///< of a plain value, held as by a handle
    Edge edge{};              ///< of a tracked object
    Edge committed{};         ///< what a rollback returns to, where it has_committed
    bool is_loaded = false;
    bool is_assigned = false;  ///< since the last flush
    bool is_gathered = false;  ///< and the flush that goes on writes it
    bool has_committed = false;
    bool was_loaded = false;  ///< when it was as committed

    BasicReferenceSlot() noexcept = default;
    /// What a plain value has been given goes with its copies; a tracked object's copy has nothing loaded.
    BasicReferenceSlot(const BasicReferenceSlot& other) noexcept {
        if (other.given != nullptr) assign_given(other.given);
    }
    BasicReferenceSlot& operator=(const BasicReferenceSlot& other) {
        if (this != &other && other.knows_target()) assign(other.target());
        return *this;
    }
    ~BasicReferenceSlot() { assign_given(nullptr); }

    bool knows_target() const noexcept { return is_loaded || given != nullptr; }
    Object* target() const noexcept { return owner != nullptr ? edge.get() : given; }
    void require_loaded(std::string_view target_name) const {
        if (!knows_target()) [[unlikely]]
            throw_not_loaded(*this, target_name);
    }

    /// What the program wants it to lead to; null for nothing.
    void assign(Object* target) {
        if (owner == nullptr) return assign_given(target);
        if (is_loaded && edge.get() == target) return;
        if (target != nullptr) require_same_session(*owner, *target);
        lead_to(target);
        is_assigned = true;
        is_gathered = false;
    }
    /// The flush has written what it gathered. A hook may have assigned another since.
    void settle() noexcept {
        if (std::exchange(is_gathered, false)) is_assigned = false;
    }
    /// The flush has failed.
    void forget_gathered() noexcept { is_gathered = false; }
    /// What the database says it leads to.
    void lead_to(Object* target) { replace(edge_to(target), true); }
    void unload() noexcept { replace({}, false); }
    /// The same, when nothing has changed in this transaction.
    void forget() noexcept {
        edge = {};
        is_loaded = false;
    }
    /// The same as lead_to(), for what nothing has changed in this transaction: a rollback returns to it.
    void load(Object* target) {
        edge = edge_to(target);
        is_loaded = true;
    }

    /// The plain value has become part of a tracked object.
    void bind(Object& tracked) {
        if (given != nullptr) {
            edge = Edge{tracked, *given};
            is_loaded = true;
            is_assigned = true;
            has_committed = true;
            was_loaded = true;  // and empty
            assign_given(nullptr);
        }
        owner = &tracked;
    }
    void commit() noexcept {
        committed = {};
        has_committed = false;
    }
    void rollback() noexcept {
        is_assigned = false;
        if (!has_committed) return;
        edge = std::move(committed);
        is_loaded = was_loaded;
        commit();
    }
    /// See abandon_all.
    void abandon(GraphNode<Object>*& last) noexcept {
        edge.abandon(last);
        committed.abandon(last);
    }

private:
    Edge edge_to(Object* target) const { return target != nullptr ? Edge{*owner, *target} : Edge{}; }
    void assign_given(Object* target) noexcept {
        if (target != nullptr) target->retain();
        if (Object* const old = std::exchange(given, target)) old->release();
    }
    void replace(Edge next, bool loaded) noexcept {
        if (!std::exchange(has_committed, true)) {
            committed = std::move(edge);
            was_loaded = is_loaded;
        }
        edge = std::move(next);
        is_loaded = loaded;
    }
};

using ReferenceSlot = BasicReferenceSlot<Tracked>;

}  // namespace mica::detail
