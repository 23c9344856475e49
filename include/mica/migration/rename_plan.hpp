// SPDX-License-Identifier: BSL-1.0
// Which renames apply to a database, and in which order they can be made: that in which they are told says nothing.
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/list_view.hpp>
#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/former_names.hpp>
#include <mica/migration/rowid.hpp>
#include <mica/migration/schema_step.hpp>
#include <mica/migration/table_info.hpp>
#include <mica/migration/table_rebuild.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mica::detail {

/// Writes the steps, and takes the new names over into `actual`. One applies where the former name is there and the new
/// one is not; it makes room for others, until none is left.
template <class Text>
class RenamePlan {
public:
    RenamePlan(const std::vector<BasicTableInfo<Text>>& expected, std::vector<BasicTableInfo<Text>>& actual,
               ListView<SchemaChange> changes, std::vector<BasicSchemaStep<Text>>& steps)
        : expected_(expected), actual_(actual), changes_(changes), steps_(steps) {}

    /// Throws SchemaMismatch where no order says what each was, or two tables are to be one.
    void run() {
        for (const SchemaChange& change : changes_) require_no_circle(change);
        while (rename_one(Kind::rename_table)) {
        }
        for (const SchemaChange& change : changes_) require_one_table(change);
        while (rename_one(Kind::rename_column)) {
        }
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

    const BasicTableInfo<Text>* expected_table(std::string_view shown) const {
        for (const BasicTableInfo<Text>& table : expected_) {
            if (is_same_name(shown_name(table.schema, table.name), shown)) return &table;
        }
        return nullptr;
    }

    /// Where both name things of one kind, that is columns of one table or tables of one schema.
    bool is_beside(const SchemaChange& one, const SchemaChange& other) const {
        if (one.kind != other.kind) return false;
        if (one.kind == Kind::rename_column) return is_same_name(one.table, other.table);
        const BasicTableInfo<Text>* const table = expected_table(one.table);
        const BasicTableInfo<Text>* const beside = expected_table(other.table);
        return table != nullptr && beside != nullptr && is_same_name(table->schema, beside->schema);
    }

    std::string_view new_name(const SchemaChange& change) const {
        if (change.kind == Kind::rename_column) return change.column;
        const BasicTableInfo<Text>* const table = expected_table(change.table);
        return table == nullptr ? std::string_view{} : std::string_view{table->name};
    }

    void require_no_circle(const SchemaChange& change) const {
        if (change.kind != Kind::rename_table && change.kind != Kind::rename_column) return;
        std::vector<Text> reached;
        reached.emplace_back(new_name(change));
        if (is_same_name(reached[0], change.former)) return;
        for (std::size_t i = 0; i < reached.size(); ++i) {
            for (const SchemaChange& next : changes_) {
                if (!is_beside(change, next) || !is_same_name(next.former, reached[i])) continue;
                const std::string_view name = new_name(next);
                if (is_same_name(name, change.former)) {
                    refuse<SchemaMismatch>({change.table, ": ", change.former, " and ", reached[i],
                                            " are each to be called as the other was, directly or by way of more: no "
                                            "database tells whether that was done; a migration() can do it once"});
                }
                bool is_known = false;
                for (const std::string& one : reached) is_known = is_known || is_same_name(one, name);
                if (!is_known) reached.emplace_back(name);
            }
        }
    }

    void require_one_table(const SchemaChange& change) const {
        const BasicTableInfo<Text>* const table =
            change.kind == Kind::rename_table ? expected_table(change.table) : nullptr;
        if (table == nullptr || is_same_name(change.former, table->name)) return;
        const BasicTableInfo<Text>* const former = find(actual_, table->schema, change.former);
        if (former == nullptr || former->kind != TableKind::table ||
            find(actual_, table->schema, table->name) == nullptr)
            return;
        const std::string shown = shown_name(table->schema, change.former);
        bool may_stay = expected_table(shown) != nullptr;
        for (const SchemaChange& other : changes_)
            may_stay = may_stay || (other.kind == Kind::drop_table && is_same_name(other.table, shown));
        if (!may_stay) {
            refuse<SchemaMismatch>({change.table, ": the table ", change.former,
                                    " is to be called so, and both are there; drop_table() can say that ",
                                    change.former, " may go"});
        }
    }

    /// False where none applies.
    bool rename_one(Kind kind) {
        for (const SchemaChange& change : changes_) {
            const BasicTableInfo<Text>* const table = change.kind == kind ? expected_table(change.table) : nullptr;
            if (table == nullptr) continue;
            BasicTableInfo<Text>* const there = find(actual_, table->schema, table->name);
            if (kind == Kind::rename_table) {
                BasicTableInfo<Text>* const former = find(actual_, table->schema, change.former);
                if (former == nullptr || there != nullptr) continue;
                rename_table(*former, *table);
                return true;
            }
            if (there == nullptr || column_named<Text>(*there, change.former) == nullptr ||
                column_named<Text>(*there, change.column) != nullptr)
                continue;
            rename_column(*there, *table, change);
            return true;
        }
        return false;
    }

    void rename_table(BasicTableInfo<Text>& former, const BasicTableInfo<Text>& table) {
        add_step(former, join({"the struct's table is called ", table.name}),
                 join({"ALTER TABLE ", qualified(former), " RENAME TO ", quoted<Text>(table.name)}));
        detail::rename_table<Text>(actual_, former, table.name);
    }

    void rename_column(BasicTableInfo<Text>& former, const BasicTableInfo<Text>& table, const SchemaChange& change) {
        add_step(table, join({change.former, " is called ", change.column}),
                 join({"ALTER TABLE ", qualified(table), " RENAME COLUMN ", quoted<Text>(change.former), " TO ",
                       quoted<Text>(change.column)}));
        detail::rename_column<Text>(actual_, former, change.former, change.column);
    }

    static std::string qualified(const BasicTableInfo<Text>& table) {
        return detail::qualified<Text>(table.schema, table.name);
    }

    void add_step(const BasicTableInfo<Text>& table, std::string reason, std::string sql) {
        BasicSchemaStep<Text>& step = steps_.emplace_back();
        step.table = shown_name(table.schema, table.name);
        step.reason = std::move(reason);
        step.sql = std::move(sql);
        step.renames = true;
    }

    const std::vector<BasicTableInfo<Text>>& expected_;
    std::vector<BasicTableInfo<Text>>& actual_;
    ListView<SchemaChange> changes_;
    std::vector<BasicSchemaStep<Text>>& steps_;
};

}  // namespace mica::detail
