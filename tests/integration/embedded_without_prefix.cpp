// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace integration_embedded_without_prefix {

using namespace mica;

struct Size {
    int width = 0;
    struct Depth {
        int inner = 0;
    } depth;
};
struct Item {
    std::int64_t id = 0;
    std::string name;
    Size size;
    Size box;
    static constexpr auto mapping() { return table("item", column<&Item::size>(""), mica::index<&Item::size>); }
};

TEST(EmbeddedWithoutPrefix, has_columns_that_are_called_as_its_fields) {
    EXPECT_EQ(ddl<Item>,
              R"(CREATE TABLE "item" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL, "width" INTEGER NOT NULL, )"
              R"("depth_inner" INTEGER NOT NULL, "box_width" INTEGER NOT NULL, )"
              R"("box_depth_inner" INTEGER NOT NULL) STRICT;)"
              "\n"
              R"(CREATE INDEX "ix_item_width" ON "item" ("width", "depth_inner"))");
}

TEST(EmbeddedWithoutPrefix, is_written_read_and_asked_for) {
    const Engine engine{"sqlite://"};
    engine.create_all<Item>();
    const Connection connection = engine.connect();
    connection.insert(Item{.name = "chest", .size = {3, {4}}, .box = {5, {6}}});
    const Item item = connection.one(select<Item>().where(col<&Item::size, &Size::width> == 3));
    EXPECT_EQ(item.size.depth.inner, 4);
    EXPECT_EQ(item.box.depth.inner, 6);
    EXPECT_EQ(connection.scalar(select(col<&Item::size, &Size::depth, &Size::Depth::inner>)), 4);
}

}  // namespace integration_embedded_without_prefix
