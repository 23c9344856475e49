// SPDX-License-Identifier: BSL-1.0
#include "structs.hpp"

#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/difference.hpp>
#include <mica/migration/rowid.hpp>

#include "expression.hpp"
#include "names.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

namespace mica::program {

namespace {

using mica::detail::is_same_name;

std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

/// By SQLite's rules of affinity (https://www.sqlite.org/datatype3.html#determination_of_column_affinity), and by what
/// people mean: times are texts, decimals are double.
std::string_view field_type(std::string_view declared) {
    const std::string type = lower_case(declared);
    const auto has = [&type](std::string_view part) { return type.find(part) != type.npos; };
    if (has("int") || has("bool") || type.starts_with("bit") || type.starts_with("year")) return "std::int64_t";
    if (has("char") || has("clob") || has("text")) return "std::string";
    if (has("blob")) return "std::vector<std::byte>";
    if (has("real") || has("floa") || has("doub")) return "double";
    if (has("dec") || has("num") || has("money")) return "double";
    return "std::string";
}

ValueKind kind_of(std::string_view field_type) {
    if (field_type == "std::int64_t") return ValueKind::integer;
    if (field_type == "double") return ValueKind::real;
    return field_type == "std::string" ? ValueKind::text : ValueKind::blob;
}

/// As mica declares a column of that kind.
std::string_view declared_type(ValueKind kind) {
    static constexpr std::string_view types[] = {"INTEGER", "REAL", "TEXT", "BLOB", "INTEGER"};
    return types[static_cast<std::size_t>(kind)];
}

std::string list_of(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return "(" + list + ")";
}

/// What no struct can have more of.
constexpr std::size_t most_fields = 256;
constexpr std::size_t most_key_columns = 8;

struct Field {
    std::string name;  ///< in C++
    std::string_view type;
    bool is_optional = false;
    const ColumnInfo* column = nullptr;  ///< null for the hidden rowid
};

struct Entity {
    const TableInfo* table = nullptr;
    std::string name;  ///< in C++
    std::vector<Field> fields{};
    std::vector<std::string> key{};       ///< columns
    std::vector<std::string> comments{};  ///< what no struct can say
    bool is_behind = false;               ///< its mapping() is defined behind all structs

    const Field* field(std::string_view column) const {
        for (const Field& field : fields) {
            if (is_same_name(field.column == nullptr ? "rowid" : field.column->name, column)) return &field;
        }
        return nullptr;
    }
    std::string member(const Field& field) const { return "&" + name + "::" + field.name; }
    /// As a list; nothing where a column has no field.
    std::optional<std::string> members(const std::vector<std::string>& columns) const {
        std::string list;
        for (const std::string& column : columns) {
            const Field* const found = field(column);
            if (found == nullptr) return {};
            list += (list.empty() ? "" : ", ") + member(*found);
        }
        return list;
    }
    std::optional<TypedText> expression(std::string_view sql) const {
        return expression_text(sql, [this](std::string_view column) -> std::optional<TypedText> {
            const Field* const found = field(column);
            if (found == nullptr) return {};
            return TypedText{"mica::col<" + member(*found) + ">", kind_of(found->type)};
        });
    }
    std::optional<std::string> condition(std::string_view sql) const {
        auto found = expression(sql);
        if (!found || found->kind != ValueKind::condition) return {};
        return std::move(found->text);
    }
    /// Of a generated column: what its field holds.
    std::optional<std::string> value(std::string_view sql, const Field& field) const {
        auto found = expression(sql);
        if (!found) return {};
        const ValueKind kind = found->kind == ValueKind::condition ? ValueKind::integer : found->kind;
        const ValueKind wanted = kind_of(field.type);
        const bool fits = kind == wanted || (kind == ValueKind::integer && wanted == ValueKind::real);
        if (!fits) return {};
        return std::move(found->text);
    }
};

class StructWriter {
public:
    StructWriter(std::vector<TableInfo> tables, std::string_view name_space) : tables_(std::move(tables)) {
        std::sort(tables_.begin(), tables_.end(),
                  [](const TableInfo& left, const TableInfo& right) { return left.name < right.name; });
        for (TableInfo& table : tables_) {
            std::sort(table.indexes.begin(), table.indexes.end(),
                      [](const IndexInfo& left, const IndexInfo& right) { return left.name < right.name; });
        }
        name_space_ = name_space;
    }

