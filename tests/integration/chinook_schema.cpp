// SPDX-License-Identifier: BSL-1.0
#include <support/chinook.hpp>
#include <support/chinook_files.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace integration_chinook_schema {
namespace {

using namespace chinook;

class ChinookSchema : public mica::test::ChinookTest {};

TEST_F(ChinookSchema, creating_all_over_it_leaves_the_existing_schema_as_it_is) {
    const std::vector<std::string> before = Files{*this}.rows("SELECT type, name, sql FROM source.sqlite_schema");
    const mica::Engine engine{source_url()};
    engine.create_all<Tables>();
    EXPECT_EQ(Files{*this}.rows("SELECT type, name, sql FROM source.sqlite_schema"), before);
    EXPECT_EQ(before.size(), 23U);
}

TEST_F(ChinookSchema, a_new_file_gets_the_same_tables_columns_and_keys) {
    const mica::Engine engine{copy_url()};
    engine.create_all<Tables>();
    Files raw{*this};
    for (const mica::test::ChinookTable& table : mica::test::chinook_tables) {
        const auto of = [&](const std::string& what, const std::string& from, const std::string& schema) {
            return raw.rows("SELECT " + what + " FROM " + from + "('" + std::string{table.name} + "', '" + schema +
                            "') ORDER BY 1");
        };
        // A key column of the source may be NULL for SQLite only where it is a rowid, which never is.
        const std::string columns = "name, pk, pk > 0 OR \"notnull\"";
        EXPECT_EQ(of(columns, "pragma_table_info", "copy"), of(columns, "pragma_table_info", "source")) << table.name;
        const std::string keys = "\"from\", \"table\", \"to\"";
        EXPECT_EQ(of(keys, "pragma_foreign_key_list", "copy"), of(keys, "pragma_foreign_key_list", "source"))
            << table.name;
    }
}

}  // namespace
}  // namespace integration_chinook_schema
