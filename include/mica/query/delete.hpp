// SPDX-License-Identifier: BSL-1.0
// delete_from<T>().where(…). Without where() or all_rows() it does not run.
#pragma once

#include <mica/query/update.hpp>

#include <utility>

namespace mica {

template <class Owner, class Where = None>
struct Delete : Statement<Delete<Owner, Where>> {
    using Row = void;
    using Children = Types<Where>;
    static constexpr bool is_safe = is_filtered<Where>;

    Where condition{};

    template <class Filter>
    constexpr auto where(Filter filter) const {
        constexpr bool is_condition = Predicate<Filter>;
        static_assert(is_condition, "mica: where() takes a condition");
        if constexpr (!is_condition) {
            return Refused<void>{};
        } else if constexpr (!detail::require_one_choice_of_rows<std::same_as<Where, AllRows>>()) {
            return Refused<void>{};
        } else if constexpr (detail::require_scope<FromClause<TableSource<Owner>>, Filter>()) {
            auto both = detail::add_condition(condition, std::move(filter));
            return Delete<Owner, decltype(both)>{{}, std::move(both)};
        } else {
            return Refused<void>{};
        }
    }

    constexpr auto all_rows() const {
        if constexpr (detail::require_one_choice_of_rows<std::derived_from<Where, ExpressionTag>>()) {
            return Delete<Owner, AllRows>{};
        } else {
            return Refused<void>{};
        }
    }

    static constexpr void render(SqlWriter& writer) {
        writer.text("DELETE FROM ");
        writer.identifier(table_of<Owner>().name);
        if constexpr (std::derived_from<Where, ExpressionTag>) {
            writer.text(" WHERE ");
            Where::render(writer);
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        condition.bind(sink);
    }
};

/// Starts a DELETE from an entity's table.
template <class Owner>
constexpr auto delete_from() {
    if constexpr (require_entity<Owner>()) {
        return Delete<Owner>{};
    } else {
        return Refused<void>{};
    }
}

}  // namespace mica
