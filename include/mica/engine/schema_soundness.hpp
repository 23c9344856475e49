// SPDX-License-Identifier: BSL-1.0
// Which views, triggers and virtual tables cannot be used, before a schema is changed and after.
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/engine/inspect.hpp>
#include <mica/engine/transaction.hpp>
#include <mica/migration/former_names.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::detail {

template <class Text>
struct BrokenObject {
    Text name;     ///< for people; the same before and after
    Text problem;  ///< what the database says of it
};

/// Finds them by letting the database explain what uses them, which compiles it and does nothing.
template <class Text, class BackendType>
class SoundnessCheck {
public:
    explicit SoundnessCheck(OpenConnection<BackendType>& connection) noexcept : connection_(connection) {}

    std::vector<BrokenObject<Text>> run() {
        read_schemas(connection_, tables_);
        each_trigger([this](const BasicTableInfo<Text>& table, const BasicTriggerInfo<Text>& trigger) {
            explain_trigger(table, trigger);
        });
        if (!broken_.empty()) explain_each();
        for (const BasicTableInfo<Text>& table : tables_) {
            if (table.kind == TableKind::view) explain("the view ", table.name, text("EXPLAIN SELECT 1 FROM ", table));
            // A full-text index compiles what it reads with its own.
            if (table.kind == TableKind::virtual_table)
                explain("the virtual table ", table.name, text("SELECT 1 FROM ", table, " LIMIT 1"));
        }
        return std::move(broken_);
    }

private:
    /// The first trigger that is broken hides others of its event, and those that it fires: now each is looked at where
    /// it is the only one that there is.
    void explain_each() {
        broken_.clear();
        BasicSavepoint<BackendType> savepoint{connection_};
        const auto drop = [this](const BasicTableInfo<Text>&, const BasicTriggerInfo<Text>& trigger) {
            connection_.run_script(join({"DROP TRIGGER IF EXISTS ", qualified<Text>(trigger.schema, trigger.name)}));
        };
        each_trigger(drop);
        each_trigger([&](const BasicTableInfo<Text>& table, const BasicTriggerInfo<Text>& trigger) {
            explain("the trigger ", trigger.name, in_schema<Text>(trigger.sql, trigger.schema));
            explain_trigger(table, trigger);
            drop(table, trigger);
        });
        savepoint.rollback();
    }

    template <class Action>
    void each_trigger(Action action) const {
        for (const BasicTableInfo<Text>& table : tables_) {
            for (const BasicTriggerInfo<Text>& trigger : table.triggers) action(table, trigger);
        }
    }

    /// It is compiled with the statement that fires it.
    void explain_trigger(const BasicTableInfo<Text>& table, const BasicTriggerInfo<Text>& trigger) {
        std::string_view rest = trigger.sql;
        Token event = cut_token(rest);
        while (event.kind != 0 && !is_word(event, "INSERT") && !is_word(event, "DELETE") && !is_word(event, "UPDATE"))
            event = cut_token(rest);
        std::string sql;
        if (is_word(event, "INSERT")) sql = text("EXPLAIN INSERT INTO ", table, BackendType::dialect.default_values);
        if (is_word(event, "DELETE")) sql = text("EXPLAIN DELETE FROM ", table);
        if (is_word(event, "UPDATE")) sql = text("EXPLAIN UPDATE ", table, same_values(table));
        explain("the trigger ", trigger.name, sql);
    }

    /// Of all columns: those that a trigger is for are among them.
    std::string same_values(const BasicTableInfo<Text>& table) {
        std::string sql;
        const auto add = [&sql](std::string_view name) {
            append(sql, {sql.empty() ? " SET " : ", ", quoted<Text>(name), " = ", quoted<Text>(name)});
        };
        for (const BasicColumnInfo<Text>& column : table.columns) {
            if (column.generated.empty()) add(column.name);
        }
        if (table.kind != TableKind::view) return sql;
        try {
            StatementLease<BackendType> statement = connection_.acquire(
                std::string_view{join({"SELECT name FROM pragma_table_info(", literal<Text>(table.name), ", ",
                                       literal<Text>(table.schema), ")"})});
            while (statement->statement.step()) add(statement->statement.cell(0).text());
        } catch (const ProgrammingError&) {  // the view itself is broken
        }
        return sql;
    }

    static std::string text(std::string_view words, const BasicTableInfo<Text>& table, std::string_view rest = {}) {
        return join({words, quoted<Text>(table.schema), ".", quoted<Text>(table.name), rest});
    }

    void explain(std::string_view kind, std::string_view name, const std::string& sql) {
        try {
            connection_.run_script(sql);  // not by the cache: what is there was compiled for an earlier schema
        } catch (const OperationalError&) {
            throw;
        } catch (const DatabaseError& error) {
            broken_.push_back({join({kind, name}), error.failure().message});
        }
    }

    OpenConnection<BackendType>& connection_;
    std::vector<BasicTableInfo<Text>> tables_{};
    std::vector<BrokenObject<Text>> broken_{};
};

/// Throws SchemaMismatch for a view or trigger that can no longer be used, but for those that could not before, for the
/// same reason.
template <class Text, class BackendType>
[[gnu::cold]] void require_sound(OpenConnection<BackendType>& connection,
                                 const std::vector<BrokenObject<Text>>& before) {
    for (const BrokenObject<Text>& broken : SoundnessCheck<Text, BackendType>{connection}.run()) {
        bool was_broken = false;
        for (const BrokenObject<Text>& earlier : before)
            was_broken = was_broken || (earlier.name == broken.name && earlier.problem == broken.problem);
        if (!was_broken) refuse<SchemaMismatch>({broken.name, " would break: ", broken.problem});
    }
}

}  // namespace mica::detail
