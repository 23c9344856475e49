// SPDX-License-Identifier: BSL-1.0
// Many objects updated or removed by statements that find them by the keys of the rows they go over: where those
// ascend, which they do as they were read, that is quicker than any loop around a statement.
#pragma once

#include <mica/core/list.hpp>
#include <mica/core/row_source.hpp>
#include <mica/engine/insert_rows.hpp>
#include <mica/engine/object_range.hpp>
#include <mica/query/by_key/write_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace mica::detail {

/// So few are changed sooner one by one.
inline constexpr std::size_t fewest_changed_at_once = 8;
/// All rows between two keys are gone over, those of no object too: so many keys for each object cost less than to
/// search for each. Where more are left out in a row, another statement goes on behind them.
inline constexpr std::uint64_t most_keys_passed = 4;
inline constexpr std::uint64_t most_keys_left_out = 64;

/// Takes the key of an object, which is one integer.
struct IntegerKeySink {
    std::int64_t key = 0;

    void null() noexcept {}
    void integer(std::int64_t value) noexcept { key = value; }
    void real(double) noexcept {}
    void text(std::string_view, Lifetime) noexcept {}
    void blob(Bytes, Lifetime) noexcept {}
};

/// Whether the key of a table's rows is one integer.
constexpr bool has_integer_key(const Table& table) noexcept {
    return table.key.size() == 1 && table.columns[table.key[0]].storage == StorageClass::integer;
}

/// Whether objects of a range may be changed so: those that have one integer for their key, and stay where they are.
template <class Owner, class Range>
consteval bool has_ascending_keys() {
    if constexpr (is_single<std::remove_cvref_t<Range>> || !gives_objects<Range>) {
        return false;
    } else {
        return has_integer_key(table_of<Owner>());
    }
}

/// How many of the keys from `first` on are changed by one statement; 0 where they are too far from each other.
constexpr std::size_t count_close(ListView<std::int64_t> keys, std::size_t first) {
    const auto distance = [&](std::size_t from, std::size_t to) {
        return static_cast<std::uint64_t>(keys[to]) - static_cast<std::uint64_t>(keys[from]);
    };
    std::size_t end = first + 1;
    while (end < keys.size() && distance(end - 1, end) <= most_keys_left_out) ++end;
    const std::size_t count = end - first;
    return count >= fewest_changed_at_once && distance(first, end - 1) / most_keys_passed < count ? count : 0;
}

/// Whether that is so of all of them.
constexpr bool are_close(ListView<std::int64_t> keys) {
    for (std::size_t first = 0; first < keys.size();) {
        const std::size_t count = count_close(keys, first);
        if (count == 0) return false;
        first += count;
    }
    return keys.size() >= fewest_changed_at_once;
}

/// The statement of a change of many rows, as of RowsStatements.
struct RowsChange {
    const StatementInfo* info = nullptr;
    std::string_view text{};    ///< where it is not known to the type of the objects
    bool sends_values = false;  ///< of each object, also of one that has no row
    bool needs_all = false;     ///< a row that is not there is an error
};

/// Whether the values of all objects can be sent. Throws what a codec does.
inline bool can_be_sent(const RowSource& rows) {
    RowCells cells;
    for (std::size_t i = 0; i < rows.count && !cells.holds_nan(); ++i) {
        cells.begin_row();
        rows.encode(rows.object(i), cells);
    }
    return !cells.holds_nan();
}

/// Whether there was nothing in the way of it.
template <class BackendType>
bool run_change(OpenConnection<BackendType>& connection, const RowsChange& change, RowSource rows,
                ListView<std::int64_t> keys, std::int64_t& changed) {
    StatementLease<BackendType> lease;
    try {
        lease = change.info != nullptr ? connection.acquire(*change.info) : connection.acquire(change.text);
    } catch (const ProgrammingError&) {  // the table is missing, or its like: the plain statement says it better
        return false;
    }
    for (std::size_t first = 0; first < keys.size(); first += rows.count) {
        rows.count = count_close(keys, first);
        BindSink<typename BackendType::Statement> sink{lease->statement};
        sink.integer(keys[first]);
        sink.integer(keys[first + rows.count - 1]);
        if (lease->statement.change_rows(rows, {keys.data() + first, rows.count}) != RowsEnd::done) return false;
        changed += lease->statement.summary().changed();
        rows.first = static_cast<const std::byte*>(rows.first) + rows.count * rows.stride;
    }
    lease.end(changed);
    return true;
}

