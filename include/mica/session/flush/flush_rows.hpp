// SPDX-License-Identifier: BSL-1.0
// A flush's plan and the objects that its rows are of: those that change, and those that may be drawn in.
#pragma once

#include <mica/core/probe_table.hpp>
#include <mica/session/flush/change.hpp>
#include <mica/session/flush/flush_plan.hpp>
#include <mica/session/flush/flush_tables.hpp>
#include <mica/session/object/relation_info.hpp>
#include <mica/session/object/tracked_list.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace mica::detail {

template <class Lazy = void>
struct FlushRow {
    Tracked* tracked;
    Change* change;           ///< null where nothing is to be written for the object itself
    bool is_missing = false;  ///< there was no such row any more
    bool is_taken = false;    ///< the database has given a new row the key that this one was read with
};

template <class Lazy>
class FlushRows {
public:
    [[gnu::cold]] FlushRows(FlushTables<Lazy>& tables, List<Change>& changes, const TrackedList& list,
                            bool can_check_late)
        : plan_(schema_of(tables, list), can_check_late) {
        find_concerned(changes);
        for (Change& change : changes) add(change);
        for (Tracked* tracked = list.first(); tracked != nullptr; tracked = tracked->next) add_clean(*tracked, list);
    }

    FlushPlan<Lazy>& plan() noexcept { return plan_; }
    const FlushPlan<Lazy>& plan() const noexcept { return plan_; }
    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(rows_.size()); }
    const FlushRow<Lazy>& operator[](std::uint32_t row) const noexcept { return rows_[row]; }
    void note_missing(std::uint32_t row) noexcept { rows_[row].is_missing = true; }
    void note_taken(const Tracked& tracked) noexcept {
        const std::uint32_t row = find(tracked);
        if (row != no_row) rows_[row].is_taken = true;
    }
    /// no_row where the object is none of them.
    std::uint32_t find(const Tracked& tracked) const noexcept {
        if (numbers_.has_no_places()) return no_row;
        const Number& found =
            numbers_.find(hash_of(tracked), [&](const Number& each) { return each.tracked == &tracked; });
        return found.is_empty() ? no_row : found.row;
    }

    /// What a value that the plan uses is by now: those that the database chooses are known when their row is written.
    template <class Use>
    [[gnu::cold]] decltype(auto) with_cell(PlanValue value, const Use& use) const {
        if (value == 0) {
            static constexpr char null = static_cast<char>(StorageClass::null);
            return use(SnapshotCell{&null});
        }
        switch (plan_.values().kind(value)) {
            case PlanValueKind::generated: {
                const Change& change = *rows_[plan_.values().number(value)].change;
                const int column = change.tracked->table().generated_key;
                return use(cell_at(change.snapshot, static_cast<std::size_t>(column)));
            }
            case PlanValueKind::unused: {
                SnapshotBuffer bytes;
                encode_unused(value, bytes);
                return use(first_cell(bytes));
            }
            case PlanValueKind::known: break;
        }
        return use(plan_.values().cell(value));
    }

    /// A row as it is in the end, from what else it is made of.
    [[gnu::cold]] Snapshot last_row(std::uint32_t row, std::string_view snapshot) {
        const PlanTable<Lazy>& table = plan_.table(row);
        const PlanValue* const last = plan_.last(row);
        std::string bytes;
        SnapshotCell cell = first_cell(snapshot);
        for (std::size_t column = 0; column < table.table->columns.size(); ++column, cell = cell.next()) {
            const std::uint16_t slot = table.slot_of(static_cast<std::uint16_t>(column));
            if (slot == table.width() || table.is_generated(slot)) {
                bytes += cell.encoded();
            } else {
                with_cell(last[slot], [&](SnapshotCell value) { bytes += value.encoded(); });
            }
        }
        return Snapshot{bytes};
    }

