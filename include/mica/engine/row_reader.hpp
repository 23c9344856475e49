// SPDX-License-Identifier: BSL-1.0
// From the cells of a row to a C++ value, strictly: what does not fit is a DataError that says where.
#pragma once

#include <mica/codec/codec.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/engine/statement_cache.hpp>
#include <mica/schema/each_column.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

template <class Row>
inline constexpr bool is_tuple = false;
template <class... Values>
inline constexpr bool is_tuple<std::tuple<Values...>> = true;

/// What a field can be read from.
struct WantedCell {
    StorageClass storage;
    std::string_view misfit;
};

template <class Value>
inline constexpr WantedCell wanted_cell{storage_class_of<Value>, misfit_of<Value>()};

MICA_DECL std::string describe_flaw(DecodeFlaw flaw, StorageClass held, const WantedCell& wanted);

/// "table.column" and, where the row shows it, its rowid.
template <class Entry>
[[gnu::cold, gnu::noinline]] std::string describe_cell(const Entry& entry, int column) {
    const auto index = static_cast<std::size_t>(column);
    if (index >= entry.origins.size() || entry.origins[index].column.empty()) {
        return join({"column \"", entry.statement.column_name(column), "\""});
    }
    const ColumnOrigin& origin = entry.origins[index];
    std::string text = join({"column \"", origin.table, "\".\"", origin.column, "\""});
    for (std::size_t i = 0; i < entry.origins.size(); ++i) {
        if (!entry.origins[i].is_rowid || entry.origins[i].table != origin.table) continue;
        const auto cell = entry.statement.cell(static_cast<int>(i));
        if (cell.storage_class() == StorageClass::integer) append(text, {" of rowid ", Decimal{cell.integer()}});
        break;
    }
    return text;
}

template <class Entry>
[[noreturn, gnu::cold, gnu::noinline]] void throw_decode_flaw(const Entry& entry, int column, DecodeFlaw flaw,
                                                              const WantedCell& wanted) {
    const StorageClass held = entry.statement.cell(column).storage_class();
    refuse<DataError>({"mica: ", describe_cell(entry, column), describe_flaw(flaw, held, wanted)},
                      entry.statement.sql());
}

template <class Entry>
[[noreturn, gnu::cold, gnu::noinline]] void throw_codec_failure(const Entry& entry, int column,
                                                                std::string_view reason) {
    refuse<DataError>({"mica: ", describe_cell(entry, column), " was refused by its codec: ", reason},
                      entry.statement.sql());
}

/// Whether reading a `Value` runs code of the user's that may throw.
template <class Value>
consteval bool may_codec_throw() {
    using Plain = without_optional<Value>;
    using Storage = typename Codec<Plain>::Storage;
    if constexpr (std::same_as<Plain, Storage> || std::is_arithmetic_v<Plain>) {
        return false;
    } else {
        return !requires { requires noexcept(Codec<Plain>::decode(std::int64_t{})); };
    }
}

template <class Row>
consteval int column_count();

template <class... Values>
consteval int sum_of_columns(std::type_identity<std::tuple<Values...>>) {
    return (column_count<Values>() + ... + 0);
}

/// How many columns a row type reads.
template <class Row>
consteval int column_count() {
    if constexpr (Storable<Row>) {
        return 1;
    } else if constexpr (is_tuple<Row>) {
        return sum_of_columns(std::type_identity<Row>{});
    } else if constexpr (is_optional<Row>) {
        return column_count<without_optional<Row>>();
    } else {
        return static_cast<int>(column_size<Row>.columns);
    }
}

/// The cells of a statement's current row, by its cells() where it has that.
template <class Statement>
struct CellsOf {
    const Statement& statement;
    auto operator[](int column) const { return statement.cell(column); }
};
template <class Statement>
auto cells_of(const Statement& statement) {
    if constexpr (requires { statement.cells(); }) {
        return statement.cells();
    } else {
        return CellsOf<Statement>{statement};
    }
}

/// Reads one field after the other from consecutive columns.
template <class Entry>
struct RowReader {
    const Entry& entry;
    int column;
    decltype(cells_of(std::declval<const Entry&>().statement)) cells = cells_of(entry.statement);

    template <class Value>
    void cell(Value& value) {
        const auto cell = cells[column];
        DecodeFlaw flaw = DecodeFlaw::none;
        if constexpr (may_codec_throw<Value>()) {
            flaw = guarded(cell, value);
        } else {
            flaw = decode(cell, value);
        }
        if (flaw != DecodeFlaw::none) [[unlikely]] {
            throw_decode_flaw(entry, column, flaw, wanted_cell<Value>);
        }
        ++column;
    }

    template <class Cell, class Value>
    [[gnu::noinline]] DecodeFlaw guarded(const Cell& cell, Value& value) {
        try {
            return decode(cell, value);
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const DatabaseError&) {
            throw;
        } catch (const std::exception& error) {
            throw_codec_failure(entry, column, error.what());
        } catch (...) {
            throw_codec_failure(entry, column, "an exception that is no std::exception");
        }
    }

