// SPDX-License-Identifier: BSL-1.0
// What an engine tells of: which events there are, and what those are told that listen.
#pragma once

#include <mica/core/duration.hpp>
#include <mica/core/row_changes.hpp>

#include <cstdint>
#include <string_view>

namespace mica {

/// A statement that has run. Its texts live as long as the call.
struct StatementEvent {
    std::string_view sql;  ///< its text, without values
    /// From when it was taken up until it ended; where rows are read one at a time, what the program does in between
    /// is in it.
    std::chrono::nanoseconds elapsed{};
    /// Rows that it gave; where it gave none, rows that it changed. A range of objects is one statement.
    std::int64_t rows = 0;
    /// It was refused, or something that was thrown while its rows were read has ended it.
    bool has_failed = false;
    /// The text with the bound values in it, of a range the last object's, NULL for a list; empty unless subscribed
    /// `with_values`, and of one that has failed.
    std::string_view sql_with_values{};
};

/// `engine.on_statement(listener, mica::with_values)`: whoever asks for values sees to it that they stay secret.
struct WithValues {};
/// For on_statement(): the listener gets the bound values too.
inline constexpr WithValues with_values{};

namespace detail {

/// Those of an engine, each a number for its SharedListeners.
enum class EngineEvent : unsigned {
    close,
    begin,
    commit,
    rollback,
    savepoint,
    release,
    rollback_to,
    statement,
    statement_with_values,
    error,
    change,
    changes,  ///< all of a commit
};

constexpr unsigned number(EngineEvent event) noexcept { return static_cast<unsigned>(event); }

}  // namespace detail

}  // namespace mica
