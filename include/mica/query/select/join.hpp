// SPDX-License-Identifier: BSL-1.0
// JOIN: its condition as given, or found from the one foreign key that leads from either side to the other.
#pragma once

#include <mica/query/expression/alias.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

enum class JoinKind : unsigned char { inner, left, right, full, cross };

/// One joined source. An inner join may go without a condition only as a cross join.
template <JoinKind join_kind, class JoinedSource, class Condition>
struct Join {
    using Source = JoinedSource;
    using On = Condition;
    using Children = Types<JoinedSource, Condition>;
    static constexpr JoinKind kind = join_kind;

    JoinedSource source;
    Condition condition;

    static constexpr void render(SqlWriter& writer) {
        constexpr std::string_view words[]{" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ", " CROSS JOIN "};
        writer.text(words[static_cast<std::size_t>(kind)]);
        if (kind == JoinKind::right || kind == JoinKind::full) writer.need(Feature::full_join);
        JoinedSource::render(writer);
        if constexpr (!is_none<Condition>) {
            writer.text(" ON ");
            Condition::render(writer);
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        source.bind(sink);
        condition.bind(sink);
    }
};

/// `child.a = parent.b AND …`, for the columns of a foreign key; of a full-text index the key of the row in its
/// content.
template <class Child, class Parent, std::size_t option>
struct ForeignKeyCondition : Operand<ForeignKeyCondition<Child, Parent, option>> {
    using Value = bool;
    using Children = Types<>;
    static constexpr int precedence = precedence::conjunction;

    static constexpr void render(SqlWriter& writer) {
        const OptionData& key = Child::table().options[option];
        if (key.has_content) {
            name(writer, Child::table(), full_text_key);
            writer.text(" = ");
            const Table& content = Parent::table();
            return name(writer, content, content.columns[content.key[0]].name);
        }
        for (std::size_t i = 0; i < key.fields.count; ++i) {
            if (i > 0) writer.text(" AND ");
            name(writer, Child::table(), column_of(Child::table(), key.fields.addresses[i]));
            writer.text(" = ");
            name(writer, Parent::table(), column_of(Parent::table(), key.target_fields.addresses[i]));
        }
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}

private:
    static constexpr std::string_view column_of(const Table& table, const void* field) {
        return table.columns[table.column_of(field)].name;
    }
    static constexpr void name(SqlWriter& writer, const Table& table, std::string_view column) {
        writer.identifier(table.name);
        writer.put('.');
        writer.identifier(column);
    }
};

namespace detail {

/// How many foreign keys lead from a child to a parent, and the last of them.
struct Links {
    std::size_t count = 0;
    std::size_t option = 0;
};

template <class Child, class Parent>
constexpr Links find_links() {
    Links links;
    if constexpr (requires {
                      typename Child::Entity;
                      typename Parent::Entity;
                  }) {
        constexpr const auto& targets = targets_of<typename Child::Entity>;
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const OptionData& option = Child::table().options[i];
            if (option.kind != OptionKind::foreign_key && !option.has_content) continue;
            if (targets[i]->identity != Parent::table().identity) continue;
            ++links.count;
            links.option = i;
        }
    }
    return links;
}

/// Adds up candidates of which one alone has a condition.
template <class Condition>
struct Candidate {
    Condition condition;

    template <class Other>
    constexpr auto operator+(Candidate<Other> other) const {
        if constexpr (is_none<Condition>) {
            return other;
        } else {
            return *this;
        }
    }
};

template <class New, class Existing>
consteval auto find_condition() {
    if constexpr (find_links<New, Existing>().count == 1) {
        return Candidate<ForeignKeyCondition<New, Existing, find_links<New, Existing>().option>>{};
    } else if constexpr (find_links<Existing, New>().count == 1) {
        return Candidate<ForeignKeyCondition<Existing, New, find_links<Existing, New>().option>>{};
    } else {
        return Candidate<None>{};
    }
}

/// The only foreign key between a new source and one of those before it, as a condition; else what is wrong, in words.
template <class New, class... Existing>
consteval auto infer_condition() {
    constexpr std::size_t count =
        ((find_links<New, Existing>().count + find_links<Existing, New>().count) + ... + std::size_t{0});
    constexpr bool are_linked = count != 0;
    constexpr bool is_one_link = count <= 1;
    static_assert(are_linked,
                  "mica: no foreign key leads from this table to the others or back; give the condition to join()");
    static_assert(is_one_link,
                  "mica: more than one foreign key leads from this table to the others or back; give the condition to "
                  "join()");
    if constexpr (count != 1) {
        return Invalid{};
    } else {
        return (find_condition<New, Existing>() + ...).condition;
    }
}

}  // namespace detail

