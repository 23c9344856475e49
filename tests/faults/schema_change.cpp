// SPDX-License-Identifier: BSL-1.0
// A database whose tables are made anew, with one failure at each point of the way in turn: afterwards it has the old
// schema or the new one with every row, and the same engine can do it.
#include <mica/mica.hpp>

#include "faults.hpp"
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace faults_of_a_schema_change {

using namespace mica;
using mica::test::FaultKind;

struct Artist {
    std::int64_t id = 0;
    std::string name{};
    std::string slug{};
    static constexpr auto mapping() { return table("artist", unique<&Artist::slug>); }
};
struct Album {
    std::int64_t id = 0;
    std::string title{};
    std::optional<int> year{};
    std::int64_t artist_id = 0;
    std::optional<std::string> note{};
    static constexpr auto mapping() {
        return table("album", autoincrement, foreign_key<&Album::artist_id, &Artist::id>.on_delete(cascade),
                     mica::index<&Album::title>);
    }
};
struct Label {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("label"); }
};

/// Parents with children that would go with them, a rename, types that become others, what is on a table.
constexpr const char* yesterday = R"(
    CREATE TEMP TABLE n AS WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 200)
        SELECT value FROM n;
    CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT NOT NULL, gone TEXT);
    CREATE TABLE albums (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, year TEXT,
                         artist_id INTEGER NOT NULL REFERENCES artist ON DELETE CASCADE);
    CREATE INDEX chosen ON albums (name);
    CREATE TABLE log (text);
    CREATE TRIGGER noted AFTER DELETE ON albums BEGIN INSERT INTO log VALUES (old.name); END;
    CREATE VIEW of_artists AS SELECT artist.name AS artist, albums.name FROM albums JOIN artist ON artist_id = artist.id;
    INSERT INTO artist SELECT value, 'the artist number ' || value, hex(zeroblob(300)) FROM n WHERE value <= 40;
    INSERT INTO albums SELECT value, 'the album number ' || value, 1900 + value, value % 40 + 1 FROM n;
    DELETE FROM albums WHERE id = 200;
)";

class RawFile {
public:
    explicit RawFile(const std::string& path) {
        if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("cannot be opened");
    }
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;
    ~RawFile() { sqlite3_close(handle_); }

