// SPDX-License-Identifier: BSL-1.0
// Random tables and changes: what a flush makes of changed rows by one statement is what it makes of them one by one.
#include <mica/mica.hpp>

#include <support/changed_tables.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <vector>

namespace integration_session_changed_rows_random {

using namespace mica;
using mica::test::one_of;
using mica::test::Random;

struct Part {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> size{};
    int weight = 1;
    std::int64_t maker = 1;
    static constexpr auto mapping() { return table("part"); }
};
struct Page {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> size{};
    std::int64_t maker = 1;
    int version = 1;
    static constexpr auto mapping() { return table("page", mica::version<&Page::version>); }
};

template <class Owner>
constexpr bool has_version = std::is_same_v<Owner, Page>;
template <class Owner>
const std::string name_of = has_version<Owner> ? "page" : "part";
template <class Owner>
const std::string integer_of = has_version<Owner> ? "version" : "weight";

/// What happens to one object before a flush.
struct Edit {
    std::int64_t id;
    std::optional<std::string> name{};
    std::optional<int> size{};
    std::optional<std::int64_t> maker{};
};

Edit make_edit(Random& random, std::int64_t id, unsigned columns) {
    Edit edit{.id = id};
    if ((columns & 1U) != 0) {
        edit.name = one_of(random, 40) ? "n" + std::to_string(random() % 6) : "name " + std::to_string(random());
    }
    if ((columns & 2U) != 0) edit.size = one_of(random, 40) ? 4 + static_cast<int>(random() % 7) : 1 + id % 2;
    if ((columns & 4U) != 0) edit.maker = one_of(random, 100) ? 3 : 2;
    return edit;
}

/// One of two databases that are to be the same, with its session.
template <class Owner>
struct Side {
    Engine engine{"sqlite://"};
    Session session{engine};
    std::vector<Ref<Owner>> objects{};
    std::string outcome{};

    template <class Action>
    void run(const Action& action) {
        try {
            action();
            outcome = "done";
        } catch (const std::exception& error) {
            outcome = std::string{typeid(error).name()} + error.what();
        }
    }
    void execute(const std::string& sql) { engine.connect().execute(sql); }
    void apply(const std::vector<Edit>& edits) {
        for (const Edit& edit : edits) {
            const Ref<Owner> object = session.get<Owner>(edit.id);
            if (!object) continue;
            if (edit.name) object->name = *edit.name;
            if (edit.size) object->size = edit.size;
            if (edit.maker) object->maker = *edit.maker;
        }
    }
    std::string dump() {
        std::string all = outcome + "|";
        using Line = std::tuple<std::optional<std::string>>;
        for (const std::string& query : {"SELECT id || name || coalesce(size, '-') || maker || " + integer_of<Owner> +
                                             " FROM " + name_of<Owner> + " ORDER BY id",
                                         std::string{"SELECT what || id || name || coalesce(here, '-') FROM log"},
                                         std::string{"SELECT id || coalesce(thing, '-') FROM child ORDER BY id"}}) {
            for (const auto& [line] : session.execute<Line>(query)) all += line.value_or("NULL") + "\n";
        }
        return all;
    }
    std::string state() {
        std::string all = outcome + "|";
        for (const Ref<Owner>& object : objects) {
            all += std::to_string(object->id) + object->name + std::to_string(object->size.value_or(-1)) +
                   std::to_string(object->maker) + (session.is_modified(object) ? "*" : " ");
            if constexpr (has_version<Owner>) all += std::to_string(object->version) + " ";
        }
        return all;
    }
};

template <class Owner>
void compare_with_one_by_one(unsigned seed) {
    SCOPED_TRACE(seed);
    Random random{seed};
    const std::string tables = mica::test::changed_tables(random, name_of<Owner>, integer_of<Owner>);
    SCOPED_TRACE(tables);
    Side<Owner> quick;
    Side<Owner> single;
    const auto listening = single.engine.on_statement([](const StatementEvent&) {});
    const auto both = [&](const auto& action) {
        action(quick);
        action(single);
    };
    const std::size_t count = 8 + random() % 60;
    std::vector<std::int64_t> ids;
    for (std::int64_t id = 1; ids.size() < count; id += 1 + static_cast<std::int64_t>(random() % 3)) ids.push_back(id);
    both([&](Side<Owner>& side) {
        for (const auto statement : std::views::split(tables, '@')) {
            side.execute(std::string{statement.begin(), statement.end()});
        }
        for (const std::int64_t id : ids) {
            side.execute("INSERT INTO " + name_of<Owner> + "(id, name, " + integer_of<Owner> + ", maker) VALUES (" +
                         std::to_string(id) + ", 'stored " + std::to_string(id) + "', 1, 1)");
        }
        for (std::size_t i = 0; i < 5; ++i) {
            side.execute("INSERT INTO child (thing) VALUES (" + std::to_string(ids[(i * 7) % count]) + ")");
        }
    });
    const bool is_turned = one_of(random, 8);
    const std::int64_t early = one_of(random, 3) ? ids[random() % count] : 0;
    both([&](Side<Owner>& side) {
        if (early != 0) side.objects.push_back(side.session.template get<Owner>(early));
        auto query = side.session.template query<Owner>().order_by(col<&Owner::id>.asc(!is_turned));
        for (const Ref<Owner>& object : query.all()) side.objects.push_back(object);
        side.session.commit();
    });
    for (int round = 0; round < 4; ++round) {
        if (one_of(random, 4)) {
            const std::string where = " WHERE id = " + std::to_string(ids[random() % count]);
            const std::string sql = one_of(random, 2)
                                        ? "DELETE FROM " + name_of<Owner> + where
                                        : "UPDATE " + name_of<Owner> + " SET " + integer_of<Owner> + " = 9" + where;
            both([&](Side<Owner>& side) { side.run([&] { side.execute(sql); }); });
        }
        const auto columns = static_cast<unsigned>(1 + random() % 7);
        const bool has_sets = one_of(random, 2);
        const bool is_sparse = one_of(random, 3);
        std::vector<Edit> edits;
        for (const std::int64_t id : ids) {
            if (is_sparse && one_of(random, 2)) continue;
            edits.push_back(make_edit(random, id, has_sets ? static_cast<unsigned>(1 + random() % 7) : columns));
        }
        both([&](Side<Owner>& side) {
            side.apply(edits);
            side.run([&] { side.session.flush(); });
        });
        ASSERT_EQ(quick.state(), single.state());
        const bool is_kept = quick.outcome == "done" && !one_of(random, 4);
        both([&](Side<Owner>& side) {
            side.run([&] { is_kept ? side.session.commit() : side.session.rollback(); });
            if (side.outcome != "done") side.session.rollback();
        });
        ASSERT_EQ(quick.state(), single.state());
        both([](Side<Owner>& side) { side.session.rollback(); });
        ASSERT_EQ(quick.dump(), single.dump());
        both([](Side<Owner>& side) { side.session.rollback(); });
    }
}

TEST(SessionChangedRowsRandom, are_what_they_are_one_by_one) {
    for (unsigned seed = 1; seed <= 60 && !testing::Test::HasFatalFailure(); ++seed) {
        compare_with_one_by_one<Part>(seed);
        compare_with_one_by_one<Page>(seed);
    }
}

}  // namespace integration_session_changed_rows_random
