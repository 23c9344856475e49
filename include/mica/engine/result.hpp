// SPDX-License-Identifier: BSL-1.0
// What a statement gives: a stream of rows, read one at a time, or all of them.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/exchange.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/engine/row_buffer.hpp>
#include <mica/engine/row_reader.hpp>
#include <mica/engine/statement_lease.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

[[noreturn, gnu::cold]] MICA_DECL void throw_no_result(std::string_view sql);

[[noreturn, gnu::cold]] MICA_DECL void throw_multiple_results(std::string_view sql);

struct FirstColumn {
    template <class First, class... Rest>
    auto operator()(First& first, Rest&...) const {
        return of(first);
    }
    template <class Row>
    static auto of(Row& row) {
        if constexpr (Storable<Row>) {
            return std::move(row);
        } else if constexpr (is_tuple<Row>) {
            return of(std::get<0>(row));
        } else if constexpr (is_optional<Row>) {
            return std::move(row);
        } else {
            return reflect::with_fields(row, FirstColumn{});
        }
    }
};

/// The first column of a row.
template <class Row>
auto first_of(Row& row) {
    return FirstColumn::of(row);
}

}  // namespace detail

/// The rows of one execution, a move-only input range: they are read as they are asked for, and only once.
/// The statement has made its first step when the result exists, so errors appear there. The rows of a typed insert,
/// update or delete are all there by then: the statement has ended, so what it did does not depend on who reads them.
/// Lifetime: ends with its connection, whose return makes every further read a ProgrammingError, but for rows that are
/// there already.
template <class BackendType, class Row>
class BasicResult {
public:
    /// What an iterator is compared with.
    struct End {};

    class Iterator {
    public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        explicit Iterator(BasicResult& result) noexcept : result_(&result) {}
        /// The current row; overwritten by the next.
        Row& operator*() const noexcept { return result_->row_; }
        Row* operator->() const noexcept { return &result_->row_; }
        Iterator& operator++() {
            result_->read_next();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(End) const noexcept { return result_->at_end_; }

    private:
        BasicResult* result_ = nullptr;
    };

    /// `may_write`: it is not known to be a SELECT, so its end is asked how many rows it has changed.
    explicit BasicResult(detail::StatementLease<BackendType> statement, bool may_write = false)
        : connection_(statement.connection()), statement_(std::move(statement)), may_write_(may_write) {
        const std::int64_t before = changes_so_far();
        at_end_ = !statement_->statement.step();
        columns_ = statement_->statement.column_count();
        if (!at_end_) return;
        count_changes(before);
        detail::append(empty_sql_, {sql()});
        statement_.end();
    }
    /// Of rows that have been read already, and the number of rows that their statement has changed.
    BasicResult(std::vector<Row> rows, std::int64_t changed)
        : buffer_(new detail::VectorBuffer<Row>(std::move(rows))), rows_affected_(changed) {
        at_end_ = !buffer_->take(row_);
    }
    BasicResult(BasicResult&& other) noexcept(std::is_nothrow_move_constructible_v<Row>)
        : connection_(std::move(other.connection_)),
          statement_(std::move(other.statement_)),
          buffer_(std::move(other.buffer_)),
          empty_sql_(std::move(other.empty_sql_)),
          rows_affected_(other.rows_affected_),
          columns_(other.columns_),
          may_write_(other.may_write_),
          at_end_(detail::exchange(other.at_end_, true)),
          was_begun_(other.was_begun_),
          row_(std::move(other.row_)) {}
    BasicResult& operator=(BasicResult&& other) noexcept(std::is_nothrow_move_assignable_v<Row>) {
        statement_.release();
        connection_ = std::move(other.connection_);
        statement_ = std::move(other.statement_);
        buffer_ = std::move(other.buffer_);
        empty_sql_ = std::move(other.empty_sql_);
        rows_affected_ = other.rows_affected_;
        columns_ = other.columns_;
        may_write_ = other.may_write_;
        at_end_ = detail::exchange(other.at_end_, true);
        was_begun_ = other.was_begun_;
        row_ = std::move(other.row_);
        return *this;
    }

    /// Starts reading, once; throws DataError where the first row does not fit, ProgrammingError at the second time.
    Iterator begin() {
        if (was_begun_) [[unlikely]]
            detail::throw_misuse("the rows of a result are read once; all() keeps them in a std::vector");
        was_begun_ = true;
        if (!at_end_ && !buffer_) read_current();
        return Iterator{*this};
    }
    End end() const noexcept { return {}; }

    /// How many columns the statement has.
    int column_count() const noexcept { return columns_; }

    /// How many rows were inserted, updated or deleted, cascades and triggers not counted. Known at once, but for SQL
    /// text that gives rows: there it is 0 until the last of them has been read.
    std::int64_t rows_affected() const noexcept { return rows_affected_; }

