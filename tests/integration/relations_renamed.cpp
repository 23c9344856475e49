// SPDX-License-Identifier: BSL-1.0
// A parent whose primary key changes: what ON UPDATE makes of the rows is followed by the objects.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace relations_renamed {

struct City;
struct Street;
struct Club;

struct Country {
    std::string code{};
    mica::HasMany<City> cities{};
    mica::HasMany<Club> clubs{};
    static constexpr auto mapping() { return mica::table("country", mica::primary_key<&Country::code>); }
};

/// Its key has the country's in it.
struct City {
    std::string country{};
    std::string name{};
    mica::BelongsTo<Country> of{};
    mica::HasMany<Street> streets{};
    static constexpr auto mapping() {
        return mica::table(
            "city", mica::primary_key<&City::country, &City::name>,
            mica::foreign_key<&City::country, &Country::code>.on_update(mica::cascade).on_delete(mica::cascade));
    }
};

struct Street {
    std::int64_t id = 0;
    std::string country{};
    std::string city{};
    mica::BelongsTo<City> of{};
    static constexpr auto mapping() {
        return mica::table("street", mica::foreign_key_to<City>(mica::from<&Street::country, &Street::city>,
                                                                mica::to<&City::country, &City::name>)
                                         .on_update(mica::cascade)
                                         .on_delete(mica::cascade));
    }
};

struct Club {
    std::int64_t id = 0;
    std::optional<std::string> country{};
    mica::BelongsTo<Country> of{};
    static constexpr auto mapping() {
        return mica::table("club", mica::foreign_key<&Club::country, &Country::code>.on_update(mica::set_null));
    }
};

/// Refuses that its country's key changes.
struct Treaty {
    std::int64_t id = 0;
    std::string country{};
    static constexpr auto mapping() {
        return mica::table("treaty", mica::foreign_key<&Treaty::country, &Country::code>);
    }
};

namespace {

using namespace relations_renamed;
using mica::Ref;
using mica::test::caught;

struct RelationsRenamed : testing::Test {
    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    Ref<Country> germany;
    Ref<Country> italy;
    Ref<City> bonn;
    Ref<City> rome;
    Ref<Street> street;
    Ref<Club> club;

    RelationsRenamed() {
        engine.create_all<Country, City, Street, Club, Treaty>();
        germany = session.add(Country{.code = "d"});
        italy = session.add(Country{.code = "i"});
        bonn = germany->cities.add(City{.name = "Bonn"});
        rome = italy->cities.add(City{.name = "Rome"});
        street = bonn->streets.add(Street{});
        club = germany->clubs.add(Club{});
        session.commit();
        EXPECT_EQ(stored(), "d i, d-Bonn i-Rome, d-Bonn, d");
    }

