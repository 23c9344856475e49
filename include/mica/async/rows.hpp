// SPDX-License-Identifier: BSL-1.0
// What a statement has given, all of it: the asynchronous counterpart of a Result.
#pragma once

#include <mica/engine/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace mica {

/// The rows of a statement that has ended, with the members of a Result.
template <class Row>
class AsyncRows {
public:
    AsyncRows() = default;
    AsyncRows(std::vector<Row> rows, std::int64_t rows_affected) noexcept
        : rows_(std::move(rows)), rows_affected_(rows_affected) {}

    std::int64_t rows_affected() const noexcept { return rows_affected_; }
    auto begin() noexcept { return rows_.begin(); }
    auto end() noexcept { return rows_.end(); }
    auto begin() const noexcept { return rows_.begin(); }
    auto end() const noexcept { return rows_.end(); }
    std::size_t size() const noexcept { return rows_.size(); }

    /// Moves the rows out, all of them or the one that is meant. Throw as those of Result.
    std::vector<Row> all() { return std::exchange(rows_, {}); }
    std::optional<Row> first() {
        std::optional<Row> row;
        if (!rows_.empty()) row.emplace(std::move(rows_.front()));
        return row;
    }
    std::optional<Row> one_or_none() {
        if (rows_.size() > 1) detail::throw_multiple_results("the rows of execute()");
        return first();
    }
    Row one() {
        std::optional<Row> row = one_or_none();
        if (!row) detail::throw_no_result("the rows of execute()");
        return std::move(*row);
    }
    auto scalar() {
        if (rows_.empty()) detail::throw_no_result("the rows of execute()");
        return detail::first_of(rows_.front());
    }

private:
    std::vector<Row> rows_{};
    std::int64_t rows_affected_ = 0;
};

/// What a statement without rows did.
template <>
class AsyncRows<void> {
public:
    AsyncRows() = default;
    AsyncRows(std::int64_t rows_affected, std::int64_t last_insert_id) noexcept
        : rows_affected_(rows_affected), last_insert_id_(last_insert_id) {}

    std::int64_t rows_affected() const noexcept { return rows_affected_; }
    std::int64_t last_insert_id() const noexcept { return last_insert_id_; }

private:
    std::int64_t rows_affected_ = 0;
    std::int64_t last_insert_id_ = 0;
};

namespace detail {

template <class BackendType, class Row>
AsyncRows<Row> read_rows(BasicResult<BackendType, Row> result) {
    if constexpr (std::is_void_v<Row>) {
        return {result.rows_affected(), result.last_insert_id()};
    } else {
        std::vector<Row> rows = result.all();
        return {std::move(rows), result.rows_affected()};
    }
}

}  // namespace detail

}  // namespace mica
