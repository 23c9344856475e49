// SPDX-License-Identifier: BSL-1.0
// Relations follow foreign keys: what is loaded agrees with the rows after each flush, reading again and rollback.
#pragma once

#include <mica/session/object/former_keys.hpp>
#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/key_index.hpp>
#include <mica/session/object/tracked_list.hpp>
#include <mica/session/relation/collection_slot.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

template <class Object>
class RelationFollower {
public:
    explicit RelationFollower(const WorkParts& parts) noexcept : parts_(parts) {}

    /// A row has changed, `before` and `after` are its snapshots: null where there is none.
    void follow(Object& owning, const Snapshot* before, const Snapshot* after) const {
        const Table& table = owning.table();
        for (const OptionData& option : table.options) {
            if (option.kind != OptionKind::foreign_key) continue;
            const Table& parents = option.target();
            const ForeignKey key = columns_of_key(option, table, parents);
            const std::string old_key = before != nullptr ? child_key(*before, key) : std::string{};
            const std::string new_key = after != nullptr ? child_key(*after, key) : std::string{};
            Object* const new_parent = find_parent(parents, key, new_key);
            Object* const old_parent = find_old_parent(parents, key, old_key);
            // The same value may be another row's by now, and another value the same row's.
            const bool stays = old_parent == new_parent;
            const bool is_known = old_parent != nullptr && old_parent->session == parts_.session;
            // A collection that lacks what may have no row knows better.
            const bool is_doubtful = after != nullptr && owning.may_have_no_row();
            const bool is_rollback = !parts_.keeps_former;
            if (is_known && is_doubtful && !is_rollback && lacks(owning, *old_parent, key)) continue;
            if (is_known && !stays) leave(owning, *old_parent, key);
            // Nor does a rollback put it where the log of relations has not, nor a flush that has not given it a key.
            const bool keeps_out = is_doubtful && (is_rollback || old_key == new_key) && new_parent != nullptr;
            const bool joins = new_parent != nullptr && !(keeps_out && lacks(owning, *new_parent, key));
            if (joins) join(owning, *new_parent, key, stays ? before : nullptr, *after);
            if (after != nullptr) retarget(owning, parents, key, new_parent, new_key);
        }
    }

    /// The flush has written what it gathered of an object's relations. What a removal or a hook has made of it since
    /// is as the rows say.
    void settle(Object& object) const {
        struct Settle {
            const RelationFollower& follower;
            const Object& object;
            void operator()(const RelationInfo&, BasicReferenceSlot<Object>& slot) const noexcept { slot.settle(); }
            void operator()(const RelationInfo& info, BasicCollectionSlot<Object>& slot) const {
                if (!slot.is_pending()) return;
                const std::string key = parent_key(object.snapshot, info.key);
                slot.settle([&](const BasicMember<Object>& member) {
                    const bool is_shared = info.kind == RelationKind::many_to_many;
                    const Object* const owning = is_shared ? member.association.get() : member.target.get();
                    return owning != nullptr && owning->session == follower.parts_.session &&
                           child_key(owning->snapshot, info.key) == key;
                });
            }
        };
        for_each_relation(object, Settle{*this, object});
    }

    /// The relations of an object become what the rows say.
    void drop_pending(Object& object) const {
        struct Drop {
            const RelationFollower& follower;
            const Object& object;
            void operator()(const RelationInfo& info, BasicReferenceSlot<Object>& slot) const {
                follower.drop_assigned(object, info, slot);
            }
            void operator()(const RelationInfo&, BasicCollectionSlot<Object>& slot) const { slot.drop_pending(); }
        };
        for_each_relation(object, Drop{*this, object});
    }

    /// The relations of an object no longer want to connect it with `target`. False where none did.
    bool forget_new(Object& object, const Object& target) const {
        struct Forget {
            const RelationFollower& follower;
            const Object& object;
            const Object& target;
            bool& any;
            void operator()(const RelationInfo& info, BasicReferenceSlot<Object>& slot) const {
                if (!slot.is_assigned || slot.edge.get() != &target) return;
                follower.drop_assigned(object, info, slot);
                any = true;
            }
            void operator()(const RelationInfo&, BasicCollectionSlot<Object>& slot) const {
                any = slot.forget_new(target) || any;
            }
        };
        bool any = false;
        for_each_relation(object, Forget{*this, object, target, any});
        return any;
    }

    /// Of those that the session tracks; null for an empty key.
    Object* find_parent(const Table& table, const ForeignKey& key, const std::string& encoded) const {
        if (encoded.empty()) return nullptr;
        if (is_in_identity_map(key, table)) return parts_.map.find(KeyView::of(table, encoded));
        for (Object* object = parts_.list.first(); object != nullptr; object = object->next) {
            const bool has_row = object->state != TrackedState::added;
            if (!has_row || &object->table() != &table) continue;
            if (parent_key(object->snapshot, key) == encoded) return object;
        }
        return nullptr;
    }

private:
    Object* find_old_parent(const Table& table, const ForeignKey& key, const std::string& encoded) const {
        if (parts_.former_keys != nullptr && names_primary_key(key, table)) {
            if (Object* const former = parts_.former_keys->find(table, encoded)) return former;
        }
        return find_parent(table, key, encoded);
    }

