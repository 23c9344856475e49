// SPDX-License-Identifier: BSL-1.0
// What databases hold that other programs have made, and what is only this connection's, over a change of the schema.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace integration_schema_sync_strangers {
namespace {

using mica::col;
using mica::test::message_of;

struct Note {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("note"); }
};

struct Remark {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("remark"); }
};

struct TitledNote {
    std::int64_t id = 0;
    std::string title;

    static constexpr auto mapping() { return mica::table("note"); }
};

struct CountedNote {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("note", mica::autoincrement); }
};

struct UniqueNote {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("note", mica::unique<&UniqueNote::text>); }
};

struct ShortNote {
    std::int64_t id = 0;
    std::string text;
    std::string initial;

    static constexpr auto mapping() {
        return mica::table("note",
                           mica::generated<&ShortNote::initial>(mica::substr(col<&ShortNote::text>, 1, 1)).stored(),
                           mica::unique<&ShortNote::initial>);
    }
};

struct NumberedNote {
    std::int64_t id = 0;
    std::int64_t text = 0;

    static constexpr auto mapping() { return mica::table("note"); }
};

struct IndexedNote {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("note", mica::index<&IndexedNote::text>); }
};

struct Parent {
    std::int64_t id = 0;

    static constexpr auto mapping() { return mica::table("parent").schema("aux"); }
};

struct Child {
    std::int64_t id = 0;
    std::int64_t parent_id = 0;

    static constexpr auto mapping() {
        return mica::table("child", mica::foreign_key<&Child::parent_id, &Parent::id>).schema("aux");
    }
};

struct SwappedNote {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("note", mica::index<&SwappedNote::text>.name("remark_text")); }
};

struct SwappedRemark {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() {
        return mica::table("remark", mica::index_on(lower(col<&SwappedRemark::text>)).name("note_text"));
    }
};

struct BytesNote {
    std::int64_t id = 0;
    std::vector<std::byte> text;

    static constexpr auto mapping() { return mica::table("note"); }
};

class SchemaSyncStrangers : public testing::Test {
protected:
    void given(std::string_view script) { connection.open().run_script(script); }
    /// A table of notes that has to be made anew.
    void given_notes() {
        given(
            "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT; INSERT INTO note VALUES (1, 'a'), (2, 'b')");
    }
    std::string text(const std::string& sql) {
        return connection.execute<std::string>("SELECT CAST((" + sql + ") AS TEXT)").one();
    }
    template <class... Entities, class... Changes>
    void expect_synced(const Changes&... changes) {
        engine.sync<Entities...>(changes...);
        EXPECT_EQ(engine.verify<Entities...>().to_string(), "");
        EXPECT_EQ(engine.plan<Entities...>(changes...).to_string(), "");
        EXPECT_EQ(text("SELECT group_concat(integrity_check) FROM pragma_integrity_check"), "ok");
    }
    template <class... Entities, class... Changes>
    std::string refusal(const Changes&... changes) {
        return message_of<mica::SchemaMismatch>([&] { engine.sync<Entities...>(changes...); });
    }

    mica::Engine engine{"sqlite://"};
    mica::Connection connection = engine.connect();
};

TEST_F(SchemaSyncStrangers, a_temporary_table_with_the_name_that_a_new_one_gets_meanwhile_takes_no_rows) {
    given_notes();
    given(
        "CREATE TEMP TABLE mica_new_note (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO mica_new_note VALUES (7, "
        "'t')");
    expect_synced<Note>();
    EXPECT_EQ(text("SELECT group_concat(text) FROM main.note"), "a,b");
    EXPECT_EQ(text("SELECT group_concat(text) FROM temp.mica_new_note"), "t");
}

TEST_F(SchemaSyncStrangers, a_text_becomes_the_bytes_that_a_program_reads_of_it_or_stays) {
    const std::string notes =
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT; INSERT INTO note VALUES (1, 'ab')";
    given(notes);
    expect_synced<BytesNote>();
    EXPECT_EQ(text("SELECT hex(text) FROM note"), "6162");
    engine = mica::Engine{"sqlite://"};
    connection = engine.connect();
    given("PRAGMA encoding = 'UTF-16';" + notes);
    EXPECT_EQ(refusal<BytesNote>(),
              "note: text does not fit BLOB without a loss; convert<> can say what becomes of it (rows 1)");
    EXPECT_EQ(text("SELECT text FROM note"), "ab");
}

