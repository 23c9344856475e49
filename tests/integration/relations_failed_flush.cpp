// SPDX-License-Identifier: BSL-1.0
// A flush with parents, children and rows of associations that fails in its middle: the database is as before, what is
// pending is intact, and once the cause is gone everything is written.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/page_limit.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace relations_failed_flush {

struct Car;
struct Wheel;
struct Race;
struct Entry;

/// What a hook refuses: a race of this name.
inline std::string refused;

struct Team {
    std::int64_t id = 0;
    std::string name{};
    mica::HasMany<Car> cars{};
    static constexpr auto mapping() { return mica::table("team", mica::unique<&Team::name>); }
};

struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> team_id{};
    mica::BelongsTo<Team> team{};
    mica::HasMany<Wheel, mica::owned> wheels{};
    mica::ManyToMany<Race, Entry> races{};
    static constexpr auto mapping() { return mica::table("car", mica::foreign_key<&Car::team_id, &Team::id>); }
};

struct Wheel {
    std::int64_t id = 0;
    int size = 0;
    std::int64_t car_id = 0;
    mica::BelongsTo<Car> car{};
    static constexpr auto mapping() {
        return mica::table("wheel", mica::foreign_key<&Wheel::car_id, &Car::id>,
                           mica::check(mica::col<&Wheel::size> >= 0));
    }
};

struct Race {
    std::int64_t id = 0;
    std::string name{};
    int seen = 0;  ///< by the hook
    mica::ManyToMany<Car, Entry> cars{};
    static constexpr auto mapping() { return mica::table("race"); }
    void before_insert() {
        ++seen;
        if (name == refused) throw std::runtime_error("no such race");
    }
};

struct Entry {
    std::int64_t id = 0;
    std::int64_t car_id = 0;
    std::int64_t race_id = 0;
    static constexpr auto mapping() {
        return mica::table("entry", mica::unique<&Entry::car_id, &Entry::race_id>,
                           mica::foreign_key<&Entry::car_id, &Car::id>, mica::foreign_key<&Entry::race_id, &Race::id>);
    }
};

namespace {

using namespace relations_failed_flush;
using mica::Ref;
using mica::test::caught;
using Texts = std::vector<std::string>;

template <class Objects>
std::string names(const Objects& objects) {
    std::string text;
    for (const auto& object : objects) text += (text.empty() ? "" : " ") + object->name;
    return text;
}

/// A session with a change of each kind: a new parent that takes an old child, new children, owned ones that go and
/// come, association rows that go and come, to new objects and to old ones.
struct RelationsFailedFlush : testing::Test {
    mica::test::TemporaryDirectory directory;
    mica::Engine engine{"sqlite:///" + directory.file("cars.db")};
    mica::Session session{engine};
    Ref<Team> old_team;
    Ref<Car> old_car;
    Ref<Race> old_race;
    Ref<Wheel> old_wheel;
    Ref<Team> team;
    Ref<Car> car;
    Ref<Race> race;
    Ref<Wheel> wheel;

    RelationsFailedFlush() {
        refused.clear();
        engine.create_all<Team, Car, Wheel, Race, Entry>();
        mica::test::limit_pages(engine, 24);
        old_team = session.add(Team{.name = "old"});
        old_car = old_team->cars.add(Car{.name = "old"});
        old_race = old_car->races.add(Race{.name = "old"});
        old_wheel = old_car->wheels.add(Wheel{.size = 15});
        session.commit();
        EXPECT_EQ(stored(), before);
        team = session.add(Team{.name = "new"});
        team->cars.add(old_car);
        car = team->cars.add(Car{.name = "new"});
        race = car->races.add(Race{.name = "new"});
        old_race->cars.add(car);
        old_car->races.remove(old_race);
        wheel = car->wheels.add(Wheel{.size = 16});
        car->wheels.add(Wheel{.size = 17});
        old_car->wheels.remove(old_wheel);
    }

    const Texts before{"team old", "car old of old", "wheel 15 of old", "race old", "old in old"};
    const Texts after{"team old",        "team new", "car old of new", "car new of new", "wheel 16 of new",
                      "wheel 17 of new", "race old", "race new",       "new in new",     "new in old"};

    Texts stored() {
        return engine.connect()
            .execute<std::string>(
                "SELECT * FROM (SELECT 'team ' || name FROM team ORDER BY id) UNION ALL "
                "SELECT * FROM (SELECT 'car ' || car.name || ' of ' || team.name FROM car JOIN team ON team_id = "
                "team.id ORDER BY car.id) UNION ALL "
                "SELECT * FROM (SELECT 'wheel ' || size || ' of ' || name FROM wheel JOIN car ON car_id = car.id ORDER "
                "BY size) UNION ALL "
                "SELECT * FROM (SELECT 'race ' || substr(name, 1, 10) FROM race ORDER BY id) UNION ALL "
                "SELECT * FROM (SELECT car.name || ' in ' || race.name FROM entry JOIN car ON car_id = car.id JOIN "
                "race ON race_id = race.id ORDER BY 1)")
            .all();
    }

