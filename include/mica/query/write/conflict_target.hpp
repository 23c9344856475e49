// SPDX-License-Identifier: BSL-1.0
// The key that an ON CONFLICT is about: columns of a declared key, or a unique index of the mapping.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/select/clause.hpp>
#include <mica/schema/ddl.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

namespace mica {

/// Whatever key it is.
struct AnyConflict {
    static constexpr bool is_any = true;
    static constexpr void render(SqlWriter&) {}
};

namespace detail {

constexpr void render_fields(SqlWriter& writer, const Table& table, const FieldList& fields) {
    bool first = true;
    for (std::size_t i = 0; i < fields.count; ++i) {
        for (const Column& column : table.columns) {
            if (column.field != fields.addresses[i]) continue;
            if (!detail::exchange(first, false)) writer.text(", ");
            writer.identifier(column.name);
        }
    }
}

}  // namespace detail

/// A key that has no condition, by its fields.
template <class Owner, auto... members>
struct KeyConflict {
    static constexpr bool is_any = false;
    static constexpr void render(SqlWriter& writer) {
        writer.text(" (");
        detail::render_fields(writer, table_of<Owner>(), detail::list_of<members...>());
        writer.put(')');
    }
};

/// A unique index of expressions or with a condition, by its place in the mapping. It is written with the index's own
/// values, not with parameters: SQLite looks for it when the statement is prepared.
template <class Owner, std::size_t option>
struct IndexConflict {
    static constexpr bool is_any = false;
    static constexpr void render(SqlWriter& writer) {
        const OptionData& data = detail::options_of<Owner>[option];
        const bool was_qualified = detail::exchange(writer.qualify_columns, false);
        writer.text(" (");
        if (data.has_expression) {
            detail::option_renderers<Owner>[option].expression(writer);
        } else {
            detail::render_fields(writer, table_of<Owner>(), data.fields);
        }
        writer.put(')');
        if (data.has_condition) {
            writer.text(" WHERE ");
            detail::option_renderers<Owner>[option].condition(writer);
        }
        writer.qualify_columns = was_qualified;
    }
};

namespace detail {

/// What on_conflict() was given, before it is known whether a where() follows.
struct AnyTarget {};
template <auto... members>
struct FieldTarget {};
template <class... Terms>
struct TermTarget {
    ExpressionList<Terms...> terms;
};

template <bool is_key>
consteval bool require_key() {
    static_assert(is_key,
                  "mica: on_conflict() is given no key: it takes the columns of the primary key, of a unique<> or of a "
                  "unique index, whose condition goes to where()");
    return is_key;
}

template <class Expression, class Condition, class... Options>
consteval std::array<bool, sizeof...(Options)> indexes_like(const Mapping<Options...>&) {
    return {{std::same_as<Options, IndexOption<Expression, Condition>>...}};
}

inline constexpr std::size_t no_index = static_cast<std::size_t>(-1);

/// The place in the mapping of the only unique index of these terms or fields that has a condition of this type.
template <class Owner, class Expression, class Condition>
consteval std::size_t find_index(const FieldList& fields) {
    const auto candidates = indexes_like<Expression, Condition>(mapping_of<Owner>);
    std::size_t found = no_index;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const OptionData& option = options_of<Owner>[i];
        if (!candidates[i] || !option.is_unique || !same_fields(option.fields, fields)) continue;
        if (found != no_index) return no_index;
        found = i;
    }
    return found;
}

constexpr bool same_literal(const Literal& left, const Literal& right) {
    if (left.storage != right.storage || left.integer != right.integer || left.text != right.text) return false;
    const bool is_other_real = left.real < right.real || left.real > right.real;
    if (is_other_real || left.blob.size() != right.blob.size()) return false;
    for (std::size_t i = 0; i < left.blob.size(); ++i) {
        if (left.blob[i] != right.blob[i]) return false;
    }
    return true;
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_other_index() {
    throw ProgrammingError(Failure{.message = "mica: on_conflict() repeats the terms and the condition of a unique "
                                              "index, but not the values in them"});
}

/// Throws ProgrammingError where the values of two expressions of one type differ.
template <class Given, class Own>
constexpr void require_same_values(const Given& given, const Own& own) {
    LiteralSink given_values;
    LiteralSink own_values;
    given.bind(given_values);
    own.bind(own_values);
    for (std::size_t i = 0; i < own_values.count; ++i) {
        if (!same_literal(given_values.literals[i], own_values.literals[i])) throw_other_index();
    }
}

template <class Condition>
using ConditionOfIndex = std::conditional_t<is_none<Condition>, NoExpression, Condition>;

/// The index that is found, once its values have been compared.
template <class Owner, std::size_t index, class Terms, class Condition>
constexpr auto take_index([[maybe_unused]] const Terms& terms, [[maybe_unused]] const Condition& condition) {
    if constexpr (!require_key<index != no_index>()) {
        return Invalid{};
    } else {
        [[maybe_unused]] const auto& own = boost::hana::at_c<index>(mapping_of<Owner>.options);
        if constexpr (!is_none<Terms>) require_same_values(terms, own.expression);
        if constexpr (!is_none<Condition>) require_same_values(condition, own.condition);
        return IndexConflict<Owner, index>{};
    }
}

/// The target as the clause has it; Invalid where a sentence has said that it is no key.
template <class Owner>
constexpr auto resolve_target(AnyTarget, None) {
    return AnyConflict{};
}
template <class Owner, auto... members, class Condition>
constexpr auto resolve_target(FieldTarget<members...>, const Condition& condition) {
    if constexpr (is_none<Condition>) {
        if constexpr (require_key<is_unique_key(table_of<Owner>(), list_of<members...>())>()) {
            return KeyConflict<Owner, members...>{};
        } else {
            return Invalid{};
        }
    } else {
        constexpr std::size_t index = find_index<Owner, NoExpression, Condition>(list_of<members...>());
        return take_index<Owner, index>(None{}, condition);
    }
}
template <class Owner, class... Terms, class Condition>
constexpr auto resolve_target(const TermTarget<Terms...>& target, const Condition& condition) {
    constexpr std::size_t index = find_index<Owner, ExpressionList<Terms...>, ConditionOfIndex<Condition>>(FieldList{});
    return take_index<Owner, index>(target.terms, condition);
}

}  // namespace detail

}  // namespace mica
