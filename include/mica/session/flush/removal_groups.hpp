// SPDX-License-Identifier: BSL-1.0
// Rows that take each other along when they go.
#pragma once

#include <mica/session/flush/row_graph.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

/// Rows that go in a cycle of ON DELETE CASCADE wait together for all that is to stay (Tarjan's algorithm): between
/// the two barriers of their group.
template <class Lazy = void>
class RemovalGroups {
public:
    RemovalGroups(PlanRows<Lazy>& rows, RowGraph<Lazy>& graph) noexcept : rows_(rows), graph_(graph) {}

    [[gnu::cold]] void join() {
        List<RowPart<Lazy>> work;  // each with how far its foreign keys have been followed
        List<std::uint32_t> stack;
        List<bool> is_on_stack;
        is_on_stack.resize(rows_.size());
        std::uint32_t visits = 0;
        const auto enter = [&](std::uint32_t row) {
            rows_[row].visit = rows_[row].lowest = ++visits;
            stack.push_back(row);
            is_on_stack[row] = true;
            work.push_back({row, 0});
        };
        const std::size_t count = graph_.nodes.size();
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t start = graph_.nodes[i];
            if (!rows_[start].is_gone || rows_[start].visit != 0) continue;
            enter(start);
            while (!work.empty()) {
                const std::uint32_t row = work.back().row;
                const std::uint32_t parent = gone_parent(row, work.back().number);
                if (parent != no_row) {
                    if (rows_[parent].visit == 0) {
                        enter(parent);
                    } else if (is_on_stack[parent] && rows_[parent].visit < rows_[row].lowest) {
                        rows_[row].lowest = rows_[parent].visit;
                    }
                    continue;
                }
                work.pop_back();
                if (!work.empty() && rows_[row].lowest < rows_[work.back().row].lowest) {
                    rows_[work.back().row].lowest = rows_[row].lowest;
                }
                if (rows_[row].lowest != rows_[row].visit) continue;
                List<std::uint32_t> cycle;
                do {
                    cycle.push_back(stack.back());
                    is_on_stack[stack.back()] = false;
                    stack.pop_back();
                } while (cycle.back() != row);
                if (cycle.size() > 1) make_group(cycle);
            }
        }
    }

private:
    /// The next parent of a gone row, from its `at`th foreign key on, that goes too and would take it along.
    std::uint32_t gone_parent(std::uint32_t row, std::uint32_t& at) {
        const PlanTable<Lazy>& table = rows_.table(row);
        while (at < table.reference_count) {
            const std::uint32_t reference = table.first_reference + at++;
            if (!rows_.schema.references[reference].cascades_removal()) continue;
            const std::uint32_t parent = rows_.old_holder(rows_.reference_value(reference, rows_.old(row)));
            if (parent != no_row && parent != row && rows_[parent].is_gone) return parent;
        }
        return no_row;
    }

    [[gnu::cold]] void make_group(const List<std::uint32_t>& cycle) {
        const std::uint32_t before = rows_.add_barrier();
        const std::uint32_t after = rows_.add_barrier();
        graph_.nodes.push_back(before);
        graph_.nodes.push_back(after);
        rows_[before].after_group = after;
        for (const std::uint32_t row : cycle) {
            rows_[row].group = before;
            graph_.add(rows_, before, {RowEventKind::left}, row, Need::removal);
            if (rows_[row].fate == Fate::remove) {
                graph_.add(rows_, row, {RowEventKind::gone}, after, Need::removal);
            } else {
                graph_.add(rows_, after, {RowEventKind::left}, row, Need::passing);
            }
        }
    }

    PlanRows<Lazy>& rows_;
    RowGraph<Lazy>& graph_;
};

}  // namespace mica::detail
