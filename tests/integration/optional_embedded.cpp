// SPDX-License-Identifier: BSL-1.0
// An embedded object in a std::optional: it is missing where all of its columns are NULL.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace optional_embedded {

using namespace mica;
using mica::test::caught;

struct Country {
    std::string code;
    std::optional<std::string> name{};
};
struct Address {
    std::string city;
    std::optional<std::string> street{};
    std::optional<Country> country{};
};
struct Person {
    std::int64_t id = 0;
    std::optional<Address> home{};
    std::string name;
};

struct People : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("people.db")};

    People() {
        const Connection connection = engine.connect();
        connection.create_all<Person>();
        connection.insert(
            Person{.id = 1, .home = Address{.city = "Rome", .country = Country{.code = "it"}}, .name = "a"});
        connection.insert(Person{.id = 2, .name = "b"});
    }
};
struct OptionalEmbedded : People {
    Connection connection = engine.connect();

    std::string stored(const std::string& expression) {
        return connection.execute<std::string>("SELECT group_concat(" + expression + ") FROM \"Person\"").scalar();
    }
};
struct OptionalEmbeddedInSession : People {
    Session session{engine};

    std::string stored(const std::string& expression) {
        return session.execute<std::string>("SELECT group_concat(" + expression + ") FROM \"Person\"").scalar();
    }
};

TEST_F(OptionalEmbedded, columns_can_be_null) {
    EXPECT_EQ(
        ddl<Person>,
        R"(CREATE TABLE "Person" ("id" INTEGER PRIMARY KEY, "home_city" TEXT, )"
        R"("home_street" TEXT, "home_country_code" TEXT, "home_country_name" TEXT, "name" TEXT NOT NULL) STRICT)");
}

TEST_F(OptionalEmbedded, that_is_missing_is_null_in_all_columns) {
    EXPECT_EQ(stored("coalesce(home_city, '-') || coalesce(home_country_code, '-')"), "Romeit,--");
}

TEST_F(OptionalEmbedded, comes_back_as_it_was) {
    const std::vector<Person> all = connection.all(select<Person>());
    ASSERT_TRUE(all[0].home);
    EXPECT_EQ(all[0].home->city, "Rome");
    EXPECT_EQ(all[0].home->street, std::nullopt);
    ASSERT_TRUE(all[0].home->country);
    EXPECT_EQ(all[0].home->country->code, "it");
    EXPECT_EQ(all[0].name, "a");
    EXPECT_FALSE(all[1].home);
    EXPECT_EQ(all[1].name, "b");
}

TEST_F(OptionalEmbedded, can_miss_an_object_within) {
    connection.insert(Person{.id = 3, .home = Address{.city = "Oslo"}, .name = "c"});
    const Person person = connection.one(select<Person>().where(col<&Person::id> == 3));
    ASSERT_TRUE(person.home);
    EXPECT_FALSE(person.home->country);
}

TEST_F(OptionalEmbedded, of_which_a_field_is_null_that_cannot_be_is_a_data_error) {
    connection.execute(R"(UPDATE "Person" SET home_city = NULL)");
    const auto error = caught<DataError>([&] { connection.all(select<Person>()); });
    EXPECT_TRUE(std::string{error.what()}.find(R"("Person"."home_city" of rowid 1)") != std::string::npos)
        << error.what();
}

TEST_F(OptionalEmbedded, has_columns_whose_values_are_optional) {
    constexpr auto city = col<&Person::home, &Address::city>;
    static_assert(std::is_same_v<decltype(connection.scalar(select(city))), std::optional<std::string>>);
    EXPECT_EQ(connection.scalar(select(city).where(city == "Rome")), "Rome");
    EXPECT_EQ(connection.scalar(select(col<&Person::name>).where(city.is_null())), "b");
    EXPECT_EQ(connection.scalar(select(col<&Person::name>).where(city == std::nullopt)), "b");
    EXPECT_EQ(connection.scalar(
                  select(col<&Person::name>).where(col<&Person::home, &Address::country, &Country::code> == "it")),
              "a");
}

