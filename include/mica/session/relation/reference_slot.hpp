// SPDX-License-Identifier: BSL-1.0
// The state of a BelongsTo without the type of what it leads to. A template only so that a program without relations
// compiles none of it: `Object` is Tracked.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/relation/relation_log.hpp>

#include <string_view>
#include <utility>

namespace mica::detail {

/// The slot of a BelongsTo. A plain value holds what it has been given.
template <class Object>
struct BasicReferenceSlot : RelationSlot {
    using Edge = GraphEdge<Object>;

    Object* given = nullptr;  ///< of a plain value, held as by a handle
    Edge edge{};              ///< of a tracked object
    bool is_loaded = false;
    bool is_assigned = false;  ///< since the last flush
    bool is_gathered = false;  ///< and the flush that goes on writes it

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
        const bool is_same = is_loaded && edge.get() == target;
        if (is_same && !was_let_go()) return;
        if (target != nullptr) require_same_session(owner->session, *target);
        if (!is_same) lead_to(target);
        is_assigned = true;
        is_gathered = false;
    }
    /// The flush has written what it gathered. A hook may have assigned another since.
    void settle() noexcept {
        if (detail::exchange(is_gathered, false)) is_assigned = false;
    }
    /// The flush has failed.
    void forget_gathered() noexcept { is_gathered = false; }
    /// What the database says it leads to by now; a rollback returns to what there was.
    void lead_to(Object* target) { replace(edge_to(target), true, RelationStepKind::replaced); }
    void unload() { replace({}, false, RelationStepKind::replaced); }
    /// What a row that was read says.
    void load(Object* target) {
        if (owner->session != nullptr && owner->session->keeps_loads && !(is_loaded && edge.get() == target)) {
            return replace(edge_to(target), true, RelationStepKind::loaded);
        }
        set(target);
    }
    /// The same, and no rollback has to know.
    void set(Object* target) {
        expose_followed();
        edge = edge_to(target);
        is_loaded = true;
    }
    void forget() {
        expose_followed();
        edge = {};
        is_loaded = false;
    }
    /// As that of a new object.
    void reset() {
        expose_followed();
        edge = {};
        is_loaded = true;
        is_assigned = is_gathered = false;
    }

    /// The plain value has become part of a tracked object.
    void bind(Object& tracked) {
        if (given != nullptr) {
            edge = lead(tracked, *given);
            is_loaded = true;
            is_assigned = true;
            assign_given(nullptr);
        }
        owner = &tracked;
    }
    template <class Use>
    void for_targets(const Use& use) const {
        use(edge);
    }
    void expose_followed() {
        if (is_followed.load() && is_followed.exchange(false)) expose(edge);
    }
    /// See release_all.
    void release(GraphNode<Object>*& last) noexcept { edge.release(last); }

private:
    /// Whether a collection of what it leads to is without the owner by the program's wish. Defined beside
    /// for_each_relation.
    [[gnu::cold]] bool was_let_go() const;
    Edge edge_to(Object* target) const { return target != nullptr ? lead(*owner, *target) : Edge{}; }
    void assign_given(Object* target) noexcept {
        if (target != nullptr) target->retain();
        if (Object* const old = detail::exchange(given, target)) old->release();
    }
    void replace(Edge next, bool loaded, RelationStepKind kind) {
        expose_followed();
        if (RelationLog<Object>* const log = RelationLog<Object>::of(*this)) {
            RelationStep<Object> step{*this, kind};
            step.was_loaded = is_loaded;
            step.undo = &undo;
            log->add(std::move(step));
            log->last().member.target = std::move(edge);
        }
        edge = std::move(next);
        is_loaded = loaded;
    }
    static void undo(RelationStep<Object>& step) {
        auto& slot = static_cast<BasicReferenceSlot&>(*step.slot);
        slot.expose_followed();
        slot.edge = std::move(step.member.target);
        slot.is_loaded = step.was_loaded;
        slot.is_assigned = false;
    }
};

using ReferenceSlot = BasicReferenceSlot<Tracked>;

}  // namespace mica::detail
