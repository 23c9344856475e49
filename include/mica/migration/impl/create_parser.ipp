// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>

#include <cstddef>
#include <utility>

namespace mica::detail {

bool is_same_name(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (lower_case(left[i]) != lower_case(right[i])) return false;
    }
    return true;
}

std::string shown_name(std::string_view schema, std::string_view name) {
    const bool is_main = schema.empty() || is_same_name(schema, "main");
    return join({is_main ? std::string_view{} : schema, is_main ? "" : ".", name});
}

/// Null where there is none.
template <class Text>
BasicTableInfo<Text>* find_table(std::vector<BasicTableInfo<Text>>& tables, std::string_view schema,
                                 std::string_view name) noexcept {
    for (BasicTableInfo<Text>& table : tables) {
        if (is_same_name(table.schema, schema) && is_same_name(table.name, name)) return &table;
    }
    return nullptr;
}

/// Reads the parts of one CREATE statement, from the left to the right.
template <class Text>
class CreateParser {
public:
    explicit CreateParser(std::string_view sql) noexcept : rest_(sql), whole_(sql) {}

    void read(std::string_view schema, std::vector<BasicTableInfo<Text>>& tables) {
        if (!take("CREATE")) return;
        if (take("TEMP") || take("TEMPORARY")) schema = "temp";
        if (take("TABLE")) {
            read_table(add_table(schema, TableKind::table, tables));
        } else if (take("VIEW")) {
            add_table(schema, TableKind::view, tables);
        } else if (take("VIRTUAL")) {
            take("TABLE");
            add_table(schema, TableKind::virtual_table, tables);
        } else if (take("TRIGGER")) {
            read_trigger(schema, tables);
        } else {
            const bool is_unique = take("UNIQUE");
            if (take("INDEX")) read_index(is_unique, schema, tables);
        }
    }

private:
    Token next() const noexcept {
        std::string_view rest = rest_;
        return cut_token(rest);
    }

    bool take(std::string_view word) noexcept {
        std::string_view rest = rest_;
        if (!is_word(cut_token(rest), word)) return false;
        rest_ = rest;
        return true;
    }

    bool take_sign(char sign) noexcept {
        std::string_view rest = rest_;
        if (cut_token(rest).kind != sign) return false;
        rest_ = rest;
        return true;
    }

    std::string take_name() { return name_of(cut_token(rest_)); }

    std::string take_expression() {
        const std::string_view inside = trim(cut_parentheses(rest_));
        return {inside.data(), inside.size()};
    }

    /// Skips the schema in front of a name.
    std::string take_object_name() {
        if (take("IF")) {
            take("NOT");
            take("EXISTS");
        }
        std::string name = take_name();
        if (take_sign('.')) name = take_name();
        return name;
    }

    BasicTableInfo<Text>& add_table(std::string_view schema, TableKind kind,
                                    std::vector<BasicTableInfo<Text>>& tables) {
        BasicTableInfo<Text>& table = tables.emplace_back();
        table.schema = schema;
        table.kind = kind;
        table.name = take_object_name();
        table.sql = trim(whole_);
        return table;
    }

    void read_table(BasicTableInfo<Text>& table) {
        if (!take_sign('(')) return;
        while (next().kind != 0 && !take_sign(')')) {
            if (take_sign(',')) continue;
            if (is_constraint(next())) {
                read_constraint(table, nullptr);
            } else {
                read_column(table);
            }
        }
        while (next().kind != 0) {
            if (take("STRICT")) {
                table.is_strict = true;
            } else if (take("WITHOUT")) {
                table.is_without_rowid = take("ROWID");
            } else {
                cut_token(rest_);
            }
        }
    }

    static bool is_constraint(const Token& token) noexcept {
        for (const std::string_view word : {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}) {
            if (is_word(token, word)) return true;
        }
        return false;
    }

