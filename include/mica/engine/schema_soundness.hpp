// SPDX-License-Identifier: BSL-1.0
// Which views and triggers cannot be used, before a schema is changed and after.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/text.hpp>
#include <mica/engine/inspect.hpp>
#include <mica/schema/table.hpp>

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
        const std::string names = connection_.use()->schema_names();
        std::vector<BasicTableInfo<Text>> tables;
        for (std::string_view rest = names; !rest.empty();) {
            const std::string_view schema = rest.substr(0, rest.find('\0'));
            read_schema(connection_, schema, tables);
            rest.remove_prefix(schema.size() + 1);
        }
        for (const BasicTableInfo<Text>& table : tables) {
            if (table.kind == TableKind::view) explain(join({"the view ", table.name}), "SELECT 1 FROM ", table, {});
            if (!table.triggers.empty()) explain_triggers(table);
        }
        return std::move(broken_);
    }

private:
    /// They are compiled with the statements that fire them.
    void explain_triggers(const BasicTableInfo<Text>& table) {
        const bool is_one = table.triggers.size() == 1;
        const std::string name = join({is_one ? "the trigger " : "a trigger of ",
                                       is_one ? std::string_view{table.triggers[0].name} : table.name});
        explain(name, "INSERT INTO ", table, BackendType::dialect.default_values);
        explain(name, "DELETE FROM ", table, {});
        const std::string same = make_text(BackendType::dialect, [&table](SqlWriter& writer) {
            std::string_view before = " SET ";
            for (const BasicColumnInfo<Text>& column : table.columns) {
                if (!column.generated.empty()) continue;
                writer.text(detail::exchange(before, ", "));
                writer.identifier(column.name);
                writer.text(" = ");
                writer.identifier(column.name);
            }
        });
        if (!same.empty()) explain(name, "UPDATE ", table, same);
    }

    void explain(const std::string& name, std::string_view words, const BasicTableInfo<Text>& table,
                 std::string_view rest) {
        try {
            // Not by the cache: what is there was compiled for an earlier schema.
            connection_.run_script(make_text(BackendType::dialect, [&](SqlWriter& writer) {
                writer.text("EXPLAIN ");
                writer.text(words);
                name_table(writer, Table{.relation = table.name, .schema = table.schema});
                writer.text(rest);
            }));
        } catch (const OperationalError&) {
            throw;
        } catch (const DatabaseError& error) {
            broken_.push_back({name, error.failure().message});
        }
    }

    OpenConnection<BackendType>& connection_;
    std::vector<BrokenObject<Text>> broken_{};
};

/// Throws SchemaMismatch for a view or trigger that can no longer be used, but for those that could not before, for the
/// same reason: several triggers of a table are told apart by it alone.
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
