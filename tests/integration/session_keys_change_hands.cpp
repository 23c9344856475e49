// SPDX-License-Identifier: BSL-1.0
// One flush in which a key goes from one object to another: with number, text and composite keys, with each action of a
// foreign key, with children that the session has read and with others; in a database that gives nothing for a
// transaction in which it has refused a statement.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/fragile_backend.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace keys_change_hands {

using namespace mica;
using mica::test::caught;
using mica::test::Fragility;

using Engine = BasicEngine<mica::test::FragileLateBackend>;
using Session = BasicSession<mica::test::FragileLateBackend>;

template <class Kind, Action removal, Action renaming>
struct Child;
template <class Kind>
struct Line;
template <class Kind>
struct Badge;

/// A number, a text, two columns: what is a key, and how a program writes it.
struct Numbers {
    struct Parent {
        std::int64_t id = 0;
        std::string name{};
        HasMany<Child<Numbers, cascade, cascade>> cc{};
        HasMany<Child<Numbers, cascade, no_action>> cn{};
        HasMany<Child<Numbers, set_null, cascade>> sc{};
        HasMany<Child<Numbers, set_null, no_action>> sn{};
        HasMany<Child<Numbers, no_action, cascade>> nc{};
        HasMany<Child<Numbers, no_action, no_action>> nn{};
        HasMany<Line<Numbers>> lines{};
        static constexpr auto mapping() { return table("parent", assigned_key); }
    };
    using First = std::int64_t;
    using Second = std::optional<std::int64_t>;  ///< of a key of two columns only
    static void set(Parent& parent, int number) { parent.id = number; }
    static First first(int number) { return number; }
    static Second second(int) { return {}; }
    static std::string number() { return "coalesce(first, 0)"; }
    static std::string values(int number) { return std::to_string(number) + ", NULL"; }
    template <class Dependent>
    static constexpr auto key() {
        return foreign_key<&Dependent::first, &Parent::id>;
    }
    template <class Dependent>
    static constexpr auto primary() {
        return primary_key<&Dependent::first, &Dependent::place>;
    }
    template <class Dependent>
    static constexpr auto only() {
        return unique<&Dependent::first>;
    }
};
struct Words {
    struct Parent {
        std::string id{};
        std::string name{};
        HasMany<Child<Words, cascade, cascade>> cc{};
        HasMany<Child<Words, cascade, no_action>> cn{};
        HasMany<Child<Words, set_null, cascade>> sc{};
        HasMany<Child<Words, set_null, no_action>> sn{};
        HasMany<Child<Words, no_action, cascade>> nc{};
        HasMany<Child<Words, no_action, no_action>> nn{};
        HasMany<Line<Words>> lines{};
        static constexpr auto mapping() { return table("parent"); }
    };
    using First = std::string;
    using Second = std::optional<std::int64_t>;
    static void set(Parent& parent, int number) { parent.id = std::to_string(number); }
    static First first(int number) { return std::to_string(number); }
    static Second second(int) { return {}; }
    static std::string number() { return "CAST(coalesce(first, '0') AS INTEGER)"; }
    static std::string values(int number) { return "'" + std::to_string(number) + "', NULL"; }
    template <class Dependent>
    static constexpr auto key() {
        return foreign_key<&Dependent::first, &Parent::id>;
    }
    template <class Dependent>
    static constexpr auto primary() {
        return primary_key<&Dependent::first, &Dependent::place>;
    }
    template <class Dependent>
    static constexpr auto only() {
        return unique<&Dependent::first>;
    }
};
struct Pairs {
    struct Parent {
        std::string land{"x"};
        std::int64_t number = 0;
        std::string name{};
        HasMany<Child<Pairs, cascade, cascade>> cc{};
        HasMany<Child<Pairs, cascade, no_action>> cn{};
        HasMany<Child<Pairs, set_null, cascade>> sc{};
        HasMany<Child<Pairs, set_null, no_action>> sn{};
        HasMany<Child<Pairs, no_action, cascade>> nc{};
        HasMany<Child<Pairs, no_action, no_action>> nn{};
        HasMany<Line<Pairs>> lines{};
        static constexpr auto mapping() { return table("parent", primary_key<&Parent::land, &Parent::number>); }
    };
    using First = std::string;
    using Second = std::int64_t;
    static void set(Parent& parent, int number) { parent.number = number; }
    static First first(int) { return "x"; }
    static Second second(int number) { return number; }
    static std::string number() { return "coalesce(second, 0)"; }
    static std::string values(int number) { return "'x', " + std::to_string(number); }
    template <class Dependent>
    static constexpr auto key() {
        return foreign_key_to<Parent>(from<&Dependent::first, &Dependent::second>, to<&Parent::land, &Parent::number>);
    }
    template <class Dependent>
    static constexpr auto primary() {
        return primary_key<&Dependent::first, &Dependent::second, &Dependent::place>;
    }
    template <class Dependent>
    static constexpr auto only() {
        return unique<&Dependent::first, &Dependent::second>;
    }
};

