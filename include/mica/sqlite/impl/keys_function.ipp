// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/keys_function.hpp>
#include <mica/sqlite/result_sink.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::sqlite::detail {

/// That of this thread: a statement calls its functions in the thread that runs it. One for all shared objects of a
/// program, also for those that hide their symbols.
[[gnu::visibility("default")]] inline constinit thread_local KeyedRun* innermost_run = nullptr;

bool KeyedRun::search(std::int64_t key) noexcept {
    std::size_t low = 0;
    std::size_t high = keys_.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (keys_[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == keys_.size()) return false;
    position_ = low;
    return keys_[low] == key;
}

void KeyedRun::fill() {
    filled_ = SIZE_MAX;
    cells_.begin_row();
    source_.encode(source_.object(position_), cells_);
    filled_ = position_;
}

void KeyedRun::fail(sqlite3_context* context) noexcept {
    try {
        throw;
    } catch (const InterruptedError&) {
        thrown_.keep_current();
    } catch (const DatabaseError&) {  // the plain statement decides
    } catch (...) {
        thrown_.keep_current();
    }
    sqlite3_result_error(context, "an object was not taken", -1);
}

void KeyedRun::look(sqlite3_context* context, sqlite3_value* key) noexcept {
    was_asked_ = true;
    if (sqlite3_value_type(key) != SQLITE_INTEGER) [[unlikely]] {
        has_other_keys_ = true;
        return sqlite3_result_int(context, 0);
    }
    sqlite3_result_int(context, find(sqlite3_value_int64(key)) ? 1 : 0);
}

void KeyedRun::send(sqlite3_context* context, sqlite3_value* key, sqlite3_value* place) noexcept {
    try {
        if (!find(sqlite3_value_int64(key))) [[unlikely]] {  // a trigger has given the row another key
            return sqlite3_result_error(context, "no object has this key", -1);
        }
        if (filled_ != position_) fill();
        const auto index = static_cast<std::size_t>(sqlite3_value_int(place));
        if (index >= cells_.count() || cells_.holds_nan()) [[unlikely]] {
            return sqlite3_result_error(context, "no such value", -1);
        }
        ResultSink sink{context};
        send_cell(cells_.cell(index), sink);
    } catch (...) {
        fail(context);
    }
}

mica::detail::RowsEnd KeyedRun::run(sqlite3_stmt* statement) {
    struct Running {
        sqlite3_stmt* statement;
        KeyedRun* outer;
        ~Running() {
            innermost_run = outer;
            sqlite3_reset(statement);  // repeats the step's error
        }
    } const running{statement, mica::detail::exchange(innermost_run, this)};
    using mica::detail::RowsEnd;
    sqlite3* const db = sqlite3_db_handle(statement);
    const bool was_in_transaction = sqlite3_get_autocommit(db) == 0;
    const int rc = sqlite3_step(statement);
    if (thrown_.is_there()) thrown_.throw_again();
    if (rc == SQLITE_DONE) return was_asked_ && !has_other_keys_ ? RowsEnd::done : RowsEnd::refused;
    // After a trigger's RAISE(ROLLBACK) nothing can be tried again.
    if (was_in_transaction && sqlite3_get_autocommit(db) != 0) throw_statement_failure(statement, rc);
    switch (rc & 0xff) {
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_TOOBIG:
        case SQLITE_ABORT:  // a codec has rolled back
        case SQLITE_ERROR: return RowsEnd::refused;
        default: throw_statement_failure(statement, rc);
    }
}

MICA_DECL void call_by_key(sqlite3_context* context, int count, sqlite3_value** arguments) noexcept {
    if (innermost_run == nullptr) {
        return sqlite3_result_error(context, "mica_by_key() is for statements of mica's own", -1);
    }
    if (count == 1) {
        innermost_run->look(context, arguments[0]);
    } else {
        innermost_run->send(context, arguments[0], arguments[1]);
    }
}

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

void register_keys_function(sqlite3* db) {
    for (const int arguments : {1, 2}) {
        check(db, sqlite3_create_function_v2(db, "mica_by_key", arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr,
                                             detail::call_by_key, nullptr, nullptr, nullptr));
    }
}

}  // namespace mica::sqlite
