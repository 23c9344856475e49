// SPDX-License-Identifier: BSL-1.0
// Rows are read as they are asked for; what reads them gives its locks back as soon as it can.
#include <support/caught.hpp>
#include <support/memory_database.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace query_streaming {

struct Line {
    std::int64_t id = 0;
    std::string text;
};

struct LineView {
    std::int64_t id = 0;
    std::string_view text;
};

namespace {

using mica::col;
using mica::ProgrammingError;
using mica::select;
using query_streaming::Line;
using query_streaming::LineView;
using Ids = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

constexpr auto id = col<&Line::id>;
constexpr auto text = col<&Line::text>;
constexpr auto ids = select(id).order_by(id);

using Rows = decltype(std::declval<mica::Connection&>().execute(ids));
static_assert(std::is_same_v<Rows, mica::Result<std::int64_t>>);
static_assert(std::is_move_constructible_v<Rows> && std::is_move_assignable_v<Rows>);
static_assert(!std::is_copy_constructible_v<Rows> && !std::is_copy_assignable_v<Rows>);

struct QueryStreaming : mica::test::MemoryDatabase<Line> {
    QueryStreaming() { insert<Line>({{1, "one"}, {2, "two"}, {3, "three"}, {4, "four"}}); }
    /// Only a connection on which nothing reads lets a table be dropped.
    void expect_unlocked() { EXPECT_NO_THROW(connection.execute("DROP TABLE Line")); }
};

TEST_F(QueryStreaming, gives_the_same_rows_as_all_at_once) {
    Ids streamed;
    for (const std::int64_t each : connection.execute(ids)) streamed.push_back(each);
    EXPECT_EQ(streamed, connection.all(ids));
    EXPECT_EQ(connection.execute(ids).all(), streamed);
    expect_unlocked();
}

TEST_F(QueryStreaming, can_be_continued_all_at_once) {
    auto result = connection.execute(ids);
    auto row = result.begin();
    EXPECT_EQ(*row, 1);
    ++row;
    EXPECT_EQ(result.all(), (Ids{2, 3, 4}));
    EXPECT_TRUE(row == result.end());
    EXPECT_EQ(result.all(), Ids{});
    EXPECT_EQ(result.first(), std::nullopt);
    expect_unlocked();
}

TEST_F(QueryStreaming, is_iterated_once) {
    auto result = connection.execute(ids);
    for ([[maybe_unused]] const std::int64_t each : result) {
    }
    const std::string message = mica::test::caught<ProgrammingError>([&] {
                                    for ([[maybe_unused]] const std::int64_t each : result) {
                                    }
                                }).what();
    EXPECT_EQ(message, "mica: the rows of a result are read once; all() keeps them in a std::vector");
    auto moved = connection.execute(ids);
    static_cast<void>(moved.begin());
    auto other = std::move(moved);
    EXPECT_THROW(static_cast<void>(other.begin()), ProgrammingError);
}

TEST_F(QueryStreaming, continues_where_a_loop_was_left) {
    auto result = connection.execute(ids);
    for (const std::int64_t each : result) {
        if (each == 2) break;
    }
    EXPECT_EQ(result.all(), (Ids{2, 3, 4}));
}

TEST_F(QueryStreaming, of_nothing_ends_at_once) {
    auto result = connection.execute(ids.limit(0));
    EXPECT_TRUE(result.begin() == result.end());
    EXPECT_EQ(result.all(), Ids{});
    expect_unlocked();
}

TEST_F(QueryStreaming, lets_a_loop_change_its_row) {
    Texts texts;
    for (auto& line : connection.execute(select<Line>().order_by(id))) {
        line.text += '!';
        texts.push_back(std::move(line.text));
    }
    EXPECT_EQ(texts, (Texts{"one!", "two!", "three!", "four!"}));
}

TEST_F(QueryStreaming, releases_its_lock_when_it_is_dropped_early) {
    {
        const auto result = connection.execute(ids);
    }
    expect_unlocked();
}

TEST_F(QueryStreaming, releases_its_lock_when_a_loop_is_left) {
    for (const std::int64_t each : connection.execute(ids)) {
        if (each == 2) break;
    }
    expect_unlocked();
}

TEST_F(QueryStreaming, releases_its_lock_with_its_last_row) {
    auto result = connection.execute(ids);
    for (auto row = result.begin(); row != result.end(); ++row) {
    }
    expect_unlocked();
}

TEST_F(QueryStreaming, releases_its_lock_with_the_only_row_asked_for) {
    auto first = connection.execute(ids);
    static_cast<void>(first.first());
    auto scalar = connection.execute(ids);
    static_cast<void>(scalar.scalar());
    expect_unlocked();
}

TEST_F(QueryStreaming, holds_its_lock_while_rows_are_left) {
    const auto result = connection.execute(ids);
    EXPECT_THROW(connection.execute("DROP TABLE Line"), mica::OperationalError);
}

TEST_F(QueryStreaming, runs_the_same_statement_inside_itself) {
    const auto smaller = [](std::int64_t than) { return select(id).where(id < than).order_by(id); };
    Ids pairs;
    for (const std::int64_t outer : connection.execute(smaller(4))) {
        for (const std::int64_t inner : connection.execute(smaller(outer))) {
            pairs.push_back(outer * 10 + inner);
            for (const std::int64_t innermost : connection.execute(smaller(inner))) pairs.push_back(innermost);
        }
    }
    EXPECT_EQ(pairs, (Ids{21, 31, 32, 1}));
    expect_unlocked();
}

TEST_F(QueryStreaming, runs_two_of_the_same_statement_side_by_side) {
    auto up = connection.execute(ids.limit(3));
    auto late = connection.execute(ids.limit(4));
    auto left = up.begin();
    auto right = late.begin();
    ++right;
    EXPECT_EQ(std::pair(*left, *right), std::pair(INT64_C(1), INT64_C(2)));
    ++left;
    ++right;
    EXPECT_EQ(std::pair(*left, *right), std::pair(INT64_C(2), INT64_C(3)));
    EXPECT_EQ(up.all(), (Ids{2, 3}));
    EXPECT_EQ(late.all(), (Ids{3, 4}));
    expect_unlocked();
}

TEST_F(QueryStreaming, keeps_its_values_when_the_statement_is_gone) {
    auto result = [this] {
        std::string wanted = "three, written so long that it is not a small string";
        connection.execute("UPDATE Line SET text = ? WHERE id = 3", wanted);
        const auto query = select<Line>().where(text == wanted || text == std::string{"four"}).order_by(id);
        return connection.execute(query);
    }();
    EXPECT_EQ(result.all().size(), 2U);
}

TEST_F(QueryStreaming, survives_being_moved) {
    auto result = connection.execute(ids);
    static_cast<void>(result.begin());
    Rows moved = std::move(result);
    auto other = connection.execute(select(id).order_by(id).limit(100));
    EXPECT_EQ(moved.all(), (Ids{1, 2, 3, 4}));
    Rows assigned = connection.execute(ids);
    assigned = connection.execute(ids);
    EXPECT_EQ(assigned.all(), (Ids{1, 2, 3, 4}));
    EXPECT_EQ(other.all(), (Ids{1, 2, 3, 4}));
    expect_unlocked();
}

TEST_F(QueryStreaming, gives_views_of_text_for_as_long_as_the_row_is_current) {
    Texts texts;
    for (const std::string_view each : connection.execute<std::string_view>("SELECT text FROM Line ORDER BY id")) {
        texts.emplace_back(each);
    }
    EXPECT_EQ(texts, (Texts{"one", "two", "three", "four"}));
}

TEST_F(QueryStreaming, gives_structs_and_tuples_with_views) {
    Texts texts;
    for (const LineView& line : connection.execute(select<Line>().order_by(id).into<LineView>())) {
        texts.emplace_back(line.text);
    }
    using Row = std::tuple<std::int64_t, std::optional<std::string_view>>;
    for (const auto& [key, view] : connection.execute<Row>("SELECT id, text FROM Line ORDER BY id DESC")) {
        texts.emplace_back(view.value());
    }
    EXPECT_EQ(texts, (Texts{"one", "two", "three", "four", "four", "three", "two", "one"}));
}

TEST_F(QueryStreaming, owns_the_text_of_selected_expressions) {
    const auto texts = connection.all(select(text || "!").where(id == 1));
    static_assert(std::is_same_v<decltype(texts), const std::vector<std::string>>);
    EXPECT_EQ(texts, Texts{"one!"});
}

TEST_F(QueryStreaming, lets_rows_be_changed_while_it_reads) {
    int seen = 0;
    for (const Line& line : connection.execute(select<Line>().order_by(id))) {
        connection.execute(mica::update<Line>().set(text = line.text + "!").where(id == line.id));
        ++seen;
    }
    EXPECT_EQ(seen, 4);
    EXPECT_EQ(connection.all(select(text).order_by(id)), (Texts{"one!", "two!", "three!", "four!"}));
}

TEST_F(QueryStreaming, lets_rows_be_removed_while_it_reads) {
    for (const std::int64_t each : connection.execute(ids)) {
        connection.execute(mica::delete_from<Line>().where(id == each));
    }
    EXPECT_EQ(connection.all(ids), Ids{});
}

TEST_F(QueryStreaming, continues_through_a_commit) {
    auto result = connection.execute(ids);
    static_cast<void>(result.begin());
    connection.begin().commit();
    EXPECT_EQ(result.all(), (Ids{1, 2, 3, 4}));
}

TEST_F(QueryStreaming, is_refused_after_its_connection_was_given_back) {
    auto result = connection.execute(ids);
    auto row = result.begin();
    {
        const auto given_back = std::move(connection);
    }
    EXPECT_THROW(++row, ProgrammingError);
    EXPECT_THROW(static_cast<void>(result.begin()), ProgrammingError);
    EXPECT_THROW(static_cast<void>(result.all()), ProgrammingError);
    EXPECT_THROW(static_cast<void>(result.first()), ProgrammingError);
    EXPECT_THROW(static_cast<void>(result.one()), ProgrammingError);
    EXPECT_THROW(static_cast<void>(result.one_or_none()), ProgrammingError);
    EXPECT_THROW(static_cast<void>(result.scalar()), ProgrammingError);
    connection = engine.connect();
    EXPECT_EQ(connection.all(ids), (Ids{1, 2, 3, 4}));
    EXPECT_THROW(static_cast<void>(result.all()), ProgrammingError);
    expect_unlocked();
}

TEST_F(QueryStreaming, may_be_dropped_after_its_connection_and_its_engine) {
    std::optional<Rows> result;
    {
        const mica::Engine other{"sqlite://"};
        other.create_all<Line>();
        mica::Connection leased = other.connect();
        leased.execute(mica::insert_into<Line>().values(Line{1, "x"}));
        result.emplace(leased.execute(ids));
    }
    EXPECT_THROW(static_cast<void>(result->all()), ProgrammingError);
}

TEST_F(QueryStreaming, does_not_disturb_who_leases_the_connection_next) {
    auto abandoned = connection.execute(ids);
    {
        const auto given_back = std::move(connection);
    }
    connection = engine.connect();
    auto current = connection.execute(ids);
    static_cast<void>(current.begin());
    {
        const auto dropped = std::move(abandoned);
    }
    EXPECT_EQ(current.all(), (Ids{1, 2, 3, 4}));
}

TEST_F(QueryStreaming, sees_the_snapshot_it_began_with) {
    const mica::test::TemporaryDirectory directory;
    const std::string url = "sqlite:///" + directory.file("stream.db");
    const mica::Engine writer{url};
    const mica::Engine reader{url};
    writer.create_all<Line>();
    mica::Connection writing = writer.connect();
    writing.execute(mica::insert_into<Line>().values(std::vector<Line>{{1, "a"}, {2, "b"}}));
    mica::Connection reading = reader.connect();
    auto result = reading.execute(ids);
    writing.execute(mica::insert_into<Line>().values(Line{3, "c"}));
    EXPECT_EQ(result.all(), (Ids{1, 2}));
    EXPECT_EQ(reading.all(ids), (Ids{1, 2, 3}));
}

}  // namespace
}  // namespace query_streaming
