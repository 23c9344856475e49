// SPDX-License-Identifier: BSL-1.0
// The SELECT that loads a relation of many objects at once. Its text does not depend on their number.
#pragma once

#include <mica/core/value_list.hpp>
#include <mica/query/expression/list_rows.hpp>
#include <mica/query/select/projection.hpp>
#include <mica/schema/option_text.hpp>
#include <mica/schema/relation_key.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace mica {

namespace detail {

/// A column of the other side's key. Those of a child compare as its parent's do, as where the database looks for the
/// parent.
constexpr void render_key_column(SqlWriter& writer, const Table& table, std::size_t column, const Table& parent,
                                 std::size_t parent_column) {
    writer.identifier(table.name);
    writer.put('.');
    writer.identifier(table.columns[column].name);
    const std::string_view collation = collation_of(parent, parent_column);
    if (collation.empty() || same_name(collation, collation_of(table, column))) return;
    writer.text(" COLLATE ");
    writer.identifier(writer.dialect().spelling(collation));
}

/// `"a" IN (list)`; of several columns the lists stand beside each other, row by row.
constexpr void render_in_lists(SqlWriter& writer, const Table& table, const std::uint16_t* columns, const Table& parent,
                               const ForeignKey& key) {
    for (std::size_t i = 0; i < key.count; ++i) {
        writer.text(i > 0 ? ", " : key.count > 1 ? "(" : "");
        render_key_column(writer, table, columns[i], parent, key.parent[i]);
    }
    writer.text(key.count > 1 ? ") IN " : " IN ");
    render_list_rows(writer, key.count);
}

/// `"a" = ?`, of each column.
constexpr void render_key_equality(SqlWriter& writer, const Table& table, const std::uint16_t* columns,
                                   const Table& parent, const ForeignKey& key) {
    for (std::size_t i = 0; i < key.count; ++i) {
        if (i > 0) writer.text(" AND ");
        render_key_column(writer, table, columns[i], parent, key.parent[i]);
        writer.text(" = ");
        writer.parameter();
    }
}

/// `JOIN parent ON parent.a = child.b`
constexpr void render_key_join(SqlWriter& writer, const Table& child, const Table& parent, const ForeignKey& key) {
    writer.text(" JOIN ");
    name_table(writer, parent);
    for (std::size_t i = 0; i < key.count; ++i) {
        writer.text(i == 0 ? " ON " : " AND ");
        writer.identifier(parent.name);
        writer.put('.');
        writer.identifier(parent.columns[key.parent[i]].name);
        writer.text(" = ");
        writer.identifier(child.name);
        writer.put('.');
        writer.identifier(child.columns[key.child[i]].name);
    }
}

/// The place of relation<> of a collection among the options of `Owner`; as many as there are where there is none.
template <class Owner>
constexpr std::size_t reading_of(const void* field) {
    std::size_t place = 0;
    for (const OptionData& option : options_of<Owner>) {
        if (option.kind == OptionKind::relation && option.fields.contains(field)) break;
        ++place;
    }
    return place;
}
template <class Owner>
constexpr bool has_reading_condition(const void* field) {
    const std::size_t place = reading_of<Owner>(field);
    return place < options_of<Owner>.size() && options_of<Owner>[place].has_condition;
}

constexpr void render_key_order(SqlWriter& writer, const Table& table) {
    for (const std::size_t& column : table.key) {
        if (&column != table.key.data()) writer.text(", ");
        writer.identifier(table.name);
        writer.put('.');
        writer.identifier(table.columns[column].name);
    }
}

template <class First, class Second>
consteval auto join_origins() {
    std::array<ColumnOrigin, columns_of<First>.size() + columns_of<Second>.size()> origins{};
    ColumnOrigin* out = origins.data();
    for (const ColumnOrigin& origin : entity_origins<First>) *out++ = origin;
    for (const ColumnOrigin& origin : entity_origins<Second>) *out++ = origin;
    return origins;
}

template <class First, class Second>
inline constexpr auto origins_of_two = join_origins<First, Second>();

}  // namespace detail

