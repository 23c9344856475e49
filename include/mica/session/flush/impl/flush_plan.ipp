// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/session/flush/fates.hpp>
#include <mica/session/flush/flush_plan.hpp>
#include <mica/session/flush/row_events.hpp>
#include <mica/session/flush/row_order.hpp>

namespace mica::detail {

template <class Lazy>
bool FlushPlan<Lazy>::make() {
    try {
        Fates<Lazy>{rows_}.decide();
        RowGraph<Lazy> graph;
        RowEvents<Lazy>{rows_, graph}.find();
        sort(graph.nodes);
        StoredRows<Lazy> stored{rows_, steps_};
        RowOrder<Lazy>{rows_, graph, stored, steps_, can_check_late_}.write();
        check(graph);
    } catch (const PlanRefusal& refusal) {
        refusal_ = refusal;
        return false;
    }
    return true;
}

template <class Lazy>
void FlushPlan<Lazy>::check(const RowGraph<Lazy>& graph) {
    for (const std::uint32_t node : graph.nodes) {
        if (!rows_[node].is_written()) continue;
        if (!rows_[node].is_stored || !rows_.same(node, rows_.stored(node), rows_.last(node))) {
            throw PlanRefusal{PlanFlaw::no_order, node};
        }
    }
    if (steps_.are_checked_late) check_counting();
}

}  // namespace mica::detail
