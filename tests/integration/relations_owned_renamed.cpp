// SPDX-License-Identifier: BSL-1.0
// owned, where the parent's key changes in the flush that takes a child out of the collection.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace relations_owned_renamed {

using namespace mica;

struct NumberLine;
struct NumberOrder {
    std::int64_t id = 0;
    HasMany<NumberLine, owned> lines{};
    void rename(int number) { id = number; }
    static constexpr auto mapping() { return table("orders"); }
};
struct NumberLine {
    std::int64_t id = 0;
    std::int64_t order_id = 0;
    BelongsTo<NumberOrder> order{};
    void give(int number) { order_id = number; }
    static constexpr auto mapping() {
        return table("line",
                     foreign_key<&NumberLine::order_id, &NumberOrder::id>.on_delete(cascade).on_update(cascade));
    }
};

struct TextLine;
struct TextOrder {
    std::string id{};
    HasMany<TextLine, owned> lines{};
    void rename(int number) { id = std::to_string(number); }
    static constexpr auto mapping() { return table("orders"); }
};
struct TextLine {
    std::int64_t id = 0;
    std::string order_id{};
    BelongsTo<TextOrder> order{};
    void give(int number) { order_id = std::to_string(number); }
    static constexpr auto mapping() {
        return table("line", foreign_key<&TextLine::order_id, &TextOrder::id>.on_delete(cascade).on_update(cascade));
    }
};

struct PairLine;
struct PairOrder {
    std::int64_t shelf = 0;
    std::string place{};
    HasMany<PairLine, owned> lines{};
    void rename(int number) {
        shelf = number % 2;
        place = std::to_string(number);
    }
    static constexpr auto mapping() { return table("orders", primary_key<&PairOrder::shelf, &PairOrder::place>); }
};
struct PairLine {
    std::int64_t id = 0;
    std::int64_t shelf = 0;
    std::string place{};
    BelongsTo<PairOrder> order{};
    void give(int number) {
        shelf = number % 2;
        place = std::to_string(number);
    }
    static constexpr auto mapping() {
        return table("line", foreign_key_to<PairOrder>(from<&PairLine::shelf, &PairLine::place>,
                                                       to<&PairOrder::shelf, &PairOrder::place>)
                                 .on_delete(cascade)
                                 .on_update(cascade));
    }
};

template <class OrderType, class LineType>
struct Pair {
    using Order = OrderType;
    using Line = LineType;
};

template <class Kind>
struct RelationsOwnedRenamed : testing::Test {
    using Order = typename Kind::Order;
    using Line = typename Kind::Line;

    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Order> order;
    Ref<Line> line;

    RelationsOwnedRenamed() {
        engine.create_all<Order, Line>();
        Order made;
        made.rename(1);
        order = session.add(std::move(made));
        line = order->lines.add(Line{});
        session.commit();
    }

    void expect_kept() {
        EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM line").one(), 1);
        ASSERT_EQ(order->lines.size(), 1U);
        EXPECT_TRUE(order->lines[0] == line);
        EXPECT_TRUE(line->order.get() == order);
        EXPECT_TRUE(session.plan().empty());
    }
    void expect_gone() {
        EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM line").one(), 0);
        EXPECT_TRUE(order->lines.empty());
        EXPECT_FALSE(session.get<Line>(1));
    }
};
using Kinds = testing::Types<Pair<NumberOrder, NumberLine>, Pair<TextOrder, TextLine>, Pair<PairOrder, PairLine>>;
TYPED_TEST_SUITE(RelationsOwnedRenamed, Kinds);

TYPED_TEST(RelationsOwnedRenamed, a_child_taken_out_that_is_given_the_new_key_stays) {
    this->order->rename(6);
    this->order->lines.remove(this->line);
    this->line->give(6);
    this->session.commit();
    this->expect_kept();
}

TYPED_TEST(RelationsOwnedRenamed, a_child_taken_out_is_deleted) {
    this->order->rename(6);
    this->order->lines.remove(this->line);
    this->session.commit();
    this->expect_gone();
}

TYPED_TEST(RelationsOwnedRenamed, a_child_taken_out_and_put_back_stays) {
    this->order->rename(6);
    this->order->lines.remove(this->line);
    this->order->lines.add(this->line);
    this->session.commit();
    this->expect_kept();
}

TYPED_TEST(RelationsOwnedRenamed, a_rollback_returns_to_what_was_there) {
    this->order->rename(6);
    this->order->lines.remove(this->line);
    this->line->give(6);
    this->session.flush();
    this->session.rollback();
    this->expect_kept();
    this->order->lines.remove(this->line);
    this->session.commit();
    this->expect_gone();
}

}  // namespace relations_owned_renamed
