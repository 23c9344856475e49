// SPDX-License-Identifier: BSL-1.0
// A flush of a thousand objects that fails in the middle: what the database holds, what the objects say, what the error
// names, and that the rest of the work goes on.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/page_limit.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace integration_session_failing_thousand {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

constexpr std::size_t thousand = 1000;
constexpr std::size_t middle = 500;

struct Maker {
    std::int64_t id = 0;
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    int power = 0;
    std::int64_t maker = 1;
    std::int64_t revision = 0;
    bool is_cursed = false;
    static constexpr auto mapping() {
        return table("car", unique<&Car::name>, check(col<&Car::power> >= 0), foreign_key<&Car::maker, &Maker::id>,
                     version<&Car::revision>, ignore<&Car::is_cursed>);
    }
};
void refuse_cursed(const Car& car) {
    if (car.is_cursed) throw std::runtime_error("cursed");
}
void before_insert(const Car& car) { refuse_cursed(car); }
void before_update(const Car& car) { refuse_cursed(car); }
void before_remove(const Car& car) { refuse_cursed(car); }

enum class Kind { inserts, updates };

struct FailingThousand : testing::TestWithParam<Kind> {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db")};
    Session session{engine};
    std::vector<Ref<Car>> cars;
    bool is_update = GetParam() == Kind::updates;

    int count(const std::string& condition) {
        return engine.connect().execute<int>("SELECT count(*) FROM car WHERE " + condition).one();
    }
    /// As it was before the flush.
    void expect_nothing_written() {
        EXPECT_EQ(count("power = 7"), 0);
        EXPECT_EQ(count("name = 'gone'"), 1);
        EXPECT_EQ(count("TRUE"), static_cast<int>(is_update ? thousand + 2 : 2));
    }
    void expect_all_pending() {
        EXPECT_EQ(session.plan().size(), thousand + 1);
        for (const auto& car : cars) {
            ASSERT_EQ(car->id == 0, !is_update);
            ASSERT_EQ(car->revision, 0);
            ASSERT_EQ(car->power == 7 || car->power == -1, true);
        }
    }

    /// Spoils the one in the middle, sees two flushes fail, repairs it and finds all written.
    template <class Failure, class Spoil, class Repair>
    void fails_and_recovers(Spoil spoil, Repair repair) {
        spoil(*cars[middle]);
        for (int i = 0; i < 2; ++i) {
            EXPECT_THROW(session.flush(), Failure);
            expect_all_pending();
        }
        EXPECT_THROW(session.commit(), Failure);
        repair(*cars[middle]);
        session.commit();
        EXPECT_EQ(count("power = 7"), static_cast<int>(thousand));
        EXPECT_EQ(count("name = 'gone'"), 0);
        EXPECT_TRUE(session.get<Car>(cars[middle]->id) == cars[middle]);
        EXPECT_TRUE(session.plan().empty());
    }
    /// The same, given up.
    template <class Failure, class Spoil>
    void fails_and_is_rolled_back(Spoil spoil) {
        spoil(*cars[middle]);
        EXPECT_THROW(session.commit(), Failure);
        session.rollback();
        expect_nothing_written();
        EXPECT_TRUE(session.plan().empty());
        for (const auto& car : cars) {
            ASSERT_EQ(car->id == 0, !is_update);
            ASSERT_EQ(session.is_modified(car), false);
            if (is_update) {
                ASSERT_EQ(car->power, 0);
            }
        }
    }

    /// A thousand new cars, or as many changed ones, beside one that is as it should be and one that is to go.
    FailingThousand() {
        engine.create_all<Maker, Car>();
        session.add(Maker{.id = 1});
        session.add(Car{.name = "taken"});
        session.add(Car{.name = "gone"});
        session.commit();
        for (std::size_t i = 0; i < thousand; ++i) cars.push_back(session.add(Car{.name = "n" + std::to_string(i)}));
        if (is_update) session.commit();
        for (const auto& car : cars) car->power = 7;
        const auto off = session.no_autoflush();
        session.remove(session.get<Car>(2));
    }
};

INSTANTIATE_TEST_SUITE_P(Kinds, FailingThousand, testing::Values(Kind::inserts, Kind::updates));

TEST_P(FailingThousand, at_a_unique_constraint) {
    const auto spoil = [](Car& car) { car.name = "taken"; };
    fails_and_recovers<IntegrityError>(spoil, [](Car& car) { car.name = "free"; });
}

