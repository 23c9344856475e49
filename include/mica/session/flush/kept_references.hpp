// SPDX-License-Identifier: BSL-1.0
// Foreign keys of objects whose rows the database has undone while keys were to change: a row that was written meant
// the row that had its value then. When all is written again, nobody has that value any more, or another one.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/key_index.hpp>
#include <mica/session/object/tracked_list.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

/// Before the steps of the transaction are taken back: snapshots are still the rows that were written.
template <class Object>
class KeptReferences {
public:
    explicit KeptReferences(TrackedList& list) noexcept : list_(list) {}

    /// Gives objects the keys that those which they refer to are to have.
    void keep() {
        do {
            find_renamed();
        } while (follow_renamed());
    }

private:
    struct Renamed {
        Object* object;
        std::string row;
    };

    void find_renamed() {
        renamed_.clear();
        for (Object* each = list_.first(); each != nullptr; each = each->next) {
            if (each->state != TrackedState::persistent) continue;
            if (!read(*each)) continue;
            const std::string_view row = current_;
            if (row != each->snapshot.view()) renamed_.push_back({each, std::string{row}});
        }
    }
    /// False where a codec cannot write a value, which is then to be put right anyway.
    bool read(const Object& object) {
        try {
            object.operations->take_snapshot(object, current_);
            return true;
        } catch (...) {
            return false;
        }
    }

    /// Whether there was one. A reference is changed once at most, for then it is no longer that of its row.
    bool follow_renamed() {
        bool any = false;
        for (Object* each = renamed_.empty() ? nullptr : list_.first(); each != nullptr; each = each->next) {
            if (each->state != TrackedState::persistent) continue;
            for (const OptionData& option : each->table().options) {
                if (option.kind == OptionKind::foreign_key) any = follow(*each, option) || any;
            }
        }
        return any;
    }

    bool follow(Object& child, const OptionData& option) {
        const Table& parents = option.target();
        const ForeignKey key = columns_of_key(option, child.table(), parents);
        const std::string named = child_key(child.snapshot, key);
        if (named.empty()) return false;
        for (const Renamed& renamed : renamed_) {
            const Object& parent = *renamed.object;
            if (&parent.table() != &parents || (parent.logged == 0 && child.logged == 0)) continue;
            if (parent_key(parent.snapshot, key) != named) continue;
            const std::string next = parent_key(renamed.row, key);
            if (next.empty() || next == named || !read(child)) return false;
            if (child_key(current_, key) != named) return false;
            list_.expose(child);
            child.operations->assign(child, with_key(child.table(), current_, key, renamed.row));
            return true;
        }
        return false;
    }

    static std::string with_key(const Table& child, std::string_view row, const ForeignKey& key,
                                std::string_view parent) {
        std::string changed;
        SnapshotCell cell = first_cell(row);
        for (std::size_t i = 0; i < child.columns.size(); ++i, cell = cell.next()) {
            std::size_t part = 0;
            while (part < key.count && key.child[part] != i) ++part;
            changed += part == key.count ? cell.encoded() : cell_at(parent, key.parent[part]).encoded();
        }
        return changed;
    }

    TrackedList& list_;
    List<Renamed> renamed_{};
    SnapshotBuffer current_{};
};

}  // namespace mica::detail
