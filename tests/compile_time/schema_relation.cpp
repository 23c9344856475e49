// SPDX-License-Identifier: BSL-1.0
// Which foreign key a relation means, and what keeps it from meaning one.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace compile_time_relation {

using namespace mica;

struct Second;

struct First {
    std::int64_t id = 0;
    HasMany<Second> seconds;
    HasOne<Second> one;
    HasMany<Second, "first_id"> by_field;
    HasMany<Second, "FirstId"> by_column;
    HasMany<Second, owned> parts;
    HasOne<Second, "first_id", owned> part;
};
struct Second {
    std::int64_t number = 0;
    std::string name;
    std::int64_t first_id = 0;
    BelongsTo<First> first;
    static constexpr auto mapping() {
        return table(primary_key<&Second::number>, column<&Second::first_id>("FirstId"),
                     foreign_key<&Second::first_id, &First::id>);
    }
};

static_assert(Entity<First> && Entity<Second>);
static_assert(relation_count<First> == 6 && relation_count<Second> == 1);
static_assert(table_of<First>().columns.size() == 1 && table_of<Second>().columns.size() == 3);
static_assert(relation_flaw<First> == RelationFlaw::none && relation_flaw<Second> == RelationFlaw::none);

template <class Owner, class Relation>
constexpr ForeignKey key = detail::find_relation_keys<Owner, Relation>().own.key;

constexpr bool is_first_id(const ForeignKey& key) {
    return key.count == 1 && key.child[0] == 2 && key.parent[0] == 0 && !key.nullable;
}
static_assert(is_first_id(key<First, decltype(First::seconds)>));
static_assert(is_first_id(key<First, decltype(First::one)>));
static_assert(is_first_id(key<First, decltype(First::by_field)>));
static_assert(is_first_id(key<First, decltype(First::by_column)>));
static_assert(is_first_id(key<First, decltype(First::part)>));
static_assert(is_first_id(key<Second, decltype(Second::first)>));
static_assert(detail::RelationTraits<decltype(First::parts)>::is_owned);
static_assert(!detail::RelationTraits<decltype(First::seconds)>::is_owned);

// --- composite, and partly nullable
struct Wide;
struct Shop {
    int city = 0;
    int number = 0;
    HasMany<Wide> wides;
    static constexpr auto mapping() { return table(primary_key<&Shop::city, &Shop::number>); }
};
struct Wide {
    std::int64_t id = 0;
    std::optional<int> number;
    int city = 0;
    static constexpr auto mapping() {
        return table(foreign_key_to<Shop>(from<&Wide::city, &Wide::number>, to<&Shop::city, &Shop::number>));
    }
};
constexpr ForeignKey wide = key<Shop, decltype(Shop::wides)>;
static_assert(wide.count == 2 && wide.child[0] == 2 && wide.child[1] == 1 && wide.parent[1] == 1 && wide.nullable);

// --- several keys, and a table with itself
struct Person {
    std::int64_t id = 0;
    std::optional<std::int64_t> mother_id;
    std::optional<std::int64_t> father_id;
    BelongsTo<Person, "mother_id"> mother;
    HasMany<Person, "father_id"> fathered;
    static constexpr auto mapping() {
        return table(foreign_key<&Person::mother_id, &Person::id>, foreign_key<&Person::father_id, &Person::id>);
    }
};
static_assert(relation_flaw<Person> == RelationFlaw::none);
static_assert(key<Person, decltype(Person::mother)>.child[0] == 1);
static_assert(key<Person, decltype(Person::fathered)>.child[0] == 2);

// --- ManyToMany: the names in either order where the two ends are different tables, the own one first where not
struct Node;
struct Edge {
    std::int64_t id = 0;
    std::int64_t from_id = 0;
    std::int64_t to_id = 0;
    std::int64_t owner_id = 0;
    static constexpr auto mapping();
};
struct Owner {
    std::int64_t id = 0;
    ManyToMany<Node, Edge, "to_id"> nodes;
    ManyToMany<Node, Edge, "owner_id", "from_id"> others;
};
struct Node {
    std::int64_t id = 0;
    ManyToMany<Node, Edge, "from_id", "to_id"> next;
    ManyToMany<Owner, Edge, "from_id", "owner_id"> owners;
};
constexpr auto Edge::mapping() {
    return table(foreign_key<&Edge::from_id, &Node::id>, foreign_key<&Edge::to_id, &Node::id>,
                 foreign_key<&Edge::owner_id, &Owner::id>);
}
static_assert(relation_flaw<Owner> == RelationFlaw::none && relation_flaw<Node> == RelationFlaw::none);
template <class From, class Relation>
constexpr bool goes(std::uint16_t own, std::uint16_t other) {
    constexpr detail::RelationKeys keys = detail::find_relation_keys<From, Relation>();
    return keys.own.key.child[0] == own && keys.other.key.child[0] == other;
}
static_assert(goes<Owner, decltype(Owner::nodes)>(3, 2));
static_assert(goes<Owner, decltype(Owner::others)>(3, 1));
static_assert(goes<Node, decltype(Node::next)>(1, 2));
static_assert(goes<Node, decltype(Node::owners)>(1, 3));

// --- flaws
struct Unknown;
struct Lost {
    std::int64_t id = 0;
    HasMany<Unknown> unknown;
};
static_assert(Entity<Lost>, "tables do not need to know where relations lead");
static_assert(relation_flaw<Lost> == RelationFlaw::incomplete);

struct Apart {
    std::int64_t id = 0;
    HasMany<Second> seconds;
};
static_assert(relation_flaw<Apart> == RelationFlaw::no_key);

struct Misnamed {
    std::int64_t id = 0;
    std::optional<std::int64_t> first_id;
    BelongsTo<First, "second_id"> first;
    static constexpr auto mapping() { return table(foreign_key<&Misnamed::first_id, &First::id>); }
};
static_assert(relation_flaw<Misnamed> == RelationFlaw::unknown_key);

struct Torn {
    std::int64_t id = 0;
    std::int64_t a_id = 0;
    std::int64_t b_id = 0;
    BelongsTo<First> first;
    static constexpr auto mapping() {
        return table(foreign_key<&Torn::a_id, &First::id>, foreign_key<&Torn::b_id, &First::id>);
    }
};
static_assert(relation_flaw<Torn> == RelationFlaw::several_keys);

struct Unkeyed {
    std::int64_t number = 0;
};
struct Leads {
    std::int64_t id = 0;
    HasMany<Unkeyed> unkeyed;
};
static_assert(relation_flaw<Leads> == RelationFlaw::no_entity);

struct HalfWay {
    std::int64_t id = 0;
    ManyToMany<First, Second> firsts;
};
static_assert(relation_flaw<HalfWay> == RelationFlaw::no_keys_of_association);

struct Ambiguous {
    std::int64_t id = 0;
    ManyToMany<Node, Edge> nodes;
};
static_assert(relation_flaw<Ambiguous> == RelationFlaw::no_keys_of_association);

}  // namespace compile_time_relation
