// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_choice {

enum class Level { low, high };

struct Team {
    std::int64_t id = 0;
    std::string name;
};

struct Player {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> nick;
    int score = 0;
    std::optional<int> bonus;
    mica::EnumText<Level> level;
    std::optional<std::chrono::sys_days> born;
    std::optional<std::int64_t> team_id;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Player::team_id, &Team::id>); }
};

namespace {

using mica::col;
using mica::select;
using query_choice::Level;
using query_choice::Player;
using query_choice::Team;
using std::chrono::sys_days;
using Ids = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;
using namespace std::chrono_literals;

constexpr auto id = col<&Player::id>;
constexpr auto name = col<&Player::name>;
constexpr auto nick = col<&Player::nick>;
constexpr auto score = col<&Player::score>;
constexpr auto bonus = col<&Player::bonus>;
constexpr auto born = col<&Player::born>;

struct QueryChoice : mica::test::MemoryDatabase<Team, Player> {
    QueryChoice() {
        insert<Team>({{1, "red"}});
        insert<Player>({{1, "Ann", "A", 5, 2, Level::low, sys_days{2000y / 1 / 2}, 1},
                        {2, "Bob", std::nullopt, 0, std::nullopt, Level::high, std::nullopt, std::nullopt},
                        {3, "Cid", "", 3, 9, Level::high, sys_days{1999y / 12 / 31}, 1}});
    }
    template <class Expression>
    auto all(const Expression& expression) {
        return connection.all(select(expression).template from<Player>().order_by(id));
    }
};

TEST_F(QueryChoice, replaces_null) {
    EXPECT_EQ(all(coalesce(nick, name)), (Texts{"A", "Bob", ""}));
    EXPECT_EQ(all(coalesce(nick, "none")), (Texts{"A", "none", ""}));
    EXPECT_EQ(all(coalesce(std::nullopt, bonus, score, 1)), (std::vector<int>{2, 0, 9}));
    EXPECT_EQ(all(ifnull(bonus, -1)), (std::vector<int>{2, -1, 9}));
    EXPECT_EQ(all(coalesce(bonus, 0.5)), (std::vector<double>{2, 0.5, 9}));
    EXPECT_EQ(all(coalesce(born, sys_days{})),
              (std::vector<sys_days>{sys_days{2000y / 1 / 2}, sys_days{}, sys_days{1999y / 12 / 31}}));
    EXPECT_EQ(all(coalesce(nick, std::optional<std::string>{})),
              (std::vector<std::optional<std::string>>{"A", std::nullopt, ""}));
}

TEST_F(QueryChoice, makes_null) {
    EXPECT_EQ(all(nullif(score, 0)), (std::vector<std::optional<int>>{5, std::nullopt, 3}));
    EXPECT_EQ(all(nullif(nick, "")), (std::vector<std::optional<std::string>>{"A", std::nullopt, std::nullopt}));
    EXPECT_EQ(all(nullif(col<&Player::level>, Level::high)).at(1), std::nullopt);
}

TEST_F(QueryChoice, chooses_by_a_condition) {
    EXPECT_EQ(all(iif(bonus > 5, "many", "few")), (Texts{"few", "few", "many"})) << "unknown is not true";
    EXPECT_EQ(all(iif(score > 3, bonus, score)), (std::vector<std::optional<int>>{2, 0, 3}));
    const auto levels = all(iif(score > 3, Level::high, col<&Player::level>));
    EXPECT_EQ(levels.at(0), Level::high);
    EXPECT_EQ(levels.at(1), Level::high);
}

TEST_F(QueryChoice, finds_the_smallest_and_the_largest) {
    EXPECT_EQ(all(mica::max(score, 3)), (std::vector<int>{5, 3, 3}));
    EXPECT_EQ(all(mica::min(score, bonus)), (std::vector<std::optional<int>>{2, std::nullopt, 3}));
    EXPECT_EQ(all(mica::max(score, 1.5, coalesce(bonus, 0))), (std::vector<double>{5, 1.5, 9}));
    EXPECT_EQ(all(mica::min(name, "B")), (Texts{"Ann", "B", "B"}));
    EXPECT_EQ(all(mica::max(born, sys_days{1999y / 12 / 31})).at(0), sys_days{2000y / 1 / 2});
}

TEST_F(QueryChoice, filters_sorts_and_changes_rows) {
    EXPECT_EQ(connection.all(select(id).where(coalesce(nick, "") == "").order_by(id)), (Ids{2, 3}));
    EXPECT_EQ(connection.all(select(id).order_by(coalesce(bonus, 5), id)), (Ids{1, 2, 3}));
    connection.execute(mica::update<Player>().set(score = coalesce(bonus, score), nick = nullif(nick, "")).all_rows());
    EXPECT_EQ(all(score), (std::vector<int>{2, 0, 9}));
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Player>().where(nick.is_null())), 2);
}

TEST_F(QueryChoice, takes_the_other_side_of_an_outer_join) {
    const auto joined = select(name, col<&Team::name>, coalesce(col<&Team::name>, "none"), upper(col<&Team::name>))
                            .left_join<Team>()
                            .order_by(id);
    using Row = std::tuple<std::string, std::optional<std::string>, std::string, std::optional<std::string>>;
    static_assert(std::same_as<decltype(joined)::Row, Row>);
    EXPECT_EQ(connection.all(joined), (std::vector<Row>{{"Ann", "red", "red", "RED"},
                                                        {"Bob", std::nullopt, "none", std::nullopt},
                                                        {"Cid", "red", "red", "RED"}}));
}

TEST_F(QueryChoice, is_null_under_an_outer_join_only_where_it_can_be) {
    const auto team = col<&Team::name>;
    const auto joined = select(typeof_(team), mica::count(), iif(team == "red", 1, 0), mica::max(team, name),
                               nullif(team, name), coalesce(team, upper(team)))
                            .from<Player>()
                            .left_join<Team>()
                            .group_by(team, name);
    using Row = std::tuple<std::string, std::int64_t, int, std::optional<std::string>, std::optional<std::string>,
                           std::optional<std::string>>;
    static_assert(std::same_as<decltype(joined)::Row, Row>);
    EXPECT_EQ(connection.all(joined).front(), (Row{"null", 1, 0, std::nullopt, std::nullopt, std::nullopt}));
}

TEST_F(QueryChoice, of_case_and_windows_is_null_under_an_outer_join_only_where_values_are) {
    using mica::case_;
    using mica::when;
    const auto team = col<&Team::name>;
    const auto joined =
        select(case_(when(team == "red", 1)).otherwise(0), case_(when(score > 1, team)).otherwise("none"),
               mica::rank().over(mica::order_by(team, id)), lag(name, 1, "none").over(mica::order_by(team, id)),
               mica::first_value(team).over(mica::order_by(id)), mica::row(team, id) == mica::row("red", 1))
            .from<Player>()
            .left_join<Team>()
            .order_by(id);
    using Row = std::tuple<int, std::optional<std::string>, std::int64_t, std::string, std::optional<std::string>,
                           std::optional<bool>>;
    static_assert(std::same_as<decltype(joined)::Row, Row>);
    EXPECT_EQ(connection.all(joined), (std::vector<Row>{{1, "red", 2, "Bob", "red", true},
                                                        {0, "none", 1, "none", "red", false},
                                                        {1, "red", 3, "Ann", "red", false}}));
}

}  // namespace
}  // namespace query_choice
