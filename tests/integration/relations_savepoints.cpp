// SPDX-License-Identifier: BSL-1.0
// What the rollback of a savepoint, or of everything, makes of relations: the same objects in the same places, none
// that is not there, and nothing in objects that are forgotten.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace integration_relations_savepoints {

using namespace mica;

// Parents and children by an integer, by a text and by two columns.
namespace by_number {
struct Child;
struct Parent {
    std::int64_t id = 0;
    std::string name{};
    HasMany<Child> children{};
    static constexpr auto mapping() { return table("parent"); }

    static Parent make(int number, std::string name) { return {.id = number, .name = std::move(name)}; }
    static std::string key(int number) { return std::to_string(number); }
    static Ref<Parent> get(Session& session, int number) { return session.get<Parent>(number); }
};
struct Child {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> parent_id{};
    BelongsTo<Parent> parent{};
    static constexpr auto mapping() { return table("child", foreign_key<&Child::parent_id, &Parent::id>); }
};
struct Keys {
    using Parent = by_number::Parent;
    using Child = by_number::Child;
};
}  // namespace by_number

namespace by_text {
struct Child;
struct Parent {
    std::string id{};
    std::string name{};
    HasMany<Child> children{};
    static constexpr auto mapping() { return table("parent"); }

    static Parent make(int number, std::string name) {
        return {.id = "p" + std::to_string(number), .name = std::move(name)};
    }
    static std::string key(int number) { return "'p" + std::to_string(number) + "'"; }
    static Ref<Parent> get(Session& session, int number) { return session.get<Parent>("p" + std::to_string(number)); }
};
struct Child {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::string> parent_id{};
    BelongsTo<Parent> parent{};
    static constexpr auto mapping() { return table("child", foreign_key<&Child::parent_id, &Parent::id>); }
};
struct Keys {
    using Parent = by_text::Parent;
    using Child = by_text::Child;
};
}  // namespace by_text

namespace by_two {
struct Child;
struct Parent {
    std::string shelf{};
    int place = 0;
    std::string name{};
    HasMany<Child> children{};
    static constexpr auto mapping() { return table("parent", primary_key<&Parent::shelf, &Parent::place>); }

    static Parent make(int number, std::string name) {
        return {.shelf = "s", .place = number, .name = std::move(name)};
    }
    static std::string key(int number) { return "'s', " + std::to_string(number); }
    static Ref<Parent> get(Session& session, int number) { return session.get<Parent>("s", number); }
};
struct Child {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::string> shelf{};
    std::optional<int> place{};
    BelongsTo<Parent> parent{};
    static constexpr auto mapping() {
        return table("child",
                     foreign_key_to<Parent>(from<&Child::shelf, &Child::place>, to<&Parent::shelf, &Parent::place>));
    }
};
struct Keys {
    using Parent = by_two::Parent;
    using Child = by_two::Child;
};
}  // namespace by_two

/// Two parents; the first has the children 1, 2 and 3.
template <class Keys>
struct RelationsSavepoints : testing::Test {
    using Parent = typename Keys::Parent;
    using Child = typename Keys::Child;

    RelationsSavepoints() {
        engine.create_all<Parent, Child>();
        engine.connect().insert(Parent::make(1, "first"));
        engine.connect().insert(Parent::make(2, "second"));
        for (int i = 1; i <= 3; ++i) engine.connect().execute(insert_of(i, 1));
        first = Parent::get(session, 1);
        second = Parent::get(session, 2);
        session.template load<&Parent::children>(first);
        session.template load<&Parent::children>(second);
    }
    static std::string insert_of(int child, int parent) {
        return "INSERT INTO child VALUES (" + std::to_string(child) + ", '" + std::to_string(child) + "', " +
               Parent::key(parent) + ")";
    }
    static std::string names(const Ref<Parent>& parent) {
        std::string text;
        for (const auto& child : parent->children) text += child->name + " ";
        return text;
    }
    /// What a savepoint undoes, and then what the whole transaction does.
    void expect_restored(auto action, auto check) {
        {
            auto savepoint = session.begin_nested();
            action();
            savepoint.rollback();
        }
        check();
        action();
        session.rollback();
        check();
    }

    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Parent> first;
    Ref<Parent> second;
};
using AllKeys = testing::Types<by_number::Keys, by_text::Keys, by_two::Keys>;
TYPED_TEST_SUITE(RelationsSavepoints, AllKeys);

TYPED_TEST(RelationsSavepoints, a_collection_keeps_its_order) {
    const auto child = this->first->children[0];
    this->expect_restored(
        [&] {
            this->first->children.remove(child);
            this->session.flush();
        },
        [&] { EXPECT_EQ(this->names(this->first), "1 2 3 "); });
}

TYPED_TEST(RelationsSavepoints, a_collection_keeps_its_order_when_a_child_was_deleted) {
    const auto child = this->first->children[1];
    this->expect_restored(
        [&] {
            this->session.remove(child);
            this->session.flush();
        },
        [&] { EXPECT_EQ(this->names(this->first), "1 2 3 "); });
}

