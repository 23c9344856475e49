// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/column_change.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/difference.hpp>
#include <mica/migration/expression_text.hpp>
#include <mica/migration/former_names.hpp>
#include <mica/migration/full_text_content.hpp>
#include <mica/migration/index_meaning.hpp>
#include <mica/migration/rename_plan.hpp>
#include <mica/migration/schema_plan.hpp>
#include <mica/migration/table_rebuild.hpp>

namespace mica::detail {

template <class Text>
class SchemaPlanner {
public:
    SchemaPlanner(const std::vector<BasicTableInfo<Text>>& expected, std::vector<BasicTableInfo<Text>> actual,
                  ListView<SchemaChange> changes, RowCounter<Text> rows)
        : expected_(expected), actual_(std::move(actual)), changes_(changes), rows_(rows) {}

    BasicSchemaPlan<BasicSchemaStep<Text>> run() {
        count_rows();
        RenamePlan<Text>{expected_, actual_, changes_, steps_}.run();
        while (free_index_names()) continue;
        const auto difference = compare_tables<Text>(expected_, actual_);
        const auto is_new_table = [this](const BasicTableInfo<Text>& table) {
            return table.kind == TableKind::table && find(actual_, table.schema, table.name) == nullptr;
        };
        // New tables first: those that are there may reference them.
        for (const BasicTableInfo<Text>& table : expected_) {
            if (is_new_table(table)) create(table);
        }
        for (const BasicTableInfo<Text>& table : expected_) {
            if (const BasicTableInfo<Text>* const former = find(actual_, table.schema, table.name)) {
                plan_table(table, *former, difference);
            } else if (!is_new_table(table)) {
                create(table);
            }
        }
        for (const SchemaChange& change : changes_) {
            if (change.kind == SchemaChange::Kind::drop_table) drop(change.table);
        }
        for (const BasicSchemaStep<Text>& step : steps_) require_unhidden(step.table);
        return BasicSchemaPlan<BasicSchemaStep<Text>>{std::move(steps_)};
    }

private:
    using Kind = SchemaChange::Kind;

    static const BasicTableInfo<Text>* find(const std::vector<BasicTableInfo<Text>>& tables, std::string_view schema,
                                            std::string_view name) noexcept {
        for (const BasicTableInfo<Text>& table : tables) {
            if (is_same_name(table.schema, schema) && is_same_name(table.name, name)) return &table;
        }
        return nullptr;
    }

    /// Names without a schema mean a temporary table or view first.
    void require_unhidden(std::string_view name) {
        const BasicTableInfo<Text>* const hiding = find(actual_, "temp", name);
        if (hiding == nullptr) return;
        const bool is_view = hiding->kind == TableKind::view;
        refuse<SchemaMismatch>({"a temporary ", is_view ? "view" : "table", " hides the table ", name});
    }

    /// For a table that is made anew: nothing of its schema is called so, nor a temporary table, which would hide it.
    std::string free_name(const BasicTableInfo<Text>& table) const {
        std::string name = join({"mica_new_", table.name});
        while (is_taken(expected_, table.schema, name) || is_taken(actual_, table.schema, name)) append(name, {"_"});
        return name;
    }

    static bool is_taken(const std::vector<BasicTableInfo<Text>>& tables, std::string_view schema,
                         std::string_view name) {
        for (const BasicTableInfo<Text>& table : tables) {
            if (!is_same_name(table.schema, schema) && !is_same_name(table.schema, "temp")) continue;
            if (is_same_name(table.name, name)) return true;
            for (const BasicIndexInfo<Text>& index : table.indexes) {
                if (is_same_name(index.name, name)) return true;
            }
        }
        return false;
    }

    static std::string qualified(const BasicTableInfo<Text>& table) {
        return detail::qualified<Text>(table.schema, table.name);
    }

    /// Before any rename: the database knows the tables by these names.
    void count_rows() {
        for (const BasicTableInfo<Text>& table : actual_)
            counts_.push_back(table.kind == TableKind::table ? rows_.count(rows_.context, table) : 0);
    }

    std::int64_t rows_of(const BasicTableInfo<Text>& table) const noexcept {
        return counts_[static_cast<std::size_t>(&table - actual_.data())];
    }

    BasicSchemaStep<Text>& add_step(const BasicTableInfo<Text>& table, std::string reason, std::string sql = {}) {
        BasicSchemaStep<Text>& step = steps_.emplace_back();
        step.table = shown_name(table);
        step.reason = std::move(reason);
        step.sql = std::move(sql);
        return step;
    }

