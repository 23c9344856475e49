// SPDX-License-Identifier: BSL-1.0
// libFuzzer's target for texts of CREATE statements: whatever they are, reading them ends and gives parts of the text,
// and where SQLite takes a table's text its columns are those that SQLite has read.
#include <mica/migration/create_parser.hpp>
#include <mica/migration/difference.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

void require(bool holds, const char* what, std::string_view text) {
    if (holds) return;
    std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(text.size()), text.data());
    std::abort();
}

/// Ends where the text does: each token is a part of it behind the one before.
void check_tokens(std::string_view text) {
    const char* behind = text.data();
    for (std::string_view rest = text; true;) {
        const mica::detail::Token token = mica::detail::cut_token(rest);
        if (token.kind == 0) break;
        const bool is_part = token.text.data() >= behind && !token.text.empty() &&
                             token.text.data() + token.text.size() <= text.data() + text.size();
        require(is_part, "a token is no part of the text", text);
        behind = token.text.data() + token.text.size();
        require(rest.data() == behind, "something is left out behind a token", text);
    }
}

/// What SQLite says of the same table.
struct Database {
    sqlite3* handle = nullptr;
    Database() {
        if (sqlite3_open(":memory:", &handle) != SQLITE_OK) std::abort();
    }
    ~Database() { sqlite3_close(handle); }

    std::vector<std::string> ask(const std::string& sql) {
        std::vector<std::string> answers;
        const auto take = [](void* into, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(into)->emplace_back(values[0] == nullptr ? "" : values[0]);
            return 0;
        };
        sqlite3_exec(handle, sql.c_str(), take, &answers, nullptr);
        return answers;
    }
};

void check_columns(std::string_view text) {
    std::string_view rest = text;
    std::string_view words = mica::detail::cut_statement(rest);
    std::string_view behind = words;
    const bool creates = mica::detail::is_word(mica::detail::cut_token(behind), "CREATE") &&
                         mica::detail::is_word(mica::detail::cut_token(behind), "TABLE");
    if (!creates || words.find('\0') != words.npos) return;
    Database database;
    if (sqlite3_exec(database.handle, std::string{words}.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return;
    for (const std::string& stored :
         database.ask("SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL "
                      "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")) {
        std::vector<mica::TableInfo> tables;
        mica::detail::read_create(stored, "main", tables);
        require(tables.size() == 1, "SQLite has read one table", stored);
        const mica::TableInfo& table = tables[0];
        std::string argument = "'";
        for (const char c : table.name) argument += c == '\'' ? std::string{"''"} : std::string{c};
        argument += "'";
        std::vector<std::string> names;
        std::string not_null;
        std::string strict_and_rowid = table.is_without_rowid ? "1" : "0";
        strict_and_rowid += table.is_strict ? "1" : "0";
        for (const mica::ColumnInfo& column : table.columns) names.push_back(column.name);
        require(names == database.ask("SELECT name FROM pragma_table_xinfo(" + argument + ")"), "other columns",
                stored);
        require(database.ask("SELECT wr || strict FROM pragma_table_list WHERE schema = 'main' AND name = " +
                             argument) == std::vector<std::string>{strict_and_rowid},
                "another kind of table", stored);
        const auto keys = database.ask("SELECT count(DISTINCT id) FROM pragma_foreign_key_list(" + argument + ")");
        require(keys == std::vector<std::string>{std::to_string(table.foreign_keys.size())}, "other foreign keys",
                stored);
        require(mica::detail::compare_tables(tables, tables).empty(), "differs from itself", stored);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_tokens(text);
    std::vector<mica::TableInfo> tables;
    mica::detail::read_create(text, "main", tables);
    static_cast<void>(mica::detail::compare_tables(tables, {}));
    check_columns(text);
    return 0;
}
