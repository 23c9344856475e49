// SPDX-License-Identifier: BSL-1.0
// How many rows another SELECT gives, and whether it gives any.
#pragma once

#include <mica/query/select/select.hpp>

#include <cstdint>

namespace mica {

namespace detail {

/// Rows of which only the number counts: without a limit their order is of no interest.
template <class Selection>
constexpr const Selection& unordered(const Selection& selection) {
    return selection;
}
template <class List, class From, class Where, class Grouping, class... Terms>
constexpr auto unordered(const Select<List, From, Where, Grouping, OrderBy<Terms...>, None>& selection) {
    return Select<List, From, Where, Grouping>{
        {}, selection.list, selection.source, selection.condition, selection.grouping};
}

}  // namespace detail

template <class Counted>
struct CountOf : Statement<CountOf<Counted>> {
    using Row = std::int64_t;
    using Children = Types<Counted>;
    static constexpr bool is_ordered = false;

    const Counted& counted;

    static constexpr void inspect(Inspection& inspection) { detail::inspect<Counted>(inspection); }
    static constexpr void render(SqlWriter& writer) {
        writer.text("SELECT count(*) FROM ");
        detail::render_nameless_source<Counted>(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        counted.bind(sink);
    }
};

template <class Searched>
struct ExistsIn : Statement<ExistsIn<Searched>> {
    using Row = bool;
    using Children = Types<Searched>;
    static constexpr bool is_ordered = false;

    const Searched& searched;

    static constexpr void inspect(Inspection& inspection) { detail::inspect<Searched>(inspection); }
    static constexpr void render(SqlWriter& writer) {
        writer.text("SELECT EXISTS (");
        Searched::render(writer);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        searched.bind(sink);
    }
};

}  // namespace mica