constexpr std::string_view child_name(Action removal, Action renaming) {
    if (removal == cascade) return renaming == cascade ? "child_cc" : "child_cn";
    if (removal == set_null) return renaming == cascade ? "child_sc" : "child_sn";
    return renaming == cascade ? "child_nc" : "child_nn";
}

template <class Kind, Action removal, Action renaming>
struct Child {
    std::int64_t id = 0;
    std::optional<typename Kind::First> first{};
    std::optional<std::int64_t> second{};
    std::string name{};
    BelongsTo<typename Kind::Parent> of{};
    static constexpr auto mapping() {
        return table(child_name(removal, renaming), Kind::template key<Child>().on_delete(removal).on_update(renaming));
    }
};

/// Its primary key holds the key of its parent.
template <class Kind>
struct Line {
    typename Kind::First first{};
    typename Kind::Second second{};
    std::int64_t place = 0;
    std::string text{};
    BelongsTo<typename Kind::Parent> of{};
    static constexpr auto mapping() {
        return table("line", Kind::template primary<Line>(),
                     Kind::template key<Line>().on_delete(cascade).on_update(cascade));
    }
};

/// At most one for each parent, and never without.
template <class Kind>
struct Badge {
    std::int64_t id = 0;
    typename Kind::First first{};
    typename Kind::Second second{};
    static constexpr auto mapping() {
        return table("badge", Kind::template only<Badge>(), Kind::template key<Badge>());
    }
};

template <class KeyKind>
struct World : testing::Test {
    using Kind = KeyKind;
    using Parent = typename Kind::Parent;

    Engine engine{"sqlite://"};
    Session session{engine};

    World() {
        engine
            .create_all<Parent, Child<Kind, cascade, cascade>, Child<Kind, cascade, no_action>,
                        Child<Kind, set_null, cascade>, Child<Kind, set_null, no_action>,
                        Child<Kind, no_action, cascade>, Child<Kind, no_action, no_action>, Line<Kind>, Badge<Kind>>();
        Fragility::refused = 0;
    }
    /// Nothing that has been written was tried before.
    void TearDown() override { EXPECT_EQ(Fragility::refused, refusals); }

    int refusals = 0;  ///< by the database, of what can only be refused

    Ref<Parent> parent(int number) {
        Parent made{};
        Kind::set(made, number);
        return session.add(std::move(made));
    }
    /// "id>parent", by id; a connection of its own asks.
    std::string ask(std::string_view table, std::string_view column) {
        std::string sql = "SELECT coalesce(group_concat(c || '>' || n, ' '), '') FROM (SELECT ";
        sql += column;
        sql += " AS c, ";
        sql += Kind::number();
        sql += " AS n FROM ";
        sql += table;
        sql += " ORDER BY 1)";
        auto connection = engine.connect();
        return connection.template execute<std::string>(sql).scalar();
    }
};

template <class KeyKind, Action removal, Action renaming>
struct Case {
    using Kind = KeyKind;
    using Child = keys_change_hands::Child<Kind, removal, renaming>;
    static constexpr Action on_delete = removal;
    static constexpr Action on_update = renaming;
    static constexpr auto children() {
        using Parent = typename Kind::Parent;
        if constexpr (removal == cascade) {
            if constexpr (renaming == cascade)
                return &Parent::cc;
            else
                return &Parent::cn;
        } else if constexpr (removal == set_null) {
            if constexpr (renaming == cascade)
                return &Parent::sc;
            else
                return &Parent::sn;
        } else {
            if constexpr (renaming == cascade)
                return &Parent::nc;
            else
                return &Parent::nn;
        }
    }
};

template <class EachCase>
struct KeysInASession : World<typename EachCase::Kind> {
    using Kind = typename EachCase::Kind;
    using Child = typename EachCase::Child;