TYPED_TEST(RelationsSavepoints, a_collection_keeps_its_order_when_children_move_and_come_back) {
    this->expect_restored(
        [&] {
            for (int i = 0; i < 2; ++i) {
                const auto child = this->first->children[0];
                this->first->children.remove(child);
                this->session.flush();
                this->second->children.add(child);
                this->session.flush();
                this->first->children.add(child);
                this->second->children.remove(child);
                this->session.flush();
            }
            EXPECT_EQ(this->names(this->first), "3 1 2 ");
        },
        [&] {
            EXPECT_EQ(this->names(this->first), "1 2 3 ");
            EXPECT_EQ(this->names(this->second), "");
        });
}

TYPED_TEST(RelationsSavepoints, a_collection_keeps_its_order_in_each_of_two_savepoints) {
    auto outer = this->session.begin_nested();
    this->first->children.remove(this->first->children[1]);
    {
        auto inner = this->session.begin_nested();
        this->first->children.remove(this->first->children[0]);
        this->session.flush();
        EXPECT_EQ(this->names(this->first), "3 ");
        inner.rollback();
    }
    EXPECT_EQ(this->names(this->first), "1 3 ");
    outer.rollback();
    EXPECT_EQ(this->names(this->first), "1 2 3 ");
}

TYPED_TEST(RelationsSavepoints, a_parent_is_again_the_one_that_it_was) {
    const auto child = this->first->children[0];
    this->expect_restored(
        [&] {
            child->parent = this->second;
            this->session.flush();
            EXPECT_EQ(this->names(this->second), "1 ");
        },
        [&] {
            EXPECT_EQ(child->parent.get(), this->first);
            EXPECT_EQ(this->names(this->first), "1 2 3 ");
            EXPECT_EQ(this->names(this->second), "");
        });
}

TYPED_TEST(RelationsSavepoints, a_stranger_leaves_with_its_row) {
    this->expect_restored(
        [&] {
            this->session.execute(this->insert_of(4, 1));
            this->session.template load<&TypeParam::Parent::children>(this->first);
            EXPECT_EQ(this->names(this->first), "1 2 3 4 ");
        },
        [&] { EXPECT_EQ(this->names(this->first), "1 2 3 "); });
}

TYPED_TEST(RelationsSavepoints, a_child_that_was_added_leaves_with_its_row) {
    this->expect_restored(
        [&] {
            this->first->children.add({.name = "4"});
            this->session.flush();
            EXPECT_EQ(this->names(this->first), "1 2 3 4 ");
        },
        [&] { EXPECT_EQ(this->names(this->first), "1 2 3 "); });
}

TYPED_TEST(RelationsSavepoints, a_forgotten_child_leads_nowhere) {
    Ref<typename TypeParam::Child> child;
    this->expect_restored(
        [&] {
            child = this->session.add(typename TypeParam::Child{.name = "4", .parent = this->first});
            this->session.flush();
            EXPECT_EQ(this->names(this->first), "1 2 3 4 ");
        },
        [&] {
            EXPECT_FALSE(child->parent);
            EXPECT_EQ(this->names(this->first), "1 2 3 ");
        });
}

TYPED_TEST(RelationsSavepoints, a_forgotten_parent_has_no_children) {
    Ref<typename TypeParam::Parent> parent;
    const auto child = this->first->children[0];
    this->expect_restored(
        [&] {
            parent = this->session.add(TypeParam::Parent::make(3, "third"));
            parent->children.add(child);
            this->session.flush();
            EXPECT_EQ(this->names(parent), "1 ");
        },
        [&] {
            EXPECT_TRUE(parent->children.empty());
            EXPECT_EQ(child->parent.get(), this->first);
            EXPECT_EQ(this->names(this->first), "1 2 3 ");
        });
}

struct DeadKeys : RelationsSavepoints<by_number::Keys> {
    using Parent = by_number::Parent;
    using Child = by_number::Child;
};

TEST_F(DeadKeys, a_forgotten_child_does_not_keep_the_key_of_a_forgotten_parent) {
    Ref<Child> child;
    Ref<Parent> parent;
    expect_restored(
        [&] {
            parent = session.add(Parent{.name = "third"});
            child = parent->children.add(Child{.name = "4"});
            session.flush();
            EXPECT_EQ(child->parent_id, parent->id);
        },
        [&] {
            EXPECT_EQ(parent->id, 0);
            EXPECT_EQ(child->id, 0);
            EXPECT_EQ(child->parent_id, std::nullopt);
        });
}

TEST_F(DeadKeys, a_forgotten_child_keeps_the_key_of_a_parent_that_is_there) {
    const auto child = session.add(Child{.name = "4", .parent_id = 2});
    session.flush();
    session.rollback();
    EXPECT_EQ(child->parent_id, 2);
}

TEST_F(DeadKeys, what_was_forgotten_can_be_saved_again) {
    const auto parent = session.add(Parent{.name = "third"});
    const auto child = parent->children.add(Child{.name = "4"});
    session.flush();
    session.rollback();
    second->children.add(child);
    child->name = "5";
    session.commit();
    EXPECT_EQ(child->parent_id, 2);
    EXPECT_EQ(names(second), "5 ");
}

}  // namespace integration_relations_savepoints
