// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace integration_check_names {

using namespace mica;
using mica::test::caught;

struct Offer {
    std::int64_t id = 0;
    int price = 0;
    int discount = 0;

    static constexpr auto mapping() {
        return table("offer", check(col<&Offer::price> > 0).name("price_is_positive"),
                     check(col<&Offer::discount> < col<&Offer::price>),
                     check(col<&Offer::price> < 1000).name("it's \"cheap\""));
    }
};

struct CheckNames : testing::Test {
    Engine engine{"sqlite://"};
    CheckNames() { engine.create_all<Offer>(); }
};

TEST_F(CheckNames, reach_the_error_of_a_connection) {
    const auto error = caught<IntegrityError>([&] { engine.connect().insert(Offer{.price = 0, .discount = -1}); });
    EXPECT_EQ(error.kind(), IntegrityError::check);
    EXPECT_EQ(error.constraint(), "price_is_positive");
    EXPECT_EQ(error.table(), "offer");
    EXPECT_EQ(error.columns(), std::vector<std::string>{"price"});
    EXPECT_STREQ(error.what(), "CHECK constraint failed: price_is_positive");
    EXPECT_EQ(error.brief(), "The value of price is not allowed");
}

TEST_F(CheckNames, reach_the_error_of_a_flush) {
    Session session{engine};
    session.add(Offer{.price = 5000});
    const auto error = caught<IntegrityError>([&] { session.commit(); });
    EXPECT_EQ(error.constraint(), "it's \"cheap\"");
    EXPECT_EQ(error.columns(), std::vector<std::string>{"price"});
}

TEST_F(CheckNames, are_numbered_where_none_is_given) {
    const auto error = caught<IntegrityError>([&] { engine.connect().insert(Offer{.price = 1, .discount = 1}); });
    EXPECT_EQ(error.constraint(), "ck_offer_2");
    EXPECT_EQ(error.columns(), (std::vector<std::string>{"discount", "price"}));
    EXPECT_EQ(error.brief(), "The value of discount and price is not allowed");
}

}  // namespace integration_check_names