    template <class Value>
    void value(Value& value) {
        if constexpr (Storable<Value>) {
            cell(value);
        } else if constexpr (is_tuple<Value>) {
            elements(value, std::make_index_sequence<std::tuple_size_v<Value>>{});
        } else if constexpr (is_optional<Value>) {
            joined(value);
        } else {
            for_each_column(value, mapped_fields<Value>.data(), *this);
        }
    }

    template <class Tuple, std::size_t... indices>
    void elements(Tuple& row, std::index_sequence<indices...>) {
        (value(std::get<indices>(row)), ...);
    }

    /// The row that an outer join may miss: all of its columns are NULL then, its key's too.
    template <class Value>
    void joined(std::optional<Value>& value) {
        constexpr int count = column_count<Value>();
        if (!is_missing(count)) return this->value(value.emplace());
        value.reset();
        column += count;
    }

    /// An embedded object that may be missing: all of its columns are NULL then. Where only some are, those fields
    /// that cannot be NULL say so.
    template <class Value>
    void missable(std::optional<Value>& value) {
        constexpr int count = static_cast<int>(count_columns(fields_of<Value>));
        if (!is_missing(count)) return for_each_column(value.emplace(), *this);
        value.reset();
        column += count;
    }
    bool is_missing(int count) const {
        int last = column + count;
        while (last > column && cells[last - 1].storage_class() == StorageClass::null) --last;
        return last == column;
    }

    /// For the fields of an aggregate.
    template <class Field>
    void operator()(Field& field, FieldUse) {
        cell(field);
    }
};

constexpr bool any_is_view(ListView<Field> fields) {
    for (const Field& field : fields) {
        if (field.is_view || any_is_view({field.embedded, field.embedded_count})) return true;
    }
    return false;
}

template <class Row>
consteval bool holds_view();

template <class... Values>
consteval bool any_holds_view(std::type_identity<std::tuple<Values...>>) {
    return (holds_view<Values>() || ...);
}

/// Whether a row dangles once the statement has stepped on.
template <class Row>
consteval bool holds_view() {
    if constexpr (Storable<Row>) {
        return std::is_same_v<without_optional<Row>, std::string_view>;
    } else if constexpr (is_tuple<Row>) {
        return any_holds_view(std::type_identity<Row>{});
    } else if constexpr (is_optional<Row>) {
        return holds_view<without_optional<Row>>();
    } else {
        return any_is_view(fields_of<Row>);
    }
}

/// Says that a row may outlive the statement's step.
template <class Row>
consteval void require_owned() {
    static_assert(!holds_view<Row>(),
                  "mica: a row with a std::string_view is valid only while streaming; iterate over execute()");
}

template <class Row>
consteval bool can_be_read();

template <class... Values>
consteval bool can_all_be_read(std::type_identity<std::tuple<Values...>>) {
    return (can_be_read<Values>() && ...);
}

template <class Row>
consteval bool can_be_read() {
    if constexpr (Storable<Row>) {
        return true;
    } else if constexpr (is_tuple<Row>) {
        return can_all_be_read(std::type_identity<Row>{});
    } else if constexpr (is_optional<Row>) {
        return can_be_read<without_optional<Row>>();
    } else if constexpr (reflect::Aggregate<Row>) {
        return find_field_flaw<Row>() == EntityFlaw::none;
    } else {
        return false;
    }
}

}  // namespace detail

/// A type that a row can be read into: a storable value, a tuple of row types, or an aggregate of storable fields.
template <class Row>
concept RowType = detail::can_be_read<Row>();

/// Reads the current row of a statement, from column `first` on. Throws DataError.
template <class Row, class Entry>
[[gnu::noinline]] void read_row(const Entry& entry, Row& row, int first = 0) {
    detail::RowReader<Entry>{entry, first}.value(row);
}

/// Appends the current row. Throws DataError.
template <class Row, class Entry>
void append_row(const Entry& entry, std::vector<Row>& rows) {
    if constexpr (std::is_same_v<Row, bool>) {  // of which a vector has none to read into
        bool row = false;
        read_row(entry, row);
        rows.push_back(row);
    } else {
        read_row(entry, rows.emplace_back());
    }
}

/// Appends the current row and all that come after it. A point of explicit instantiation: `extern template` it for row
/// types that many translation units read. Throws DataError, and what stepping throws.
template <class Row, class Entry>
[[gnu::noinline]] void collect_from(Entry& entry, std::vector<Row>& rows) {
    do {
        append_row(entry, rows);
    } while (entry.statement.step());
}

/// Appends all remaining rows. Throws as collect_from().
template <class Row, class Entry>
void collect(Entry& entry, std::vector<Row>& rows) {
    if (entry.statement.step()) collect_from(entry, rows);
}

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/row_reader.ipp>
#endif
