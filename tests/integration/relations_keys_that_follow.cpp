// SPDX-License-Identifier: BSL-1.0
// Relations to rows whose keys are made of their parents' keys, and so become others by what else the flush does.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relations_keys_that_follow {

struct City;
struct CityTag;

struct Country {
    std::string code{};
    mica::HasMany<City> cities{};
    static constexpr auto mapping() { return mica::table("country", mica::primary_key<&Country::code>); }
};

struct Tag {
    std::string name{};
    mica::ManyToMany<City, CityTag> cities{};
    static constexpr auto mapping() { return mica::table("tag", mica::primary_key<&Tag::name>); }
};

struct City {
    std::string country_code{};
    std::int64_t number = 0;
    std::int64_t people = 0;
    mica::BelongsTo<Country> country{};
    mica::ManyToMany<Tag, CityTag> tags{};
    static constexpr auto mapping() {
        return mica::table("city", mica::primary_key<&City::country_code, &City::number>,
                           mica::foreign_key<&City::country_code, &Country::code>.on_update(mica::cascade));
    }
};

struct CityTag {
    std::string country_code{};
    std::int64_t city_number = 0;
    std::string tag_name{};
    static constexpr auto mapping() {
        return mica::table(
            "city_tag", mica::primary_key<&CityTag::country_code, &CityTag::city_number, &CityTag::tag_name>,
            mica::foreign_key_to<City>(mica::from<&CityTag::country_code, &CityTag::city_number>,
                                       mica::to<&City::country_code, &City::number>)
                .on_update(mica::cascade)
                .on_delete(mica::cascade),
            mica::foreign_key<&CityTag::tag_name, &Tag::name>.on_update(mica::cascade).on_delete(mica::cascade));
    }
};

struct Person {
    std::int64_t id = 0;
    std::optional<std::string> home_country{};
    std::optional<std::int64_t> home_number{};
    mica::BelongsTo<City> home{};
    static constexpr auto mapping() {
        return mica::table("person", mica::foreign_key_to<City>(mica::from<&Person::home_country, &Person::home_number>,
                                                                mica::to<&City::country_code, &City::number>)
                                         .on_update(mica::cascade));
    }
};

namespace {

using namespace relations_keys_that_follow;
using mica::Ref;

class RelationsKeysThatFollow : public testing::Test {
protected:
    RelationsKeysThatFollow() {
        engine.create_all<Country, Tag, City, CityTag, Person>();
        session.commit();
    }
    std::string homes() {
        return session
            .execute<std::string>("SELECT coalesce(group_concat(home_country || home_number), '') FROM person")
            .one();
    }
    std::string tagged() {
        return session
            .execute<std::string>("SELECT group_concat(country_code || city_number || tag_name) FROM city_tag")
            .one();
    }
    /// Another row has by now the key that `city` gives up.
    void take_key_of(const Ref<City>& taken) {
        other->country_code = taken->country_code;
        other->number = taken->number;
    }

    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    Ref<Country> norway = session.add(Country{.code = "no"});
    Ref<Country> sweden = session.add(Country{.code = "se"});
    Ref<Tag> tag = session.add(Tag{.name = "old"});
    Ref<City> city = session.add(City{.country_code = "no", .number = 1});
    Ref<City> other = session.add(City{.country_code = "se", .number = 2});
    Ref<Person> person = session.add(Person{});
};

TEST_F(RelationsKeysThatFollow, a_row_is_linked_with_one_that_moves_to_a_new_parent) {
    city->country = session.add(Country{.code = "dk"});
    person->home = city;
    city->tags.add(tag);
    session.commit();
    EXPECT_EQ(person->home_country, "dk");
    EXPECT_FALSE(session.is_modified(person));
    session.commit();
    EXPECT_EQ(homes(), "dk1");
    EXPECT_EQ(tagged(), "dk1old");
}

TEST_F(RelationsKeysThatFollow, a_row_is_linked_with_one_that_moves_while_another_takes_its_key) {
    take_key_of(city);
    city->country = session.add(Country{.code = "dk"});
    person->home = city;
    session.commit();
    session.commit();
    EXPECT_EQ(homes(), "dk1");
    EXPECT_EQ(person->home.get(), city);
}

TEST_F(RelationsKeysThatFollow, a_row_is_linked_with_one_whose_parent_is_renamed) {
    norway->code = "dk";
    person->home = city;
    city->tags.add(tag);
    const Ref<Person> second = session.add(Person{.home = city});
    session.commit();
    EXPECT_EQ(homes(), "dk1,dk1");
    EXPECT_EQ(tagged(), "dk1old");
    EXPECT_EQ(second->home_country, "dk");
}

TEST_F(RelationsKeysThatFollow, a_row_is_linked_with_one_whose_parent_is_renamed_while_another_takes_its_key) {
    norway->code = "dk";
    sweden->code = "no";
    other->number = 1;
    person->home = city;
    session.commit();
    EXPECT_EQ(homes(), "dk1");
    EXPECT_EQ(person->home_country, "dk");
    EXPECT_EQ(person->home.get(), city);
}

TEST_F(RelationsKeysThatFollow, a_rollback_returns_a_collection_of_a_renamed_row_in_its_order) {
    city->tags.add(tag);
    other->tags.add(tag);
    session.commit();
    session.load<&Tag::cities>(tag);
    const std::vector<Ref<City>> before(tag->cities.begin(), tag->cities.end());
    tag->name = "new";
    session.flush();
    EXPECT_EQ((std::vector<Ref<City>>(tag->cities.begin(), tag->cities.end())), before);
    session.rollback();
    EXPECT_EQ((std::vector<Ref<City>>(tag->cities.begin(), tag->cities.end())), before);
}

TEST_F(RelationsKeysThatFollow, a_rollback_leaves_in_a_collection_that_was_read_behind_a_statement_what_is_there) {
    city->tags.add(tag);
    other->tags.add(tag);
    session.commit();
    session.execute("UPDATE city SET people = 1");
    tag->name = "new";
    session.flush();
    session.load<&Tag::cities>(tag);
    session.rollback();
    EXPECT_EQ(tag->name, "old");
    EXPECT_EQ(tag->cities.size(), 2U);
}

}  // namespace
}  // namespace relations_keys_that_follow
