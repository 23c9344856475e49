// SPDX-License-Identifier: BSL-1.0
// Aggregates and window functions: a state for each group.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace create_aggregate {

struct Lap {
    std::int64_t id = 0;
    std::string car;
    std::optional<double> seconds{};
};

namespace {

using create_aggregate::Lap;
using mica::col;
using mica::select;
using mica::test::message_of;

struct Median {
    std::vector<double> values{};
    void step(double value) { values.push_back(value); }
    std::optional<double> finish() {
        if (values.empty()) return std::nullopt;
        std::sort(values.begin(), values.end());
        return values[values.size() / 2];
    }
};

/// As above all numbers that a window holds.
struct Total {
    inline static int alive = 0;
    double sum = 0;
    Total() { ++alive; }
    Total(const Total& other) : sum(other.sum) { ++alive; }
    Total& operator=(const Total&) = default;
    ~Total() { --alive; }
    void step(double value) { sum += value; }
    void inverse(double value) { sum -= value; }
    double value() const { return sum; }
    double finish() const { return sum; }
};

struct Percentile {
    double share = 0.5;
    std::vector<double> values{};
    void step(const double& value) { values.push_back(value); }
    std::optional<double> finish() {
        if (values.empty()) return std::nullopt;
        std::sort(values.begin(), values.end());
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    }
};

/// Counts all rows, NULL too.
struct Rows {
    int count = 0;
    void step(std::optional<double>) { ++count; }
    int finish() const { return count; }
};

struct Joined {
    std::string text{};
    void step(const mica::FunctionArguments& all) {
        for (int i = 0; i < all.size(); ++i) text += all.get<std::string_view>(i);
    }
    std::string finish() { return std::move(text); }
};

struct Picky {
    inline static int finished = 0;
    void step(int value) {
        if (value == 13) throw std::out_of_range("thirteen");
    }
    int finish() const { return ++finished; }
};

struct LateFailure {
    void step(int) {}
    int finish() const { throw std::length_error("too late"); }
};

struct LateWindow {
    void step(int) {}
    void inverse(int) {}
    int value() const { return 1; }
    int finish() const { throw std::length_error("too late"); }
};

/// Nothing of a group without rows, a number of every frame.
struct Mean {
    double sum = 0;
    int count = 0;
    void step(double value) { sum += value, ++count; }
    void inverse(double value) { sum -= value, --count; }
    double value() const { return sum / count; }
    std::optional<double> finish() const {
        if (count == 0) return std::nullopt;
        return value();
    }
};

struct CreateAggregate : mica::test::MemoryDatabase<Lap> {
    CreateAggregate() {
        insert<Lap>({{1, "Lotus", 3}, {2, "Lotus", 1}, {3, "Lotus", 2}, {4, "Fiat", 9}, {5, "Fiat"}});
        Total::alive = 0;
    }
    ~CreateAggregate() override { EXPECT_EQ(Total::alive, 0); }
};

TEST_F(CreateAggregate, has_a_state_for_each_group) {
    connection.create_aggregate<Median>("median");
    EXPECT_EQ(
        (connection
             .execute<std::tuple<std::string, double>>("SELECT car, median(seconds) FROM Lap GROUP BY car ORDER BY car")
             .all()),
        (std::vector<std::tuple<std::string, double>>{{"Fiat", 9}, {"Lotus", 2}}));
}

TEST_F(CreateAggregate, gives_a_result_for_no_rows) {
    connection.create_aggregate<Median>("median");
    connection.create_aggregate<Rows>("all_rows");
    EXPECT_EQ(connection.execute<std::optional<double>>("SELECT median(seconds) FROM Lap WHERE id > 99").one(),
              std::nullopt);
    EXPECT_EQ(connection.execute<int>("SELECT all_rows(seconds) FROM Lap WHERE id > 99").one(), 0);
}

TEST_F(CreateAggregate, passes_over_a_NULL_that_it_does_not_take) {
    connection.create_aggregate<Median>("median");
    connection.create_aggregate<Rows>("all_rows");
    EXPECT_EQ(connection.execute<double>("SELECT median(seconds) FROM Lap WHERE car = 'Fiat'").one(), 9);
    EXPECT_EQ(connection.execute<int>("SELECT all_rows(seconds) FROM Lap WHERE car = 'Fiat'").one(), 2);
}

TEST_F(CreateAggregate, starts_each_group_with_a_copy_of_a_prototype) {
    connection.create_aggregate("percentile_0", Percentile{.share = 0});
    connection.create_aggregate("percentile_100", Percentile{.share = 1}, mica::deterministic);
    EXPECT_EQ(connection.execute<double>("SELECT percentile_0(seconds) FROM Lap").one(), 1);
    EXPECT_EQ(connection.execute<double>("SELECT percentile_100(seconds) FROM Lap").one(), 9);
    EXPECT_EQ(connection.execute<double>("SELECT percentile_100(seconds) FROM Lap WHERE car = 'Lotus'").one(), 3);
}

TEST_F(CreateAggregate, slides_as_a_window_function) {
    connection.create_aggregate<Total>("running");
    EXPECT_EQ(connection.execute<double>("SELECT running(seconds) OVER (ORDER BY id ROWS 1 PRECEDING) FROM Lap").all(),
              (std::vector<double>{3, 4, 3, 11, 9}));
    EXPECT_EQ(connection
                  .execute<double>("SELECT running(seconds) OVER (ORDER BY id ROWS BETWEEN 2 FOLLOWING AND 3 "
                                   "FOLLOWING) FROM Lap")
                  .all(),
              (std::vector<double>{11, 9, 0, 0, 0}));
    EXPECT_EQ(connection.execute<double>("SELECT running(seconds) FROM Lap").one(), 15) << "an aggregate too";
}

TEST_F(CreateAggregate, may_give_nothing_in_the_end_and_always_something_in_a_window) {
    connection.create_aggregate<Mean>("mean");
    EXPECT_EQ(connection.execute<double>("SELECT mean(id) OVER (ORDER BY id ROWS 1 PRECEDING) FROM Lap").all(),
              (std::vector<double>{1, 1.5, 2.5, 3.5, 4.5}));
    EXPECT_EQ(connection.execute<std::optional<double>>("SELECT mean(id) FROM Lap WHERE id > 9").one(), std::nullopt);
}

TEST_F(CreateAggregate, without_inverse_is_no_window_function) {
    connection.create_aggregate<Median>("median");
    EXPECT_THROW(connection.execute("SELECT median(seconds) OVER () FROM Lap"), mica::ProgrammingError);
}

TEST_F(CreateAggregate, takes_any_number_of_arguments_as_one_list) {
    connection.create_aggregate<Joined>("joined");
    EXPECT_EQ(connection.execute<std::string>("SELECT joined(car, '-') FROM Lap WHERE id < 3").one(), "Lotus-Lotus-");
}

TEST_F(CreateAggregate, refuses_an_argument_that_does_not_fit) {
    connection.create_aggregate<Total>("running");
    EXPECT_EQ(message_of<mica::DataError>([&] { connection.execute<double>("SELECT running(car) FROM Lap").one(); }),
              "mica: argument 1 of running() holds TEXT where the function takes REAL [SELECT running(car) FROM Lap]");
}

TEST_F(CreateAggregate, throws_what_its_step_throws) {
    connection.create_aggregate<Picky>("picky");
    Picky::finished = 0;
    EXPECT_EQ(message_of<std::out_of_range>([&] { connection.execute<int>("SELECT picky(id + 10) FROM Lap").one(); }),
              "thirteen");
    EXPECT_EQ(Picky::finished, 0) << "nobody wants the result of a group that failed";
    EXPECT_EQ(connection.execute<int>("SELECT picky(id) FROM Lap").one(), 1);
}

TEST_F(CreateAggregate, throws_what_its_finish_throws) {
    connection.create_aggregate<LateFailure>("late");
    EXPECT_EQ(message_of<std::length_error>([&] { connection.execute<int>("SELECT late(id) FROM Lap").one(); }),
              "too late");
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM Lap").one(), 5);
}

TEST_F(CreateAggregate, throws_what_came_first_where_a_function_and_the_end_of_a_group_fail) {
    connection.create_aggregate<LateFailure>("late");
    connection.create_function("fails", [](int value) -> int {
        if (value > 2) throw std::out_of_range("first");
        return value;
    });
    EXPECT_EQ(message_of<std::out_of_range>([&] { connection.execute<int>("SELECT late(fails(id)) FROM Lap").one(); }),
              "first");
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM Lap").one(), 5) << "and nothing is left of the other";
}

TEST_F(CreateAggregate, destroys_the_states_of_a_statement_that_is_given_up) {
    connection.create_aggregate<Total>("running");
    connection.create_aggregate<LateWindow>("late");
    {
        auto rows = connection.execute<double>("SELECT running(seconds) OVER (ORDER BY id) FROM Lap");
        EXPECT_EQ(*rows.begin(), 3);
        EXPECT_GT(Total::alive, 0);
    }
    EXPECT_EQ(Total::alive, 0);
    {
        auto rows = connection.execute<int>("SELECT late(id) OVER (ORDER BY id ROWS 1 PRECEDING) FROM Lap");
        EXPECT_EQ(*rows.begin(), 1);
    }
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM Lap").one(), 5);
}

TEST_F(CreateAggregate, is_destroyed_with_the_connection) {
    struct Holder {
        std::shared_ptr<int> held;
        void step(int) {}
        int finish() const { return *held; }
    };
    const auto watched = std::make_shared<int>(7);
    {
        mica::Engine other{"sqlite://"};
        const auto to_other = other.connect();
        to_other.create_aggregate("held", Holder{watched});
        EXPECT_EQ(to_other.execute<int>("SELECT held(1)").one(), 7);
        EXPECT_EQ(watched.use_count(), 2);
    }
    EXPECT_EQ(watched.use_count(), 1);
}

}  // namespace
}  // namespace create_aggregate
