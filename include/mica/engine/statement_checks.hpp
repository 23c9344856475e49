// SPDX-License-Identifier: BSL-1.0
// What keeps a statement, or SQL text with its values, from running: said before anything of it is instantiated.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/engine/result.hpp>
#include <mica/query/statement/run_time_text.hpp>
#include <mica/query/write/delete.hpp>
#include <mica/query/write/insert.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace mica {

namespace detail {

[[noreturn, gnu::cold]] MICA_DECL void throw_wrong_columns(int given, int wanted, std::string_view sql);

/// Throws SchemaMismatch where a statement has not as many columns as a row.
template <class Row>
void require_columns(int given, std::string_view sql) {
    if (given != column_count<Row>()) throw_wrong_columns(given, column_count<Row>(), sql);
}

[[noreturn, gnu::cold]] MICA_DECL void throw_wrong_parameters(int given, int wanted, std::string_view sql);

/// Throws ProgrammingError where a statement has another number of parameters.
template <class StatementType>
void require_parameters(const StatementType& statement, int given) {
    if (const int wanted = statement.parameter_count(); wanted != given)
        throw_wrong_parameters(given, wanted, statement.sql());
}

/// To be called while an error is handled: throws it again; where it is about what a row holds, with the text that the
/// program wrote in place of mica's own.
[[noreturn, gnu::cold]] MICA_DECL void rethrow_as_written(std::string_view own, std::string_view written);

/// Says what keeps a statement from being one that the database takes.
template <class Query>
consteval bool require_sound() {
    if constexpr (is_refused<Query>) {
        return false;
    } else {
        if constexpr (requires { Query::require_sound(); }) {
            if (!(Query::require_sound() && Query::require_own_scope())) return false;
        }
        constexpr bool is_complete = !requires { requires !Query::is_complete; };
        constexpr bool is_safe = !requires { requires !Query::is_safe; };
        static_assert(is_complete, "mica: an update needs set()");
        static_assert(is_safe || !is_complete,
                      "mica: an update or delete without where() changes every row; write all_rows() if you mean that");
        return is_complete && is_safe;
    }
}

/// Says what keeps a statement from running.
template <class Query>
consteval bool require_runnable() {
    if constexpr (require_sound<Query>()) {
        constexpr bool has_all_values = parameter_count<Query> == 0;
        static_assert(has_all_values, "mica: this statement has a param<>; run it by prepare(), with the values");
        return has_all_values;
    } else {
        return false;
    }
}

/// Holds a statement's row type: void where it gives none.
template <class Query>
using RowOfStatement = typename std::remove_cvref_t<Query>::Row;

/// Gives what the members for rows would give, for a statement that has none or has been refused.
template <class Query>
using RefusedRows = Refused<std::conditional_t<std::is_void_v<RowOfStatement<Query>>, int, RowOfStatement<Query>>>;

/// Says that the rows of a write, which has ended when they are handed out, need nothing of it.
template <class Row>
consteval bool require_kept() {
    constexpr bool is_kept = !holds_view<Row>();
    static_assert(is_kept,
                  "mica: the rows of returning<T>() outlive the statement, so their fields cannot be std::string_view; "
                  "name the columns instead");
    return is_kept;
}

/// Says what keeps a statement from giving rows that outlive it.
template <class Query>
consteval bool require_rows() {
    using Row = RowOfStatement<Query>;
    if constexpr (is_refused<Query>) {
        return false;
    } else if constexpr (std::is_void_v<Row>) {
        static_assert(!std::is_void_v<Row>, "mica: this statement gives no rows; run it with execute()");
        return false;
    } else {
        if constexpr (is_write<Query>) {
            return require_kept<Row>() && require_runnable<Query>();
        } else {
            require_owned<Row>();
            return require_runnable<Query>();
        }
    }
}

template <const Dialect& dialect, class Query>
std::string text_of_query(const Query& query) {
    if constexpr (is_dynamic<Query>()) {
        return run_time_text(query, dialect);
    } else {
        return std::string{Query::template sql<dialect>()};
    }
}

/// Whether a statement is run once for each of several objects.
template <class Query>
inline constexpr bool is_many = requires { requires Query::is_many; };

template <class Row>
consteval bool require_row_type() {
    constexpr bool can_be_read = std::is_void_v<Row> || RowType<Row>;
    static_assert(can_be_read, "mica: a row is a storable value, a tuple of them, or an aggregate of storable fields");
    return can_be_read;
}

template <class Argument>
inline constexpr bool is_null_argument =
    std::same_as<Argument, std::nullopt_t> || std::same_as<Argument, std::nullptr_t>;
template <class Argument>
inline constexpr bool is_text_argument = std::convertible_to<const Argument&, std::string_view> && !HasCodec<Argument>;

template <class... Arguments>
consteval bool require_arguments() {
    constexpr bool can_be_bound =
        ((is_null_argument<Arguments> || is_text_argument<Arguments> || Storable<Arguments>) && ...);
    static_assert(can_be_bound, "mica: a value given to SQL has a type that mica cannot store");
    return can_be_bound;
}

template <class Argument>
constexpr void bind_argument(const Argument& argument, auto& sink) {
    if constexpr (is_null_argument<Argument>) {
        sink.null();
    } else if constexpr (is_text_argument<Argument>) {
        sink.text(argument, Lifetime::borrowed);
    } else {
        encode(argument, sink, Lifetime::borrowed);
    }
}

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/statement_checks.ipp>
#endif
