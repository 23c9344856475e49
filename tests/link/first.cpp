// SPDX-License-Identifier: BSL-1.0
// Linking is the main claim: every function of the library that is no template is inline.
#include <link/car.hpp>

#include <gtest/gtest.h>

using link_test::Car;

TEST(Link, an_object_added_in_one_translation_unit_is_found_in_another) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Car>();
    link_test::add_car(engine, "Porsche");

    mica::Session session{engine};
    const auto car = session.get<Car>(1);
    ASSERT_TRUE(car);
    EXPECT_EQ(car->make, "Porsche");
}

TEST(Link, two_translation_units_share_one_ddl_text) {
    const std::string_view here = mica::ddl<Car>;
    EXPECT_EQ(here.data(), link_test::ddl_in_second().data());
}
