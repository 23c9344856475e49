// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/sqlite/collect_function.hpp>
#include <mica/sqlite/failure.hpp>

namespace mica::sqlite::detail {

/// The name of the function, and of the only pointer type it takes (https://www.sqlite.org/bindptr.html).
inline constexpr const char* collect_name = "mica_collect";

/// SQLite calls it once for each row. It keeps who receives them where it keeps the state of an aggregate.
MICA_DECL void collect_row(sqlite3_context* context, int count, sqlite3_value** arguments) noexcept {
    auto* const kept =
        static_cast<RowReceiver**>(sqlite3_aggregate_context(context, static_cast<int>(sizeof(RowReceiver*))));
    if (kept == nullptr) return sqlite3_result_error_nomem(context);
    if (*kept == nullptr) [[unlikely]] {
        if (count > 0) *kept = static_cast<RowReceiver*>(sqlite3_value_pointer(arguments[0], collect_name));
        if (*kept == nullptr) return sqlite3_result_error(context, "mica_collect() takes a bound receiver", -1);
    }
    RowReceiver& receiver = **kept;
    receiver.row = arguments + 1;
    try {
        receiver.take(receiver.context);
    } catch (...) {
        receiver.thrown.keep_current();
        sqlite3_result_error(context, "a row was not taken", -1);
    }
}

/// By its result it is known, where a function of the program's might have its name.
MICA_DECL void end_collecting(sqlite3_context* context) noexcept { sqlite3_result_int64(context, all_collected); }

int bind_receiver(sqlite3_stmt* statement, int index, RowReceiver* receiver) noexcept {
    return sqlite3_bind_pointer(statement, index, receiver, collect_name, nullptr);
}

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

void register_collect_function(sqlite3* db) {
    check(db, sqlite3_create_function_v2(db, detail::collect_name, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr,
                                         nullptr, detail::collect_row, detail::end_collecting, nullptr));
}

}  // namespace mica::sqlite
