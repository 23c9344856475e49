// SPDX-License-Identifier: BSL-1.0
// One type in every position that a value can have: written, compared, listed, returned, sorted, grouped, joined,
// bound, a key, a foreign key, a tracked field. A file of tests gives samples of its types and instantiates the suite.
#pragma once

#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace mica::test {

/// Three different values, in SQL's order where they have one; `is_key` where it can be one.
template <class Value>
struct Samples;

template <class Value>
struct Holder {
    std::int64_t id = 0;
    Value value{};
    std::optional<Value> maybe{};
    static constexpr auto mapping() { return mica::table("holder"); }
};

template <class Value>
struct Leaf;

template <class Value>
struct Keyed {
    Value key{};
    std::string note{};
    mica::HasMany<Leaf<Value>> leaves{};
    static constexpr auto mapping() { return mica::table("keyed", mica::primary_key<&Keyed::key>); }
};
template <class Value>
struct Leaf {
    std::int64_t id = 0;
    Value keyed{};
    mica::BelongsTo<Keyed<Value>> owner{};
    static constexpr auto mapping() { return mica::table("leaf", mica::foreign_key<&Leaf::keyed, &Keyed<Value>::key>); }
};

template <class Type>
struct TypePositions : testing::Test {
    using Row = Holder<Type>;
    using Ids = std::vector<std::int64_t>;
    static constexpr auto id = mica::col<&Row::id>;
    static constexpr auto value = mica::col<&Row::value>;
    static constexpr auto maybe = mica::col<&Row::maybe>;

    const std::array<Type, 3> samples = Samples<Type>::values();
    const Type& a = samples[0];
    const Type& b = samples[1];
    const Type& c = samples[2];
    mica::Engine engine{"sqlite://"};
    mica::Connection connection = connect();

    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(mica::select(id).where(condition).order_by(id));
    }
    Type stored(std::int64_t row) { return connection.one(mica::select(value).where(id == row)); }

private:
    /// a, b and c, of which b has no second value.
    mica::Connection connect() {
        engine.create_all<Row>();
        auto made = engine.connect();
        made.execute(mica::insert_into<Row>().values(
            std::vector<Row>{{1, a, std::optional<Type>{a}}, {2, b, std::nullopt}, {3, c, std::optional<Type>{a}}}));
        return made;
    }
};

TYPED_TEST_SUITE_P(TypePositions);

TYPED_TEST_P(TypePositions, are_written_and_read) {
    using Entity = typename TestFixture::Row;
    for (std::int64_t i = 0; i < 3; ++i) {
        const Entity row = this->connection.one(mica::select<Entity>().where(this->id == i + 1));
        EXPECT_EQ(row.value, this->samples[static_cast<std::size_t>(i)]);
        EXPECT_EQ(row.maybe.has_value(), i != 1);
        if (row.maybe) {
            EXPECT_EQ(*row.maybe, this->a);
        }
    }
    this->connection.execute(
        mica::update<Entity>().set(this->value = this->c, this->maybe = this->b).where(this->id == 1));
    EXPECT_EQ(this->stored(1), this->c);
    this->connection.execute(
        mica::update<Entity>().set(this->value = this->b, this->maybe = std::nullopt).where(this->id == 1));
    EXPECT_EQ(this->where(this->maybe.is_null()), (std::vector<std::int64_t>{1, 2}));
}

TYPED_TEST_P(TypePositions, are_compared_and_listed) {
    using Found = typename TestFixture::Ids;
    EXPECT_EQ(this->where(this->value == this->b), Found{2});
    EXPECT_EQ(this->where(this->value != this->b), (Found{1, 3}));
    EXPECT_EQ(this->where(this->maybe == this->a), (Found{1, 3}));
    EXPECT_EQ(this->where(this->maybe == std::optional<TypeParam>{}), Found{2});
    EXPECT_EQ(this->where(this->value == this->maybe), Found{1});
    EXPECT_EQ(this->where(this->value.in(std::vector<TypeParam>{this->a, this->c})), (Found{1, 3}));
    EXPECT_EQ(this->where(this->value.not_in(std::vector<TypeParam>{this->a, this->c})), Found{2});
    EXPECT_EQ(this->where(this->value.in(mica::select(this->value).where(this->id == 3))), Found{3});
    EXPECT_EQ(this->where(this->value == mica::select(this->value).where(this->id == 2).limit(1)), Found{2});
    EXPECT_EQ(this->where(this->maybe.is_distinct_from(this->a)), Found{2});
}

TYPED_TEST_P(TypePositions, are_sorted_and_grouped) {
    using Found = typename TestFixture::Ids;
    if constexpr (Samples<TypeParam>::is_ordered) {
        EXPECT_EQ(this->where(this->value > this->a && this->value <= this->c), (Found{2, 3}));
        EXPECT_EQ(this->where(this->value.between(this->a, this->b)), (Found{1, 2}));
        EXPECT_EQ(this->connection.all(mica::select(this->id).order_by(this->value.desc())), (Found{3, 2, 1}));
        EXPECT_EQ(this->connection.one(mica::select(mica::max(this->value))), this->c);
    }
    const auto groups = this->connection.all(
        mica::select(this->maybe, mica::count()).group_by(this->maybe).order_by(mica::count().desc()));
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(*std::get<0>(groups[0]), this->a);
    EXPECT_EQ(std::get<1>(groups[0]), 2);
}

