// SPDX-License-Identifier: BSL-1.0
// What ON DELETE has done in the database to the rows of objects that nobody has asked to change.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/identity_map.hpp>
#include <mica/session/key_index.hpp>
#include <mica/session/relation_info.hpp>
#include <mica/session/tracked_list.hpp>
#include <mica/session/undo.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace mica::detail {

/// Follows the removals among a session's steps. SET DEFAULT is not followed, nor are keys that reference no primary
/// key: there the objects stay as they were until they are read again.
template <class Object>
class CascadeFollower {
public:
    explicit CascadeFollower(const WorkParts& parts) noexcept : parts_(parts) {}

    /// Cost: a look at each object that the session watches, for each level of the cascade.
    void run(std::size_t first_step) {
        for (std::size_t i = first_step; i < parts_.log.size(); ++i) {
            const Undo& step = parts_.log.step(i);
            if (step.kind == UndoKind::remove && gone_.find(KeyView::of_row(*step.tracked)) == nullptr) {
                gone_.insert(*step.tracked);
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

    void visit(Object& object) {
        for (const OptionData& option : object.table().options) {
            const bool acts = option.delete_action == Action::cascade || option.delete_action == Action::set_null;
            if (option.kind != OptionKind::foreign_key || !acts) continue;
            const Rule& rule = rule_of(object.table(), option);
            if (!names_primary_key(rule.key, *rule.parent)) continue;
            const std::string key = encoded_columns(object.snapshot, rule.key.child.data(), rule.key.count);
            if (key.empty() || gone_.find(KeyView::of(*rule.parent, key)) == nullptr) continue;
            if (option.delete_action == Action::cascade) return forget(object);
            set_null(object, rule.key);
        }
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

    void set_null(Object& object, const ForeignKey& key) {
        parts_.log.make_room(1);
        std::string changed;
        SnapshotCell cell = first_cell(object.snapshot);
        for (std::size_t i = 0; i < object.table().columns.size(); ++i, cell = cell.next()) {
            bool is_cleared = false;
            for (std::size_t k = 0; k < key.count; ++k) is_cleared = is_cleared || key.child[k] == i;
            if (is_cleared) {
                changed += static_cast<char>(StorageClass::null);
            } else {
                changed += cell.encoded();
            }
        }
        object.operations->assign(object, changed);
        Snapshot row{changed};
        parts_.map.swap_snapshot(object, row);
        parts_.log.add({TrackedReference{object}, UndoKind::update, std::move(row)});
    }

    const WorkParts& parts_;
    IdentityMap gone_{};
    List<Rule> rules_{};
};

}  // namespace mica::detail
