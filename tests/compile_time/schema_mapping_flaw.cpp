// SPDX-License-Identifier: BSL-1.0
// What of a struct's keys and mapping keeps it from being an entity, each flaw beside the nearest structs without it.
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/schema/entity.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace compile_time_mapping_flaw {

using namespace mica;

template <class Owner>
constexpr bool accepted = Entity<Owner> && entity_flaw<Owner> == EntityFlaw::none;
template <class Owner>
constexpr EntityFlaw flaw = Entity<Owner> ? EntityFlaw::none : entity_flaw<Owner>;

struct Plain {
    std::int64_t id = 0;
    std::string name;
};
static_assert(accepted<Plain>);

// --- no_primary_key
struct NoKey {
    std::int64_t number = 0;
};
struct IdInCapitals {
    std::int64_t ID = 0;
};
struct IdIgnored {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return table(ignore<&IdIgnored::id>); }
};
struct NoField {};
static_assert(flaw<NoKey> == EntityFlaw::no_primary_key);
static_assert(flaw<IdInCapitals> == EntityFlaw::no_primary_key);
static_assert(flaw<IdIgnored> == EntityFlaw::no_primary_key);
static_assert(flaw<NoField> == EntityFlaw::no_primary_key);
struct KeyInMapping {
    std::int64_t number = 0;
    static constexpr auto mapping() { return table(primary_key<&KeyInMapping::number>); }
};
struct IdIsNoKey {
    std::optional<int> id;
    std::string code;
    static constexpr auto mapping() { return table(primary_key<&IdIsNoKey::code>); }
};
struct TextId {
    std::string id;
};
static_assert(accepted<KeyInMapping> && accepted<IdIsNoKey> && accepted<TextId>);

// --- nullable_key
struct OptionalId {
    std::optional<std::int64_t> id;
};
struct OptionalInComposite {
    int first = 0;
    std::optional<int> second;
    static constexpr auto mapping() {
        return table(primary_key<&OptionalInComposite::first, &OptionalInComposite::second>);
    }
};
struct OptionalInEmbedded {
    struct {
        int first = 0;
        std::optional<int> second;
    } id;
};
static_assert(flaw<OptionalId> == EntityFlaw::nullable_key);
static_assert(flaw<OptionalInComposite> == EntityFlaw::nullable_key);
static_assert(flaw<OptionalInEmbedded> == EntityFlaw::nullable_key);
struct Composite {
    int first = 0;
    int second = 0;
    static constexpr auto mapping() { return table(primary_key<&Composite::first, &Composite::second>); }
};
struct EmbeddedKey {
    struct {
        int first = 0;
        int second = 0;
    } id;
};
static_assert(accepted<Composite> && accepted<EmbeddedKey>);

// --- autoincrement_key
struct AutoincrementText {
    std::string id;
    static constexpr auto mapping() { return table(autoincrement); }
};
struct AutoincrementReal {
    double id = 0;
    static constexpr auto mapping() { return table(autoincrement); }
};
struct AutoincrementBool {
    bool id = false;
    static constexpr auto mapping() { return table(autoincrement); }
};
struct AutoincrementComposite {
    int first = 0;
    int second = 0;
    static constexpr auto mapping() {
        return table(autoincrement, primary_key<&AutoincrementComposite::first, &AutoincrementComposite::second>);
    }
};
struct AutoincrementWithoutRowid {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(autoincrement, without_rowid); }
};
struct AutoincrementAssigned {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(autoincrement, assigned_key); }
};
struct AutoincrementTwice {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(autoincrement, autoincrement); }
};
static_assert(flaw<AutoincrementText> == EntityFlaw::autoincrement_key);
static_assert(flaw<AutoincrementReal> == EntityFlaw::autoincrement_key);
static_assert(flaw<AutoincrementBool> == EntityFlaw::autoincrement_key);
static_assert(flaw<AutoincrementComposite> == EntityFlaw::autoincrement_key);
static_assert(flaw<AutoincrementWithoutRowid> == EntityFlaw::autoincrement_key);
static_assert(flaw<AutoincrementAssigned> == EntityFlaw::autoincrement_key);
static_assert(flaw<AutoincrementTwice> == EntityFlaw::autoincrement_key);
struct Autoincrement {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(autoincrement); }
};
struct AutoincrementNarrow {
    std::uint8_t id = 0;
    static constexpr auto mapping() { return table(autoincrement); }
};
static_assert(accepted<Autoincrement> && accepted<AutoincrementNarrow>);

