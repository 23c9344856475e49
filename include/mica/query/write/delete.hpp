// SPDX-License-Identifier: BSL-1.0
// delete_from<T>().where(…). Without where() or all_rows() it does not run.
#pragma once

#include <mica/query/write/update.hpp>

#include <concepts>
#include <utility>

namespace mica {

/// A DELETE. Its clauses are None until they are given. Owns its values.
template <class Owner, class Where = None, class Returned = None>
struct [[nodiscard]] Delete : WriteStatement<Delete<Owner, Where, Returned>> {
    using Row = typename detail::RowOfReturning<Returned>::Type;
    using Children = Types<Where, Returned>;
    static constexpr bool is_safe = is_filtered<Where>;

    Where condition{};
    Returned returned{};

    /// Rows for which `filter` is true; several are combined by AND. Throws ProgrammingError for an empty Filter.
    template <class Filter>
    constexpr auto where(Filter filter) const {
        if constexpr (!detail::require_predicate<Predicate<Filter>>()) {
            return Refused<void>{};
        } else if constexpr (!detail::require_one_choice_of_rows<std::same_as<Where, AllRows>>()) {
            return Refused<void>{};
        } else if constexpr (!detail::require_row_condition<detail::findings_of<Filter>>()) {
            return Refused<void>{};
        } else if constexpr (detail::require_scope<FromClause<TableSource<Owner>>, Filter>()) {
            detail::require_saying(filter);
            auto both = detail::add_condition(condition, std::move(filter));
            return Delete<Owner, decltype(both), Returned>{{}, std::move(both), returned};
        } else {
            return Refused<void>{};
        }
    }

    constexpr auto all_rows() const {
        if constexpr (detail::require_one_choice_of_rows<Expression<Where>>()) {
            return Delete<Owner, AllRows, Returned>{{}, {}, returned};
        } else {
            return Refused<void>{};
        }
    }

    /// Gives expressions over each row that is removed, or the whole row.
    template <class... Terms>
    constexpr auto returning(Terms... terms) const {
        return with_returning(detail::returning_of<Owner, Returned>(std::move(terms)...));
    }
    template <class Whole>
    constexpr auto returning() const {
        return with_returning(detail::returning_entity<Owner, Returned, Whole>());
    }

    static constexpr ListView<ColumnOrigin> origins() { return detail::origins_of_returning<Returned>(); }

    static constexpr void render(SqlWriter& writer) {
        writer.text("DELETE FROM ");
        name_table(writer, table_of<Owner>());
        if constexpr (Expression<Where>) {
            writer.text(" WHERE ");
            Where::render(writer);
        }
        Returned::render(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        condition.bind(sink);
        returned.bind(sink);
    }

private:
    template <class Clause>
    constexpr auto with_returning(Clause clause) const {
        if constexpr (detail::is_invalid<Clause>) {
            return Refused<void>{};
        } else {
            return Delete<Owner, Where, Clause>{{}, condition, std::move(clause)};
        }
    }
};

/// Starts a DELETE from an entity's table.
template <class Owner>
constexpr auto delete_from() {
    if constexpr (require_writable_entity<Owner>()) {
        return Delete<Owner>{};
    } else {
        return Refused<void>{};
    }
}

}  // namespace mica