    std::string write() {
        for (const TableInfo& table : tables_) {
            if (!is_same_name(table.schema, "main")) continue;
            if (unsaid(table).empty()) names_.push_back({&table, type_name(table.name, type_names_)});
        }
        for (const TableInfo& table : tables_) {
            if (!is_same_name(table.schema, "main")) continue;
            if (const std::string what = unsaid(table); what.empty()) {
                make_entity(table);
            } else {
                others_.push_back(what);
            }
        }
        sort_parents_first();
        std::string structs;
        std::string behind;
        for (Entity& entity : entities_) write_entity(entity, structs, behind);
        return head() + structs + behind + tail();
    }

private:
    /// What no struct can stand for, in words; empty for a table that one can.
    static std::string unsaid(const TableInfo& table) {
        if (table.kind == TableKind::view) return "the view " + table.name;
        if (table.kind == TableKind::virtual_table) return "the virtual table " + table.name;
        if (table.name.empty()) return "the table whose name is empty";
        const bool has_rowid = table.primary_key.columns.empty();
        if (table.columns.size() + (has_rowid ? 1 : 0) > most_fields)
            return "the table " + table.name + " of " + std::to_string(table.columns.size()) + " columns";
        if (table.primary_key.columns.size() > most_key_columns)
            return "the table " + table.name + ", whose key has " + std::to_string(table.primary_key.columns.size()) +
                   " columns";
        if (has_rowid && mica::detail::hidden_rowid(table) != "rowid")
            return "the table " + table.name + ", which has no key and a column that is called rowid";
        return {};
    }

    void make_entity(const TableInfo& table) {
        Entity entity{.table = &table, .name = name_of(table.name)};
        entity.key = table.primary_key.columns;
        std::set<std::string> names{"mapping", entity.name};
        // A field hides a struct of its name.
        for (const ForeignKeyInfo& key : table.foreign_keys) names.insert(name_of(key.target));
        if (entity.key.empty()) {
            names.insert("rowid");
            entity.fields.push_back({"rowid", "std::int64_t"});
            entity.key = {"rowid"};
        }
        for (const ColumnInfo& column : table.columns) {
            const bool is_key = std::any_of(entity.key.begin(), entity.key.end(),
                                            [&](const std::string& name) { return is_same_name(name, column.name); });
            entity.fields.push_back(
                {field_name(column.name, names), field_type(column.type), column.is_nullable && !is_key, &column});
        }
        // A generated column that cannot be said is left unread: mica would write it.
        std::erase_if(entity.fields, [&entity](const Field& field) {
            if (field.column == nullptr || field.column->generated.empty()) return false;
            if (entity.value(field.column->generated, field)) return false;
            entity.comments.push_back("the column " + field.column->name + ", generated as " + field.column->generated);
            return true;
        });
        compare(entity);
        entities_.push_back(std::move(entity));
    }

