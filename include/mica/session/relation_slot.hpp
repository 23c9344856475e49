// SPDX-License-Identifier: BSL-1.0
// What a relation field holds, without the type of what it leads to: a state that the session loads, and what the
// program has changed in it since the last flush.
#pragma once

#include <mica/engine/lease.hpp>
#include <mica/session/pointer_set.hpp>
#include <mica/session/tracked.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::detail {

using Edge = GraphEdge<Tracked>;

/// The relation that a slot of a tracked object is.
inline const RelationInfo& info_of(const RelationSlot& slot) {
    const RelationSlots slots{slot.owner->operations->relations(), *slot.owner};
    std::size_t index = 0;
    while (slots.slots[index] != &slot) ++index;
    return slots.infos[index];
}

/// `target` names what it leads to, for a plain value, which knows no more.
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_not_loaded(const RelationSlot& slot, std::string_view target) {
    if (slot.owner == nullptr) {
        throw NotLoaded("mica: this relation to " + std::string{target} +
                        " is a plain value's, where none is loaded; read the object by a session's query with "
                        ".with<…>()");
    }
    const std::string name = name_of(info_of(slot));
    throw NotLoaded("mica: " + name + " is not loaded; add .with<&" + name +
                    ">() to the query, or call session.load<&" + name + ">(…)");
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_no_related(const RelationSlot& slot, std::string_view target) {
    const std::string name = slot.owner != nullptr ? name_of(info_of(slot)) : "this relation to " + std::string{target};
    throw_misuse(name + " leads to no object");
}

inline void require_same_session(const Tracked& owner, const Tracked& target) {
    if (owner.session == nullptr || target.session == nullptr || owner.session == target.session) return;
    throw_misuse("a relation connects objects of one session; these two are tracked by different ones");
}

/// The slot of a BelongsTo. A plain value holds what it has been given; a tracked object also knows what was there
/// before, for a rollback.
struct ReferenceSlot : RelationSlot {
    Tracked* given = nullptr;  ///< of a plain value, held as by a handle
    Edge edge{};               ///< of a tracked object
    Edge committed{};          ///< what a rollback returns to, where it has_committed
    bool is_loaded = false;
    bool is_assigned = false;  ///< since the last flush
    bool has_committed = false;
    bool was_loaded = false;  ///< when it was as committed

    ReferenceSlot() noexcept = default;
    /// What a plain value has been given goes with its copies; a tracked object's copy has nothing loaded.
    ReferenceSlot(const ReferenceSlot& other) noexcept {
        if (other.given != nullptr) assign_given(other.given);
    }
    ReferenceSlot& operator=(const ReferenceSlot& other) {
        if (this != &other && other.knows_target()) assign(other.target());
        return *this;
    }
    ~ReferenceSlot() { assign_given(nullptr); }

    bool knows_target() const noexcept { return is_loaded || given != nullptr; }
    Tracked* target() const noexcept { return owner != nullptr ? edge.get() : given; }
    void require_loaded(std::string_view target_name) const {
        if (!knows_target()) [[unlikely]]
            throw_not_loaded(*this, target_name);
    }

    /// What the program wants it to lead to; null for nothing.
    void assign(Tracked* target) {
        if (owner == nullptr) return assign_given(target);
        if (is_loaded && edge.get() == target) return;
        if (target != nullptr) require_same_session(*owner, *target);
        lead_to(target);
        is_assigned = true;
    }
    /// What the database says it leads to.
    void lead_to(Tracked* target) { replace(edge_to(target), true); }
    void unload() noexcept { replace({}, false); }
    /// The same, for what nothing has changed in this transaction: a rollback returns to it.
    void load(Tracked* target) {
        edge = edge_to(target);
        is_loaded = true;
    }

    /// The plain value becomes part of a tracked object.
    void bind(Tracked& tracked) {
        if (given != nullptr) {
            edge = Edge{tracked, *given};
            is_loaded = true;
            is_assigned = true;
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
    void abandon(GraphNode<Tracked>*& last) noexcept {
        edge.abandon(last);
        committed.abandon(last);
    }

private:
    Edge edge_to(Tracked* target) const { return target != nullptr ? Edge{*owner, *target} : Edge{}; }
    void assign_given(Tracked* target) noexcept {
        if (target != nullptr) target->retain();
        if (Tracked* const old = std::exchange(given, target)) old->release();
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

/// One object in a collection.
struct Member {
    Edge target{};
    Edge association{};  ///< of ManyToMany; null before a flush has made it
    bool is_new = false;
};

/// The slot of a HasMany, HasOne or ManyToMany.
struct CollectionSlot : RelationSlot {
    struct State {
        std::vector<Member> members{};
        std::vector<Member> removed{};    ///< since the last flush
        std::vector<Member> committed{};  ///< what a rollback returns to, where it has_committed
        PointerSet index{};               ///< of the members' targets
        std::size_t added = 0;            ///< how many members are new
        bool has_committed = false;
    };

    State* state = nullptr;  ///< null while it is not loaded

    CollectionSlot() noexcept = default;
    /// A copy has nothing loaded, and a collection stays with its object.
    CollectionSlot(const CollectionSlot&) noexcept {}
    CollectionSlot& operator=(const CollectionSlot&) noexcept { return *this; }
    ~CollectionSlot() { delete state; }

    std::size_t size() const noexcept { return state->members.size(); }
    void require_loaded(std::string_view target_name) const {
        if (state == nullptr) [[unlikely]]
            throw_not_loaded(*this, target_name);
    }
    bool is_pending() const noexcept { return state != nullptr && (state->added != 0 || !state->removed.empty()); }

    bool contains(const Tracked& target) const {
        return state->index.contains(state->members, &target, [](const Member& member) { return member.target.get(); });
    }
    std::size_t find(const Tracked& target) const {
        std::size_t index = 0;
        while (state->members[index].target.get() != &target) ++index;
        return index;
    }

    /// What the program wants. False where it is there already.
    bool add(Tracked& target) {
        if (contains(target)) return false;
        require_same_session(*owner, target);
        keep_committed();
        make_room();
        for (std::size_t i = 0; i < state->removed.size(); ++i) {
            if (state->removed[i].target.get() != &target) continue;
            insert(std::move(state->removed[i]));
            state->removed.erase(state->removed.begin() + static_cast<std::ptrdiff_t>(i));
            return true;
        }
        insert({Edge{*owner, target}, {}, true});
        return true;
    }
    /// False where it is not there.
    bool remove(Tracked& target) {
        if (!contains(target)) return false;
        keep_committed();
        const std::size_t index = find(target);
        const bool is_known = !state->members[index].is_new || state->members[index].association.get() != nullptr;
        if (is_known) state->removed.reserve(state->removed.size() + 1);
        Member member = take(index);
        if (is_known) state->removed.push_back(std::move(member));
        return true;
    }

    /// What the database says.
    void include(Tracked& target, Tracked* association) {
        if (contains(target)) return;
        keep_committed();
        make_room();
        insert(member_of(target, association));
    }
    void exclude(const Tracked& target) {
        if (!contains(target)) return;
        keep_committed();
        static_cast<void>(take(find(target)));
    }
    void unload() noexcept { delete std::exchange(state, nullptr); }
    /// Makes it loaded and empty; what the program has changed since the last flush stays.
    void start_loading() {
        if (state == nullptr) state = new State;
        std::vector<Member> added;
        added.reserve(state->added);
        for (Member& member : state->members) {
            if (member.is_new) added.push_back(std::move(member));
        }
        state->members = std::move(added);
        state->index.forget();
    }
    void load(Tracked& target, Tracked* association) {
        for (const Member& member : state->removed) {
            if (member.target.get() == &target) return;
        }
        if (!contains(target)) {
            make_room();
            return insert(member_of(target, association));
        }
        Member& known = state->members[find(target)];
        if (!std::exchange(known.is_new, false)) return;  // what was to be added is there already
        --state->added;
        if (association != nullptr) known.association = Edge{*owner, *association};
    }

    /// The flush has written what was pending.
    void settle() noexcept {
        if (!is_pending()) return;
        for (Member& member : state->members) member.is_new = false;
        state->added = 0;
        state->removed.clear();
    }
    void commit() noexcept {
        if (state == nullptr) return;
        state->committed.clear();
        state->has_committed = false;
    }
    void rollback() noexcept {
        if (state == nullptr || !std::exchange(state->has_committed, false)) return;
        state->members = std::move(state->committed);
        state->committed.clear();
        state->removed.clear();
        state->added = 0;
        state->index.forget();
    }
    void abandon(GraphNode<Tracked>*& last) noexcept {
        if (state == nullptr) return;
        for (std::vector<Member>* list : {&state->members, &state->removed, &state->committed}) {
            for (Member& member : *list) {
                member.target.abandon(last);
                member.association.abandon(last);
            }
        }
    }

private:
    Member member_of(Tracked& target, Tracked* association) const {
        return {Edge{*owner, target}, association != nullptr ? Edge{*owner, *association} : Edge{}, false};
    }
    void make_room() {
        if (state->members.size() == state->members.capacity()) state->members.reserve(state->members.size() * 2 + 4);
    }
    /// There is room.
    void insert(Member member) noexcept {
        const bool is_new = member.is_new;
        Tracked& target = *member.target.get();
        state->members.push_back(std::move(member));
        state->index.add(&target);
        if (is_new) ++state->added;
    }
    Member take(std::size_t index) noexcept {
        Member member = std::move(state->members[index]);
        state->members.erase(state->members.begin() + static_cast<std::ptrdiff_t>(index));
        state->index.forget();
        if (member.is_new) --state->added;
        return member;
    }
    void keep_committed() {
        if (state->has_committed) return;
        std::vector<Member> members;
        members.reserve(state->members.size());
        for (const Member& member : state->members) {
            members.push_back(member_of(*member.target.get(), member.association.get()));
        }
        state->committed = std::move(members);
        state->has_committed = true;
    }
};

inline ReferenceSlot& reference(RelationSlot* slot) noexcept { return *static_cast<ReferenceSlot*>(slot); }
inline CollectionSlot& collection(RelationSlot* slot) noexcept { return *static_cast<CollectionSlot*>(slot); }

/// Calls `use(info, slot)` for each relation of an object, where slot is a ReferenceSlot or a CollectionSlot.
template <class Use>
void for_each_relation(Tracked& tracked, Use&& use) {
    if (tracked.operations->relations == nullptr) return;
    const RelationSlots slots{tracked.operations->relations(), tracked};
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (slots.infos[i].kind == RelationKind::belongs_to) {
            use(slots.infos[i], reference(slots.slots[i]));
        } else {
            use(slots.infos[i], collection(slots.slots[i]));
        }
    }
}

/// Tells the relations of a new object whose they are. The object must be held.
inline void bind_relations(Tracked& tracked) {
    struct Bind {
        Tracked& tracked;
        void operator()(const RelationInfo&, ReferenceSlot& slot) const { slot.bind(tracked); }
        void operator()(const RelationInfo&, CollectionSlot& slot) const { slot.owner = &tracked; }
    };
    for_each_relation(tracked, Bind{tracked});
}

/// Makes the relations of an object without a row loaded and empty.
inline void start_relations(Tracked& tracked) {
    struct Start {
        void operator()(const RelationInfo&, ReferenceSlot& slot) const noexcept { slot.is_loaded = true; }
        void operator()(const RelationInfo&, CollectionSlot& slot) const {
            if (slot.state == nullptr) slot.start_loading();
        }
    };
    for_each_relation(tracked, Start{});
}

/// See abandon_all.
inline void abandon_relations(Tracked& tracked, GraphNode<Tracked>*& last) noexcept {
    for_each_relation(tracked, [&last](const RelationInfo&, auto& slot) { slot.abandon(last); });
}

}  // namespace mica::detail