TEST_P(FailingThousand, at_a_unique_constraint_rolled_back) {
    fails_and_is_rolled_back<IntegrityError>([](Car& car) { car.name = "taken"; });
}

TEST_P(FailingThousand, at_a_check) {
    fails_and_recovers<IntegrityError>([](Car& car) { car.power = -1; }, [](Car& car) { car.power = 7; });
}

TEST_P(FailingThousand, at_a_check_rolled_back) {
    fails_and_is_rolled_back<IntegrityError>([](Car& car) { car.power = -1; });
}

TEST_P(FailingThousand, at_a_foreign_key) {
    fails_and_recovers<IntegrityError>([](Car& car) { car.maker = 99; }, [](Car& car) { car.maker = 1; });
}

TEST_P(FailingThousand, at_a_foreign_key_rolled_back) {
    fails_and_is_rolled_back<IntegrityError>([](Car& car) { car.maker = 99; });
}

TEST_P(FailingThousand, at_a_hook) {
    fails_and_recovers<std::runtime_error>([](Car& car) { car.is_cursed = true; },
                                           [](Car& car) { car.is_cursed = false; });
}

TEST_P(FailingThousand, at_a_hook_rolled_back) {
    fails_and_is_rolled_back<std::runtime_error>([](Car& car) { car.is_cursed = true; });
}

TEST_P(FailingThousand, at_a_full_disk) {
    session.rollback();
    cars.clear();
    const int pages = engine.connect().execute<int>("PRAGMA page_count").one();
    mica::test::limit_pages(engine, pages + 20);
    for (std::size_t i = 0; i < thousand; ++i) {
        cars.push_back(session.add(Car{.name = "big " + std::to_string(i), .power = 7}));
    }
    cars[middle]->name += std::string(1'000'000, 'x');
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(caught<OperationalError>([&] { session.commit(); }).is_full());
        EXPECT_EQ(count("power = 7"), 0);
        EXPECT_EQ(session.plan().size(), thousand);
        for (const auto& car : cars) ASSERT_EQ(car->id, 0);
    }
    cars[middle]->name = "small";
    mica::test::limit_pages(engine, 100000);
    session.commit();
    EXPECT_EQ(count("power = 7"), static_cast<int>(thousand));
}

TEST_P(FailingThousand, at_a_unique_constraint_names_the_row) {
    cars[middle]->name = "taken";
    const auto failure = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_EQ(failure.kind(), IntegrityError::unique);
    EXPECT_EQ(failure.table(), "car");
    EXPECT_EQ(failure.columns(), Texts{"name"});
    const std::string text = failure.what();
    const std::string place = is_update ? R"(on updating row 503 of table "car", column "name")"
                                        : R"(on inserting a new row of table "car", column "name")";
    EXPECT_NE(text.find("UNIQUE constraint failed: car.name, " + place), std::string::npos) << text;
}

TEST_P(FailingThousand, at_a_foreign_key_names_the_row) {
    cars[middle]->maker = 99;
    const auto failure = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_EQ(failure.kind(), IntegrityError::foreign_key);
    EXPECT_EQ(failure.table(), "car");
    EXPECT_EQ(failure.columns(), Texts{"maker"});
    EXPECT_NE(std::string{failure.what()}.find(R"(of table "car", column "maker")"), std::string::npos);
}

TEST_P(FailingThousand, at_a_check_names_the_row) {
    cars[middle]->power = -1;
    const auto failure = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_EQ(failure.kind(), IntegrityError::check);
    EXPECT_EQ(failure.table(), "car");
    EXPECT_NE(std::string{failure.what()}.find(is_update ? "on updating row 503" : "on inserting a new row"),
              std::string::npos);
}

TEST_P(FailingThousand, inside_of_a_savepoint_undoes_that_only) {
    const auto bad = [&] {
        session.nested([&] {
            for (const auto& car : cars) car->power = 8;
            cars[middle]->power = -1;
        });
    };
    EXPECT_EQ(caught<IntegrityError>(bad).kind(), IntegrityError::check);
    for (const auto& car : cars) ASSERT_EQ(car->power, 7);
    session.commit();
    EXPECT_EQ(count("power = 7"), static_cast<int>(thousand));
    EXPECT_EQ(count("name = 'gone'"), 0);
}

}  // namespace integration_session_failing_thousand
