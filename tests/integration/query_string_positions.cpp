// SPDX-License-Identifier: BSL-1.0
// Quotes, NULs and what looks like SQL, as a view and as a string, in every place of a statement that takes a text.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace integration_string_positions {

using namespace std::string_view_literals;

inline constexpr std::string_view hard_view = "it's \"q\" `b` [c] \0 ?1 :x ; DROP TABLE Text -- /* \\"sv;

struct Text {
    std::int64_t id = 0;
    std::string body;
    std::optional<std::string> extra;
};

struct Preset {
    std::int64_t id = 0;
    std::string body;
    static constexpr auto mapping() {
        return mica::table(mica::default_value<&Preset::body>(hard_view),
                           mica::check(mica::col<&Preset::body> != "it's" && mica::col<&Preset::body> != "'"));
    }
};

struct Named {
    std::string key;
    int x = 0;
    static constexpr auto mapping() { return mica::table(mica::primary_key<&Named::key>); }
};

namespace {

using integration_string_positions::hard_view;
using integration_string_positions::Named;
using integration_string_positions::Preset;
using integration_string_positions::Text;
using mica::col;
using mica::select;
using namespace std::string_literals;
using namespace std::string_view_literals;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Text::id>;
constexpr auto body = col<&Text::body>;
constexpr auto extra = col<&Text::extra>;

const std::string hard{hard_view};
const std::string cut = hard.substr(0, hard.find('\0'));

struct QueryStrings : mica::test::MemoryDatabase<Text, Preset, Named> {
    QueryStrings() { insert<Text>({{1, hard, hard}, {2, cut, cut}}); }

    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
    template <class Expression>
    std::optional<std::string> of_first(const Expression& expression) {
        return connection.scalar(select(expression).where(id == 1));
    }
};

TEST_F(QueryStrings, in_comparisons) {
    EXPECT_EQ(where(body == hard_view), Ids{1});
    EXPECT_EQ(where(hard_view == body), Ids{1});
    EXPECT_EQ(where(body == hard), Ids{1});
    EXPECT_EQ(where(body == std::string_view{hard}), Ids{1});
    EXPECT_EQ(where(extra == hard_view), Ids{1});
    EXPECT_EQ(where(body != hard_view), Ids{2});
    EXPECT_EQ(where(body.between(hard_view, hard_view)), Ids{1});
    EXPECT_EQ(where(extra.is_distinct_from(hard_view)), Ids{2});
    EXPECT_EQ(where(body.in({hard})), Ids{1});
    EXPECT_EQ(where(body.not_in({hard})), Ids{2});
    EXPECT_EQ(where(mica::row(body, extra) == mica::row(hard_view, hard)), Ids{1});
    EXPECT_EQ(where(mica::row(body, extra).in(std::vector{std::tuple{hard, hard}})), Ids{1});
}

TEST_F(QueryStrings, in_functions_and_branches) {
    EXPECT_EQ(where(coalesce(extra, hard_view) == hard_view), Ids{1});
    EXPECT_EQ(connection.scalar(select(mica::literal(hard_view))), hard);
    EXPECT_EQ(of_first(nullif(body, "x\0y"sv)), hard);
    EXPECT_EQ(of_first(iif(id == 1, hard_view, "")), hard);
    EXPECT_EQ(of_first(case_(mica::when(id == 1, hard_view)).otherwise("")), hard);
    EXPECT_EQ(of_first(case_(mica::when(id == 2, "")).otherwise(hard_view)), hard);
    EXPECT_EQ(of_first(body || hard_view), hard + hard);
    EXPECT_EQ(connection.scalar(select(mica::func<"hex", std::string>("a\0b"sv))), "610062");
    EXPECT_EQ(connection.scalar(select(json_extract(json_object("k", body), "$.k")).where(id == 2)), cut);
}

TEST_F(QueryStrings, in_writes) {
    connection.execute(mica::update<Text>().set(body = "x\0y"sv, extra = hard_view).where(id == 2));
    EXPECT_EQ(connection.one(select(body, extra).where(id == 2)),
              (std::tuple<std::string, std::optional<std::string>>{"x\0y"s, hard}));
    connection.execute(mica::insert_into<Text>().values(id = 3, body = hard_view, extra = hard));
    EXPECT_EQ(where(body == extra), (Ids{1, 3}));
    connection.execute(mica::insert_into<Text>()
                           .values(Text{3, "", ""})
                           .on_conflict<&Text::id>()
                           .do_update(body = "z\0z"sv, extra = std::nullopt)
                           .where(body == hard_view));
    EXPECT_EQ(connection.scalar(select(body).where(id == 3)), "z\0z"s);
    EXPECT_EQ(connection.scalar(mica::delete_from<Text>().where(body == hard_view).returning(id)), 1);
}

TEST_F(QueryStrings, at_run_time) {
    mica::Filter<Text> filter = body == hard_view;
    filter &= extra == hard;
    EXPECT_EQ(where(filter), Ids{1});
    EXPECT_EQ(connection.all(select(id).where_if(true, body == hard_view)), Ids{1});
    EXPECT_EQ(where(mica::sql<bool>("body = ?", hard_view)), Ids{1});
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT id FROM Text WHERE body = ?", hard_view).all(), Ids{1});
    auto by_body = connection.prepare(select(id).where(body == mica::param<std::string>));
    EXPECT_EQ(by_body(hard_view).all(), Ids{1});
    EXPECT_EQ(by_body(hard).all(), Ids{1});
    const auto v = mica::values<"v", "text">({hard, "x"s});
    EXPECT_EQ(connection.all(select(id).join(v, v.col<"text"> == body)), Ids{1});
}

TEST_F(QueryStrings, in_defaults_and_checks) {
    connection.execute(mica::insert_into<Preset>().default_values());
    EXPECT_EQ(connection.scalar(select(col<&Preset::body>)), hard);
    const auto put = [&](std::string text) { connection.execute(mica::insert_into<Preset>().values(Preset{0, text})); };
    EXPECT_THROW(put("it's"), mica::IntegrityError);
    EXPECT_THROW(put("'"), mica::IntegrityError);
    EXPECT_NO_THROW(put("a"));
}

TEST_F(QueryStrings, in_keys) {
    insert<Named>({{hard, 1}, {cut, 2}});
    EXPECT_EQ(connection.get<Named>(hard_view)->x, 1);
    EXPECT_EQ(connection.get<Named>(cut.c_str())->x, 2);
    EXPECT_EQ(connection.get_many<Named>({hard})[0]->x, 1);
    {
        const auto given_back = std::move(connection);
    }
    mica::Session session{engine};
    EXPECT_EQ(session.get<Named>(hard)->x, 1);
    EXPECT_EQ(session.get<Named>(hard_view)->x, 1);
    EXPECT_EQ(session.query<Named>().get(hard_view)->x, 1);
    EXPECT_EQ(session.get<Named>(cut)->x, 2);
}

TEST_F(QueryStrings, in_a_buffer_end_at_the_first_nul) {
    char buffer[8] = "ab";
    buffer[4] = 'x';
    const char padded[8] = "ab";
    insert<Text>({{3, "ab", {}}});
    EXPECT_EQ(where(body == buffer), Ids{3});
    EXPECT_EQ(where(body == padded), Ids{3});
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT id FROM Text WHERE body = ?", buffer).all(), Ids{3});
    const char unended[2] = {'a', 'b'};
    EXPECT_EQ(where(body == unended), Ids{3});
}

TEST_F(QueryStrings, in_patterns_and_names_are_found_or_refused) {
    EXPECT_THROW(static_cast<void>(body.contains(hard_view)), mica::DataError);
    EXPECT_THROW(static_cast<void>(body.starts_with("a\0"s)), mica::DataError);
    EXPECT_EQ(where(body.contains("'s \"q\" `b` [c] ")), (Ids{1, 2}));
    EXPECT_EQ(connection.scalar(select(body.as<"it's \"q\" `b`; --">()).order_by(id)), hard);
    const auto strange = mica::subquery<"a \"b\" 'c'">(select(body.as<"?1\"">()).where(id == 1));
    EXPECT_EQ(connection.scalar(select(strange.col<"?1\"">).from(strange)), hard);
    EXPECT_THROW(connection.scalar(select(body.as<"a\0b">())), mica::ProgrammingError);
    EXPECT_THROW(connection.execute(std::string_view{"DELETE FROM Text\0 WHERE id = 9", 31}), mica::ProgrammingError);
    EXPECT_EQ(where(id > 0), (Ids{1, 2}));
}

}  // namespace
}  // namespace integration_string_positions
