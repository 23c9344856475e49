// SPDX-License-Identifier: BSL-1.0
// Relations over keys that are more than one integer: composite, text, optional, referencing a unique column.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace relations_keys {

struct Shelf;

struct Shop {
    std::string city{};
    std::int32_t number = 0;
    mica::HasMany<Shelf> shelves{};

    static constexpr auto mapping() { return mica::table("shop", mica::primary_key<&Shop::city, &Shop::number>); }
};

struct Shelf {
    std::int64_t id = 0;
    std::string label{};
    std::optional<std::int64_t> shop_number{};
    std::optional<std::string> shop_city{};
    mica::BelongsTo<Shop> shop{};

    static constexpr auto mapping() {
        return mica::table("shelf", mica::foreign_key_to<Shop>(mica::from<&Shelf::shop_city, &Shelf::shop_number>,
                                                               mica::to<&Shop::city, &Shop::number>));
    }
};

struct City;

struct Country {
    std::int64_t id = 0;
    std::string code{};
    mica::HasMany<City> cities{};

    static constexpr auto mapping() { return mica::table("country", mica::unique<&Country::code>); }
};

/// References a unique column that is not the primary key.
struct City {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::string> country_code{};
    mica::BelongsTo<Country> country{};

    static constexpr auto mapping() {
        return mica::table("city", mica::foreign_key<&City::country_code, &Country::code>);
    }
};

namespace {

using namespace relations_keys;

struct RelationsKeys : testing::Test {
    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    RelationsKeys() {
        engine.create_all<Shop, Shelf, Country, City>();
        auto connection = engine.connect();
        connection.execute("INSERT INTO shop VALUES ('Bonn', 1), ('Bonn', 2), ('Rome', 1)");
        connection.execute(
            "INSERT INTO shelf VALUES (1, 'a', 1, 'Bonn'), (2, 'b', 1, 'Rome'), (3, 'c', 1, 'Bonn'), (4, 'd', 2, "
            "NULL)");
        connection.execute("INSERT INTO country VALUES (1, 'de'), (2, 'it')");
        connection.execute("INSERT INTO city VALUES (1, 'Bonn', 'de'), (2, 'Rome', 'it'), (3, 'Atlantis', NULL)");
    }
    std::string read(const char* sql) {
        std::string text;
        for (const std::string& each : engine.connect().execute<std::string>(sql).all()) text += each + " ";
        return text;
    }
    std::string shelves() {
        return read("SELECT label || ifnull(shop_city, '-') || ifnull(shop_number, '-') FROM shelf ORDER BY id");
    }
};

TEST_F(RelationsKeys, a_composite_key_loads_both_ways) {
    const auto shops = session.query<Shop>().with<&Shop::shelves>().order_by(mica::col<&Shop::city>).all();
    EXPECT_EQ(shops[0]->shelves.size(), 2U);
    EXPECT_EQ(shops[1]->shelves.size(), 0U);
    EXPECT_EQ(shops[2]->shelves[0]->label, "b");
    session.clear();
    const auto all = session.query<Shelf>().with<&Shelf::shop>().all();
    EXPECT_EQ(all[1]->shop->city, "Rome");
    EXPECT_TRUE(all[0]->shop.get() == all[2]->shop.get());
    EXPECT_FALSE(all[3]->shop);
}

TEST_F(RelationsKeys, a_composite_key_is_written) {
    const auto rome = session.query<Shop>().with<&Shop::shelves>().get("Rome", 1);
    rome->shelves.add(session.get<Shelf>(1));
    rome->shelves.remove(session.get<Shelf>(2));
    session.get<Shelf>(4)->shop = Shop{.city = "Oslo", .number = 7};
    session.commit();
    EXPECT_EQ(shelves(), "aRome1 b-- cBonn1 dOslo7 ");
}

TEST_F(RelationsKeys, a_key_of_the_programs_own_is_known_at_once) {
    const auto oslo = session.add(Shop{.city = "Oslo", .number = 1});
    oslo->shelves.add(Shelf{.label = "new"});
    session.commit();
    EXPECT_EQ(shelves(), "aBonn1 bRome1 cBonn1 d-2 newOslo1 ");
}

TEST_F(RelationsKeys, a_unique_column_may_be_what_is_referenced) {
    const auto countries = session.query<Country>().with<&Country::cities>().all();
    EXPECT_EQ(countries[1]->cities[0]->name, "Rome");
    const auto lost = session.query<City>().with<&City::country>().get(3);
    EXPECT_FALSE(lost->country);
    lost->country = countries[0];
    session.flush();
    EXPECT_EQ(lost->country_code, "de");
    EXPECT_EQ(countries[0]->cities.size(), 2U);
    countries[0]->cities.remove(lost);
    countries[1]->cities.add(lost);
    session.flush();
    EXPECT_EQ(lost->country_code, "it");
    EXPECT_TRUE(lost->country.get() == countries[1]);
    session.rollback();
    EXPECT_EQ(lost->country_code, std::nullopt);
    EXPECT_FALSE(lost->country);
    EXPECT_EQ(countries[0]->cities.size(), 1U);
}

}  // namespace
}  // namespace relations_keys