    /// Names of indexes are a schema's: a table that is called otherwise now gives those to the one that has its name.
    /// False where each can be had: an index that goes is one that is missing.
    bool free_index_names() {
        bool has_freed = false;
        for (const BasicTableInfo<Text>& table : expected_) {
            const BasicTableInfo<Text>* const there = find(actual_, table.schema, table.name);
            for (const BasicIndexInfo<Text>& index : table.indexes) {
                if (there == nullptr || !has_index(*there, table, index))
                    has_freed = free_index_name(table, index.name) || has_freed;
            }
        }
        return has_freed;
    }

    bool free_index_name(const BasicTableInfo<Text>& table, std::string_view name) {
        for (BasicTableInfo<Text>& other : actual_) {
            if (!is_same_name(other.schema, table.schema) || is_same_name(other.name, table.name) ||
                !is_expected(other))
                continue;
            for (std::size_t i = 0; i < other.indexes.size(); ++i) {
                if (!is_same_name(other.indexes[i].name, name)) continue;
                add_step(other, "the index's name is another table's",
                         drop_of_index<Text>(actual_, table.schema, name));
                other.indexes.erase(other.indexes.begin() + static_cast<std::ptrdiff_t>(i));
                return true;
            }
        }
        return false;
    }

    void create(const BasicTableInfo<Text>& table) { add_step(table, "there is no such table", text_of(table)); }

    static std::string text_of(const BasicTableInfo<Text>& table) {
        std::string sql = table.sql;
        for (const BasicIndexInfo<Text>& index : table.indexes) append(sql, {";\n", index.sql});
        for (const BasicTriggerInfo<Text>& trigger : table.triggers) append(sql, {";\n", trigger.sql});
        return sql;
    }

    static std::string shown_name(const BasicTableInfo<Text>& table) {
        return detail::shown_name(table.schema, table.name);
    }

    /// What is in no struct: what a struct asks for was replaced, where it had to be.
    void drop(std::string_view name) {
        for (const BasicTableInfo<Text>& table : actual_) {
            if (table.kind == TableKind::view || !is_same_name(shown_name(table), name) || is_expected(table)) continue;
            BasicSchemaStep<Text>& step = add_step(table, "it may go", text_of_drop(table));
            step.rows = rows_of(table);
            for (const BasicTableInfo<Text>& child : actual_) {
                const BasicTableInfo<Text>* const stays = find(expected_, child.schema, child.name);
                if (!references(stays == nullptr ? child : *stays, table) || (stays == nullptr && may_go(child)))
                    continue;
                append(step.reason, {"; ", shown_name(child), " references it and could be written no more"});
                step.loses = true;
            }
        }
    }

    static bool references(const BasicTableInfo<Text>& child, const BasicTableInfo<Text>& parent) noexcept {
        bool is_found = false;
        for (const BasicForeignKeyInfo<Text>& key : child.foreign_keys)
            is_found = is_found || is_same_name(key.target, parent.name);
        return is_found && is_same_name(child.schema, parent.schema);
    }

    bool is_expected(const BasicTableInfo<Text>& table) const noexcept {
        for (const BasicTableInfo<Text>& other : expected_) {
            if (is_same_name(other.schema, table.schema) && is_same_name(other.name, table.name)) return true;
        }
        return false;
    }

    /// A full-text index does not take those triggers along by which it follows its content.
    std::string text_of_drop(const BasicTableInfo<Text>& table) const {
        std::string sql;
        const auto drop_trigger = [&](const BasicTableInfo<Text>&, const BasicTriggerInfo<Text>& trigger) {
            append(sql, {"DROP TRIGGER ", detail::qualified<Text>(trigger.schema, trigger.name), ";\n"});
        };
        if (table.kind == TableKind::virtual_table) each_follower(table, drop_trigger);
        append(sql, {table.kind == TableKind::view ? "DROP VIEW " : "DROP TABLE ", qualified(table)});
        return sql;
    }

    template <class Action>
    void each_follower(const BasicTableInfo<Text>& index, Action action) const {
        for (const BasicTableInfo<Text>& table : actual_) {
            if (!is_same_name(table.schema, index.schema)) continue;
            for (const BasicTriggerInfo<Text>& trigger : table.triggers) {
                for (const std::string_view event : {"_insert", "_delete", "_update"}) {
                    if (is_same_name(trigger.name, join({"tr_", index.name, event}))) action(table, trigger);
                }
            }
        }
    }

    bool is_accepted(const BasicDifferenceItem<Text>& item) const noexcept {
        for (const SchemaChange& change : changes_) {
            if (change.kind == Kind::accept_affinity && item.kind == DifferenceKind::strict && item.actual.empty())
                return true;
        }
        return false;
    }

