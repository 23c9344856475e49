// SPDX-License-Identifier: BSL-1.0
// foreign_key<> and foreign_key_to<>(), and what a mapping says of a foreign key.
#pragma once

#include <mica/codec/arithmetic.hpp>
#include <mica/schema/option_on.hpp>

#include <concepts>

namespace mica {

/// A foreign key of a mapping, to say more of it.
template <class Referenced>
struct ForeignKeyOption : PlainOption {
    using Parent = Referenced;

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

namespace detail {

template <class Child, class Parent>
inline constexpr bool can_reference = std::same_as<Child, Parent> || (StoredInteger<Child> && StoredInteger<Parent>);

/// The table of `Owner`; defined in schema/table.hpp. No constexpr function: naming one makes clang instantiate it at
/// once, and with it the table of a struct whose mapping() is still being read, as it references itself.
template <class Owner>
const Table& table_at_run_time();

template <class Child, class Parent>
consteval bool require_same_type() {
    constexpr bool is_same = can_reference<without_optional<Child>, without_optional<Parent>>;
    static_assert(is_same, "mica: a foreign key's field must have the type of the field that it references");
    return is_same;
}

constexpr OptionData key_to(OptionData option, TableFunction target, const FieldList& fields) {
    option.target = target;
    option.target_fields = fields;
    return option;
}

template <auto child, auto parent>
constexpr OptionData key_between() {
    using Parent = reflect::OwnerOf<parent>;
    static_cast<void>(require_same_type<reflect::FieldOf<child>, reflect::FieldOf<parent>>());
    return key_to(option_on_field(OptionKind::foreign_key, reflect::type_words<reflect::OwnerOf<child>>,
                                  reflect::address_of(child)),
                  &table_at_run_time<Parent>, {{reflect::address_of(parent)}, 1});
}

template <class Parent, auto... parent_members, auto... child_members>
constexpr ForeignKeyOption<Parent> make_foreign_key(From<child_members...>, To<parent_members...>) {
    static_assert(sizeof...(child_members) == sizeof...(parent_members),
                  "mica: a foreign key needs as many columns as it references");
    if constexpr (sizeof...(child_members) == sizeof...(parent_members)) {
        (static_cast<void>(require_same_type<reflect::FieldOf<child_members>, reflect::FieldOf<parent_members>>()),
         ...);
    }
    return {{key_to(option_on<child_members...>(OptionKind::foreign_key), &table_at_run_time<Parent>,
                    list_of<parent_members...>())}};
}

}  // namespace detail

/// A foreign key of one column: `foreign_key<&Album::artist_id, &Artist::id>.on_delete(cascade)`. Gets an index of its
/// own where no key or index begins with the column, see no_index(). A violation throws IntegrityError, at the
/// statement or where deferrable() at COMMIT.
template <auto child, auto parent>
inline constexpr ForeignKeyOption<reflect::OwnerOf<parent>> foreign_key{{detail::key_between<child, parent>()}};

/// A foreign key of several columns: `foreign_key_to<Parent>(from<&T::a, &T::b>, to<&Parent::a, &Parent::b>)`.
template <class Parent, auto... child_members, auto... parent_members>
constexpr ForeignKeyOption<Parent> foreign_key_to(From<child_members...> child, To<parent_members...> parent) {
    return detail::make_foreign_key<Parent>(child, parent);
}

}  // namespace mica
