// SPDX-License-Identifier: BSL-1.0
// What relations want of a flush: new objects saved, keys set, rows of associations made and removed.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/undo.hpp>
#include <mica/session/relation/key_links.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace mica::detail {

template <class Object>
class RelationGatherer {
public:
    RelationGatherer(const WorkParts& parts, KeyLinks& links) noexcept : parts_(parts), links_(links), writer_(links) {}

    /// Throws ProgrammingError where a relation cannot be what the program wants; back() undoes what was done so far.
    void run() {
        // What is saved because of another comes to the end of the list, and so gets its own turn.
        std::size_t next = 0;
        do {
            for (; next < parts_.list.changeable().size(); ++next) {
                Object* const object = parts_.list.changeable()[next];
                if (object == nullptr) continue;
                for_each_relation(*object, [](const RelationInfo&, auto& slot) { slot.expose_followed(); });
                for_each_relation(*object, Gather{*this, *object});
            }
        } while (adopt_stray());
        for (const Orphan& orphan : orphans_) let_go(orphan);
        for (std::size_t i = 0; i < links_.removed.size(); ++i) let_members_go(*links_.removed[i]);
        for (TrackedReference& each : links_.removed) remove(*each);
        writer_.set_known();
    }

    /// Everything is as before.
    void back() noexcept {
        writer_.revert();
        for (Object* object : parts_.list.changeable()) {
            if (object == nullptr) continue;
            for_each_relation(*object, [](const RelationInfo&, auto& slot) { slot.forget_gathered(); });
        }
        for (TrackedReference& each : links_.removed) {
            if (each->state == TrackedState::removed) parts_.list.change_state(*each, TrackedState::persistent);
            if (each->session == nullptr) parts_.list.link(*each, TrackedState::added);
        }
        for (TrackedReference& each : links_.adopted) {
            if (each->session == parts_.session) parts_.list.drop(*each);
        }
    }

private:
    using Reference = BasicReferenceSlot<Object>;
    using Collection = BasicCollectionSlot<Object>;
    using Member = BasicMember<Object>;

    struct Orphan {
        Object* owner;
        const RelationInfo* info;
        const Collection* slot;
        const Member* member;
    };
    /// A new object in a collection whose own object is removed.
    struct Stray {
        Object* owner;
        const RelationInfo* info;
        Object* object;
    };

    struct Gather {
        RelationGatherer& gatherer;
        Object& object;
        void operator()(const RelationInfo& info, Reference& slot) const { gatherer.gather(object, info, slot); }
        void operator()(const RelationInfo& info, Collection& slot) const { gatherer.gather(object, info, slot); }
    };

    void gather(Object& object, const RelationInfo& info, Reference& slot) {
        if (!slot.is_assigned || object.state == TrackedState::removed) return;
        if (slot.edge.get() != nullptr) {
            adopt(*slot.edge.get());
        } else if (!info.key.nullable) {
            throw_cannot_orphan(object, info, info.key);
        }
        writer_.add(object, slot.edge.get(), info, info.key);
        slot.is_gathered = true;
    }

    void gather(Object& object, const RelationInfo& info, Collection& slot) {
        if (slot.state == nullptr) return;
        for (auto& removed : slot.state->removed) {
            orphans_.push_back({&object, &info, &slot, &removed.member});
            removed.member.is_gathered = true;
        }
        if (object.state == TrackedState::removed) {
            for (const Member& member : slot.state->members) {
                if (member.is_new) {
                    if (!info.is_owned) strays_.push_back({&object, &info, member.target.get()});
                } else if (goes_along(info)) {
                    orphans_.push_back({&object, &info, &slot, &member});
                }
            }
        } else {
            for (std::size_t i = slot.first_new(); i < slot.size(); ++i) {
                if (slot.state->members[i].is_new) connect(object, info, slot.state->members[i]);
            }
        }
    }

    void connect(Object& object, const RelationInfo& info, Member& member) {
        Object& target = *member.target.get();
        member.is_gathered = true;
        adopt(target);
        parts_.list.expose(target);
        if (info.kind != RelationKind::many_to_many) return writer_.add(target, &object, info, info.key);
        if (member.association.get() == nullptr) use_inverse(object, info, member);
        if (member.association.get() == nullptr) {
            const TrackedReference made{*info.make_association()};
            if (made->operations->relations != nullptr) made->operations->relations().hooks->bind(*made);
            member.association = GraphEdge<Object>{object, *made};
        }
        Object& association = *member.association.get();
        if (association.session == parts_.session && association.state != TrackedState::added) return;
        adopt(association);
        writer_.add(association, &object, info, info.key);
        writer_.add(association, &target, info, info.other_key);
    }

    /// Where the other end has the same connection, both mean one row.
    static void use_inverse(Object& object, const RelationInfo& info, Member& member) {
        struct Find {
            Object& object;
            const RelationInfo& info;
            Member& member;
            void operator()(const RelationInfo&, Reference&) const noexcept {}
            void operator()(const RelationInfo& other, Collection& slot) const {
                const bool is_inverse = other.kind == RelationKind::many_to_many &&
                                        &other.owning_side() == &info.owning_side() &&
                                        same_key(other.key, info.other_key) && same_key(other.other_key, info.key);
                if (!is_inverse || slot.state == nullptr || !slot.contains(object)) return;
                if (Object* const known = slot.state->members[slot.find(object)].association.get()) {
                    member.association = GraphEdge<Object>{object, *known};
                }
            }
        };
        for_each_relation(*member.target.get(), Find{object, info, member});
    }

