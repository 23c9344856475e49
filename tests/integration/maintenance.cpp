// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace integration_maintenance {
namespace {

using mica::select;
using mica::test::caught;
namespace fs = std::filesystem;

struct Note {
    std::int64_t id = 0;
    std::string text;
};

struct Elsewhere {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("note").schema("other"); }
};

constexpr int note_count = 2000;

/// A database of some hundred pages.
class Maintenance : public testing::Test {
protected:
    Maintenance() {
        engine.create_all<Note>();
        std::vector<Note> notes(note_count, Note{0, std::string(200, 'x')});
        engine.connect().insert(notes);
    }

    std::string path(const char* name) const { return (directory.path() / name).string(); }
    std::string url(const char* name) const { return "sqlite:///" + path(name); }
    static std::int64_t count(const mica::Engine& database) {
        return database.connect().scalar(select(mica::count()).from<Note>());
    }

    mica::test::TemporaryDirectory directory;
    mica::Engine engine{url("notes.db")};
};

TEST_F(Maintenance, a_backup_is_the_database_as_it_was) {
    engine.backup_to(path("copy.db"));
    engine.connect().insert(Note{0, "later"});
    EXPECT_EQ(count(mica::Engine{url("copy.db")}), note_count);
}

TEST_F(Maintenance, a_backup_tells_how_far_it_is) {
    std::vector<int> done;
    int pages = 0;
    engine.backup_to(path("copy.db"), {.pages_per_step = 16, .progress = [&](int copied, int total) {
                                           done.push_back(copied);
                                           pages = total;
                                       }});
    ASSERT_GT(done.size(), 3U);
    EXPECT_EQ(done[0], 16);
    EXPECT_EQ(done[1], 32);
    EXPECT_EQ(done.back(), pages);
}

TEST_F(Maintenance, a_backup_of_all_at_once_tells_so_once) {
    int calls = 0;
    engine.backup_to(path("copy.db"), {.pages_per_step = 0, .progress = [&](int, int) { ++calls; }});
    EXPECT_EQ(calls, 1);
}

TEST_F(Maintenance, a_backup_that_is_stopped_leaves_its_target_as_it_was) {
    engine.backup_to(path("copy.db"));
    engine.connect().insert(Note{0, "later"});
    EXPECT_THROW(engine.backup_to(path("copy.db"), {.pages_per_step = 8, .progress = [](int, int) { return false; }}),
                 mica::InterruptedError);
    EXPECT_EQ(count(mica::Engine{url("copy.db")}), note_count);
    EXPECT_EQ(count(engine), note_count + 1);
}

TEST_F(Maintenance, what_progress_throws_stops_a_backup_and_arrives) {
    const auto fail = [](int, int) { throw std::runtime_error{"enough"}; };
    EXPECT_THROW(engine.backup_to(path("copy.db"), {.pages_per_step = 8, .progress = fail}), std::runtime_error);
    EXPECT_EQ(count(engine), note_count);
}

TEST_F(Maintenance, a_backup_sees_what_is_written_while_it_runs) {
    mica::Engine other{url("notes.db")};
    int steps = 0;
    engine.backup_to(path("copy.db"), {.pages_per_step = 16, .progress = [&](int, int) {
                                           if (++steps == 3) other.connect().insert(Note{0, "meanwhile"});
                                       }});
    EXPECT_EQ(count(mica::Engine{url("copy.db")}), note_count + 1);
}

TEST_F(Maintenance, a_database_in_memory_is_backed_up_to_a_file) {
    mica::Engine memory{"sqlite://"};
    memory.create_all<Note>();
    memory.connect().insert(Note{0, "kept"});
    memory.backup_to(path("copy.db"));
    EXPECT_EQ(count(mica::Engine{url("copy.db")}), 1);
}

TEST_F(Maintenance, a_backup_to_itself_is_refused) {
    EXPECT_THROW(engine.backup_to(path("notes.db")), mica::ProgrammingError);
    EXPECT_EQ(count(engine), note_count);
}

TEST_F(Maintenance, a_backup_to_where_nothing_can_be_written_is_an_operational_error) {
    EXPECT_TRUE(caught<mica::OperationalError>([&] { engine.backup_to(path("no/such/folder.db")); }).is_cannot_open());
    EXPECT_THROW(engine.backup_to(""), mica::ProgrammingError);
}

TEST_F(Maintenance, a_file_that_is_no_database_is_not_written_over) {
    std::ofstream{path("text.txt")} << std::string(5000, 'a');
    EXPECT_THROW(engine.backup_to(path("text.txt")), mica::OperationalError);
    EXPECT_EQ(fs::file_size(path("text.txt")), 5000U);
}

TEST_F(Maintenance, a_checkpoint_says_how_far_it_came) {
    const mica::CheckpointResult result = engine.checkpoint();
    EXPECT_TRUE(result.is_complete());
    EXPECT_EQ(result.log_frames, result.checkpointed_frames);
}