    /// What a struct has otherwise than its table, in the words of verify().
    static void compare(Entity& entity) {
        TableInfo said = *entity.table;
        for (ColumnInfo& column : said.columns) {
            const Field* const field = entity.field(column.name);
            if (field == nullptr || field->column == nullptr) continue;
            column.type = declared_type(kind_of(field->type));
            column.is_nullable = field->is_optional;
        }
        if (entity.fields[0].column == nullptr) {
            ColumnInfo& rowid = said.columns.emplace_back();
            rowid.name = "rowid";
            rowid.type = "INTEGER";
            said.primary_key.columns = {"rowid"};
            said.primary_key.collations = {""};
        }
        said.primary_key.is_descending = false;
        // A struct's keys compare by their columns' collations.
        for (std::string& collation : said.primary_key.collations) collation.clear();
        for (UniqueInfo& unique : said.uniques) {
            for (std::string& collation : unique.collations) collation.clear();
        }
        for (const auto& item : mica::detail::compare_tables<std::string>({said}, {*entity.table}))
            entity.comments.push_back(item.text);
        add_conflict(entity, said.primary_key);
        for (const UniqueInfo& unique : said.uniques) add_conflict(entity, unique);
    }

    static void add_conflict(Entity& entity, const UniqueInfo& key) {
        if (key.on_conflict.empty()) return;
        entity.comments.push_back("ON CONFLICT " + key.on_conflict + " of the key " + list_of(key.columns));
    }

    /// Of a table's struct; empty where there is none.
    std::string name_of(std::string_view table) const {
        for (const auto& [info, name] : names_) {
            if (is_same_name(info->name, table)) return name;
        }
        return {};
    }

    const Entity* entity_of(std::string_view table) const {
        for (const Entity& entity : entities_) {
            if (is_same_name(entity.table->name, table)) return &entity;
        }
        return nullptr;
    }

    void sort_parents_first() {
        std::vector<Entity> sorted;
        const auto is_written = [&sorted](std::string_view table) {
            return std::any_of(sorted.begin(), sorted.end(),
                               [table](const Entity& entity) { return is_same_name(entity.table->name, table); });
        };
        const auto has_parents = [&](const Entity& entity) {
            return std::all_of(entity.table->foreign_keys.begin(), entity.table->foreign_keys.end(),
                               [&](const ForeignKeyInfo& key) {
                                   const Entity* const parent = entity_of(key.target);
                                   return parent == nullptr || is_same_name(key.target, entity.table->name) ||
                                          is_written(key.target) || !is_said(entity, key, *parent);
                               });
        };
        std::vector<Entity> left = entities_;
        while (!left.empty()) {
            auto next = std::find_if(left.begin(), left.end(), has_parents);
            const bool is_circle = next == left.end();
            if (is_circle) next = left.begin();
            next->is_behind = is_circle;
            sorted.push_back(*next);
            left.erase(next);
        }
        entities_ = std::move(sorted);
    }

    // ---- one struct ----

    void write_entity(Entity& entity, std::string& structs, std::string& behind) {
        const std::string options = mapping_of(entity);
        structs += "\n";
        for (const std::string& comment : entity.comments) structs += "// Not said here: " + one_line(comment) + "\n";
        structs += "struct " + entity.name + " {\n";
        for (const Field& field : entity.fields) structs += "    " + declaration(field) + "\n";
        structs += "\n    static constexpr auto mapping()";
        if (entity.is_behind) {
            structs += ";\n};\n";
            behind += "\nconstexpr auto " + entity.name + "::mapping() {\n    return " + options + ";\n}\n";
        } else {
            structs += " {\n        return " + options + ";\n    }\n};\n";
        }
    }

    static std::string one_line(std::string text) {
        for (char& c : text) c = c == '\n' || c == '\r' || c == '\\' ? ' ' : c;
        return text;
    }

    static std::string declaration(const Field& field) {
        std::string value = "{}";
        if (field.type == "std::int64_t" || field.type == "double") value = field.is_optional ? "{}" : " = 0";
        if (const auto given = default_of(field)) value = " = " + *given;
        const std::string type{field.type};
        return (field.is_optional ? "std::optional<" + type + ">" : type) + " " + field.name + value + ";";
    }

