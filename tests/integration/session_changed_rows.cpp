// SPDX-License-Identifier: BSL-1.0
// A flush of so many changed objects that one statement takes those whose same columns have changed: it is to be told
// from one by one, which those who listen to statements hear, only by speed.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/heard_flush.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace integration_session_changed_rows {

using namespace mica;
using mica::test::caught;

constexpr std::size_t many = 20;

struct Maker {
    std::int64_t id = 0;
    std::string name{};
};
struct Part {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> size{};
    double weight = 0;
    std::optional<std::int64_t> maker_id{};
    BelongsTo<Maker> maker{};
    static constexpr auto mapping() {
        return table("part", check(col<&Part::size> >= 0), foreign_key<&Part::maker_id, &Maker::id>);
    }
};
struct Page {
    std::int64_t id = 0;
    std::string name{};
    int revision = 0;
    static constexpr auto mapping() { return table("page", version<&Page::revision>); }
};
struct Tiny {
    std::int64_t id = 0;
    int value = 0;
    std::int8_t revision = 0;
    static constexpr auto mapping() { return table("tiny", version<&Tiny::revision>); }
};
struct Place {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> parent{};
    static constexpr auto mapping() { return table("place", foreign_key<&Place::parent, &Place::id>); }
};
struct Doubled {
    std::int64_t id = 0;
    int value = 0;
    int twice = 0;
    static constexpr auto mapping() { return table("doubled", generated<&Doubled::twice>(col<&Doubled::value> * 2)); }
};
struct Named {
    std::string name{};
    int value = 0;
    static constexpr auto mapping() { return table("named", primary_key<&Named::name>); }
};
struct Hooked {
    std::int64_t id = 0;
    int value = 0;
    int changes = 0;
    static constexpr auto mapping() { return table("hooked"); }
};
void before_update(Hooked& hooked) { ++hooked.changes; }

struct SessionChangedRows : mica::test::HeardFlush {
    SessionChangedRows() {
        session.create_all<Maker, Part, Page, Tiny, Place, Doubled, Named, Hooked>();
        session.commit();
        listen("UPDATE");
    }

    int count(const std::string& rows) { return stored<int>("SELECT count(*) FROM " + rows).front(); }
    /// Of the statement that changed rows last: as many as there are objects, if it was one for all.
    int changes() { return session.execute<int>("SELECT changes()").one(); }

    template <class Owner>
    std::vector<Ref<Owner>> stored_objects(std::size_t number = many) {
        for (std::size_t i = 0; i < number; ++i) {
            Owner object;
            if constexpr (requires { object.id; }) object.id = static_cast<std::int64_t>(i + 1);
            if constexpr (requires { object.name; }) object.name = "name " + std::to_string(i);
            session.add(std::move(object));
        }
        session.commit();
        const auto objects = session.query<Owner>().all();
        session.commit();
        return objects;
    }
    void expect_nothing_written(const std::vector<Ref<Part>>& parts) {
        EXPECT_EQ(session.plan().size(), parts.size());
        session.rollback();
        EXPECT_EQ(count("part WHERE size IS NULL"), static_cast<int>(parts.size()));
    }
};

INSTANTIATE_TEST_SUITE_P(Ways, SessionChangedRows, testing::Bool(),
                         [](const auto& way) { return way.param ? "one_by_one" : "at_once"; });

TEST_P(SessionChangedRows, of_the_same_columns_are_one_statement_where_nobody_listens) {
    const auto parts = stored_objects<Part>();
    for (const auto& part : parts) part->size = static_cast<int>(part->id);
    session.flush();
    EXPECT_EQ(changes(), GetParam() ? 1 : static_cast<int>(many));
    EXPECT_EQ(statements_heard, GetParam() ? many : 0);
    session.commit();
    EXPECT_EQ(count("part WHERE size = id AND name = 'name ' || (id - 1)"), many);
    EXPECT_TRUE(session.plan().empty());
}

