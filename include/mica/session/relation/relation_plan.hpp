// SPDX-License-Identifier: BSL-1.0
// Which rows relations mean, for a plan: the parents that they name, known or not, and those that they have loaded.
#pragma once

#include <mica/session/flush/table_order.hpp>
#include <mica/session/relation/key_links.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

template <class Object>
class RelationPlan {
    using Lazy = Late<void, Object>;

public:
    RelationPlan(KeyLinks& links, FlushRows<Lazy>& rows) noexcept : links_(links), rows_(rows), writer_(links) {}

    void tell() {
        // A key may contain another that is not known either: so it takes a turn for each at most, unless two parents
        // want different values in a column that their keys share.
        for (std::size_t turn = 0; refer(turn > links_.all.size()); ++turn) {
        }
        for (std::uint32_t row = 0; row < rows_.size(); ++row) {
            for_each_relation(*rows_[row].tracked, Follow{*this, row});
        }
    }

private:
    bool refer(bool must_end) {
        bool changed = false;
        for (const KeyLink& link : links_.all) {
            const std::uint32_t child = rows_.find(*link.child);
            const std::uint32_t parent = link.parent != nullptr ? rows_.find(*link.parent) : no_row;
            if (child == no_row || (link.parent != nullptr && parent == no_row)) continue;
            const bool is_other = rows_.plan().refer(child, *link.key, parent);
            if (is_other && must_end) writer_.require_no_rival(link);
            changed = changed || is_other;
        }
        return changed;
    }

    void follow(Object& child, const ForeignKey& key, std::uint32_t parent) {
        const std::uint32_t row = rows_.find(child);
        if (row != no_row && !writer_.has(child, key)) rows_.plan().follow(row, key, parent);
    }

    /// What is loaded and as it was means the rows it leads to, whoever takes their keys: a row that is not written
    /// itself may go, or get another key, by an action of the database.
    struct Follow {
        RelationPlan& plan;
        std::uint32_t row;

        void operator()(const RelationInfo& info, BasicReferenceSlot<Object>& slot) const {
            Object* const target = slot.is_loaded && !slot.is_assigned ? slot.edge.get() : nullptr;
            if (target == nullptr) return;
            const std::uint32_t parent = plan.rows_.find(*target);
            if (parent != no_row) plan.follow(*plan.rows_[row].tracked, info.key, parent);
        }
        void operator()(const RelationInfo& info, BasicCollectionSlot<Object>& slot) const {
            if (slot.state == nullptr) return;
            for (const auto& member : slot.state->members) {
                if (member.is_new) continue;
                if (info.kind == RelationKind::many_to_many) {
                    follow_associations(info, slot, member);
                } else {
                    plan.follow(*member.target.get(), info.key, row);
                }
            }
        }
        void follow_associations(const RelationInfo& info, BasicCollectionSlot<Object>& slot,
                                 const BasicMember<Object>& member) const {
            const std::uint32_t target = plan.rows_.find(*member.target.get());
            slot.for_associations(member, [&](Object& association) {
                plan.follow(association, info.key, row);
                if (target != no_row) plan.follow(association, info.other_key, target);
            });
        }
    };

    KeyLinks& links_;
    FlushRows<Lazy>& rows_;
    KeyLinkWriter<Object> writer_;
};

}  // namespace mica::detail