TEST_F(OptionalEmbedded, is_set_by_its_columns) {
    connection.execute(update<Person>().set(col<&Person::home, &Address::city> = "Bern").where(col<&Person::id> == 2));
    EXPECT_EQ(stored("home_city"), "Rome,Bern");
    connection.execute(update<Person>()
                           .set(col<&Person::home, &Address::city> = std::nullopt,
                                col<&Person::home, &Address::country, &Country::code> = std::nullopt)
                           .where(col<&Person::id> == 1));
    EXPECT_FALSE(connection.one(select<Person>().where(col<&Person::id> == 1)).home);
}

TEST_F(OptionalEmbedded, is_updated_with_its_object) {
    std::vector<Person> all = connection.all(select<Person>());
    std::swap(all[0].home, all[1].home);
    connection.update(all);
    EXPECT_EQ(stored("coalesce(home_city, '-')"), "-,Rome");
    all[0].home = Address{.city = "Bonn"};
    connection.upsert(all[0]);
    EXPECT_EQ(stored("coalesce(home_city, '-')"), "Bonn,Rome");
}

TEST_F(OptionalEmbeddedInSession, is_written_where_it_has_come_or_gone_or_changed) {
    const auto one = session.get<Person>(1);
    const auto two = session.get<Person>(2);
    EXPECT_FALSE(session.is_modified(one));
    EXPECT_FALSE(session.is_modified(two));
    one->home.reset();
    two->home = Address{.city = "Kyiv"};
    EXPECT_TRUE(session.is_modified(one));
    EXPECT_TRUE(session.is_modified(two));
    session.commit();
    EXPECT_EQ(stored("coalesce(home_city, '-') || coalesce(home_country_code, '-')"), "--,Kyiv-");
    two->home->city = "Lviv";
    session.commit();
    EXPECT_EQ(stored("home_city"), "Lviv");
}

TEST_F(OptionalEmbeddedInSession, is_as_it_was_after_a_rollback) {
    const auto one = session.get<Person>(1);
    const auto two = session.get<Person>(2);
    one->home.reset();
    two->home = Address{.city = "Kyiv"};
    session.flush();
    session.rollback();
    ASSERT_TRUE(one->home);
    EXPECT_EQ(one->home->city, "Rome");
    EXPECT_FALSE(two->home);
}

TEST_F(OptionalEmbeddedInSession, is_found_by_its_columns) {
    const auto person = session.query<Person>().where(col<&Person::home, &Address::city> == "Rome").one();
    EXPECT_EQ(person->name, "a");
    session.query<Person>()
        .where(col<&Person::home, &Address::city>.is_null())
        .update(col<&Person::home, &Address::city> = "Oslo");
    EXPECT_EQ(session.get<Person>(2)->home->city, "Oslo");
}

struct Place {
    std::optional<std::string> city;
    std::optional<Country> country;
};

TEST_F(OptionalEmbedded, is_read_into_another_struct_from_columns_that_can_be_null) {
    const auto places =
        connection.all(select(col<&Person::home, &Address::city>, col<&Person::home, &Address::country, &Country::code>,
                              col<&Person::home, &Address::country, &Country::name>)
                           .into<Place>());
    EXPECT_EQ(places[0].country->code, "it");
    EXPECT_FALSE(places[1].country);
}

TEST_F(OptionalEmbedded, is_missing_with_the_row_of_an_outer_join) {
    constexpr auto other = alias<Person, "other">;
    const auto rows = connection.all(
        select<Person>().left_join(other, other.col<&Person::id> == col<&Person::id> + 1).order_by(col<&Person::id>));
    EXPECT_EQ(rows.size(), 2U);
    EXPECT_TRUE(rows[0].home);
}

}  // namespace optional_embedded