    void expect_everything_pending() {
        EXPECT_EQ(names(team->cars), "old new");
        EXPECT_EQ(names(old_team->cars), "old") << "follows at the flush";
        EXPECT_EQ(names(car->races), "new");
        EXPECT_EQ(names(old_race->cars), "old new");
        EXPECT_TRUE(old_car->races.empty());
        EXPECT_TRUE(old_car->wheels.empty());
        ASSERT_EQ(car->wheels.size(), 2U);
        EXPECT_TRUE(car->wheels[0] == wheel);
        EXPECT_EQ(old_car->team_id, 1) << "the key of the last commit";
        EXPECT_EQ(car->team_id, std::nullopt);
        EXPECT_EQ(wheel->car_id, 0);
        EXPECT_EQ(team->id, 0);
        EXPECT_EQ(car->id, 0);
        EXPECT_EQ(wheel->id, 0);
        EXPECT_EQ(race->seen, 0) << "what the hook had changed";
        EXPECT_FALSE(session.plan().empty());
        EXPECT_TRUE(session.is_modified(team));
    }

    void expect_everything_written() {
        EXPECT_EQ(stored(), after);
        EXPECT_TRUE(session.plan().empty());
        EXPECT_EQ(names(team->cars), "old new");
        EXPECT_TRUE(old_team->cars.empty());
        EXPECT_EQ(names(old_race->cars), "new");
        EXPECT_EQ(names(race->cars), "new");
        EXPECT_TRUE(old_car->races.empty());
        EXPECT_EQ(old_car->team_id, team->id);
        EXPECT_TRUE(car->team.get() == team);
        EXPECT_TRUE(wheel->car.get() == car);
        EXPECT_EQ(wheel->car_id, car->id);
        EXPECT_TRUE(session.get<Car>(car->id) == car);
    }

    /// Fails twice, is cured and then writes all.
    template <class Expected, class Cure>
    void fails_and_recovers(Cure cure) {
        for (int i = 0; i < 2; ++i) {
            EXPECT_THROW(session.commit(), Expected);
            expect_everything_pending();
        }
        cure();
        session.commit();
        expect_everything_written();
    }

    template <class Expected>
    void fails_and_is_rolled_back() {
        EXPECT_THROW(session.commit(), Expected);
        session.rollback();
        EXPECT_EQ(stored(), before);
        EXPECT_EQ(names(old_team->cars), "old");
        EXPECT_EQ(names(old_car->races), "old");
        EXPECT_EQ(names(old_race->cars), "old");
        ASSERT_EQ(old_car->wheels.size(), 1U);
        EXPECT_TRUE(old_car->wheels[0] == old_wheel);
        EXPECT_TRUE(old_car->team.get() == old_team);
        EXPECT_EQ(team->id, 0);
        EXPECT_TRUE(session.plan().empty());
        session.commit();
        EXPECT_EQ(stored(), before);
    }

