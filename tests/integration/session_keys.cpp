// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace integration_session_keys {

/// A key with a type of its own; 0 stands for none yet.
struct OrderId {
    std::int64_t value = 0;
    friend bool operator==(const OrderId&, const OrderId&) = default;
};

}  // namespace integration_session_keys

template <>
struct mica::Codec<integration_session_keys::OrderId> {
    using Storage = std::int64_t;
    static constexpr std::int64_t encode(integration_session_keys::OrderId id) { return id.value; }
    static constexpr integration_session_keys::OrderId decode(std::int64_t stored) { return {stored}; }
};

namespace integration_session_keys {

using namespace mica;
using mica::test::caught;

struct Wide {
    std::int64_t id = 0;
    std::string name{};
};
struct Narrow {
    std::int32_t id = 0;
    std::string name{};
};
struct Byte {
    std::uint8_t id = 0;
};
struct Order {
    OrderId id{};
    std::string name{};
    static constexpr auto mapping() { return table("order"); }
};
struct Counted {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table("counted", autoincrement); }
};

struct SessionKeys : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    template <class... Entities>
    void create() {
        engine.create_all<Entities...>();
    }
};

TEST_F(SessionKeys, a_key_that_is_0_is_chosen_by_the_database_and_written_back) {
    create<Wide, Narrow, Order>();
    const auto wide = session.add(Wide{.name = "a"});
    const auto narrow = session.add(Narrow{.name = "b"});
    const auto order = session.add(Order{.name = "c"});
    EXPECT_EQ(wide->id, 0);
    session.commit();
    EXPECT_EQ(wide->id, 1);
    EXPECT_EQ(narrow->id, 1);
    EXPECT_EQ(order->id, OrderId{1});
    EXPECT_TRUE(session.get<Wide>(1) == wide);
    EXPECT_TRUE(session.get<Narrow>(1) == narrow);
    EXPECT_TRUE(session.get<Order>(OrderId{1}) == order);
}

TEST_F(SessionKeys, any_other_key_is_stored_as_given) {
    create<Wide, Narrow, Order>();
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const auto negative = session.add(Wide{.id = -5, .name = "a"});
    const auto smallest = session.add(Wide{.id = least, .name = "b"});
    const auto order = session.add(Order{.id = {77}, .name = "c"});
    session.commit();
    EXPECT_EQ(negative->id, -5);
    EXPECT_EQ(engine.connect().all(select(col<&Wide::id>).order_by(col<&Wide::id>)),
              (std::vector<std::int64_t>{least, -5}));
    EXPECT_TRUE(session.get<Wide>(least) == smallest);
    EXPECT_TRUE(session.get<Order>(OrderId{77}) == order);
}

TEST_F(SessionKeys, chosen_and_given_keys_mix) {
    create<Wide>();
    const auto cars = session.add_all(std::vector<Wide>{{.name = "a"}, {.id = 10, .name = "b"}, {.name = "c"}});
    session.commit();
    EXPECT_EQ(cars[0]->id, 1);
    EXPECT_EQ(cars[1]->id, 10);
    EXPECT_EQ(cars[2]->id, 11);
}

TEST_F(SessionKeys, a_key_of_autoincrement_is_not_used_again) {
    create<Counted, Wide>();
    for (int i = 0; i < 2; ++i) {
        const auto counted = session.add(Counted{});
        const auto wide = session.add(Wide{});
        session.commit();
        EXPECT_EQ(counted->id, i + 1);
        EXPECT_EQ(wide->id, 1);
        session.remove(counted);
        session.remove(wide);
        session.commit();
    }
}

TEST_F(SessionKeys, a_key_that_does_not_fit_its_field_is_refused_and_leaves_no_row) {
    create<Narrow, Byte>();
    session.add(Byte{.id = 255});
    session.commit();
    const auto over = session.add(Byte{});
    EXPECT_STREQ(
        caught<DataError>([&] { session.commit(); }).what(),
        "mica: the key that the database chose is out of the range of its field, on inserting a new row of table "
        "\"Byte\"");
    EXPECT_EQ(over->id, 0);
    over->id = 7;
    session.commit();
    EXPECT_EQ(session.execute<int>("SELECT id FROM Byte ORDER BY id").all(), (std::vector{7, 255}));
}

struct Color {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("color", assigned_key); }
};

TEST_F(SessionKeys, zero_is_a_key_like_any_other_where_keys_are_assigned) {
    create<Color>();
    const auto black = session.add(Color{.id = 0, .name = "black"});
    session.add(Color{.id = 1, .name = "red"});
    session.commit();
    EXPECT_EQ(black->id, 0);
    EXPECT_TRUE(session.get<Color>(0) == black);
    session.add(Color{.name = "also black"});
    EXPECT_EQ(caught<IntegrityError>([&] { session.commit(); }).kind(), IntegrityError::primary_key);
}

struct Country {
    std::string code{};
    std::string name{};
    static constexpr auto mapping() { return table("country", primary_key<&Country::code>, without_rowid); }
};

TEST_F(SessionKeys, a_key_may_be_text) {
    create<Country>();
    const auto germany = session.add(Country{.code = "DE", .name = "Germany"});
    const auto nowhere = session.add(Country{.code = "", .name = "nowhere"});
    session.commit();
    EXPECT_TRUE(session.get<Country>("DE") == germany);
    EXPECT_TRUE(session.get<Country>(std::string{"DE"}) == germany);
    EXPECT_TRUE(session.get<Country>(std::string_view{"DE"}) == germany);
    EXPECT_TRUE(session.get<Country>("") == nowhere);
    EXPECT_FALSE(session.get<Country>("de"));
    germany->name = "Deutschland";
    session.commit();
    Session other{engine};
    EXPECT_EQ(other.get<Country>("DE")->name, "Deutschland");
}

