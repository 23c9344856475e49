// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/mapping.hpp>
#include <mica/schema/table.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace unit_mapping {

using namespace mica;
using reflect::address_of;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    std::string country;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    std::string artist_name;
};

/// Stands in for an expression, of which this layer needs no more.
struct Anything {
    static constexpr void render(SqlWriter& writer) { writer.text("1"); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

constexpr bool names(const FieldList& fields, const void* only) {
    return fields.count == 1 && fields.addresses[0] == only;
}
constexpr bool names(const FieldList& fields, const void* first, const void* second) {
    return fields.count == 2 && fields.addresses[0] == first && fields.addresses[1] == second;
}

TEST(FieldList, contains_what_it_lists_and_nothing_else) {
    constexpr FieldList list = primary_key<&Album::id, &Album::year>.data.fields;
    EXPECT_TRUE(list.contains(address_of(&Album::id)));
    EXPECT_TRUE(list.contains(address_of(&Album::year)));
    EXPECT_FALSE(list.contains(address_of(&Album::title)));
    EXPECT_FALSE(list.contains(address_of(&Artist::id)));
    EXPECT_FALSE(list.contains(nullptr));
}

TEST(FieldList, is_equal_to_one_of_the_same_fields_in_the_same_order) {
    constexpr auto list = [](auto option) { return option.data.fields; };
    static_assert(list(unique<&Album::id, &Album::year>) == list(primary_key<&Album::id, &Album::year>));
    static_assert(!(list(unique<&Album::id, &Album::year>) == list(unique<&Album::year, &Album::id>)));
    static_assert(!(list(unique<&Album::id>) == list(unique<&Album::id, &Album::year>)));
    EXPECT_EQ(list(unique<&Album::id>), list(mica::index<&Album::id>));
}

TEST(Option, names_its_kind_and_its_fields) {
    static_assert(primary_key<&Album::id>.data.kind == OptionKind::primary_key);
    static_assert(names(primary_key<&Album::id>.data.fields, address_of(&Album::id)));
    static_assert(unique<&Album::title>.data.kind == OptionKind::unique);
    static_assert(
        names(unique<&Album::year, &Album::title>.data.fields, address_of(&Album::year), address_of(&Album::title)));
    static_assert(mica::index<&Album::title>.data.kind == OptionKind::index);
    static_assert(ignore<&Album::title>.data.kind == OptionKind::ignore);
    static_assert(version<&Album::year>.data.kind == OptionKind::version);
    static_assert(autoincrement.data.kind == OptionKind::autoincrement);
    static_assert(assigned_key.data.kind == OptionKind::assigned_key);
    static_assert(without_rowid.data.kind == OptionKind::without_rowid);
    static_assert(not_strict.data.kind == OptionKind::not_strict);
    static_assert(check(Anything{}).data.kind == OptionKind::check);
    static_assert(index_on(Anything{}, Anything{}).data.kind == OptionKind::index);
    static_assert(default_value<&Album::title>("x").data.kind == OptionKind::default_value);
    static_assert(default_expr<&Album::title>(Anything{}).data.kind == OptionKind::default_value);
    static_assert(generated<&Album::title>(Anything{}).data.kind == OptionKind::generated);
    EXPECT_EQ(autoincrement.data.fields.count, 0U);
}

TEST(Option, collate_and_column_carry_their_text) {
    static_assert(collate<&Album::title>("NOCASE").data.kind == OptionKind::collate);
    static_assert(collate<&Album::title>("NOCASE").data.text == "NOCASE");
    static_assert(column<&Album::title>("other").data.kind == OptionKind::column);
    static_assert(column<&Album::title>("other").data.text == "other");
    EXPECT_TRUE(names(column<&Album::title>("other").data.fields, address_of(&Album::title)));
}

TEST(IndexOption, changes_are_made_to_a_copy) {
    constexpr auto plain = mica::index<&Album::year>;
    constexpr auto changed = plain.name("by_year").unique();
    static_assert(plain.data.text.empty() && !plain.data.is_unique);
    static_assert(changed.data.text == "by_year" && changed.data.is_unique);
    static_assert(std::is_same_v<decltype(plain.where(Anything{}).condition), Anything>);
    EXPECT_EQ(plain.name("a").where(Anything{}).unique().data.text, "a");
    EXPECT_TRUE(plain.where(Anything{}).unique().data.is_unique);
}

TEST(GeneratedOption, is_stored_where_asked_for) {
    static_assert(!generated<&Album::title>(Anything{}).data.is_stored);
    EXPECT_TRUE(generated<&Album::title>(Anything{}).stored().data.is_stored);
}

TEST(ForeignKeyOption, names_both_sides) {
    constexpr auto key = foreign_key<&Album::artist_id, &Artist::id>;
    static_assert(key.data.kind == OptionKind::foreign_key);
    static_assert(names(key.data.fields, address_of(&Album::artist_id)));
    static_assert(names(key.data.target_fields, address_of(&Artist::id)));
    EXPECT_EQ(&key.data.target(), &table_of<Artist>());
}

TEST(ForeignKeyOption, may_have_several_columns) {
    constexpr auto key =
        foreign_key_to<Artist>(from<&Album::artist_id, &Album::artist_name>, to<&Artist::id, &Artist::name>);
    static_assert(names(key.data.fields, address_of(&Album::artist_id), address_of(&Album::artist_name)));
    static_assert(names(key.data.target_fields, address_of(&Artist::id), address_of(&Artist::name)));
    EXPECT_EQ(&key.data.target(), &table_of<Artist>());
}

TEST(ForeignKeyOption, changes_are_made_to_a_copy) {
    constexpr auto plain = foreign_key<&Album::artist_id, &Artist::id>;
    constexpr auto changed = plain.on_delete(cascade).on_update(set_null).deferrable();
    static_assert(plain.data.delete_action == no_action && plain.data.update_action == no_action);
    static_assert(!plain.data.is_deferrable);
    static_assert(changed.data.delete_action == cascade && changed.data.update_action == set_null);
    static_assert(changed.data.is_deferrable);
    EXPECT_EQ(changed.on_delete(restrict).data.delete_action, Action::restrict);
    EXPECT_EQ(changed.on_delete(set_default).data.update_action, Action::set_null);
}

TEST(DefaultValue, holds_the_value_in_the_type_of_its_field) {
    static_assert(std::is_same_v<decltype(default_value<&Album::year>(5L).expression.value), int>);
    static_assert(std::is_same_v<decltype(default_value<&Album::title>("x").expression.value), std::string_view>);
    static_assert(default_value<&Album::year>(5L).expression.value == 5);
    EXPECT_EQ(default_value<&Album::title>("new").expression.value, "new");
}

TEST(Mapping, has_a_name_and_options_or_either_or_none) {
    static_assert(table().name.empty());
    static_assert(table("albums").name == "albums");
    static_assert(table(autoincrement).name.empty());
    EXPECT_EQ(table("albums", autoincrement, not_strict).name, "albums");
}

TEST(Mapping, the_name_may_be_any_text) {
    static constexpr char letters[] = {'a', 'b', '\0'};
    static_assert(table(letters, autoincrement).name == "ab");
    static_assert(table(std::string_view{"abc"}.substr(1)).name == "bc");
    EXPECT_EQ(table("").name, "");
}

}  // namespace unit_mapping
