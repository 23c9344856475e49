// SPDX-License-Identifier: BSL-1.0
// A flush of rows made at run time: planned by mica, carried out on SQLite without it. The first statement that is
// refused is the last, as where it ends the transaction.
#pragma once

#include <mica/session/flush/flush_plan.hpp>

#include "random_tables.hpp"
#include "raw_sqlite.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace mica::test {

/// The rows of each table.
using State = std::vector<std::set<Row>>;

class PlannedFlush {
public:
    PlannedFlush(RandomTables& tables, const std::vector<RandomObject>& objects, bool checks_late)
        : tables_(tables), objects_(objects), checks_late_(checks_late) {
        database_.must("PRAGMA foreign_keys = OFF;" + tables_.ddl());
        for (const RandomObject& object : objects_) {
            if (object.old) database_.must(insert_text(object));
        }
        database_.must("PRAGMA foreign_keys = ON");
    }

    // What run() tells.
    std::string complaint{};  ///< empty where all went well
    mica::detail::PlanFlaw flaw{};
    std::vector<std::string> statements{};
    std::size_t changes = 0;  ///< objects that are new, removed or differ
    std::size_t steps = 0;
    bool was_checked_late = false;

    void run() { complaint = flush(); }

    State rows() {
        State state;
        for (const RandomTable& table : tables_.tables) {
            std::set<Row> rows;
            for (const std::string& text : database_.rows("SELECT * FROM " + table.name)) {
                Row row(1);
                for (const char character : text) {
                    if (character == '|') {
                        row.emplace_back();
                    } else {
                        if (!row.back()) row.back().emplace();
                        *row.back() += character;
                    }
                }
                for (Cell& cell : row) {
                    if (cell == "NULL") cell.reset();
                }
                rows.insert(row);
            }
            state.push_back(std::move(rows));
        }
        return state;
    }
    bool has_broken_keys() { return !database_.rows("PRAGMA foreign_key_check").empty(); }

    std::string describe() const {
        std::string text = tables_.ddl();
        for (const RandomObject& object : objects_) {
            text += object.is_tracked ? "tracked   " : "untracked ";
            text += object.table->name + " " + (object.old ? row_text(object, *object.old) : "new");
            if (object.is_removed) {
                text += " removed";
            } else if (!object.old || object.now != *object.old) {
                text += " -> " + row_text(object, object.now);
            }
            for (std::size_t i = 0; i < object.follows.size(); ++i) {
                if (object.follows[i]) text += " follows" + std::to_string(i);
            }
            if (object.is_generated) text += " generated";
            text += '\n';
        }
        for (const std::string& statement : statements) text += statement + '\n';
        return text + "complaint: " + complaint;
    }

private:
    template <class Element>
    using List = mica::detail::List<Element>;
    using FlushPlan = mica::detail::FlushPlan<>;
    using PlanSchema = mica::detail::PlanSchema<>;
    using PlanStep = mica::detail::PlanStep<>;
    using PlanValue = mica::detail::PlanValue;
    using PlanValueKind = mica::detail::PlanValueKind;
    using PlanVerb = mica::detail::PlanVerb;

