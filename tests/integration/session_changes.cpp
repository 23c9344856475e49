// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace integration_session_changes {

/// Stored as text, as "1,2,3".
struct Gears {
    std::vector<int> ratios{};
};

}  // namespace integration_session_changes

template <>
struct mica::Codec<integration_session_changes::Gears> {
    using Storage = std::string;
    static std::string encode(const integration_session_changes::Gears& gears) {
        std::string text;
        for (const int ratio : gears.ratios) text += std::to_string(ratio) + ",";
        return text;
    }
    static integration_session_changes::Gears decode(std::string_view stored) {
        integration_session_changes::Gears gears;
        for (; !stored.empty(); stored.remove_prefix(stored.find(',') + 1)) {
            gears.ratios.push_back(std::stoi(std::string{stored}));
        }
        return gears;
    }
};

namespace integration_session_changes {

using namespace mica;
using mica::test::StatementLog;

struct Motor {
    int cylinders = 0;
    std::optional<double> litres{};
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> year{};
    std::vector<std::byte> photo{};
    Gears gears{};
    Motor motor{};
    int seen = 0;
    int doubled = 0;
    static constexpr auto mapping() {
        return table("car", ignore<&Car::seen>, generated<&Car::doubled>(col<&Car::motor, &Motor::cylinders> * 2));
    }
};

struct SessionChanges : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Car> car;
    std::optional<StatementLog> log;

    SessionChanges() {
        engine.create_all<Car>();
        car = session.add(Car{.name = "F8",
                              .year = 2020,
                              .photo = {std::byte{1}, std::byte{2}},
                              .gears = {{3, 2, 1}},
                              .motor = {8, 3.9}});
        session.commit();
        car->doubled = 16;
        session.rollback();
        log.emplace(engine);
    }

    /// The columns that a commit writes, "-" where it writes nothing.
    std::string written() {
        log->clear();
        session.commit();
        const auto updates = log->starting_with("UPDATE");
        if (updates.empty()) return log->texts().empty() ? "-" : "only a transaction";
        EXPECT_EQ(updates.size(), 1U);
        const std::string& text = updates.front();
        const std::size_t set = text.find(" SET ") + 5;
        std::string columns;
        bool is_value = false;  // ` = ?1` up to the next comma
        for (const char c : text.substr(set, text.find(" WHERE ") - set)) {
            is_value = (is_value || c == '=') && c != ',';
            if (!is_value && c != '"' && c != ' ') columns += c;
        }
        return columns;
    }
    Car stored() { return engine.connect().one(select<Car>()); }
};

TEST_F(SessionChanges, nothing_changed_is_nothing_written) { EXPECT_EQ(written(), "-"); }

TEST_F(SessionChanges, an_equal_value_is_no_change) {
    car->name = std::string{"F"} + "8";
    car->year = 2020;
    car->gears = Gears{{3, 2, 1}};
    EXPECT_EQ(written(), "-");
}

TEST_F(SessionChanges, a_value_changed_and_changed_back_is_no_change) {
    car->name = "F9";
    car->name = "F8";
    EXPECT_EQ(written(), "-");
}

TEST_F(SessionChanges, one_changed_column_is_written_alone) {
    car->name = "F9";
    EXPECT_EQ(written(), "name");
    EXPECT_EQ(stored().name, "F9");
    EXPECT_EQ(written(), "-");
}

TEST_F(SessionChanges, several_changed_columns_are_written_together) {
    car->name = "F9";
    car->year = 2021;
    EXPECT_EQ(written(), "name,year");
}

TEST_F(SessionChanges, an_optional_is_filled_emptied_and_changed) {
    car->year.reset();
    EXPECT_EQ(written(), "year");
    EXPECT_EQ(stored().year, std::nullopt);
    car->year = 0;
    EXPECT_EQ(written(), "year");
    EXPECT_EQ(stored().year, 0);
    *car->year += 1;
    EXPECT_EQ(written(), "year");
}

TEST_F(SessionChanges, a_byte_of_a_blob_changed_in_place_is_found) {
    car->photo[1] = std::byte{9};
    EXPECT_EQ(written(), "photo");
    EXPECT_EQ(stored().photo, (std::vector{std::byte{1}, std::byte{9}}));
    car->photo.clear();
    EXPECT_EQ(written(), "photo");
    EXPECT_TRUE(stored().photo.empty());
}

TEST_F(SessionChanges, a_letter_of_a_text_changed_in_place_is_found) {
    car->name[1] = '\0';
    EXPECT_EQ(written(), "name");
    EXPECT_EQ(stored().name, std::string_view("F\0", 2));
}

TEST_F(SessionChanges, a_change_inside_a_value_with_a_codec_is_found) {
    car->gears.ratios.push_back(0);
    EXPECT_EQ(written(), "gears");
    EXPECT_EQ(stored().gears.ratios, (std::vector{3, 2, 1, 0}));
}

TEST_F(SessionChanges, a_change_inside_an_embedded_object_is_found) {
    car->motor.cylinders = 12;
    EXPECT_EQ(written(), "motor_cylinders");
    EXPECT_EQ(stored().motor.cylinders, 12);
    car->motor.litres.reset();
    EXPECT_EQ(written(), "motor_litres");
    car->motor = Motor{6, 2.9};
    EXPECT_EQ(written(), "motor_cylinders,motor_litres");
}

TEST_F(SessionChanges, an_ignored_field_is_not_looked_at) {
    car->seen = 5;
    EXPECT_EQ(written(), "-");
    EXPECT_EQ(car->seen, 5);
}

TEST_F(SessionChanges, a_generated_column_is_never_written) {
    car->doubled = 99;
    EXPECT_EQ(log->starting_with("UPDATE").size(), 0U);
    session.commit();
    EXPECT_EQ(log->starting_with("UPDATE").size(), 0U);
    EXPECT_EQ(stored().doubled, 16);
}

TEST_F(SessionChanges, a_flush_that_is_not_committed_counts_as_written) {
    car->name = "F9";
    session.flush();
    log->clear();
    session.flush();
    EXPECT_TRUE(log->texts().empty());
    EXPECT_EQ(written(), "only a transaction");
}

TEST_F(SessionChanges, what_is_read_by_a_query_is_watched_too) {
    Session other{engine};
    const auto same = other.query<Car>().one();
    same->name = "F9";
    other.commit();
    EXPECT_EQ(stored().name, "F9");
    EXPECT_EQ(car->name, "F8");
    car->year = 1;
    EXPECT_EQ(written(), "year") << "another session's change of another column stays";
    EXPECT_EQ(stored().name, "F9");
}

TEST_F(SessionChanges, a_trigger_sees_only_the_changed_columns) {
    session.execute("CREATE TABLE seen (what TEXT)");
    session.execute("CREATE TRIGGER n UPDATE OF name ON car BEGIN INSERT INTO seen VALUES ('name'); END");
    session.execute("CREATE TRIGGER y UPDATE OF year ON car BEGIN INSERT INTO seen VALUES ('year'); END");
    car->year = 1;
    session.commit();
    EXPECT_EQ(session.execute<std::string>("SELECT what FROM seen").all(), std::vector<std::string>{"year"});
}

TEST_F(SessionChanges, objects_with_the_same_changes_share_one_statement) {
    const auto second = session.add(Car{.name = "GT"});
    session.commit();
    log->clear();
    car->name = "a";
    second->name = "b";
    session.commit();
    const auto updates = log->starting_with("UPDATE");
    ASSERT_EQ(updates.size(), 2U);
    EXPECT_EQ(updates[0], updates[1]);
}

}  // namespace integration_session_changes
