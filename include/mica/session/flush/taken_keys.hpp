// SPDX-License-Identifier: BSL-1.0
// New rows whose key another row still has, and the rows that are to reference the new one: written before it, they
// would belong to the other, and go with that.
#pragma once

#include <mica/session/flush/row_writer.hpp>
#include <mica/session/object/key_index.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace mica::detail {

class TakenKeys {
public:
    /// The INSERT of a row was refused.
    void add(const Change& change) {
        for (const Waiting& known : waiting_) {
            if (known.change == &change) return;
        }
        waiting_.push_back({&change, encoded_key(change.tracked->table(), change.snapshot)});
    }
    /// It was written.
    void erase(const Change& change) {
        for (std::size_t i = waiting_.size(); i-- > 0;) {
            if (waiting_[i].change == &change) return waiting_.erase(waiting_.begin() + i);
        }
    }

    /// Whether a change gives its row the key of one that waits.
    bool are_referenced_by(const Change& change) const {
        if (waiting_.empty() || change.kind == ChangeKind::remove) return false;
        const Table& table = change.tracked->table();
        for (const OptionData& option : table.options) {
            if (option.kind != OptionKind::foreign_key) continue;
            const Table& parent = option.target();
            const ForeignKey key = columns_of_key(option, table, parent);
            if (!names_primary_key(key, parent) || !writes(change, key)) continue;
            const std::string referenced = encoded_columns(change.snapshot, key.child.data(), key.count);
            for (const Waiting& waiting : waiting_) {
                const bool is_itself = waiting.change == &change;
                if (!is_itself && &waiting.change->tracked->table() == &parent && waiting.key == referenced)
                    return true;
            }
        }
        return false;
    }

private:
    struct Waiting {
        const Change* change;
        std::string key;
    };

    static bool writes(const Change& change, const ForeignKey& key) noexcept {
        if (change.kind == ChangeKind::insert) return true;
        for (std::size_t i = 0; i < key.count; ++i) {
            if (change.columns.has(key.child[i])) return true;
        }
        return false;
    }

    List<Waiting> waiting_{};
};

}  // namespace mica::detail
