// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <chrono>

namespace integration_query_current_time {
namespace {

struct Note {
    std::int64_t id = 0;
    std::string text;
    std::chrono::sys_seconds written;
    std::string day;

    static constexpr auto mapping() {
        return mica::table("note", mica::default_expr<&Note::written>(mica::current_timestamp),
                           mica::default_expr<&Note::day>(mica::current_date));
    }
};

TEST(CurrentTime, stands_in_a_default_in_parentheses) {
    EXPECT_NE(mica::ddl<Note>.find(R"("written" TEXT NOT NULL DEFAULT (CURRENT_TIMESTAMP))"), std::string_view::npos);
}

TEST(CurrentTime, a_default_of_the_database_is_read_as_a_point_in_time) {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Note>();
    const auto connection = engine.connect();
    const auto before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    connection.execute("INSERT INTO note(text) VALUES ('x')");
    const Note note = connection.one(mica::select<Note>());
    EXPECT_GE(note.written, before);
    EXPECT_LE(note.written, std::chrono::system_clock::now());
    EXPECT_EQ(note.day.size(), 10U);
}

TEST(CurrentTime, is_selected_like_any_expression) {
    const mica::Engine engine{"sqlite://"};
    EXPECT_EQ(engine.connect().scalar(mica::select(mica::current_time)).size(), 8U);
}

}  // namespace
}  // namespace integration_query_current_time