    /// An object that a relation leads to is saved with it.
    void adopt(Object& object) {
        if (object.session == parts_.session) return;
        require_same_session(parts_.session, object);
        if (object.operations->relations != nullptr) object.operations->relations().hooks->start(object);
        links_.adopted.push_back(TrackedReference{object});
        parts_.list.link(object, TrackedState::added);
    }

    /// Saves a new object that nobody else knows than a collection whose own object goes: it is to be saved all the
    /// same, or the flush says why it cannot be. Whether there was one.
    bool adopt_stray() {
        while (!strays_.empty()) {
            const Stray stray = strays_.back();
            strays_.pop_back();
            if (stray.object->session == parts_.session) continue;
            const bool is_child = stray.info->kind != RelationKind::many_to_many;
            if (is_child && !stray.info->key.nullable) {
                throw_misuse(row_text(*stray.object) + " is only in " + name_of(*stray.info) + " of " +
                             row_text(*stray.owner) + ", which is removed; give it another object or remove() it");
            }
            adopt(*stray.object);
            return true;
        }
        return false;
    }

    void let_go(const Orphan& orphan) {
        const RelationInfo& info = *orphan.info;
        if (info.kind == RelationKind::many_to_many) {
            return orphan.slot->for_associations(*orphan.member, [&](Object& row) { want_removed(&row); });
        }
        Object& child = *orphan.member->target.get();
        const bool is_elsewhere = child.session != parts_.session || child.state == TrackedState::removed ||
                                  writer_.has(child, info.key) || !names(child, *orphan.owner, info.key);
        if (is_elsewhere) return;
        if (info.is_owned) return want_removed(&child);
        if (!info.key.nullable) throw_cannot_orphan(child, info, info.key);
        parts_.list.expose(child);
        writer_.add(child, nullptr, info, info.key);
    }

    /// What an object takes along that goes because another does not want it any more.
    void let_members_go(Object& object) {
        struct LetMembersGo {
            RelationGatherer& gatherer;
            Object& object;
            void operator()(const RelationInfo&, Reference&) const noexcept {}
            void operator()(const RelationInfo& info, Collection& slot) const {
                if (slot.state == nullptr || !goes_along(info)) return;
                for (const Member& member : slot.state->members) {
                    if (member.is_new) gatherer.want_removed(info.is_owned ? member.target.get() : nullptr);
                    gatherer.let_go({&object, &info, &slot, &member});
                }
            }
        };
        for_each_relation(object, LetMembersGo{*this, object});
    }
    static bool goes_along(const RelationInfo& info) noexcept {
        return info.is_owned || info.kind == RelationKind::many_to_many;
    }

    /// Whether the child still has the key of this parent; the program may have given it another by its field.
    static bool names(const Object& child, const Object& parent, const ForeignKey& key) {
        SnapshotBuffer current;
        child.operations->take_snapshot(child, current);
        return child_key(current, key) == parent_key(parent.snapshot, key);
    }

    void want_removed(Object* object) {
        if (object == nullptr || object->session != parts_.session || object->state == TrackedState::removed) return;
        parts_.list.expose(*object);
        links_.removed.push_back(TrackedReference{*object});
    }
    void remove(Object& object) noexcept {
        if (object.session != parts_.session) return;  // it was there twice, and new
        if (object.state == TrackedState::added) {
            parts_.list.drop(object);
        } else {
            parts_.list.change_state(object, TrackedState::removed);
        }
    }

    const WorkParts& parts_;
    KeyLinks& links_;
    KeyLinkWriter<Object> writer_;
    List<Orphan> orphans_{};
    List<Stray> strays_{};
};

/// After everything has been written: what is loaded follows, and nothing is pending any more.
template <class Object>
void settle_relations(WorkParts parts, std::size_t first_step) {
    FormerKeys former_keys;
    for (std::size_t i = first_step; i < parts.log.size(); ++i) {
        const Undo& step = parts.log.step(i);
        const bool is_former = step.kind == UndoKind::remove ||
                               (step.kind == UndoKind::update && has_other_key(*step.tracked, step.snapshot));
        if (is_former) former_keys.add(*step.tracked, step.snapshot);
    }
    parts.former_keys = &former_keys;
    const RelationFollower<Object> follower{parts};
    for (std::size_t i = first_step; i < parts.log.size(); ++i) {
        const Undo& step = parts.log.step(i);
        const bool was_there = step.kind != UndoKind::insert;
        const bool is_there = step.tracked->session == parts.session;  // a later step may have removed it
        follower.follow(*step.tracked, was_there ? &step.snapshot : nullptr,
                        is_there ? &step.tracked->snapshot : nullptr);
    }
    for (std::size_t i = 0; i < parts.list.changeable().size(); ++i) {
        if (Object* const object = parts.list.changeable()[i]) follower.settle(*object);
    }
}

}  // namespace mica::detail