TEST_F(SchemaSyncStrangers, another_table_view_or_index_may_have_that_name) {
    for (const std::string_view thing : {"CREATE TABLE mica_new_note (a)", "CREATE VIEW mica_new_note AS SELECT 1 AS a",
                                         "CREATE TABLE other (a); CREATE INDEX mica_new_note ON other (a)"}) {
        given("DROP TABLE IF EXISTS note");
        given_notes();
        given(thing);
        expect_synced<Note>();
        EXPECT_EQ(text("SELECT count(*) FROM note"), "2");
        EXPECT_EQ(text("SELECT count(*) FROM sqlite_schema WHERE name = 'mica_new_note'"), "1");
        given("DROP VIEW IF EXISTS temp.mica_new_note");
        if (thing.starts_with("CREATE TABLE mica")) given("DROP TABLE mica_new_note");
        if (thing.starts_with("CREATE VIEW")) given("DROP VIEW mica_new_note");
    }
}

TEST_F(SchemaSyncStrangers, a_temporary_table_does_not_go_in_the_place_of_the_one_that_it_hides) {
    engine.create_all<Note>();
    given("CREATE TABLE old (a); CREATE TEMP TABLE old (a); INSERT INTO temp.old VALUES (1)");
    EXPECT_EQ(refusal<Note>(mica::drop_table("old")), "a temporary table hides the table old");
    EXPECT_EQ(text("SELECT count(*) FROM temp.old"), "1");
}

TEST_F(SchemaSyncStrangers, an_index_of_a_temporary_table_does_not_go_in_the_place_of_one_with_its_name) {
    engine.create_all<Note>();
    given("CREATE INDEX extra ON note (text); CREATE TEMP TABLE mine (a); CREATE INDEX temp.extra ON mine (a)");
    expect_synced<Note>();
    EXPECT_EQ(text("SELECT count(*) FROM sqlite_temp_schema WHERE name = 'extra'"), "1");
}

TEST_F(SchemaSyncStrangers, a_temporary_view_is_not_taken_for_the_table_that_it_hides) {
    given_notes();
    given("CREATE TEMP VIEW note AS SELECT 5 AS id, 'view' AS text");
    EXPECT_EQ(refusal<Note>(), "a temporary view hides the table note");
}

TEST_F(SchemaSyncStrangers, a_sequence_goes_on_beside_that_of_a_temporary_table) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT) STRICT;"
        "INSERT INTO note VALUES (8, 'x'); DELETE FROM note;"
        "CREATE TEMP TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)");
    expect_synced<CountedNote>();
    given("INSERT INTO note (text) VALUES ('y')");
    EXPECT_EQ(text("SELECT id FROM note"), "9");
}

TEST_F(SchemaSyncStrangers, a_temporary_trigger_stays_on_a_table_that_is_made_anew) {
    given_notes();
    given(
        "CREATE TABLE log (text); CREATE TEMP TRIGGER logs AFTER INSERT ON main.note BEGIN INSERT INTO log VALUES "
        "(new.text); END");
    EXPECT_EQ(mica::inspect(connection)[0].triggers.at(0).schema, "temp");
    EXPECT_EQ(engine.plan<Note>().as_migration(1, "notes").find("logs"), std::string::npos) << "of this connection";
    expect_synced<Note>();
    given("INSERT INTO note VALUES (3, 'c')");
    EXPECT_EQ(text("SELECT group_concat(text) FROM log"), "c");
}

TEST_F(SchemaSyncStrangers, a_temporary_trigger_that_would_break_is_named) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, more TEXT) STRICT; CREATE TABLE log (text);"
        "CREATE TEMP TRIGGER logs AFTER INSERT ON log BEGIN UPDATE note SET more = 'x'; END");
    EXPECT_EQ(refusal<Note>(mica::drop_column("note", "more")), "the trigger logs would break: no such column: more");
}

TEST_F(SchemaSyncStrangers, a_temporary_trigger_goes_with_a_table_that_goes) {
    engine.create_all<Note>();
    given("CREATE TABLE old (a); CREATE TEMP TRIGGER tells AFTER INSERT ON old BEGIN SELECT 1; END");
    expect_synced<Note>(mica::drop_table("old"));
    EXPECT_EQ(text("SELECT count(*) FROM sqlite_temp_schema"), "0");
}

