// SPDX-License-Identifier: BSL-1.0
// What the database computes comes back into the object that was written, and nothing written by hand in its place
// counts.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace integration_generated_columns {

using namespace mica;

struct Box {
    std::int64_t id = 0;
    int width = 0;
    std::int64_t area = 0;
    std::optional<std::string> label{};
    static constexpr auto mapping() {
        return table("box", generated<&Box::area>(col<&Box::width> * col<&Box::width>),
                     generated<&Box::label>(col<&Box::width>.cast<std::string>()).stored());
    }
};
struct Named {
    std::string name{};
    int width = 0;
    std::int64_t area = 0;
    static constexpr auto mapping() {
        return table("named", primary_key<&Named::name>,
                     generated<&Named::area>(col<&Named::width> * col<&Named::width>));
    }
};
struct Placed {
    std::string shelf{};
    int place = 0;
    int width = 0;
    std::int64_t area = 0;
    static constexpr auto mapping() {
        return table("placed", primary_key<&Placed::shelf, &Placed::place>,
                     generated<&Placed::area>(col<&Placed::width> * col<&Placed::width>));
    }
};
/// Its computed value does not fit when it is large.
struct Narrow {
    std::int64_t id = 0;
    int width = 0;
    std::int8_t area = 0;
    static constexpr auto mapping() {
        return table("narrow", generated<&Narrow::area>(col<&Narrow::width> * col<&Narrow::width>));
    }
};

struct GeneratedColumns : testing::Test {
    GeneratedColumns() { engine.create_all<Box, Named, Placed, Narrow>(); }

    Engine engine{"sqlite://"};
    Session session{engine};
};

TEST_F(GeneratedColumns, a_flush_reads_them_back_after_an_insert) {
    const auto box = session.add(Box{.width = 3});
    session.flush();
    EXPECT_EQ(box->area, 9);
    EXPECT_EQ(box->label, "3");
    EXPECT_FALSE(session.is_stale(box));
    EXPECT_FALSE(session.is_modified(box));
}

TEST_F(GeneratedColumns, a_flush_reads_them_back_after_an_update) {
    const auto box = session.add(Box{.width = 3});
    session.commit();
    box->width = 4;
    session.commit();
    EXPECT_EQ(box->area, 16);
    EXPECT_FALSE(session.is_stale(box));
}

TEST_F(GeneratedColumns, a_flush_reads_them_back_by_a_key_of_text) {
    const auto named = session.add(Named{.name = "it's", .width = 3});
    session.flush();
    EXPECT_EQ(named->area, 9);
    named->width = 5;
    named->name = "other";
    session.flush();
    EXPECT_EQ(named->area, 25);
    EXPECT_FALSE(session.is_stale(named));
}

TEST_F(GeneratedColumns, a_flush_reads_them_back_by_a_key_of_two_columns) {
    const auto placed = session.add(Placed{.shelf = "a", .place = 2, .width = 3});
    session.flush();
    EXPECT_EQ(placed->area, 9);
    placed->width = 5;
    session.flush();
    EXPECT_EQ(placed->area, 25);
    EXPECT_FALSE(session.is_stale(placed));
}

TEST_F(GeneratedColumns, each_of_many_new_objects_gets_its_own) {
    std::vector<Ref<Box>> boxes;
    for (int width = 1; width <= 20; ++width) boxes.push_back(session.add(Box{.width = width}));
    session.commit();
    for (const auto& box : boxes) EXPECT_EQ(box->area, box->width * box->width);
}

TEST_F(GeneratedColumns, a_value_written_by_hand_is_no_change_and_is_replaced_at_the_flush) {
    const auto box = session.add(Box{.width = 3, .area = 77});
    session.commit();
    EXPECT_EQ(box->area, 9);
    box->area = 78;
    EXPECT_FALSE(session.is_modified(box));
    EXPECT_TRUE(session.changes(box).empty());
    EXPECT_TRUE(session.plan().empty());
    session.flush();
    EXPECT_EQ(box->area, 9);
    EXPECT_FALSE(session.in_transaction()) << "nothing was written";
}

TEST_F(GeneratedColumns, a_rollback_restores_them) {
    const auto box = session.add(Box{.width = 3});
    session.commit();
    box->width = 4;
    session.flush();
    session.rollback();
    EXPECT_EQ(box->area, 9);
    EXPECT_FALSE(session.is_stale(box));
}

TEST_F(GeneratedColumns, a_flush_whose_value_does_not_fit_writes_nothing) {
    const auto narrow = session.add(Narrow{.width = 100});
    EXPECT_EQ(test::message_of<DataError>([&] { session.flush(); }),
              "mica: column \"area\" of table \"narrow\" holds INTEGER that does not fit its field");
    EXPECT_EQ(narrow->id, 0);
    narrow->width = 3;
    session.commit();
    EXPECT_EQ(narrow->area, 9);
    narrow->width = 100;
    EXPECT_THROW(session.commit(), DataError);
    EXPECT_EQ(narrow->area, 9);
    session.rollback();
    EXPECT_EQ(narrow->width, 3);
}

TEST_F(GeneratedColumns, insert_reads_them_back_into_an_object) {
    Box box{.width = 3, .area = 77};
    engine.connect().insert(box);
    EXPECT_EQ(box.id, 1);
    EXPECT_EQ(box.area, 9);
    EXPECT_EQ(box.label, "3");
}

TEST_F(GeneratedColumns, insert_reads_them_back_into_a_range) {
    std::vector<Placed> placed{{.shelf = "a", .place = 1, .width = 2}, {.shelf = "a", .place = 2, .width = 3}};
    engine.connect().insert(placed);
    EXPECT_EQ(placed[0].area, 4);
    EXPECT_EQ(placed[1].area, 9);
}

TEST_F(GeneratedColumns, insert_leaves_a_const_object_alone) {
    const Box box{.width = 3, .area = 77};
    engine.connect().insert(box);
    EXPECT_EQ(box.area, 77);
}

TEST_F(GeneratedColumns, update_reads_them_back) {
    auto connection = engine.connect();
    Named named{.name = "a", .width = 3};
    connection.insert(named);
    named.width = 4;
    named.area = 77;
    EXPECT_EQ(connection.update(named), 1);
    EXPECT_EQ(named.area, 16);
    named.name = "missing";
    named.area = 77;
    EXPECT_EQ(connection.update(named), 0);
    EXPECT_EQ(named.area, 77) << "an object without a row keeps what it has";
}

TEST_F(GeneratedColumns, an_insert_whose_value_does_not_fit_changes_nothing) {
    auto connection = engine.connect();
    std::vector<Narrow> narrow{{.width = 2}, {.width = 100}};
    EXPECT_THROW(connection.insert(narrow), DataError);
    EXPECT_EQ(narrow[0].area, 0);
    EXPECT_EQ(narrow[0].id, 0);
    EXPECT_THROW(connection.insert(narrow[1]), DataError);
    EXPECT_EQ(connection.scalar(select(count()).from<Narrow>()), 0);
}

}  // namespace integration_generated_columns
