// SPDX-License-Identifier: BSL-1.0
// What is said where no order of statements can make the rows what the program wants.
#pragma once

#include <mica/session/flush/flush_failure.hpp>
#include <mica/session/flush/flush_rows.hpp>

#include <string>
#include <string_view>

namespace mica::detail {

template <class Lazy = void>
class RefusedFlush {
public:
    explicit RefusedFlush(FlushRows<Lazy>& rows) noexcept : rows_(rows), refusal_(rows.plan().refusal()) {}

    [[noreturn, gnu::cold, gnu::noinline]] void raise() {
        const PlanSchema<Lazy>& schema = rows_.plan().schema();
        switch (refusal_.flaw) {
            case PlanFlaw::duplicate: {
                const PlanTable<Lazy>& table = schema.tables[schema.keys[refusal_.number].table];
                const bool is_primary = refusal_.number == table.first_key;
                raise(is_primary ? ConstraintKind::primary_key : ConstraintKind::unique, refusal_.row,
                      columns_of(table, schema.keys[refusal_.number].slots),
                      "mica: another row would have the same values");
            }
            case PlanFlaw::missing_parent:
                raise(ConstraintKind::foreign_key, refusal_.row, columns_of_reference(),
                      "mica: the row that this one refers to is removed, or gets another key; flush that first, or "
                      "refer to another row");
            case PlanFlaw::restricted_removal:
                raise(ConstraintKind::foreign_key, parent(), {},
                      join({"mica: ", name_of(refusal_.row), " still refers to it"}));
            case PlanFlaw::restricted_rename:
                raise(ConstraintKind::foreign_key, parent(), {},
                      join({"mica: ", name_of(refusal_.row),
                            " refers to its old key, and the foreign key has no ON UPDATE CASCADE"}));
            case PlanFlaw::null_reference:
                raise(ConstraintKind::not_null, refusal_.row, columns_of_reference(),
                      "mica: the row that this one refers to goes, and the foreign key cannot be NULL");
            case PlanFlaw::unsafe_check:
                throw_misuse(join({name_of(refusal_.row),
                                   " refers to itself while other keys change hands, which SQLite would count wrong; "
                                   "flush one of the two first"}));
            case PlanFlaw::no_order:
            case PlanFlaw::none: break;
        }
        throw_misuse(join({name_of(refusal_.row),
                           " needs the key of a row that needs its own first, or a value that is not free before this "
                           "row is written; let one of the two foreign keys be NULL, or flush the removal first"}));
    }

private:
    /// "row 7 of table "car"".
    std::string name_of(std::uint32_t row) const {
        const bool is_row = row < rows_.size();
        if (!is_row) return "a row";
        const Tracked& tracked = *rows_[row].tracked;
        const Change* const change = rows_[row].change;
        const bool is_new = change != nullptr && change->kind == ChangeKind::insert;
        const std::string key = key_text(tracked.table(), is_new ? change->snapshot.view() : tracked.snapshot.view());
        return join({key.empty() ? "a new row" : "row ", key, " of table \"", tracked.table().name, "\""});
    }
    /// The row that the refused one refers to, before the flush.
    std::uint32_t parent() { return rows_.plan().parent_before(refusal_.row, refusal_.number); }

    List<std::string_view> columns_of_reference() const {
        const PlanSchema<Lazy>& schema = rows_.plan().schema();
        const PlanReference<Lazy>& reference = schema.references[refusal_.number];
        return columns_of(schema.tables[reference.table], reference.slots);
    }
    static List<std::string_view> columns_of(const PlanTable<Lazy>& table, const List<std::uint16_t>& slots) {
        List<std::string_view> columns;
        for (const std::uint16_t slot : slots) columns.push_back(table.table->columns[table.columns[slot]].name);
        return columns;
    }

    [[noreturn]] void raise(ConstraintKind kind, std::uint32_t row, const List<std::string_view>& columns,
                            std::string message) const {
        const Tracked& tracked = *rows_[row].tracked;
        Failure failure{.message = std::move(message)};
        if (const Change* const change = rows_[row].change) {
            failure = with_place(std::move(failure), *change, columns);
        } else {
            append(failure.message, {", on ", name_of(row)});
        }
        throw IntegrityError(failure, kind, tracked.table().name, columns);
    }

    FlushRows<Lazy>& rows_;
    PlanRefusal refusal_;
};

}  // namespace mica::detail
