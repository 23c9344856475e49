// SPDX-License-Identifier: BSL-1.0
// A flush of so many new objects that one statement takes those of a table: it is to be told from one by one, which
// those who listen to statements hear, only by speed.
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

namespace integration_session_new_rows {

using namespace mica;
using mica::test::caught;
using Ids = std::vector<std::int64_t>;

constexpr std::size_t many = 20;

struct Part;
struct Maker {
    std::int64_t id = 0;
    std::string name{};
    HasMany<Part> parts{};
};
struct Part {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> size{};
    double weight = 0;
    std::optional<std::int64_t> maker_id{};
    std::int64_t revision = 0;
    BelongsTo<Maker> maker{};
    static constexpr auto mapping() {
        return table("part", unique<&Part::name>, check(col<&Part::size> >= 0), version<&Part::revision>,
                     foreign_key<&Part::maker_id, &Maker::id>);
    }
};
struct Small {
    std::int8_t id = 0;
    std::string name{};
};
struct Named {
    std::string name{};
    std::int64_t value = 0;
    static constexpr auto mapping() { return table("named", primary_key<&Named::name>, without_rowid); }
};
struct Doubled {
    std::int64_t id = 0;
    int value = 0;
    int twice = 0;
    static constexpr auto mapping() { return table("doubled", generated<&Doubled::twice>(col<&Doubled::value> * 2)); }
};
struct Priced {
    std::int64_t id = 0;
    std::optional<int> price{};
    static constexpr auto mapping() { return table("priced", default_value<&Priced::price>(7)); }
};

struct SessionNewRows : mica::test::HeardFlush {
    SessionNewRows() {
        session.create_all<Maker, Part, Small, Named, Doubled, Priced>();
        session.commit();
        listen("INSERT");
    }

