// SPDX-License-Identifier: BSL-1.0
// Writes each row of a flush when all that it waits for has happened (Kahn's algorithm).
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/flush/row_graph.hpp>
#include <mica/session/flush/stored_rows.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

template <class Lazy = void>
class RowSchedule {
public:
    RowSchedule(PlanRows<Lazy>& rows, RowGraph<Lazy>& graph, StoredRows<Lazy>& stored) noexcept
        : rows_(rows), graph_(graph), stored_(stored) {}

    void drain() {
        for (; next_ != queue_.size(); ++next_) try_to_write(queue_[next_]);
        queue_.clear();
        next_ = 0;
    }
    void wake(std::uint32_t row) { queue_.push_back(row); }
    void meet(std::uint32_t number) {
        RowEdge<Lazy>& met = edge(number);
        if (detail::exchange(met.is_met, true)) return;
        PlanRow<Lazy>& target = rows_[met.to];
        if (met.is_soft) {
            --target.soft_needs;
        } else {
            --target.need(met.need);
        }
        wake(met.to);
    }
    void happen(std::uint32_t row, RowEvent<Lazy> event) {
        for (std::uint32_t i = rows_[row].first_out; i != no_row; i = edge(i).next_out) {
            if (edge(i).event == event) meet(i);
        }
    }
    void happen_all(std::uint32_t row, RowEventKind kind) {
        for (std::uint32_t i = rows_[row].first_out; i != no_row; i = edge(i).next_out) {
            if (edge(i).event.kind == kind) meet(i);
        }
    }
    /// What a row is to be in the end, without what the database does by itself.
    [[gnu::cold]] List<PlanValue> final_values(std::uint32_t row) {
        List<PlanValue> values;
        const PlanValue* const last = rows_.last(row);
        for (std::size_t slot = 0; slot < rows_.table(row).width(); ++slot) values.push_back(last[slot]);
        for (const std::uint32_t reference : rows_.references_of(row)) {
            if (!rows_.is_natural(row, reference)) continue;
            for (const std::uint16_t slot : info(reference).slots) values[slot] = rows_.stored(row)[slot];
        }
        return values;
    }

private:
    RowEdge<Lazy>& edge(std::uint32_t number) noexcept { return graph_.edges[number]; }
    const PlanReference<Lazy>& info(std::uint32_t reference) const noexcept {
        return rows_.schema.references[reference];
    }

    [[gnu::cold]] void try_to_write(std::uint32_t number) {
        PlanRow<Lazy>& row = rows_[number];
        if (row.is_done) return;
        const bool may_go = row.need(Need::removal) == 0;
        switch (row.fate) {
            case Fate::keep: return;
            case Fate::barrier:
                if (may_go && row.soft_needs == 0) finish(number);
                return;
            case Fate::vanish:
                if (!may_go || row.soft_needs != 0) return;
                leave(number);
                if (rows_[number].need(Need::passing) == 0) finish(number);
                return;
            case Fate::remove:
                if (!may_go) return;
                leave(number);
                if (rows_[number].soft_needs != 0) return;
                rows_[number].is_done = true;
                stored_.remove(number);
                return finish(number);
            case Fate::insert:
            case Fate::update: break;
        }
        const bool waits = row.need(Need::leave_key) != 0 || row.need(Need::take_key) != 0 ||
                           row.need(Need::take_reference) != 0 || row.soft_needs != 0;
        if (waits) return;
        row.is_done = true;
        if (row.fate == Fate::insert && !row.has_keys) {
            stored_.insert(number, final_values(number));
        } else {
            write_keys_first(number);
            stored_.update(number, final_values(number), true, true);
        }
        finish(number);
    }
    [[gnu::cold]] void write_keys_first(std::uint32_t row) {
        List<PlanValue> values;
        for (const std::uint32_t reference : rows_.references_of(row)) {
            if (!rows_.reference(row, reference).is_after_keys) continue;
            if (values.empty()) values = final_values(row);
            for (const std::uint16_t slot : info(reference).slots) values[slot] = rows_.stored(row)[slot];
        }
        if (!values.empty()) stored_.update(row, values, true);
    }
    void leave(std::uint32_t row) {
        if (!detail::exchange(rows_[row].has_left, true)) happen(row, {RowEventKind::left});
    }
    void finish(std::uint32_t row) {
        rows_[row].is_done = true;
        for (std::uint32_t i = rows_[row].first_out; i != no_row; i = edge(i).next_out) meet(i);
    }

    PlanRows<Lazy>& rows_;
    RowGraph<Lazy>& graph_;
    StoredRows<Lazy>& stored_;
    List<std::uint32_t> queue_{};
    std::size_t next_ = 0;
};

}  // namespace mica::detail
