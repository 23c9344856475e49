// SPDX-License-Identifier: BSL-1.0
// The options of table(...) as one plain struct, so that a mapping becomes an array however many kinds it uses.
#pragma once

#include <mica/dialect/sql_writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica {

struct Table;

enum class OptionKind : std::uint8_t {
    primary_key,
    autoincrement,
    unique,
    index,
    foreign_key,
    check,
    default_value,
    generated,
    collate,
    column,
    ignore,
    version,
    assigned_key,
    without_rowid,
    not_strict,
    relation,
    full_text,
};

/// What happens to a row whose parent goes or changes (https://www.sqlite.org/foreignkeys.html, section 4.3).
enum class Action : std::uint8_t { no_action, restrict, set_null, set_default, cascade };

/// The parent's change is refused while it has children, at the end of the statement; of a deferrable key at COMMIT.
inline constexpr Action no_action = Action::no_action;
/// The parent's change is refused at once while it has children, of a deferrable key too.
inline constexpr Action restrict = Action::restrict;
/// The child's key becomes NULL: its field is std::optional.
inline constexpr Action set_null = Action::set_null;
/// The child's key becomes its column's default.
inline constexpr Action set_default = Action::set_default;
/// The child goes with its parent, or its key changes with the parent's.
inline constexpr Action cascade = Action::cascade;

/// A short list of fields, each known by its address in the imaginary object.
struct FieldList {
    static constexpr std::size_t capacity = 8;

    std::array<const void*, capacity> addresses{};
    std::size_t count = 0;

    constexpr bool contains(const void* address) const noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            if (addresses[i] == address) return true;
        }
        return false;
    }

    /// In the same order. By hand: std::array compares pointers by `<`, which clang refuses in constant evaluation.
    friend constexpr bool operator==(const FieldList& left, const FieldList& right) {
        if (left.count != right.count) return false;
        for (std::size_t i = 0; i < left.count; ++i) {
            if (left.addresses[i] != right.addresses[i]) return false;
        }
        return true;
    }
};

using TableFunction = const Table& (*)();

/// One option of table(...). Which members mean something depends on `kind`.
struct OptionData {
    OptionKind kind{};
    std::string_view owner{};   ///< the struct of the fields, as reflect::type_words; empty where there are several
    bool is_misplaced = false;  ///< its fields are another struct's; then the list of them is empty
    FieldList fields{};
    TableFunction target = nullptr;  ///< foreign_key: gives the referenced table, at run time only
    FieldList target_fields{};
    std::string_view text{};  ///< a name, a collation
    Action delete_action = Action::no_action;
    Action update_action = Action::no_action;
    bool is_deferrable = false;
    bool has_no_index = false;  ///< foreign_key: although no key or index begins with its columns
    bool is_unique = false;
    bool is_stored = false;
    bool is_out_of_range = false;  ///< default_value: the field cannot hold it
    bool has_expression = false;   ///< CHECK, DEFAULT, GENERATED, the terms of an index
    bool has_condition = false;    ///< WHERE of a partial index
    bool has_content = false;      ///< full_text: of another entity's rows
};

/// How an option's expressions are written. Apart from OptionData, because they need the finished table.
struct OptionRenderers {
    RenderFunction expression = nullptr;
    RenderFunction condition = nullptr;
};

}  // namespace mica