// --- duplicate_columns
struct SameRenamed {
    std::int64_t id = 0;
    std::string name;
    std::string title;
    static constexpr auto mapping() { return table(column<&SameRenamed::title>("name")); }
};
struct SameButForCase {
    std::int64_t id = 0;
    std::string name;
    std::string NAME;
};
struct SameAsEmbedded {
    std::int64_t id = 0;
    struct {
        std::string city;
    } home;
    std::string home_city;
};
static_assert(flaw<SameRenamed> == EntityFlaw::duplicate_columns);
static_assert(flaw<SameButForCase> == EntityFlaw::duplicate_columns);
static_assert(flaw<SameAsEmbedded> == EntityFlaw::duplicate_columns);
struct Swapped {
    std::int64_t id = 0;
    std::string name;
    std::string title;
    static constexpr auto mapping() { return table(column<&Swapped::title>("name"), column<&Swapped::name>("title")); }
};
/// Only the case of ASCII letters is without meaning.
struct SameButForOtherCase {
    std::int64_t id = 0;
    std::string ä;
    std::string Ä;
};
struct SameIgnored {
    std::int64_t id = 0;
    std::string name;
    std::string NAME;
    static constexpr auto mapping() { return table(ignore<&SameIgnored::NAME>); }
};
static_assert(accepted<Swapped> && accepted<SameButForOtherCase> && accepted<SameIgnored>);

// --- unknown_field
struct UnknownUnique {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(unique<&Plain::name>); }
};
struct UnknownIndex {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return table(mica::index<&UnknownIndex::name, &Plain::name>); }
};
struct UnknownRename {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(column<&Plain::name>("title")); }
};
struct UnknownDefault {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(default_value<&Plain::name>("x")); }
};
struct UnknownForeignKey {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(foreign_key<&Swapped::id, &Plain::id>); }
};
struct UnknownVersion {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(version<&Plain::id>); }
};
struct UnknownIgnored {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(ignore<&Plain::name>); }
};
struct UnknownKey {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(primary_key<&UnknownKey::id, &Plain::id>); }
};
struct IndexOfIgnored {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return table(mica::index<&IndexOfIgnored::name>, ignore<&IndexOfIgnored::name>); }
};
static_assert(flaw<UnknownUnique> == EntityFlaw::unknown_field);
static_assert(flaw<UnknownIndex> == EntityFlaw::unknown_field);
static_assert(flaw<UnknownRename> == EntityFlaw::unknown_field);
static_assert(flaw<UnknownDefault> == EntityFlaw::unknown_field);
static_assert(flaw<UnknownForeignKey> == EntityFlaw::unknown_field);
static_assert(flaw<UnknownVersion> == EntityFlaw::unknown_field);
static_assert(flaw<UnknownIgnored> == EntityFlaw::unknown_field);
static_assert(flaw<UnknownKey> == EntityFlaw::unknown_field);
static_assert(flaw<IndexOfIgnored> == EntityFlaw::unknown_field);
struct Known {
    std::int64_t id = 0;
    std::string name;
    struct {
        std::string city;
    } home;
    static constexpr auto mapping() {
        return table(unique<&Known::name>, mica::index<&Known::home>, default_value<&Known::name>("x"));
    }
};
static_assert(accepted<Known>);

// --- not_referenceable
struct Parent {
    std::int64_t id = 0;
    std::int64_t number = 0;
    std::int64_t code = 0;
    std::int64_t part = 0;
    std::int64_t other = 0;
    static constexpr auto mapping() {
        return table(unique<&Parent::code>, unique<&Parent::number, &Parent::other>,
                     mica::index<&Parent::part>.unique().where(col<&Parent::part> > 0), mica::index<&Parent::other>);
    }
};
template <auto member>
struct ChildOf {
    std::int64_t id = 0;
    std::int64_t parent = 0;
    static constexpr auto mapping() { return table(foreign_key<&ChildOf::parent, member>); }
};
template <auto first, auto second>
struct ChildOfTwo {
    std::int64_t id = 0;
    std::int64_t one = 0;
    std::int64_t two = 0;
    static constexpr auto mapping() {
        return table(
            foreign_key_to<reflect::OwnerOf<first>>(from<&ChildOfTwo::one, &ChildOfTwo::two>, to<first, second>));
    }
};
static_assert(flaw<ChildOf<&Parent::number>> == EntityFlaw::not_referenceable);  // half of a key
static_assert(flaw<ChildOf<&Parent::part>> == EntityFlaw::not_referenceable);    // unique among some rows only
static_assert(flaw<ChildOf<&Parent::other>> == EntityFlaw::not_referenceable);   // not unique
static_assert(flaw<ChildOf<&Composite::first>> == EntityFlaw::not_referenceable);
static_assert(flaw<ChildOfTwo<&Parent::id, &Parent::code>> == EntityFlaw::not_referenceable);  // two keys are none
static_assert(accepted<ChildOf<&Parent::id>> && accepted<ChildOf<&Parent::code>>);
static_assert(accepted<ChildOfTwo<&Parent::number, &Parent::other>>);
static_assert(accepted<ChildOfTwo<&Parent::other, &Parent::number>>);  // SQLite wants no order
static_assert(accepted<ChildOfTwo<&Composite::second, &Composite::first>>);

