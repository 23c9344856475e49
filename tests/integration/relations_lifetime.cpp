// SPDX-License-Identifier: BSL-1.0
// Handles and relations: what is related lives as long as anybody holds any of it, and not longer.
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace relations_lifetime {

struct Leaf;

/// Counts the objects that live.
struct Living {
    static inline int count = 0;
    Living() { ++count; }
    Living(const Living&) { ++count; }
    Living(Living&&) noexcept { ++count; }
    Living& operator=(const Living&) = default;
    Living& operator=(Living&&) = default;
    ~Living() { --count; }
};

struct Tree {
    std::int64_t id = 0;
    Living living{};
    mica::HasMany<Leaf> leaves{};
    static constexpr auto mapping() { return mica::table("tree", mica::ignore<&Tree::living>); }
};
struct Leaf {
    std::int64_t id = 0;
    std::optional<std::int64_t> tree_id{};
    Living living{};
    mica::BelongsTo<Tree> tree{};
    static constexpr auto mapping() {
        return mica::table("leaf", mica::ignore<&Leaf::living>, mica::foreign_key<&Leaf::tree_id, &Tree::id>);
    }
};

/// A list: each leads to the next.
struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> next_id{};
    Living living{};
    mica::BelongsTo<Node> next{};
    static constexpr auto mapping() {
        return mica::table("node", mica::ignore<&Node::living>, mica::foreign_key<&Node::next_id, &Node::id>);
    }
};

namespace {

using mica::Ref;
using relations_lifetime::Leaf;
using relations_lifetime::Living;
using relations_lifetime::Node;
using relations_lifetime::Tree;

struct RelationsLifetime : testing::Test {
    mica::Engine engine{"sqlite://"};
    std::optional<mica::Session> session{std::in_place, engine};
    const int before = Living::count;

