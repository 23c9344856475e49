// SPDX-License-Identifier: BSL-1.0
// Two translation units have structs of the same names, each in its own unnamed namespace: neither is taken for the
// other. This is one of them.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace {

struct Item;
struct Owner {
    std::int64_t id = 0;
    std::string name{};
    mica::HasMany<Item> items{};

    static constexpr auto mapping() { return mica::table("gardener"); }
};
struct Item {
    std::int64_t id = 0;
    std::int64_t owner_id = 0;
    std::string name{};
    int size = 0;
    mica::BelongsTo<Owner> owner{};

    static constexpr auto mapping() {
        return mica::table("plant", mica::column<&Item::size>("height"),
                           mica::foreign_key<&Item::owner_id, &Owner::id>);
    }
};

using mica::col;

TEST(UnnamedNamespaceGarden, has_its_own_text) {
    EXPECT_EQ(mica::select(col<&Item::size>).where(col<&Item::size> > 3 && col<&Item::name> == "fern").sql(),
              R"(SELECT "plant"."height" FROM "plant" WHERE "plant"."height" > ?1 AND "plant"."name" = ?2)");
}

TEST(UnnamedNamespaceGarden, has_its_own_rows_and_relations) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Owner, Item>();
    mica::Session session{engine};
    session.add(Owner{.name = "Ann"})->items.add(Item{.name = "fern", .size = 4});
    session.commit();
    session.clear();
    const auto owners = session.query<Owner>().with<&Owner::items>().all();
    ASSERT_EQ(owners.size(), 1U);
    EXPECT_EQ(owners[0]->items[0]->size, 4);
    EXPECT_EQ(session.query<Item>().where(col<&Item::size> == 4).count(), 1);
}

TEST(UnnamedNamespaceGarden, has_its_own_changes_of_a_schema) {
    const mica::SchemaChange change = mica::fill<&Item::size>(1);
    EXPECT_EQ(change.table, "plant");
    EXPECT_EQ(change.column, "height");
}

}  // namespace