/// FROM: the first source, and what is joined to it.
template <class First, class... Joins>
struct FromClause {
    using Children = Types<First, Joins...>;
    static constexpr bool has_joins = sizeof...(Joins) > 0;
    static constexpr bool has_outer_join =
        (false || ... ||
         (Joins::kind == JoinKind::left || Joins::kind == JoinKind::right || Joins::kind == JoinKind::full));

    First first{};
    boost::hana::basic_tuple<Joins...> joins{};

    /// Whether it is the source of a table's columns.
    static constexpr bool provides(const Table& table) {
        return First::table().is(table) || (false || ... || Joins::Source::table().is(table));
    }
    /// Whether two sources go by one name, as SQLite compares them.
    static constexpr bool has_duplicates() {
        const Table* const tables[]{&First::table(), &Joins::Source::table()...};
        for (const Table* const* left = tables; left != tables + 1 + sizeof...(Joins); ++left) {
            for (const Table* const* right = tables; right != left; ++right) {
                if (detail::same_name((*left)->name, (*right)->name)) return true;
            }
        }
        return false;
    }
    /// Whether the condition of a join uses a table that is joined only after it.
    static constexpr bool looks_ahead() {
        if constexpr (sizeof...(Joins) > 1) {
            const Inspection* const conditions[]{&inspection_of<typename Joins::On>...};
            const Table* const tables[]{&Joins::Source::table()...};
            for (std::size_t i = 0; i < sizeof...(Joins); ++i) {
                for (std::size_t later = i + 1; later < sizeof...(Joins); ++later) {
                    if (conditions[i]->reads(*tables[later])) return true;
                }
            }
        }
        return false;
    }
    static consteval std::array<JoinedTable, 1 + sizeof...(Joins)> joined_tables() {
        std::array<JoinedTable, 1 + sizeof...(Joins)> joined{{{&First::table()}, {&Joins::Source::table()}...}};
        std::size_t place = 0;
        (mark_outer(joined.data(), ++place, Joins::kind), ...);
        return joined;
    }

    static constexpr void render(SqlWriter& writer) {
        writer.text(" FROM ");
        First::render(writer);
        (Joins::render(writer), ...);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        first.bind(sink);
        detail::bind_each(joins, sink);
    }

private:
    static constexpr void mark_outer(JoinedTable* joined, std::size_t place, JoinKind kind) {
        if (kind == JoinKind::right || kind == JoinKind::full) {
            for (std::size_t before = 0; before < place; ++before) joined[before].is_outer = true;
        }
        if (kind == JoinKind::left || kind == JoinKind::full) joined[place].is_outer = true;
    }
};

namespace detail {

template <class First, class... Joins, class New, std::size_t... indices>
constexpr FromClause<First, Joins..., New> append_join(const FromClause<First, Joins...>& from, New joined,
                                                       std::index_sequence<indices...>) {
    return {from.first,
            boost::hana::basic_tuple<Joins..., New>{boost::hana::at_c<indices>(from.joins)..., std::move(joined)}};
}

template <class New, class First, class... Joins>
consteval auto infer_condition(std::type_identity<FromClause<First, Joins...>>) {
    return infer_condition<New, First, typename Joins::Source...>();
}

/// FROM with one source more.
template <JoinKind kind, class First, class... Joins, class New, class Condition>
constexpr auto add_join(const FromClause<First, Joins...>& from, New source, Condition condition) {
    using Joined = Join<kind, New, Condition>;
    return append_join(from, Joined{std::move(source), std::move(condition)}, std::index_sequence_for<Joins...>{});
}

/// Whether columns of a table are in scope; of none where there is no FROM.
template <class From>
constexpr bool provides(const Table& table) {
    if constexpr (is_none<From>) {
        return false;
    } else {
        return From::provides(table);
    }
}

template <class From>
consteval bool has_outer_join() {
    if constexpr (is_none<From>) {
        return false;
    } else {
        return From::has_outer_join;
    }
}

template <class From>
inline constexpr auto joined_tables_of = From::joined_tables();

template <class From>
inline constexpr OuterTables outer_tables_of{joined_tables_of<From>};

}  // namespace detail

}  // namespace mica
