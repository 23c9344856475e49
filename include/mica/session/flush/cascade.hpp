// SPDX-License-Identifier: BSL-1.0
// What has happened in the database to the rows of objects that nobody has asked to change: by ON DELETE and ON UPDATE,
// or before their key was given to another row.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/key_index.hpp>
#include <mica/session/object/relation_info.hpp>
#include <mica/session/object/tracked_list.hpp>
#include <mica/session/object/undo.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace mica::detail {

/// Follows the removals and the changes of primary keys among a session's steps. SET DEFAULT is not followed, nor are
/// keys that reference no primary key: there the objects stay as they were until they are read again.
template <class Object>
class CascadeFollower {
public:
    explicit CascadeFollower(const WorkParts& parts) noexcept : parts_(parts) {}

    static bool matters(const Undo& step) noexcept {
        return step.kind == UndoKind::remove ||
               (step.kind == UndoKind::update && has_other_key(*step.tracked, step.snapshot));
    }

    /// Cost: a look at each object that the session watches, for each level of the cascade.
    void run(std::size_t first_step) {
        first_step_ = first_step;
        last_step_ = parts_.log.size();
        for (std::size_t i = first_step; i < parts_.log.size(); ++i) {
            const Undo& step = parts_.log.step(i);
            if (!matters(step)) continue;
            if (step.kind == UndoKind::update) {
                renamed_.push_back({&*step.tracked, encoded_key(step.tracked->table(), step.snapshot)});
            } else if (gone_.find(KeyView::of_row(*step.tracked)) == nullptr) {
                gone_.insert(*step.tracked);
            }
        }
        for (std::size_t first = 0, end = renamed_.size(); first != end; first = end, end = renamed_.size()) {
            for (Object* object = parts_.list.first(); object != nullptr; object = object->next) {
                if (object->state != TrackedState::added) rename(*object, first, end);
            }
        }
        for (std::size_t known = 0; known != gone_.size();) {
            known = gone_.size();
            for (Object *object = parts_.list.first(), *next = nullptr; object != nullptr; object = next) {
                next = object->next;
                if (object->state == TrackedState::persistent) visit(*object);
            }
        }
    }

private:
    /// A declared foreign key that the database acts on.
    struct Rule {
        const OptionData* option;
        const Table* parent;
        ForeignKey key;
    };

    /// Follows the changes of keys from `first` to `end`.
    void rename(Object& object, std::size_t first, std::size_t end) {
        for (const OptionData& option : object.table().options) {
            const bool acts = option.update_action == Action::cascade || option.update_action == Action::set_null;
            if (option.kind != OptionKind::foreign_key || !acts) continue;
            const Rule& rule = rule_of(object.table(), option);
            if (!names_primary_key(rule.key, *rule.parent)) continue;
            const std::string key = encoded_columns(object.snapshot, rule.key.child.data(), rule.key.count);
            for (std::size_t i = first; i < end && !key.empty(); ++i) {
                const Object& parent = *renamed_[i].tracked;
                if (&parent.table() != rule.parent || renamed_[i].key != key) continue;
                if (is_of_another(object, rule, key)) break;
                set_key(object, rule.key, option.update_action == Action::cascade ? &parent : nullptr);
                break;
            }
        }
    }

    void visit(Object& object) {
        for (const OptionData& option : object.table().options) {
            const bool acts = option.delete_action == Action::cascade || option.delete_action == Action::set_null;
            if (option.kind != OptionKind::foreign_key || !acts) continue;
            const Rule& rule = rule_of(object.table(), option);
            if (!names_primary_key(rule.key, *rule.parent)) continue;
            const std::string key = encoded_columns(object.snapshot, rule.key.child.data(), rule.key.count);
            if (key.empty() || gone_.find(KeyView::of(*rule.parent, key)) == nullptr) continue;
            if (is_of_another(object, rule, key)) continue;
            if (option.delete_action == Action::cascade) return forget(object);
            set_key(object, rule.key, nullptr);
        }
    }

    /// Whether a foreign key was written for a row that has taken over the key of the one that went.
    bool is_of_another(const Object& object, const Rule& rule, const std::string& key) const {
        if (parts_.map.find(KeyView::of(*rule.parent, key)) == nullptr) return false;
        for (std::size_t i = first_step_; i < last_step_; ++i) {
            const Undo& step = parts_.log.step(i);
            if (&*step.tracked != &object) continue;
            if (step.kind == UndoKind::insert) return true;
            const bool is_update = step.kind == UndoKind::update;
            if (is_update && encoded_columns(step.snapshot, rule.key.child.data(), rule.key.count) != key) return true;
        }
        return false;
    }

    const Rule& rule_of(const Table& table, const OptionData& option) {
        for (const Rule& rule : rules_) {
            if (rule.option == &option) return rule;
        }
        const Table& parent = option.target();
        rules_.push_back({&option, &parent, columns_of_key(option, table, parent)});
        return rules_.back();
    }

    void forget(Object& object) {
        parts_.log.make_room(1);
        gone_.insert(object);
        Undo step{TrackedReference{object}, UndoKind::remove, object.snapshot};
        parts_.map.erase(object);
        parts_.list.drop(object);
        parts_.log.add(std::move(step));
    }

    /// Gives an object's foreign key the values of the parent's, or NULL.
    void set_key(Object& object, const ForeignKey& key, const Object* parent) {
        parts_.log.make_room(1);
        std::string changed;
        SnapshotCell cell = first_cell(object.snapshot);
        for (std::size_t i = 0; i < object.table().columns.size(); ++i, cell = cell.next()) {
            std::size_t part = 0;
            while (part < key.count && key.child[part] != i) ++part;
            if (part == key.count) {
                changed += cell.encoded();
            } else if (parent != nullptr) {
                changed += cell_at(parent->snapshot, key.parent[part]).encoded();
            } else {
                changed += static_cast<char>(StorageClass::null);
            }
        }
        object.operations->assign(object, changed);
        Snapshot row{changed};
        parts_.map.swap_snapshot(object, row);
        if (has_other_key(object, row)) renamed_.push_back({&object, encoded_key(object.table(), row)});
        parts_.log.add({TrackedReference{object}, UndoKind::update, std::move(row)});
    }

    const WorkParts& parts_;
    std::size_t first_step_ = 0;  ///< those of the flush are from here
    std::size_t last_step_ = 0;   ///< to here
    IdentityMap gone_{};
    List<FormerKey> renamed_{};
    List<Rule> rules_{};
};

/// Forgets objects whose key a flush has written for another object: their rows are gone, without the session's doing.
template <class Object>
void drop_namesakes(const WorkParts& parts, std::size_t first_step) noexcept {
    try {
        for (std::size_t i = first_step, end = parts.log.size(); i < end; ++i) {
            const Undo& step = parts.log.step(i);
            if (step.kind == UndoKind::remove || step.tracked->session != parts.session) continue;
            if (step.kind == UndoKind::update && !has_other_key(*step.tracked, step.snapshot)) continue;
            Object* const other = parts.map.find_other(*step.tracked);
            if (other == nullptr) continue;
            parts.log.make_room(1);
            Undo gone{TrackedReference{*other}, UndoKind::remove, other->snapshot};
            parts.map.erase(*other);
            parts.list.drop(*other);
            parts.log.add(std::move(gone));
        }
    } catch (...) {  // those that are left stay until they are read again
    }
}

}  // namespace mica::detail
