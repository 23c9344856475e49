// SPDX-License-Identifier: BSL-1.0
// The order of a flush's statements: each row in its turn; where rows wait for each other, one of them gives something
// up in passing, at the cheapest place of the cycle.
#pragma once

#include <mica/session/flush/giving_way.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

template <class Lazy = void>
class RowOrder {
public:
    RowOrder(PlanRows<Lazy>& rows, RowGraph<Lazy>& graph, StoredRows<Lazy>& stored, PlanSteps<Lazy>& plan,
             bool can_check_late) noexcept
        : rows_(rows),
          graph_(graph),
          schedule_(rows, graph, stored),
          giving_way_(rows, graph, schedule_, stored, plan, can_check_late) {}

    /// Throws PlanRefusal where rows wait for each other and nothing can be given up.
    [[gnu::cold]] void write() {
        for (const std::uint32_t node : graph_.nodes) schedule_.wake(node);
        schedule_.drain();
        for (std::size_t next = 0;;) {
            shorten_path();
            if (path_.empty()) {
                while (next < graph_.nodes.size() && rows_[graph_.nodes[next]].is_done) ++next;
                if (next == graph_.nodes.size()) return;
                walk_to(graph_.nodes[next]);
            }
            step_back();
        }
    }

private:
    RowEdge<Lazy>& edge(std::uint32_t number) noexcept { return graph_.edges[number]; }
    using Way = typename GivingWay<Lazy>::Way;

    void walk_to(std::uint32_t row) {
        path_.push_back({row});
        rows_[row].on_path = static_cast<std::uint32_t>(path_.size());
    }
    void cut_path(std::size_t length) {
        while (path_.size() > length) {
            rows_[path_.back().row].on_path = 0;
            path_.pop_back();
        }
        if (!path_.empty()) path_.back().number = no_row;
    }
    /// Takes off what has been solved meanwhile.
    void shorten_path() {
        constexpr std::size_t looks_back = 64;
        while (!path_.empty() && rows_[path_.back().row].is_done) {
            rows_[path_.back().row].on_path = 0;
            path_.pop_back();
        }
        const std::size_t length = path_.size();
        for (std::size_t i = length; i-- > 0;) {
            if (path_[i].number != no_row && edge(path_[i].number).is_met) {
                cut_path(i + 1);
            } else if (rows_[path_[i].row].is_done) {
                cut_path(i);
            } else if (i + looks_back < length) {
                break;
            }
        }
    }

    /// Follows what holds up the last row of the path, until a row comes again.
    [[gnu::cold]] void step_back() {
        const std::uint32_t row = path_.back().row;
        PlanRow<Lazy>& waiting = rows_[row];
        while (waiting.first_in != no_row && edge(waiting.first_in).is_met)
            waiting.first_in = edge(waiting.first_in).next_in;
        if (waiting.first_in == no_row) {
            schedule_.wake(row);
            schedule_.drain();
            if (!rows_[row].is_done) throw PlanRefusal{PlanFlaw::no_order, row};
            return;
        }
        const std::uint32_t number = cause(row);
        path_.back().number = number;
        const std::uint32_t from = edge(number).from;
        if (rows_[from].is_done) throw PlanRefusal{PlanFlaw::no_order, row};
        if (rows_[from].on_path == 0) return walk_to(from);
        const std::size_t start = rows_[from].on_path - 1;
        const bool other_way = edge(number).event.kind == RowEventKind::left && !rows_[from].seeks_removal &&
                               edge(path_[start].number).need != Need::removal;
        if (other_way) {
            rows_[from].seeks_removal = true;
            cut_path(start + 1);
        } else {
            break_cycle(start);
            schedule_.drain();
        }
    }
    std::uint32_t cause(std::uint32_t row) {
        const std::uint32_t first = rows_[row].first_in;
        const bool by_removal =
            path_.size() > 1 && edge(path_[path_.size() - 2].number).event.kind == RowEventKind::left;
        if (!rows_[row].seeks_removal && !by_removal) return first;
        for (std::uint32_t i = first; i != no_row; i = edge(i).next_in) {
            if (!edge(i).is_met && edge(i).need == Need::removal) return i;
        }
        return first;
    }

    [[gnu::cold]] void break_cycle(std::size_t start) {
        Way way = Way::none;
        typename GivingWay<Lazy>::Cost cost = 0;
        std::uint32_t row = no_row;
        std::uint32_t number = 0;
        for (std::size_t i = start; i < path_.size(); ++i) {
            const RowPart<Lazy>& each = path_[i];
            const RowEdge<Lazy> in = edge(each.number);
            const RowEvent<Lazy> event = edge(path_[i == start ? path_.size() - 1 : i - 1].number).event;
            const auto [next_way, next_cost] = giving_way_.way_of(each.row, in, event);
            if (next_cost == 0 || (way != Way::none && next_cost >= cost)) continue;
            way = next_way;
            cost = next_cost;
            row = each.row;
            number = way == Way::soft ? each.number : event.number;
        }
        switch (way) {
            case Way::none: throw PlanRefusal{PlanFlaw::no_order, path_[start].row};
            case Way::soft: return schedule_.meet(number);
            case Way::reference: return giving_way_.give_up_reference(row, number);
            case Way::key: return giving_way_.give_up_key(row, number);
            case Way::early: return giving_way_.write_early(row);
        }
    }

    PlanRows<Lazy>& rows_;
    RowGraph<Lazy>& graph_;
    RowSchedule<Lazy> schedule_;
    GivingWay<Lazy> giving_way_;
    List<RowPart<Lazy>> path_{};  ///< each with the edge by which it waits for the next one
};

}  // namespace mica::detail
