// SPDX-License-Identifier: BSL-1.0
#include <support/chinook.hpp>
#include <support/chinook_files.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string_view>
#include <utility>

namespace integration_chinook_session_change {
namespace {

using namespace chinook;
using mica::col;

/// Changes the copy, and compares it with the source to which SQL has done the same.
class ChinookSessionChange : public mica::test::ChinookTest {
protected:
    void SetUp() override {
        mica::test::ChinookTest::SetUp();
        if (!IsSkipped()) std::filesystem::copy_file(source_file(), copy_file());
    }

    void expect_same_after(std::string_view sql) const {
        Files raw{*this};
        raw.must(sql);
        for (const mica::test::ChinookTable& table : mica::test::chinook_tables) {
            EXPECT_EQ(raw.literals("copy", table), raw.literals("source", table)) << table.name;
        }
        EXPECT_TRUE(raw.rows("PRAGMA copy.foreign_key_check").empty());
    }
};

TEST_F(ChinookSessionChange, changes_of_loaded_objects_reach_their_rows_and_no_other) {
    {
        const mica::Engine engine{copy_url()};
        mica::Session session{engine};
        for (auto& track : session.query<Track>().where(col<&Track::composer>.is_null())) {
            track->composer = "Unknown";
            track->unit_price = 1;
        }
        session.commit();
        for (auto& track : session.query<Track>().where(col<&Track::genre_id> == 10)) track->bytes.reset();
        session.commit();
    }
    expect_same_after(
        "UPDATE source.Track SET Composer = 'Unknown', UnitPrice = 1 WHERE Composer IS NULL;"
        "UPDATE source.Track SET Bytes = NULL WHERE GenreId = 10");
}

TEST_F(ChinookSessionChange, a_reference_to_the_own_table_can_be_moved) {
    {
        const mica::Engine engine{copy_url()};
        mica::Session session{engine};
        const auto head = session.query<Employee>().where(col<&Employee::reports_to>.is_null()).one();
        Employee hopper;
        hopper.last_name = "Hopper";
        hopper.first_name = "Grace";
        const auto added = session.add(std::move(hopper));
        session.flush();
        head->reports_to = added->id;
        head->hire_date = std::chrono::sys_days{std::chrono::year{2003} / 1 / 2} + std::chrono::hours{9};
        session.commit();
    }
    expect_same_after(
        "INSERT INTO source.Employee (EmployeeId, LastName, FirstName) VALUES (9, 'Hopper', 'Grace');"
        "UPDATE source.Employee SET ReportsTo = 9, HireDate = '2003-01-02 09:00:00' WHERE EmployeeId = 1");
}

TEST_F(ChinookSessionChange, rows_of_a_composite_key_are_removed_and_added) {
    {
        const mica::Engine engine{copy_url()};
        mica::Session session{engine};
        for (auto& entry : session.query<PlaylistTrack>().where(col<&PlaylistTrack::playlist_id> == 16)) {
            session.remove(entry);
        }
        session.add(PlaylistTrack{.playlist_id = 2, .track_id = 1});
        session.commit();
    }
    expect_same_after(
        "DELETE FROM source.PlaylistTrack WHERE PlaylistId = 16;"
        "INSERT INTO source.PlaylistTrack VALUES (2, 1)");
}

TEST_F(ChinookSessionChange, a_rollback_leaves_the_file_as_it_was) {
    {
        const mica::Engine engine{copy_url()};
        mica::Session session{engine};
        for (auto& invoice : session.query<Invoice>()) invoice->total = 0;
        session.flush();
        session.rollback();
    }
    expect_same_after("");
}

}  // namespace
}  // namespace integration_chinook_session_change
