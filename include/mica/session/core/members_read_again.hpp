// SPDX-License-Identifier: BSL-1.0
// What would be deleted because it goes along with another object, read again where a statement of the program's has
// run since it was read: its row may be another's by now.
#pragma once

#include <mica/core/list.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/query/by_key/by_key.hpp>
#include <mica/query/select/projection.hpp>
#include <mica/session/flush/planner.hpp>
#include <mica/session/flush/stale.hpp>
#include <mica/session/object/pointer_set.hpp>
#include <mica/session/relation/collection_slot.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace mica::detail {

/// What a flush may delete because of collections, owned members and rows of associations: those that were taken out,
/// and all of an object that is removed, with what goes along with these.
class MembersToGo {
public:
    void add_of(Tracked& object) {
        for_each_relation(object, Add{*this, object.state == TrackedState::removed});
        for (; next_ < members_.size(); ++next_) for_each_relation(*members_[next_], Add{*this, true});
    }
    const List<TrackedReference>& found() const noexcept { return members_; }

private:
    struct Add {
        MembersToGo& to_go;
        bool goes;
        void operator()(const RelationInfo&, ReferenceSlot&) const noexcept {}
        void operator()(const RelationInfo& info, CollectionSlot& slot) const {
            if (slot.state == nullptr) return;
            for (const auto& removed : slot.state->removed) to_go.add(info, slot, removed.member);
            for (const auto& member : slot.state->members) {
                if (goes && !member.is_new) to_go.add(info, slot, member);
            }
        }
    };
    void add(const RelationInfo& info, const CollectionSlot& slot, const BasicMember<Tracked>& member) {
        if (info.kind == RelationKind::many_to_many) {
            slot.for_associations(member, [this](Tracked& row) { add(row); });
        } else if (info.is_owned) {
            add(*member.target.get());
        }
    }
    void add(Tracked& member) {
        const auto object_of = [](const TrackedReference& each) { return each.get(); };
        known_.learn(members_, object_of);
        if (member.state != TrackedState::persistent || known_.contains(members_, &member, object_of)) return;
        members_.push_back(TrackedReference{member});
        known_.add(&member);
    }

    List<TrackedReference> members_{};
    PointerSet<Tracked> known_{};
    std::size_t next_ = 0;
};

/// Reads such objects again. `Objects` are the session's.
template <class BackendType, class Objects>
class MembersReadAgain {
public:
    MembersReadAgain(OpenConnection<BackendType>& connection, Objects& objects) noexcept
        : connection_(connection), objects_(objects) {}

    /// Throws DataError where an object cannot have the values of its row.
    void read(const List<TrackedReference>& members) {
        for (const TrackedReference& member : members) {
            if (member->session != nullptr && objects_.is_expired(*member)) read(*member);
        }
    }

private:
    void read(Tracked& member) {
        ColumnSet changed;
        member.operations->find_changes(member, changed);
        member.operations->take_snapshot(member, current_);
        if (!find_row(member, changed)) return changed.empty() ? objects_.lose(member) : void();
        try {
            member.operations->assign(member, row_);
        } catch (...) {
            member.operations->assign(member, current_);
            throw;
        }
        if (!changed.empty()) return;
        member.operations->take_snapshot(member, row_);
        objects_.reread(member, Snapshot{row_});
        // A hook may do what no flush allows: it runs when the program reads the object.
        if (member.operations->after_load != nullptr) objects_.expire(member);
    }

    /// What the program has not changed is as the row is.
    bool find_row(const Tracked& member, const ColumnSet& changed) {
        const Table& table = member.table();
        const StatementLease<BackendType> statement =
            connection_.acquire(make_text(BackendType::dialect, [&table](SqlWriter& writer) {
                writer.text("SELECT ");
                render_names(writer, table, false);
                writer.text(" FROM ");
                name_table(writer, table);
                render_key_condition(writer, table);
            }));
        BindSink<typename BackendType::Statement> sink{statement->statement};
        send_key(table, member.snapshot, sink);
        if (!statement->statement.step()) return false;
        row_.clear();
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (changed.has(i)) {
                append_cell(cell_at(current_, i), row_);
            } else {
                append_cell(statement->statement.cell(static_cast<int>(i)), row_);
            }
        }
        return true;
    }

    OpenConnection<BackendType>& connection_;
    Objects& objects_;
    SnapshotBuffer current_{};
    SnapshotBuffer row_{};
};

}  // namespace mica::detail