    Ref<Child> child(int id, int of) {
        Child made{};
        made.id = id;
        made.first = Kind::first(of);
        made.second = Kind::second(of);
        return this->session.add(std::move(made));
    }
    void untracked_child(int id, int of) {
        this->engine.connect().execute("INSERT INTO " + std::string{table_of<Child>().name} +
                                       " (id, first, second, name) VALUES (" + std::to_string(id) + ", " +
                                       Kind::values(of) + ", '')");
    }
    std::string children() { return this->ask(table_of<Child>().name, "id"); }
    static auto& children_of(const Ref<typename Kind::Parent>& parent) { return (*parent).*EachCase::children(); }
    int number(const Ref<Child>& child) {
        if (!child->first) return 0;
        if constexpr (std::is_same_v<Kind, Numbers>) {
            return static_cast<int>(*child->first);
        } else if constexpr (std::is_same_v<Kind, Words>) {
            return std::stoi(*child->first);
        } else {
            return static_cast<int>(child->second.value_or(0));
        }
    }
    /// What cannot be leaves everything as it was, and the session as good as new.
    void expect_refused(const std::string& rows, bool by_the_database) {
        EXPECT_EQ(caught<IntegrityError>([&] { this->session.commit(); }).kind(), ConstraintKind::foreign_key);
        if (by_the_database) this->refusals = Fragility::refused;
        this->session.rollback();
        EXPECT_EQ(children(), rows);
        EXPECT_TRUE(this->session.plan().empty());
        this->parent(9);
        this->session.commit();
    }
};

using Cases =
    testing::Types<Case<Numbers, cascade, cascade>, Case<Numbers, cascade, no_action>, Case<Numbers, set_null, cascade>,
                   Case<Numbers, set_null, no_action>, Case<Numbers, no_action, cascade>,
                   Case<Numbers, no_action, no_action>, Case<Words, cascade, cascade>, Case<Words, cascade, no_action>,
                   Case<Words, set_null, cascade>, Case<Words, set_null, no_action>, Case<Words, no_action, cascade>,
                   Case<Words, no_action, no_action>, Case<Pairs, cascade, cascade>, Case<Pairs, cascade, no_action>,
                   Case<Pairs, set_null, cascade>, Case<Pairs, set_null, no_action>, Case<Pairs, no_action, cascade>,
                   Case<Pairs, no_action, no_action>>;
TYPED_TEST_SUITE(KeysInASession, Cases);

TYPED_TEST(KeysInASession, a_child_is_given_to_the_row_that_replaces_its_parent) {
    const auto old = this->parent(5);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->session.remove(old);
    const auto next = this->parent(5);
    child->of = next;
    this->session.commit();
    EXPECT_EQ(this->children(), "1>5");
    EXPECT_TRUE(child->of.get() == next);
    EXPECT_EQ(this->children_of(next).size(), 1U);
    child->name = "still tracked";
    this->session.commit();
}

TYPED_TEST(KeysInASession, an_untracked_child_shares_the_fate_of_the_replaced_parent) {
    const auto old = this->parent(5);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->untracked_child(2, 5);
    this->session.remove(old);
    const auto next = this->parent(5);
    child->of = next;
    if (TypeParam::on_delete == no_action) return this->expect_refused("1>5 2>5", true);
    this->session.commit();
    EXPECT_EQ(this->children(), TypeParam::on_delete == cascade ? "1>5" : "1>5 2>0");
}

TYPED_TEST(KeysInASession, a_new_child_belongs_to_the_row_that_takes_a_removed_ones_key) {
    const auto old = this->parent(5);
    const auto heir = this->parent(6);
    this->session.commit();
    this->session.remove(old);
    TypeParam::Kind::set(*heir, 5);
    typename TypeParam::Child made{};
    made.id = 1;
    made.of = heir;
    const auto child = this->session.add(std::move(made));
    this->session.commit();
    EXPECT_EQ(this->children(), "1>5");
    EXPECT_EQ(this->number(child), 5);
    child->name = "still tracked";
    this->session.commit();
}

