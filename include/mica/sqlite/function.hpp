// SPDX-License-Identifier: BSL-1.0
// Functions and collations of the program's on one connection: what SQLite calls, and how they get their arguments and
// give their result. It knows storage classes, no types.
#pragma once

#include <mica/core/callback.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/value.hpp>
#include <mica/sqlite/cell.hpp>
#include <mica/sqlite/thrown.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <string_view>

namespace mica::sqlite {

/// One call of a function: its arguments, and a ValueSink for its result, which is NULL where nothing is sent.
/// Valid until the function returns, and so are the texts and bytes of its arguments.
class FunctionCall {
public:
    FunctionCall(sqlite3_context* context, int count, sqlite3_value** arguments) noexcept
        : context_(context), arguments_(arguments), count_(count) {}

    int count() const noexcept { return count_; }
    Cell cell(int index) const noexcept { return Cell{arguments_[index]}; }

    void null() noexcept { sqlite3_result_null(context_); }
    void integer(std::int64_t value) noexcept { sqlite3_result_int64(context_, value); }
    /// NaN fails the statement, as where it is bound.
    void real(double value) noexcept {
        if (is_nan(value)) [[unlikely]]
            return refuse("a function's result is NaN: SQLite would make it NULL");
        sqlite3_result_double(context_, value);
    }
    /// Copies: what a function gives does not outlive its call.
    void text(std::string_view value, Lifetime) noexcept {
        const char* const data = value.data() == nullptr ? "" : value.data();
        sqlite3_result_text64(context_, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    void blob(Bytes value, Lifetime) noexcept {
        const void* const data = value.data() == nullptr ? static_cast<const void*>("") : value.data();
        sqlite3_result_blob64(context_, data, value.size(), SQLITE_TRANSIENT);
    }

    /// Fails the statement with a DataError that says this and has the statement's text.
    [[gnu::cold]] MICA_DECL void refuse(std::string_view message) noexcept;
    bool was_refused() const noexcept { return was_refused_; }

    /// What was kept for the argument at `index` by an earlier call, null where nothing was: something costly that
    /// depends on nothing else. It is kept for the run of a statement, where the argument is a constant of it
    /// (https://www.sqlite.org/c3ref/get_auxdata.html).
    void* kept(int index) const noexcept { return sqlite3_get_auxdata(context_, index); }
    /// The database has it destroyed, which may be at once.
    void keep(int index, void* value, void (*destroy)(void*)) noexcept {
        sqlite3_set_auxdata(context_, index, value, destroy);
    }

private:
    sqlite3_context* context_;
    sqlite3_value** arguments_;
    int count_;
    bool was_refused_ = false;
};

static_assert(ValueSink<FunctionCall>);

namespace detail {

[[gnu::cold]] MICA_DECL void require_function(std::string_view name, mica::detail::FunctionTraits traits);

/// These keep a reference to what they are given, for as long as the connection knows it.
[[gnu::cold]] MICA_DECL void create_function(sqlite3* db, ThrownInside* thrown,
                                             mica::detail::ScalarFunction<FunctionCall>& function);
[[gnu::cold]] MICA_DECL void create_aggregate(sqlite3* db, ThrownInside* thrown,
                                              mica::detail::AggregateFunction<FunctionCall>& function);
[[gnu::cold]] MICA_DECL void create_collation(sqlite3* db, ThrownInside* thrown, mica::detail::Collation& collation);

}  // namespace detail

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/function.ipp>
#endif
