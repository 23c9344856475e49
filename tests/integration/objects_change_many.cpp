// SPDX-License-Identifier: BSL-1.0
// connection.update(range) and remove(range) of so many objects that one statement takes them: they are to be told from
// a loop only by speed.
#include <support/caught.hpp>
#include <support/changed_tables.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <random>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <vector>

namespace integration_objects_change_many {

struct Fragile {
    int value = 0;
    /// What encoding the value 10 does.
    static inline std::function<void()> act{};
};

struct Part {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> size{};
    Fragile weight{};
    std::int64_t maker = 1;
};
struct Page {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> size{};
    std::int64_t maker = 1;
    int version = 1;
    static constexpr auto mapping() { return mica::table("page", mica::version<&Page::version>); }
};
struct Tiny {
    std::int64_t id = 0;
    std::int8_t version = 0;
    static constexpr auto mapping() { return mica::table("tiny", mica::version<&Tiny::version>); }
};
struct Place {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent{};
    static constexpr auto mapping() { return mica::table("place", mica::foreign_key<&Place::parent, &Place::id>); }
};

}  // namespace integration_objects_change_many

template <>
struct mica::Codec<integration_objects_change_many::Fragile> {
    using Value = integration_objects_change_many::Fragile;
    using Storage = std::int64_t;
    static std::int64_t encode(const Value& fragile) {
        if (fragile.value < 0) throw std::runtime_error("it broke");
        if (fragile.value == 10 && Value::act) Value::act();
        return fragile.value;
    }
    static Value decode(std::int64_t stored) { return {static_cast<int>(stored)}; }
};

namespace integration_objects_change_many {
namespace {

using namespace integration_objects_change_many;
using mica::col;
using mica::select;
using mica::test::caught;

std::vector<Part> parts(std::size_t count, std::int64_t distance = 1) {
    std::vector<Part> made(count);
    for (std::size_t i = 0; i < count; ++i) {
        made[i].id = static_cast<std::int64_t>(i + 1) * distance;
        made[i].name = "part " + std::to_string(i);
    }
    return made;
}

struct ObjectsChangeMany : mica::test::MemoryDatabase<Part, Page, Tiny, Place> {
    ~ObjectsChangeMany() override { Fragile::act = {}; }