TYPED_TEST(KeysInASession, a_child_is_given_to_the_new_row_with_its_renamed_parents_key) {
    const auto old = this->parent(5);
    const auto child = this->child(1, 5);
    this->session.commit();
    TypeParam::Kind::set(*old, 6);
    const auto next = this->parent(5);
    child->of = next;
    this->session.commit();
    EXPECT_EQ(this->children(), "1>5");
    EXPECT_EQ(this->number(child), 5);
    EXPECT_EQ(this->children_of(next).size(), 1U);
    EXPECT_TRUE(this->children_of(next).contains(child));
}

TYPED_TEST(KeysInASession, an_untracked_child_follows_the_renamed_parent_whose_key_another_takes) {
    const auto old = this->parent(5);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->untracked_child(2, 5);
    TypeParam::Kind::set(*old, 6);
    const auto next = this->parent(5);
    child->of = next;
    if (TypeParam::on_update == no_action) return this->expect_refused("1>5 2>5", true);
    this->session.commit();
    EXPECT_EQ(this->children(), "1>5 2>6");
}

TYPED_TEST(KeysInASession, children_follow_the_rows_that_swap_keys_where_the_schema_lets_them) {
    const auto one = this->parent(5);
    const auto two = this->parent(6);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->session.template load<TypeParam::children()>(one);
    TypeParam::Kind::set(*one, 6);
    TypeParam::Kind::set(*two, 5);
    this->session.commit();
    EXPECT_EQ(this->children(), "1>6");
    EXPECT_EQ(this->number(child), 6);
    EXPECT_EQ(this->children_of(one).size(), 1U);
}

TYPED_TEST(KeysInASession, untracked_children_rotate_with_their_parents_or_nothing_does) {
    const auto one = this->parent(5);
    const auto two = this->parent(6);
    const auto three = this->parent(7);
    this->session.commit();
    for (int id = 1; id <= 3; ++id) this->untracked_child(id, 4 + id);
    TypeParam::Kind::set(*one, 6);
    TypeParam::Kind::set(*two, 7);
    TypeParam::Kind::set(*three, 5);
    if (TypeParam::on_update == no_action) return this->expect_refused("1>5 2>6 3>7", true);
    this->session.commit();
    EXPECT_EQ(this->children(), "1>6 2>7 3>5");
}

TYPED_TEST(KeysInASession, a_clean_child_shares_the_fate_of_its_removed_parent) {
    const auto old = this->parent(5);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->session.remove(old);
    if (TypeParam::on_delete == no_action) return this->expect_refused("1>5", false);
    this->session.commit();
    EXPECT_EQ(this->children(), TypeParam::on_delete == cascade ? "" : "1>0");
    EXPECT_EQ(this->number(child), TypeParam::on_delete == cascade ? 5 : 0);
    EXPECT_TRUE(this->session.plan().empty());
}

TYPED_TEST(KeysInASession, everything_is_as_before_after_a_rollback) {
    const auto old = this->parent(5);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->session.remove(old);
    const auto next = this->parent(5);
    child->of = next;
    this->session.flush();
    this->session.rollback();
    EXPECT_EQ(this->children(), "1>5");
    EXPECT_EQ(this->number(child), 5);
    EXPECT_TRUE(this->session.plan().empty());
    EXPECT_TRUE(this->session.template query<typename TypeParam::Kind::Parent>().one() == old);
}

template <class Kind>
struct DependentKeys : World<Kind> {
    Ref<typename Kind::Parent> order;
    Ref<Line<Kind>> line;

    DependentKeys() {
        order = this->parent(5);
        line = this->session.add(line_of(5));
        this->session.commit();
    }
    static Line<Kind> line_of(int parent) {
        Line<Kind> made{};
        made.first = Kind::first(parent);
        made.second = Kind::second(parent);
        made.place = 1;
        made.text = "t";
        return made;
    }
    std::string lines() { return this->ask("line", "text"); }
};
using Kinds = testing::Types<Numbers, Words, Pairs>;
TYPED_TEST_SUITE(DependentKeys, Kinds);

TYPED_TEST(DependentKeys, a_dependent_that_is_removed_while_its_parent_is_renamed_is_gone) {
    this->session.template load<&TypeParam::Parent::lines>(this->order);
    TypeParam::set(*this->order, 6);
    this->session.remove(this->line);
    this->session.commit();
    EXPECT_EQ(this->lines(), "");
    EXPECT_TRUE(this->order->lines.empty());
    EXPECT_EQ(this->session.template query<Line<TypeParam>>().count(), 0);
}

