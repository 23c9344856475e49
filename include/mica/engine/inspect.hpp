// SPDX-License-Identifier: BSL-1.0
// What is in a database, and in what its tables differ from structs.
#pragma once

#include <mica/core/late.hpp>
#include <mica/engine/connection.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/difference.hpp>
#include <mica/migration/table_info.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace mica {

namespace detail {

template <class BackendType, class Text>
[[gnu::cold]] void read_schema(OpenConnection<BackendType>& connection, std::string_view schema,
                               std::vector<BasicTableInfo<Text>>& tables) {
    const std::string texts = connection.use()->stored_schema(schema);
    read_create(texts, schema, tables);
}

/// All schemas; the temporary one is the last, since its triggers may be on tables of others.
template <class BackendType, class Text>
[[gnu::cold]] void read_schemas(OpenConnection<BackendType>& connection, std::vector<BasicTableInfo<Text>>& tables) {
    const std::string names = connection.use()->schema_names();
    for (std::string_view rest = names; !rest.empty();) {
        const std::string_view schema = rest.substr(0, rest.find('\0'));
        if (!is_same_name(schema, "temp")) read_schema(connection, schema, tables);
        rest.remove_prefix(schema.size() + 1);
    }
    read_schema(connection, "temp", tables);
}

/// The table that `text` creates. That of a module comes with all of the text, which makes it work: triggers of others.
template <class Text>
[[gnu::cold]] void read_table(std::string_view text, std::string_view schema,
                              std::vector<BasicTableInfo<Text>>& tables) {
    std::string_view rest = text;
    read_create(cut_statement(rest), schema, tables);
    if (tables.back().kind == TableKind::virtual_table) {
        tables.back().sql = text;
    } else {
        read_create(rest, schema, tables);
    }
}

/// The tables that `texts` create, and those that are there in the same schemas and in the temporary one, which may
/// hide them and be on them.
template <class BackendType, class Text>
[[gnu::cold]] void read_both(OpenConnection<BackendType>& connection, ListView<TableText> texts,
                             std::vector<BasicTableInfo<Text>>& expected, std::vector<BasicTableInfo<Text>>& actual) {
    for (const TableText& table : texts) {
        const std::string_view schema = table.schema.empty() ? std::string_view{"main"} : table.schema;
        bool was_read = false;
        for (const BasicTableInfo<Text>& earlier : expected)
            was_read = was_read || is_same_name(earlier.schema, schema);
        if (!was_read && !is_same_name(schema, "temp")) read_schema(connection, schema, actual);
        read_table(table.text, schema, expected);
    }
    read_schema(connection, "temp", actual);
}

/// In what the tables differ from those that `texts` create.
template <class Text, class BackendType>
[[gnu::cold]] BasicDifference<BasicDifferenceItem<Text>> verify_tables(OpenConnection<BackendType>& connection,
                                                                       ListView<TableText> texts) {
    std::vector<BasicTableInfo<Text>> expected;
    std::vector<BasicTableInfo<Text>> actual;
    read_both(connection, texts, expected, actual);
    return compare_tables(expected, actual);
}

}  // namespace detail

/// All tables and views, those of attached databases too, with their indexes and triggers: schema by schema, temporary
/// ones last, in the order in which they were created. Throws what reading the schema throws. Cost: reads all of the
/// schema, no row.
template <class ConnectionType>
    requires requires(const ConnectionType& connection) {
        { connection.open().database } -> TellsSchema;
    }
detail::Late<std::vector<TableInfo>, ConnectionType> inspect(const ConnectionType& connection) {
    auto& open = connection.open();
    detail::Late<std::vector<TableInfo>, ConnectionType> tables;
    detail::read_schemas(open, tables);
    return tables;
}

}  // namespace mica
