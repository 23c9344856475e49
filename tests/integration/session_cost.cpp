// SPDX-License-Identifier: BSL-1.0
// What a session does not look at and does not keep: objects that nobody can have changed.
#include <mica/mica.hpp>

#include <support/albums.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace integration_session_cost {

/// Counts how often one is compared or written, and how many there are.
struct Counted {
    int value = 0;

    Counted(int given = 0) : value(given) { ++living; }
    Counted(const Counted& other) : value(other.value) { ++living; }
    Counted& operator=(const Counted&) = default;
    ~Counted() { --living; }

    inline static int looks = 0;
    inline static int living = 0;
};

}  // namespace integration_session_cost

template <>
struct mica::Codec<integration_session_cost::Counted> {
    using Storage = std::int64_t;
    static std::int64_t encode(const integration_session_cost::Counted& counted) {
        ++integration_session_cost::Counted::looks;
        return counted.value;
    }
    static integration_session_cost::Counted decode(std::int64_t stored) { return {static_cast<int>(stored)}; }
};

namespace integration_session_cost {

using namespace mica;

struct Item {
    std::int64_t id = 0;
    Counted counted{};
    static constexpr auto mapping() { return table("item"); }
};
struct Shelf {
    std::string name{};
    Counted counted{};
    static constexpr auto mapping() { return table("shelf", primary_key<&Shelf::name>); }
};

struct Part;
struct Whole {
    std::int64_t id = 0;
    HasMany<Part> parts{};
};

struct SessionCost : testing::Test {
    SessionCost() { engine.create_all<Item, Shelf>(); }
    void insert_items(int count) {
        session.execute(
            "INSERT INTO item SELECT value, value FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL "
            "SELECT value + 1 FROM n WHERE value < ?) SELECT value FROM n)",
            count);
        session.commit();
    }
    static int looks_of(auto action) {
        Counted::looks = 0;
        action();
        return Counted::looks;
    }