TYPED_TEST(DependentKeys, one_that_changes_too_is_found_under_its_new_key) {
    TypeParam::set(*this->order, 6);
    this->line->text = "u";
    this->session.commit();
    EXPECT_EQ(this->lines(), "u>6");
    EXPECT_TRUE(this->line->first == TypeParam::first(6) && this->line->second == TypeParam::second(6));
    EXPECT_TRUE(this->session.template query<Line<TypeParam>>().one() == this->line);
}

TYPED_TEST(DependentKeys, one_that_moves_away_is_found_under_its_new_key) {
    const auto other = this->parent(7);
    this->session.commit();
    TypeParam::set(*this->order, 6);
    this->line->of = other;
    this->session.commit();
    EXPECT_EQ(this->lines(), "t>7");
    this->line->text = "u";
    this->session.commit();
    EXPECT_EQ(this->lines(), "u>7");
}

TYPED_TEST(DependentKeys, those_of_rows_that_swap_keys_go_with_them_where_a_relation_says_whose_they_are) {
    const auto other = this->parent(6);
    const auto second = this->session.add(this->line_of(6));
    second->text = "s";
    this->session.commit();
    this->session.template load<&TypeParam::Parent::lines>(std::vector{this->order, other});
    TypeParam::set(*this->order, 6);
    TypeParam::set(*other, 5);
    this->session.commit();
    EXPECT_EQ(this->lines(), "s>5 t>6");
    EXPECT_TRUE(this->order->lines.contains(this->line));
}

TYPED_TEST(DependentKeys, one_that_nobody_has_read_follows_the_rename) {
    this->session.clear();
    const auto parent = this->session.template query<typename TypeParam::Parent>().one();
    TypeParam::set(*parent, 6);
    this->session.commit();
    EXPECT_EQ(this->lines(), "t>6");
}

template <class Kind>
struct UniqueReferences : World<Kind> {};
TYPED_TEST_SUITE(UniqueReferences, Kinds);

TYPED_TEST(UniqueReferences, that_cannot_be_null_are_rotated) {
    std::vector<Ref<Badge<TypeParam>>> badges;
    for (int number = 1; number <= 3; ++number) {
        this->parent(number);
        Badge<TypeParam> made{};
        made.id = number;
        made.first = TypeParam::first(number);
        made.second = TypeParam::second(number);
        badges.push_back(this->session.add(std::move(made)));
    }
    this->session.commit();
    for (int number = 1; number <= 3; ++number) {
        badges[static_cast<std::size_t>(number - 1)]->first = TypeParam::first(number % 3 + 1);
        badges[static_cast<std::size_t>(number - 1)]->second = TypeParam::second(number % 3 + 1);
    }
    this->session.commit();
    EXPECT_EQ(this->ask("badge", "id"), "1>2 2>3 3>1");
}

struct Tag;
struct PostTag;
struct Post {
    std::int64_t id = 0;
    ManyToMany<Tag, PostTag> tags{};
    static constexpr auto mapping() { return table("post"); }
};
struct Tag {
    std::int64_t id = 0;
    ManyToMany<Post, PostTag> posts{};
    static constexpr auto mapping() { return table("tag"); }
};
struct PostTag {
    std::int64_t id = 0;
    std::int64_t post = 0;
    std::int64_t tag = 0;
    static constexpr auto mapping() {
        return table("post_tag", foreign_key<&PostTag::post, &Post::id>, foreign_key<&PostTag::tag, &Tag::id>);
    }
};

TEST(AssociationRows, all_rows_of_a_pair_are_removed_with_the_link) {
    Engine engine{"sqlite://"};
    Session session{engine};
    engine.create_all<Post, Tag, PostTag>();
    const auto post = session.add(Post{});
    const auto tag = session.add(Tag{});
    post->tags.add(tag);
    session.commit();
    session.execute("INSERT INTO post_tag (post, tag) VALUES (1, 1)");
    session.commit();
    session.clear();
    const auto known = session.query<Post>().with<&Post::tags>().one();
    ASSERT_EQ(known->tags.size(), 1U);
    known->tags.remove(session.get<Tag>(1));
    session.commit();
    EXPECT_EQ(session.query<PostTag>().count(), 0);
    EXPECT_TRUE(known->tags.empty());
}

