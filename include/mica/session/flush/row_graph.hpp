// SPDX-License-Identifier: BSL-1.0
// What the rows of a flush wait for: which event of one row before which write of another.
#pragma once

#include <mica/session/flush/plan_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace mica::detail {

enum class RowEventKind : std::uint8_t {
    leaves_reference,
    leaves_key,
    takes_key,
    takes_reference,
    left,  ///< all that is to stay has gone from a row that goes
    gone,
};

/// `number` is that of the foreign key or the key.
template <class Lazy = void>
struct RowEvent {
    RowEventKind kind;
    std::uint32_t number = 0;

    friend bool operator==(const RowEvent& left, const RowEvent& right) noexcept {
        return left.kind == right.kind && left.number == right.number;
    }
};

/// `from` must have had its event before `to` is served what it needs. A soft one is given up where it makes a cycle.
template <class Lazy = void>
struct RowEdge {
    std::uint32_t from;
    std::uint32_t to;
    RowEvent<Lazy> event;
    Need need;
    bool is_soft;
    bool is_met = false;
    std::uint32_t next_out = no_row;
    std::uint32_t next_in = no_row;
};

template <class Lazy = void>
struct RowGraph {
    List<RowEdge<Lazy>> edges{};
    List<std::uint32_t> nodes{};   ///< the rows that are written or go, and the barriers
    List<std::uint32_t> stable{};  ///< of each table a row that is there and that nothing happens to, or no_row

    void add(PlanRows<Lazy>& rows, std::uint32_t from, RowEvent<Lazy> event, std::uint32_t to, Need need,
             bool is_soft = false) {
        if (from != to) connect(rows, from, event, to, need, is_soft);
    }
    /// Also of a row with itself, which is then written in two steps.
    void connect(PlanRows<Lazy>& rows, std::uint32_t from, RowEvent<Lazy> event, std::uint32_t to, Need need,
                 bool is_soft) {
        const auto number = static_cast<std::uint32_t>(edges.size());
        PlanRow<Lazy>& source = rows[from];
        PlanRow<Lazy>& target = rows[to];
        edges.push_back({from, to, event, need, is_soft, false, source.first_out});
        source.first_out = number;
        (target.last_in != no_row ? edges[target.last_in].next_in : target.first_in) = number;
        target.last_in = number;
        if (is_soft) {
            ++target.soft_needs;
        } else {
            ++target.need(need);
        }
    }
};

/// Barriers for what may happen to rows that the session does not know, one for each table or key.
template <class Lazy = void>
class UnknownRows {
public:
    UnknownRows(PlanRows<Lazy>& rows, RowGraph<Lazy>& graph) noexcept : rows_(rows), graph_(graph) {}

    const List<std::uint32_t>& barriers() const noexcept { return barriers_; }
    void note_removal(std::uint32_t row) { removed_.push_back(row); }
    void note_rename(std::uint32_t row, std::uint32_t key) { renamed_.push_back({row, key}); }

    /// Before each removal that may take rows of a table along; no_row where there is none. Likewise below.
    std::uint32_t before_removals(std::uint32_t table) {
        return find(before_removals_, table, [&](std::uint32_t barrier) {
            return for_removals(table, [&](std::uint32_t row) {
                const std::uint32_t group = rows_[row].group;
                graph_.add(rows_, barrier, {RowEventKind::left}, group != no_row ? group : row, Need::removal);
            });
        });
    }
    std::uint32_t after_removals(std::uint32_t table) {
        return find(after_removals_, table, [&](std::uint32_t barrier) {
            return for_removals(table, [&](std::uint32_t row) {
                graph_.add(rows_, row, {RowEventKind::gone}, barrier, Need::removal);
            });
        });
    }
    /// After each removal from a table itself.
    std::uint32_t after_own_removals(std::uint32_t table) {
        return find(after_own_removals_, table, [&](std::uint32_t barrier) {
            bool any = false;
            for (const std::uint32_t row : removed_) {
                if (rows_[row].table != table) continue;
                graph_.add(rows_, row, {RowEventKind::gone}, barrier, Need::removal);
                any = true;
            }
            return any;
        });
    }
    /// Before each change that may drag a key along.
    std::uint32_t before_renames(std::uint32_t key) {
        return find(before_renames_, key, [&](std::uint32_t barrier) {
            return for_renames(key, [&](const RowPart<Lazy>& each) {
                graph_.add(rows_, barrier, {RowEventKind::left}, each.row, Need::leave_key, true);
            });
        });
    }
    std::uint32_t after_renames(std::uint32_t key) {
        return find(after_renames_, key, [&](std::uint32_t barrier) {
            return for_renames(key, [&](const RowPart<Lazy>& each) {
                graph_.add(rows_, each.row, {RowEventKind::takes_key, each.number}, barrier, Need::removal);
            });
        });
    }

private:
    template <class Build>
    std::uint32_t find(List<RowPart<Lazy>>& known, std::uint32_t number, const Build& build) {
        for (const RowPart<Lazy>& each : known) {
            if (each.number == number) return each.row;
        }
        const std::uint32_t barrier = rows_.add_barrier();
        const bool is_needed = build(barrier);
        if (is_needed) barriers_.push_back(barrier);
        known.push_back({is_needed ? barrier : no_row, number});
        return known.back().row;
    }
    template <class Use>
    bool for_removals(std::uint32_t table, const Use& use) {
        bool any = false;
        for (const std::uint32_t row : removed_) {
            if (!rows_.schema.tables[table].removed_with.has(rows_[row].table)) continue;
            use(row);
            any = true;
        }
        return any;
    }
    template <class Use>
    bool for_renames(std::uint32_t key, const Use& use) {
        bool any = false;
        for (const RowPart<Lazy>& each : renamed_) {
            if (!rows_.schema.keys[key].dragged_by.has(each.number)) continue;
            use(each);
            any = true;
        }
        return any;
    }

    PlanRows<Lazy>& rows_;
    RowGraph<Lazy>& graph_;
    List<std::uint32_t> removed_{};
    List<RowPart<Lazy>> renamed_{};
    // Of each table or key its barrier.
    List<RowPart<Lazy>> before_removals_{};
    List<RowPart<Lazy>> after_removals_{};
    List<RowPart<Lazy>> after_own_removals_{};
    List<RowPart<Lazy>> before_renames_{};
    List<RowPart<Lazy>> after_renames_{};
    List<std::uint32_t> barriers_{};
};

}  // namespace mica::detail