    void drop_assigned(const Object& object, const RelationInfo& info, BasicReferenceSlot<Object>& slot) const {
        if (!slot.is_assigned) return;
        slot.is_assigned = false;
        const std::string key = child_key(object.snapshot, info.key);
        Object* const target = find_parent(*info.target().table, info.key, key);
        slot.set(target);
        slot.is_loaded = key.empty() || target != nullptr;
    }

    /// Calls `use` with the loaded collections of a parent that this key of this entity makes.
    template <class Use>
    static void for_collections(const Object& owning, Object& parent, const ForeignKey& key, const Use& use) {
        struct Pick {
            const Object& owning;
            const ForeignKey& key;
            const Use& use;
            void operator()(const RelationInfo&, BasicReferenceSlot<Object>&) const noexcept {}
            void operator()(const RelationInfo& info, BasicCollectionSlot<Object>& slot) const {
                if (slot.state == nullptr || !same_key(info.key, key)) return;
                if (&info.owning_side() == owning.operations) use(info, slot);
            }
        };
        for_each_relation(parent, Pick{owning, key, use});
    }

    void leave(Object& owning, Object& parent, const ForeignKey& key) const {
        for_collections(owning, parent, key, [&](const RelationInfo& info, BasicCollectionSlot<Object>& slot) {
            if (info.kind != RelationKind::many_to_many) return slot.exclude(owning, parts_.keeps_former);
            slot.exclude_association(owning, parts_.keeps_former);
        });
    }

    /// Whether a loaded collection of a parent should hold the object and does not.
    static bool lacks(const Object& owning, Object& parent, const ForeignKey& key) {
        bool is_missing = false;
        for_collections(owning, parent, key, [&](const RelationInfo& info, BasicCollectionSlot<Object>& slot) {
            is_missing = is_missing || (!info.has_condition && !knows(slot, owning, info));
        });
        return is_missing;
    }
    static bool knows(const BasicCollectionSlot<Object>& slot, const Object& owning,
                      const RelationInfo& info) noexcept {
        if (info.kind != RelationKind::many_to_many) return slot.contains(owning);
        for (const auto& member : slot.state->members) {
            if (member.association.get() == &owning) return true;
        }
        return false;
    }

    /// `before` is null where this key was another.
    void join(Object& owning, Object& parent, const ForeignKey& key, const Snapshot* before,
              const Snapshot& after) const {
        for_collections(owning, parent, key, [&](const RelationInfo& info, BasicCollectionSlot<Object>& slot) {
            const bool is_new = before == nullptr;
            if (is_new && info.has_condition && !knows(slot, owning, info)) {
                return slot.unload(parts_.keeps_former);  // only the database knows whether it belongs there
            }
            if (info.kind != RelationKind::many_to_many) {
                if (is_new) slot.include(owning, nullptr, parts_.keeps_former);
                return;
            }
            const std::string other = child_key(after, info.other_key);
            const Table& targets = *info.target().table;
            Object* const target = find_parent(targets, info.other_key, other);
            if (!is_new) {
                const std::string old_other = child_key(*before, info.other_key);
                const bool is_same = find_old_parent(targets, info.other_key, old_other) == target;
                if (is_same && (target != nullptr || old_other == other)) return;
                slot.exclude_association(owning, parts_.keeps_former);
            }
            if (other.empty()) return;
            if (target != nullptr) {
                slot.include(*target, &owning, parts_.keeps_former);
            } else {
                slot.unload(parts_.keeps_former);  // what it leads to is not known here
            }
        });
    }

    /// The BelongsTo of the same key.
    void retarget(Object& owning, const Table& parents, const ForeignKey& key, Object* parent,
                  const std::string& encoded) const {
        struct Retarget {
            const Table& parents;
            const ForeignKey& key;
            Object* parent;
            const std::string& encoded;
            bool keeps;
            void operator()(const RelationInfo& info, BasicReferenceSlot<Object>& slot) const {
                const bool waits = slot.is_assigned && !slot.is_gathered;
                if (!slot.is_loaded || waits || !same_key(info.key, key)) return;
                if (info.target().table != &parents || is_right(slot.edge.get())) return;
                const bool is_known = parent != nullptr || encoded.empty();
                if (keeps) return is_known ? slot.lead_to(parent) : slot.unload();
                is_known ? slot.set(parent) : slot.forget();
            }
            bool is_right(const Object* target) const {
                if (target == parent) return parent != nullptr || encoded.empty();
                if (target == nullptr || parent != nullptr || encoded.empty()) return false;
                // One that is not tracked, or not yet again.
                return parent_key(target->snapshot, key) == encoded;
            }
            void operator()(const RelationInfo&, BasicCollectionSlot<Object>&) const noexcept {}
        };
        for_each_relation(owning, Retarget{parents, key, parent, encoded, parts_.keeps_former});
    }

    const WorkParts& parts_;
};

}  // namespace mica::detail