/// The targets of a relation field, for those keys of the other side that `lists` has, column by column; `of_one` for
/// one key, which is compared with: SQLite would make a table of a list. Of ManyToMany each row is the association's,
/// then the target's. Those of a collection are as many as relation<> in the owner's mapping says, and in its order,
/// unless has_any_order: where the index of the foreign key gives the children of each parent by their rowid, that is
/// quicker than to sort them all.
template <class Entity, auto relation, bool of_one = false>
struct RelatedRows : Statement<RelatedRows<Entity, relation, of_one>> {
    using OfOne = RelatedRows<Entity, relation, true>;
    using Owner = Entity;
    static constexpr auto member = relation;
    using Relation = reflect::FieldOf<relation>;
    using Traits = detail::RelationTraits<Relation>;
    using Target = typename Traits::Target;
    using Row = Target;
    static constexpr bool is_many_to_many = Traits::kind == RelationKind::many_to_many;
    static constexpr detail::RelationKeys keys = detail::find_relation_keys<Owner, Relation>();
    /// Their order is that of their rowid, in which the reader has to put those that do not come so.
    static constexpr bool has_any_order =
        Traits::kind == RelationKind::has_many && detail::has_rowid_key(table_of<Target>()) &&
        detail::reading_of<Owner>(reflect::address_of(relation)) == detail::options_of<Owner>.size();

    const ValueList* lists;

    static constexpr void render(SqlWriter& writer) {
        const Table& target = table_of<Target>();
        const ForeignKey& key = keys.own.key;
        writer.text("SELECT ");
        if constexpr (is_many_to_many) {
            const Table& association = table_of<typename Traits::Association>();
            detail::render_names(writer, association, true);
            writer.text(", ");
            detail::render_names(writer, target, true);
            writer.text(" FROM ");
            name_table(writer, association);
            detail::render_key_join(writer, association, target, keys.other.key);
            writer.text(" WHERE ");
            render_keys(writer, association, key.child.data(), table_of<Owner>(), key);
        } else {
            detail::render_names(writer, target, true);
            writer.text(" FROM ");
            name_table(writer, target);
            writer.text(" WHERE ");
            if constexpr (Traits::kind == RelationKind::belongs_to) {
                render_keys(writer, target, key.parent.data(), target, key);
            } else {
                render_keys(writer, target, key.child.data(), table_of<Owner>(), key);
            }
        }
        if constexpr (Traits::kind != RelationKind::belongs_to) render_reading(writer, target);
    }
    static constexpr ListView<ColumnOrigin> origins() {
        if constexpr (is_many_to_many) {
            return detail::origins_of_two<typename Traits::Association, Target>;
        } else {
            return detail::entity_origins<Target>;
        }
    }
    template <class Sink>
    void bind(Sink& sink) const {
        for (std::size_t i = 0; i < keys.own.key.count; ++i) {
            if constexpr (of_one) {
                lists[i].send(0, sink);
            } else {
                sink.values(lists[i]);
            }
        }
    }

private:
    static constexpr auto render_keys = of_one ? detail::render_key_equality : detail::render_in_lists;

    static constexpr void render_reading(SqlWriter& writer, const Table& target) {
        constexpr std::size_t place = detail::reading_of<Owner>(reflect::address_of(relation));
        if constexpr (place < detail::options_of<Owner>.size()) {
            [[maybe_unused]] constexpr const OptionRenderers& reading = detail::option_renderers<Owner>[place];
            if constexpr (detail::options_of<Owner>[place].has_condition) {
                writer.text(" AND (");
                reading.condition(writer);
                writer.put(')');
            }
            writer.text(" ORDER BY ");
            if constexpr (detail::options_of<Owner>[place].has_expression) return reading.expression(writer);
        } else if constexpr (has_any_order) {
            return;
        } else {
            writer.text(" ORDER BY ");
        }
        detail::render_key_order(writer, target);
    }
};
template <auto relation>
using SelectRelated = RelatedRows<reflect::OwnerOf<relation>, relation>;

}  // namespace mica