// --- version_type
struct VersionText {
    std::int64_t id = 0;
    std::string revision;
    static constexpr auto mapping() { return table(version<&VersionText::revision>); }
};
struct VersionOptional {
    std::int64_t id = 0;
    std::optional<int> revision;
    static constexpr auto mapping() { return table(version<&VersionOptional::revision>); }
};
struct VersionBool {
    std::int64_t id = 0;
    bool revision = false;
    static constexpr auto mapping() { return table(version<&VersionBool::revision>); }
};
static_assert(flaw<VersionText> == EntityFlaw::version_type);
static_assert(flaw<VersionOptional> == EntityFlaw::version_type);
static_assert(flaw<VersionBool> == EntityFlaw::version_type);
struct VersionInteger {
    std::int64_t id = 0;
    std::uint32_t revision = 0;
    static constexpr auto mapping() { return table(version<&VersionInteger::revision>); }
};
static_assert(accepted<VersionInteger>);

// --- default_range
template <class Value, auto value>
struct Default {
    std::int64_t id = 0;
    Value field{};
    static constexpr auto mapping() { return table(default_value<&Default::field>(value)); }
};
static_assert(flaw<Default<std::uint8_t, 256>> == EntityFlaw::default_range);
static_assert(flaw<Default<std::uint8_t, -1>> == EntityFlaw::default_range);
static_assert(flaw<Default<std::optional<std::int16_t>, 32768>> == EntityFlaw::default_range);
static_assert(flaw<Default<bool, 2>> == EntityFlaw::default_range);
static_assert(flaw<Default<int, 2.5>> == EntityFlaw::default_range);
static_assert(flaw<Default<int, 1e300>> == EntityFlaw::default_range);
static_assert(flaw<Default<double, std::numeric_limits<double>::quiet_NaN()>> == EntityFlaw::default_range);
static_assert(flaw<Default<float, std::numeric_limits<double>::quiet_NaN()>> == EntityFlaw::default_range);
static_assert(accepted<Default<std::uint8_t, 255>> && accepted<Default<std::uint8_t, 0>>);
static_assert(accepted<Default<std::optional<std::int16_t>, -32768>>);
static_assert(accepted<Default<std::int64_t, std::numeric_limits<std::int64_t>::min()>>);
static_assert(accepted<Default<bool, true>> && accepted<Default<bool, 1>>);
static_assert(accepted<Default<int, 2.0>>);
static_assert(accepted<Default<double, 2>> && accepted<Default<double, std::numeric_limits<double>::infinity()>>);
static_assert(accepted<Default<float, 0.1>>);  // the float next to it, as in C++ itself

template <int count>
struct DefaultOfHours {
    std::int64_t id = 0;
    std::chrono::duration<std::int32_t, std::milli> field{};
    static constexpr auto mapping() { return table(default_value<&DefaultOfHours::field>(std::chrono::hours{count})); }
};
static_assert(flaw<DefaultOfHours<1000>> == EntityFlaw::default_range);
static_assert(accepted<DefaultOfHours<500>>);

// --- mapping_function
struct MappingOfObject {
    std::int64_t id = 0;
    constexpr auto mapping() const { return table("objects"); }
};
struct MappingAtRunTime {
    std::int64_t id = 0;
    static auto mapping() { return table("objects"); }
};
static_assert(flaw<MappingOfObject> == EntityFlaw::mapping_function);
static_assert(flaw<MappingAtRunTime> == EntityFlaw::mapping_function);
struct FieldNamedMapping {
    std::int64_t id = 0;
    int mapping = 0;
};
static_assert(accepted<FieldNamedMapping>);

// Tables that reference each other, or themselves, see each other's keys.
struct Right;
struct Left {
    std::int64_t id = 0;
    std::optional<std::int64_t> right;
    static constexpr auto mapping();
};
struct Right {
    std::int64_t id = 0;
    std::optional<std::int64_t> left;
    static constexpr auto mapping() { return table(foreign_key<&Right::left, &Left::id>); }
};
constexpr auto Left::mapping() { return table("links", foreign_key<&Left::right, &Right::id>); }
struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent;
    std::optional<std::int64_t> twin;
    static constexpr auto mapping() {
        return table("nodes", foreign_key<&Node::parent, &Node::id>, foreign_key<&Node::twin, &Node::id>);
    }
};
static_assert(accepted<Left> && accepted<Right> && accepted<Node>);
static_assert(table_of<Left>().name == "links" && table_of<Left>().options.size() == 1);
static_assert(table_of<Node>().name == "nodes" && table_of<Node>().options.size() == 2);

