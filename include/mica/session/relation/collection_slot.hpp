// SPDX-License-Identifier: BSL-1.0
// The state of a HasMany, HasOne or ManyToMany without the type of what it leads to. A template only so that a program
// without relations compiles none of it: `Object` is Tracked.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/session/relation/collection_state.hpp>
#include <mica/session/relation/reference_slot.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace mica::detail {

/// The slot of a HasMany, HasOne or ManyToMany.
template <class Object>
struct BasicCollectionSlot : RelationSlot {
    using Edge = GraphEdge<Object>;
    using Member = BasicMember<Object>;

    using State = CollectionState<Object>;
    using Removed = typename State::Removed;

    State* state = nullptr;  ///< null while it is not loaded

    BasicCollectionSlot() noexcept = default;
    /// A copy has nothing loaded, and a collection stays with its object.
    BasicCollectionSlot(const BasicCollectionSlot&) noexcept {}
    BasicCollectionSlot& operator=(const BasicCollectionSlot&) noexcept { return *this; }
    ~BasicCollectionSlot() { delete state; }

    std::size_t size() const noexcept { return state->members.size(); }
    bool is_pending() const noexcept { return state != nullptr && (state->added != 0 || !state->removed.empty()); }
    void require_loaded(std::string_view target_name) const {
        if (state == nullptr) [[unlikely]]
            throw_not_loaded(*this, target_name);
    }

    /// Changes nothing, so that several threads may ask.
    bool contains(const Object& target) const noexcept {
        return state->index.contains(state->members, &target, &target_of);
    }
    bool contains(const Object& target) {
        state->index.learn(state->members, &target_of);
        return std::as_const(*this).contains(target);
    }
    /// The place of an object that it contains. Cost: how far it is from the nearer end.
    std::size_t find(const Object& target) const {
        std::size_t front = 0;
        std::size_t back = size() - 1;
        for (; state->members[front].target.get() != &target; ++front, --back) {
            if (state->members[back].target.get() == &target) return back;
        }
        return front;
    }
    /// Where those begin that are new.
    std::size_t first_new() const noexcept {
        std::size_t place = size();
        for (std::size_t left = state->added; left != 0;) {
            if (state->members[--place].is_new) --left;
        }
        return place;
    }

    /// What the program wants. False where it is there already.
    bool add(Object& target) {
        require_written(*this);
        if (contains(target)) return false;
        require_same_session(owner->session, target);
        make_room();
        log_inserted(target);
        for (std::size_t i = 0; i < state->removed.size(); ++i) {
            if (state->removed[i].member.target.get() != &target) continue;
            state->removed[i].member.is_gathered = false;
            insert(std::move(state->removed[i].member));
            state->removed.erase(state->removed.begin() + i);
            return true;
        }
        insert({lead(*owner, target), {}, true, false, last_step()});
        return true;
    }
    /// False where it is not there.
    bool remove(Object& target) {
        require_written(*this);
        if (!contains(target)) return false;
        const std::size_t index = find(target);
        const bool is_known = !state->members[index].is_new || state->members[index].association.get() != nullptr;
        if (is_known && state->removed.size() == state->removed.capacity()) {
            state->removed.reserve(state->removed.size() * 2 + 4);
        }
        if (is_known) log_taken(index);
        Member member = take(index);
        member.is_gathered = false;
        if (is_known) state->removed.push_back({std::move(member), index});
        return true;
    }

    /// False where it was not to be added.
    bool forget_new(const Object& target) {
        if (state == nullptr || state->added == 0 || !contains(target)) return false;
        const std::size_t index = find(target);
        if (!state->members[index].is_new) return false;
        static_cast<void>(take(index));
        return true;
    }