TEST_F(Maintenance, a_checkpoint_that_truncates_leaves_an_empty_log) {
    EXPECT_GT(fs::file_size(path("notes.db-wal")), 0U);
    EXPECT_TRUE(engine.checkpoint(mica::CheckpointMode::truncate).is_complete());
    EXPECT_EQ(fs::file_size(path("notes.db-wal")), 0U);
}

TEST_F(Maintenance, a_reader_that_keeps_a_checkpoint_from_its_end_is_an_outcome) {
    mica::Engine other{url("notes.db"), {.busy_timeout = std::chrono::milliseconds{10}}};
    other.read([&](mica::Reader& reader) {
        reader.execute<std::int64_t>("SELECT count(*) FROM Note").all();
        mica::Engine writer{url("notes.db"), {.busy_timeout = std::chrono::milliseconds{10}}};
        writer.connect().insert(Note{0, "new"});
        const mica::CheckpointResult result = writer.checkpoint(mica::CheckpointMode::truncate);
        EXPECT_TRUE(result.was_blocked);
        EXPECT_FALSE(result.is_complete());
    });
}

TEST_F(Maintenance, a_database_without_a_log_has_nothing_to_bring_in) {
    mica::Engine memory{"sqlite://"};
    memory.create_all<Note>();
    EXPECT_TRUE(memory.checkpoint().is_complete());
}

TEST_F(Maintenance, vacuum_gives_free_pages_back) {
    engine.connect().execute("DELETE FROM Note WHERE id > 10");
    engine.checkpoint(mica::CheckpointMode::truncate);
    const auto before = fs::file_size(path("notes.db"));
    engine.vacuum();
    engine.checkpoint(mica::CheckpointMode::truncate);
    EXPECT_LT(fs::file_size(path("notes.db")), before / 4);
    EXPECT_EQ(count(engine), 10);
}

TEST_F(Maintenance, vacuum_into_writes_a_new_file_and_no_other) {
    engine.vacuum_into(path("compact.db"));
    EXPECT_EQ(count(mica::Engine{url("compact.db")}), note_count);
    EXPECT_THROW(engine.vacuum_into(path("compact.db")), mica::DatabaseError);
}

TEST_F(Maintenance, vacuum_into_a_file_with_content_is_told_as_a_file_that_cannot_be_made) {
    std::ofstream{path("letter.txt")} << "Dear Ada";
    const auto error = caught<mica::OperationalError>([&] { engine.vacuum_into(path("letter.txt")); });
    EXPECT_TRUE(error.is_cannot_open());
    EXPECT_EQ(fs::file_size(path("letter.txt")), 8);
}

TEST_F(Maintenance, vacuum_into_needs_a_path) {
    for (const std::string_view nowhere : {std::string_view{}, std::string_view{"copy.db\0.txt", 12}})
        EXPECT_THROW(engine.vacuum_into(nowhere), mica::ProgrammingError);
    EXPECT_FALSE(fs::exists("copy.db"));
}

TEST_F(Maintenance, a_backup_to_another_name_of_the_same_file_is_refused) {
    engine.checkpoint(mica::CheckpointMode::truncate);
    fs::create_hard_link(path("notes.db"), path("link.db"));
    EXPECT_THROW(engine.backup_to(path("link.db")), mica::ProgrammingError);
    engine.connect().insert(Note{0, "afterwards"});
    EXPECT_EQ(count(engine), note_count + 1);
}

TEST_F(Maintenance, a_sound_database_has_no_problems) {
    EXPECT_TRUE(engine.integrity_check().empty());
    engine.optimize();
    EXPECT_EQ(count(engine), note_count);
}

TEST_F(Maintenance, a_damaged_database_is_told) {
    engine.connect().execute("CREATE INDEX by_text ON Note (text)");
    engine.checkpoint(mica::CheckpointMode::truncate);
    const std::string damaged = path("damaged.db");
    fs::copy_file(path("notes.db"), damaged);
    {
        std::fstream file{damaged, std::ios::in | std::ios::out | std::ios::binary};
        std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        const std::size_t within_a_key_of_the_index = bytes.rfind(std::string(100, 'x'));
        ASSERT_NE(within_a_key_of_the_index, bytes.npos);
        file.seekp(static_cast<std::streamoff>(within_a_key_of_the_index));
        file << "yyyy";
    }
    EXPECT_FALSE(mica::Engine{url("damaged.db")}.integrity_check().empty());
}

TEST_F(Maintenance, an_attached_database_is_one_of_the_connections_schemas_until_it_is_detached) {
    engine.backup_to(path("copy.db"));
    const auto connection = engine.connect();
    connection.attach(path("copy.db"), "other");
    EXPECT_EQ(connection.all(select<Elsewhere>()).size(), static_cast<std::size_t>(note_count));
    connection.detach("other");
    EXPECT_THROW(connection.all(select<Elsewhere>()), mica::DatabaseError);
}

TEST_F(Maintenance, a_name_that_is_taken_cannot_be_attached) {
    const auto connection = engine.connect();
    EXPECT_THROW(connection.attach(path("copy.db"), "main"), mica::DatabaseError);
    EXPECT_THROW(connection.detach("other"), mica::DatabaseError);
}

}  // namespace
}  // namespace integration_maintenance
