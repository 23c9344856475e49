// SPDX-License-Identifier: BSL-1.0
// A prepared statement: binds and reads the five storage classes, and nothing else. Every call here is on the hot path,
// so each is one call into SQLite, one comparison, and a cold function for the rest.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/row_source.hpp>
#include <mica/core/value.hpp>
#include <mica/core/value_list.hpp>
#include <mica/sqlite/cell.hpp>
#include <mica/sqlite/collect_function.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/keys_function.hpp>
#include <mica/sqlite/rows_function.hpp>
#include <mica/sqlite/thrown.hpp>
#include <mica/sqlite/values_function.hpp>

#include <sqlite3.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica::sqlite {

/// What the run of a statement has done; to be asked when it has ended and before the connection runs another.
class RunSummary {
public:
    explicit RunSummary(sqlite3* database) noexcept : database_(database) {}

    /// Rows inserted, updated or deleted, without those of triggers and foreign key actions. Of a statement that is not
    /// there to change rows it still tells of an older one, see `Database::revision`.
    std::int64_t changed() const noexcept { return sqlite3_changes64(database_); }
    /// The rowid of the row inserted last (https://www.sqlite.org/c3ref/last_insert_rowid.html).
    std::int64_t generated_key() const noexcept { return sqlite3_last_insert_rowid(database_); }

private:
    sqlite3* database_;
};

/// Owns a prepared statement (https://www.sqlite.org/c3ref/stmt.html). After any error thrown here it is reset and can
/// be used again. A moved-from statement refuses everything but assignment and destruction.
///
/// Thread safety: one thread at a time, together with its database and all of that database's statements.
class Statement {
public:
    Statement() noexcept = default;
    /// `thrown` is the place of its connection.
    explicit Statement(sqlite3_stmt* handle, ThrownInside* thrown = ThrownInside::none()) noexcept
        : handle_(handle), database_(sqlite3_db_handle(handle)), thrown_(thrown) {}
    Statement(Statement&& other) noexcept
        : handle_(mica::detail::exchange(other.handle_, nullptr)), database_(other.database_), thrown_(other.thrown_) {}
    Statement& operator=(Statement&& other) noexcept {
        const Statement finalized(mica::detail::exchange(handle_, mica::detail::exchange(other.handle_, nullptr)));
        database_ = other.database_;
        thrown_ = other.thrown_;
        return *this;
    }
    ~Statement() { sqlite3_finalize(handle_); }  // repeats the last step's error, which was thrown then

    void bind_null(int index) { require_ok(sqlite3_bind_null(handle_, index)); }

    void bind(int index, std::int64_t value) { require_ok(sqlite3_bind_int64(handle_, index, value)); }

    /// Throws DataError for NaN, which SQLite would silently store as NULL.
    void bind(int index, double value) {
        if (is_nan(value)) [[unlikely]]
            refuse_nan();
        require_ok(sqlite3_bind_double(handle_, index, value));
    }

    /// Empty text is text, also where its data pointer is null.
    void bind(int index, std::string_view value, Lifetime lifetime) {
        const char* const data = value.data() == nullptr ? "" : value.data();
        require_ok(sqlite3_bind_text64(handle_, index, data, value.size(), destructor_of(lifetime), SQLITE_UTF8));
    }

    /// An empty blob is a blob, also where its data pointer is null. A template, so that nobody who binds text is asked
    /// whether that is a range of bytes.
    template <std::same_as<Bytes> Blob>
    void bind(int index, Blob value, Lifetime lifetime) {
        const void* const data = value.data() == nullptr ? static_cast<const void*>("") : value.data();
        require_ok(sqlite3_bind_blob64(handle_, index, data, value.size(), destructor_of(lifetime)));
    }

    /// A list for `mica_values(?)`, see `register_values_function`. Borrowed means that nothing is copied, and that the
    /// list must live and stay as it is until the statement is reset; then bind anew or clear before the next run.
    /// Throws DataError if there is a NaN among the values.
    void bind(int index, const ValueList& values, Lifetime lifetime) {
        if (values.holds_nan()) [[unlikely]]
            refuse_nan();
        require_ok(detail::bind_values(handle_, index, values, lifetime));
    }

    /// True for a row, false when done. Throws what stopped it, which is the very exception where a function of the
    /// program threw one. Reset before the next run: a further step after the end would run the statement again.
    bool step() {
        const int rc = sqlite3_step(handle_);
        if (rc == SQLITE_ROW) return true;
        if (rc != SQLITE_DONE || has_thrown()) [[unlikely]]  // of a collation SQLite itself learns nothing
            throw_failure_of(rc);
        return false;
    }

    /// Ends the run and forgets its outcome. An INSERT ... RETURNING outside a transaction that was not stepped to its
    /// end commits only here and may fail to: use `finish()` for such.
    void reset() noexcept {
        sqlite3_reset(handle_);
        if (has_thrown()) [[unlikely]]
            thrown_->forget();
    }