    /// Of a literal that its field takes.
    static std::optional<std::string> default_of(const Field& field) {
        if (field.column == nullptr || !field.column->default_value) return {};
        const auto literal = literal_text(*field.column->default_value);
        if (!literal) return {};
        const bool is_text = literal->front() == '"';
        const bool is_whole = !is_text && literal->find_first_not_of("-0123456789") == literal->npos;
        if (field.type == "std::string") return is_text ? literal : std::nullopt;
        if (field.type == "double")
            return is_text || *literal == "true" || *literal == "false" ? std::nullopt : literal;
        if (field.type != "std::int64_t") return {};
        if (*literal == "true") return "1";
        if (*literal == "false") return "0";
        return is_whole ? literal : std::nullopt;
    }

    std::string mapping_of(Entity& entity) {
        const TableInfo& table = *entity.table;
        std::vector<std::string> options;
        const bool has_usual_key = entity.key.size() == 1 && entity.field(entity.key[0])->name == "id";
        if (!has_usual_key) options.push_back("mica::primary_key<" + *entity.members(entity.key) + ">");
        if (table.is_autoincrement) options.emplace_back("mica::autoincrement");
        if (table.is_without_rowid) options.emplace_back("mica::without_rowid");
        if (!table.is_strict) options.emplace_back("mica::not_strict");
        for (const Field& field : entity.fields) {
            if (field.column != nullptr) add_column(entity, field, options);
        }
        for (const UniqueInfo& unique : table.uniques) {
            const auto members = entity.members(unique.columns);
            const bool has_own_collation = std::any_of(unique.collations.begin(), unique.collations.end(),
                                                       [](const std::string& collation) { return !collation.empty(); });
            if (has_own_collation)
                entity.comments.push_back("a UNIQUE with a COLLATE of its own");
            else if (members && unique.columns.size() <= most_key_columns)
                options.push_back("mica::unique<" + *members + ">");
            else
                entity.comments.push_back("UNIQUE " + list_of(unique.columns));
        }
        add_checks(entity, options);
        std::set<std::string> own_indexes;
        for (const ForeignKeyInfo& key : table.foreign_keys) add_foreign_key(entity, key, own_indexes, options);
        for (const IndexInfo& index : table.indexes) {
            if (!own_indexes.contains(lower_case(index.name))) add_index(entity, index, options);
        }
        for (const TriggerInfo& trigger : table.triggers) entity.comments.push_back("the trigger " + trigger.name);
        std::string text = "mica::table(" + quoted_text(table.name);
        for (const std::string& option : options) text += ",\n                           " + option;
        return text + ")";
    }

    static void add_column(Entity& entity, const Field& field, std::vector<std::string>& options) {
        const ColumnInfo& column = *field.column;
        const std::string member = "<" + entity.member(field) + ">(";
        if (field.name != column.name) options.push_back("mica::column" + member + quoted_text(column.name) + ")");
        if (!column.collation.empty() && !is_same_name(column.collation, "BINARY"))
            options.push_back("mica::collate" + member + quoted_text(column.collation) + ")");
        if (!column.generated.empty()) {
            options.push_back("mica::generated" + member + *entity.value(column.generated, field) + ")" +
                              (column.is_stored ? ".stored()" : ""));
        }
        if (!column.default_value || is_same_name(*column.default_value, "NULL")) return;
        if (const auto literal = default_of(field)) {
            options.push_back("mica::default_value" + member + *literal + ")");
        } else if (is_same_name(*column.default_value, "CURRENT_TIMESTAMP") && field.type == "std::string") {
            options.push_back("mica::default_expr" + member + "mica::current_timestamp)");
        } else {
            entity.comments.push_back("DEFAULT (" + *column.default_value + ") of " + column.name);
        }
    }

    static void add_checks(Entity& entity, std::vector<std::string>& options) {
        int number = 0;
        for (const CheckInfo& check : entity.table->checks) {
            ++number;
            const auto condition = entity.condition(check.condition);
            if (!condition) {
                entity.comments.push_back("CHECK (" + check.condition + ")");
                continue;
            }
            const bool has_usual_name =
                check.name.empty() || check.name == "ck_" + entity.table->name + "_" + std::to_string(number);
            options.push_back("mica::check(" + *condition + ")" +
                              (has_usual_name ? "" : ".name(" + quoted_text(check.name) + ")"));
        }
    }