    Engine engine{"sqlite://"};
    Session session{engine};
};

TEST_F(SessionCost, what_nobody_holds_is_looked_at_once) {
    insert_items(100);
    session.query<Item>().all();
    EXPECT_EQ(looks_of([&] { session.flush(); }), 100);
    EXPECT_EQ(looks_of([&] { session.flush(); }), 0);
}

TEST_F(SessionCost, what_is_held_and_was_read_is_looked_at_by_every_flush) {
    insert_items(100);
    const auto item = session.get<Item>(7);
    EXPECT_EQ(item->counted.value, 7);
    session.query<Item>().all();
    session.flush();
    EXPECT_EQ(looks_of([&] { session.flush(); }), 1);
    item->counted.value = 70;
    session.commit();
    EXPECT_EQ(session.scalar(select(col<&Item::counted>).where(col<&Item::id> == 7)).value, 70);
}

TEST_F(SessionCost, what_is_held_and_was_never_read_is_looked_at_once) {
    insert_items(100);
    const auto items = session.query<Item>().all();
    EXPECT_EQ(looks_of([&] { session.flush(); }), 100);
    EXPECT_EQ(looks_of([&] { session.flush(); }), 0);
    items[7]->counted.value = 70;
    EXPECT_EQ(looks_of([&] { session.flush(); }), 3) << "to compare it, to encode it, to know its columns";
    EXPECT_EQ(session.scalar(select(col<&Item::counted>).where(col<&Item::id> == 8)).value, 70);
}

TEST_F(SessionCost, a_lookup_before_each_new_object_does_not_look_at_those_that_are_held) {
    const auto import = [&](int count) {
        std::vector<Ref<Item>> items;
        for (int i = 0; i < count; ++i) {
            ASSERT_FALSE(session.query<Item>().where(col<&Item::counted> == Counted{-1}).first());
            items.push_back(session.add(Item{.counted = i}));
        }
        session.commit();
    };
    const int few = looks_of([&] { import(100); });
    const int many = looks_of([&] { import(400); });
    EXPECT_LE(many, 4 * few + 10);
}

TEST_F(SessionCost, what_was_written_is_looked_at_once_more) {
    for (int i = 1; i <= 20; ++i) session.add(Item{.counted = i});
    session.flush();
    session.flush();
    EXPECT_EQ(looks_of([&] { session.flush(); }), 0);
    session.commit();
}

TEST_F(SessionCost, a_nested_part_for_each_new_row_does_not_look_at_the_others) {
    const auto import = [&](int count) {
        for (int i = 0; i < count; ++i) {
            session.nested([&] { session.add(Item{.counted = i}); });
        }
    };
    const int few = looks_of([&] { import(100); });
    const int many = looks_of([&] { import(400); });
    EXPECT_LE(many, 4 * few + 10);
    session.commit();
    EXPECT_EQ(session.query<Item>().count(), 500);
}

TEST_F(SessionCost, a_change_by_a_handle_that_is_gone_is_found_after_many_flushes) {
    insert_items(3);
    session.get<Item>(2);
    for (int i = 0; i < 3; ++i) session.flush();
    session.get<Item>(2)->counted.value = 20;
    session.commit();
    EXPECT_EQ(session.scalar(select(col<&Item::counted>).where(col<&Item::id> == 2)).value, 20);
}

TEST_F(SessionCost, a_change_that_a_rollback_took_back_is_not_there_for_one_that_nobody_holds) {
    insert_items(3);
    session.get<Item>(2)->counted.value = 20;
    session.flush();
    for (int i = 0; i < 3; ++i) session.flush();
    session.rollback();
    EXPECT_EQ(session.get<Item>(2)->counted.value, 2);
    session.get<Item>(2)->counted.value = 21;
    {
        auto savepoint = session.begin_nested();
        session.get<Item>(2)->counted.value = 22;
        session.flush();
        session.flush();
        savepoint.rollback();
    }
    EXPECT_EQ(session.get<Item>(2)->counted.value, 21);
}

TEST_F(SessionCost, a_loop_over_many_keys_keeps_at_most_ten_thousand_objects_that_nobody_holds) {
    insert_items(30000);
    int most = 0;
    const int before = Counted::living;
    for (int key = 1; key <= 30000; ++key) {
        ASSERT_EQ(session.get<Item>(key)->counted.value, key);
        most = std::max(most, Counted::living - before);
    }
    EXPECT_LE(most, 10001);
    session.clear();
    EXPECT_EQ(Counted::living, before);
}

TEST_F(SessionCost, what_is_held_or_changed_is_never_forgotten) {
    insert_items(30000);
    const auto held = session.get<Item>(1);
    session.get<Item>(2)->counted.value = -2;
    const auto removed = session.get<Item>(3);
    session.remove(removed);
    const auto quiet = session.no_autoflush();
    for (int key = 4; key <= 30000; ++key) session.get<Item>(key);
    EXPECT_EQ(session.get<Item>(1), held);
    session.commit();
    EXPECT_EQ(session.scalar(select(col<&Item::counted>).where(col<&Item::id> == 2)).value, -2);
    EXPECT_FALSE(session.get<Item>(3));
}

TEST_F(SessionCost, a_row_whose_object_is_there_is_not_decoded_again) {
    insert_items(100);
    const auto all = session.query<Item>().all();
    const int living = Counted::living;
    EXPECT_EQ(looks_of([&] { EXPECT_EQ(session.query<Item>().all(), all); }), 100) << "before the query, for changes";
    EXPECT_EQ(Counted::living, living);
}

/// An item's parts; its collection is loaded while it is new.
struct Part {
    std::int64_t id = 0;
    Counted counted{};
    std::int64_t whole_id = 0;
    static constexpr auto mapping() { return table("part", foreign_key<&Part::whole_id, &Whole::id>); }
};

struct PartCost : testing::Test {
    PartCost() {
        engine.create_all<Whole, Part>();
        whole = session.add(Whole{});
        session.flush();
    }
    void add_part(int value) { session.add(Part{.counted = value, .whole_id = whole->id}); }
    int stored(int value) {
        return static_cast<int>(session.query<Part>().where(col<&Part::counted> == Counted{value}).count());
    }

    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Whole> whole{};
};

TEST_F(PartCost, a_new_row_does_not_look_at_those_that_came_into_its_collection_before) {
    const auto import = [&](int count) {
        for (int i = 0; i < count; ++i) {
            session.nested([&] { add_part(i); });
        }
    };
    const int few = SessionCost::looks_of([&] { import(100); });
    const int many = SessionCost::looks_of([&] { import(400); });
    EXPECT_LE(many, 4 * few + 10);
    EXPECT_EQ(whole->parts.size(), 500U);
}

TEST_F(PartCost, a_change_of_what_came_into_a_collection_by_its_key_is_written) {
    for (int i = 1; i <= 3; ++i) add_part(i);
    for (int i = 0; i < 3; ++i) session.flush();
    for (const Ref<Part>& part : whole->parts) part->counted.value += 10;
    session.flush();
    EXPECT_EQ(stored(11) + stored(12) + stored(13), 3);
}

TEST_F(PartCost, a_change_by_a_plain_reference_is_written_after_many_flushes) {
    add_part(1);
    for (int i = 0; i < 3; ++i) session.flush();
    Part& part = *whole->parts[0];
    for (int i = 0; i < 3; ++i) session.flush();
    part.counted.value = 11;
    session.flush();
    EXPECT_EQ(stored(11), 1);
}

TEST_F(PartCost, what_was_reached_by_a_collection_and_left_it_is_written) {
    add_part(1);
    const Ref<Whole> other = session.add(Whole{});
    for (int i = 0; i < 3; ++i) session.flush();
    const Ref<Part> part = whole->parts[0];
    whole->parts.remove(part);
    other->parts.add(part);
    part->counted.value = 11;
    session.flush();
    EXPECT_EQ(stored(11), 1);
}

TEST_F(PartCost, a_change_of_what_was_reached_by_a_collection_is_taken_back_by_a_rollback) {
    add_part(1);
    session.commit();
    for (int i = 0; i < 3; ++i) session.flush();
    const Ref<Part> part = whole->parts[0];
    part->counted.value = 11;
    session.rollback();
    EXPECT_EQ(part->counted.value, 1);
}

TEST_F(PartCost, a_query_sees_a_change_of_what_was_reached_by_a_collection) {
    add_part(1);
    for (int i = 0; i < 3; ++i) session.flush();
    whole->parts[0]->counted.value = 11;
    EXPECT_EQ(stored(11), 1);
}

TEST_F(PartCost, what_a_collection_holds_is_never_forgotten) {
    add_part(1);
    session.commit();
    for (int i = 0; i < 3; ++i) session.flush();
    session.execute(
        "INSERT INTO part SELECT value, value, 1 FROM (WITH RECURSIVE n(value) AS (SELECT 2 UNION ALL "
        "SELECT value + 1 FROM n WHERE value < 30000) SELECT value FROM n)");
    for (int key = 2; key <= 30000; ++key) session.get<Part>(key);
    whole->parts[0]->counted.value = -1;
    session.commit();
    EXPECT_EQ(stored(-1), 1);
}

struct RelatedCost : albums::AlbumDatabase {};

TEST_F(RelatedCost, a_change_through_a_relation_is_found_after_many_flushes) {
    const auto album = session.query<albums::Album>().with<&albums::Album::tracks>().get(1);
    for (int i = 0; i < 3; ++i) session.flush();
    album->tracks[0]->name = "changed";
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT name FROM track"), "changed");
}

TEST_F(RelatedCost, what_nobody_holds_and_a_relation_finds_again_is_written) {
    session.get<albums::Track>(1);
    for (int i = 0; i < 3; ++i) session.flush();
    const auto album = session.query<albums::Album>().with<&albums::Album::tracks>().get(1);
    album->tracks[0]->name = "changed";
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT name FROM track"), "changed");
}

TEST_F(RelatedCost, a_parent_that_only_its_child_leads_to_is_written) {
    const auto track = session.query<albums::Track>().with<&albums::Track::album>().one();
    for (int i = 0; i < 3; ++i) session.flush();
    track->album->title = "changed";
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT title FROM album WHERE id = 1"), "changed");
}

}  // namespace integration_session_cost
