// SPDX-License-Identifier: BSL-1.0
// Common table expressions over a small tree, read and written from, with the data of SQLAlchemy's own compliance
// suite.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace integration_cte_writes {

struct Node {
    std::int64_t id = 0;
    std::string data;
    std::optional<std::int64_t> parent_id;
    static constexpr auto mapping() {
        return mica::table("some_table", mica::foreign_key<&Node::parent_id, &Node::id>);
    }
    bool operator==(const Node&) const = default;
};

struct Copy {
    std::int64_t id = 0;
    std::string data;
    std::optional<std::int64_t> parent_id;
    static constexpr auto mapping() { return mica::table("some_other_table", mica::assigned_key); }
    bool operator==(const Copy&) const = default;
};

namespace {

using integration_cte_writes::Copy;
using integration_cte_writes::Node;
using mica::col;
using mica::cte;
using mica::select;
using Texts = std::vector<std::string>;

constexpr auto id = col<&Node::id>;
constexpr auto data = col<&Node::data>;
constexpr auto parent_id = col<&Node::parent_id>;

const auto middle = cte<"some_cte">(select<Node>().where(data.in({"d2", "d3", "d4"})));

struct QueryCteOverATree : mica::test::MemoryDatabase<Node, Copy> {
    QueryCteOverATree() {
        insert<Node>({{1, "d1", std::nullopt}, {2, "d2", 1}, {3, "d3", 1}, {4, "d4", 3}, {5, "d5", 3}});
    }
    void copy_all() {
        connection.execute(mica::insert_into<Copy>().columns<&Copy::id, &Copy::data, &Copy::parent_id>().from(
            select(id, data, parent_id)));
    }
    std::vector<Copy> copies() { return connection.all(select<Copy>().order_by(col<&Copy::id>)); }
};

TEST_F(QueryCteOverATree, is_filtered) {
    EXPECT_EQ(connection.all(select(middle.col<"data">).from(middle).where(middle.col<"data"> == "d4")), Texts{"d4"});
}

TEST_F(QueryCteOverATree, walks_up_and_keeps_what_it_meets_twice) {
    const auto walk = mica::recursive_cte<"walk">(
        select(id, data, parent_id).where(data.in({"d2", "d3", "d4"})),
        [](auto above) { return select(id, data, parent_id).join(above, id == above.template col<&Node::parent_id>); });
    EXPECT_EQ(connection.all(select(walk.col<&Node::data>)
                                 .from(walk)
                                 .where(walk.col<&Node::data> != "d2")
                                 .order_by(walk.col<&Node::data>.desc())),
              (Texts{"d4", "d3", "d3", "d1", "d1", "d1"}));
}

TEST_F(QueryCteOverATree, is_inserted) {
    connection.execute(mica::insert_into<Copy>().columns<&Copy::id, &Copy::data, &Copy::parent_id>().from(
        select(middle.col<"id">, middle.col<"data">, middle.col<"parent_id">).from(middle)));
    EXPECT_EQ(copies(), (std::vector<Copy>{{2, "d2", 1}, {3, "d3", 1}, {4, "d4", 3}}));
}

TEST_F(QueryCteOverATree, says_what_to_update) {
    copy_all();
    connection.execute(
        mica::update<Copy>().set(col<&Copy::parent_id> = 5).from(middle).where(col<&Copy::data> == middle.col<"data">));
    EXPECT_EQ(copies(),
              (std::vector<Copy>{{1, "d1", std::nullopt}, {2, "d2", 5}, {3, "d3", 5}, {4, "d4", 5}, {5, "d5", 3}}));
}

TEST_F(QueryCteOverATree, says_what_to_delete_as_a_scalar_subquery) {
    copy_all();
    connection.execute(mica::delete_from<Copy>().where(
        col<&Copy::data> ==
        select(middle.col<"data">).from(middle).where(middle.col<"id"> == col<&Copy::id>).scalar_subquery()));
    EXPECT_EQ(copies(), (std::vector<Copy>{{1, "d1", std::nullopt}, {5, "d5", 3}}));
}

}  // namespace
}  // namespace integration_cte_writes