    /// Ends the run and throws if ending it failed (https://www.sqlite.org/c3ref/reset.html).
    void finish() {
        const bool has_failed = has_thrown();
        const int rc = sqlite3_reset(handle_);
        if (rc != SQLITE_OK || has_thrown()) [[unlikely]]
            end_failed(rc, has_failed);
    }

    /// How many values a row may have to be inserted by insert_rows().
    static constexpr std::size_t most_row_columns = detail::most_row_columns;

    /// Runs an INSERT of what `mica_rows(?1)` gives, once, for all objects of a source. `sees_each`: it is only to
    /// insert them where each is there before the next one is read. Throws what no row is to blame for.
    MICA_DECL mica::detail::RowsEnd insert_rows(mica::detail::RowSource& rows, bool sees_each);

    /// Runs an UPDATE or DELETE that asks `mica_by_key()` for objects, whose keys ascend. Throws what no row is to
    /// blame for.
    MICA_DECL mica::detail::RowsEnd change_rows(const mica::detail::RowSource& rows, ListView<std::int64_t> keys);

    /// How many columns a SELECT may have to be run by collect().
    static constexpr int most_collected_columns = 100;

    /// Runs a SELECT of `mica_collect(?N, columns…)`, N being `receiver`, and calls `take` for each of its rows, of
    /// which cell() gives the values meanwhile. Resets it. Throws what stops it, and what `take` throws.
    MICA_DECL void collect(int receiver, void* context, void (*take)(void* context));

    RunSummary summary() const noexcept { return RunSummary{database_}; }

    /// Makes every parameter NULL. Not between step and reset: the run still reads what is bound.
    void clear_bindings() noexcept {
        if (handle_ != nullptr) sqlite3_clear_bindings(handle_);
    }

    int column_count() const noexcept { return sqlite3_column_count(handle_); }
    int parameter_count() const noexcept { return sqlite3_bind_parameter_count(handle_); }

    /// Valid until the statement is finalized or prepared again by SQLite because the schema changed.
    /// Throws ProgrammingError if there is no such column.
    MICA_DECL std::string_view column_name(int column) const;

    /// The text the statement was prepared from; valid as long as the statement.
    std::string_view sql() const noexcept {
        const char* const text = sqlite3_sql(handle_);
        return text == nullptr ? std::string_view{} : text;
    }

    /// True if the statement writes nothing to the database file (https://www.sqlite.org/c3ref/stmt_readonly.html).
    bool read_only() const noexcept { return sqlite3_stmt_readonly(handle_) != 0; }

    /// The text with the bound values in place, for debugging on request only: it shows them all.
    /// Throws OperationalError if it would be longer than SQLite's length limit, or memory ran out.
    MICA_DECL std::string expanded_sql() const;

    sqlite3_stmt* handle() const noexcept { return handle_; }

    /// The cells of the current row, for who reads several of them. Valid as they are.
    class Cells {
    public:
        Cells(sqlite3_stmt* handle, sqlite3_value** row) noexcept : handle_(handle), row_(row) {}
        Cell operator[](int column) const noexcept {
            return Cell(row_ == nullptr ? sqlite3_column_value(handle_, column) : row_[column]);
        }

    private:
        sqlite3_stmt* handle_;
        sqlite3_value** row_;
    };
    Cells cells() const noexcept { return {handle_, row_}; }

    /// The value of a column of the current row, NULL outside a row and for a column that is not there.
    Cell cell(int column) const noexcept { return cells()[column]; }

private:
    static sqlite3_destructor_type destructor_of(Lifetime lifetime) noexcept {
        return lifetime == Lifetime::borrowed ? SQLITE_STATIC : SQLITE_TRANSIENT;
    }

    void require_ok(int rc) {
        if (rc != SQLITE_OK) [[unlikely]]
            throw_statement_failure(handle_, rc);
    }

    bool has_thrown() const noexcept { return thrown_->is_there(); }

    [[noreturn, gnu::cold, gnu::noinline]] MICA_DECL void throw_failure_of(int rc);

    /// What an aggregate throws that is ended before its last row is nobody's.
    [[gnu::cold, gnu::noinline]] MICA_DECL void end_failed(int rc, bool has_failed);

    [[noreturn, gnu::cold, gnu::noinline]] MICA_DECL void throw_no_column(int column) const;

    [[noreturn, gnu::cold, gnu::noinline]] MICA_DECL void refuse_nan();

    sqlite3_stmt* handle_ = nullptr;
    sqlite3* database_ = nullptr;                  ///< at hand, because every write asks what it has changed
    ThrownInside* thrown_ = ThrownInside::none();  ///< never null: each run asks it
    sqlite3_value** row_ = nullptr;                ///< the current row of collect()
};

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/statement.ipp>
#endif
