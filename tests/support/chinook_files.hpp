// SPDX-License-Identifier: BSL-1.0
// A test's own copy of the Chinook database, a place for a second one, and SQLite's view of both.
#pragma once

#include <support/raw_sqlite.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mica::test {

/// Every table with the columns of its key.
struct ChinookTable {
    std::string_view name;
    std::string_view key;
    std::string_view rows;  ///< how many, as SQLite writes the number
};

inline constexpr std::array<ChinookTable, 11> chinook_tables{{{"Artist", "ArtistId", "275"},
                                                              {"Album", "AlbumId", "347"},
                                                              {"Genre", "GenreId", "25"},
                                                              {"MediaType", "MediaTypeId", "5"},
                                                              {"Track", "TrackId", "3503"},
                                                              {"Playlist", "PlaylistId", "18"},
                                                              {"PlaylistTrack", "PlaylistId, TrackId", "8715"},
                                                              {"Employee", "EmployeeId", "8"},
                                                              {"Customer", "CustomerId", "59"},
                                                              {"Invoice", "InvoiceId", "412"},
                                                              {"InvoiceLine", "InvoiceLineId", "2240"}}};

/// The base of the tests that read the sample database; skips them where it is not at hand.
class ChinookTest : public ::testing::Test {
protected:
    void SetUp() override {
        const std::filesystem::path original = std::filesystem::path{MICA_SHARED_DIR} / "data" / "chinook.sqlite";
        if (!std::filesystem::exists(original)) GTEST_SKIP() << "The Chinook sample database is not here.";
        std::filesystem::copy_file(original, source_file());
        std::filesystem::permissions(source_file(), std::filesystem::perms::owner_all);
    }

    std::string source_file() const { return directory_.file("chinook.sqlite"); }
    std::string copy_file() const { return directory_.file("copy.sqlite"); }
    std::string source_url() const { return "sqlite:///" + source_file(); }
    std::string copy_url() const { return "sqlite:///" + copy_file(); }

    /// What SQLite itself finds in both files, as schemas `source` and `copy`.
    struct Files : RawDatabase {
        explicit Files(const ChinookTest& test) {
            must("ATTACH '" + test.source_file() + "' AS source");
            if (std::filesystem::exists(test.copy_file())) must("ATTACH '" + test.copy_file() + "' AS copy");
        }

        /// Each row of a table as one text of all its columns in the order of the source, literals that tell 1 from 1.0
        /// and from '1'.
        std::vector<std::string> literals(const std::string& schema, const ChinookTable& table) {
            std::string columns;
            for (const std::string& name :
                 rows("SELECT name FROM pragma_table_info('" + std::string{table.name} + "', 'source')")) {
                columns += (columns.empty() ? "quote(\"" : ", quote(\"") + name + "\")";
            }
            return rows("SELECT " + columns + " FROM " + schema + '.' + std::string{table.name} + " ORDER BY " +
                        std::string{table.key});
        }
    };

private:
    TemporaryDirectory directory_;
};

}  // namespace mica::test