    /// All rows that are left. Throws DataError, and what stepping throws.
    std::vector<Row> all() {
        detail::require_owned<Row>();
        std::vector<Row> rows;
        if (at_end_) return rows;
        if (buffer_) {
            at_end_ = true;
            rows.push_back(std::move(row_));
            buffer_->take_all(rows);
            return rows;
        }
        statement_.require_alive();
        const Ending ending{*this};
        append_row(*statement_, rows);
        const std::int64_t before = changes_so_far();
        collect(*statement_, rows);
        count_changes(before);
        statement_.end();
        return rows;
    }

    /// The next row, if there is one; the rest is dropped. Throws what ending the statement brings.
    std::optional<Row> first() {
        detail::require_owned<Row>();
        std::optional<Row> row;
        if (at_end_) return row;
        if (buffer_) return take_buffered();
        statement_.require_alive();
        const Ending ending{*this};
        read_row(*statement_, row.emplace());
        const std::int64_t before = changes_so_far();
        statement_->statement.finish();  // a write outside a transaction commits only now, and may fail to
        count_changes(before);
        statement_.end();
        return row;
    }

    /// The only row. Throws NoResultFound or MultipleResultsFound.
    Row one() {
        std::optional<Row> row = one_or_none();
        if (!row) detail::throw_no_result(sql());
        return std::move(*row);
    }

    /// The only row, if there is one. Throws MultipleResultsFound.
    std::optional<Row> one_or_none() {
        detail::require_owned<Row>();
        std::optional<Row> row;
        if (at_end_) return row;
        if (buffer_) {
            row = take_buffered();
            if (Row second{}; buffer_->take(second)) detail::throw_multiple_results(sql());
            return row;
        }
        statement_.require_alive();
        const Ending ending{*this};
        read_row(*statement_, row.emplace());
        const std::int64_t before = changes_so_far();
        if (statement_->statement.step()) detail::throw_multiple_results(sql());
        count_changes(before);
        statement_.end();
        return row;
    }

    /// The first column of the next row. Throws NoResultFound.
    auto scalar() {
        if (at_end_) detail::throw_no_result(sql());
        Row row = *first();
        return detail::first_of(row);
    }

private:
    void read_current() {
        statement_.require_alive();
        read_row(*statement_, row_);
    }

    void read_next() {
        if (buffer_) {
            at_end_ = !buffer_->take(row_);
            return;
        }
        statement_.require_alive();
        at_end_ = true;  // also where the step fails: a further one would run the statement again
        const std::int64_t before = changes_so_far();
        if (!statement_->statement.step()) {
            count_changes(before);
            return statement_.end();
        }
        at_end_ = false;
        read_row(*statement_, row_);
    }

    std::optional<Row> take_buffered() {
        at_end_ = true;
        return std::move(row_);
    }

    std::int64_t changes_so_far() const noexcept { return may_write_ ? connection_->database.revision() : 0; }

    /// The database counts when a run ends.
    void count_changes(std::int64_t before) noexcept {
        if (changes_so_far() != before) rows_affected_ = statement_->statement.summary().changed();
    }

    /// Gives the statement back early, for the next execution.
    void finish() noexcept {
        at_end_ = true;
        statement_.release();
    }

    /// Ends the result at the end of its scope, also where a row could not be read.
    struct Ending {
        BasicResult& result;
        ~Ending() { result.finish(); }
    };

    std::string_view sql() const { return statement_ ? statement_->statement.sql() : std::string_view{empty_sql_}; }

    detail::ConnectionReference<BackendType> connection_;  // outlives the statement
    detail::StatementLease<BackendType> statement_;
    detail::BufferOwner<Row> buffer_;
    std::string empty_sql_{};  ///< of a result without rows, which has given its statement back
    std::int64_t rows_affected_ = 0;
    int columns_ = 0;
    bool may_write_ = false;
    bool at_end_ = false;
    bool was_begun_ = false;
    Row row_{};
};

/// What a statement without rows did.
template <class BackendType>
class BasicResult<BackendType, void> {
public:
    BasicResult(std::int64_t rows_affected, std::int64_t last_insert_id) noexcept
        : rows_affected_(rows_affected), last_insert_id_(last_insert_id) {}

    /// How many rows it inserted, updated or deleted, cascades and triggers not counted.
    std::int64_t rows_affected() const noexcept { return rows_affected_; }
    /// The rowid of the row inserted last on this connection.
    std::int64_t last_insert_id() const noexcept { return last_insert_id_; }

private:
    std::int64_t rows_affected_;
    std::int64_t last_insert_id_;
};

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/result.ipp>
#endif
