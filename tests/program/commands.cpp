// SPDX-License-Identifier: BSL-1.0
// The program `mica`: what it writes and its exit codes.
#include <mica/commands.hpp>
#include <mica/expression.hpp>
#include <mica/mica.hpp>
#include <mica/structs.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace program_commands {

struct Outcome {
    int code = 0;
    std::string out{};
    std::string errors{};
};

Outcome run(const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream errors;
    const int code = mica::program::run(arguments, out, errors);
    return {code, out.str(), errors.str()};
}

class Program : public testing::Test {
protected:
    std::string database(const std::string& name, std::string_view script) {
        const std::string path = directory.file(name);
        const std::string plain = directory.file("plain.db");
        mica::Engine{"sqlite:///" + plain}.connect().open().run_script(script);
        std::filesystem::rename(plain, path);  // the names are not those of URLs
        return path;
    }
    mica::test::TemporaryDirectory directory{};
    std::string older = database("older.db",
                                 "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;"
                                 "INSERT INTO note VALUES (1, 'a')");
    std::string newer = database("new er%.db",
                                 "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL, stars "
                                 "INTEGER NOT NULL DEFAULT 3) STRICT");
};

TEST_F(Program, help_is_no_error) {
    const Outcome outcome = run({"--help"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.out.find("mica structs FILE"), std::string::npos);
    EXPECT_EQ(run({"--version"}).out, "mica " MICA_PROJECT_VERSION "\n");
}

TEST_F(Program, wrong_arguments_are_told_and_exit_with_2) {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                      {"structs"},
                                                      {"fly", older},
                                                      {"diff", older},
                                                      {"structs", older, "--what"},
                                                      {"plan", older, newer, "--rename-table", "a"},
                                                      {"migrate", "up", older},
                                                      {"migrate", "status", older, "--check", "x"}}) {
        const Outcome outcome = run(arguments);
        EXPECT_EQ(outcome.code, 2);
        EXPECT_EQ(outcome.out, "");
        EXPECT_TRUE(outcome.errors.starts_with("mica: ")) << outcome.errors;
    }
}

TEST_F(Program, a_file_that_is_not_there_is_an_error_and_stays_away) {
    const std::string path = directory.file("nothing.db");
    const Outcome outcome = run({"structs", path});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.errors, "");
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_EQ(run({"structs", directory.file("nothing.sql")}).code, 2);
}

TEST_F(Program, diff_tells_what_differs_and_fails_a_build_where_asked_to) {
    const Outcome outcome = run({"diff", older, newer});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.out, "note.stars: there is no such column\n");
    EXPECT_EQ(run({"diff", older, newer, "--check"}).code, 1);
    EXPECT_EQ(run({"diff", "--check", older, older}).code, 0);
}

TEST_F(Program, diff_tells_of_tables_that_one_alone_has) {
    const std::string both = database(
        "both.db", "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT; CREATE TABLE more (a)");
    EXPECT_NE(run({"diff", both, older}).out.find("more: "), std::string::npos);
    EXPECT_NE(run({"diff", older, both}).out.find("more: there is no such table"), std::string::npos);
}

