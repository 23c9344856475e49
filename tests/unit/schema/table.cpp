// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/table.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_table {

using namespace mica;
using reflect::address_of;

struct Car {
    std::int64_t id = 0;
    std::string make;
};

TEST(Table, is_named_like_its_struct_unless_the_mapping_says_otherwise) {
    struct Other {
        int id = 0;
        static constexpr auto mapping() { return table("others"); }
    };
    struct Unnamed {
        int id = 0;
        static constexpr auto mapping() { return table("", autoincrement); }
    };
    EXPECT_EQ(table_of<Car>().name, "Car");
    EXPECT_EQ(table_of<Other>().name, "others");
    EXPECT_EQ(table_of<Unnamed>().name, "Unnamed");
}

TEST(Table, is_one_object_for_a_struct) {
    struct Twin {
        std::int64_t id = 0;
        std::string make;
    };
    EXPECT_EQ(&table_of<Car>(), &table_of<Car>());
    EXPECT_NE(&table_of<Car>(), &table_of<Twin>());
}

TEST(Table, has_the_options_of_its_mapping_in_their_order) {
    struct Mapped {
        int id = 0;
        std::string name;
        static constexpr auto mapping() { return table(unique<&Mapped::name>, not_strict, autoincrement); }
    };
    const Table& mapped = table_of<Mapped>();
    ASSERT_EQ(mapped.options.size(), 3U);
    EXPECT_EQ(mapped.options[0].kind, OptionKind::unique);
    EXPECT_EQ(mapped.options[1].kind, OptionKind::not_strict);
    EXPECT_EQ(mapped.options[2].kind, OptionKind::autoincrement);
    EXPECT_TRUE(mapped.has(OptionKind::unique));
    EXPECT_FALSE(mapped.has(OptionKind::check));
    EXPECT_TRUE(table_of<Car>().options.empty());
}

TEST(Table, finds_the_first_column_of_a_field) {
    struct Inner {
        int first = 0;
        int second = 0;
    };
    struct Outer {
        Inner inner;
        std::vector<int> ignored;
        int id = 0;
        static constexpr auto mapping() { return table(ignore<&Outer::ignored>); }
    };
    const Table& outer = table_of<Outer>();
    EXPECT_EQ(outer.column_of(address_of(&Outer::inner)), 0U);
    EXPECT_EQ(outer.column_of(address_of(&Outer::id)), 2U);
    EXPECT_EQ(outer.column_of(address_of(&Outer::ignored)), outer.columns.size());
    EXPECT_EQ(outer.column_of(address_of(&Car::id)), outer.columns.size());
}

TEST(Table, is_strict_and_has_a_rowid_unless_told_otherwise) {
    struct Told {
        int id = 0;
        static constexpr auto mapping() { return table(not_strict, without_rowid); }
    };
    EXPECT_TRUE(table_of<Car>().strict);
    EXPECT_FALSE(table_of<Car>().without_rowid);
    EXPECT_FALSE(table_of<Car>().autoincrement);
    EXPECT_FALSE(table_of<Told>().strict);
    EXPECT_TRUE(table_of<Told>().without_rowid);
}

std::vector<std::size_t> key(const Table& table) { return {table.key.begin(), table.key.end()}; }
using Key = std::vector<std::size_t>;

TEST(TableKey, is_the_field_named_id_wherever_it_stands) {
    struct Late {
        std::string name;
        int id = 0;
    };
    EXPECT_EQ(key(table_of<Car>()), Key{0});
    EXPECT_EQ(key(table_of<Late>()), Key{1});
}

TEST(TableKey, is_what_the_mapping_says_in_its_order) {
    struct Composite {
        int id = 0;
        int first = 0;
        std::string second;
        static constexpr auto mapping() { return table(primary_key<&Composite::second, &Composite::first>); }
    };
    EXPECT_EQ(key(table_of<Composite>()), (Key{2, 1}));
    EXPECT_FALSE(table_of<Composite>().columns[0].is_key);
    EXPECT_TRUE(table_of<Composite>().columns[1].is_key);
}

TEST(TableKey, follows_a_renamed_id) {
    struct Renamed {
        std::string name;
        int id = 0;
        static constexpr auto mapping() { return table(column<&Renamed::id>("key"), column<&Renamed::name>("id")); }
    };
    EXPECT_EQ(key(table_of<Renamed>()), Key{1});
}

TEST(TableKey, has_all_columns_of_an_embedded_object) {
    struct Embedded {
        std::string name;
        struct {
            int first = 0;
            int second = 0;
        } id;
    };
    EXPECT_EQ(key(table_of<Embedded>()), (Key{1, 2}));
}

struct Assigned {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(assigned_key); }
};
struct WithoutRowid {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(without_rowid); }
};
struct TextKey {
    std::string id;
};
struct BoolKey {
    bool id = false;
};
struct CompositeKey {
    std::int64_t id = 0;
    std::int64_t other = 0;
    static constexpr auto mapping() { return table(primary_key<&CompositeKey::id, &CompositeKey::other>); }
};
struct NarrowKey {
    std::string name;
    std::uint8_t id = 0;
};

TEST(TableKey, is_generated_where_it_is_one_integer_and_nothing_says_otherwise) {
    EXPECT_EQ(table_of<Car>().generated_key, 0);
    EXPECT_EQ(table_of<NarrowKey>().generated_key, 1);
    EXPECT_EQ(table_of<Assigned>().generated_key, -1);
    EXPECT_EQ(table_of<WithoutRowid>().generated_key, -1);
    EXPECT_EQ(table_of<TextKey>().generated_key, -1);
    EXPECT_EQ(table_of<BoolKey>().generated_key, -1);
    EXPECT_EQ(table_of<CompositeKey>().generated_key, -1);
}

TEST(Table, knows_its_version_column) {
    struct Versioned {
        int id = 0;
        std::string name;
        int revision = 0;
        static constexpr auto mapping() { return table(version<&Versioned::revision>); }
    };
    EXPECT_EQ(table_of<Versioned>().version, 2);
    EXPECT_EQ(table_of<Car>().version, -1);
}

TEST(Table, is_a_constant) {
    static_assert(table_of<Car>().name == "Car");
    static_assert(table_of<Car>().columns[1].name == "make");
    static_assert(table_of<Car>().generated_key == 0);
}

/// Of two ways to map a struct its own comes first.
struct Theirs {
    int key = 0;
};
struct Ours {
    int key = 0;
    static constexpr auto mapping() { return table("inside", primary_key<&Ours::key>); }
};

}  // namespace unit_table

template <>
inline constexpr auto mica::mapping<unit_table::Theirs> =
    mica::table("outside", mica::primary_key<&unit_table::Theirs::key>);
template <>
inline constexpr auto mica::mapping<unit_table::Ours> = mica::table("outside");

namespace unit_table {

TEST(Table, may_be_mapped_from_inside_or_from_outside) {
    EXPECT_EQ(table_of<Theirs>().name, "outside");
    EXPECT_EQ(key(table_of<Theirs>()), Key{0});
    EXPECT_EQ(table_of<Ours>().name, "inside");
    EXPECT_EQ(key(table_of<Ours>()), Key{0});
}

struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent;
    static constexpr auto mapping() { return table("nodes", foreign_key<&Node::parent, &Node::id>); }
};

TEST(Table, may_reference_itself) {
    EXPECT_EQ(table_of<Node>().name, "nodes");
    ASSERT_EQ(table_of<Node>().options.size(), 1U);
    EXPECT_EQ(&table_of<Node>().options[0].target(), &table_of<Node>());
}

}  // namespace unit_table