// --- two_primary_keys
struct TwoKeys {
    std::int64_t a = 0;
    std::int64_t b = 0;
    static constexpr auto mapping() { return table(primary_key<&TwoKeys::a>, primary_key<&TwoKeys::b>); }
};
struct OneKeyTwice {
    std::int64_t a = 0;
    static constexpr auto mapping() { return table(primary_key<&OneKeyTwice::a>, primary_key<&OneKeyTwice::a>); }
};
static_assert(flaw<TwoKeys> == EntityFlaw::two_primary_keys);
static_assert(flaw<OneKeyTwice> == EntityFlaw::two_primary_keys);
struct OneKeyOfTwo {
    std::int64_t a = 0;
    std::int64_t b = 0;
    static constexpr auto mapping() { return table(primary_key<&OneKeyOfTwo::a, &OneKeyOfTwo::b>); }
};
static_assert(accepted<OneKeyOfTwo>);

// --- generated_key_column
struct GeneratedKey {
    std::int64_t id = 0;
    int x = 0;
    static constexpr auto mapping() { return table(generated<&GeneratedKey::id>(col<&GeneratedKey::x> + 1)); }
};
struct HalfGeneratedKey {
    int a = 0;
    int b = 0;
    static constexpr auto mapping() {
        return table(primary_key<&HalfGeneratedKey::a, &HalfGeneratedKey::b>,
                     generated<&HalfGeneratedKey::b>(col<&HalfGeneratedKey::a> + 1));
    }
};
static_assert(flaw<GeneratedKey> == EntityFlaw::generated_key_column);
static_assert(flaw<HalfGeneratedKey> == EntityFlaw::generated_key_column);
struct GeneratedBesideKey {
    std::int64_t id = 0;
    int x = 0;
    static constexpr auto mapping() {
        return table(generated<&GeneratedBesideKey::x>(col<&GeneratedBesideKey::id> * 2));
    }
};
static_assert(accepted<GeneratedBesideKey>);

// --- two_defaults
struct GeneratedDefault {
    std::int64_t id = 0;
    int x = 0;
    static constexpr auto mapping() {
        return table(default_value<&GeneratedDefault::x>(1), generated<&GeneratedDefault::x>(bound_one));
    }
    static constexpr auto bound_one = col<&Plain::id> + 1;
};
struct TwoDefaults {
    std::int64_t id = 0;
    int x = 0;
    static constexpr auto mapping() {
        return table(default_value<&TwoDefaults::x>(1), default_value<&TwoDefaults::x>(2));
    }
};
struct DefaultTwice {
    std::int64_t id = 0;
    std::int64_t x = 0;
    static constexpr auto mapping() {
        return table(default_expr<&DefaultTwice::x>(col<&Plain::id> + 1), default_value<&DefaultTwice::x>(2));
    }
};
static_assert(flaw<GeneratedDefault> == EntityFlaw::two_defaults);
static_assert(flaw<TwoDefaults> == EntityFlaw::two_defaults);
static_assert(flaw<DefaultTwice> == EntityFlaw::two_defaults);
struct DefaultsOfTwo {
    std::int64_t id = 0;
    int x = 0;
    int y = 0;
    int z = 0;
    static constexpr auto mapping() {
        return table(default_value<&DefaultsOfTwo::x>(1), default_value<&DefaultsOfTwo::y>(1),
                     generated<&DefaultsOfTwo::z>(col<&DefaultsOfTwo::x> + 1));
    }
};
static_assert(accepted<DefaultsOfTwo>);

// --- duplicate_index_names
template <int variant>
struct Indexed {
    std::int64_t id = 0;
    int x = 0;
    int y = 0;
    static constexpr auto mapping() {
        constexpr auto named = mica::index<&Indexed::x>.name("x");
        if constexpr (variant == 0) {
            return table(named, mica::index<&Indexed::y>.name("x"));
        } else if constexpr (variant == 1) {
            return table(named, mica::index<&Indexed::y>.name("X"));
        } else if constexpr (variant == 2) {
            return table(named, mica::index<&Indexed::y>.name("y"));
        } else {
            return table(mica::index<&Indexed::x>, mica::index<&Indexed::y>, mica::index<&Indexed::x>);
        }
    }
};
static_assert(flaw<Indexed<0>> == EntityFlaw::duplicate_index_names);
static_assert(flaw<Indexed<1>> == EntityFlaw::duplicate_index_names);
static_assert(accepted<Indexed<2>> && accepted<Indexed<3>>);

}  // namespace compile_time_mapping_flaw
