// SPDX-License-Identifier: BSL-1.0
// One flush in which a key goes from one object to another: with number, text and composite keys, with each action of a
// foreign key, with children that the session has read and with others.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace keys_change_hands {

using namespace mica;
using mica::test::caught;

template <Action removal, Action renaming>
struct Numbers {
    static constexpr Action on_delete = removal;
    static constexpr Action on_update = renaming;
    struct Child;
    struct Parent {
        std::int64_t id = 0;
        std::string name{};
        HasMany<Child> children{};
        static constexpr auto mapping() { return table("parent", assigned_key); }
    };
    struct Child {
        std::int64_t id = 0;
        std::optional<std::int64_t> parent{};
        std::string name{};
        BelongsTo<Parent> of{};
        static constexpr auto mapping() {
            return table("child", foreign_key<&Child::parent, &Parent::id>.on_delete(removal).on_update(renaming));
        }
    };
    static void set(Parent& parent, int number) { parent.id = number; }
    static void refer(Child& child, int number) { child.parent = number; }
    static int number_of(const Child& child) { return static_cast<int>(child.parent.value_or(0)); }
    static std::string number() { return "coalesce(parent, 0)"; }
    static std::string untracked(int id, int of) {
        return "INSERT INTO child (id, parent, name) VALUES (" + std::to_string(id) + ", " + std::to_string(of) +
               ", '')";
    }
};

template <Action removal, Action renaming>
struct Words {
    static constexpr Action on_delete = removal;
    static constexpr Action on_update = renaming;
    struct Child;
    struct Parent {
        std::string id{};
        std::string name{};
        HasMany<Child> children{};
        static constexpr auto mapping() { return table("parent"); }
    };
    struct Child {
        std::int64_t id = 0;
        std::optional<std::string> parent{};
        std::string name{};
        BelongsTo<Parent> of{};
        static constexpr auto mapping() {
            return table("child", foreign_key<&Child::parent, &Parent::id>.on_delete(removal).on_update(renaming));
        }
    };
    static void set(Parent& parent, int number) { parent.id = std::to_string(number); }
    static void refer(Child& child, int number) { child.parent = std::to_string(number); }
    static int number_of(const Child& child) { return std::stoi(child.parent.value_or("0")); }
    static std::string number() { return "CAST(coalesce(parent, '0') AS INTEGER)"; }
    static std::string untracked(int id, int of) {
        return "INSERT INTO child (id, parent, name) VALUES (" + std::to_string(id) + ", '" + std::to_string(of) +
               "', '')";
    }
};

template <Action removal, Action renaming>
struct Pairs {
    static constexpr Action on_delete = removal;
    static constexpr Action on_update = renaming;
    struct Child;
    struct Parent {
        std::string land{"x"};
        std::int64_t number = 0;
        std::string name{};
        HasMany<Child> children{};
        static constexpr auto mapping() { return table("parent", primary_key<&Parent::land, &Parent::number>); }
    };
    struct Child {
        std::int64_t id = 0;
        std::optional<std::string> land{};
        std::optional<std::int64_t> parent{};
        std::string name{};
        BelongsTo<Parent> of{};
        static constexpr auto mapping() {
            return table("child",
                         foreign_key_to<Parent>(from<&Child::land, &Child::parent>, to<&Parent::land, &Parent::number>)
                             .on_delete(removal)
                             .on_update(renaming));
        }
    };
    static void set(Parent& parent, int number) { parent.number = number; }
    static void refer(Child& child, int number) {
        child.land = "x";
        child.parent = number;
    }
    static int number_of(const Child& child) { return static_cast<int>(child.parent.value_or(0)); }
    static std::string number() { return "coalesce(parent, 0)"; }
    static std::string untracked(int id, int of) {
        return "INSERT INTO child (id, land, parent, name) VALUES (" + std::to_string(id) + ", 'x', " +
               std::to_string(of) + ", '')";
    }
};

template <class Family>
struct KeysInASession : testing::Test {
    using Parent = typename Family::Parent;
    using Child = typename Family::Child;

    Engine engine{"sqlite://"};
    Session session{engine};

    KeysInASession() { engine.create_all<Parent, Child>(); }

    Ref<Parent> parent(int number) {
        Parent made{};
        Family::set(made, number);
        return session.add(std::move(made));
    }
    Ref<Child> child(int id, int of) {
        Child made{};
        made.id = id;
        Family::refer(made, of);
        return session.add(std::move(made));
    }
    /// "id>parent", by id; a connection of its own asks.
    std::string children() {
        std::string sql = "SELECT coalesce(group_concat(id || '>' || n, ' '), '') FROM (SELECT id, ";
        sql += Family::number();
        sql += " AS n FROM child ORDER BY id)";
        auto connection = engine.connect();
        return connection.template execute<std::string>(sql).scalar();
    }
    int number(const Ref<Child>& child) { return Family::number_of(*child); }
};

using Families =
    testing::Types<Numbers<cascade, cascade>, Numbers<cascade, no_action>, Numbers<set_null, cascade>,
                   Numbers<set_null, no_action>, Numbers<no_action, cascade>, Numbers<no_action, no_action>,
                   Words<cascade, cascade>, Words<set_null, no_action>, Words<no_action, no_action>,
                   Pairs<cascade, cascade>, Pairs<set_null, cascade>, Pairs<no_action, no_action>>;
TYPED_TEST_SUITE(KeysInASession, Families);

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
    EXPECT_EQ(next->children.size(), 1U);
    child->name = "still tracked";
    this->session.commit();
}

