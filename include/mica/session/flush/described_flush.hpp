// SPDX-License-Identifier: BSL-1.0
// What a flush would write, in words and in its order.
#pragma once

#include <mica/session/flush/step_writer.hpp>
#include <mica/session/flush/table_order.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mica::detail {

/// The key that the database will choose is empty.
template <class Planned>
void describe_insert(const Table& table, Planned& planned) {
    for (const Column& column : table.columns) {
        const bool is_chosen = planned.key.empty() && &column - table.columns.data() == table.generated_key;
        if (!column.is_generated && !is_chosen) planned.columns.push_back(column.name);
    }
}

template <class Planned = PlannedChange>
Planned describe(const Change& change) {
    const Table& table = change.tracked->table();
    Planned planned{change.kind, table.name, key_text(table, change.snapshot), {}};
    if (change.kind == ChangeKind::insert) {
        describe_insert(table, planned);
    } else if (change.kind == ChangeKind::update) {
        planned.key = key_text(table, change.tracked->snapshot);
        change.columns.for_each([&](std::size_t column) { planned.columns.push_back(table.columns[column].name); });
    }
    return planned;
}

/// Where the order of the tables is enough.
template <class Planned = PlannedChange, class Lazy>
std::vector<Planned> describe(const TableOrder<Lazy>& order, const List<Change>& changes) {
    std::vector<Planned> plan;
    order.for_each([&](std::uint32_t number) { plan.push_back(describe<Planned>(changes[number])); });
    return plan;
}

template <class Planned = PlannedChange, class Lazy>
Planned describe(const FlushRows<Lazy>& rows, const PlanStep<Lazy>& step) {
    const FlushRow<Lazy>& row = rows[step.row];
    const Table& table = row.tracked->table();
    if (step.verb == PlanVerb::insert) {
        Planned planned{ChangeKind::insert, table.name, key_text(table, row.change->snapshot), {}};
        describe_insert(table, planned);
        return planned;
    }
    Planned planned{step.verb == PlanVerb::update ? ChangeKind::update : ChangeKind::remove, table.name, {}, {}};
    for (std::uint32_t i = 0; i < step.key.count; ++i) {
        if (i != 0) append(planned.key, {", "});
        const PlanValue value = rows.plan().steps().values[step.key.first + i];
        rows.with_cell(value, [&](SnapshotCell cell) { append_value(planned.key, cell); });
    }
    if (step.verb == PlanVerb::remove) return planned;
    columns_of_step(rows, step).for_each([&](std::size_t column) {
        planned.columns.push_back(table.columns[column].name);
    });
    return planned;
}

template <class Planned = PlannedChange, class Lazy>
std::vector<Planned> describe(const FlushRows<Lazy>& rows) {
    std::vector<Planned> plan;
    for (const PlanStep<Lazy>& step : rows.plan().steps().steps) plan.push_back(describe<Planned>(rows, step));
    return plan;
}

}  // namespace mica::detail