    std::string stored() {
        return engine.connect()
            .execute<std::string>(
                "SELECT (SELECT group_concat(code, ' ') FROM country) || ', ' || (SELECT group_concat(country || '-' "
                "|| name, ' ') FROM (SELECT * FROM city ORDER BY 1, 2)) || ', ' || (SELECT group_concat(country || '-' "
                "|| city, ' ') FROM street) || "
                "', ' || (SELECT ifnull(country, '-') FROM club)")
            .one();
    }
};

TEST_F(RelationsRenamed, children_and_their_children_follow) {
    germany->code = "de";
    session.flush();
    EXPECT_EQ(bonn->country, "de");
    EXPECT_TRUE(bonn->of.get() == germany);
    EXPECT_EQ(street->country, "de");
    EXPECT_TRUE(street->of.get() == bonn);
    EXPECT_EQ(club->country, std::nullopt);
    EXPECT_FALSE(club->of);
    EXPECT_TRUE(germany->clubs.empty());
    EXPECT_EQ(germany->cities.size(), 1U);
    EXPECT_TRUE(session.get<City>("de", "Bonn") == bonn);
    EXPECT_FALSE(session.get<City>("d", "Bonn"));
    EXPECT_TRUE(session.plan().empty());
    session.commit();
    EXPECT_EQ(stored(), "de i, de-Bonn i-Rome, de-Bonn, -");
}

TEST_F(RelationsRenamed, they_can_be_changed_and_loaded_afterwards) {
    germany->code = "de";
    session.flush();
    session.load<&City::of>(bonn);
    EXPECT_TRUE(bonn->of.get() == germany);
    bonn->name = "Bonn am Rhein";
    rome->of = germany;
    session.commit();
    EXPECT_EQ(stored(), "de i, de-Bonn am Rhein de-Rome, de-Bonn am Rhein, -");
    EXPECT_EQ(street->city, "Bonn am Rhein");
    EXPECT_EQ(germany->cities.size(), 2U);
}

TEST_F(RelationsRenamed, rollback_takes_it_back) {
    germany->code = "de";
    session.flush();
    session.rollback();
    EXPECT_EQ(germany->code, "d");
    EXPECT_EQ(bonn->country, "d");
    EXPECT_EQ(street->country, "d");
    EXPECT_EQ(club->country, "d");
    EXPECT_TRUE(club->of.get() == germany);
    EXPECT_EQ(germany->clubs.size(), 1U);
    EXPECT_TRUE(session.get<City>("d", "Bonn") == bonn);
    EXPECT_TRUE(session.plan().empty());
}

TEST_F(RelationsRenamed, a_savepoint_takes_it_back) {
    auto savepoint = session.begin_nested();
    germany->code = "de";
    session.flush();
    savepoint.rollback();
    EXPECT_EQ(street->country, "d");
    EXPECT_TRUE(street->of.get() == bonn);
    EXPECT_TRUE(bonn->of.get() == germany);
    EXPECT_TRUE(club->of.get() == germany);
    EXPECT_EQ(germany->clubs.size(), 1U);
    session.commit();
    EXPECT_EQ(stored(), "d i, d-Bonn i-Rome, d-Bonn, d");
}

TEST_F(RelationsRenamed, a_child_that_comes_in_the_same_flush_gets_the_new_key) {
    germany->code = "de";
    rome->of = germany;
    germany->cities.add(City{.name = "Ulm"});
    session.commit();
    EXPECT_EQ(stored(), "de i, de-Bonn de-Rome de-Ulm, de-Bonn, -");
    EXPECT_EQ(rome->country, "de");
    EXPECT_EQ(germany->cities.size(), 3U);
}

TEST_F(RelationsRenamed, a_child_that_leaves_in_the_same_flush_leaves_its_collection) {
    germany->code = "de";
    club->of = italy;
    session.flush();
    EXPECT_TRUE(germany->clubs.empty());
    EXPECT_EQ(italy->clubs.size(), 1U);
    session.commit();
    EXPECT_EQ(stored(), "de i, de-Bonn i-Rome, de-Bonn, i");
}

TEST_F(RelationsRenamed, a_savepoint_takes_those_out_that_came_under_the_other_key) {
    auto savepoint = session.begin_nested();
    germany->code = "de";
    rome->of = germany;
    session.flush();
    savepoint.rollback();
    EXPECT_EQ(germany->cities.size(), 1U);
    EXPECT_EQ(italy->cities.size(), 1U);
    EXPECT_TRUE(rome->of.get() == italy);
}

TEST_F(RelationsRenamed, where_the_database_refuses_everything_stays_pending) {
    const auto treaty = session.add(Treaty{.country = "d"});
    session.commit();
    germany->code = "de";
    const auto ulm = germany->cities.add(City{.name = "Ulm"});
    EXPECT_EQ(caught<mica::IntegrityError>([&] { session.commit(); }).kind(), mica::IntegrityError::foreign_key);
    EXPECT_EQ(germany->code, "de");
    EXPECT_EQ(bonn->country, "d");
    EXPECT_EQ(ulm->country, "");
    EXPECT_EQ(germany->cities.size(), 2U);
    session.remove(treaty);
    session.commit();
    EXPECT_EQ(stored(), "de i, de-Bonn de-Ulm i-Rome, de-Bonn, -");
    EXPECT_EQ(bonn->country, "de");
}

}  // namespace
}  // namespace relations_renamed
