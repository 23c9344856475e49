// SPDX-License-Identifier: BSL-1.0
// LIMIT and OFFSET: numbers of rows, known before there are any.
#pragma once

#include <mica/core/error.hpp>
#include <mica/dialect/sqlite.hpp>
#include <mica/query/expression/operand_types.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <utility>

namespace mica {

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_negative_row_number() {
    refuse<DataError>({"mica: limit() and offset() take no negative number of rows"});
}

/// SQLite takes a negative limit for none and a negative offset for 0, which hides a mistake in computing a page.
constexpr std::int64_t require_not_negative(std::int64_t count) {
    if (count < 0) throw_negative_row_number();
    return count;
}

/// Lets through what can be the value of a parameter in LIMIT.
template <class Sink>
struct RowNumberSink {
    Sink& sink;
    void null() { sink.null(); }
    void integer(std::int64_t value) { sink.integer(require_not_negative(value)); }
};

template <class Number, class Sink>
constexpr void bind_row_number(const Number& number, Sink& sink) {
    if constexpr (requires(RowNumberSink<Sink> checked) { number.bind_argument(sink, checked); }) {
        RowNumberSink<Sink> checked{sink};
        number.bind_argument(sink, checked);
    } else {
        number.bind(sink);
    }
}

}  // namespace detail

/// LIMIT and OFFSET, either of which may be None.
template <class Count, class Skipped>
struct LimitClause {
    using Children = Types<Count, Skipped>;

    Count count{};
    Skipped skipped{};

    static constexpr void render(SqlWriter& writer) {
        writer.text(" LIMIT ");
        if constexpr (is_none<Count>) {
            writer.text(writer.dialect().unlimited);
        } else {
            Count::render(writer);
        }
        if constexpr (!is_none<Skipped>) {
            writer.text(" OFFSET ");
            Skipped::render(writer);
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_row_number(count, sink);
        detail::bind_row_number(skipped, sink);
    }
};

namespace detail {

/// std::size_t as a rule, which no column holds.
template <class Count>
inline constexpr bool is_large_size = std::unsigned_integral<Count> && sizeof(Count) == sizeof(std::int64_t);

/// A number of rows: an integer, or an expression that is known before there are any rows.
template <class Count>
consteval bool is_row_number() {
    if constexpr (Expression<Count> || SelectLike<Count>) {
        constexpr const Inspection& inspection = inspection_of<Count>;
        return StoredInteger<without_optional<ValueTypeOfOperand<Count>>> && inspection.table_count == 0 &&
               !inspection.has_aggregate && !inspection.has_window;
    } else {
        return StoredInteger<Count> || is_large_size<Count>;
    }
}

/// Says that limit() and offset() are given a number of rows.
template <class Count>
consteval bool require_row_number() {
    constexpr bool is_number = is_row_number<Count>();
    static_assert(is_number, "mica: limit() and offset() take a number of rows");
    return is_number;
}

constexpr std::int64_t row_number_of(std::int64_t count) { return require_not_negative(count); }
constexpr std::int64_t row_number_of(std::uint64_t count) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(count < most ? count : most);
}

/// A number of rows as an expression.
template <class Count>
constexpr auto as_row_number(Count count) {
    if constexpr (Expression<Count> || SelectLike<Count>) {
        return lift<std::int64_t>(std::move(count));
    } else if constexpr (std::unsigned_integral<Count>) {
        return lift<std::int64_t>(row_number_of(std::uint64_t{count}));
    } else {
        return lift<std::int64_t>(row_number_of(static_cast<std::int64_t>(count)));
    }
}

constexpr None count_of(const None&) { return {}; }
template <class Count, class Skipped>
constexpr Count count_of(const LimitClause<Count, Skipped>& limit) {
    return limit.count;
}
constexpr None skipped_of(const None&) { return {}; }
template <class Count, class Skipped>
constexpr Skipped skipped_of(const LimitClause<Count, Skipped>& limit) {
    return limit.skipped;
}

}  // namespace detail

}  // namespace mica
