// SPDX-License-Identifier: BSL-1.0
// The aggregate mica_collect(?, columns…): gives each row of a SELECT to the program inside of SQLite's own loop, which
// is quicker than to return from it for each. SQL can call it, but without a bound receiver it does nothing.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/sqlite/thrown.hpp>

#include <sqlite3.h>

namespace mica::sqlite {

namespace detail {

/// What the aggregate gives.
inline constexpr sqlite3_int64 all_collected = 0x6d69'6361'726f'7773;

/// Who gets the rows of one run: `take` is called for each, with its values at `row`. What it throws ends the run.
struct RowReceiver {
    sqlite3_value**& row;
    void* context;
    void (*take)(void* context);
    ThrownInside& thrown;
};

/// Gives SQLite's result code.
MICA_DECL int bind_receiver(sqlite3_stmt* statement, int index, RowReceiver* receiver) noexcept;

}  // namespace detail

/// Makes `mica_collect(?, …)` known to a connection. A function of the program's may take its name.
MICA_DECL void register_collect_function(sqlite3* db);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/collect_function.ipp>
#endif
