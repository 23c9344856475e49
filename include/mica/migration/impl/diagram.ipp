// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/diagram.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace mica::detail {

/// Writes tables in Mermaid's words.
template <class Text>
class DiagramWriter {
public:
    explicit DiagramWriter(const std::vector<BasicTableInfo<Text>>& tables) noexcept : tables_(tables) {}

    std::string write() {
        append(text_, {"erDiagram\n"});
        for (const BasicTableInfo<Text>& table : tables_) write_table(table);
        for (const BasicTableInfo<Text>& table : tables_) {
            for (const BasicForeignKeyInfo<Text>& key : table.foreign_keys) write_key(table, key);
        }
        return std::move(text_);
    }

private:
    using Names = std::vector<Text>;

    static bool contains(const Names& names, std::string_view name) noexcept {
        for (const std::string& one : names) {
            if (is_same_name(one, name)) return true;
        }
        return false;
    }

    static bool contains_all(const Names& names, const Names& part) noexcept {
        for (const std::string& name : part) {
            if (!contains(names, name)) return false;
        }
        return true;
    }

    /// The column that an index's term is; empty for an expression.
    static std::string column_of(std::string_view term) {
        const std::string name = name_of(cut_token(term));
        const Token next = cut_token(term);
        return next.kind == 0 || is_word(next, "COLLATE") || is_word(next, "DESC") || is_word(next, "ASC")
                   ? name
                   : std::string{};
    }

    static Names columns_of(const BasicIndexInfo<Text>& index) {
        Names columns;
        for (const std::string& term : index.terms) columns.push_back(column_of(term));
        return columns;
    }

    /// Whether no two rows have the same values in these columns.
    static bool is_unique(const BasicTableInfo<Text>& table, const Names& columns) {
        const Names& key = table.primary_key.columns;
        if (!key.empty() && contains_all(columns, key)) return true;
        for (const BasicUniqueInfo<Text>& unique : table.uniques) {
            if (contains_all(columns, unique.columns)) return true;
        }
        for (const BasicIndexInfo<Text>& index : table.indexes) {
            if (index.is_unique && index.condition.empty() && contains_all(columns, columns_of(index))) return true;
        }
        return false;
    }

    static bool may_be_null(const BasicTableInfo<Text>& table, const Names& columns) noexcept {
        for (const BasicColumnInfo<Text>& column : table.columns) {
            if (column.is_nullable && contains(columns, column.name) &&
                !contains(table.primary_key.columns, column.name)) {
                return true;
            }
        }
        return false;
    }

    static bool is_of_a_foreign_key(const BasicTableInfo<Text>& table, std::string_view column) noexcept {
        for (const BasicForeignKeyInfo<Text>& key : table.foreign_keys) {
            if (contains(key.columns, column)) return true;
        }
        return false;
    }

    /// As the table itself spells it: to Mermaid another case is another name.
    std::string_view name_of_target(const BasicTableInfo<Text>& table,
                                    const BasicForeignKeyInfo<Text>& key) const noexcept {
        for (const BasicTableInfo<Text>& target : tables_) {
            if (is_same_name(target.name, key.target) && is_same_name(target.schema, table.schema)) return target.name;
        }
        return key.target;
    }

    static bool is_letter(char c) noexcept {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) > 0x7f;
    }

    /// A type or a column, of which Mermaid takes only so many characters, and three words not at all.
    void write_word(std::string_view word) {
        if (word.empty() || !is_letter(word[0]) || is_same_name(word, "PK") || is_same_name(word, "FK") ||
            is_same_name(word, "UK")) {
            append(text_, {"_"});
        }
        for (const char& c : word) {
            const bool is_taken = is_letter(c) || (c >= '0' && c <= '9') || c == '(' || c == ')' || c == '-';
            append(text_, {is_taken ? letter(c) : "_"});
        }
    }

    /// In quotes Mermaid takes all but these; without them some names would be words of its own.
    void write_quoted(std::string_view name) {
        append(text_, {"\""});
        for (const char& c : name) {
            const bool is_refused = c == '"' || c == '%' || c == '\\' || static_cast<unsigned char>(c) < ' ';
            append(text_, {is_refused ? "_" : letter(c)});
        }
        append(text_, {name.empty() ? "_\"" : "\""});
    }

    void write_name(std::string_view schema, std::string_view name) {
        write_quoted(schema.empty() || is_same_name(schema, "main") ? std::string{name} : join({schema, ".", name}));
    }

    void write_table(const BasicTableInfo<Text>& table) {
        append(text_, {"    "});
        write_name(table.schema, table.name);
        if (table.columns.empty()) {
            append(text_, {"\n"});
            return;
        }
        append(text_, {" {\n"});
        for (const BasicColumnInfo<Text>& column : table.columns) write_column(table, column);
        append(text_, {"    }\n"});
    }

    void write_column(const BasicTableInfo<Text>& table, const BasicColumnInfo<Text>& column) {
        append(text_, {"        "});
        write_word(column.type.empty() ? "ANY" : column.type);
        append(text_, {" "});
        write_word(column.name);
        const bool is_key = contains(table.primary_key.columns, column.name);
        std::string_view before = " ";
        const auto mark = [&](bool holds, std::string_view word) {
            if (!holds) return;
            append(text_, {before, word});
            before = ", ";
        };
        mark(is_key, "PK");
        mark(is_of_a_foreign_key(table, column.name), "FK");
        mark(!is_key && is_unique(table, {column.name}), "UK");
        append(text_, {"\n"});
    }

    void write_key(const BasicTableInfo<Text>& table, const BasicForeignKeyInfo<Text>& key) {
        append(text_, {"    "});
        write_name(table.schema, name_of_target(table, key));
        append(text_, {may_be_null(table, key.columns) ? " |o" : " ||",
                       contains_all(table.primary_key.columns, key.columns) ? "--" : "..",
                       is_unique(table, key.columns) ? "o| " : "o{ "});
        write_name(table.schema, table.name);
        append(text_, {" : "});
        std::string columns;
        for (const std::string& column : key.columns) append(columns, {columns.empty() ? "" : ", ", column});
        write_quoted(columns);
        append(text_, {"\n"});
    }

    const std::vector<BasicTableInfo<Text>>& tables_;
    std::string text_;
};

template <class Text>
std::string draw_tables(const std::vector<BasicTableInfo<Text>>& tables) {
    return DiagramWriter<Text>{tables}.write();
}

}  // namespace mica::detail