    std::string usual_index_name(const Entity& entity, const std::vector<std::string>& columns) const {
        std::string name = "ix_" + entity.table->name;
        for (const std::string& column : columns) {
            const Field* const field = entity.field(column);
            name += "_" + (field == nullptr || field->column == nullptr ? column : field->column->name);
        }
        return name;
    }

    static const std::vector<std::string>& targets_of(const ForeignKeyInfo& key, const Entity& parent) {
        return key.target_columns.empty() ? parent.key : key.target_columns;
    }

    static bool is_said(const Entity& entity, const ForeignKeyInfo& key, const Entity& parent) {
        const std::vector<std::string>& targets = targets_of(key, parent);
        return entity.members(key.columns) && parent.members(targets) && is_key(parent, targets) &&
               have_same_types(entity, key.columns, parent, targets);
    }

    void add_foreign_key(Entity& entity, const ForeignKeyInfo& key, std::set<std::string>& own_indexes,
                         std::vector<std::string>& options) {
        const Entity* const parent = entity_of(key.target);
        if (parent == nullptr || !is_said(entity, key, *parent)) {
            const std::vector<std::string>& targets = parent == nullptr ? key.target_columns : targets_of(key, *parent);
            entity.comments.push_back("FOREIGN KEY " + list_of(key.columns) + " REFERENCES " + key.target + " " +
                                      list_of(targets));
            return;
        }
        const std::string members = *entity.members(key.columns);
        const std::string parents = *parent->members(targets_of(key, *parent));
        std::string option = key.columns.size() == 1 ? "mica::foreign_key<" + members + ", " + parents + ">"
                                                     : "mica::foreign_key_to<" + parent->name + ">(mica::from<" +
                                                           members + ">, mica::to<" + parents + ">)";
        if (!key.on_delete.empty()) option += ".on_delete(mica::" + action(key.on_delete) + ")";
        if (!key.on_update.empty()) option += ".on_update(mica::" + action(key.on_update) + ")";
        if (key.is_deferred) option += ".deferrable()";
        const std::string index = usual_index_name(entity, key.columns);
        const bool has_index =
            std::any_of(entity.table->indexes.begin(), entity.table->indexes.end(), [&](const IndexInfo& other) {
                return is_same_name(other.name, index) && !other.is_unique && other.condition.empty();
            });
        if (has_index) own_indexes.insert(lower_case(index));
        options.push_back(option + (has_index ? "" : ".no_index()"));
    }

    static std::string action(std::string_view words) {
        std::string name = lower_case(words);
        std::replace(name.begin(), name.end(), ' ', '_');
        return name;
    }

    static bool is_key(const Entity& parent, const std::vector<std::string>& columns) {
        const auto is_same = [&columns](const std::vector<std::string>& key) {
            return std::is_permutation(
                key.begin(), key.end(), columns.begin(), columns.end(),
                [](const std::string& left, const std::string& right) { return is_same_name(left, right); });
        };
        if (columns.size() > most_key_columns) return false;
        bool is_found = is_same(parent.key);
        for (const UniqueInfo& unique : parent.table->uniques) is_found = is_found || is_same(unique.columns);
        return is_found;
    }

    static bool have_same_types(const Entity& child, const std::vector<std::string>& columns, const Entity& parent,
                                const std::vector<std::string>& targets) {
        bool are_same = columns.size() == targets.size();
        for (std::size_t i = 0; are_same && i < columns.size(); ++i)
            are_same = child.field(columns[i])->type == parent.field(targets[i])->type;
        return are_same;
    }