TYPED_TEST_P(TypePositions, are_joined_and_chosen) {
    using Entity = typename TestFixture::Row;
    constexpr auto other = mica::alias<Entity, "other">;
    EXPECT_EQ(this->connection.all(mica::select(this->id)
                                       .join(other, this->value == other.template col<&Entity::maybe>)
                                       .order_by(other.template col<&Entity::id>)),
              (typename TestFixture::Ids{1, 1}));
    EXPECT_EQ(this->connection.one(mica::select(mica::coalesce(this->maybe, this->c)).where(this->id == 2)), this->c);
    EXPECT_EQ(
        this->connection.one(
            mica::select(mica::case_(mica::when(this->id == 1, this->value)).otherwise(this->b)).where(this->id == 3)),
        this->b);
    const auto second = this->connection.one(mica::select(mica::nullif(this->value, this->a)).where(this->id == 1));
    EXPECT_FALSE(second.has_value());
}

TYPED_TEST_P(TypePositions, are_returned_and_bound_in_raw_sql) {
    using Entity = typename TestFixture::Row;
    const auto inserted = this->connection.one(
        mica::insert_into<Entity>().values(Entity{9, this->c, this->b}).returning(this->value, this->maybe));
    EXPECT_EQ(std::get<0>(inserted), this->c);
    EXPECT_EQ(*std::get<1>(inserted), this->b);
    const auto updated = this->connection.one(
        mica::update<Entity>().set(this->value = this->a).where(this->id == 9).returning(this->value));
    EXPECT_EQ(updated, this->a);
    const auto gone =
        this->connection.one(mica::delete_from<Entity>().where(this->id == 9).template returning<Entity>());
    EXPECT_EQ(gone.value, this->a);
    EXPECT_EQ((this->connection.template execute<std::int64_t>("SELECT id FROM holder WHERE value = ?", this->b).all()),
              (typename TestFixture::Ids{2}));
    EXPECT_EQ((this->connection.template execute<TypeParam>("SELECT value FROM holder WHERE id = ?", 3).one()),
              this->c);
}

TYPED_TEST_P(TypePositions, are_upserted_and_prepared) {
    using Entity = typename TestFixture::Row;
    this->connection.upsert(Entity{2, this->c, this->a});
    EXPECT_EQ(this->stored(2), this->c);
    this->connection.execute(mica::insert_into<Entity>()
                                 .values(Entity{2, this->a, std::nullopt})
                                 .template on_conflict<&Entity::id>()
                                 .do_update(this->value = mica::excluded<&Entity::value>));
    EXPECT_EQ(this->stored(2), this->a);
    auto by_value = this->connection.prepare(
        mica::select(mica::count()).template from<Entity>().where(this->value == mica::param<TypeParam>));
    EXPECT_EQ(by_value(this->a).one(), 2);
    EXPECT_EQ(by_value(this->b).one(), 0);
}

TYPED_TEST_P(TypePositions, are_tracked_and_restored) {
    using Entity = typename TestFixture::Row;
    mica::Session session{this->connection};
    const auto row = session.template get<Entity>(1);
    EXPECT_FALSE(session.is_modified(row));
    row->value = this->b;
    row->maybe.reset();
    EXPECT_TRUE(session.is_modified(row));
    EXPECT_EQ(session.changes(row).size(), 2U);
    session.flush();
    EXPECT_EQ(session.one(mica::select(this->value).where(this->id == 1)), this->b);
    EXPECT_FALSE(session.is_modified(row));
    session.rollback();
    EXPECT_EQ(row->value, this->a);
    ASSERT_TRUE(row->maybe.has_value());
    EXPECT_EQ(*row->maybe, this->a);
    EXPECT_EQ(session.one(mica::select(this->value).where(this->id == 1)), this->a);
}

TYPED_TEST_P(TypePositions, are_keys_and_foreign_keys) {
    if constexpr (Samples<TypeParam>::is_key) {
        using Parent = Keyed<TypeParam>;
        using Child = Leaf<TypeParam>;
        this->connection.template create_all<Parent, Child>();
        mica::Session session{this->connection};
        const auto parent = session.add(Parent{.key = this->b, .note = "b"});
        const auto child = session.add(Child{});
        parent->leaves.add(child);
        session.commit();
        EXPECT_EQ(child->keyed, this->b);
        session.clear();
        const auto found = session.template get<Parent>(this->b);
        ASSERT_TRUE(found);
        EXPECT_FALSE(session.template get<Parent>(this->a));
        const auto loaded = session.template query<Parent>().template with<&Parent::leaves>().one();
        EXPECT_EQ(loaded, found);
        EXPECT_EQ(loaded->leaves.size(), 1U);
        EXPECT_EQ(session.template query<Child>().template with<&Child::owner>().one()->owner->note, "b");
        session.commit();
        const auto many = this->connection.template get_many<Parent>(std::vector<TypeParam>{this->a, this->b});
        ASSERT_EQ(many.size(), 2U);
        EXPECT_FALSE(many[0].has_value());
        EXPECT_EQ(many[1]->note, "b");
    }
}

REGISTER_TYPED_TEST_SUITE_P(TypePositions, are_written_and_read, are_compared_and_listed, are_sorted_and_grouped,
                            are_joined_and_chosen, are_returned_and_bound_in_raw_sql, are_upserted_and_prepared,
                            are_tracked_and_restored, are_keys_and_foreign_keys);

}  // namespace mica::test