    std::vector<Ref<Part>> add_parts(std::size_t count = many) {
        std::vector<Ref<Part>> parts;
        for (std::size_t i = 0; i < count; ++i) {
            parts.push_back(session.add(Part{.name = "part " + std::to_string(i), .weight = 0.25}));
            if (i % 3 == 0) parts[i]->size = static_cast<int>(i);
        }
        return parts;
    }
    template <class Refs>
    static Ids ids_of(const Refs& refs) {
        Ids ids;
        for (const auto& ref : refs) ids.push_back(ref->id);
        return ids;
    }
    static Ids numbers(std::int64_t first, std::size_t count) {
        Ids ids;
        for (std::size_t i = 0; i < count; ++i) ids.push_back(first + static_cast<std::int64_t>(i));
        return ids;
    }
    void expect_nothing_written(const std::vector<Ref<Part>>& parts) {
        for (const auto& part : parts) EXPECT_EQ(part->id, 0);
        EXPECT_EQ(session.plan().size(), parts.size());
        session.rollback();
        EXPECT_EQ(stored<int>("SELECT count(*) FROM part"), (std::vector<int>{0}));
    }
};

INSTANTIATE_TEST_SUITE_P(Ways, SessionNewRows, testing::Bool(),
                         [](const auto& way) { return way.param ? "one_by_one" : "at_once"; });

TEST_P(SessionNewRows, get_their_keys_in_the_order_in_which_they_came) {
    const auto parts = add_parts();
    session.commit();
    EXPECT_EQ(ids_of(parts), numbers(1, many));
    EXPECT_EQ(stored<std::string>("SELECT name FROM part ORDER BY id")[7], "part 7");
    EXPECT_EQ(stored<int>("SELECT count(*) FROM part WHERE weight = 0.25 AND size IS NULL"), (std::vector<int>{13}));
    for (const auto& part : parts) EXPECT_EQ(session.get<Part>(part->id), part);
    EXPECT_TRUE(session.plan().empty());
    EXPECT_EQ(statements_heard, GetParam() ? many : 0);
}

/// In a trigger changes() is that of the statement before the one that runs.
TEST_P(SessionNewRows, of_one_table_are_one_statement_where_nobody_listens) {
    run({"CREATE TABLE seen (changes)",
         "CREATE TRIGGER see AFTER INSERT ON named BEGIN INSERT INTO seen VALUES (changes()); END"});
    session.execute("INSERT INTO seen VALUES (0), (0), (0)");
    for (std::size_t i = 0; i < many; ++i) session.add(Named{.name = std::to_string(i)});
    session.commit();
    const auto seen = stored<int>("SELECT DISTINCT changes FROM seen WHERE changes <> 0 ORDER BY 1");
    EXPECT_EQ(seen, GetParam() ? (std::vector<int>{1, 3}) : (std::vector<int>{3}));
    EXPECT_EQ(stored<int>("SELECT count(*) FROM seen"), (std::vector<int>{many + 3}));
}

TEST_P(SessionNewRows, with_keys_that_are_given_mix_with_others) {
    auto parts = add_parts();
    parts[3]->id = 50;
    parts[4]->id = 7000;
    parts[9]->id = 60;
    session.commit();
    Ids expected{1, 2, 3, 50, 7000, 7001, 7002, 7003, 7004, 60};
    for (const std::int64_t id : numbers(7005, many - 10)) expected.push_back(id);
    EXPECT_EQ(ids_of(parts), expected);
    EXPECT_EQ(session.get<Part>(60)->name, "part 9");
}

TEST_P(SessionNewRows, that_are_changed_later_are_known_by_their_keys) {
    const auto parts = add_parts();
    session.flush();
    for (const auto& part : parts) part->weight = 2;
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM part WHERE weight = 2 AND revision = 1"), (std::vector<int>{many}));
}

TEST_P(SessionNewRows, are_gone_after_a_rollback) {
    const auto parts = add_parts();
    session.flush();
    session.rollback();
    EXPECT_EQ(ids_of(parts), Ids(many, 0));
    EXPECT_EQ(stored<int>("SELECT count(*) FROM part"), (std::vector<int>{0}));
}

TEST_P(SessionNewRows, refer_to_parents_that_the_same_flush_inserts) {
    std::vector<Ref<Part>> parts;
    for (std::size_t i = 0; i < many; ++i) {
        const auto maker = session.add(Maker{.name = std::to_string(i)});
        parts.push_back(maker->parts.add(Part{.name = std::to_string(i)}));
    }
    const auto odd = add_parts(1);
    odd[0]->maker = session.add(Maker{.name = "odd"});
    session.commit();
    for (const auto& part : parts) EXPECT_EQ(part->maker->name, part->name);
    EXPECT_EQ(odd[0]->maker_id, 21);
    EXPECT_EQ(stored<int>("SELECT count(*) FROM part JOIN maker ON maker.id = part.maker_id AND "
                          "maker.name = part.name"),
              (std::vector<int>{many}));
}

TEST_P(SessionNewRows, of_which_one_is_refused_leave_nothing_and_name_it) {
    const auto parts = add_parts();
    parts[12]->name = "part 3";
    for (int i = 0; i < 2; ++i) {
        const auto failure = caught<IntegrityError>([&] { session.flush(); });
        EXPECT_EQ(failure.kind(), IntegrityError::unique);
        EXPECT_EQ(std::string{failure.what()},
                  "UNIQUE constraint failed: part.name, on inserting a new row of table \"part\", column \"name\"");
    }
    expect_nothing_written(parts);
}

TEST_P(SessionNewRows, of_which_one_is_refused_are_written_once_it_is_right) {
    const auto parts = add_parts();
    parts[12]->size = -1;
    EXPECT_EQ(caught<IntegrityError>([&] { session.flush(); }).kind(), IntegrityError::check);
    parts[12]->size = 1;
    session.commit();
    EXPECT_EQ(ids_of(parts), numbers(1, many));
    EXPECT_EQ(stored<int>("SELECT count(*) FROM part"), (std::vector<int>{many}));
}

TEST_P(SessionNewRows, of_which_one_has_a_key_that_is_taken_name_it) {
    run({"INSERT INTO part (id, name, weight, revision) VALUES (5, 'old', 0, 0)"});
    const auto parts = add_parts();
    parts[12]->id = 5;
    const auto failure = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_NE(std::string{failure.what()}.find("row 5 of table \"part\""), std::string::npos) << failure.what();
}

TEST_P(SessionNewRows, of_which_one_has_no_parent_name_it_and_its_column) {
    const auto parts = add_parts();
    parts[12]->maker_id = 99;
    const auto failure = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_EQ(failure.kind(), IntegrityError::foreign_key);
    EXPECT_EQ(failure.columns(), (std::vector<std::string>{"maker_id"}));
    expect_nothing_written(parts);
}

TEST_P(SessionNewRows, of_which_one_holds_no_number_are_refused) {
    const auto parts = add_parts();
    parts[12]->weight = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(session.flush(), DataError);
    expect_nothing_written(parts);
}

TEST_P(SessionNewRows, behind_others_of_which_none_remains_where_one_is_refused) {
    std::vector<Ref<Maker>> makers;
    for (std::size_t i = 0; i < many; ++i) makers.push_back(session.add(Maker{.name = std::to_string(i)}));
    const auto parts = add_parts();
    parts[12]->size = -1;
    EXPECT_THROW(session.flush(), IntegrityError);
    EXPECT_EQ(ids_of(makers), Ids(many, 0));
    parts[12]->size = 1;
    session.commit();
    EXPECT_EQ(ids_of(makers), numbers(1, many));
    EXPECT_EQ(stored<int>("SELECT count(*) FROM maker"), (std::vector<int>{many}));
}

TEST_P(SessionNewRows, whose_key_does_not_fit_its_field_are_refused) {
    run({"INSERT INTO Small (id, name) VALUES (120, 'old')"});
    std::vector<Ref<Small>> small;
    for (std::size_t i = 0; i < many; ++i) small.push_back(session.add(Small{.name = std::to_string(i)}));
    const auto failure = caught<DataError>([&] { session.flush(); });
    EXPECT_TRUE(std::string{failure.what()}.ends_with(", on inserting a new row of table \"Small\"")) << failure.what();
    for (const auto& each : small) EXPECT_EQ(each->id, 0);
    session.rollback();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM Small"), (std::vector<int>{1}));
}

TEST_P(SessionNewRows, get_their_keys_where_a_trigger_writes_rows_of_its_own) {
    run({"CREATE TABLE log (id INTEGER PRIMARY KEY, name)", "INSERT INTO log VALUES (1000, '')",
         "CREATE TRIGGER note "
         "AFTER INSERT ON part BEGIN INSERT INTO log (name) VALUES (new.name); END"});
    const auto parts = add_parts();
    session.commit();
    EXPECT_EQ(ids_of(parts), numbers(1, many));
    EXPECT_EQ(stored<int>("SELECT count(*) FROM log"), (std::vector<int>{many + 1}));
}

TEST_P(SessionNewRows, that_a_trigger_ignores_are_refused) {
    run({"CREATE TRIGGER no BEFORE INSERT ON part WHEN new.name = 'part 12' BEGIN SELECT RAISE(IGNORE); END"});
    const auto parts = add_parts();
    const auto failure = caught<OperationalError>([&] { session.flush(); });
    EXPECT_NE(std::string{failure.what()}.find("the database has ignored the INSERT"), std::string::npos);
    expect_nothing_written(parts);
}

TEST_P(SessionNewRows, that_a_constraint_ignores_are_refused) {
    run({"DROP TABLE part",
         "CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT UNIQUE ON CONFLICT IGNORE, size, "
         "weight, maker_id, revision)"});
    const auto parts = add_parts();
    parts[12]->name = "part 3";
    const auto failure = caught<OperationalError>([&] { session.flush(); });
    EXPECT_NE(std::string{failure.what()}.find("the database has ignored the INSERT"), std::string::npos);
    expect_nothing_written(parts);
}

TEST_P(SessionNewRows, with_keys_that_a_constraint_ignores_are_refused) {
    run({"DROP TABLE named", "CREATE TABLE named (name TEXT PRIMARY KEY, value UNIQUE ON CONFLICT IGNORE)"});
    for (std::size_t i = 0; i < many; ++i)
        session.add(Named{.name = std::to_string(i), .value = i == 12 ? 3 : static_cast<int>(i)});
    const auto failure = caught<OperationalError>([&] { session.flush(); });
    EXPECT_NE(std::string{failure.what()}.find("the database has ignored the INSERT, so there is no row"),
              std::string::npos);
    EXPECT_TRUE(std::string{failure.what()}.ends_with("inserting row 12 of table \"named\"")) << failure.what();
    EXPECT_EQ(session.plan().size(), many);
}

TEST_P(SessionNewRows, with_keys_that_a_trigger_ignores_are_refused) {
    run({"CREATE TRIGGER no BEFORE INSERT ON named WHEN new.value = 12 BEGIN SELECT RAISE(IGNORE); END"});
    for (std::size_t i = 0; i < many; ++i) session.add(Named{.name = std::to_string(i), .value = static_cast<int>(i)});
    const auto failure = caught<OperationalError>([&] { session.flush(); });
    EXPECT_TRUE(std::string{failure.what()}.ends_with("inserting row 12 of table \"named\"")) << failure.what();
    session.rollback();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM named"), (std::vector<int>{0}));
}

TEST_P(SessionNewRows, that_a_constraint_ignores_beside_a_removal_are_refused) {
    run({"DROP TABLE named", "CREATE TABLE named (name TEXT PRIMARY KEY, value UNIQUE ON CONFLICT IGNORE)",
         "INSERT INTO named VALUES ('old', 1), ('other', 3)"});
    session.remove(session.get<Named>("old"));
    session.add(Named{.name = "new", .value = 3});
    EXPECT_THROW(session.flush(), OperationalError);
    EXPECT_EQ(session.plan().size(), 2);
}

TEST_P(SessionNewRows, with_keys_go_through_the_trigger_of_a_view) {
    run({"ALTER TABLE named RENAME TO kept", "CREATE VIEW named AS SELECT * FROM kept",
         "CREATE TRIGGER put INSTEAD OF INSERT ON named BEGIN INSERT INTO kept VALUES (new.name, new.value); END"});
    for (std::size_t i = 0; i < many; ++i) session.add(Named{.name = std::to_string(i), .value = static_cast<int>(i)});
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM kept"), (std::vector<int>{many}));
}

TEST_P(SessionNewRows, are_lost_with_the_transaction_that_a_constraint_rolls_back) {
    run({"DROP TABLE part",
         "CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT UNIQUE ON CONFLICT ROLLBACK, size, "
         "weight, maker_id, revision)"});
    const auto before = session.add(Maker{.name = "before"});
    session.flush();
    const auto parts = add_parts();
    parts[12]->name = "part 3";
    EXPECT_THROW(session.flush(), IntegrityError);
    parts[12]->name = "part 12";
    session.commit();
    EXPECT_EQ(ids_of(parts), numbers(1, many));
    EXPECT_EQ(stored<std::string>("SELECT name FROM maker"), (std::vector<std::string>{"before"}));
    EXPECT_EQ(stored<int>("SELECT count(*) FROM part"), (std::vector<int>{many}));
}

TEST_P(SessionNewRows, of_a_table_beside_one_with_the_name_of_micas_own) {
    run({"CREATE TABLE mica_rows (a)"});
    const auto parts = add_parts();
    session.commit();
    EXPECT_EQ(ids_of(parts), numbers(1, many));
}

TEST_P(SessionNewRows, have_what_the_database_computes) {
    std::vector<Ref<Doubled>> doubled;
    for (std::size_t i = 0; i < many; ++i) doubled.push_back(session.add(Doubled{.value = static_cast<int>(i)}));
    session.commit();
    for (std::size_t i = 0; i < many; ++i) EXPECT_EQ(doubled[i]->twice, 2 * static_cast<int>(i));
}

TEST_P(SessionNewRows, have_what_the_database_chooses) {
    std::vector<Ref<Priced>> priced;
    for (std::size_t i = 0; i < many; ++i) priced.push_back(session.add(Priced{}));
    priced[3]->price = 3;
    session.commit();
    EXPECT_EQ(priced[3]->price, 3);
    EXPECT_EQ(priced[4]->price, 7);
}

TEST_P(SessionNewRows, that_get_the_key_of_a_changed_object_say_that_its_row_is_gone) {
    run({"INSERT INTO part (id, name, weight, revision) VALUES (1, 'old', 0, 0)"});
    const auto old = session.get<Part>(1);
    session.commit();
    run({"DELETE FROM part"});
    old->weight = 3;
    const auto parts = add_parts();
    EXPECT_THROW(session.flush(), StaleDataError);
    EXPECT_EQ(ids_of(parts), Ids(many, 0));
}

TEST_P(SessionNewRows, are_written_in_a_savepoint_whose_rollback_takes_them_back) {
    const auto before = add_parts();
    session.flush();
    {
        auto nested = session.begin_nested();
        const auto maker = session.add(Maker{.name = "in"});
        for (std::size_t i = 0; i < many; ++i) maker->parts.add(Part{.name = "in " + std::to_string(i)});
        session.flush();
        nested.rollback();
    }
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM part"), (std::vector<int>{many}));
}

}  // namespace integration_session_new_rows