TEST_P(SessionChangedRows, write_no_columns_but_those_that_have_changed) {
    const auto parts = stored_objects<Part>();
    run({"UPDATE part SET name = 'theirs'"});
    for (const auto& part : parts) part->size = 1;
    session.commit();
    EXPECT_EQ(count("part WHERE size = 1 AND name = 'theirs'"), many);
}

TEST_P(SessionChangedRows, of_several_sets_of_columns_are_a_statement_for_each_set) {
    const auto parts = stored_objects<Part>(3 * many);
    for (const auto& part : parts) {
        if (part->id % 3 != 1) part->size = 2;
        if (part->id % 3 != 2) part->name = "new";
    }
    session.flush();
    EXPECT_EQ(changes(), GetParam() ? 1 : static_cast<int>(many));
    session.commit();
    EXPECT_EQ(count("part WHERE (size IS NULL) = (id % 3 = 1) AND (name = 'new') = (id % 3 <> 2)"), 3 * many);
}

TEST_P(SessionChangedRows, are_planned_in_the_order_in_which_they_are_written) {
    const auto parts = stored_objects<Part>(4);
    for (const auto& part : parts) part->id % 2 == 0 ? void(part->size = 2) : void(part->name = "odd");
    std::string keys;
    for (const PlannedChange& change : session.plan()) keys += change.key + " ";
    EXPECT_EQ(keys, "1 3 2 4 ");
}

TEST_P(SessionChangedRows, far_from_each_other_or_in_another_order_are_written_too) {
    stored_objects<Part>();
    session.clear();
    run({"UPDATE part SET id = id * 5000 WHERE id > 10"});
    const auto turned = session.query<Part>().order_by(col<&Part::id>.desc()).all();
    for (const auto& part : turned) part->size = 1;
    session.commit();
    for (const auto& part : session.query<Part>().all()) part->weight = 2;
    session.commit();
    EXPECT_EQ(count("part WHERE size = 1 AND weight = 2"), many);
}

TEST_P(SessionChangedRows, that_another_row_interrupts_go_on_behind_it) {
    stored_objects<Part>(2 * many);
    session.clear();
    const auto last = session.get<Part>(std::int64_t{2 * many});
    const auto first = session.get<Part>(1);
    auto parts = session.query<Part>().all();
    for (const auto& part : parts) part->size = 1;
    session.flush();
    EXPECT_EQ(changes(), GetParam() ? 1 : static_cast<int>(2 * many - 1));
    EXPECT_EQ(session.execute<int>("SELECT count(*) FROM part WHERE size = 1").one(), 2 * many);
}

TEST_P(SessionChangedRows, of_which_one_is_gone_say_that_it_is) {
    const auto parts = stored_objects<Part>();
    run({"DELETE FROM part WHERE id = 13"});
    for (const auto& part : parts) part->size = 1;
    const auto failure = caught<StaleDataError>([&] { session.flush(); });
    EXPECT_NE(std::string{failure.what()}.find("13"), std::string::npos) << failure.what();
    EXPECT_EQ(session.plan().size(), many);
    session.detach(parts[12]);
    session.commit();
    EXPECT_EQ(count("part WHERE size = 1"), many - 1);
}

TEST_P(SessionChangedRows, of_which_one_is_refused_leave_nothing_and_name_it) {
    const auto parts = stored_objects<Part>();
    for (const auto& part : parts) part->size = 1;
    parts[12]->size = -1;
    for (int i = 0; i < 2; ++i) {
        const auto failure = caught<IntegrityError>([&] { session.flush(); });
        EXPECT_EQ(failure.kind(), IntegrityError::check);
        EXPECT_NE(std::string{failure.what()}.find("updating row 13 of table \"part\""), std::string::npos)
            << failure.what();
    }
    expect_nothing_written(parts);
}

TEST_P(SessionChangedRows, of_which_one_has_no_parent_name_it_and_its_column) {
    const auto parts = stored_objects<Part>();
    const auto maker = session.add(Maker{.name = "maker"});
    session.flush();
    for (const auto& part : parts) part->maker_id = maker->id;
    parts[12]->maker_id = 99;
    const auto failure = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_EQ(failure.columns(), (std::vector<std::string>{"maker_id"}));
    EXPECT_NE(std::string{failure.what()}.find("updating row 13"), std::string::npos) << failure.what();
    expect_nothing_written(parts);
}

