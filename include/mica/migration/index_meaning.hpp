// SPDX-License-Identifier: BSL-1.0
// What an index does, whatever it is called and however it is written.
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/canonical_sql.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/expression_text.hpp>
#include <mica/migration/former_names.hpp>
#include <mica/migration/rowid.hpp>
#include <mica/migration/table_info.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mica::detail {

/// A term of an index without its ASC or DESC.
inline std::string_view without_order(std::string_view term) noexcept {
    std::string_view last = term;
    for (std::string_view rest = term; true;) {
        const Token token = cut_token(rest);
        if (token.kind == 0) break;
        last = token.text;
    }
    const bool is_order = is_same_name(last, "ASC") || is_same_name(last, "DESC");
    return is_order ? trim(term.substr(0, static_cast<std::size_t>(last.data() - term.data()))) : term;
}

/// A term of an index in one spelling: without an ASC, which is what is meant where nothing is said, and without the
/// collation that its column has.
template <class Text>
std::string canonical_term(const BasicTableInfo<Text>& table, std::string_view term) {
    const std::string_view value = without_order(term);
    std::string canonical = canonical_expression<Text>(value);
    const bool has_collation = canonical.find(" collate ") != canonical.npos;
    for (const BasicColumnInfo<Text>& column : table.columns) {
        if (!has_collation) break;
        const std::string name = quoted<Text>(column.name);
        const std::string_view collation = column.collation.empty() ? std::string_view{"BINARY"} : column.collation;
        if (canonical == canonical_expression<Text>(join({name, " COLLATE ", quoted<Text>(collation)})))
            canonical = canonical_expression<Text>(name);
    }
    std::string_view order = term.substr(value.size());
    if (is_word(cut_token(order), "DESC")) append(canonical, {" desc"});
    return canonical;
}

/// The terms of an index that does what a UNIQUE constraint or a key does.
template <class Text>
std::vector<Text> terms_of(const BasicUniqueInfo<Text>& unique) {
    std::vector<Text> terms;
    for (std::size_t i = 0; i < unique.columns.size(); ++i) {
        std::string& term = terms.emplace_back(quoted<Text>(unique.columns[i]));
        if (i < unique.collations.size() && !unique.collations[i].empty())
            append(term, {" COLLATE ", quoted<Text>(unique.collations[i])});
    }
    return terms;
}

/// What may be there once, in one spelling.
template <class Text>
std::string canonical_terms(const BasicTableInfo<Text>& table, const std::vector<Text>& terms) {
    std::vector<Text> canonical;
    for (const std::string& term : terms) canonical.push_back(canonical_term<Text>(table, term));
    return canonical_set<Text>(canonical);
}

/// All of an index in one spelling.
template <class Text>
std::string meaning_of(const BasicTableInfo<Text>& table, const BasicIndexInfo<Text>& index) {
    std::string meaning = index.is_unique ? "unique" : "";
    for (const std::string& term : index.terms) append(meaning, {" , ", canonical_term<Text>(table, term)});
    append(meaning, {" where ", canonical_expression<Text>(index.condition)});
    return meaning;
}

/// Whether both do the same, whatever they are called.
template <class Text>
bool is_same_index(const BasicTableInfo<Text>& left_table, const BasicIndexInfo<Text>& left,
                   const BasicTableInfo<Text>& right_table, const BasicIndexInfo<Text>& right) {
    return meaning_of<Text>(left_table, left) == meaning_of<Text>(right_table, right);
}

/// DROP INDEX, by its schema too where a temporary index has the name, which alone would mean that one.
template <class Text>
std::string drop_of_index(const std::vector<BasicTableInfo<Text>>& tables, std::string_view schema,
                          std::string_view name) {
    for (const BasicTableInfo<Text>& table : tables) {
        if (!is_same_name(table.schema, "temp")) continue;
        for (const BasicIndexInfo<Text>& index : table.indexes) {
            if (is_same_name(index.name, name))
                return join({"DROP INDEX ", quoted<Text>(schema), ".", quoted<Text>(name)});
        }
    }
    return join({"DROP INDEX ", qualified<Text>(schema, name)});
}

/// Whether another index of the table is to have the name that this one has.
template <class Text>
bool is_name_taken(const BasicTableInfo<Text>& table, const BasicIndexInfo<Text>& index,
                   const BasicTableInfo<Text>& index_table) {
    for (const BasicIndexInfo<Text>& other : table.indexes) {
        if (is_same_name(other.name, index.name)) return !is_same_index<Text>(table, other, index_table, index);
    }
    return false;
}

}  // namespace mica::detail