    /// A last column "v" is in no key.
    static bool has_rest(const RandomTable& table) { return table.columns.back().name == "v"; }
    static std::string row_text(const RandomObject& object, const Row& row) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i]) text += object.table->columns[i].name + "=" + *row[i] + " ";
        }
        return text;
    }
    static std::string insert_text(const RandomObject& object) {
        std::string text;
        for (std::size_t i = 0; i < object.old->size(); ++i) {
            text += (text.empty() ? "" : ", ") + literal(*object.table, i, (*object.old)[i]);
        }
        return "INSERT INTO " + object.table->name + " VALUES(" + text + ")";
    }
    /// What was complained about.
    std::string flush() {
        List<const Table*> known;
        for (std::size_t i = 0; i < tables_.tables.size(); ++i) known.push_back(&described_tables[i]);
        const PlanSchema schema{known};
        FlushPlan plan{schema, checks_late_};
        std::list<std::string> snapshots;
        std::vector<const RandomObject*> planned;
        for (const RandomObject& object : objects_) {
            if (!object.is_tracked) continue;
            Row now = object.now;
            if (object.is_generated) now[object.table->keys[0][0]] = "0";
            const std::string& before =
                snapshots.emplace_back(object.old ? snapshot_of(*object.table, *object.old) : "");
            const std::string& after = snapshots.emplace_back(object.is_removed ? "" : snapshot_of(*object.table, now));
            const bool differs = has_rest(*object.table) && (!object.old || object.now.back() != object.old->back());
            plan.add(schema.find(described_tables[object.table->number]), before, after, differs);
            planned.push_back(&object);
            if (!object.old || object.is_removed || object.now != *object.old) ++changes;
        }
        for (std::uint32_t row = 0; row < planned.size(); ++row) connect(plan, planned, row);
        if (!plan.make()) {
            flaw = plan.refusal().flaw;
            return "flaw " + std::to_string(static_cast<int>(plan.refusal().flaw)) + " of row " +
                   std::to_string(plan.refusal().row);
        }
        was_checked_late = plan.steps().are_checked_late;
        steps = plan.steps().steps.size();
        statements.emplace_back("BEGIN");
        if (was_checked_late) statements.emplace_back("PRAGMA defer_foreign_keys = ON");
        std::string failure;
        for (const std::string& statement : statements) database_.must(statement);
        for (const PlanStep& step : plan.steps().steps) {
            statements.push_back(text_of(plan, planned, step));
            failure = database_.complaint(statements.back());
            const std::string changed = database_.rows("SELECT changes()")[0];
            const bool is_guarded = was_checked_late && step.guards.count != 0;
            const bool must_change = step.verb != PlanVerb::remove || step.must_exist || is_guarded;
            if (failure.empty() && must_change && changed != "1") failure = "no row: " + statements.back();
            if (!failure.empty()) break;
        }
        if (failure.empty()) failure = database_.complaint("COMMIT");
        if (!failure.empty()) static_cast<void>(database_.complaint("ROLLBACK"));
        return failure;
    }

    /// The relations of objects: to those whose key is not known, and to those that a key means.
    static void connect(FlushPlan& plan, const std::vector<const RandomObject*>& planned, std::uint32_t row) {
        const RandomObject& object = *planned[row];
        if (object.is_removed) return;
        for (std::size_t i = 0; i < object.table->references.size(); ++i) {
            const RandomReference& reference = object.table->references[i];
            ForeignKey key;
            for (const std::size_t column : reference.columns) {
                key.parent[key.count] = static_cast<std::uint16_t>(reference.parent_columns()[key.count]);
                key.child[key.count++] = static_cast<std::uint16_t>(column);
            }
            const KeyOf wanted = key_of(object.now, reference.columns);
            for (std::uint32_t parent = 0; wanted && parent < planned.size(); ++parent) {
                const RandomObject& other = *planned[parent];
                const bool was_it = other.table == reference.parent && other.old &&
                                    key_of(*other.old, reference.parent_columns()) == wanted;
                if (object.follows[i] && was_it) plan.follow(row, key, parent);
                if (other.is_generated && other.table == reference.parent &&
                    key_of(other.now, reference.parent_columns()) == wanted)
                    plan.refer(row, key, parent);
            }
        }
    }

    static std::string value_text(const FlushPlan& plan, const std::vector<const RandomObject*>& planned,
                                  PlanValue value) {
        if (value == 0) return "NULL";
        const std::uint32_t number = plan.values().number(value);
        switch (plan.values().kind(value)) {
            case PlanValueKind::generated: return *planned[number]->now[planned[number]->table->keys[0][0]];
            case PlanValueKind::unused:
                return plan.values().storage(value) == StorageClass::text ? "'unused " + std::to_string(number) + "'"
                                                                          : std::to_string(-1000000 - int(number));
            case PlanValueKind::known: break;
        }
        const mica::detail::SnapshotCell cell = plan.values().cell(value);
        return cell.storage_class() == StorageClass::text ? "'" + std::string{cell.text()} + "'"
                                                          : std::to_string(cell.integer());
    }
    std::string text_of(const FlushPlan& plan, const std::vector<const RandomObject*>& planned,
                        const PlanStep& step) const {
        const RandomObject& object = *planned[step.row];
        const RandomTable& table = *object.table;
        std::map<std::size_t, std::string> columns;
        for (std::uint32_t i = 0; i < step.columns.count; ++i) {
            const auto& assignment = plan.steps().assignments[step.columns.first + i];
            columns[assignment.column] = value_text(plan, planned, assignment.value);
        }
        if (step.has_rest && has_rest(table))
            columns[table.columns.size() - 1] = literal(table, table.columns.size() - 1, object.now.back());
        std::string names;
        std::string values;
        std::string assignments;
        for (const auto& [column, value] : columns) {
            names += (names.empty() ? "" : ", ") + table.columns[column].name;
            values += (values.empty() ? "" : ", ") + value;
            assignments += (assignments.empty() ? "" : ", ") + table.columns[column].name + " = " + value;
        }
        std::string where;
        for (std::uint32_t i = 0; i < step.key.count; ++i) {
            where += (where.empty() ? " WHERE " : " AND ") + table.columns[table.keys[0][i]].name + " = " +
                     value_text(plan, planned, plan.steps().values[step.key.first + i]);
        }
        const std::string key = where.empty() ? "" : where.substr(7);
        for (std::uint32_t i = 0; was_checked_late && i < step.guards.count; ++i) {
            const auto& guard = plan.steps().guards[step.guards.first + i];
            const mica::detail::PlanReference<>& reference = plan.schema().references[guard.reference];
            const mica::detail::PlanTable<>& child = plan.schema().tables[reference.table];
            std::string text;
            for (std::size_t c = 0; c < reference.slots.size(); ++c) {
                text += (text.empty() ? "" : " AND ") +
                        std::string{child.table->columns[child.columns[reference.slots[c]]].name} + " = " +
                        value_text(plan, planned, plan.key_values().values(guard.value)[c]);
            }
            if (child.table->name == table.name && !key.empty()) text += " AND NOT (" + key + ")";
            where += (where.empty() ? " WHERE " : " AND ") + std::string{"NOT EXISTS (SELECT 1 FROM "} +
                     std::string{child.table->name} + " WHERE " + text + ")";
        }
        switch (step.verb) {
            case PlanVerb::insert: return "INSERT INTO " + table.name + "(" + names + ") SELECT " + values + where;
            case PlanVerb::update: return "UPDATE " + table.name + " SET " + assignments + where;
            case PlanVerb::remove: break;
        }
        return "DELETE FROM " + table.name + where;
    }

    RandomTables& tables_;
    const std::vector<RandomObject>& objects_;
    bool checks_late_;
    RawDatabase database_{};
};

}  // namespace mica::test