    /// Of the last statement: as many as there are objects, if it was one for all.
    std::int64_t changes() { return connection.execute<std::int64_t>("SELECT changes()").one(); }
    std::int64_t count(const std::string& condition) {
        return connection.execute<std::int64_t>("SELECT count(*) FROM Part WHERE " + condition).one();
    }
};

TEST_F(ObjectsChangeMany, one_statement_changes_them_all) {
    std::vector<Part> many = parts(100);
    connection.insert(many);
    for (Part& part : many) part.size = static_cast<int>(part.id);
    EXPECT_EQ(connection.update(many), 100);
    EXPECT_EQ(changes(), 100);
    EXPECT_EQ(count("size = id AND name = 'part ' || (id - 1)"), 100);
    many.resize(60);
    EXPECT_EQ(connection.remove(many), 60);
    EXPECT_EQ(changes(), 60);
    EXPECT_EQ(count("id > 60"), 40);
}

TEST_F(ObjectsChangeMany, rows_between_those_of_the_objects_stay) {
    connection.insert(parts(100));
    std::vector<Part> every_third = parts(33, 3);
    for (Part& part : every_third) part.size = 3;
    EXPECT_EQ(connection.update(every_third), 33);
    EXPECT_EQ(changes(), 33);
    EXPECT_EQ(count("(size = 3) IS (id % 3 = 0) OR size IS NULL AND id % 3 <> 0"), 100);
    EXPECT_EQ(connection.remove(every_third), 33);
    EXPECT_EQ(changes(), 33);
    EXPECT_EQ(count("id % 3 <> 0"), 67);
}

TEST_F(ObjectsChangeMany, keys_far_from_each_other_are_written_in_several_groups_or_one_by_one) {
    std::vector<Part> many = parts(20);
    for (std::size_t i = 10; i < 20; ++i) many[i].id += 1'000'000;
    connection.insert(many);
    for (Part& part : many) part.size = 1;
    EXPECT_EQ(connection.update(many), 20);
    EXPECT_EQ(changes(), 10);
    EXPECT_EQ(count("size = 1"), 20);
    std::vector<Part> far = parts(20, 5000);
    connection.insert(std::vector<Part>(far.begin() + 2, far.end()));
    EXPECT_EQ(connection.update(far), 18);
    EXPECT_EQ(changes(), 1);
}

TEST_F(ObjectsChangeMany, keys_at_both_ends_of_all_keys_are_found) {
    std::vector<Part> many = parts(20);
    for (std::size_t i = 0; i < 20; ++i) {
        const auto place = static_cast<std::int64_t>(i);
        many[i].id = i < 10 ? INT64_MIN + place : INT64_MAX - 19 + place;
    }
    connection.insert(many);
    for (Part& part : many) part.size = 1;
    EXPECT_EQ(connection.update(many), 20);
    EXPECT_EQ(count("size = 1"), 20);
    EXPECT_EQ(connection.remove(many), 20);
    EXPECT_EQ(count("1"), 0);
}

TEST_F(ObjectsChangeMany, of_two_objects_with_one_key_the_last_is_written) {
    std::vector<Part> many = parts(20);
    connection.insert(many);
    many[7].id = 7;
    many[7].name = "the last";
    EXPECT_EQ(connection.update(many), 20);
    EXPECT_EQ(connection.get<Part>(7)->name, "the last");
    EXPECT_EQ(connection.remove(many), 19);
}

TEST_F(ObjectsChangeMany, any_order_and_any_kind_of_range_will_do) {
    std::vector<Part> many = parts(20);
    connection.insert(many);
    for (Part& part : many) part.size = 1;
    EXPECT_EQ(connection.update(std::vector<Part>(many.rbegin(), many.rend())), 20);
    EXPECT_EQ(changes(), 1);
    EXPECT_EQ(count("size = 1"), 20);
    const std::list<Part> list(many.begin(), many.end());
    EXPECT_EQ(connection.update(list), 20);
    EXPECT_EQ(changes(), 20);
    EXPECT_EQ(connection.update(many | std::views::filter([](const Part& part) { return part.id != 4; })), 19);
    EXPECT_EQ(changes(), 19);
    EXPECT_EQ(connection.remove(many | std::views::transform([](Part part) { return part; })), 20);
    EXPECT_EQ(count("1"), 0);
}

TEST_F(ObjectsChangeMany, a_range_may_fill_one_object_anew_for_each) {
    connection.insert(parts(20));
    Part filled;
    const auto fill = [&](int id) -> const Part& { return filled = Part{id, "filled", id}; };
    EXPECT_EQ(connection.update(std::views::iota(1, 21) | std::views::transform(fill)), 20);
    EXPECT_EQ(count("size = id AND name = 'filled'"), 20);
    std::vector<Page> pages(20);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        pages[i].id = static_cast<std::int64_t>(i + 1);
        pages[i].version = static_cast<int>(i % 3 + 1);
    }
    connection.insert(pages);
    Page page;
    const auto take = [&](const Page& each) -> const Page& { return page = each; };
    EXPECT_EQ(connection.remove(pages | std::views::transform(take)), 20);
}

TEST_F(ObjectsChangeMany, rows_that_are_gone_are_not_counted) {
    std::vector<Part> many = parts(40);
    connection.insert(many);
    connection.execute("DELETE FROM Part WHERE id BETWEEN 5 AND 14");
    EXPECT_EQ(connection.update(many), 30);
    EXPECT_EQ(connection.remove(many), 30);
    EXPECT_EQ(connection.remove(many), 0);
    EXPECT_EQ(connection.update(many), 0);
}

TEST_F(ObjectsChangeMany, the_object_that_is_refused_is_named_and_nothing_has_changed) {
    connection.execute("CREATE UNIQUE INDEX by_name ON Part(name)");
    std::vector<Part> many = parts(20);
    connection.insert(many);
    for (Part& part : many) part.size = 1;
    many[12].name = "part 3";
    const auto change = [&] { connection.update(many); };
    EXPECT_EQ(caught<mica::IntegrityError>(change).kind(), mica::IntegrityError::unique);
    EXPECT_EQ(count("size IS NULL"), 20);
    auto transaction = connection.begin();
    connection.execute("INSERT INTO Part VALUES (99, 'kept', 1, 1, 1)");
    EXPECT_THROW(change(), mica::IntegrityError);
    transaction.commit();
    EXPECT_EQ(count("size IS NULL"), 20);
    EXPECT_EQ(count("name = 'kept'"), 1);
}

TEST_F(ObjectsChangeMany, what_a_codec_throws_is_thrown_and_nothing_has_changed) {
    std::vector<Part> many = parts(20);
    connection.insert(many);
    for (Part& part : many) part.size = 1;
    many[12].weight.value = -1;
    EXPECT_EQ(mica::test::message_of<std::runtime_error>([&] { connection.update(many); }), "it broke");
    EXPECT_EQ(count("size IS NULL"), 20);
    auto transaction = connection.begin();
    EXPECT_THROW(connection.update(many), std::runtime_error);
    transaction.commit();
    EXPECT_EQ(count("size IS NULL"), 20);
}

TEST_F(ObjectsChangeMany, a_codec_may_use_the_connection) {
    std::vector<Part> many = parts(20);
    connection.insert(many);
    many[9].weight.value = 10;
    std::vector<Part> others = parts(20);
    for (Part& other : others) other.id += 100;
    connection.insert(others);
    Fragile::act = [&] {
        for (Part& other : others) other.size = 7;
        connection.update(others);
    };
    for (Part& part : many) part.size = 1;
    EXPECT_EQ(connection.update(many), 20);
    EXPECT_EQ(count("size = 1 AND id <= 20"), 20);
    EXPECT_EQ(count("size = 7 AND id > 100"), 20);
}

TEST_F(ObjectsChangeMany, versions_are_counted_and_what_is_stale_is_refused) {
    std::vector<Page> pages(30);
    for (std::size_t i = 0; i < pages.size(); ++i) pages[i].id = static_cast<std::int64_t>(i + 1);
    connection.insert(pages);
    EXPECT_EQ(connection.update(pages), 30);
    EXPECT_EQ(changes(), 30);
    for (const Page& page : pages) EXPECT_EQ(page.version, 2);
    connection.execute("UPDATE page SET version = 7 WHERE id = 12");
    const auto stale = [&](auto change) { return mica::test::message_of<mica::StaleDataError>(change); };
    EXPECT_NE(stale([&] { connection.update(pages); }).find("object 11"), std::string::npos);
    EXPECT_NE(stale([&] { connection.remove(pages); }).find("object 11"), std::string::npos);
    for (const Page& page : pages) EXPECT_EQ(page.version, 2);
    EXPECT_EQ(connection.all(select<Page>().where(col<&Page::version> == 2)).size(), 29U);
    connection.execute("DELETE FROM page WHERE id = 12");
    EXPECT_THROW(connection.update(pages), mica::StaleDataError);
    pages.erase(pages.begin() + 11);
    EXPECT_EQ(connection.remove(pages), 29);
    EXPECT_EQ(changes(), 29);
}

TEST_F(ObjectsChangeMany, a_version_that_a_trigger_counts_on_the_way_is_stale) {
    std::vector<Page> pages(20);
    for (std::size_t i = 0; i < pages.size(); ++i) pages[i].id = static_cast<std::int64_t>(i + 1);
    connection.insert(pages);
    connection.execute(
        "CREATE TRIGGER counts AFTER UPDATE ON page WHEN new.id = 3 BEGIN UPDATE page SET version = 7 WHERE id = 15; "
        "END");
    EXPECT_THROW(connection.update(pages), mica::StaleDataError);
    EXPECT_EQ(connection.all(select<Page>().where(col<&Page::version> == 1)).size(), 20U);
    EXPECT_EQ(pages[14].version, 1);
}

TEST_F(ObjectsChangeMany, a_version_that_does_not_fit_is_refused) {
    std::vector<Tiny> many(20);
    for (std::size_t i = 0; i < many.size(); ++i) many[i].id = static_cast<std::int64_t>(i + 1);
    connection.insert(many);
    connection.execute("UPDATE tiny SET version = 127 WHERE id = 9");
    many[8].version = 127;
    EXPECT_THROW(connection.update(many), mica::DataError);
    EXPECT_EQ(connection.all(select<Tiny>().where(col<&Tiny::version> == 0)).size(), 19U);
    EXPECT_EQ(many[0].version, 0);
}

TEST_F(ObjectsChangeMany, a_parent_is_not_removed_before_its_child) {
    std::vector<Place> places(20);
    for (std::size_t i = 0; i < places.size(); ++i) places[i].id = static_cast<std::int64_t>(i + 1);
    places[15].parent = 3;
    connection.insert(places);
    EXPECT_THROW(connection.remove(places), mica::IntegrityError);
    EXPECT_EQ(connection.all(select<Place>()).size(), 20U);
}

TEST_F(ObjectsChangeMany, a_key_column_of_another_type_is_compared_as_it_compares) {
    connection.execute("DROP TABLE Part");
    connection.execute("CREATE TABLE Part (id TEXT PRIMARY KEY, name TEXT, size, weight, maker)");
    std::vector<Part> many = parts(40);
    for (const Part& part : many) {
        connection.execute("INSERT INTO Part VALUES (?, '', NULL, 0, 1)", std::to_string(part.id));
    }
    EXPECT_EQ(connection.update(many), 40);
    EXPECT_EQ(count("name = 'part ' || (id - 1)"), 40);
    EXPECT_EQ(connection.remove(many), 40);
}

TEST_F(ObjectsChangeMany, a_function_of_the_programs_may_have_the_name_of_micas_own) {
    connection.insert(parts(20));
    std::vector<Part> many = parts(20);
    for (Part& part : many) part.size = 5;
    connection.create_function("mica_by_key", [](std::int64_t) { return 1; });
    connection.create_function("mica_by_key", [](std::int64_t, std::int64_t) { return 77; });
    EXPECT_EQ(connection.update(many), 20);
    EXPECT_EQ(count("size = 5 AND name = 'part ' || (id - 1)"), 20);
}

TEST_F(ObjectsChangeMany, sql_text_finds_no_objects) {
    connection.insert(parts(20));
    EXPECT_THROW(connection.execute("DELETE FROM Part WHERE mica_by_key(id)"), mica::DatabaseError);
    EXPECT_EQ(count("1"), 20);
}

TEST_F(ObjectsChangeMany, a_trigger_that_rolls_back_has_rolled_back) {
    connection.execute(
        "CREATE TRIGGER no AFTER UPDATE ON Part WHEN new.id = 9 BEGIN SELECT RAISE(ROLLBACK, 'no'); END");
    std::vector<Part> many = parts(20);
    connection.insert(many);
    for (Part& part : many) part.size = 1;
    auto transaction = connection.begin();
    connection.execute("INSERT INTO Part VALUES (99, 'lost', 1, 1, 1)");
    EXPECT_THROW(connection.update(many), mica::IntegrityError);
    transaction.rollback();
    EXPECT_EQ(count("size IS NULL"), 20);
    EXPECT_EQ(count("name = 'lost'"), 0);
}

TEST_F(ObjectsChangeMany, a_row_that_a_trigger_brings_on_the_way_is_changed) {
    std::vector<Part> many = parts(20);
    connection.insert(many);
    connection.execute("DELETE FROM Part WHERE id = 15");
    connection.execute(
        "CREATE TRIGGER brings AFTER UPDATE ON Part WHEN new.id = 3 BEGIN INSERT INTO Part VALUES (15, 'it', 2, 1, 1); "
        "END");
    for (Part& part : many) part.size = 1;
    EXPECT_EQ(connection.update(many), 20);
    EXPECT_EQ(count("size = 1"), 20);
}

TEST_F(ObjectsChangeMany, those_who_listen_to_changes_hear_of_each) {
    std::vector<Part> many = parts(20);
    connection.insert(many);
    std::size_t heard = 0;
    const auto token = engine.on_change([&](const mica::RowChange&) { ++heard; });
    auto other = engine.connect();
    other.update(many);
    EXPECT_EQ(heard, 20U);
    other.remove(many);
    EXPECT_EQ(heard, 40U);
}

// ---------------------------------------------------------------------------------------------------------------------

using mica::test::one_of;
using mica::test::Random;

template <class Owner>
constexpr bool has_version = std::is_same_v<Owner, Page>;

template <class Owner>
Owner make_object(Random& random, std::int64_t id) {
    Owner object;
    object.id = id;
    object.name = one_of(random, 40) ? "n" + std::to_string(random() % 6) : "name " + std::to_string(random());
    if (!one_of(random, 3)) object.size = one_of(random, 60) ? 4 + static_cast<int>(random() % 7) : 1;
    object.maker = one_of(random, 150) ? 3 : 1 + static_cast<std::int64_t>(random() % 2);
    if constexpr (!has_version<Owner>) object.weight.value = one_of(random, 300) ? -1 : 2;
    return object;
}

/// One of two databases that are to be the same.
template <class Owner>
struct Side {
    mica::Engine engine{"sqlite://"};
    mica::Connection connection = engine.connect();
    std::vector<Owner> objects;
    std::string outcome{};