TEST(AssociationRows, a_link_stays_while_one_of_its_rows_does) {
    Engine engine{"sqlite://"};
    Session session{engine};
    engine.create_all<Post, Tag, PostTag>();
    session.add(Post{});
    session.add(Tag{});
    session.flush();
    session.add(PostTag{.post = 1, .tag = 1});
    session.add(PostTag{.post = 1, .tag = 1});
    session.commit();
    const auto post = session.query<Post>().with<&Post::tags>().one();
    session.remove(session.get<PostTag>(1));
    session.commit();
    EXPECT_EQ(post->tags.size(), 1U);
    session.remove(session.get<PostTag>(2));
    session.commit();
    EXPECT_TRUE(post->tags.empty());
}

struct Room;
struct House {
    std::int64_t id = 0;
    HasMany<Room> rooms{};
    static constexpr auto mapping() { return table("house"); }
};
struct Room {
    std::int64_t id = 0;
    std::optional<std::int64_t> house{};
    static constexpr auto mapping() { return table("room", foreign_key<&Room::house, &House::id>); }
};
struct Shelf;
struct Cellar {
    std::int64_t id = 0;
    HasMany<Shelf> shelves{};
    static constexpr auto mapping() { return table("cellar"); }
};
struct Shelf {
    std::int64_t id = 0;
    std::int64_t cellar = 0;
    static constexpr auto mapping() { return table("shelf", foreign_key<&Shelf::cellar, &Cellar::id>); }
};

TEST(NewObjectsOfARemovedOne, are_saved_where_they_can_do_without) {
    Engine engine{"sqlite://"};
    Session session{engine};
    engine.create_all<House, Room>();
    const auto house = session.add(House{});
    session.commit();
    const auto room = house->rooms.add(Room{});
    session.remove(house);
    session.commit();
    EXPECT_EQ(session.query<Room>().one(), room);
    EXPECT_FALSE(room->house);
}

TEST(NewObjectsOfARemovedOne, are_named_by_the_commit_where_they_cannot) {
    Engine engine{"sqlite://"};
    Session session{engine};
    engine.create_all<Cellar, Shelf>();
    const auto cellar = session.add(Cellar{});
    session.commit();
    cellar->shelves.add(Shelf{});
    session.remove(cellar);
    const auto refusal = caught<ProgrammingError>([&] { session.commit(); });
    EXPECT_STREQ(refusal.what(),
                 "mica: a new row of table \"shelf\" is only in Cellar::shelves of row 1 of table \"cellar\", which is "
                 "removed; give it another object or remove() it");
}

struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> up{};
    static constexpr auto mapping() {
        return table("node", assigned_key, foreign_key<&Node::up, &Node::id>.on_delete(cascade).on_update(cascade));
    }
};

struct Tree : testing::Test {
    static constexpr int length = 1500;
    Engine engine{"sqlite://"};
    Session session{engine};

    /// A chain whose root has the highest key.
    Tree() {
        engine.create_all<Node>();
        session.add(Node{.id = length});
        for (int id = length - 1; id > 0; --id) session.add(Node{.id = id, .up = id + 1});
        session.commit();
    }
};

TEST_F(Tree, children_are_removed_before_their_parents_whatever_their_keys) {
    for (const auto& node : session.query<Node>().all()) session.remove(node);
    session.commit();
    EXPECT_EQ(session.query<Node>().count(), 0);
}

TEST_F(Tree, a_chain_that_is_longer_than_what_the_database_follows_goes_with_its_root) {
    const auto all = session.query<Node>().all();
    session.remove(session.get<Node>(length));
    session.commit();
    EXPECT_EQ(session.query<Node>().count(), 0);
    EXPECT_FALSE(session.get<Node>(1));
}

struct Versioned {
    std::int64_t id = 0;
    std::string name{};
    std::int64_t revision = 1;
    static constexpr auto mapping() { return table("versioned", assigned_key, version<&Versioned::revision>); }
};

TEST(Versions, go_on_counting_where_a_new_object_takes_a_removed_ones_key) {
    Engine engine{"sqlite://"};
    Session session{engine};
    engine.create_all<Versioned>();
    const auto old = session.add(Versioned{.id = 5, .name = "a", .revision = 7});
    session.commit();
    session.remove(old);
    const auto next = session.add(Versioned{.id = 5, .name = "b"});
    session.commit();
    EXPECT_EQ(next->revision, 8);
    EXPECT_EQ(engine.connect().execute<std::string>("SELECT name || revision FROM versioned").scalar(), "b8");
}

}  // namespace keys_change_hands
