// SPDX-License-Identifier: BSL-1.0
// The other translation unit of unnamed_namespace_garden.cpp.
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

    static constexpr auto mapping() { return mica::table("mechanic"); }
};
struct Item {
    std::int64_t id = 0;
    int size = 0;
    std::string name{};
    std::int64_t owner_id = 0;
    mica::BelongsTo<Owner> owner{};

    static constexpr auto mapping() {
        return mica::table("tool", mica::column<&Item::size>("weight"), mica::foreign_key<&Item::owner_id, &Owner::id>);
    }
};

using mica::col;

TEST(UnnamedNamespaceGarage, has_its_own_text) {
    EXPECT_EQ(mica::select(col<&Item::size>).where(col<&Item::size> > 3 && col<&Item::name> == "saw").sql(),
              R"(SELECT "tool"."weight" FROM "tool" WHERE "tool"."weight" > ?1 AND "tool"."name" = ?2)");
}

TEST(UnnamedNamespaceGarage, has_its_own_rows_and_relations) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Owner, Item>();
    mica::Session session{engine};
    session.add(Owner{.name = "Ann"})->items.add(Item{.size = 4, .name = "saw"});
    session.commit();
    session.clear();
    const auto owners = session.query<Owner>().with<&Owner::items>().all();
    ASSERT_EQ(owners.size(), 1U);
    EXPECT_EQ(owners[0]->items[0]->size, 4);
    EXPECT_EQ(session.query<Item>().where(col<&Item::size> == 4).count(), 1);
}

TEST(UnnamedNamespaceGarage, has_its_own_changes_of_a_schema) {
    const mica::SchemaChange change = mica::fill<&Item::size>(1);
    EXPECT_EQ(change.table, "tool");
    EXPECT_EQ(change.column, "weight");
}

}  // namespace
