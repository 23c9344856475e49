// SPDX-License-Identifier: BSL-1.0
// Triggers of a connection's own on tables of the database: they go with a table that is made anew.
#pragma once

#include <mica/engine/inspect.hpp>
#include <mica/migration/former_names.hpp>

#include <vector>

namespace mica::detail {

template <class Text, class BackendType>
class TemporaryTriggers {
public:
    explicit TemporaryTriggers(OpenConnection<BackendType>& connection) : connection_(connection) {
        read_schemas(connection, tables_);
    }

    /// On the tables that are there again.
    void put_back() {
        std::vector<BasicTableInfo<Text>> now;
        read_schemas(connection_, now);
        for (const BasicTableInfo<Text>& former : tables_) {
            for (const BasicTableInfo<Text>& table : now) {
                if (is_same_name(former.schema, table.schema) && is_same_name(former.name, table.name))
                    put_back(former, table);
            }
        }
    }

private:
    void put_back(const BasicTableInfo<Text>& former, const BasicTableInfo<Text>& table) {
        for (const BasicTriggerInfo<Text>& trigger : former.triggers) {
            bool is_there = !is_same_name(trigger.schema, "temp");
            for (const BasicTriggerInfo<Text>& other : table.triggers)
                is_there = is_there || (other.schema == trigger.schema && is_same_name(other.name, trigger.name));
            if (!is_there) connection_.run_script(in_schema<Text>(trigger.sql, trigger.schema));
        }
    }

    OpenConnection<BackendType>& connection_;
    std::vector<BasicTableInfo<Text>> tables_{};
};

}  // namespace mica::detail
