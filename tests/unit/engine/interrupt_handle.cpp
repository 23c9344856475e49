// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <thread>

namespace unit_engine_interrupt_handle {
namespace {

struct Car {
    std::int64_t id = 0;
    std::string make;
};

constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0";

TEST(InterruptHandle, stops_a_statement_of_another_thread) {
    const mica::Engine engine{"sqlite://"};
    const mica::Connection connection = engine.connect();
    const mica::InterruptHandle handle = connection.interrupt_handle();
    std::thread other{[&handle] { handle.interrupt(); }};
    EXPECT_THROW(connection.execute<int>(endless).one(), mica::InterruptedError);
    other.join();
}

TEST(InterruptHandle, stops_what_starts_after_the_interrupt) {
    const mica::Engine engine{"sqlite://"};
    const mica::Connection connection = engine.connect();
    connection.interrupt_handle().interrupt();
    EXPECT_THROW(connection.execute<int>(endless).one(), mica::InterruptedError);
    EXPECT_THROW(connection.execute<int>(endless).one(), mica::InterruptedError) << "until it is forgotten";
}

TEST(InterruptHandle, can_be_forgotten) {
    const mica::Engine engine{"sqlite://"};
    const mica::Connection connection = engine.connect();
    const mica::InterruptHandle handle = connection.interrupt_handle();
    handle.interrupt();
    handle.forget();
    const char* const long_one =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT count(*) FROM n";
    EXPECT_EQ(connection.execute<int>(long_one).one(), 5000);
}

TEST(InterruptHandle, does_nothing_to_the_next_holder_of_the_connection) {
    const mica::Engine engine{"sqlite://"};
    std::optional<mica::InterruptHandle> handle;
    {
        const mica::Connection connection = engine.connect();
        handle = connection.interrupt_handle();
        handle->interrupt();
    }
    const mica::Connection next = engine.connect();
    handle->interrupt();
    const char* const long_one =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT count(*) FROM n";
    EXPECT_EQ(next.execute<int>(long_one).one(), 5000);
}

TEST(InterruptHandle, may_outlive_the_engine) {
    std::optional<mica::InterruptHandle> handle;
    {
        const mica::Engine engine{"sqlite://"};
        handle = engine.connect().interrupt_handle();
    }
    handle->interrupt();
    handle->forget();
}

TEST(InterruptHandle, of_a_session_lets_it_roll_back_and_go_on) {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Car>();
    mica::Session session{engine};
    const mica::InterruptHandle handle = session.interrupt_handle();
    EXPECT_TRUE(session.in_transaction());
    handle.interrupt();
    EXPECT_THROW(session.execute<int>(endless).one(), mica::InterruptedError);
    handle.forget();
    session.rollback();
    const mica::Ref<Car> car = session.add(Car{.make = "Lotus"});
    session.commit();
    EXPECT_EQ(car->id, 1);
}

TEST(InterruptHandle, of_a_reader_stops_it) {
    const mica::Engine engine{"sqlite://"};
    engine.read([](mica::Reader& reader) {
        reader.interrupt_handle().interrupt();
        EXPECT_THROW(reader.execute<int>(endless).one(), mica::InterruptedError);
    });
}

}  // namespace
}  // namespace unit_engine_interrupt_handle
