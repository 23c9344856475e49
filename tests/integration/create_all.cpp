// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace integration_create_all {

using namespace mica;
using mica::test::caught;
using Names = std::vector<std::string>;

struct Artist {
    std::int64_t id = 0;
    std::string name{};
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist = 0;
    std::string title{};
    static constexpr auto mapping() {
        return table("album", foreign_key<&Album::artist, &Artist::id>, mica::index<&Album::title>);
    }
};
struct Track {
    std::int64_t id = 0;
    std::int64_t album = 0;
    static constexpr auto mapping() { return table("track", foreign_key<&Track::album, &Album::id>); }
};

struct Department;
struct Employee {
    std::int64_t id = 0;
    std::optional<std::int64_t> boss{};
    std::optional<std::int64_t> department{};
    static constexpr auto mapping();
};
struct Department {
    std::int64_t id = 0;
    std::optional<std::int64_t> head{};
    static constexpr auto mapping() { return table("department", foreign_key<&Department::head, &Employee::id>); }
};
constexpr auto Employee::mapping() {
    return table("employee", foreign_key<&Employee::boss, &Employee::id>,
                 foreign_key<&Employee::department, &Department::id>);
}

struct CreateAll : testing::Test {
    Engine engine{"sqlite://"};

    Names names(std::string_view type = "table") const {
        return engine.connect()
            .execute<std::string>("SELECT name FROM sqlite_schema WHERE type = ? ORDER BY rowid", type)
            .all();
    }
    void run(std::string_view sql) const { engine.connect().execute(sql); }
};

TEST_F(CreateAll, creates_tables_and_indexes_in_any_order) {
    engine.create_all<Track, Album, Artist>();
    EXPECT_EQ(names(), (Names{"Artist", "album", "track"}));
    EXPECT_EQ(names("index"), (Names{"ix_album_artist", "ix_album_title", "ix_track_album"}));
}

TEST_F(CreateAll, can_be_run_again_and_keeps_what_is_there) {
    engine.create_all<Artist, Album>();
    run("INSERT INTO Artist VALUES (1, 'Kraftwerk')");
    engine.create_all<Track, Artist, Album>();
    engine.create_all<Track, Artist, Album>();
    EXPECT_EQ(names(), (Names{"Artist", "album", "track"}));
    EXPECT_EQ(engine.connect().scalar(select(col<&Artist::name>)), "Kraftwerk");
}

TEST_F(CreateAll, leaves_nothing_where_one_of_them_fails) {
    run("CREATE VIEW album AS SELECT 1 AS id");
    EXPECT_THROW((engine.create_all<Artist, Album, Track>()), DatabaseError);
    EXPECT_EQ(names(), Names{});
    EXPECT_FALSE(engine.connect().in_transaction());
    run("DROP VIEW album");
    engine.create_all<Artist, Album, Track>();
    EXPECT_EQ(names().size(), 3U);
}

TEST_F(CreateAll, leaves_a_table_that_is_there_wholly_alone) {
    run("CREATE TABLE Album (id INTEGER PRIMARY KEY)");
    engine.create_all<Artist, Album, Track>();
    EXPECT_EQ(names(), (Names{"Album", "Artist", "track"}));
    EXPECT_EQ(names("index"), (Names{"ix_track_album"}));
}

TEST_F(CreateAll, takes_no_lock_where_nothing_is_missing) {
    const mica::test::TemporaryDirectory directory;
    const std::string file = "sqlite:///" + directory.file("music.db");
    Engine{file}.create_all<Artist, Album>();
    const Engine writer{file};
    const Connection connection = writer.connect();
    const auto writing = connection.begin();
    const Engine reader{file + "?busy_timeout=0"};
    EXPECT_NO_THROW((reader.create_all<Artist, Album>()));
    EXPECT_THROW((reader.create_all<Artist, Album, Track>()), OperationalError);
}

TEST_F(CreateAll, copes_with_tables_that_reference_each_other) {
    engine.create_all<Employee, Department>();
    EXPECT_EQ(names().size(), 2U);
}

TEST_F(CreateAll, drop_all_takes_them_away_in_any_order) {
    engine.create_all<Artist, Album, Track>();
    run("INSERT INTO Artist VALUES (1, 'Kraftwerk')");
    run("INSERT INTO album VALUES (1, 1, 'Computerwelt')");
    run("INSERT INTO track VALUES (1, 1)");
    engine.drop_all<Artist, Track, Album>();
    EXPECT_EQ(names(), Names{});
    EXPECT_EQ(names("index"), Names{});
    engine.drop_all<Artist, Track, Album>();
}

TEST_F(CreateAll, drop_all_breaks_cycles_of_rows_too) {
    engine.create_all<Employee, Department>();
    run("INSERT INTO employee VALUES (1, NULL, NULL), (2, 1, NULL)");
    run("INSERT INTO department VALUES (1, 2)");
    run("UPDATE employee SET department = 1");
    engine.drop_all<Employee, Department>();
    EXPECT_EQ(names(), Names{});
}

TEST_F(CreateAll, drop_all_drops_nothing_where_rows_of_another_table_would_be_orphans) {
    engine.create_all<Artist, Album, Track>();
    run("INSERT INTO Artist VALUES (1, 'Kraftwerk')");
    run("INSERT INTO album VALUES (1, 1, 'Computerwelt')");
    const auto error = caught<IntegrityError>([&] { engine.drop_all<Track, Artist>(); });
    EXPECT_EQ(error.kind(), IntegrityError::foreign_key);
    EXPECT_EQ(names(), (Names{"Artist", "album", "track"}));
    EXPECT_EQ(engine.connect().scalar(select(col<&Artist::name>)), "Kraftwerk");
}

struct Review {
    std::int64_t id = 0;
    std::optional<std::int64_t> artist{};
    static constexpr auto mapping() {
        return table("review", foreign_key<&Review::artist, &Artist::id>.on_delete(set_null));
    }
};

TEST_F(CreateAll, drop_all_deletes_rows_with_the_actions_of_the_keys_that_reference_them) {
    engine.create_all<Artist, Review>();
    run("INSERT INTO Artist VALUES (1, 'Kraftwerk')");
    run("INSERT INTO review VALUES (5, 1)");
    engine.drop_all<Artist>();
    EXPECT_EQ(engine.connect().one(select<Review>()).artist, std::nullopt);
}

TEST_F(CreateAll, drop_all_lets_a_table_without_rows_stay_behind) {
    engine.create_all<Artist, Album>();
    engine.drop_all<Artist>();
    EXPECT_EQ(names(), Names{"album"});
}

TEST_F(CreateAll, foreign_keys_are_checked_at_once_again_after_drop_all) {
    engine.create_all<Artist, Album>();
    engine.drop_all<Track>();
    Connection connection = engine.connect();
    const auto transaction = connection.begin();
    EXPECT_THROW(connection.execute("INSERT INTO album VALUES (1, 99, '')"), IntegrityError);
}

TEST_F(CreateAll, creates_again_what_was_dropped) {
    engine.create_all<Artist>();
    {
        Connection connection = engine.connect();
        connection.execute(insert_into<Artist>().values(Artist{.name = "Kraftwerk"}));
    }
    engine.drop_all<Artist>();
    engine.create_all<Artist>();
    EXPECT_TRUE(engine.connect().all(select<Artist>()).empty());
}

}  // namespace integration_create_all