    bool has_change(Kind kind, const BasicTableInfo<Text>& table, std::string_view column) const noexcept {
        for (const SchemaChange& change : changes_) {
            if (change.kind == kind && is_same_name(change.table, shown_name(table)) &&
                is_same_name(change.column, column))
                return true;
        }
        return false;
    }

    void plan_table(const BasicTableInfo<Text>& table, const BasicTableInfo<Text>& former,
                    const BasicDifference<BasicDifferenceItem<Text>>& difference) {
        if (table.kind != TableKind::table || former.kind != TableKind::table)
            return replace(table, former, difference);
        std::vector<const BasicDifferenceItem<Text>*> items;
        bool is_rebuild = false;
        for (const BasicDifferenceItem<Text>& item : difference) {
            if (!is_same_name(item.table, shown_name(table)) || is_accepted(item)) continue;
            items.push_back(&item);
            is_rebuild = is_rebuild || needs_rebuild(table, former, item);
        }
        if (items.empty()) return;
        if (is_rebuild) return rebuild(table, former, items);
        for (const BasicDifferenceItem<Text>* const item : items) {
            if (item->kind == DifferenceKind::index) continue;
            if (item->actual.empty()) {
                add_step(table, item->text.substr(item->table.size() + 1),
                         join({"ALTER TABLE ", qualified(table), " ADD COLUMN ",
                               definition<Text>(*column_named<Text>(table, item->column))}));
            }
        }
        change_indexes(table, former);
        for (const BasicDifferenceItem<Text>* const item : items) {
            if (item->kind == DifferenceKind::column && item->expected.empty()) {
                BasicSchemaStep<Text>& step =
                    add_step(table, join({"no struct has the column ", item->column}),
                             join({"ALTER TABLE ", qualified(table), " DROP COLUMN ", quoted<Text>(item->column)}));
                step.loses = !has_change(Kind::drop_column, table, item->column);
                step.rows = rows_of(former);
            }
        }
    }

    /// What no ALTER TABLE of SQLite can do.
    bool needs_rebuild(const BasicTableInfo<Text>& table, const BasicTableInfo<Text>& former,
                       const BasicDifferenceItem<Text>& item) const {
        if (item.kind == DifferenceKind::index) return false;
        if (item.kind != DifferenceKind::column) return true;
        if (item.expected.empty()) return is_used<Text>(former, item.column);
        const BasicColumnInfo<Text>& column = *column_named<Text>(table, item.column);
        if (has_change(Kind::fill, table, item.column) || has_change(Kind::convert, table, item.column)) return true;
        if (!column.generated.empty()) return column.is_stored;
        return column.default_value ? !has_constant_default<Text>(column) : !column.is_nullable;
    }

    void rebuild(const BasicTableInfo<Text>& table, const BasicTableInfo<Text>& former,
                 const std::vector<const BasicDifferenceItem<Text>*>& items) {
        std::string reason;
        std::string losses;
        for (const BasicDifferenceItem<Text>* const item : items) {
            append(reason, {reason.empty() ? "" : "; ", item->text});
            if (item->kind == DifferenceKind::generated && item->actual.empty() &&
                !has_change(Kind::drop_column, table, item->column) && !has_change(Kind::convert, table, item->column))
                append(losses, {"; what is in ", item->column, " is lost, it is computed from now on"});
            if (item->kind != DifferenceKind::column) continue;
            const bool is_dropped = item->expected.empty();
            if (is_dropped && !has_change(Kind::drop_column, table, item->column)) {
                append(losses, {"; what is in ", item->column, " is lost"});
            } else if (!is_dropped && !can_be_filled(table, item->column) && rows_of(former) > 0) {
                append(losses, {"; ", item->column, " cannot be filled: it has no default, fill<> can give a value"});
            }
        }
        BasicSchemaStep<Text>& step = add_step(table, join({reason, losses}));
        step.loses = !losses.empty();
        step.rows = rows_of(former);
        TableRebuild<Text> made_anew{table, former, changes_};
        made_anew.write(step, free_name(table));
        if (made_anew.change_rows()) follow_rows(table);
    }

    /// A full-text index of another program that reads these rows: no trigger tells it.
    void follow_rows(const BasicTableInfo<Text>& content) {
        for (const BasicTableInfo<Text>& index : actual_) {
            if (!is_same_name(index.schema, content.schema) || is_expected(index) ||
                !is_same_name(content_of<Text>(index), content.name))
                continue;
            add_step(index, "its content is made anew",
                     join({"INSERT INTO ", qualified(index), " (", quoted<Text>(index.name), ") VALUES ('rebuild')"}));
        }
    }