private:
    struct Number {
        const Tracked* tracked = nullptr;
        std::uint32_t row = 0;

        bool is_empty() const noexcept { return tracked == nullptr; }
        std::uint64_t hash() const noexcept { return hash_of(*tracked); }
    };
    static std::uint64_t hash_of(const Tracked& tracked) noexcept {
        const std::uint64_t hash = PlanValues<Lazy>::mixed(reinterpret_cast<std::uintptr_t>(&tracked));
        return hash ^ hash >> 32U;
    }

    static const PlanSchema<Lazy>& schema_of(FlushTables<Lazy>& tables, const TrackedList& list) {
        for (const Tracked* tracked = list.first(); tracked != nullptr; tracked = tracked->next) {
            tables.add(*tracked->operations);
        }
        return tables.schema();
    }

    /// Tables that are connected by foreign keys with one that changes.
    void find_concerned(const List<Change>& changes) {
        const PlanSchema<Lazy>& schema = plan_.schema();
        for (const Change& change : changes) concerned_.add(table_of(*change.tracked));
        for (bool grows = true; grows;) {
            grows = false;
            for (const PlanReference<Lazy>& reference : schema.references) {
                const std::uint32_t parent = schema.keys[reference.key].table;
                if (concerned_.has(parent) == concerned_.has(reference.table)) continue;
                concerned_.add(parent);
                concerned_.add(reference.table);
                grows = true;
            }
        }
    }
    std::uint32_t table_of(const Tracked& tracked) noexcept {
        if (last_ != &tracked.table()) {
            last_ = &tracked.table();
            last_number_ = plan_.schema().find(*last_);
        }
        return last_number_;
    }

    [[gnu::cold]] void add(Change& change) {
        Tracked& tracked = *change.tracked;
        const std::uint32_t number = table_of(tracked);
        const bool is_insert = change.kind == ChangeKind::insert;
        const bool is_removal = change.kind == ChangeKind::remove;
        // A version counts whatever is written; an INSERT writes all there is.
        bool has_more = is_insert || (change.kind == ChangeKind::update && tracked.table().version >= 0);
        change.columns.for_each([&](std::size_t column) {
            const PlanTable<Lazy>& table = plan_.schema().tables[number];
            has_more = has_more || table.slot_of(static_cast<std::uint16_t>(column)) == table.width();
        });
        add(tracked, &change,
            plan_.add(number, is_insert ? std::string_view{} : tracked.snapshot.view(),
                      is_removal ? std::string_view{} : change.snapshot.view(), has_more));
    }
    void add_clean(Tracked& tracked, const TrackedList& list) {
        if (tracked.state != TrackedState::persistent || find(tracked) != no_row) return;
        const std::uint32_t number = table_of(tracked);
        if (!concerned_.has(number)) return;
        const std::uint32_t row = plan_.add(number, tracked.snapshot, tracked.snapshot, false);
        if (tracked.verified != list.statements) plan_.doubt(row);
        add(tracked, nullptr, row);
    }
    [[gnu::cold]] void add(Tracked& tracked, Change* change, std::uint32_t row) {
        rows_.push_back({&tracked, change});
        numbers_.reserve(rows_.size());
        numbers_.add({&tracked, row});
    }

    [[gnu::cold]] void encode_unused(PlanValue value, SnapshotBuffer& bytes) const {
        // Negative: after a rowid at the end of its range SQLite chooses the next ones at random.
        constexpr std::int64_t first_unused = -4'000'000'000'000'000'000;
        const auto number = static_cast<std::int64_t>(plan_.values().number(value));
        SnapshotSink sink{bytes};
        switch (plan_.values().storage(value)) {
            case StorageClass::null: break;
            case StorageClass::integer: return sink.integer(first_unused - number);
            case StorageClass::real:
                return sink.real(static_cast<double>(first_unused) - static_cast<double>(number) * 4096);
            case StorageClass::text: return sink.text(join({"mica: unused ", Decimal{number}}), Lifetime::borrowed);
            case StorageClass::blob: {
                const std::string text = join({"mica: unused ", Decimal{number}});
                return sink.blob({reinterpret_cast<const std::byte*>(text.data()), text.size()}, Lifetime::borrowed);
            }
        }
        sink.null();
    }

    FlushPlan<Lazy> plan_;
    List<FlushRow<Lazy>> rows_{};
    ProbeTable<Number> numbers_{};
    NumberSet<Lazy> concerned_{};
    const Table* last_ = nullptr;
    std::uint32_t last_number_ = 0;
};

}  // namespace mica::detail
