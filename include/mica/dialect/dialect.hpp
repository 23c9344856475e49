// SPDX-License-Identifier: BSL-1.0
// How SQL text differs between databases, as plain constant data: no I/O, no templates.
#pragma once

#include <mica/core/list_view.hpp>
#include <mica/core/value.hpp>
#include <mica/dialect/feature.hpp>

#include <cstddef>
#include <string_view>

namespace mica {

/// What stands around something.
struct Around {
    std::string_view before;
    std::string_view after;
};

/// Another database's word for one of mica's: `{"least", "min"}`. Of a function, whose arguments stand where `@` is, a
/// whole call: `{"iif", "CASE WHEN @ THEN @ ELSE @ END"}`, then for calls of so many arguments only.
struct Spelling {
    std::string_view word;
    std::string_view text;
};

/// A list that is bound as one parameter, as a source of rows: `call.before ?1 call.after v0 columns`.
struct ListSource {
    Around call;
    std::string_view columns;   ///< behind its alias, where their names are given there
    std::string_view value;     ///< the column of its values
    std::string_view position;  ///< the column of their places
};

/// Objects of the program that are bound as one parameter, as a source of rows: `call.before ?1 call.after`.
struct RowFunction {
    std::string_view insert;  ///< of their rows, in place of INSERT INTO: the first that is refused ends it
    Around call;
    std::string_view column;  ///< in front of the number of a value, the first is 0
    std::string_view update;  ///< in place of UPDATE: the first row that is refused ends it
    Around by_key;            ///< around a row's key: whether there is an object; behind a comma the number of a value
};

/// How a database spells what mica says, as data: another database is another constant of this type.
struct Dialect {
    std::string_view name;
    Feature features;

    // Names and values.
    char open_quote;  ///< of names
    char close_quote;
    std::string_view parameter;  ///< in front of its number
    std::string_view booleans[2];
    std::string_view column_types[5];  ///< in the order of StorageClass
    Around blob;                       ///< of hexadecimal digits
    std::string_view infinity;

    // Expressions.
    std::string_view same;      ///< equality that takes NULL for a value
    std::string_view distinct;  ///< its opposite
    std::string_view concatenation;
    std::string_view like;
    std::string_view glob;
    std::string_view regexp;
    std::string_view match;
    std::string_view escape;  ///< behind a pattern in which a backslash takes the next character literally
    ListView<Spelling> spellings;

    // Statements.
    ListSource list;
    Around collect{};                 ///< around the columns of a SELECT whose rows the database hands over by itself
    RowFunction rows{};               ///< nothing where there is none: then each object is inserted by itself
    std::string_view ordered_join;    ///< with an ON, where the left table is better read first
    std::string_view unlimited;       ///< LIMIT where only an offset is wanted
    std::string_view subquery_alias;  ///< behind a subquery in FROM whose name nobody uses
    std::string_view default_values;
    Around chosen_key;  ///< around a key's value for which NULL means "the database chooses"

    // Tables; what a database has no word for it does anyway, or has no need of.
    std::string_view key_type;  ///< of an integer key that the database chooses
    std::string_view autoincrement;
    std::string_view without_rowid;
    std::string_view strict;

    constexpr std::string_view boolean(bool value) const { return booleans[value ? 1 : 0]; }
    constexpr std::string_view column_type(StorageClass storage) const {
        return column_types[static_cast<std::size_t>(storage) - 1];
    }

    /// Its own text for a word, or for a call of so many arguments.
    constexpr std::string_view spelling(std::string_view word, std::size_t arguments = 0) const {
        for (const Spelling& each : spellings) {
            if (each.word == word && fits(each.text, arguments)) return each.text;
        }
        return word;
    }

private:
    static constexpr bool fits(std::string_view text, std::size_t arguments) {
        std::size_t places = 0;
        for (const char letter : text) places += letter == '@' ? 1 : 0;
        return places == 0 || places == arguments;
    }
};

}  // namespace mica
