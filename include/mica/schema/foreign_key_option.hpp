// SPDX-License-Identifier: BSL-1.0
// What a mapping says of a foreign key.
#pragma once

#include <mica/schema/option.hpp>

namespace mica {

/// A foreign key of a mapping, to say more of it.
template <class Referenced>
struct ForeignKeyOption {
    using Parent = Referenced;
    OptionData data;

    /// What happens to this row where its parent is deleted; a refusal unless it is said.
    constexpr ForeignKeyOption on_delete(Action action) const {
        ForeignKeyOption changed = *this;
        changed.data.delete_action = action;
        return changed;
    }
    /// What happens to this row where its parent's key changes; a refusal unless it is said.
    constexpr ForeignKeyOption on_update(Action action) const {
        ForeignKeyOption changed = *this;
        changed.data.update_action = action;
        return changed;
    }
    /// Checked at COMMIT instead of at each statement.
    constexpr ForeignKeyOption deferrable() const {
        ForeignKeyOption changed = *this;
        changed.data.is_deferrable = true;
        return changed;
    }
    /// Without an index of its own, which it gets where no key or index of the table begins with its columns: looking
    /// for children of a parent, removing one too, then reads the whole table.
    constexpr ForeignKeyOption no_index() const {
        ForeignKeyOption changed = *this;
        changed.data.has_no_index = true;
        return changed;
    }
};

/// The columns of a foreign key and the columns they reference, for foreign_key_to<U>(from<…>, to<…>).
template <auto... members>
struct From {};
template <auto... members>
struct To {};
/// The fields of a foreign key of several columns, for foreign_key_to<>().
template <auto... members>
inline constexpr From<members...> from{};
/// The fields that they reference, in the same order.
template <auto... members>
inline constexpr To<members...> to{};

}  // namespace mica