    void add_index(Entity& entity, const IndexInfo& index, std::vector<std::string>& options) {
        if (index.terms.size() > most_key_columns) {
            entity.comments.push_back(index.sql);
            return;
        }
        std::vector<std::string> columns;
        std::string terms;
        for (const std::string& term : index.terms) {
            if (const Field* const field = plain_field(entity, term)) columns.push_back(field->column->name);
            std::string_view sql = term;
            const bool is_descending = cut_order(sql);
            const auto text = entity.expression(sql);
            if (!text) {
                entity.comments.push_back(index.sql);
                return;
            }
            terms += (terms.empty() ? "" : ", ") + (is_descending ? descending(text->text) : text->text);
        }
        const bool is_plain = columns.size() == index.terms.size();
        std::string option =
            is_plain ? "mica::index<" + *entity.members(columns) + ">" : "mica::index_on(" + terms + ")";
        if (!is_plain || index.name != usual_index_name(entity, columns))
            option += ".name(" + quoted_text(index.name) + ")";
        if (index.is_unique) option += ".unique()";
        if (!index.condition.empty()) {
            const auto condition = entity.condition(index.condition);
            if (!condition) {
                entity.comments.push_back(index.sql);
                return;
            }
            option += ".where(" + *condition + ")";
        }
        options.push_back(option);
    }

    static const Field* plain_field(const Entity& entity, std::string_view term) {
        std::string_view rest = term;
        for (std::string_view whole = term, inside; !(inside = mica::detail::cut_parentheses(whole)).empty();) {
            if (!mica::detail::trim(whole).empty()) break;
            rest = whole = inside;
        }
        const mica::detail::Token name = mica::detail::cut_token(rest);
        const mica::detail::Token order = mica::detail::cut_token(rest);
        if (name.kind != 'a' && name.kind != '"') return nullptr;
        if (order.kind != 0 && !mica::detail::is_word(order, "ASC")) return nullptr;
        const Field* const field = entity.field(mica::detail::name_of(name));
        return field == nullptr || field->column == nullptr ? nullptr : field;
    }

    /// Cuts ASC or DESC off; whether it was DESC.
    static bool cut_order(std::string_view& term) {
        mica::detail::Token last{};
        for (std::string_view rest = term; true;) {
            const mica::detail::Token token = mica::detail::cut_token(rest);
            if (token.kind == 0) break;
            last = token;
        }
        const bool is_descending = mica::detail::is_word(last, "DESC");
        if (is_descending || mica::detail::is_word(last, "ASC"))
            term = term.substr(0, static_cast<std::size_t>(last.text.data() - term.data()));
        return is_descending;
    }

    static std::string descending(const std::string& text) {
        const bool is_one = text.find_first_of(" ") == text.npos || text.starts_with("mica::lower(");
        return (is_one ? text : "(" + text + ")") + ".desc()";
    }

    // ---- around them ----

    std::string head() const {
        std::string text =
            "// Written by `mica structs`.\n#pragma once\n\n#include <mica/mica.hpp>\n\n#include <cstddef>\n#include "
            "<cstdint>\n#include <optional>\n#include <string>\n#include <vector>\n\n";
        for (const std::string& other : others_) text += "// Not said here: " + one_line(other) + "\n";
        return text + "namespace " + name_space_ + " {\n";
    }

    std::string tail() {
        std::string list;
        for (const Entity& entity : entities_) list += (list.empty() ? "" : ", ") + entity.name;
        std::string text;
        if (!list.empty()) text = "\nusing " + type_name("Database", type_names_) + " = mica::Schema<" + list + ">;\n";
        return text + "\n}  // namespace " + name_space_ + "\n";
    }

    std::vector<TableInfo> tables_;
    std::string name_space_;
    std::vector<Entity> entities_{};
    std::vector<std::string> others_{};
    std::vector<std::pair<const TableInfo*, std::string>> names_{};
    std::set<std::string> type_names_{};
};

}  // namespace

std::string structs_text(std::vector<TableInfo> tables, std::string_view name_space) {
    return StructWriter{std::move(tables), name_space}.write();
}

}  // namespace mica::program