    /// What the database says. `keeps`: whether a rollback returns to what is there now.
    void include(Object& target, Object* association, bool keeps) {
        if (contains(target)) return note_further(target, association);
        // A removal that has been written is over: the row that is there by now has come since.
        if (is_removed(target, false)) return;
        make_room();
        if (keeps) log_inserted(target);
        insert(member_of(target, association));
    }
    void exclude(const Object& target, bool keeps) {
        if (!contains(target)) return;
        const std::size_t index = find(target);
        if (keeps) log_taken(index);
        static_cast<void>(take(index));
    }
    void exclude_association(const Object& association, bool keeps) {
        for (std::size_t i = state->further.size(); i-- > 0;) {
            if (state->further[i].association.get() == &association) return state->further.erase(&state->further[i]);
        }
        for (std::size_t i = state->members.size(); i-- > 0;) {
            if (state->members[i].association.get() != &association || takes_further(state->members[i])) continue;
            if (keeps) log_taken(i);
            static_cast<void>(take(i));
        }
    }
    /// Calls `use` with the association rows of a member.
    template <class Use>
    void for_associations(const Member& member, const Use& use) const {
        if (member.association.get() != nullptr) use(*member.association.get());
        for (const auto& further : state->further) {
            if (further.target == member.target.get()) use(*further.association.get());
        }
    }
    void unload(bool keeps) {
        expose_followed();
        if (keeps) log_state(RelationStepKind::replaced);
        delete detail::exchange(state, nullptr);
    }
    /// Makes it loaded and empty; what the program has changed since the last flush stays.
    /// `has_reading`: its order or condition may read what has been written and is undone by a rollback, which then
    /// returns to what there was, for it follows keys alone.
    void start_loading(bool has_reading = false) {
        expose_followed();
        State* const loading = new State;
        try {
            if (state != nullptr) take_pending(*loading);
            const TrackedList* const session = owner->session;
            if (has_reading && session != nullptr && session->has_written) {
                log_state(RelationStepKind::replaced);
            } else if (session != nullptr && session->keeps_loads) {
                log_state(RelationStepKind::loaded);
            }
        } catch (...) {
            delete loading;
            throw;
        }
        delete detail::exchange(state, loading);
    }
    /// As that of a new object.
    void reset() {
        expose_followed();
        delete detail::exchange(state, nullptr);
        state = new State;
    }
    void load(Object& target, Object* association) {
        if (is_removed(target, true)) return;
        if (!contains(target)) {
            make_room();
            return insert(member_of(target, association));
        }
        Member& known = state->members[find(target)];
        if (!known.is_new) return note_further(target, association);
        if (association != nullptr) known.association = Edge{*owner, *association};
        known.is_new = known.is_gathered = false;  // what was to be added is there already
        --state->added;
    }

    /// The flush has written what it gathered; of that stays what `is_there` finds in the database, and comes back what
    /// was removed here and given to this again from the other side. A hook may have changed more since.
    template <class IsThere>
    void settle(const IsThere& is_there) {
        for (std::size_t i = state->members.size(); i-- > 0 && state->added != 0;) {
            Member& member = state->members[i];
            if (!detail::exchange(member.is_gathered, false) || !member.is_new) continue;
            if (is_there(member)) {
                member.is_new = false;
                --state->added;
            } else {
                static_cast<void>(take(i));
            }
        }
        for (std::size_t i = state->removed.size(); i-- > 0;) {
            if (!state->removed[i].member.is_gathered) continue;
            const Member member = std::move(state->removed[i].member);
            state->removed.erase(state->removed.begin() + i);
            if (is_there(member)) include(*member.target.get(), member.association.get(), true);
        }
    }
    bool has_let_go(const Object& target) const noexcept { return state != nullptr && is_removed(target, true); }
    /// The flush has failed.
    void forget_gathered() noexcept {
        if (!is_pending()) return;
        for (Member& member : state->members) member.is_gathered = false;
        for (Removed& removed : state->removed) removed.member.is_gathered = false;
    }
    /// What was pending is forgotten.
    void drop_pending() {
        if (!is_pending()) return;
        state->members.reserve(state->members.size() + state->removed.size());
        for (std::size_t i = state->members.size(); i-- > 0 && state->added != 0;) {
            if (state->members[i].is_new) static_cast<void>(take(i));
        }
        for (; !state->removed.empty(); state->removed.pop_back()) {
            Removed& last = state->removed.back();
            if (last.member.is_new) continue;
            const std::size_t place = last.place < state->members.size() ? last.place : state->members.size();
            state->members.insert(state->members.begin() + place, std::move(last.member));
        }
        state->index.forget();
    }
    template <class Use>
    void for_targets(const Use& use) const {
        if (state == nullptr) return;
        for (const Member& member : state->members) use(member.target);
        for (const Removed& removed : state->removed) use(removed.member.target);
    }
    void expose_followed() {
        if (is_followed.load() && is_followed.exchange(false)) for_targets(&expose<Object>);
    }
    void release(GraphNode<Object>*& last) noexcept {
        if (state == nullptr) return;
        for (Member& member : state->members) release(member, last);
        for (Removed& removed : state->removed) release(removed.member, last);
        for (auto& further : state->further) further.association.release(last);
    }

private:
    static const Object* target_of(const Member& member) noexcept { return member.target.get(); }