/// Whether rows of a table may be changed by one statement. Those who listen hear of one transaction, and of single
/// statements.
template <class BackendType>
bool may_change_at_once(OpenConnection<BackendType>& connection, const Table& table) {
    if constexpr (ChangesRows<typename BackendType::Statement>) {
        return table.columns.size() <= BackendType::Statement::most_row_columns && !references_itself(table) &&
               may_try(connection) && (!connection.watch.is_wanted() || connection.in_transaction());
    } else {
        return false;
    }
}

/// Changes the rows of a source whose keys ascend. False where the plain statement is to be run for each: what is in
/// the way it tells as it should be told.
template <class BackendType>
bool change_rows(OpenConnection<BackendType>& connection, const Table& table, const RowsChange& change,
                 const RowSource& rows, ListView<std::int64_t> keys, std::int64_t& changed) {
    if constexpr (ChangesRows<typename BackendType::Statement>) {
        if (!may_change_at_once(connection, table)) return false;
        BasicSavepoint<BackendType> scope{connection};
        const std::int64_t before = connection.database.revision();
        if (!run_change(connection, change, rows, keys, changed)) return false;
        if (changed != static_cast<std::int64_t>(keys.size())) {
            // What triggers and foreign keys have changed may be rows that were missing when their turn came.
            const bool has_changed_others = connection.database.revision() - before != changed;
            if (change.needs_all || has_changed_others || (change.sends_values && !can_be_sent(rows))) return false;
        }
        scope.commit();
        return true;
    } else {
        return false;
    }
}

/// Runs `Query`, the statement of one object by its key, for all of a range at once, and tells the objects what
/// `Chosen` is for. Nothing where it has to be run for each; nothing has changed then.
template <class Owner, class Query, class BackendType, class Range, class Chosen>
std::optional<std::int64_t> change_at_once(OpenConnection<BackendType>& connection, Range& range, const Chosen&) {
    List<std::int64_t> keys;
    for (const Owner& object : range) {
        IntegerKeySink sink;
        bind_key(object, sink);
        if (!keys.empty() && keys.back() >= sink.key) return {};
        keys.push_back(sink.key);
    }
    if (!are_close(keys)) return {};
    Chosen versions;
    if constexpr (table_of<Owner>().version >= 0) {
        try {
            for (auto& object : range) versions.add(object, version_in<Owner>(object) + 1);
        } catch (const DataError&) {  // too narrow, if another one is not stale before
            return {};
        }
    }
    RowSource source;
    source.encode = [](const void* object, RowCells& cells) {
        RowsStatements<Query>::bind(*static_cast<const Owner*>(object), cells);
    };
    source.count = keys.size();
    List<const void*> places;
    if constexpr (is_contiguous<Range>) {
        source.first = address_of(*std::begin(range));
        source.stride = sizeof(Owner);
    } else {
        places = places_of(range);
        if constexpr (!keeps_objects<Range>) {
            if (!are_distinct(places)) return {};
        }
        source.first = places.data();
        source.stride = sizeof(const void*);
        source.is_indirect = true;
    }
    std::int64_t changed = 0;
    const RowsChange change{.info = &RowsStatements<Query>::info,
                            .sends_values = RowsStatements<Query>::sends_values,
                            .needs_all = table_of<Owner>().version >= 0};
    if (!change_rows(connection, table_of<Owner>(), change, source, keys, changed)) return {};
    versions.write();
    return changed;
}

}  // namespace mica::detail
