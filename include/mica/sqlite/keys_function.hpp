// SPDX-License-Identifier: BSL-1.0
// The function mica_by_key(): objects of the program found by the keys of the rows that an UPDATE or DELETE goes over,
// so that one run changes any number of them. Outside of such a run it knows none.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/list_view.hpp>
#include <mica/core/row_source.hpp>
#include <mica/sqlite/thrown.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>

namespace mica::sqlite {

namespace detail {

/// One run of a statement that asks `mica_by_key(key)` whether one of the objects has a row's key, and
/// `mica_by_key(key, n)` for the n-th of its values. SQLite may ask for them in any order; it does in that of the keys.
class KeyedRun {
public:
    /// `keys` are those of the objects, and ascend.
    KeyedRun(const mica::detail::RowSource& source, ListView<std::int64_t> keys, ThrownInside& thrown) noexcept
        : source_(source), keys_(keys), thrown_(thrown) {}

    /// Runs the statement, and resets it. Throws what no row is to blame for, and what was thrown for one, but for what
    /// a database refuses, of a codec that uses the connection.
    MICA_DECL mica::detail::RowsEnd run(sqlite3_stmt* statement);

    MICA_DECL void look(sqlite3_context* context, sqlite3_value* key) noexcept;
    MICA_DECL void send(sqlite3_context* context, sqlite3_value* key, sqlite3_value* place) noexcept;

private:
    bool find(std::int64_t key) noexcept {
        if (keys_[position_] == key) return true;
        const bool is_behind = keys_[position_] < key;
        const bool has_next = position_ + 1 < keys_.size();
        if (is_behind && (!has_next || key < keys_[position_ + 1])) return false;
        if (is_behind && keys_[position_ + 1] == key) {
            ++position_;
            return true;
        }
        return search(key);
    }
    [[gnu::cold]] MICA_DECL bool search(std::int64_t key) noexcept;
    MICA_DECL void fill();
    [[gnu::cold]] MICA_DECL void fail(sqlite3_context* context) noexcept;

    const mica::detail::RowSource& source_;
    ListView<std::int64_t> keys_;
    ThrownInside& thrown_;
    std::size_t position_ = 0;
    std::size_t filled_ = SIZE_MAX;  ///< whose values are in the cells
    bool was_asked_ = false;
    bool has_other_keys_ = false;  ///< what is no integer might be equal to a key, or not, as the column has it
    mica::detail::RowCells cells_{};
};

}  // namespace detail

/// Makes `mica_by_key()` known to a connection. A function of the program's may take its name.
MICA_DECL void register_keys_function(sqlite3* db);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/keys_function.ipp>
#endif