TEST_F(Program, plan_shows_the_steps_and_does_nothing) {
    const Outcome outcome = run({"plan", older, newer, "--check"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.out.find("ALTER TABLE \"note\" ADD COLUMN \"stars\" INTEGER NOT NULL DEFAULT (3)"),
              std::string::npos)
        << outcome.out;
    EXPECT_EQ(run({"plan", older, older, "--check"}).code, 0);
}

TEST_F(Program, plan_takes_changes_and_gives_the_text_of_a_migration) {
    const std::string renamed =
        database("renamed.db", "CREATE TABLE memo (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
    const Outcome outcome = run({"plan", older, renamed, "--rename-table", "note", "memo", "--rename-column", "memo",
                                 "body", "text", "--migration", "3", "memos"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(
        outcome.out.starts_with("mica::migration<3>(\"memos\", R\"sql(\nALTER TABLE \"note\" RENAME TO \"memo\""))
        << outcome.out;
}

TEST_F(Program, the_text_of_a_migration_is_cpp_whatever_it_holds) {
    const std::string marked = database("marked.db",
                                        "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL, mark TEXT NOT "
                                        "NULL DEFAULT ')sql\"; )sql_\"') STRICT");
    EXPECT_EQ(run({"plan", older, marked, "--migration", "3", "a \"mark\" \\"}).out,
              "mica::migration<3>(\"a \\\"mark\\\" \\\\\", R\"sql__(\n"
              "ALTER TABLE \"note\" ADD COLUMN \"mark\" TEXT NOT NULL DEFAULT (')sql\"; )sql_\"');\n)sql__\")\n");
}

TEST_F(Program, status_lists_the_migrations_that_a_database_has_had) {
    EXPECT_EQ(run({"migrate", "status", older}).out, "no migration\n");
    mica::Engine{"sqlite:///" + older}.migrate(mica::migrations(mica::migration<1>("first", "CREATE TABLE a (a)")));
    const Outcome outcome = run({"migrate", "status", older, "--check", "1"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(outcome.out.starts_with("1\t")) << outcome.out;
    EXPECT_TRUE(outcome.out.ends_with("\tfirst\n")) << outcome.out;
    EXPECT_EQ(run({"migrate", "status", older, "--check", "2"}).code, 1);
}

TEST_F(Program, diagram_is_mermaids) {
    EXPECT_TRUE(run({"diagram", older}).out.starts_with("erDiagram")) << run({"diagram", older}).out;
}

TEST_F(Program, a_script_writes_no_file) {
    for (const std::string_view statement : {"ATTACH '%' AS other; CREATE TABLE other.t (a)", "VACUUM INTO '%'"}) {
        const std::string victim = directory.file("victim.db");
        std::string sql{statement};
        sql.replace(sql.find('%'), 1, victim);
        const std::string script = directory.file("script.sql");
        std::ofstream{script} << "CREATE TABLE t (id INTEGER PRIMARY KEY);" << sql << ';';
        EXPECT_EQ(run({"structs", script}).code, 2) << sql;
        EXPECT_FALSE(std::filesystem::exists(victim)) << sql;
    }
}

TEST_F(Program, structs_say_in_comments_what_they_cannot) {
    const std::string path = database(
        "more.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a GLOB CASE WHEN id THEN 'x' ELSE 'y' END)) STRICT;"
        "CREATE TRIGGER told AFTER INSERT ON t BEGIN SELECT 1; END; CREATE VIEW seen AS SELECT a FROM t");
    const std::string text = run({"structs", path, "--namespace", "mine"}).out;
    EXPECT_NE(text.find("// Not said here: CHECK (a GLOB CASE"), std::string::npos) << text;
    EXPECT_NE(text.find("// Not said here: the trigger told"), std::string::npos);
    EXPECT_NE(text.find("// Not said here: the view seen"), std::string::npos);
    EXPECT_NE(text.find("namespace mine {"), std::string::npos);
}

TEST_F(Program, the_name_of_a_namespace_is_one_that_cpp_takes) {
    const std::string path = database("named.db", "CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT");
    for (const std::string name : {"", "3d", "my models", "class", "a::", "::a", "a::int", "a:b", "x{}", "a__b", "std"})
        EXPECT_EQ(run({"structs", path, "--namespace", name}).code, 2) << name;
    for (const std::string name : {"models", "shop::models", "m_2"})
        EXPECT_NE(run({"structs", path, "--namespace", name}).out.find("namespace " + name + " {"), std::string::npos);
}

/// Of columns of the kind that their first letters say.
std::string expression(std::string_view sql) {
    using mica::program::TypedText;
    using mica::program::ValueKind;
    const auto found = mica::program::expression_text(sql, [](std::string_view name) {
        const ValueKind kind = name.starts_with("text")   ? ValueKind::text
                               : name.starts_with("blob") ? ValueKind::blob
                               : name.starts_with("real") ? ValueKind::real
                                                          : ValueKind::integer;
        return std::optional{TypedText{std::string{name}, kind}};
    });
    return found ? found->text : "none";
}

TEST(ExpressionText, binds_as_sql_does) {
    EXPECT_EQ(expression("a = 1 OR b = 1 AND NOT c = 1"), "a == 1 || (b == 1 && !(c == 1))");
    EXPECT_EQ(expression("(a > 1 OR b > 1) AND c > 1"), "(a > 1 || b > 1) && c > 1");
    EXPECT_EQ(expression("a - (b - c) * -2"), "a - (b - c) * -2");
    EXPECT_EQ(expression("((a))>=\"b\""), "a >= b");
    EXPECT_EQ(expression("a <> 1 AND b = 2.50 AND c == 3.0"), "a != 1 && b == 2.5 && c == 3.0");
}

TEST(ExpressionText, knows_predicates) {
    EXPECT_EQ(expression("text_a IN ('x', 'y') AND b NOT IN (1, 2)"), "text_a.in(\"x\", \"y\") && b.not_in(1, 2)");
    EXPECT_EQ(expression("a IS NULL OR b IS NOT NULL"), "a.is_null() || b.is_not_null()");
    EXPECT_EQ(expression("a + 1 BETWEEN 2 AND 3 AND b > 1"), "(a + 1).between(2, 3) && b > 1");
    EXPECT_EQ(expression("lower(text_a) NOT LIKE '%?'"), "!mica::lower(text_a).like(\"%?\")");
}

TEST(ExpressionText, divides_by_a_number_with_a_fraction_as_sql_does) {
    EXPECT_EQ(expression("a < b / 2.0"), "a < b / 2.0");
    EXPECT_EQ(expression("a + 1. > b * .50"), "a + 1.0 > b * 0.5");
}

TEST(ExpressionText, puts_texts_together_as_mica_does) {
    EXPECT_EQ(expression("text_a || ' ' || upper(text_b) = 'x'"), "(text_a || \" \" || mica::upper(text_b)) == \"x\"");
    EXPECT_EQ(expression("a || text_b"), "none");
    EXPECT_EQ(expression("'a' || 'b'"), "none");
}

TEST(ExpressionText, says_nothing_of_what_has_no_word) {
    for (const std::string_view sql :
         {"CASE WHEN a THEN b END", "a IN (SELECT 1)", "mine(a)", "a IS b", "a COLLATE NOCASE = b", "x'00'",
          "a ->> 'b'", "a +", "", "(a", "a LIKE 'x' ESCAPE 'y'", "0x10", "a << 1"}) {
        EXPECT_EQ(expression(sql), "none") << sql;
    }
}

TEST(ExpressionText, says_of_a_single_number_in_a_list_that_it_is_one) {
    EXPECT_EQ(expression("a NOT IN (0)"), "a.not_in({0})");
    EXPECT_EQ(expression("text_a IN ('x')"), "none");  // a list of letters to C++
}

TEST(ExpressionText, compares_what_mica_compares) {
    EXPECT_EQ(expression("a > real_b AND text_a <> 'x' AND blob_a = blob_b"),
              "a > real_b && text_a != \"x\" && blob_a == blob_b");
    for (const std::string_view sql : {"text_a > 5", "a = 'x'", "blob_a <> ''", "a > b > c", "(a > b) = 1", "1 = 1",
                                       "text_a BETWEEN 1 AND 2", "text_a IN (1, 2)", "a LIKE '1%'", "text_a + 1 > 2",
                                       "lower(a) = 'x'", "abs(text_a) > 1", "coalesce(text_a, 1) > 1"})
        EXPECT_EQ(expression(sql), "none") << sql;
}

TEST(ExpressionText, takes_no_number_for_a_condition) {
    for (const std::string_view sql : {"NOT a", "a AND b > 1", "a OR b", "NOT (a + 1)", "1 AND a > 1"})
        EXPECT_EQ(expression(sql), "none") << sql;
}

TEST(ExpressionText, has_the_numbers_that_both_languages_have) {
    EXPECT_EQ(expression("a < 9223372036854775807"), "a < 9223372036854775807");
    EXPECT_EQ(expression("a = 007 AND a > 1e3 AND a < 5."), "a == 7 && a > 1000.0 && a < 5.0");
    for (const std::string_view sql : {"a < 9223372036854775808", "a > -9223372036854775808", "a < 1e400",
                                       "a < 12345678901234567890.5", "a > - -b", "a < 2147483647 + 1"})
        EXPECT_EQ(expression(sql), "none") << sql;
}

TEST(QuotedText, is_a_literal_whatever_it_holds) {
    EXPECT_EQ(mica::program::quoted_text("a\"b\\c\nd\x01?"
                                         "?/"),
              "\"a\\\"b\\\\c\\nd\\001?\\077/\"");
}

}  // namespace program_commands