    Ref<Race> too_big() { return car->races.add(Race{.name = std::string(1'000'000, 'x')}); }
};

TEST_F(RelationsFailedFlush, nothing_fails) {
    session.commit();
    expect_everything_written();
}

TEST_F(RelationsFailedFlush, unique_violation_of_a_parent) {
    const auto twin = session.add(Team{.name = "new"});
    fails_and_recovers<mica::IntegrityError>([&] { session.remove(twin); });
}
TEST_F(RelationsFailedFlush, unique_violation_rolled_back) {
    session.add(Team{.name = "new"});
    fails_and_is_rolled_back<mica::IntegrityError>();
}

TEST_F(RelationsFailedFlush, check_violation_of_a_child) {
    wheel->size = -1;
    fails_and_recovers<mica::IntegrityError>([&] { wheel->size = 16; });
}
TEST_F(RelationsFailedFlush, check_violation_rolled_back) {
    wheel->size = -1;
    fails_and_is_rolled_back<mica::IntegrityError>();
}

TEST_F(RelationsFailedFlush, unique_violation_of_an_association) {
    const auto twin = session.add(Entry{.car_id = 1, .race_id = 1});
    old_car->races.add(old_race);  // its row is still there
    EXPECT_THROW(session.commit(), mica::IntegrityError);
    old_car->races.remove(old_race);
    session.remove(twin);
    expect_everything_pending();
    session.commit();
    expect_everything_written();
}

TEST_F(RelationsFailedFlush, foreign_key_violation_of_a_removed_parent) {
    session.remove(old_race);
    const auto last = session.add(Entry{.car_id = 1, .race_id = 1});
    EXPECT_EQ(caught<mica::IntegrityError>([&] { session.commit(); }).kind(), mica::IntegrityError::foreign_key);
    expect_everything_pending();
    session.remove(last);
    session.commit();
    EXPECT_EQ(session.query<Entry>().count(), 1) << "a removed race takes its entries along";
    EXPECT_EQ(names(session.query<Race>().all()), "new");
}

TEST_F(RelationsFailedFlush, exception_in_a_hook) {
    refused = "new";
    fails_and_recovers<std::runtime_error>([] { refused.clear(); });
    EXPECT_EQ(race->seen, 1);
}
TEST_F(RelationsFailedFlush, exception_in_a_hook_rolled_back) {
    refused = "new";
    fails_and_is_rolled_back<std::runtime_error>();
}
TEST_F(RelationsFailedFlush, exception_in_a_hook_behind_a_query) {
    refused = "new";
    EXPECT_THROW(session.query<Race>().all(), std::runtime_error);
    expect_everything_pending();
    refused.clear();
    EXPECT_EQ(session.query<Race>().count(), 2);
    session.commit();
    expect_everything_written();
}

TEST_F(RelationsFailedFlush, exception_of_a_listener) {
    {
        const auto token = session.on_before_flush([] { throw std::runtime_error("not now"); });
        EXPECT_THROW(session.commit(), std::runtime_error);
        expect_everything_pending();
    }
    session.commit();
    expect_everything_written();
}

TEST_F(RelationsFailedFlush, full_disk) {
    const auto big = too_big();
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(caught<mica::OperationalError>([&] { session.commit(); }).is_full());
        EXPECT_FALSE(session.in_transaction());
        EXPECT_EQ(stored(), before);
        car->races.remove(big);
        expect_everything_pending();
        car->races.add(big);
    }
    car->races.remove(big);
    session.commit();
    expect_everything_written();
}
TEST_F(RelationsFailedFlush, full_disk_rolled_back) {
    too_big();
    fails_and_is_rolled_back<mica::OperationalError>();
}

TEST_F(RelationsFailedFlush, full_disk_behind_a_flush_leaves_both_to_be_written) {
    session.flush();
    const auto later = old_car->races.add(Race{.name = "later"});
    const auto third = team->cars.add(Car{.name = "third"});
    const auto big = session.add(Race{.name = std::string(1'000'000, 'x')});
    EXPECT_TRUE(caught<mica::OperationalError>([&] { session.flush(); }).is_full());
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(stored(), before);
    EXPECT_EQ(names(team->cars), "old new third");
    EXPECT_EQ(names(old_car->races), "later");
    old_car->races.remove(later);
    team->cars.remove(third);
    session.remove(big);
    session.commit();
    expect_everything_written();
}
TEST_F(RelationsFailedFlush, full_disk_behind_a_flush_rolled_back) {
    session.flush();
    too_big();
    fails_and_is_rolled_back<mica::OperationalError>();
}

TEST_F(RelationsFailedFlush, full_disk_behind_a_flush_and_a_child_that_leaves_what_it_came_to) {
    session.flush();
    old_car->team.reset();
    const auto big = session.add(Race{.name = std::string(1'000'000, 'x')});
    EXPECT_TRUE(caught<mica::OperationalError>([&] { session.flush(); }).is_full());
    session.remove(big);
    session.flush();
    EXPECT_EQ(names(team->cars), "new");
    EXPECT_TRUE(old_team->cars.empty());
}

TEST_F(RelationsFailedFlush, full_disk_behind_a_flush_and_a_removal_of_what_it_had_written) {
    session.flush();
    session.remove(car);
    const auto big = session.add(Race{.name = std::string(1'000'000, 'x')});
    EXPECT_TRUE(caught<mica::OperationalError>([&] { session.flush(); }).is_full());
    session.remove(big);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"team old", "team new", "car old of new", "race old", "race new"}))
        << "its wheels and entries went with it";
    EXPECT_EQ(names(team->cars), "old");
    EXPECT_TRUE(race->cars.empty());
}

TEST_F(RelationsFailedFlush, full_disk_rolled_back_and_what_was_loaded_before_it) {
    session.flush();
    session.load<&Team::cars>(old_team);
    session.load<&Team::cars>(team);
    session.load<&Race::cars>(old_race);
    too_big();
    fails_and_is_rolled_back<mica::OperationalError>();
}

TEST_F(RelationsFailedFlush, inside_a_savepoint_only_its_part_is_given_up) {
    EXPECT_THROW(session.nested([&] {
        team->cars.remove(old_car);
        car->wheels.remove(wheel);
        old_race->cars.remove(car);
        session.add(Team{.name = "new"});
    }),
                 mica::IntegrityError);
    session.commit();
    expect_everything_written();
}

}  // namespace
}  // namespace relations_failed_flush
