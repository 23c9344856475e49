// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace integration_migrations {
namespace {

using mica::migration;
using mica::test::message_of;

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;

    static constexpr auto mapping() { return mica::table("album"); }
};

constexpr auto first = migration<1>("first tables", [](mica::Connection& connection) {
    connection.execute("CREATE TABLE album (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT");
});
constexpr auto years = migration<2>("years", "ALTER TABLE album ADD COLUMN year INTEGER; CREATE TABLE log (a)");

constexpr auto history_of_one = mica::migrations(first);
constexpr auto history = mica::migrations(first, years);

std::vector<std::string> names(const mica::Engine& engine) {
    return engine.connect().execute<std::string>("SELECT name FROM mica_migration ORDER BY version").all();
}

using Names = std::vector<std::string>;

TEST(Migrations, all_of_them_run_in_an_empty_database_and_then_none) {
    mica::Engine engine{"sqlite://"};
    EXPECT_EQ(engine.migrate(history), 2);
    EXPECT_EQ(names(engine), (Names{"first tables", "years"}));
    EXPECT_TRUE(engine.verify<Album>().empty());
    EXPECT_EQ(engine.migrate(history), 0);
}

TEST(Migrations, those_that_the_database_has_had_are_left_out) {
    mica::Engine engine{"sqlite://"};
    EXPECT_EQ(engine.migrate(history_of_one), 1);
    engine.connect().execute("INSERT INTO album (title) VALUES ('kept')");
    EXPECT_EQ(engine.migrate(history), 1);
    EXPECT_EQ(engine.connect().all(mica::select<Album>()).at(0).title, "kept");
}

TEST(Migrations, when_each_was_applied_is_kept) {
    mica::Engine engine{"sqlite://"};
    engine.migrate(history_of_one);
    EXPECT_TRUE(engine.connect().execute<std::string>("SELECT applied_at FROM mica_migration").one().starts_with("20"));
}

TEST(Migrations, one_that_fails_is_undone_and_those_before_it_stay) {
    mica::Engine engine{"sqlite://"};
    constexpr auto failing = mica::migrations(first, migration<2>("fails", [](mica::Connection& connection) {
                                                  connection.execute("CREATE TABLE half (a)");
                                                  throw std::runtime_error{"half"};
                                              }));
    EXPECT_THROW(engine.migrate(failing), std::runtime_error);
    EXPECT_EQ(names(engine), Names{"first tables"});
    EXPECT_THROW(engine.connect().execute("SELECT * FROM half"), mica::SchemaMismatch);
    EXPECT_EQ(engine.migrate(history), 1);
}

TEST(Migrations, a_database_that_is_newer_than_the_program_is_refused_and_left_alone) {
    mica::Engine engine{"sqlite://"};
    engine.migrate(history);
    EXPECT_EQ(message_of<mica::SchemaMismatch>([&] { engine.migrate(history_of_one); }),
              "the database is newer than the program: it has had migration 2, \"years\", and the program knows 1");
}

TEST(Migrations, a_name_of_the_past_that_has_changed_is_refused) {
    mica::Engine engine{"sqlite://"};
    engine.migrate(history);
    constexpr auto renamed =
        mica::migrations(migration<1>("tables", "SELECT 1"), years, migration<3>("more", "CREATE TABLE more (a)"));
    EXPECT_EQ(message_of<mica::SchemaMismatch>([&] { engine.migrate(renamed); }),
              "migration 1 was \"first tables\" when the database had it, and is \"tables\" in the program");
    EXPECT_THROW(engine.connect().execute("SELECT * FROM more"), mica::SchemaMismatch);
}

TEST(Migrations, a_text_of_the_past_that_has_changed_is_refused) {
    mica::Engine engine{"sqlite://"};
    engine.migrate(history);
    constexpr auto changed = mica::migrations(first, migration<2>("years", "SELECT 2"));
    EXPECT_EQ(message_of<mica::SchemaMismatch>([&] { engine.migrate(changed); }),
              "migration 2, \"years\", has another text than when the database had it");
}

TEST(Migrations, a_gap_in_the_past_is_refused) {
    mica::Engine engine{"sqlite://"};
    engine.migrate(history);
    engine.connect().execute("DELETE FROM mica_migration WHERE version = 1");
    EXPECT_EQ(message_of<mica::SchemaMismatch>([&] { engine.migrate(history); }),
              "the database has had migration 2 but not 1");
}