TEST_P(SessionChangedRows, refer_to_a_parent_that_the_same_flush_inserts) {
    const auto parts = stored_objects<Part>();
    const auto maker = session.add(Maker{.name = "maker"});
    for (const auto& part : parts) part->maker = maker;
    session.commit();
    EXPECT_EQ(count("part JOIN maker ON maker.id = part.maker_id"), many);
    for (const auto& part : parts) EXPECT_EQ(part->maker_id, maker->id);
}

TEST_P(SessionChangedRows, of_which_one_holds_no_number_are_refused) {
    const auto parts = stored_objects<Part>();
    for (const auto& part : parts) part->weight = 1;
    parts[12]->weight = std::numeric_limits<double>::quiet_NaN();
    const auto failure = caught<DataError>([&] { session.flush(); });
    EXPECT_NE(std::string{failure.what()}.find("updating row 13"), std::string::npos) << failure.what();
    expect_nothing_written(parts);
}

TEST_P(SessionChangedRows, count_their_versions_and_are_refused_where_one_is_stale) {
    const auto pages = stored_objects<Page>();
    for (const auto& page : pages) page->name = "new";
    session.flush();
    EXPECT_EQ(changes(), GetParam() ? 1 : static_cast<int>(many));
    session.commit();
    for (const auto& page : pages) EXPECT_EQ(page->revision, 1);
    run({"UPDATE page SET revision = 7 WHERE id = 13"});
    for (const auto& page : pages) page->name = "newer";
    const auto failure = caught<StaleDataError>([&] { session.commit(); });
    EXPECT_EQ(failure.actual_version(), 7);
    for (const auto& page : pages) EXPECT_EQ(page->revision, 1);
    session.refresh(pages[12], discard);
    session.commit();
    EXPECT_EQ(count("page WHERE name = 'newer' AND revision = 2"), many - 1);
}

TEST_P(SessionChangedRows, whose_version_a_trigger_counts_on_the_way_are_stale) {
    const auto pages = stored_objects<Page>();
    run(
        {"CREATE TRIGGER counts AFTER UPDATE ON page WHEN new.id = 3 BEGIN UPDATE page SET revision = 7 "
         "WHERE id = 15; END"});
    for (const auto& page : pages) page->name = "new";
    EXPECT_THROW(session.flush(), StaleDataError);
    session.rollback();
    EXPECT_EQ(count("page WHERE revision = 0"), many);
}

TEST_P(SessionChangedRows, whose_version_does_not_fit_are_refused) {
    stored_objects<Tiny>();
    run({"UPDATE tiny SET revision = 127 WHERE id = 9"});
    session.clear();
    const auto all = session.query<Tiny>().all();
    for (const auto& tiny : all) tiny->value = 1;
    const auto failure = caught<DataError>([&] { session.flush(); });
    EXPECT_NE(std::string{failure.what()}.find("updating row 9"), std::string::npos) << failure.what();
    EXPECT_EQ(all[0]->revision, 0);
    session.rollback();
    EXPECT_EQ(count("tiny WHERE value = 0"), many);
}

TEST_P(SessionChangedRows, that_may_refer_to_each_other_are_written_one_by_one) {
    const auto places = stored_objects<Place>();
    for (const auto& place : places) place->parent = 1;
    session.flush();
    EXPECT_EQ(changes(), 1);
    session.commit();
    EXPECT_EQ(count("place WHERE parent = 1"), many);
}

TEST_P(SessionChangedRows, with_keys_that_are_no_integers_are_written_one_by_one) {
    const auto all = stored_objects<Named>();
    for (const auto& named : all) named->value = 1;
    session.commit();
    EXPECT_EQ(count("named WHERE value = 1"), many);
}

TEST_P(SessionChangedRows, have_what_the_database_computes) {
    const auto all = stored_objects<Doubled>();
    for (const auto& doubled : all) doubled->value = static_cast<int>(doubled->id);
    session.commit();
    for (const auto& doubled : all) EXPECT_EQ(doubled->twice, 2 * doubled->value);
}