    bool can_be_filled(const BasicTableInfo<Text>& table, std::string_view name) const noexcept {
        const BasicColumnInfo<Text>& column = *column_named<Text>(table, name);
        return column.is_nullable || column.default_value || !column.generated.empty() ||
               has_change(Kind::fill, table, name) || has_change(Kind::convert, table, name);
    }

    /// Those that only one of the two has, by what they say; of the rest the name stays.
    void change_indexes(const BasicTableInfo<Text>& table, const BasicTableInfo<Text>& former) {
        using Rebuild = TableRebuild<Text>;
        const auto goes = [&](const BasicIndexInfo<Text>& index) {
            return !has_index(table, former, index) || is_name_taken<Text>(table, index, former);
        };
        for (const BasicIndexInfo<Text>& index : former.indexes) {
            if (goes(index))
                add_step(table,
                         has_index(table, former, index) ? "its name is another index's" : "no struct has this index",
                         drop_of_index<Text>(actual_, table.schema, index.name));
        }
        for (const BasicIndexInfo<Text>& index : table.indexes) {
            bool stays = has_index(former, table, index);
            for (const BasicIndexInfo<Text>& other : former.indexes)
                stays = stays && !(is_same_index<Text>(former, other, table, index) && goes(other));
            if (stays) continue;
            BasicSchemaStep<Text>& step = add_step(table, "an index is missing", index.sql);
            if (index.is_unique) Rebuild{table, former, changes_}.add_unique_check(step, index);
        }
    }

    /// Whether a table has an index that does what this one of `owner` does.
    static bool has_index(const BasicTableInfo<Text>& table, const BasicTableInfo<Text>& owner,
                          const BasicIndexInfo<Text>& index) {
        for (const BasicIndexInfo<Text>& other : table.indexes) {
            if (is_same_index<Text>(table, other, owner, index)) return true;
        }
        for (const BasicUniqueInfo<Text>& unique : table.uniques) {
            if (index.is_unique && index.condition.empty() &&
                canonical_terms<Text>(table, terms_of<Text>(unique)) == canonical_terms<Text>(owner, index.terms))
                return true;
        }
        return false;
    }

    /// A view or a module's table cannot become another: what is in it is not the table's.
    void replace(const BasicTableInfo<Text>& table, const BasicTableInfo<Text>& former,
                 const BasicDifference<BasicDifferenceItem<Text>>& difference) {
        bool is_replaced = false;
        for (const BasicDifferenceItem<Text>& item : difference) {
            if (!is_same_name(item.table, shown_name(table))) continue;
            BasicSchemaStep<Text>& step = add_step(table, join({item.text, "; what is in it is lost"}),
                                                   join({text_of_drop(former), ";\n", text_of(table)}));
            step.loses = !may_go(former);
            is_replaced = true;
        }
        if (!is_replaced && is_stale(table)) add_step(table, "it has to follow its content anew", text_of(table));
    }

    bool may_go(const BasicTableInfo<Text>& table) const {
        for (const SchemaChange& change : changes_) {
            if (change.kind == Kind::drop_table && is_same_name(change.table, shown_name(table))) return true;
        }
        return false;
    }

    /// Of a full-text index of another table's rows: whether it has not all of its triggers, or those rows are made
    /// anew, which fires none.
    bool is_stale(const BasicTableInfo<Text>& index) const {
        std::string_view rest = index.sql;
        cut_statement(rest);
        if (trim(rest).empty()) return false;
        int count = 0;
        bool has_other_rows = false;
        each_follower(index, [&](const BasicTableInfo<Text>& content, const BasicTriggerInfo<Text>&) {
            ++count;
            for (const BasicSchemaStep<Text>& step : steps_)
                has_other_rows = has_other_rows || (step.rebuilds && is_same_name(step.table, shown_name(content)));
        });
        return count < 3 || has_other_rows;
    }

    const std::vector<BasicTableInfo<Text>>& expected_;
    std::vector<BasicTableInfo<Text>> actual_;
    ListView<SchemaChange> changes_;
    RowCounter<Text> rows_;
    List<std::int64_t> counts_{};
    std::vector<BasicSchemaStep<Text>> steps_{};
};

template <class Text>
BasicSchemaPlan<BasicSchemaStep<Text>> plan_schema(const std::vector<BasicTableInfo<Text>>& expected,
                                                   std::vector<BasicTableInfo<Text>> actual,
                                                   ListView<SchemaChange> changes, RowCounter<Text> rows) {
    return SchemaPlanner<Text>{expected, std::move(actual), changes, rows}.run();
}

}  // namespace mica::detail
