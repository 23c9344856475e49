// SPDX-License-Identifier: BSL-1.0
// WITH: the definitions of the common table expressions that a FROM names, each once, in front of the statement.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/select/join.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica::detail {

template <class Source>
inline constexpr bool is_defined_before = requires { typename Source::Definition; };

template <class Source>
inline constexpr bool is_recursive_source = requires { requires Source::is_recursive; };

template <class Source>
constexpr std::string_view defined_name() {
    if constexpr (is_defined_before<Source>) {
        return Source::defined_name();
    } else {
        return {};
    }
}

template <class Source>
constexpr void render_definition(SqlWriter& writer, bool& is_first) {
    if constexpr (is_defined_before<Source>) {
        if (!detail::exchange(is_first, false)) writer.text(", ");
        Source::render_definition(writer);
    }
}

template <class Source, class Sink>
constexpr void bind_definition(const Source& source, Sink& sink) {
    if constexpr (is_defined_before<Source>) source.bind_definition(sink);
}

template <class Source>
constexpr void inspect_definition(Inspection& inspection) {
    if constexpr (is_defined_before<Source>) Source::Definition::inspect(inspection);
}

/// Whether a table that is read goes by this name, so that a definition of the same name would take its place.
constexpr bool reads_relation(const Inspection& uses, std::string_view name) {
    if (name.empty()) return false;
    for (std::size_t i = 0; i < uses.source_count; ++i) {
        if (same_name(uses.sources[i].table->relation, name)) return true;
    }
    return false;
}

/// The definitions of a FROM. None has none.
template <class From>
struct DefinitionsOf {
    static constexpr bool is_empty = true;
    static constexpr bool hides_a_table(const Inspection&) { return false; }
    static constexpr void render(SqlWriter&) {}
    static constexpr void inspect(Inspection&) {}
    template <class Sink>
    static constexpr void bind(const From&, Sink&) {}
};

template <class First, class... Joins>
struct DefinitionsOf<FromClause<First, Joins...>> {
    static constexpr bool is_empty = !(is_defined_before<First> || ... || is_defined_before<typename Joins::Source>);

    static constexpr void render(SqlWriter& writer) {
        if constexpr (!is_empty) {
            constexpr bool is_recursive =
                (is_recursive_source<First> || ... || is_recursive_source<typename Joins::Source>);
            writer.text(is_recursive ? "WITH RECURSIVE " : "WITH ");
            bool is_first = true;
            render_definition<First>(writer, is_first);
            (render_definition<typename Joins::Source>(writer, is_first), ...);
            writer.put(' ');
        }
    }
    static constexpr void inspect(Inspection& inspection) {
        if constexpr (!is_empty) {
            inspect_definition<First>(inspection);
            (inspect_definition<typename Joins::Source>(inspection), ...);
        }
    }
    static constexpr bool hides_a_table(const Inspection& uses) {
        if constexpr (is_empty) {
            return false;
        } else {
            return reads_relation(uses, defined_name<First>()) ||
                   (reads_relation(uses, defined_name<typename Joins::Source>()) || ...);
        }
    }
    template <class Sink>
    static constexpr void bind(const FromClause<First, Joins...>& from, Sink& sink) {
        if constexpr (!is_empty) bind_all(from, sink, std::index_sequence_for<Joins...>{});
    }

private:
    template <class Sink, std::size_t... indices>
    static constexpr void bind_all(const FromClause<First, Joins...>& from, Sink& sink,
                                   std::index_sequence<indices...>) {
        bind_definition(from.first, sink);
        (bind_definition(boost::hana::at_c<indices>(from.joins).source, sink), ...);
    }
};

/// Says that a definition takes no table's place.
template <bool hides_a_table>
consteval bool require_own_name() {
    static_assert(!hides_a_table,
                  "mica: a common table expression has the name of a table that the same statement reads");
    return !hides_a_table;
}

}  // namespace mica::detail
