// SPDX-License-Identifier: BSL-1.0
// New objects with keys of their own whose relations lead to themselves or into a ring.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace session_rings {

struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> up_id{};
    int weight = 0;
    mica::BelongsTo<Node> up{};
    static constexpr auto mapping() { return mica::table("node", mica::foreign_key<&Node::up_id, &Node::id>); }
};

struct Right;

struct Left {
    std::int64_t id = 0;
    std::int64_t right_id = 0;
    int weight = 0;
    mica::BelongsTo<Right> right{};
    static constexpr auto mapping();
};
struct Right {
    std::int64_t id = 0;
    std::int64_t left_id = 0;
    mica::BelongsTo<Left> left{};
    static constexpr auto mapping() { return mica::table("right", mica::foreign_key<&Right::left_id, &Left::id>); }
};
constexpr auto Left::mapping() { return mica::table("left", mica::foreign_key<&Left::right_id, &Right::id>); }

class SessionRings : public testing::Test {
protected:
    SessionRings() { engine.create_all<Node, Left, Right>(); }

    std::optional<std::int64_t> up_of(std::int64_t id) const { return engine.connect().get<Node>(id).value().up_id; }

    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
};

TEST_F(SessionRings, a_new_object_that_leads_to_itself_has_its_key_in_its_field) {
    const auto node = session.add(Node{.id = 4});
    node->up = node;
    session.commit();
    EXPECT_EQ(node->up_id, 4);
    EXPECT_FALSE(session.is_modified(node));
}

TEST_F(SessionRings, a_new_object_that_leads_to_itself_still_does_after_its_next_change) {
    const auto node = session.add(Node{.id = 4});
    node->up = node;
    session.commit();
    node->weight = 1;
    session.commit();
    EXPECT_EQ(up_of(4), 4);
}

TEST_F(SessionRings, the_objects_of_a_new_ring_have_each_others_keys) {
    const auto first = session.add(Node{.id = 4});
    const auto second = session.add(Node{.id = 5});
    const auto third = session.add(Node{.id = 6});
    first->up = second;
    second->up = third;
    third->up = first;
    session.commit();
    EXPECT_EQ(first->up_id, 5);
    EXPECT_EQ(second->up_id, 6);
    EXPECT_EQ(third->up_id, 4);
    for (const auto& each : {first, second, third}) each->weight = 1;
    session.commit();
    EXPECT_EQ(up_of(4), 5);
    EXPECT_EQ(up_of(5), 6);
    EXPECT_EQ(up_of(6), 4);
}

TEST_F(SessionRings, a_new_ring_of_keys_that_cannot_be_null_is_written_again) {
    const auto left = session.add(Left{.id = 5});
    const auto right = session.add(Right{.id = 6});
    left->right = right;
    right->left = left;
    session.commit();
    EXPECT_EQ(left->right_id, 6);
    EXPECT_EQ(right->left_id, 5);
    left->weight = 1;
    session.commit();
    EXPECT_EQ(engine.connect().get<Left>(5).value().right_id, 6);
}

TEST_F(SessionRings, a_ring_that_could_not_be_written_has_its_former_keys) {
    engine.connect().insert(Node{.id = 6});
    const auto first = session.add(Node{.id = 4});
    const auto second = session.add(Node{.id = 5});
    const auto taken = session.add(Node{.id = 6});
    first->up = second;
    second->up = first;
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    EXPECT_EQ(first->up_id, std::nullopt);
    EXPECT_EQ(second->up_id, std::nullopt);
    session.remove(taken);
    session.commit();
    EXPECT_EQ(first->up_id, 5);
    EXPECT_EQ(second->up_id, 4);
}

}  // namespace session_rings
