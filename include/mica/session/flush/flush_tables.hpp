// SPDX-License-Identifier: BSL-1.0
// The tables that a session has met, and those that relations of theirs lead to: what a flush has to think of.
#pragma once

#include <mica/session/flush/plan_schema.hpp>
#include <mica/session/object/tracked.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

template <class Lazy>
class FlushTables {
public:
    void add(const EntityOperations& entity) {
        if (last_ == &entity) return;
        last_ = &entity;
        for (const EntityOperations* const known : entities_) {
            if (known == &entity) return;
        }
        entities_.push_back(&entity);
        is_current_ = false;
        if (entity.relations == nullptr) return;
        for (const RelationInfo& info : entity.relations().infos) {
            add(info.target());
            add(info.owning_side());
        }
    }

    /// Whether a row of a table that is known may refer to one of this.
    bool is_referenced(const Table& table) const {
        for (const EntityOperations* const entity : entities_) {
            for (const OptionData& option : entity->table->options) {
                if (option.kind == OptionKind::foreign_key && &option.target() == &table) return true;
            }
        }
        return false;
    }

    /// Whether one may by a field of its.
    bool is_referenced(const Table& table, const void* field) const {
        for (const EntityOperations* const entity : entities_) {
            for (const OptionData& option : entity->table->options) {
                if (option.kind == OptionKind::foreign_key && &option.target() == &table &&
                    option.target_fields.contains(field))
                    return true;
            }
        }
        return false;
    }

    [[gnu::cold]] const PlanSchema<Lazy>& schema() {
        if (!is_current_) {
            List<const Table*> tables;
            for (const EntityOperations* const entity : entities_) tables.push_back(entity->table);
            schema_ = PlanSchema<Lazy>{tables};
            is_current_ = true;
        }
        return schema_;
    }

private:
    List<const EntityOperations*> entities_{};
    const EntityOperations* last_ = nullptr;
    PlanSchema<Lazy> schema_{};
    bool is_current_ = false;
};

}  // namespace mica::detail