TYPED_TEST(KeysInASession, an_untracked_child_shares_the_fate_of_the_replaced_parent) {
    const auto old = this->parent(5);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->engine.connect().execute(TypeParam::untracked(2, 5));
    this->session.remove(old);
    const auto next = this->parent(5);
    child->of = next;
    if (TypeParam::on_delete == no_action) {
        EXPECT_EQ(caught<IntegrityError>([&] { this->session.commit(); }).kind(), ConstraintKind::foreign_key);
        EXPECT_TRUE(this->session.is_modified(child));
        this->session.rollback();
        EXPECT_EQ(this->children(), "1>5 2>5");
    } else {
        this->session.commit();
        EXPECT_EQ(this->children(), TypeParam::on_delete == cascade ? "1>5" : "1>5 2>0");
    }
}

TYPED_TEST(KeysInASession, a_new_child_belongs_to_the_row_that_takes_a_removed_ones_key) {
    const auto old = this->parent(5);
    const auto heir = this->parent(6);
    this->session.commit();
    this->session.remove(old);
    TypeParam::set(*heir, 5);
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
    TypeParam::set(*old, 6);
    const auto next = this->parent(5);
    child->of = next;
    this->session.commit();
    EXPECT_EQ(this->children(), "1>5");
    EXPECT_EQ(this->number(child), 5);
    EXPECT_EQ(next->children.size(), 1U);
    EXPECT_TRUE(next->children.contains(child));
}

TYPED_TEST(KeysInASession, children_follow_the_rows_that_swap_keys_where_the_schema_lets_them) {
    const auto one = this->parent(5);
    const auto two = this->parent(6);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->session.template load<&TypeParam::Parent::children>(one);
    TypeParam::set(*one, 6);
    TypeParam::set(*two, 5);
    this->session.commit();
    EXPECT_EQ(this->children(), "1>6");
    EXPECT_EQ(this->number(child), 6);
    EXPECT_EQ(one->children.size(), 1U);
}

TYPED_TEST(KeysInASession, a_clean_child_shares_the_fate_of_its_removed_parent) {
    const auto old = this->parent(5);
    const auto child = this->child(1, 5);
    this->session.commit();
    this->session.remove(old);
    if (TypeParam::on_delete == no_action) {
        EXPECT_EQ(caught<IntegrityError>([&] { this->session.commit(); }).kind(), ConstraintKind::foreign_key);
        return;
    }
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
    EXPECT_TRUE(this->session.template query<typename TypeParam::Parent>().one() == old);
}

struct Order;
struct Line;
struct Order {
    std::string code{};
    HasMany<Line> lines{};
    static constexpr auto mapping() { return table("orders", primary_key<&Order::code>); }
};
struct Line {
    std::string order{};
    std::int64_t number = 0;
    std::string text{};
    BelongsTo<Order> of{};
    static constexpr auto mapping() {
        return table("line", primary_key<&Line::order, &Line::number>,
                     foreign_key<&Line::order, &Order::code>.on_delete(cascade).on_update(cascade));
    }
};

struct DependentKeys : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Order> order;
    Ref<Line> line;

    DependentKeys() {
        engine.create_all<Order, Line>();
        order = session.add(Order{.code = "a"});
        line = session.add(Line{.order = "a", .number = 1, .text = "t"});
        session.commit();
    }
    std::string lines() {
        return engine.connect()
            .execute<std::string>("SELECT coalesce(group_concat(\"order\" || number || text), '') FROM line")
            .scalar();
    }
};

TEST_F(DependentKeys, a_dependent_that_is_removed_while_its_parent_is_renamed_is_gone) {
    session.load<&Order::lines>(order);
    order->code = "b";
    session.remove(line);
    session.commit();
    EXPECT_EQ(lines(), "");
    EXPECT_TRUE(order->lines.empty());
    EXPECT_EQ(session.query<Line>().count(), 0);
}

TEST_F(DependentKeys, one_that_changes_too_is_found_under_its_new_key) {
    order->code = "b";
    line->text = "u";
    session.commit();
    EXPECT_EQ(lines(), "b1u");
    EXPECT_EQ(line->order, "b");
    EXPECT_TRUE((session.get<Line>("b", 1) == line));
}

TEST_F(DependentKeys, one_that_moves_away_is_found_under_its_new_key) {
    const auto other = session.add(Order{.code = "c"});
    session.commit();
    order->code = "b";
    line->of = other;
    session.commit();
    EXPECT_EQ(lines(), "c1t");
    line->text = "u";
    session.commit();
    EXPECT_EQ(lines(), "c1u");
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

struct Seat {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table("seat"); }
};
struct Guest {
    std::int64_t id = 0;
    std::int64_t seat = 0;
    static constexpr auto mapping() {
        return table("guest", unique<&Guest::seat>, foreign_key<&Guest::seat, &Seat::id>);
    }
};

TEST(UniqueReferences, that_cannot_be_null_are_rotated) {
    Engine engine{"sqlite://"};
    Session session{engine};
    engine.create_all<Seat, Guest>();
    session.add_all(std::vector<Seat>{{.id = 1}, {.id = 2}, {.id = 3}});
    const auto guests =
        session.add_all(std::vector<Guest>{{.id = 1, .seat = 1}, {.id = 2, .seat = 2}, {.id = 3, .seat = 3}});
    session.commit();
    for (const auto& guest : guests) guest->seat = guest->seat % 3 + 1;
    session.commit();
    EXPECT_EQ(engine.connect()
                  .execute<std::string>("SELECT group_concat(seat) FROM (SELECT * FROM guest ORDER BY id)")
                  .scalar(),
              "2,3,1");
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
