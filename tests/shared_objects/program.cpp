// SPDX-License-Identifier: BSL-1.0
#include <shared_objects/parts.hpp>

#include <gtest/gtest.h>

using shared_objects_test::cars;
using shared_objects_test::makers;
using Names = std::vector<std::string>;

TEST(SharedObjects, that_hide_their_symbols_may_use_one_connection) {
    const mica::Engine engine{"sqlite://"};
    const mica::Connection connection = engine.connect();
    connection.execute("CREATE TABLE car (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT");
    connection.execute("CREATE TABLE maker (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT");
    connection.execute("INSERT INTO car (name) VALUES ('911')");
    connection.execute("INSERT INTO maker (name) VALUES ('Porsche')");
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(cars(connection), Names{"911"});
        EXPECT_EQ(makers(connection), Names{"Porsche"});
    }
}

TEST(SharedObjects, that_hide_their_symbols_know_a_thread_by_the_same_number) {
    const mica::Engine engine{"sqlite://", {.checkout_timeout = {}}};
    const mica::Connection connection = engine.connect();
    const auto transaction = connection.begin();
    EXPECT_TRUE(shared_objects_test::refusal(engine).starts_with("mica: this thread would wait for itself"))
        << shared_objects_test::refusal(engine);
}