    template <class Action>
    void run(Action action) {
        try {
            outcome = std::to_string(action(connection, objects));
        } catch (const std::exception& error) {
            outcome = std::string{typeid(error).name()} + error.what();
        }
    }
    std::string dump() {
        std::string all = outcome + "|";
        using Line = std::tuple<std::optional<std::string>>;
        const std::string name = has_version<Owner> ? "page" : "Part";
        const std::string last = has_version<Owner> ? "version" : "weight";
        for (const std::string& query :
             {"SELECT id || name || coalesce(size, '-') || maker || " + last + " FROM " + name + " ORDER BY id",
              std::string{"SELECT what || id || name || coalesce(here, '-') FROM log ORDER BY rowid"},
              std::string{"SELECT id || coalesce(thing, '-') FROM child ORDER BY id"}}) {
            for (const auto& [line] : connection.execute<Line>(query)) all += line.value_or("NULL") + "\n";
        }
        if constexpr (has_version<Owner>) {
            for (const Owner& object : objects) all += std::to_string(object.version) + " ";
        }
        return all;
    }
};

template <class Owner>
void compare_with_a_loop(unsigned seed) {
    SCOPED_TRACE(seed);
    Random random{seed};
    const std::string tables = has_version<Owner> ? mica::test::changed_tables(random, "page", "version")
                                                  : mica::test::changed_tables(random, "Part", "weight");
    SCOPED_TRACE(tables);
    Side<Owner> quick;
    Side<Owner> looped;
    const auto listening = looped.engine.on_statement([](const mica::StatementEvent&) {});
    const auto both = [&](auto action) {
        quick.run(action);
        looped.run(action);
    };
    const auto first = static_cast<std::int64_t>(random() % 20) - 10;
    const std::size_t count = 8 + random() % 60;
    std::vector<Owner> stored;
    for (std::int64_t id = first; stored.size() < count; id += 1 + static_cast<std::int64_t>(random() % 3)) {
        stored.push_back(make_object<Owner>(random, id == 0 ? ++id : id));
        if constexpr (!has_version<Owner>) stored.back().weight.value = 2;
        stored.back().name = "stored " + std::to_string(id);
        stored.back().maker = 1;
        stored.back().size.reset();
    }
    both([&](mica::Connection& connection, auto&) {
        for (const auto statement : std::views::split(tables, '@')) {
            connection.execute(std::string_view{statement.begin(), statement.end()});
        }
        connection.insert(stored);
        for (std::size_t i = 0; i < 5; ++i) {
            connection.execute("INSERT INTO child (thing) VALUES (?)", stored[(i * 7) % count].id);
        }
        return 0;
    });
    ASSERT_EQ(quick.outcome, "0");
    for (int round = 0; round < 3; ++round) {
        std::vector<Owner> objects;
        const bool is_sparse = one_of(random, 3);
        const bool has_strangers = one_of(random, 3);
        for (const Owner& each : stored) {
            if (is_sparse && one_of(random, 2)) continue;
            objects.push_back(make_object<Owner>(random, each.id));
            if constexpr (has_version<Owner>) objects.back().version = one_of(random, 100) ? 9 : 1 + round;
            if (has_strangers && one_of(random, 8)) objects.push_back(make_object<Owner>(random, each.id + 1));
        }
        if (one_of(random, 8) && !objects.empty()) std::swap(objects.front(), objects.back());
        quick.objects = objects;
        looped.objects = objects;
        const bool removes = one_of(random, 3);
        const bool is_inside = one_of(random, 2);
        both([&](mica::Connection& connection, auto& range) {
            if (!is_inside) return removes ? connection.remove(range) : connection.update(range);
            auto transaction = connection.begin();
            connection.execute("INSERT INTO log VALUES ('t', 0, 'inside', 0)");
            std::int64_t changed = 0;
            try {
                changed = removes ? connection.remove(range) : connection.update(range);
            } catch (...) {
                if (connection.in_transaction()) transaction.commit();
                throw;
            }
            transaction.commit();
            return changed;
        });
        ASSERT_EQ(quick.dump(), looped.dump());
    }
}

TEST(ObjectsChangeManyRandom, change_as_a_loop_does) {
    for (unsigned seed = 1; seed <= 150 && !testing::Test::HasFatalFailure(); ++seed) {
        compare_with_a_loop<Part>(seed);
        compare_with_a_loop<Page>(seed);
    }
}

}  // namespace
}  // namespace integration_objects_change_many
