// SPDX-License-Identifier: BSL-1.0
// owned: what is taken out of the relation is deleted, and what its parent still has goes with the parent.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace relations_owned {

struct Line;
struct Address;

struct Order {
    std::int64_t id = 0;
    std::string number{};
    mica::HasMany<Line, mica::owned> lines{};
    mica::HasOne<Address, "order_id", mica::owned> address{};

    static constexpr auto mapping() { return mica::table("orders"); }
};

struct Line {
    std::int64_t id = 0;
    std::int64_t order_id = 0;
    int count = 0;
    mica::BelongsTo<Order> order{};

    static constexpr auto mapping() { return mica::table("line", mica::foreign_key<&Line::order_id, &Order::id>); }
};

struct Address {
    std::int64_t id = 0;
    std::int64_t order_id = 0;
    std::string street{};

    static constexpr auto mapping() {
        return mica::table("address", mica::foreign_key<&Address::order_id, &Order::id>);
    }
};

namespace {

using mica::Ref;
using relations_owned::Address;
using relations_owned::Line;
using relations_owned::Order;

struct RelationsOwned : testing::Test {
    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    Ref<Order> order = (engine.create_all<Order, Line, Address>(), session.add(Order{.number = "A"}));

    RelationsOwned() {
        order->lines.add(Line{.count = 1});
        order->lines.add(Line{.count = 2});
        order->address = Address{.street = "Long Street"};
        session.commit();
    }

    std::string read(const char* sql) {
        std::string text;
        for (const std::string& each : engine.connect().execute<std::string>(sql).all()) text += each + " ";
        return text;
    }
    std::string lines() { return read("SELECT order_id || ':' || count FROM line ORDER BY id"); }
    std::string addresses() { return read("SELECT order_id || ':' || street FROM address ORDER BY id"); }
};

TEST_F(RelationsOwned, a_removed_child_that_is_given_its_parent_again_stays) {
    const Ref<Line> line = order->lines[0];
    order->lines.remove(line);
    line->order = order;
    session.commit();
    EXPECT_EQ(lines(), "1:1 1:2 ");
    EXPECT_EQ(order->lines.size(), 2U);
    EXPECT_TRUE(order->lines.contains(line));
}

TEST_F(RelationsOwned, a_removed_child_that_is_given_its_parent_again_is_there_after_a_rollback) {
    const Ref<Line> line = order->lines[0];
    order->lines.remove(line);
    line->order = order;
    session.flush();
    session.rollback();
    EXPECT_EQ(order->lines.size(), 2U);
    EXPECT_EQ(order->lines[0], line);
    EXPECT_EQ(lines(), "1:1 1:2 ");
}

TEST_F(RelationsOwned, a_removed_child_is_deleted) {
    const Ref<Line> line = order->lines[0];
    order->lines.remove(line);
    session.commit();
    EXPECT_EQ(lines(), "1:2 ");
    EXPECT_EQ(line->count, 1);
}

TEST_F(RelationsOwned, a_replaced_one_is_deleted) {
    order->address = Address{.street = "Short Street"};
    session.commit();
    EXPECT_EQ(addresses(), "1:Short Street ");
}

TEST_F(RelationsOwned, a_reset_one_is_deleted) {
    order->address.reset();
    session.commit();
    EXPECT_EQ(addresses(), "");
}

TEST_F(RelationsOwned, a_child_that_gets_another_parent_is_not_deleted) {
    const auto other = session.add(Order{.number = "B"});
    const Ref<Line> line = order->lines[0];
    order->lines.remove(line);
    other->lines.add(line);
    session.commit();
    EXPECT_EQ(lines(), "2:1 1:2 ");
}

TEST_F(RelationsOwned, a_child_that_a_program_moved_by_its_field_is_not_deleted) {
    const auto other = session.add(Order{.number = "B"});
    session.flush();
    const Ref<Line> line = order->lines[0];
    line->order_id = other->id;
    order->lines.remove(line);
    session.commit();
    EXPECT_EQ(lines(), "2:1 1:2 ");
    EXPECT_TRUE(other->lines.contains(line));
}

TEST_F(RelationsOwned, a_child_that_is_put_back_before_the_flush_stays) {
    const Ref<Line> line = order->lines[0];
    order->lines.remove(line);
    order->lines.add(line);
    session.commit();
    EXPECT_EQ(lines(), "1:1 1:2 ");
}

TEST_F(RelationsOwned, loaded_children_go_with_their_parent_also_where_the_database_would_not_let_it_go) {
    session.remove(order);
    session.commit();
    EXPECT_EQ(lines(), "");
    EXPECT_EQ(addresses(), "");
}

TEST_F(RelationsOwned, children_that_are_not_loaded_are_left_to_the_database) {
    session.clear();
    session.remove(session.get<Order>(1));
    EXPECT_THROW(session.commit(), mica::IntegrityError);
}

TEST_F(RelationsOwned, rollback_brings_deleted_children_back) {
    const Ref<Line> line = order->lines[0];
    order->lines.remove(line);
    session.flush();
    session.rollback();
    ASSERT_EQ(order->lines.size(), 2U);
    EXPECT_TRUE(order->lines[0] == line);
    EXPECT_TRUE(session.get<Line>(line->id) == line);
    session.remove(order);
    session.flush();
    session.rollback();
    EXPECT_EQ(order->lines.size(), 2U);
    session.commit();
    EXPECT_EQ(lines(), "1:1 1:2 ");
}

TEST_F(RelationsOwned, a_flush_that_fails_deletes_nothing_and_still_would) {
    const Ref<Line> line = order->lines[0];
    order->lines.remove(line);
    const auto bad = session.add(Line{.order_id = 99});
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    EXPECT_EQ(order->lines.size(), 1U);
    session.remove(bad);
    session.flush();
    EXPECT_EQ(session.query<Line>().count(), 1);
}

TEST_F(RelationsOwned, a_child_that_is_put_back_after_a_flush_that_failed_stays) {
    const Ref<Line> line = order->lines[0];
    order->lines.remove(line);
    const auto bad = session.add(Line{.order_id = 99});
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    order->lines.add(line);
    session.remove(bad);
    session.commit();
    EXPECT_EQ(lines(), "1:1 1:2 ");
}

TEST_F(RelationsOwned, a_refusal_says_that_what_is_owned_was_not_loaded) {
    session.commit();
    mica::Session fresh{engine};
    fresh.remove(fresh.get<Order>(order->id));
    try {
        fresh.commit();
        FAIL();
    } catch (const mica::IntegrityError& error) {
        EXPECT_EQ(error.kind(), mica::IntegrityError::foreign_key);
        EXPECT_NE(std::string{error.what()}.find("what Order::lines owns is not loaded, so it is not removed too: "
                                                 "load<&Order::lines>() first"),
                  std::string::npos)
            << error.what();
    }
    fresh.rollback();
    const auto loaded = fresh.get<Order>(order->id);
    fresh.load<&Order::lines>(loaded);
    fresh.load<&Order::address>(loaded);
    fresh.remove(loaded);
    fresh.commit();
    EXPECT_EQ(fresh.query<Line>().count(), 0);
}

}  // namespace
}  // namespace relations_owned
