// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace integration_any_reader {

using namespace mica;

struct Car {
    std::int64_t id = 0;
    std::string make;
};

std::vector<std::string> makes(AnyReader from) { return from.all(select(col<&Car::make>).order_by(col<&Car::make>)); }
int count_by_text(AnyReader from) { return from.execute<int>("SELECT count(*) FROM Car WHERE id > ?", 0).one(); }
std::optional<Car> newest(Readable auto& from) { return from.first(select<Car>().order_by(col<&Car::id>.desc())); }

struct AnyReaderOf : testing::Test {
    Engine engine{"sqlite://"};
    AnyReaderOf() {
        engine.create_all<Car>();
        engine.connect().insert({Car{.make = "Lotus"}, Car{.make = "Alpine"}});
    }
};

using Makes = std::vector<std::string>;

TEST_F(AnyReaderOf, a_connection_reads) {
    const Connection connection = engine.connect();
    EXPECT_EQ(makes(connection), (Makes{"Alpine", "Lotus"}));
    EXPECT_EQ(count_by_text(connection), 2);
    EXPECT_EQ(newest(connection).value().make, "Alpine");
}

TEST_F(AnyReaderOf, a_reader_reads) {
    engine.read([](Reader& reader) {
        EXPECT_EQ(makes(reader), (Makes{"Alpine", "Lotus"}));
        EXPECT_EQ(count_by_text(reader), 2);
        EXPECT_EQ(newest(reader).value().make, "Alpine");
    });
}

TEST_F(AnyReaderOf, a_session_reads_what_it_has_not_written_yet) {
    Session session{engine};
    session.add(Car{.make = "Zagato"});
    EXPECT_EQ(makes(session), (Makes{"Alpine", "Lotus", "Zagato"}));
    session.add(Car{.make = "Abarth"});
    EXPECT_EQ(count_by_text(session), 4);
    EXPECT_EQ(newest(session).value().make, "Abarth");
}

TEST_F(AnyReaderOf, all_of_its_members_read) {
    const Connection connection = engine.connect();
    const AnyReader from{connection};
    const auto by_id = [](std::int64_t id) { return select(col<&Car::make>).where(col<&Car::id> == id); };
    EXPECT_EQ(from.one(by_id(1)), "Lotus");
    EXPECT_EQ(from.scalar(by_id(2)), "Alpine");
    EXPECT_EQ(from.one_or_none(by_id(3)), std::nullopt);
    EXPECT_EQ(from.first(by_id(1)), "Lotus");
    int rows = 0;
    for (const Car& car : from.execute(select<Car>())) rows += car.id > 0 ? 1 : 0;
    EXPECT_EQ(rows, 2);
}

static_assert(Readable<Session> && Readable<Connection> && Readable<Reader> && !Readable<Engine>);

}  // namespace integration_any_reader
