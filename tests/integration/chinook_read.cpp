// SPDX-License-Identifier: BSL-1.0
#include <support/chinook.hpp>
#include <support/chinook_files.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string>

namespace integration_chinook_read {
namespace {

using namespace chinook;

class ChinookRead : public mica::test::ChinookTest {};

template <class Entity>
std::string rows_of(const mica::Connection& connection) {
    return std::to_string(connection.all(mica::select<Entity>()).size());
}

TEST_F(ChinookRead, every_row_of_every_table_can_be_read) {
    const mica::Engine engine{source_url()};
    const mica::Connection connection = engine.connect();
    // In the order of chinook_tables.
    const std::array<std::string, 11> found{
        rows_of<Artist>(connection),        rows_of<Album>(connection),      rows_of<Genre>(connection),
        rows_of<MediaFormat>(connection),   rows_of<Track>(connection),      rows_of<Playlist>(connection),
        rows_of<PlaylistTrack>(connection), rows_of<Employee>(connection),   rows_of<Customer>(connection),
        rows_of<Invoice>(connection),       rows_of<InvoiceLine>(connection)};
    Files raw{*this};
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::string table{mica::test::chinook_tables[i].name};
        EXPECT_EQ(found[i], mica::test::chinook_tables[i].rows) << table;
        EXPECT_EQ(found[i], raw.value("SELECT count(*) FROM source." + table)) << table;
    }
}

}  // namespace
}  // namespace integration_chinook_read
