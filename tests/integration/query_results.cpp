// SPDX-License-Identifier: BSL-1.0
// How the columns of a row are reached: by name, by place, in two places at once; and that each keeps its type.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace integration_results {

enum class Kind { plain = 1, special };

struct Entry {
    std::int64_t id = 0;
    std::string data;
    std::chrono::sys_time<std::chrono::microseconds> at{};
    Kind kind = Kind::plain;
};

struct Pair {
    std::string first;
    std::string second;
};

namespace {

using integration_results::Entry;
using integration_results::Kind;
using integration_results::Pair;
using mica::col;
using mica::select;
using namespace std::chrono_literals;

constexpr auto id = col<&Entry::id>;
constexpr auto data = col<&Entry::data>;
constexpr auto at = col<&Entry::at>;
constexpr auto noon = std::chrono::sys_days{2012y / 5 / 10} + 12h + 15min + 25s + 3us;

struct QueryResults : mica::test::MemoryDatabase<Entry> {
    QueryResults() { insert<Entry>({{1, "d1", noon, Kind::special}, {2, "d2", noon - 24h, Kind::plain}}); }
};

TEST_F(QueryResults, are_reached_by_member_place_and_name) {
    const Entry entry = connection.one(select<Entry>().where(id == 1));
    EXPECT_EQ(entry.data, "d1");
    constexpr auto member = &Entry::data;
    EXPECT_EQ(entry.*member, "d1");
    const auto row = connection.one(select(id, data).where(id == 1));
    EXPECT_EQ(std::get<1>(row), "d1");
    EXPECT_EQ(std::get<std::string>(row), "d1");
    const auto& [key, text] = row;
    EXPECT_EQ(key, 1);
    EXPECT_EQ(text, "d1");
}

TEST_F(QueryResults, hold_a_column_that_is_selected_twice_twice) {
    EXPECT_EQ(connection.one(select(data, data).where(id == 1)), (std::tuple<std::string, std::string>{"d1", "d1"}));
    const Pair pair = connection.one(select(data, data).where(id == 2).into<Pair>());
    EXPECT_EQ(pair.first + pair.second, "d2d2");
    EXPECT_EQ(
        (connection.execute<std::tuple<std::string, std::string>>("SELECT data, data FROM Entry WHERE id = 1").one()),
        (std::tuple<std::string, std::string>{"d1", "d1"}));
}

TEST_F(QueryResults, decode_a_scalar_subquery_as_its_column) {
    const auto latest = select(max(at));
    const auto query = select(latest.scalar_subquery().as<"latest">(), id).where(at == latest);
    static_assert(std::is_same_v<std::tuple_element_t<0, decltype(query)::Row>, std::optional<decltype(Entry::at)>>);
    EXPECT_EQ(std::get<0>(connection.one(query)), noon);
    EXPECT_EQ(connection.scalar(select(select(col<&Entry::kind>).where(id == 1).scalar_subquery())), Kind::special);
    EXPECT_EQ(connection.all(select(id).where(at < select(max(at)))), std::vector<std::int64_t>{2});
}

}  // namespace
}  // namespace integration_results