TEST_P(SessionChangedRows, are_as_their_hooks_have_made_them) {
    const auto all = stored_objects<Hooked>();
    for (const auto& hooked : all) hooked->value = 1;
    session.flush();
    EXPECT_EQ(changes(), GetParam() ? 1 : static_cast<int>(many));
    session.commit();
    EXPECT_EQ(count("hooked WHERE value = 1 AND changes = 1"), many);
}

TEST_P(SessionChangedRows, are_told_one_by_one_to_those_who_listen_to_changes) {
    std::vector<std::int64_t> heard;
    const auto parts = stored_objects<Part>();
    const auto token = engine.on_change([&](const RowChange& change) { heard.push_back(change.key); });
    for (const auto& part : parts) part->size = 1;
    session.commit();
    std::vector<std::int64_t> expected;
    for (const auto& part : parts) expected.push_back(part->id);
    EXPECT_EQ(heard, expected);
}

TEST_P(SessionChangedRows, that_a_trigger_ignores_are_taken_for_gone) {
    const auto parts = stored_objects<Part>();
    run({"CREATE TRIGGER no BEFORE UPDATE ON part WHEN new.id = 13 BEGIN SELECT RAISE(IGNORE); END"});
    for (const auto& part : parts) part->size = 1;
    EXPECT_THROW(session.flush(), StaleDataError);
    expect_nothing_written(parts);
}

TEST_P(SessionChangedRows, that_a_constraint_replaces_are_gone) {
    run({"DROP TABLE named", "DROP TABLE part",
         "CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT UNIQUE ON CONFLICT REPLACE, size, weight, maker_id)"});
    const auto parts = stored_objects<Part>();
    for (const auto& part : parts) part->name += " new";
    parts[3]->name = "name 12";
    EXPECT_THROW(session.flush(), StaleDataError);
    parts[3]->name = "name 1 new";
    EXPECT_EQ(session.plan().size(), many);
    session.commit();
    EXPECT_EQ(count("part"), many - 1);
}

TEST_P(SessionChangedRows, are_lost_with_the_transaction_that_one_rolls_back_and_it_is_named) {
    const auto parts = stored_objects<Part>();
    run({"CREATE TRIGGER no AFTER UPDATE ON part WHEN new.size = 77 BEGIN SELECT RAISE(ROLLBACK, 'no'); END"});
    const auto before = session.add(Maker{.name = "before"});
    session.flush();
    for (const auto& part : parts) part->size = 1;
    parts[12]->size = 77;
    const auto failure = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_TRUE(std::string{failure.what()}.starts_with("no, on updating row 13 of table \"part\"")) << failure.what();
    parts[12]->size = 1;
    session.commit();
    EXPECT_EQ(count("part WHERE size = 1"), many);
    EXPECT_EQ(count("maker"), 1);
}

TEST_P(SessionChangedRows, of_a_connection_whose_functions_have_the_name_of_micas_own) {
    const auto parts = stored_objects<Part>();
    engine.create_function("mica_by_key", [](std::int64_t) { return 1; });
    engine.create_function("mica_by_key", [](std::int64_t, std::int64_t) { return 77; });
    for (const auto& part : parts) part->size = 5;
    session.commit();
    EXPECT_EQ(count("part WHERE size = 5"), many);
}

TEST_P(SessionChangedRows, are_as_they_were_after_a_rollback) {
    const auto parts = stored_objects<Part>();
    for (const auto& part : parts) part->size = 1;
    session.nested([&] {
        for (const auto& part : parts) part->size = 2;
        session.flush();
        EXPECT_EQ(count("part WHERE size IS NULL"), many) << "of a reader beside it";
    });
    {
        auto nested = session.begin_nested();
        for (const auto& part : parts) part->size = 3;
        session.flush();
        nested.rollback();
    }
    for (const auto& part : parts) EXPECT_EQ(part->size, 2);
    session.rollback();
    for (const auto& part : parts) EXPECT_EQ(part->size, std::nullopt);
}

}  // namespace integration_session_changed_rows