    void note_further(const Object& target, Object* association) {
        if (association == nullptr || state->members[find(target)].association.get() == association) return;
        for (const auto& further : state->further) {
            if (further.association.get() == association) return;
        }
        state->further.push_back({&target, Edge{*owner, *association}});
    }
    /// Whether another row connects a member still.
    bool takes_further(Member& member) noexcept {
        for (auto& further : state->further) {
            if (further.target != member.target.get()) continue;
            member.association = std::move(further.association);
            state->further.erase(&further);
            return true;
        }
        return false;
    }
    bool is_removed(const Object& target, bool also_gathered) const noexcept {
        for (const Removed& removed : state->removed) {
            if (removed.member.target.get() == &target) return also_gathered || !removed.member.is_gathered;
        }
        return false;
    }
    static void release(Member& member, GraphNode<Object>*& last) noexcept {
        member.target.release(last);
        member.association.release(last);
    }
    Member member_of(Object& target, Object* association) const {
        return {lead(*owner, target), association != nullptr ? Edge{*owner, *association} : Edge{}, false, false, 0};
    }
    void make_room() {
        if (state->members.size() == state->members.capacity()) state->members.reserve(state->members.size() * 2 + 4);
    }
    /// There is room.
    void insert(Member member) noexcept {
        if (member.is_new) ++state->added;
        const Object* const target = member.target.get();
        state->members.push_back(std::move(member));
        state->index.add(target);
    }
    /// What the program may have been given is exposed: the slot will not know of it any more.
    Member take(std::size_t index) {
        if (is_followed.load()) expose(state->members[index].target);
        Member member = std::move(state->members[index]);
        state->members.erase(state->members.begin() + index);
        state->index.remove(member.target.get());
        if (!member.is_new) return member;
        --state->added;
        RelationLog<Object>* const log = RelationLog<Object>::of(*this);
        if (log != nullptr) log->forget(member.step, *this, *member.target.get());
        return member;
    }
    /// What is to be written goes along with a collection that is read again.
    void take_pending(State& loading) {
        loading.members.reserve(state->added);
        for (Member& member : state->members) {
            if (!member.is_new) continue;
            Member pending = member_of(*member.target.get(), member.association.get());
            pending.is_new = true;
            pending.is_gathered = member.is_gathered;
            loading.members.push_back(std::move(pending));
        }
        loading.added = state->added;
        loading.removed.swap(state->removed);
    }

    void log_inserted(const Object& target) {
        RelationLog<Object>* const log = RelationLog<Object>::of(*this);
        if (log == nullptr) return;
        RelationStep<Object> step{*this, RelationStepKind::inserted};
        step.target = &target;
        step.undo = &undo_insertion;
        log->add(std::move(step));
    }
    std::uint32_t last_step() const noexcept {
        const RelationLog<Object>* const log = RelationLog<Object>::of(*this);
        return log == nullptr ? 0 : static_cast<std::uint32_t>(log->size());
    }
    void log_taken(std::size_t index) {
        RelationLog<Object>* const log = RelationLog<Object>::of(*this);
        if (log == nullptr) return;
        const Member& member = state->members[index];
        RelationStep<Object> step{*this, RelationStepKind::taken};
        step.member = member_of(*member.target.get(), member.association.get());
        step.place = index;
        step.undo = &undo_taking;
        log->add(std::move(step));
    }
    /// The state itself goes into the log.
    void log_state(RelationStepKind kind) {
        RelationLog<Object>* const log = RelationLog<Object>::of(*this);
        if (log == nullptr) return;
        RelationStep<Object> step{*this, kind};
        step.undo = &undo_replacement;
        log->add(std::move(step));
        log->last().state = detail::exchange(state, nullptr);
    }

    static BasicCollectionSlot& slot_of(RelationStep<Object>& step) noexcept {
        return static_cast<BasicCollectionSlot&>(*step.slot);
    }
    static void undo_insertion(RelationStep<Object>& step) {
        BasicCollectionSlot& slot = slot_of(step);
        if (slot.state == nullptr || step.target == nullptr || !slot.contains(*step.target)) return;
        static_cast<void>(slot.take(slot.find(*step.target)));
    }
    static void undo_taking(RelationStep<Object>& step) {
        BasicCollectionSlot& slot = slot_of(step);
        if (slot.state == nullptr || slot.contains(*step.member.target.get())) return;
        slot.make_room();
        const std::size_t place = step.place < slot.size() ? step.place : slot.size();
        slot.state->index.add(step.member.target.get());
        slot.state->members.insert(slot.state->members.begin() + place, std::move(step.member));
    }
    static void undo_replacement(RelationStep<Object>& step) {
        slot_of(step).expose_followed();
        delete detail::exchange(slot_of(step).state, detail::exchange(step.state, nullptr));
    }
};

using CollectionSlot = BasicCollectionSlot<Tracked>;

/// Calls `use(info, slot)` for each relation of an object, where slot is a ReferenceSlot or a CollectionSlot.
template <class Use>
void for_each_relation(Tracked& tracked, Use&& use) {
    if (tracked.operations->relations == nullptr) return;
    const RelationSlots slots{tracked.operations->relations(), tracked};
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (slots.infos[i].kind == RelationKind::belongs_to) {
            use(slots.infos[i], static_cast<ReferenceSlot&>(*slots.slots[i]));
        } else {
            use(slots.infos[i], static_cast<CollectionSlot&>(*slots.slots[i]));
        }
    }
}

template <class Object>
bool BasicReferenceSlot<Object>::was_let_go() const {
    struct Look {
        const Object& child;
        bool& any;
        void operator()(const RelationInfo&, BasicReferenceSlot<Object>&) const noexcept {}
        void operator()(const RelationInfo&, BasicCollectionSlot<Object>& slot) const noexcept {
            any = any || slot.has_let_go(child);
        }
    };
    bool any = false;
    if (edge.get() != nullptr) for_each_relation(*edge.get(), Look{*owner, any});
    return any;
}

}  // namespace mica::detail
