// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/sqlite/statement.hpp>

namespace mica::sqlite {

std::string_view Statement::column_name(int column) const {
    if (column < 0 || column >= column_count()) throw_no_column(column);
    const char* const name = sqlite3_column_name(handle_, column);
    if (name == nullptr) throw_failure(sqlite3_db_handle(handle_), SQLITE_NOMEM, sql());
    return name;
}

std::string Statement::expanded_sql() const {
    struct Free {
        char* text;
        ~Free() { sqlite3_free(text); }
    } const expanded{sqlite3_expanded_sql(handle_)};
    if (expanded.text == nullptr) throw_failure(sqlite3_db_handle(handle_), SQLITE_NOMEM, sql());
    return expanded.text;
}

mica::detail::RowsEnd Statement::insert_rows(mica::detail::RowSource& rows, bool sees_each) {
    return detail::RowsRun{rows, database_, *thrown_, sees_each}.run(handle_);
}

mica::detail::RowsEnd Statement::change_rows(const mica::detail::RowSource& rows, ListView<std::int64_t> keys) {
    return detail::KeyedRun{rows, keys, *thrown_}.run(handle_);
}

void Statement::collect(int receiver, void* context, void (*take)(void* context)) {
    detail::RowReceiver rows{row_, context, take, *thrown_};
    struct Bound {
        Statement& statement;
        int index;
        ~Bound() {
            statement.row_ = nullptr;
            statement.reset();
            detail::bind_receiver(statement.handle_, index, nullptr);
        }
    } const bound{*this, receiver};
    require_ok(detail::bind_receiver(handle_, receiver, &rows));
    if (!step() || sqlite3_column_int64(handle_, 0) != detail::all_collected) {
        throw_misuse("a function has the name of mica's own", sql());
    }
}

void Statement::throw_failure_of(int rc) {
    if (!has_thrown()) throw_statement_failure(handle_, rc);
    ThrownInside first = mica::detail::exchange(*thrown_, ThrownInside{});
    reset();  // aggregates that end now may throw too
    first.throw_again();
}

void Statement::end_failed(int rc, bool has_failed) {
    if (has_failed || rc != SQLITE_OK) throw_failure_of(rc);
    thrown_->forget();
}

void Statement::throw_no_column(int column) const {
    mica::detail::refuse<ProgrammingError>({"no column ", mica::detail::Decimal{column}}, sql());
}

void Statement::refuse_nan() {
    reset();
    mica::detail::refuse<DataError>({"NaN cannot be stored: SQLite would make it NULL"}, sql());
}

}  // namespace mica::sqlite
