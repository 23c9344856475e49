// SPDX-License-Identifier: BSL-1.0
#include <mica/core/atomic.hpp>
#include <mica/session/object/graph.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

namespace unit_session_graph {
namespace {

using mica::detail::Atomic;
using mica::detail::GraphEdge;
using mica::detail::GraphNode;

struct Thing;

struct Hooks {
    void (*release)(Thing& thing, GraphNode<Thing>*& last) noexcept;
};
struct Relations {
    const Hooks* hooks;
};
struct Operations {
    void (*destroy)(Thing* thing) noexcept;
    const Relations& (*relations)();
};

/// What a graph is made of, as small as can be.
struct Thing {
    static inline int living = 0;
    static const Operations all;

    Thing() { ++living; }
    Thing(const Thing&) = delete;
    Thing& operator=(const Thing&) = delete;

    void retain() noexcept {
        if (!references.increment_unless_zero()) mica::detail::retain_first(*this);
    }
    void release() noexcept {
        if (!references.decrement_unless_one()) mica::detail::release_last(*this);
    }
    void lead_to(Thing& other) { edges.push_back(GraphEdge<Thing>{*this, other}); }

    const Operations* operations = &all;
    Atomic<GraphNode<Thing>*> node{nullptr};
    Atomic<int> references{0};
    std::vector<GraphEdge<Thing>> edges{};

private:
    ~Thing() { --living; }
    friend struct Destroy;
};

struct Destroy {
    static void thing(Thing* thing) noexcept { delete thing; }
    static void edges(Thing& thing, GraphNode<Thing>*& last) noexcept {
        for (auto& edge : thing.edges) edge.release(last);
    }
    static const Relations& relations() {
        static constexpr Hooks hooks{&Destroy::edges};
        static constexpr Relations relations{&hooks};
        return relations;
    }
};

const Operations Thing::all{&Destroy::thing, &Destroy::relations};

struct Graph : testing::Test {
    static Thing& make() {
        Thing& thing = *new Thing;
        thing.retain();
        return thing;
    }
    ~Graph() override { EXPECT_EQ(Thing::living, 0); }
};

TEST_F(Graph, a_thing_of_its_own_goes_with_its_last_handle) {
    Thing& thing = make();
    thing.retain();
    thing.release();
    EXPECT_EQ(Thing::living, 1);
    thing.release();
    EXPECT_EQ(Thing::living, 0);
}

TEST_F(Graph, what_is_led_to_stays_with_what_leads_to_it) {
    Thing& from = make();
    Thing& to = make();
    from.lead_to(to);
    to.release();
    EXPECT_EQ(Thing::living, 2);
    from.release();
    EXPECT_EQ(Thing::living, 0);
}

TEST_F(Graph, what_leads_to_it_goes_where_nobody_holds_it) {
    Thing& from = make();
    Thing& to = make();
    from.lead_to(to);
    from.release();
    EXPECT_EQ(Thing::living, 1);
    to.release();
}

TEST_F(Graph, things_that_lead_to_each_other_stay_while_one_is_held) {
    Thing& left = make();
    Thing& right = make();
    left.lead_to(right);
    right.lead_to(left);
    left.release();
    EXPECT_EQ(Thing::living, 2);
    right.release();
    EXPECT_EQ(Thing::living, 0);
}

TEST_F(Graph, a_thing_that_was_let_go_can_be_held_again) {
    Thing& left = make();
    Thing& right = make();
    left.lead_to(right);
    right.lead_to(left);
    left.release();
    left.retain();
    right.release();
    EXPECT_EQ(Thing::living, 2);
    left.release();
}

TEST_F(Graph, a_thing_may_lead_to_itself_and_to_another_twice) {
    Thing& thing = make();
    Thing& other = make();
    thing.lead_to(thing);
    thing.lead_to(other);
    thing.lead_to(other);
    other.release();
    thing.edges.pop_back();
    EXPECT_EQ(Thing::living, 2);
    thing.release();
}

TEST_F(Graph, an_edge_that_goes_frees_what_only_it_kept) {
    Thing& from = make();
    Thing& to = make();
    Thing& further = make();
    from.lead_to(to);
    to.lead_to(further);
    to.release();
    further.release();
    EXPECT_EQ(Thing::living, 3);
    from.edges.clear();
    EXPECT_EQ(Thing::living, 1);
    from.release();
}

TEST_F(Graph, two_graphs_become_one) {
    Thing* things[4];
    for (Thing*& thing : things) thing = &make();
    things[0]->lead_to(*things[1]);
    things[2]->lead_to(*things[3]);
    things[1]->lead_to(*things[2]);
    things[3]->lead_to(*things[0]);
    for (int i = 1; i < 4; ++i) things[i]->release();
    EXPECT_EQ(Thing::living, 4);
    things[0]->release();
}

TEST_F(Graph, moved_edges_count_once) {
    Thing& from = make();
    Thing& to = make();
    GraphEdge<Thing> edge{from, to};
    GraphEdge<Thing> moved{std::move(edge)};
    to.release();
    EXPECT_EQ(Thing::living, 2);
    moved = {};
    EXPECT_EQ(Thing::living, 1);
    from.release();
}

TEST_F(Graph, an_object_gets_one_first_node_from_two_threads) {
    for (int round = 0; round < 200; ++round) {
        Thing& target = make();
        Thing* const owners[] = {&make(), &make()};
        std::atomic<int> waiting{2};
        const auto meet = [&waiting](Thing& owner, Thing& to) {
            --waiting;
            while (waiting != 0) std::this_thread::yield();
            owner.lead_to(to);
        };
        std::thread other{[&] { meet(*owners[1], target); }};  // libc++ 19 has no std::jthread
        meet(*owners[0], target);
        other.join();
        EXPECT_EQ(target.node.load()->edges, 2U);
        EXPECT_EQ(target.node.load()->graph->size, 3U);
        for (Thing* const owner : owners) owner->release();
        target.release();
    }
    EXPECT_EQ(Thing::living, 0);
}

}  // namespace
}  // namespace unit_session_graph