    void run(const char* sql) {
        if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    std::vector<std::string> rows(const std::string& sql) {
        std::vector<std::string> found;
        const auto take = [](void* into, int count, char** values, char**) {
            std::string row;
            for (int i = 0; i < count; ++i) row += (values[i] == nullptr ? "NULL" : values[i]) + std::string{"|"};
            static_cast<std::vector<std::string>*>(into)->push_back(row);
            return 0;
        };
        if (sqlite3_exec(handle_, sql.c_str(), take, &found, nullptr) != SQLITE_OK)
            found.emplace_back(sqlite3_errmsg(handle_));
        return found;
    }
    /// Everything that is in it.
    std::string content() {
        std::string all;
        const auto add = [&all](const std::vector<std::string>& rows) {
            for (const std::string& row : rows) all += row + '\n';
        };
        add(rows("PRAGMA integrity_check"));
        add(rows("PRAGMA foreign_key_check"));
        add(rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"));
        for (std::string name : rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")) {
            name.pop_back();
            add(rows("SELECT * FROM \"" + name + "\""));
        }
        return all;
    }

private:
    sqlite3* handle_ = nullptr;
};

void change_schema(const Engine& engine) {
    engine.sync<Artist, Album, Label>(rename_table<&Album::id>("albums"), rename_column<&Album::title>("name"),
                                      fill<&Artist::slug>(lower(col<&Artist::name>)), drop_column("artist", "gone"));
}

class SchemaChangeSweep {
public:
    SchemaChangeSweep() {
        RawFile{before_}.run(yesterday);
        old_ = RawFile{before_}.content();
        begin();
        change_schema(Engine{"sqlite:///" + path_});
        new_ = RawFile{path_}.content();
        EXPECT_NE(old_, new_);
        EXPECT_EQ(RawFile{path_}.rows("SELECT count(*), max(id) FROM album").front(), "199|199|");
        EXPECT_EQ(RawFile{path_}.rows("SELECT seq FROM sqlite_sequence WHERE name = 'album'").front(), "200|");
    }

    /// One run with a failure; false where the change has ended before it.
    bool run(FaultKind kind, std::int64_t point, bool is_sticky) {
        begin();
        const std::int64_t blocks = mica::test::live_blocks();
        const sqlite3_int64 memory = sqlite3_memory_used();
        std::int64_t failed = 0;
        std::string trouble;
        try_change(kind, point, is_sticky, failed, trouble);
        const std::int64_t trouble_blocks = trouble.capacity() > 15 ? 1 : 0;
        const std::int64_t leaked = mica::test::live_blocks() - trouble_blocks - blocks;
        const bool is_clean = trouble.empty() && leaked == 0 && sqlite3_memory_used() == memory;
        EXPECT_TRUE(is_clean) << "point " << point << ": " << trouble << "; leaked are " << leaked << " blocks and "
                              << sqlite3_memory_used() - memory << " bytes of SQLite";
        points_ += failed != 0 ? 1 : 0;
        return failed != 0 && (is_clean || std::getenv("MICA_TORTURE") != nullptr);
    }

    int points() const noexcept { return points_; }
    int changed() const noexcept { return changed_; }

private:
    void begin() {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path_ + suffix);
        std::filesystem::copy_file(before_, path_);
    }

    void try_change(FaultKind kind, std::int64_t point, bool is_sticky, std::int64_t& failed, std::string& trouble) {
        std::optional<Engine> engine;
        bool was_noticed = false;
        mica::test::arm(kind, point, is_sticky);
        try {
            engine.emplace("sqlite:///" + path_);
            change_schema(*engine);
        } catch (const Error&) {
            was_noticed = true;
        } catch (const std::bad_alloc&) {
            was_noticed = true;
        }
        failed = mica::test::disarm();
        const std::string found = RawFile{path_}.content();
        if (found != new_ && (found != old_ || !was_noticed)) trouble = "neither old nor new: " + found;
        if (was_noticed && found == new_) ++changed_;
        try {
            if (!engine) engine.emplace("sqlite:///" + path_);
            const auto first = engine->connect();
            const auto second = engine->connect();
            for (const auto* connection : {&first, &second}) {
                if (connection->execute<int>("PRAGMA foreign_keys").one() != 1) trouble += " no foreign keys;";
                if (connection->execute<int>("PRAGMA legacy_alter_table").one() != 0) trouble += " legacy renames;";
            }
            change_schema(*engine);
        } catch (const std::exception& error) {
            trouble += std::string{"not usable: "} + error.what();
        }
        if (trouble.empty() && RawFile{path_}.content() != new_) trouble = "in the end: " + RawFile{path_}.content();
    }

    mica::test::TemporaryDirectory directory_{};
    std::string before_ = directory_.file("before.db");
    std::string path_ = directory_.file("changed.db");
    std::string old_{};
    std::string new_{};
    int points_ = 0;
    int changed_ = 0;  ///< a failure was told of a change that has happened
};

using Parameters = std::tuple<FaultKind, bool, bool>;

struct SchemaChangeFaults : testing::TestWithParam<Parameters> {};

TEST_P(SchemaChangeFaults, leave_the_old_schema_or_the_new_one_and_every_row) {
    const auto [kind, has_wal, is_sticky] = GetParam();
    mica::test::allow_wal(has_wal);
    {
        SchemaChangeSweep sweep;
        sweep.run(kind, 1'000'000'000, false);  // what is kept from the first use on is there now
        const bool is_whole = std::getenv("MICA_TORTURE") != nullptr;
        const bool has_few = kind == FaultKind::file || kind == FaultKind::disk_full;
        const std::int64_t stride = is_whole || has_few ? 1 : kind == FaultKind::operator_new ? 47 : 607;
        std::int64_t point = 1;
        while (sweep.run(kind, point, is_sticky)) point += stride;
        std::printf("%d points, %d of them when it was done\n", sweep.points(), sweep.changed());
        EXPECT_GT(sweep.points(), 5);
    }
    mica::test::allow_wal(true);
}

/// One connection that all share, which cannot be closed to get rid of its state.
TEST(SchemaChangeInMemory, that_fails_leaves_the_shared_connection_as_it_was) {
    bool has_failed = true;
    for (std::int64_t point = 1; has_failed && !testing::Test::HasFailure(); point += 997) {
        const Engine engine{"sqlite://"};
        {
            const auto connection = engine.connect();
            std::string_view rest = yesterday;
            while (rest.find_first_not_of(" \n") != rest.npos) connection.execute(mica::detail::cut_statement(rest));
        }
        mica::test::arm(FaultKind::sqlite_memory, point, true);
        try {
            change_schema(engine);
        } catch (const std::exception&) {
            EXPECT_NE(engine.connect().in_transaction(), true);
        }
        has_failed = mica::test::disarm() != 0;
        const auto connection = engine.connect();
        EXPECT_EQ(connection.execute<int>("PRAGMA foreign_keys").one(), 1) << point;
        EXPECT_EQ(connection.execute<int>("PRAGMA legacy_alter_table").one(), 0) << point;
        change_schema(engine);
        EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM album").one(), 199) << point;
    }
}

std::string name_of(const testing::TestParamInfo<Parameters>& parameters) {
    const auto [kind, has_wal, is_sticky] = parameters.param;
    constexpr std::array<const char*, 4> kinds{"sqlite_memory", "operator_new", "file", "disk_full"};
    return std::string{kinds[static_cast<std::size_t>(kind)]} + (has_wal ? "_wal" : "_delete") +
           (is_sticky ? "_sticky" : "_single");
}

INSTANTIATE_TEST_SUITE_P(, SchemaChangeFaults,
                         testing::Combine(testing::Values(FaultKind::sqlite_memory, FaultKind::operator_new,
                                                          FaultKind::file, FaultKind::disk_full),
                                          testing::Bool(), testing::Bool()),
                         name_of);

}  // namespace faults_of_a_schema_change