TEST_F(SchemaSyncStrangers, a_trigger_that_would_break_is_found_behind_one_of_its_event_that_was_broken) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, more TEXT) STRICT; CREATE TABLE log (text);"
        "CREATE TRIGGER one AFTER INSERT ON log BEGIN INSERT INTO gone VALUES (1); END;"
        "CREATE TRIGGER two AFTER INSERT ON log BEGIN UPDATE note SET more = 1; END");
    const auto drop = mica::drop_column("note", "more");
    EXPECT_EQ(refusal<Note>(drop), "the trigger two would break: no such column: more");
    EXPECT_EQ(text("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"), "2");
    given("DROP TRIGGER two");
    expect_synced<Note>(drop);
}

TEST_F(SchemaSyncStrangers, a_trigger_that_would_break_is_found_behind_one_that_it_fires) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, more TEXT) STRICT; CREATE TABLE log (text);"
        "CREATE TABLE start (a); CREATE TRIGGER one AFTER INSERT ON log BEGIN INSERT INTO gone VALUES (1); END;"
        "CREATE TRIGGER two AFTER INSERT ON start BEGIN INSERT INTO log VALUES (1); UPDATE note SET more = 1; END");
    EXPECT_EQ(refusal<Note>(mica::drop_column("note", "more")), "the trigger two would break: no such column: more");
}

TEST_F(SchemaSyncStrangers, a_trigger_on_a_view_that_would_break_is_named) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, more TEXT) STRICT;"
        "CREATE VIEW texts AS SELECT id, text FROM note; CREATE VIEW upper AS SELECT upper(text) AS up FROM texts;"
        "CREATE TRIGGER writes INSTEAD OF UPDATE OF up ON upper BEGIN UPDATE note SET more = new.up; END");
    EXPECT_EQ(refusal<Note>(mica::drop_column("note", "more")), "the trigger writes would break: no such column: more");
}

TEST_F(SchemaSyncStrangers, foreign_keys_of_attached_databases_are_checked) {
    const auto attach = engine.on_connect([](mica::Connection& opened) { opened.attach(":memory:", "aux"); });
    given(
        "CREATE TABLE aux.parent (id INTEGER PRIMARY KEY) STRICT;"
        "CREATE TABLE aux.child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id)) STRICT;"
        "INSERT INTO aux.child VALUES (1, NULL)");
    EXPECT_EQ(message_of<mica::IntegrityError>([&] { engine.sync<Parent, Child>(mica::fill<&Child::parent_id>(5)); }),
              "row 1 of aux.child references a row of aux.parent that is not there (parent_id)");
    given("INSERT INTO aux.parent VALUES (5)");
    expect_synced<Parent, Child>(mica::fill<&Child::parent_id>(5));
}

TEST_F(SchemaSyncStrangers, a_foreign_key_that_matches_no_key_keeps_nobody_from_it) {
    given_notes();
    given("CREATE TABLE code (text TEXT); CREATE TABLE coded (text TEXT REFERENCES code (text))");
    expect_synced<Note>();
}

TEST_F(SchemaSyncStrangers, a_full_text_index_of_another_program_is_named_where_a_rename_would_break_it) {
    engine.create_all<Note>();
    given(
        "INSERT INTO note VALUES (1, 'a'); CREATE VIRTUAL TABLE found USING fts5 (text, content = 'note', "
        "content_rowid = "
        "'id'); INSERT INTO found (found) VALUES ('rebuild')");
    EXPECT_EQ(refusal<Remark>(mica::rename_table<&Remark::id>("note")),
              "the virtual table found would break: no such table: main.note");
    EXPECT_NE(refusal<TitledNote>(mica::rename_column<&TitledNote::title>("text"))
                  .find("the virtual table found would break: "),
              std::string::npos);
    EXPECT_EQ(text("SELECT text FROM found WHERE found MATCH 'a'"), "a");
    expect_synced<Remark>(mica::rename_table<&Remark::id>("note"), mica::drop_table("found"));
}

TEST_F(SchemaSyncStrangers, a_full_text_index_of_another_program_follows_values_that_change) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text ANY NOT NULL) STRICT; INSERT INTO note VALUES (1, 'a');"
        "CREATE VIRTUAL TABLE found USING fts5 (text, content = note, content_rowid = id);"
        "INSERT INTO found (found) VALUES ('rebuild')");
    expect_synced<Note>(mica::convert<&Note::text>(col<&Note::text> || "z"));
    EXPECT_EQ(text("SELECT count(*) FROM found WHERE found MATCH 'az'"), "1");
}