TEST(Migrations, progress_counts_those_that_are_to_be_done) {
    mica::Engine engine{"sqlite://"};
    engine.migrate(history_of_one);
    std::vector<std::pair<int, int>> calls;
    engine.migrate(history, {.progress = [&](int done, int total) { calls.emplace_back(done, total); }});
    EXPECT_EQ(calls, (std::vector<std::pair<int, int>>{{0, 1}, {1, 1}}));
}

TEST(Migrations, progress_stops_them_before_the_next) {
    mica::Engine engine{"sqlite://"};
    EXPECT_THROW(engine.migrate(history, {.progress = [](int done, int) { return done < 1; }}), mica::InterruptedError);
    EXPECT_EQ(names(engine), Names{"first tables"});
}

TEST(Migrations, the_database_is_copied_before_the_first) {
    const mica::test::TemporaryDirectory directory;
    mica::Engine engine{"sqlite:///" + directory.file("music.db")};
    engine.migrate(history_of_one);
    int calls = 0;
    engine.migrate(history, {.progress = [&](int, int) { ++calls; }, .backup_to = directory.file("before.db")});
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(names(mica::Engine{"sqlite:///" + directory.file("before.db")}), Names{"first tables"});
    engine.migrate(history, {.backup_to = directory.file("never.db")});
    EXPECT_FALSE(std::filesystem::exists(directory.file("never.db")));
}

TEST(Migrations, a_parent_is_made_anew_without_its_children_going_with_it) {
    mica::Engine engine{"sqlite://"};
    constexpr auto with_child =
        migration<2>("children",
                     "CREATE TABLE track (id INTEGER PRIMARY KEY, album_id REFERENCES album ON DELETE CASCADE);"
                     "INSERT INTO album VALUES (1, 'a'); INSERT INTO track VALUES (1, 1)");
    constexpr auto anew = migration<3>("anew",
                                       "CREATE TABLE album2 (id INTEGER PRIMARY KEY, title TEXT);"
                                       "INSERT INTO album2 SELECT id, title FROM album; DROP TABLE album;"
                                       "ALTER TABLE album2 RENAME TO album")
                              .without_foreign_keys();
    engine.migrate(mica::migrations(first, with_child, anew));
    const auto connection = engine.connect();
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM track").one(), 1);
    EXPECT_EQ(connection.execute<int>("PRAGMA foreign_keys").one(), 1);
}

TEST(Migrations, rows_without_their_parent_are_refused_at_the_end_of_one_without_foreign_keys) {
    mica::Engine engine{"sqlite://"};
    constexpr auto orphan = migration<2>("orphan",
                                         "CREATE TABLE track (id INTEGER PRIMARY KEY, album_id REFERENCES album);"
                                         "INSERT INTO track VALUES (7, 1)")
                                .without_foreign_keys();
    EXPECT_EQ(message_of<mica::IntegrityError>([&] { engine.migrate(mica::migrations(first, orphan)); }),
              "row 7 of track references a row of album that is not there (album_id)");
    EXPECT_EQ(names(engine), Names{"first tables"});
    EXPECT_EQ(engine.connect().execute<int>("PRAGMA foreign_keys").one(), 1);
}

TEST(Migrations, rows_that_had_no_parent_before_keep_one_without_foreign_keys_from_nothing) {
    mica::Engine engine{"sqlite://"};
    engine.connect().open().run_script(
        "PRAGMA foreign_keys = OFF; CREATE TABLE album (id INTEGER PRIMARY KEY);"
        "CREATE TABLE track (id INTEGER PRIMARY KEY, album_id REFERENCES album);"
        "INSERT INTO track VALUES (7, 1); PRAGMA foreign_keys = ON");
    constexpr auto adds = migration<1>("adds", "CREATE TABLE more (id INTEGER PRIMARY KEY)").without_foreign_keys();
    constexpr auto breaks = migration<2>("breaks", "INSERT INTO track VALUES (8, 2)").without_foreign_keys();
    EXPECT_EQ(engine.migrate(mica::migrations(adds)), 1);
    EXPECT_EQ(message_of<mica::IntegrityError>([&] { engine.migrate(mica::migrations(adds, breaks)); }),
              "row 8 of track references a row of album that is not there (album_id)");
}