    static bool is_column_constraint(const Token& token) noexcept {
        if (is_constraint(token)) return true;
        for (const std::string_view word :
             {"NOT", "NULL", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS", "ON", "DEFERRABLE"}) {
            if (is_word(token, word)) return true;
        }
        return false;
    }

    bool is_at_end_of_column() const noexcept {
        const char kind = next().kind;
        return kind == 0 || kind == ',' || kind == ')';
    }

    void read_column(BasicTableInfo<Text>& table) {
        table.columns.emplace_back().name = take_name();
        const std::size_t index = table.columns.size() - 1;
        while (!is_at_end_of_column() && !is_column_constraint(next())) {
            std::string& type = table.columns[index].type;
            if (next().kind == '(') {
                append(type, {"(", trim(cut_parentheses(rest_)), ")"});
            } else {
                append(type, {type.empty() ? "" : " ", take_name()});
            }
        }
        // A word that begins no constraint is passed over: the database has taken the text, so nothing is missed.
        while (!is_at_end_of_column()) read_constraint(table, &table.columns[index]);
    }

    /// A constraint of a table, or of one column of it.
    void read_constraint(BasicTableInfo<Text>& table, BasicColumnInfo<Text>* column) {
        std::string name = take("CONSTRAINT") ? take_name() : std::string{};
        // A name may stand there without a constraint.
        if (is_at_end_of_column() || is_word(next(), "CONSTRAINT")) return;
        if (take("PRIMARY")) {
            take("KEY");
            read_key(table.primary_key, table, column);
            table.primary_key.name = std::move(name);
        } else if (take("UNIQUE")) {
            BasicUniqueInfo<Text>& unique = table.uniques.emplace_back();
            unique.name = std::move(name);
            read_key(unique, table, column);
        } else if (take("CHECK")) {
            BasicCheckInfo<Text>& check = table.checks.emplace_back();
            check.name = std::move(name);
            check.condition = take_expression();
        } else if (take("FOREIGN")) {
            take("KEY");
            BasicForeignKeyInfo<Text>& key = table.foreign_keys.emplace_back();
            key.name = std::move(name);
            read_names(key.columns);
            if (take("REFERENCES")) read_reference(key);
        } else if (column == nullptr) {
            cut_token(rest_);
        } else if (take("REFERENCES")) {
            BasicForeignKeyInfo<Text>& key = table.foreign_keys.emplace_back();
            key.name = std::move(name);
            key.columns.push_back(column->name);
            read_reference(key);
        } else {
            read_column_constraint(*column);
        }
    }

    void read_column_constraint(BasicColumnInfo<Text>& column) {
        if (take("NOT")) {
            column.is_nullable = !take("NULL");
            read_conflict();
        } else if (take("NULL")) {
            read_conflict();
        } else if (take("COLLATE")) {
            column.collation = take_name();
        } else if (take("DEFAULT")) {
            read_default(column);
        } else if (take("GENERATED")) {
            take("ALWAYS");
        } else if (take("AS")) {
            column.generated = take_expression();
            column.is_stored = take("STORED");
        } else {
            cut_token(rest_);
        }
    }

    void read_default(BasicColumnInfo<Text>& column) {
        if (next().kind == '(') {
            column.default_value = take_expression();
            return;
        }
        std::string& value = column.default_value.emplace();
        if (next().kind == '-' || next().kind == '+') append(value, {cut_token(rest_).text});
        append(value, {cut_token(rest_).text});
        // A number with a point or an exponent is several tokens that touch, and so is a blob.
        while (!rest_.empty() && continues_literal(value, rest_[0])) append(value, {cut_token(rest_).text});
    }

    static bool continues_literal(std::string_view literal, char next) noexcept {
        if (literal[0] == '\'' || literal[0] == '"') return false;
        const char last = literal.back();
        const bool is_exponent = last == 'e' || last == 'E';
        if (next == '.' || next == '\'' || (is_exponent && (next == '-' || next == '+'))) return true;
        return (last == '.' || last == '-' || last == '+') && is_of_a_word(next);
    }

    void read_key(BasicUniqueInfo<Text>& key, BasicTableInfo<Text>& table, const BasicColumnInfo<Text>* column) {
        if (column != nullptr) {
            key.columns.push_back(column->name);
            key.collations.emplace_back();
            key.is_descending = !take("ASC") && take("DESC");
        } else {
            std::string_view inside = cut_parentheses(rest_);
            while (!inside.empty()) {
                std::string_view term = cut_term(inside);
                key.columns.push_back(name_of(cut_token(term)));
                std::string& collation = key.collations.emplace_back();
                while (!term.empty()) {
                    const Token token = cut_token(term);
                    if (is_word(token, "AUTOINCREMENT")) table.is_autoincrement = true;
                    if (is_word(token, "COLLATE")) collation = name_of(cut_token(term));
                }
            }
        }
        key.on_conflict = read_conflict();
        if (column != nullptr && take("AUTOINCREMENT")) table.is_autoincrement = true;
    }

    std::string read_conflict() {
        std::string_view rest = rest_;
        if (!is_word(cut_token(rest), "ON") || !is_word(cut_token(rest), "CONFLICT")) return {};
        rest_ = rest;
        return take_words(1);
    }

    /// So many words in capitals, as SQL's own are compared.
    std::string take_words(int count) {
        std::string words;
        for (; count > 0; --count) {
            for (const char& c : cut_token(rest_).text) {
                const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
                append(words, {letter(upper)});
            }
            if (count > 1) append(words, {" "});
        }
        return words;
    }

    void read_names(std::vector<Text>& names) {
        std::string_view inside = cut_parentheses(rest_);
        while (!inside.empty()) {
            std::string_view term = cut_term(inside);
            names.push_back(name_of(cut_token(term)));
        }
    }

    /// Cuts off what stands before the first comma that is in no parentheses, and the comma.
    static std::string_view cut_term(std::string_view& list) noexcept {
        const std::string_view whole = list;
        int depth = 0;
        while (true) {
            const Token token = cut_token(list);
            if (token.kind == 0) return trim(whole);
            depth += token.kind == '(' ? 1 : token.kind == ')' ? -1 : 0;
            if (token.kind == ',' && depth == 0)
                return trim(whole.substr(0, static_cast<std::size_t>(token.text.data() - whole.data())));
        }
    }

    void read_reference(BasicForeignKeyInfo<Text>& key) {
        key.target = take_name();
        if (next().kind == '(') read_names(key.target_columns);
        while (true) {
            if (take("MATCH")) {
                take_name();
            } else if (take("ON")) {
                std::string& action = take("DELETE") ? key.on_delete : (take("UPDATE"), key.on_update);
                action = take_words(is_word(next(), "SET") || is_word(next(), "NO") ? 2 : 1);
                if (action == "NO ACTION") action.clear();
            } else if (!take_deferrable(key)) {
                return;
            }
        }
    }

    bool take_deferrable(BasicForeignKeyInfo<Text>& key) noexcept {
        std::string_view rest = rest_;
        Token token = cut_token(rest);
        const bool is_denied = is_word(token, "NOT");
        if (is_denied) token = cut_token(rest);
        if (!is_word(token, "DEFERRABLE")) return false;
        rest_ = rest;
        const bool is_deferred = take("INITIALLY") && is_word(cut_token(rest_), "DEFERRED");
        key.is_deferred = is_deferred && !is_denied;
        return true;
    }

    void read_index(bool is_unique, std::string_view schema, std::vector<BasicTableInfo<Text>>& tables) {
        BasicIndexInfo<Text> index;
        index.name = take_object_name();
        index.is_unique = is_unique;
        index.sql = trim(whole_);
        if (!take("ON")) return;
        BasicTableInfo<Text>* const table = find_table<Text>(tables, schema, take_name());
        std::string_view inside = cut_parentheses(rest_);
        while (!inside.empty()) index.terms.emplace_back(cut_term(inside));
        if (take("WHERE")) index.condition = trim(rest_);
        if (table != nullptr) table->indexes.push_back(std::move(index));
    }

    void read_trigger(std::string_view schema, std::vector<BasicTableInfo<Text>>& tables) {
        BasicTriggerInfo<Text> trigger;
        trigger.name = take_object_name();
        trigger.sql = trim(whole_);
        // BEFORE INSERT OF a, b ON the table: no name before it is a bare ON, which has to be quoted.
        while (next().kind != 0 && !take("ON")) cut_token(rest_);
        std::string target_schema = join({schema});
        std::string target = take_name();
        const bool has_schema = take_sign('.');
        if (has_schema) {
            const std::string given = detail::exchange(target, take_name());
            if (is_same_name(schema, "temp")) target_schema = given;  // a file does not know what it is attached as
        }
        trigger.schema = schema;
        BasicTableInfo<Text>* table = find_table<Text>(tables, target_schema, target);
        // A temporary trigger may be on a table of any schema.
        for (std::size_t i = 0; table == nullptr && !has_schema && is_same_name(schema, "temp") && i < tables.size();
             ++i)
            table = find_table<Text>(tables, tables[i].schema, target);
        if (table != nullptr) table->triggers.push_back(std::move(trigger));
    }

    std::string_view rest_;
    std::string_view whole_;
};

std::string_view cut_statement(std::string_view& sql) noexcept {
    const std::string_view whole = sql;
    bool is_trigger = false;
    bool has_ended = false;
    char before = 0;
    for (int number = 0;; ++number) {
        const Token token = cut_token(sql);
        if (token.kind == 0) return whole;
        if (number < 3 && is_word(token, "TRIGGER")) is_trigger = true;
        // That of a CASE, and what a column is called, follow no ';'.
        if (before == ';' && is_word(token, "END")) has_ended = true;
        before = token.kind;
        if (token.kind == ';' && (!is_trigger || has_ended))
            return whole.substr(0, static_cast<std::size_t>(token.text.data() - whole.data()));
    }
}

template <class Text>
void read_create(std::string_view sql, std::string_view schema, std::vector<BasicTableInfo<Text>>& tables) {
    while (!sql.empty()) {
        std::string_view text = sql.substr(0, sql.find('\0'));
        sql.remove_prefix(text.size() < sql.size() ? text.size() + 1 : text.size());
        while (!text.empty()) CreateParser<Text>{cut_statement(text)}.read(schema, tables);
    }
}

}  // namespace mica::detail