TEST_F(SchemaSyncStrangers, what_analyze_has_found_out_stays_with_a_table_that_is_made_anew) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT; CREATE INDEX by_text ON note (text);"
        "INSERT INTO note VALUES (1, 'a'), (2, 'a'), (3, 'b'); CREATE TABLE old (a PRIMARY KEY);"
        "INSERT INTO old VALUES (1); ANALYZE");
    // As where SQLite was built with SQLITE_ENABLE_STAT4.
    sqlite3_db_config(connection.open().database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    given(
        "PRAGMA writable_schema = ON; CREATE TABLE IF NOT EXISTS sqlite_stat4 (tbl, idx, neq, nlt, ndlt, sample);"
        "PRAGMA writable_schema = OFF; DELETE FROM sqlite_stat4;"
        "INSERT INTO sqlite_stat4 VALUES ('note', 'by_text', '2 1', '0 0', '0 0', x'030f0901610101')");
    expect_synced<IndexedNote>(mica::drop_table("old"));
    EXPECT_EQ(text("SELECT group_concat(tbl || ' ' || idx || ' ' || stat) FROM sqlite_stat1"), "note by_text 3 2");
    EXPECT_EQ(text("SELECT group_concat(neq || ' ' || hex(sample)) FROM sqlite_stat4"), "2 1 030F0901610101");
}

TEST_F(SchemaSyncStrangers, what_analyze_has_found_out_goes_with_an_index_that_is_another_one) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, other TEXT UNIQUE) STRICT;"
        "INSERT INTO note VALUES (1, 'a', 'b'); ANALYZE");
    expect_synced<UniqueNote>(mica::drop_column("note", "other"));
    EXPECT_EQ(text("SELECT count(*) FROM sqlite_stat1"), "0");
}

TEST_F(SchemaSyncStrangers, a_unique_constraint_with_a_collation_of_its_own_is_another_one) {
    given("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, UNIQUE (text COLLATE NOCASE)) STRICT");
    EXPECT_EQ(engine.verify<UniqueNote>().to_string(),
              "note: UNIQUE (text) is missing\nnote: UNIQUE (text COLLATE NOCASE) is in no struct\n");
    expect_synced<UniqueNote>();
    given("INSERT INTO note (text) VALUES ('a'), ('A')");
}

TEST_F(SchemaSyncStrangers, a_unique_column_that_is_computed_from_now_on_is_checked_by_what_it_will_hold) {
    given_notes();
    given("INSERT INTO note VALUES (3, 'bee')");
    EXPECT_EQ(refusal<ShortNote>(), "note: \"initial\" is not unique (rows 2, 3)");
    given("DELETE FROM note WHERE id = 3");
    expect_synced<ShortNote>();
}

TEST_F(SchemaSyncStrangers, what_a_new_table_refuses_is_said_of_the_one_that_the_program_knows) {
    given_notes();
    const auto words = mica::convert<&NumberedNote::text>(mica::sql<std::int64_t>("'wo' || ?", "rd"));
    EXPECT_EQ(message_of<mica::IntegrityError>([&] { engine.sync<NumberedNote>(words); }),
              "cannot store TEXT value in INTEGER column note.text");
    EXPECT_EQ(text("SELECT group_concat(text) FROM note"), "a,b");
}

TEST_F(SchemaSyncStrangers, indexes_of_two_tables_change_names) {
    engine.create_all<Note, Remark>();
    given("CREATE INDEX note_text ON note (text); CREATE INDEX remark_text ON remark (text)");
    expect_synced<SwappedNote, SwappedRemark>();
    EXPECT_EQ(text("SELECT tbl_name FROM sqlite_schema WHERE name = 'note_text'"), "remark");
}

TEST_F(SchemaSyncStrangers, rows_are_named_by_their_number_where_a_column_is_called_rowid) {
    given(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, rowid INTEGER) STRICT; INSERT INTO note VALUES (7, "
        "NULL, 99)");
    EXPECT_EQ(refusal<Note>(mica::drop_column("note", "rowid")),
              "note: text is NULL; fill<> can give a value (rows 7)");
}

}  // namespace
}  // namespace integration_schema_sync_strangers
