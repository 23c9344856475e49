// SPDX-License-Identifier: BSL-1.0
// A database of yesterday with rows, and today's structs: the steps that lead there, and what the rows are then.
#pragma once

#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mica::test {

/// A step in a word, with a ! where it loses something.
inline std::string word_of(const SchemaStep& step) {
    const auto has = [&step](std::string_view text) { return step.sql.find(text) != step.sql.npos; };
    const std::string word = step.rebuilds          ? "rebuild"
                             : has("ADD COLUMN")    ? "add"
                             : has("DROP COLUMN")   ? "drop"
                             : has("RENAME COLUMN") ? "rename"
                             : has("RENAME TO")     ? "rename_table"
                             : has("DROP INDEX")    ? "drop_index"
                             : has("CREATE TABLE")  ? "create"
                             : has("INDEX")         ? "index"
                                                    : "drop_table";
    return word + (step.is_lossy() ? "!" : "");
}

class SchemaPair : public testing::Test {
protected:
    void given(std::string_view script) { engine.connect().open().run_script(script); }

    /// A table t, and a child of each of its rows that goes where the row does.
    void given_with_children(const std::string& script) {
        given(script);
        given(
            "CREATE TABLE child (id INTEGER PRIMARY KEY, t_id REFERENCES t ON DELETE CASCADE ON UPDATE CASCADE);"
            "INSERT INTO child (t_id) SELECT id FROM t");
    }

    std::string text(const std::string& sql) {
        const bool is_query = sql.starts_with("SELECT");
        return engine.connect().execute<std::string>(is_query ? "SELECT CAST((" + sql + ") AS TEXT)" : sql).one();
    }

    template <class... Entities, class... Changes>
    void expect_steps(std::string_view steps, const Changes&... changes) {
        const auto children = [this] {
            const bool has_some = text("SELECT count(*) FROM sqlite_schema WHERE name = 'child'") == "1";
            return has_some ? text("SELECT count(*) || ',' || count(t_id) FROM child") : std::string{};
        };
        const std::string before = children();
        EXPECT_EQ(steps_of<Entities...>(changes...), steps);
        engine.sync<Entities...>(changes...);
        EXPECT_EQ(engine.verify<Entities...>().to_string(), "");
        EXPECT_EQ(steps_of<Entities...>(changes...), "");
        EXPECT_EQ(children(), before);
        EXPECT_EQ(text("PRAGMA integrity_check"), "ok");
        EXPECT_EQ(text("SELECT count(*) FROM pragma_foreign_key_check"), "0");
    }

    template <class... Entities, class... Changes>
    std::string refusal(const Changes&... changes) {
        return message_of<SchemaMismatch>([&] { engine.sync<Entities...>(changes...); });
    }

    Engine engine{"sqlite://"};

private:
    template <class... Entities, class... Changes>
    std::string steps_of(const Changes&... changes) {
        std::string words;
        for (const auto& step : engine.plan<Entities...>(changes...))
            words += (words.empty() ? "" : " ") + word_of(step);
        return words;
    }
};

}  // namespace mica::test
