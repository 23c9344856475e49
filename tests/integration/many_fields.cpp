// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace integration_many_fields {

using namespace mica;

#define MICA_TEN(n) \
    int n##0 = 0, n##1 = 0, n##2 = 0, n##3 = 0, n##4 = 0, n##5 = 0, n##6 = 0, n##7 = 0, n##8 = 0, n##9 = 0;
#define MICA_FIFTY(n) MICA_TEN(n##0) MICA_TEN(n##1) MICA_TEN(n##2) MICA_TEN(n##3) MICA_TEN(n##4)

struct Sample {
    std::int64_t id = 0;
    MICA_FIFTY(a)
    MICA_FIFTY(b)
    MICA_FIFTY(c)
    MICA_FIFTY(d)
    MICA_FIFTY(e)
    int f = 0, g = 0, h = 0, i = 0;
    std::string last;
};

TEST(ManyFields, are_256_at_most_and_come_back_as_they_were) {
    const Engine engine{"sqlite://"};
    engine.create_all<Sample>();
    const Connection connection = engine.connect();
    connection.insert(Sample{.a00 = 1, .c25 = 2, .e49 = 3, .last = "end"});
    const Sample sample = connection.one(select<Sample>().where(col<&Sample::e49> == 3));
    EXPECT_EQ(sample.id, 1);
    EXPECT_EQ(sample.a00, 1);
    EXPECT_EQ(sample.c25, 2);
    EXPECT_EQ(sample.last, "end");
}

TEST(ManyFields, have_their_own_names) {
    EXPECT_EQ(table_of<Sample>().columns.size(), 256U);
    EXPECT_EQ(table_of<Sample>().columns[101].name, "c00");
    EXPECT_EQ(table_of<Sample>().columns[255].name, "last");
}

struct Hundred {
    std::int64_t id = 0;
    MICA_FIFTY(a)
    MICA_TEN(b)
    MICA_TEN(c)
    MICA_TEN(d)
    MICA_TEN(e)
    int f = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0;
};
struct HundredAndOne {
    std::int64_t id = 0;
    MICA_FIFTY(a)
    MICA_FIFTY(b)
};

TEST(ManyFields, are_the_same_on_both_sides_of_what_Boost_takes_apart) {
    EXPECT_EQ(table_of<Hundred>().columns[99].name, "n");
    EXPECT_EQ(table_of<HundredAndOne>().columns[100].name, "b49");
}

}  // namespace integration_many_fields
