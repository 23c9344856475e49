// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/difference.hpp>
#include <mica/migration/expression_text.hpp>
#include <mica/migration/former_names.hpp>
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
        free_index_names();
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
        return BasicSchemaPlan<BasicSchemaStep<Text>>{std::move(steps_)};
    }

private:
    using Kind = SchemaChange::Kind;

    static BasicTableInfo<Text>* find(std::vector<BasicTableInfo<Text>>& tables, std::string_view schema,
                                      std::string_view name) noexcept {
        for (BasicTableInfo<Text>& table : tables) {
            if (is_same_name(table.schema, schema) && is_same_name(table.name, name)) return &table;
        }
        return nullptr;
    }

    static std::string qualified(const BasicTableInfo<Text>& table) {
        return TableRebuild<Text>::qualified(table.schema, table.name);
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
    void free_index_names() {
        for (const BasicTableInfo<Text>& table : expected_) {
            const BasicTableInfo<Text>* const there = find(actual_, table.schema, table.name);
            for (const BasicIndexInfo<Text>& index : table.indexes) {
                if (there == nullptr || !has_index(*there, index)) free_index_name(table, index.name);
            }
        }
    }

    void free_index_name(const BasicTableInfo<Text>& table, std::string_view name) {
        for (BasicTableInfo<Text>& other : actual_) {
            if (!is_same_name(other.schema, table.schema) || is_same_name(other.name, table.name) ||
                !is_expected(other))
                continue;
            for (std::size_t i = 0; i < other.indexes.size(); ++i) {
                if (!is_same_name(other.indexes[i].name, name)) continue;
                add_step(other, "the index's name is another table's",
                         join({"DROP INDEX ", TableRebuild<Text>::qualified(table.schema, name)}));
                other.indexes.erase(other.indexes.begin() + static_cast<std::ptrdiff_t>(i));
                return;
            }
        }
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
            add_step(table, "it may go", text_of_drop(table)).rows = rows_of(table);
        }
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
            append(sql, {"DROP TRIGGER ", TableRebuild<Text>::qualified(table.schema, trigger.name), ";\n"});
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
                               definition(*column_named<Text>(table, item->column))}));
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
        if (item.expected.empty()) return is_used(former, item.column);
        const BasicColumnInfo<Text>& column = *column_named<Text>(table, item.column);
        if (has_change(Kind::fill, table, item.column) || has_change(Kind::convert, table, item.column)) return true;
        if (!column.generated.empty()) return column.is_stored;
        return column.default_value ? !has_constant_default(column) : !column.is_nullable;
    }

    static bool has_constant_default(const BasicColumnInfo<Text>& column) noexcept {
        if (!column.default_value) return false;
        std::string_view rest = *column.default_value;
        while (true) {
            const Token token = cut_token(rest);
            if (token.kind == 0) return true;
            const bool is_number = token.kind == 'a' && token.text[0] >= '0' && token.text[0] <= '9';
            if (token.kind != '\'' && token.kind != '-' && token.kind != '+' && token.kind != '.' && !is_number)
                return false;
        }
    }

    /// Whether a constraint, an index or another column names a column, so that it cannot be dropped alone.
    static bool is_used(const BasicTableInfo<Text>& table, std::string_view name) {
        const auto names = [name](std::string_view sql) { return mentions<Text>(sql, name); };
        const auto holds = [name](const std::vector<Text>& columns) {
            for (const std::string& column : columns) {
                if (is_same_name(column, name)) return true;
            }
            return false;
        };
        bool is_named = holds(table.primary_key.columns);
        for (const BasicUniqueInfo<Text>& unique : table.uniques) is_named = is_named || holds(unique.columns);
        for (const BasicForeignKeyInfo<Text>& key : table.foreign_keys) is_named = is_named || holds(key.columns);
        for (const BasicCheckInfo<Text>& check : table.checks) is_named = is_named || names(check.condition);
        for (const BasicColumnInfo<Text>& column : table.columns) is_named = is_named || names(column.generated);
        for (const BasicIndexInfo<Text>& index : table.indexes) is_named = is_named || names(index.sql);
        for (const BasicTriggerInfo<Text>& trigger : table.triggers) is_named = is_named || names(trigger.sql);
        return is_named;
    }

    static std::string definition(const BasicColumnInfo<Text>& column) {
        std::string sql = join({quoted<Text>(column.name), " ", column.type, column.is_nullable ? "" : " NOT NULL"});
        if (!column.collation.empty()) append(sql, {" COLLATE ", quoted<Text>(column.collation)});
        if (column.default_value) append(sql, {" DEFAULT (", *column.default_value, ")"});
        if (!column.generated.empty()) append(sql, {" GENERATED ALWAYS AS (", column.generated, ") VIRTUAL"});
        return sql;
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
        TableRebuild<Text>{table, former, changes_}.write(step);
    }

    bool can_be_filled(const BasicTableInfo<Text>& table, std::string_view name) const noexcept {
        const BasicColumnInfo<Text>& column = *column_named<Text>(table, name);
        return column.is_nullable || column.default_value || !column.generated.empty() ||
               has_change(Kind::fill, table, name) || has_change(Kind::convert, table, name);
    }

    /// Those that only one of the two has, by what they say; of the rest the name stays.
    void change_indexes(const BasicTableInfo<Text>& table, const BasicTableInfo<Text>& former) {
        using Rebuild = TableRebuild<Text>;
        const auto goes = [&table](const BasicIndexInfo<Text>& index) {
            return !has_index(table, index) || Rebuild::is_name_taken(table, index);
        };
        for (const BasicIndexInfo<Text>& index : former.indexes) {
            if (goes(index))
                add_step(table, has_index(table, index) ? "its name is another index's" : "no struct has this index",
                         join({"DROP INDEX ", Rebuild::qualified(table.schema, index.name)}));
        }
        for (const BasicIndexInfo<Text>& index : table.indexes) {
            bool stays = has_index(former, index);
            for (const BasicIndexInfo<Text>& other : former.indexes)
                stays = stays && !(Rebuild::is_same_index(other, index) && goes(other));
            if (stays) continue;
            BasicSchemaStep<Text>& step = add_step(table, "an index is missing", index.sql);
            if (index.is_unique) Rebuild{table, former, changes_}.add_unique_check(step, index);
        }
    }

    static bool has_index(const BasicTableInfo<Text>& table, const BasicIndexInfo<Text>& index) {
        const std::string wanted = canonical_index<Text>(index);
        for (const BasicIndexInfo<Text>& other : table.indexes) {
            if (canonical_index<Text>(other) == wanted) return true;
        }
        for (const BasicUniqueInfo<Text>& unique : table.uniques) {
            if (index.is_unique && index.condition.empty() &&
                canonical_set<Text>(unique.columns) == canonical_set<Text>(index.terms))
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
