// SPDX-License-Identifier: BSL-1.0
// From the fields of a struct to the columns of its table: names, prefixes of embedded value objects, order.
#pragma once

#include <mica/core/list_view.hpp>
#include <mica/dialect/full_text.hpp>
#include <mica/schema/field.hpp>
#include <mica/schema/option.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace mica {

struct Column {
    std::string_view name{};
    const void* field = nullptr;  ///< the struct's own field, also for a column of an embedded value object
    StorageClass storage = StorageClass::null;
    bool nullable = false;
    bool generatable = false;
    bool is_key = false;
    bool is_generated = false;  ///< computed by the database: never written
};

namespace detail {

struct ColumnWalkInput {
    ListView<Field> fields;
    ListView<std::string_view> names;
    ListView<const void*> addresses;
    ListView<OptionData> options;

    // No function here returns an address to be compared with nullptr: under g++'s UBSan that is no constant
    // expression.
    constexpr bool has(OptionKind kind, const void* field) const {
        for (const OptionData& option : options) {
            if (option.kind == kind && option.fields.contains(field)) return true;
        }
        return false;
    }

    constexpr bool is_full_text() const {
        for (const OptionData& option : options) {
            if (option.kind == OptionKind::full_text) return true;
        }
        return false;
    }

    /// The name of a field's column or, for an embedded value object, the prefix of its columns, which may be empty.
    constexpr std::string_view column_name(std::size_t index) const {
        for (const OptionData& option : options) {
            if (option.kind == OptionKind::column && option.fields.contains(addresses[index])) return option.text;
        }
        return is_full_text() && names[index] == "id" ? full_text_key : names[index];
    }
};

/// Walks fields and embedded fields in their order. Without arrays to write to it only counts.
struct ColumnWalk {
    Column* columns = nullptr;
    std::size_t* name_ends = nullptr;
    char* names = nullptr;
    std::size_t column_count = 0;
    std::size_t name_bytes = 0;

    struct Path {
        const Path* outer;
        std::string_view name;
        bool is_nullable = false;  ///< within an embedded value object that may be missing
    };

    constexpr void put(std::string_view text) {
        const std::size_t size = text.size();
        const char* const from = text.data();
        for (std::size_t i = 0; names != nullptr && i < size; ++i) names[name_bytes + i] = from[i];
        name_bytes += size;
    }

    constexpr void put(const Path& path) {
        const bool has_prefix = path.outer != nullptr && (path.outer->outer != nullptr || !path.outer->name.empty());
        if (has_prefix) {
            put(*path.outer);
            put("_");
        }
        put(path.name);
    }

    constexpr void add(const Field& field, const Path& path, const void* address) {
        put(path);
        if (columns != nullptr) {
            columns[column_count] = {.field = address,
                                     .storage = field.storage,
                                     .nullable = field.nullable || path.is_nullable,
                                     .generatable = field.generatable && path.outer == nullptr};
            name_ends[column_count] = name_bytes;
        }
        ++column_count;
    }

    constexpr void walk(const Field& field, const Path& path, const void* address) {
        if (field.kind == FieldKind::column) add(field, path, address);
        const bool is_nullable = field.nullable || path.is_nullable;
        for (std::size_t i = 0; i < field.embedded_count; ++i) {
            walk(field.embedded[i], Path{&path, field.embedded_names[i], is_nullable}, address);
        }
    }

    constexpr void walk(const ColumnWalkInput& input) {
        for (std::size_t i = 0; i < input.fields.size(); ++i) {
            const void* address = input.addresses[i];
            if (input.has(OptionKind::ignore, address)) continue;
            const std::size_t first = column_count;
            walk(input.fields[i], Path{nullptr, input.column_name(i)}, address);
            const bool is_generated = input.has(OptionKind::generated, address);
            for (std::size_t c = first; columns != nullptr && c < column_count; ++c) {
                columns[c].is_generated = is_generated;
            }
        }
    }
};

struct ColumnSize {
    std::size_t columns = 0;
    std::size_t name_bytes = 0;
};

constexpr ColumnSize measure_columns(const ColumnWalkInput& input) {
    ColumnWalk walk;
    walk.walk(input);
    return {walk.column_count, walk.name_bytes};
}

/// Columns whose names still lie beside them: a view needs the final place of what it views.
template <std::size_t column_count, std::size_t name_bytes>
struct ColumnDraft {
    std::array<Column, column_count> columns{};
    std::array<std::size_t, column_count> name_ends{};
    std::array<char, name_bytes> names{};
};

template <std::size_t column_count, std::size_t name_bytes>
consteval ColumnDraft<column_count, name_bytes> draft_columns(const ColumnWalkInput& input) {
    ColumnDraft<column_count, name_bytes> draft;
    ColumnWalk walk{draft.columns.data(), draft.name_ends.data(), draft.names.data()};
    walk.walk(input);
    return draft;
}

template <std::size_t column_count, std::size_t name_bytes>
consteval std::array<Column, column_count> name_columns(const ColumnDraft<column_count, name_bytes>& draft) {
    std::array<Column, column_count> columns = draft.columns;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < column_count; ++i) {
        columns[i].name = {draft.names.data() + begin, draft.name_ends[i] - begin};
        begin = draft.name_ends[i];
    }
    return columns;
}

}  // namespace detail

}  // namespace mica