struct Seat {
    int row = 0;
    std::string letter{};
    std::string passenger{};
    static constexpr auto mapping() { return table("seat", primary_key<&Seat::letter, &Seat::row>); }
};

TEST_F(SessionKeys, a_key_may_have_several_columns_in_its_own_order) {
    create<Seat>();
    session.add(Seat{.row = 0, .letter = "A", .passenger = "Ada"});
    session.add(Seat{.row = 0, .letter = "B", .passenger = "Bob"});
    const auto cid = session.add(Seat{.row = 1, .letter = "A", .passenger = "Cid"});
    session.commit();
    EXPECT_EQ(session.get<Seat>("A", 0)->passenger, "Ada");
    EXPECT_TRUE(session.get<Seat>("A", 1) == cid);
    EXPECT_FALSE(session.get<Seat>("B", 1));
    cid->passenger = "Dan";
    session.remove(session.get<Seat>("B", 0));
    session.commit();
    Session other{engine};
    EXPECT_EQ(other.get<Seat>("A", 1)->passenger, "Dan");
    EXPECT_EQ(other.get<Seat>("A", 0)->passenger, "Ada");
    EXPECT_EQ(other.query<Seat>().count(), 2);
}

struct Slot {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("slot", without_rowid); }
};

TEST_F(SessionKeys, without_rowid_no_key_is_chosen) {
    create<Slot>();
    const auto zero = session.add(Slot{.id = 0, .name = "zero"});
    session.add(Slot{.id = 9, .name = "nine"});
    session.commit();
    EXPECT_EQ(zero->id, 0);
    zero->name = "none";
    session.commit();
    Session other{engine};
    EXPECT_EQ(other.get<Slot>(0)->name, "none");
    EXPECT_EQ(other.get<Slot>(9)->name, "nine");
}

enum class Kind : std::uint8_t { small, large };
struct Box {
    Kind kind = Kind::small;
    int count = 0;
    static constexpr auto mapping() { return table("box", primary_key<&Box::kind>); }
};

TEST_F(SessionKeys, an_enumeration_as_a_key_is_stored_as_given) {
    create<Box>();
    session.add(Box{.kind = Kind::small, .count = 1});
    session.add(Box{.kind = Kind::large, .count = 2});
    session.commit();
    EXPECT_EQ(session.get<Box>(Kind::small)->count, 1);
    EXPECT_EQ(session.get<Box>(Kind::large)->count, 2);
}

TEST_F(SessionKeys, a_key_changes_by_assignment) {
    create<Wide, Seat>();
    const auto wide = session.add(Wide{.id = 1, .name = "a"});
    const auto seat = session.add(Seat{.row = 1, .letter = "A", .passenger = "Ada"});
    session.commit();
    wide->id = 5;
    seat->letter = "Z";
    session.commit();
    EXPECT_FALSE(session.get<Wide>(1));
    EXPECT_TRUE(session.get<Wide>(5) == wide);
    EXPECT_TRUE(session.get<Seat>("Z", 1) == seat);
    wide->name = "b";
    session.commit();
    EXPECT_EQ(session.execute<std::string>("SELECT id || name FROM Wide").all(), std::vector<std::string>{"5b"});
    session.remove(wide);
    session.commit();
    EXPECT_EQ(session.query<Wide>().count(), 0);
}

TEST_F(SessionKeys, a_changed_key_comes_back_by_rollback) {
    create<Wide>();
    const auto wide = session.add(Wide{.id = 1, .name = "a"});
    session.commit();
    wide->id = 5;
    session.flush();
    session.rollback();
    EXPECT_EQ(wide->id, 1);
    EXPECT_TRUE(session.get<Wide>(1) == wide);
    EXPECT_FALSE(session.get<Wide>(5));
}

TEST_F(SessionKeys, a_key_that_is_taken_is_refused) {
    create<Wide>();
    session.add(Wide{.id = 1, .name = "a"});
    const auto second = session.add(Wide{.id = 2, .name = "b"});
    session.commit();
    second->id = 1;
    const auto error = caught<IntegrityError>([&] { session.commit(); });
    EXPECT_EQ(error.kind(), IntegrityError::primary_key);
    EXPECT_EQ(error.columns(), std::vector<std::string>{"id"});
    second->id = 3;
    session.commit();
    EXPECT_TRUE(session.get<Wide>(3) == second);
}

TEST_F(SessionKeys, a_key_that_is_wider_than_the_field_is_just_not_found) {
    create<Narrow>();
    session.add(Narrow{.id = 1});
    session.commit();
    EXPECT_FALSE(session.get<Narrow>((std::int64_t{1} << 32) + 1));
}

struct Degree {
    double id = 0;
    std::string name{};
};

TEST_F(SessionKeys, zero_is_one_key_with_either_sign) {
    create<Degree>();
    const auto added = session.add(Degree{.id = -0.0, .name = "freezing"});
    session.commit();
    EXPECT_TRUE(session.get<Degree>(0.0) == added);
    EXPECT_TRUE(session.query<Degree>().one() == added);
    added->id = 0.0;
    EXPECT_FALSE(session.is_modified(added));
}

}  // namespace integration_session_keys