    RelationsLifetime() {
        engine.create_all<Tree, Leaf, Node>();
        auto connection = engine.connect();
        connection.execute("INSERT INTO tree VALUES (1), (2)");
        connection.execute("INSERT INTO leaf VALUES (1, 1), (2, 1), (3, 2)");
    }
    ~RelationsLifetime() override {
        session.reset();
        EXPECT_EQ(Living::count, before);
    }
    std::vector<Ref<Tree>> load() { return session->query<Tree>().with<&Tree::leaves>().all(); }
    int living() const { return Living::count - before; }
};

TEST_F(RelationsLifetime, a_sessions_end_frees_objects_that_lead_to_each_other) {
    load();
    EXPECT_EQ(living(), 5);
    session.reset();
    EXPECT_EQ(living(), 0);
}

TEST_F(RelationsLifetime, relations_can_be_followed_after_the_sessions_end) {
    Ref<Leaf> leaf = load()[0]->leaves[1];
    session.reset();
    EXPECT_EQ(leaf->tree->leaves.size(), 2U);
    EXPECT_TRUE(leaf->tree->leaves[1] == leaf);
    EXPECT_EQ(leaf->tree->leaves[0]->id, 1);
    leaf = {};
    EXPECT_EQ(living(), 0);
}

TEST_F(RelationsLifetime, a_handle_that_was_got_from_a_relation_keeps_it_all) {
    Ref<Tree> tree;
    {
        const Ref<Leaf> leaf = load()[0]->leaves[0];
        session.reset();
        tree = leaf->tree.get();
    }
    EXPECT_EQ(tree->leaves.size(), 2U);
}

TEST_F(RelationsLifetime, what_is_not_related_goes_by_itself) {
    const auto trees = load();
    const Ref<Tree> other = trees[1];
    session.reset();
    EXPECT_EQ(living(), 5);
    const_cast<std::vector<Ref<Tree>>&>(trees).clear();
    EXPECT_EQ(living(), 2);
    EXPECT_EQ(other->leaves.size(), 1U);
}

TEST_F(RelationsLifetime, clear_frees_what_nobody_holds) {
    load();
    session->clear();
    EXPECT_EQ(living(), 0);
}

TEST_F(RelationsLifetime, a_removed_object_is_freed_when_its_last_handle_goes) {
    const auto trees = load();
    {
        const Ref<Leaf> leaf = trees[0]->leaves[0];
        session->remove(leaf);
        session->commit();
        EXPECT_EQ(living(), 5);
    }
    EXPECT_EQ(living(), 4);
}

TEST_F(RelationsLifetime, an_object_that_was_never_saved_is_freed) {
    const auto trees = load();
    trees[0]->leaves.remove(trees[0]->leaves.add(Leaf{}));
    EXPECT_EQ(living(), 5);
    trees[0]->leaves.add(Leaf{});
    session->rollback();
    EXPECT_EQ(living(), 5);
}

TEST_F(RelationsLifetime, a_replaced_parent_is_freed) {
    const auto trees = load();
    trees[0]->leaves[0]->tree = Tree{};
    EXPECT_EQ(living(), 6);
    trees[0]->leaves[0]->tree = trees[0];
    session->rollback();
    EXPECT_EQ(living(), 5);
}

TEST_F(RelationsLifetime, objects_of_two_sessions_can_be_connected_once_the_first_has_ended) {
    const Ref<Tree> old = load()[0];
    session.emplace(engine);
    const Ref<Leaf> leaf = session->add(Leaf{});
    {
        const Ref<Tree> fresh = session->add(Tree{});
        fresh->leaves.add(leaf);
        session->flush();
    }
    old->leaves[0]->tree = leaf->tree.get();
    EXPECT_EQ(old->leaves.size(), 2U);
    session.reset();
    EXPECT_EQ(leaf->tree->leaves.size(), 1U);
}

TEST_F(RelationsLifetime, a_plain_value_keeps_what_it_was_given) {
    std::optional<Leaf> leaf;
    {
        const Ref<Tree> tree = load()[1];
        session.reset();
        leaf = Leaf{.tree = tree};
    }
    EXPECT_EQ(leaf->tree->leaves.size(), 1U);
    EXPECT_EQ(living(), 3);
    const Leaf copy = *leaf;
    leaf.reset();
    EXPECT_EQ(copy.tree->id, 2);
}

TEST_F(RelationsLifetime, a_long_list_is_freed_without_recursion) {
    constexpr int length = 100000;
    {
        Ref<Node> last = session->add(Node{});
        for (int i = 1; i < length; ++i) {
            const Ref<Node> next = session->add(Node{});
            next->next = last;
            last = next;
        }
        EXPECT_EQ(living(), length);
        session.reset();
        EXPECT_EQ(living(), length);
    }
    EXPECT_EQ(living(), 0);
}

TEST_F(RelationsLifetime, a_long_list_in_which_nobody_holds_the_rest_is_freed_without_recursion) {
    Ref<Node> last = session->add(Node{});
    const Ref<Node> kept = last;
    for (int i = 1; i < 100000; ++i) {
        const Ref<Node> next = session->add(Node{});
        next->next = last;
        last = next;
    }
    session.reset();
    last = {};
    EXPECT_EQ(living(), 1);
    EXPECT_EQ(kept->id, 0);
}

TEST_F(RelationsLifetime, handles_of_one_graph_may_be_dropped_in_several_threads) {
    auto trees = load();
    std::vector<std::vector<Ref<Leaf>>> handles(4);
    for (auto& each : handles) {
        for (int i = 0; i < 1000; ++i) each.push_back(trees[0]->leaves[static_cast<std::size_t>(i % 2)]);
    }
    trees.clear();
    session.reset();
    std::vector<std::thread> threads;
    for (auto& each : handles) {
        threads.emplace_back([&each] {
            while (each.size() > 1) each.pop_back();
            EXPECT_EQ(each[0]->tree->leaves.size(), 2U);
            each.clear();
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(living(), 0);
}

}  // namespace
}  // namespace relations_lifetime