TEST(Migrations, of_programs_that_start_at_once_one_migrates_and_the_others_find_it_done) {
    const mica::test::TemporaryDirectory directory;
    const std::string url = "sqlite:///" + directory.file("music.db");
    std::atomic<int> run{0};
    std::vector<std::thread> programs;
    for (int i = 0; i < 4; ++i) {
        programs.emplace_back([&] {
            const mica::Engine engine{url};
            run += engine.migrate(history);
        });
    }
    for (std::thread& program : programs) program.join();
    EXPECT_EQ(run.load(), 2);
    EXPECT_EQ(names(mica::Engine{url}), (Names{"first tables", "years"}));
}

TEST(Migrations, a_text_that_would_end_its_transaction_is_refused_before_anything_is_touched) {
    for (const std::string_view sql :
         {"CREATE TABLE half (a); COMMIT; CREATE TABLE other (a)", "CREATE TABLE half (a); ROLLBACK",
          "BEGIN; CREATE TABLE half (a); END", "CREATE TABLE half (a); /* . */ end transaction",
          "CREATE TABLE half (a); RELEASE mica", "PRAGMA foreign_keys = OFF; DROP TABLE album"}) {
        const mica::test::TemporaryDirectory directory;
        mica::Engine engine{"sqlite:///" + directory.file("music.db")};
        const auto texts = mica::migrations(first, migration<2>("text", sql));
        EXPECT_THROW(engine.migrate(texts, {.backup_to = directory.file("before.db")}), mica::ProgrammingError) << sql;
        EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM sqlite_schema").one(), 0) << sql;
        EXPECT_FALSE(std::filesystem::exists(directory.file("before.db"))) << sql;
    }
}

TEST(Migrations, a_callable_cannot_end_its_transaction) {
    for (const std::string_view sql : {"COMMIT", "END", "ROLLBACK", "BEGIN"}) {
        mica::Engine engine{"sqlite://"};
        const auto ends = mica::migrations(migration<1>("ends", [sql](mica::Connection& connection) {
            connection.execute("CREATE TABLE half (a)");
            connection.execute(sql);
        }));
        EXPECT_EQ(message_of<mica::ProgrammingError>([&] { engine.migrate(ends); }).substr(0, 84),
                  "mica: a migration has a transaction of its own, which no text of it begins or ends [");
        EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM sqlite_schema").one(), 0) << sql;
    }
}

TEST(Migrations, a_callable_that_goes_on_behind_the_refusal_is_still_in_its_transaction) {
    mica::Engine engine{"sqlite://"};
    constexpr auto goes_on = mica::migrations(migration<1>("goes on", [](mica::Connection& connection) {
        try {
            connection.execute("COMMIT");
        } catch (const mica::ProgrammingError&) {
        }
        connection.execute("CREATE TABLE half (a)");
        throw std::runtime_error{"half"};
    }));
    EXPECT_THROW(engine.migrate(goes_on), std::runtime_error);
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM sqlite_schema").one(), 0);
    const auto connection = engine.connect();
    connection.execute("BEGIN");
    connection.execute("COMMIT");
}

TEST(Migrations, savepoints_and_triggers_may_stand_in_a_text) {
    mica::Engine engine{"sqlite://"};
    constexpr auto texts = mica::migrations(
        migration<1>("texts",
                     "CREATE TABLE span (begin INTEGER, end INTEGER); SAVEPOINT one; INSERT INTO span VALUES (1, 2);"
                     "ROLLBACK TO one; RELEASE one; CREATE TRIGGER ends AFTER INSERT ON span BEGIN "
                     "UPDATE span SET end = CASE WHEN 1 THEN 5 END; UPDATE span SET begin = end; END"));
    EXPECT_EQ(engine.migrate(texts), 1);
    const auto connection = engine.connect();
    connection.execute("INSERT INTO span VALUES (1, 2)");
    EXPECT_EQ(connection.execute<int>("SELECT begin FROM span").one(), 5);
}

TEST(Migrations, a_history_is_checked_against_the_structs) {
    EXPECT_TRUE(mica::check_migrations<Album>(history).empty());
    EXPECT_EQ(mica::check_migrations<Album>(history_of_one).to_string(), "album.year: there is no such column\n");
}

}  // namespace
}  // namespace integration_migrations
