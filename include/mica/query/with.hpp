// SPDX-License-Identifier: BSL-1.0
// WITH: the definitions of the common table expressions that a FROM names, each once, in front of the statement.
#pragma once

#include <mica/query/join.hpp>

#include <array>
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

/// Of several sources those that come first under the name that they define.
template <class... Sources>
inline constexpr auto first_definitions = [] {
    const std::array<std::string_view, sizeof...(Sources)> names{defined_name<Sources>()...};
    std::array<bool, sizeof...(Sources)> is_first{};
    for (std::size_t i = 0; i < names.size(); ++i) {
        is_first[i] = !names[i].empty();
        for (std::size_t j = 0; j < i; ++j) is_first[i] = is_first[i] && names[i] != names[j];
    }
    return is_first;
}();

template <class Source>
constexpr void render_definition(SqlWriter& writer, bool is_wanted, bool& is_first) {
    if constexpr (is_defined_before<Source>) {
        if (!is_wanted) return;
        if (!std::exchange(is_first, false)) writer.text(", ");
        Source::render_definition(writer);
    }
}

template <class Source, class Sink>
constexpr void bind_definition(const Source& source, bool is_wanted, Sink& sink) {
    if constexpr (is_defined_before<Source>) {
        if (is_wanted) source.bind_definition(sink);
    }
}

template <class Source>
constexpr void inspect_definition(Inspection& inspection, bool is_wanted) {
    if constexpr (is_defined_before<Source>) {
        if (is_wanted) inspect_all(std::type_identity<typename Source::Definition>{}, inspection);
    }
}

/// The definitions of a FROM. None has none.
template <class From>
struct DefinitionsOf {
    static constexpr bool is_empty = true;
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
            const bool* wanted = first_definitions<First, typename Joins::Source...>.data();
            bool is_first = true;
            render_definition<First>(writer, *wanted++, is_first);
            (render_definition<typename Joins::Source>(writer, *wanted++, is_first), ...);
            writer.put(' ');
        }
    }
    static constexpr void inspect(Inspection& inspection) {
        if constexpr (!is_empty) {
            const bool* wanted = first_definitions<First, typename Joins::Source...>.data();
            inspect_definition<First>(inspection, *wanted++);
            (inspect_definition<typename Joins::Source>(inspection, *wanted++), ...);
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
        constexpr auto& wanted = first_definitions<First, typename Joins::Source...>;
        bind_definition(from.first, wanted[0], sink);
        (bind_definition(boost::hana::at_c<indices>(from.joins).source, wanted[indices + 1], sink), ...);
    }
};

}  // namespace mica::detail
