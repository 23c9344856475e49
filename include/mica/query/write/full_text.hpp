// SPDX-License-Identifier: BSL-1.0
// What an index can be told to do (https://www.sqlite.org/fts5.html, section 6): statements that any connection runs.
#pragma once

#include <mica/dialect/full_text.hpp>
#include <mica/query/function/full_text.hpp>
#include <mica/query/statement/refused.hpp>
#include <mica/query/write/assignment.hpp>

namespace mica {

template <class Index, FullTextCommand command>
struct [[nodiscard]] CommandIndex : WriteStatement<CommandIndex<Index, command>> {
    using Row = void;
    using Children = Types<>;

    static constexpr void render(SqlWriter& writer) {
        FullTextWriter{writer, detail::full_text_index<Index>}.command(command);
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

namespace detail {

template <class Index, FullTextCommand command>
constexpr auto make_command() {
    if constexpr (require_full_text<TableSource<Index>>()) {
        return CommandIndex<Index, command>{};
    } else {
        return Refused<void>{};
    }
}

}  // namespace detail

/// Makes an index anew from its content: after rows were written without their triggers.
template <class Index>
constexpr auto rebuild() {
    return detail::make_command<Index, FullTextCommand::rebuild>();
}

/// Merges what many writes have left in pieces, so that searching costs less.
template <class Index>
constexpr auto optimize() {
    return detail::make_command<Index, FullTextCommand::optimize>();
}

/// Compares an index with its content; running it throws OperationalError where they differ.
template <class Index>
constexpr auto check_index() {
    return detail::make_command<Index, FullTextCommand::check>();
}

}  // namespace mica
