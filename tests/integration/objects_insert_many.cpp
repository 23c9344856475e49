// SPDX-License-Identifier: BSL-1.0
// connection.insert(range) of so many objects that one statement takes them: it is to be told from a loop only by
// speed.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <list>
#include <optional>
#include <random>
#include <ranges>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace integration_objects_insert_many {

struct Fragile {
    int value = 0;
};

struct Part {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> size{};
    double weight = 0;
    std::int64_t maker = 1;
};
struct Box {
    std::int64_t id = 0;
    Fragile content{};
};
struct Small {
    std::int8_t id = 0;
    std::string name{};
};
struct Place {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent{};
    static constexpr auto mapping() { return mica::table("place", mica::foreign_key<&Place::parent, &Place::id>); }
};
struct Busy {
    int value = 0;
    /// What encoding the value 10 does.
    static inline std::function<void()> act{};
};
struct Worker {
    std::int64_t id = 0;
    Busy work{};
};
struct Bytes {
    std::int64_t id = 0;
    std::string text{};
    std::vector<std::byte> data{};
    std::optional<std::string> other{};
};

}  // namespace integration_objects_insert_many

template <>
struct mica::Codec<integration_objects_insert_many::Fragile> {
    using Value = integration_objects_insert_many::Fragile;
    using Storage = std::int64_t;
    static std::int64_t encode(const Value& fragile) {
        if (fragile.value < 0) throw std::runtime_error("it broke");
        return fragile.value;
    }
    static Value decode(std::int64_t stored) { return {static_cast<int>(stored)}; }
};
template <>
struct mica::Codec<integration_objects_insert_many::Busy> {
    using Value = integration_objects_insert_many::Busy;
    using Storage = std::int64_t;
    static std::int64_t encode(const Value& busy) {
        if (busy.value == 10 && Value::act) Value::act();
        return busy.value;
    }
    static Value decode(std::int64_t stored) { return {static_cast<int>(stored)}; }
};

namespace integration_objects_insert_many {
namespace {

using namespace integration_objects_insert_many;
using mica::test::caught;
using Ids = std::vector<std::int64_t>;

struct ObjectsInsertMany : mica::test::MemoryDatabase<Part, Box, Small, Place, Bytes, Worker> {
    std::int64_t count(const char* table) {
        return connection.execute<std::int64_t>(std::string{"SELECT count(*) FROM "} + table).one();
    }
};

std::vector<Part> parts(std::size_t count) {
    std::vector<Part> made(count);
    for (std::size_t i = 0; i < count; ++i) {
        made[i].name = "part " + std::to_string(i);
        if (i % 3 != 0) made[i].size = static_cast<int>(i);
        made[i].weight = static_cast<double>(i) / 4;
    }
    return made;
}

template <class Range>
Ids ids_of(const Range& objects) {
    Ids ids;
    for (const auto& object : objects) ids.push_back(object.id);
    return ids;
}

TEST_F(ObjectsInsertMany, one_statement_inserts_them_all) {
    std::vector<std::int64_t> rows;
    const auto listening = engine.on_statement([&](const mica::StatementEvent& event) {
        if (event.sql.starts_with("INSERT")) rows.push_back(event.rows);
    });
    std::vector<Part> many = parts(100);
    EXPECT_EQ(connection.insert(many), 100);
    EXPECT_EQ(rows, (std::vector<std::int64_t>{100}));
    EXPECT_EQ(many[99].id, 100);
}

TEST_F(ObjectsInsertMany, keys_that_are_given_and_keys_that_are_not_mix) {
    std::vector<Part> many = parts(12);
    many[3].id = 50;
    many[4].id = 7;
    many[9].id = 100;
    connection.insert(many);
    EXPECT_EQ(ids_of(many), (Ids{1, 2, 3, 50, 7, 51, 52, 53, 54, 100, 101, 102}));
    for (const Part& part : many) EXPECT_EQ(connection.get<Part>(part.id)->name, part.name);
}

TEST_F(ObjectsInsertMany, a_key_at_the_end_of_all_keys_is_followed_by_free_ones) {
    std::vector<Part> many = parts(12);
    many[0].id = std::numeric_limits<std::int64_t>::max();
    many[11].id = std::numeric_limits<std::int64_t>::min();
    connection.insert(many);
    for (const Part& part : many) EXPECT_EQ(connection.get<Part>(part.id)->name, part.name);
}

TEST_F(ObjectsInsertMany, texts_and_bytes_are_stored_as_they_are) {
    std::vector<Bytes> many(10);
    many[1].text = std::string("a\0b", 3);
    many[2].data = {std::byte{0}, std::byte{255}};
    many[3].other = "";
    many[4].text = std::string(100'000, 'x');
    connection.insert(many);
    const std::vector<Bytes> read = connection.all(mica::select<Bytes>().order_by(mica::col<&Bytes::id>));
    for (std::size_t i = 0; i < many.size(); ++i) {
        EXPECT_EQ(read[i].text, many[i].text);
        EXPECT_EQ(read[i].data, many[i].data);
        EXPECT_EQ(read[i].other, many[i].other);
    }
    EXPECT_EQ(connection.execute<std::string>("SELECT typeof(text) || typeof(data) FROM Bytes WHERE id = 1").one(),
              "textblob");
}

TEST_F(ObjectsInsertMany, lists_and_views_get_their_keys) {
    const std::vector<Part> made = parts(20);
    std::list<Part> list(made.begin(), made.end());
    EXPECT_EQ(connection.insert(list), 20);
    EXPECT_EQ(list.back().id, 20);
    std::vector<Part> many = parts(20);
    EXPECT_EQ(connection.insert(many | std::views::filter([](const Part& part) { return part.size.has_value(); })), 13);
    EXPECT_EQ(many[0].id, 0);
    EXPECT_EQ(many[1].id, 21);
    EXPECT_EQ(many[19].id, 33);
    const std::vector<Part> constant = parts(20);
    EXPECT_EQ(connection.insert(constant), 20);
    EXPECT_EQ(constant[19].id, 0);
    EXPECT_EQ(count("Part"), 53);
}

TEST_F(ObjectsInsertMany, a_range_that_gives_one_object_again_and_again_stores_each_of_its_values) {
    Part part;
    const auto fill = [&](int i) {
        part = {.name = std::to_string(i)};
        return &part;
    };
    EXPECT_EQ(connection.insert(std::views::iota(0, 10) |
                                std::views::transform([&](int i) -> const Part& { return *fill(i); })),
              10);
    EXPECT_EQ(
        connection.insert(std::views::iota(10, 20) | std::views::transform([&](int i) -> Part& { return *fill(i); })),
        10);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(connection.get<Part>(i + 1)->name, std::to_string(i));
}

TEST_F(ObjectsInsertMany, a_range_that_gives_few_objects_in_turn_stores_each_of_their_values) {
    std::vector<Part> few(3);
    const auto fill = [&](int i) -> const Part& {
        Part& part = few[static_cast<std::size_t>(2 - i % 3)];
        part = {.name = std::to_string(i)};
        return part;
    };
    EXPECT_EQ(connection.insert(std::views::iota(0, 20) | std::views::transform(fill)), 20);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(connection.get<Part>(i + 1)->name, std::to_string(i));
}

TEST_F(ObjectsInsertMany, objects_in_any_order_get_their_keys) {
    std::vector<Part> many = parts(20);
    connection.insert(many | std::views::reverse);
    EXPECT_EQ(many[0].id, 20);
    std::vector<Part> mixed = parts(20);
    connection.insert(std::views::iota(0, 20) | std::views::transform([&](int i) -> Part& {
                          return mixed[static_cast<std::size_t>(i * 7 % 20)];
                      }));
    EXPECT_EQ(mixed[7].id, 22);
}

TEST_F(ObjectsInsertMany, objects_to_be_moved_stay_where_they_are) {
    connection.execute("CREATE UNIQUE INDEX names ON Part (name)");
    std::vector<Part> many = parts(20);
    for (Part& part : many) part.name += " with a name too long to be kept inside of the object";
    many[17].name = many[4].name;
    const std::string name = many[0].name;
    EXPECT_THROW(connection.insert(
                     std::ranges::subrange(std::make_move_iterator(many.begin()), std::make_move_iterator(many.end()))),
                 mica::IntegrityError);
    EXPECT_EQ(many[0].name, name);
}

TEST_F(ObjectsInsertMany, of_a_lazy_range_the_refused_object_is_counted_from_its_begin) {
    connection.execute("CREATE UNIQUE INDEX names ON Part (name)");
    const auto make = [](int i) { return Part{.name = std::to_string(i == 1500 ? 3 : i)}; };
    const auto error = caught<mica::IntegrityError>(
        [&] { connection.insert(std::views::iota(0, 2000) | std::views::transform(make)); });
    EXPECT_EQ(error.failure().message, "UNIQUE constraint failed: Part.name (object 1500 of the range)");
}

TEST_F(ObjectsInsertMany, a_lazy_range_that_throws_late_has_inserted_nothing) {
    const auto make = [](int i) {
        if (i == 2500) throw std::runtime_error("no more");
        return Part{.name = std::to_string(i)};
    };
    EXPECT_THROW(connection.insert(std::views::iota(0, 3000) | std::views::transform(make)), std::runtime_error);
    EXPECT_EQ(count("Part"), 0);
    EXPECT_EQ(connection.insert(std::views::iota(0, 2500) | std::views::transform(make)), 2500);
    EXPECT_EQ(connection.get<Part>(2500)->name, "2499");
}

TEST_F(ObjectsInsertMany, a_codec_that_throws_in_the_middle_has_inserted_nothing) {
    std::vector<Box> boxes(20);
    boxes[15].content.value = -1;
    EXPECT_THROW(connection.insert(boxes), std::runtime_error);
    EXPECT_EQ(count("Box"), 0);
    auto transaction = connection.begin();
    connection.insert(Box{});
    EXPECT_THROW(connection.insert(boxes), std::runtime_error);
    EXPECT_EQ(ids_of(boxes), Ids(20, 0));
    transaction.commit();
    EXPECT_EQ(count("Box"), 1);
}

TEST_F(ObjectsInsertMany, a_refused_row_is_named_and_nothing_is_inserted) {
    connection.execute("CREATE UNIQUE INDEX names ON Part (name)");
    std::vector<Part> many = parts(20);
    many[17].name = many[4].name;
    const auto error = caught<mica::IntegrityError>([&] { connection.insert(many); });
    EXPECT_EQ(error.kind(), mica::ConstraintKind::unique);
    EXPECT_EQ(error.columns(), (std::vector<std::string>{"name"}));
    EXPECT_EQ(error.failure().message, "UNIQUE constraint failed: Part.name (object 17 of the range)");
    EXPECT_EQ(ids_of(many), Ids(20, 0));
    EXPECT_EQ(count("Part"), 0);
    auto transaction = connection.begin();
    connection.insert(Part{.name = "before"});
    EXPECT_THROW(connection.insert(many), mica::IntegrityError);
    transaction.commit();
    EXPECT_EQ(count("Part"), 1);
}

TEST_F(ObjectsInsertMany, a_number_that_is_none_is_refused_by_name) {
    std::vector<Part> many = parts(20);
    many[11].weight = std::numeric_limits<double>::quiet_NaN();
    const auto error = caught<mica::DataError>([&] { connection.insert(many); });
    EXPECT_NE(std::string{error.what()}.find("object 11 of the range"), std::string::npos);
    EXPECT_EQ(count("Part"), 0);
}

TEST_F(ObjectsInsertMany, a_chosen_key_that_does_not_fit_inserts_nothing) {
    std::vector<Small> many(130);
    EXPECT_THROW(connection.insert(many), mica::DataError);
    EXPECT_EQ(many[0].id, 0);
    EXPECT_EQ(count("Small"), 0);
    EXPECT_FALSE(connection.in_transaction());
    many.resize(127);
    EXPECT_EQ(connection.insert(many), 127);
    EXPECT_EQ(many[126].id, 127);
}

TEST_F(ObjectsInsertMany, a_trigger_that_stops_half_way_leaves_nothing) {
    connection.execute(
        "CREATE TRIGGER stop AFTER INSERT ON Part WHEN NEW.name = 'part 9' BEGIN SELECT RAISE(FAIL, 'enough'); END");
    std::vector<Part> many = parts(20);
    for (std::size_t i = 0; i < many.size(); ++i) many[i].id = static_cast<std::int64_t>(i + 1);
    EXPECT_THROW(connection.insert(many), mica::IntegrityError);
    EXPECT_EQ(count("Part"), 0);
}

TEST_F(ObjectsInsertMany, a_trigger_sees_each_row_and_the_objects_get_their_keys) {
    connection.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, part INTEGER)");
    connection.execute("INSERT INTO log VALUES (1000, 0)");
    connection.execute("CREATE TRIGGER log AFTER INSERT ON Part BEGIN INSERT INTO log (part) VALUES (NEW.id); END");
    std::vector<Part> many = parts(20);
    EXPECT_EQ(connection.insert(many), 20);
    EXPECT_EQ(many[19].id, 20);
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT part FROM log WHERE id = 1020").one(), 20);
}

TEST_F(ObjectsInsertMany, a_child_before_its_parent_is_refused_as_one_by_one) {
    std::vector<Place> places(20);
    for (std::size_t i = 0; i < places.size(); ++i) places[i].id = static_cast<std::int64_t>(i + 1);
    places[5].parent = 10;
    EXPECT_THROW(connection.insert(places), mica::IntegrityError);
    places[5].parent = 2;
    EXPECT_EQ(connection.insert(places), 20);
}

TEST_F(ObjectsInsertMany, a_table_with_the_name_of_the_function_is_in_no_ones_way) {
    connection.execute("CREATE TABLE mica_rows (c0, c1)");
    std::vector<Part> many = parts(20);
    EXPECT_EQ(connection.insert(many), 20);
    EXPECT_EQ(many[19].id, 20);
}

TEST_F(ObjectsInsertMany, a_virtual_table_with_the_name_of_the_function_is_in_no_ones_way) {
    connection.execute("CREATE VIRTUAL TABLE mica_rows USING fts4(c0, c1, c2, c3, c4)");
    std::vector<Part> many = parts(20);
    EXPECT_EQ(connection.insert(many), 20);
    EXPECT_EQ(many[19].id, 20);
    auto transaction = connection.begin();
    EXPECT_EQ(connection.insert(many = parts(20)), 20);
    transaction.commit();
    EXPECT_EQ(count("Part"), 40);
}

TEST_F(ObjectsInsertMany, a_codec_may_use_the_connection_in_the_middle) {
    const std::vector<std::function<void()>> acts{
        [&] { connection.insert(parts(1)); },
        [&] { connection.insert(parts(20)); },
        [&] {
            auto scope = connection.begin_nested();
            connection.insert(Part{});
            scope.commit();
        },
        [&] {
            connection.execute("CREATE TABLE IF NOT EXISTS made (id INTEGER)");
            connection.insert(Part{});
        },
    };
    std::vector<Worker> workers(20);
    for (std::size_t i = 0; i < workers.size(); ++i) workers[i].work.value = static_cast<int>(i);
    for (std::size_t i = 0; i < acts.size(); ++i) {
        for (const bool in_transaction : {false, true}) {
            connection.execute("DELETE FROM Part");
            connection.execute("DELETE FROM Worker");
            std::optional<mica::Transaction> transaction;
            if (in_transaction) transaction.emplace(connection.begin());
            Busy::act = acts[i];
            std::vector<Worker> many = workers;
            EXPECT_EQ(connection.insert(many), 20) << i << in_transaction;
            Busy::act = {};
            if (transaction) transaction->commit();
            EXPECT_EQ(ids_of(many)[19], 20) << i << in_transaction;
            EXPECT_EQ(count("Worker"), 20) << i << in_transaction;
            EXPECT_EQ(count("Part"), i == 1 ? 20 : 1) << i << in_transaction;
        }
    }
}

TEST_F(ObjectsInsertMany, sql_cannot_make_rows_of_its_own) {
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT count(*) FROM mica_rows(1)").one(), 0);
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT count(*) FROM mica_rows(x'00')").one(), 0);
    EXPECT_THROW(connection.execute("SELECT count(*) FROM mica_rows").rows_affected(), mica::DatabaseError);
}

TEST_F(ObjectsInsertMany, what_listens_to_transactions_hears_of_one) {
    std::vector<std::string> heard;
    const auto begun = engine.on_begin([&](mica::Connection&) { heard.emplace_back("begin"); });
    const auto committed = engine.on_commit([&](mica::Connection&) { heard.emplace_back("commit"); });
    std::vector<Part> many = parts(20);
    connection.insert(many);
    EXPECT_EQ(heard, (std::vector<std::string>{"begin", "commit"}));
}

TEST_F(ObjectsInsertMany, what_listens_hears_nothing_of_a_try_that_has_failed) {
    connection.execute("CREATE TABLE log (part INTEGER)");
    connection.execute("CREATE TRIGGER log AFTER INSERT ON Part BEGIN INSERT INTO log (part) VALUES (NEW.id); END");
    std::vector<std::string> heard;
    const auto begun = engine.on_begin([&](mica::Connection&) { heard.emplace_back("begin"); });
    const auto committed = engine.on_commit([&](mica::Connection&) { heard.emplace_back("commit"); });
    const auto undone = engine.on_rollback([&](mica::Connection&) { heard.emplace_back("rollback"); });
    std::vector<Part> many = parts(20);
    connection.insert(many);
    EXPECT_EQ(heard, (std::vector<std::string>{"begin", "commit"}));
    EXPECT_EQ(many[19].id, 20);
    heard.clear();
    const auto failed = engine.on_error([&](const mica::DatabaseError&) { heard.emplace_back("error"); });
    const auto listening = engine.on_statement([&](const mica::StatementEvent& event) {
        if (event.sql.starts_with("INSERT")) heard.emplace_back(event.has_failed ? "refused" : "inserted");
    });
    connection.insert(many = parts(20));
    EXPECT_EQ(heard, (std::vector<std::string>{"begin", "inserted", "commit"}));
}

TEST_F(ObjectsInsertMany, what_listens_to_changes_hears_of_each_row_once) {
    connection.execute("CREATE TABLE log (part INTEGER)");
    connection.execute("CREATE TRIGGER log AFTER INSERT ON Part BEGIN INSERT INTO log (part) VALUES (NEW.id); END");
    std::vector<std::string> heard;
    const auto changed = engine.on_change([&](const mica::RowChange& change) {
        heard.push_back(std::string{change.table} + std::to_string(change.key));
    });
    std::vector<Part> many = parts(10);
    connection.insert(many);
    ASSERT_EQ(heard.size(), 20U);
    EXPECT_EQ(heard[18], "Part10");
    EXPECT_EQ(heard[19], "log10");
}

TEST_F(ObjectsInsertMany, what_listens_with_values_sees_those_of_the_last_object) {
    std::string seen;
    const auto listening = engine.on_statement(
        [&](const mica::StatementEvent& event) {
            if (event.sql.starts_with("INSERT")) seen = event.sql_with_values;
        },
        mica::with_values);
    std::vector<Part> many = parts(20);
    connection.insert(many);
    EXPECT_NE(seen.find("'part 19'"), std::string::npos) << seen;
}

/// What became of an insert.
struct Outcome {
    std::string error{};
    Ids ids{};
    std::vector<std::string> rows{};
    std::int64_t inserted = 0;
    bool failed_at_commit = false;
};

/// A table of parts as nobody would make it, and its rows.
class RandomCase {
public:
    explicit RandomCase(unsigned seed) : random_(seed) {
        const auto one_of = [&](std::initializer_list<const char*> texts) { return texts.begin()[pick(texts.size())]; };
        const auto clause = [&] {
            return one_of({"", "", "", " ON CONFLICT IGNORE", " ON CONFLICT REPLACE", " ON CONFLICT FAIL",
                           " ON CONFLICT ROLLBACK"});
        };
        const bool without_rowid = pick(4) == 0;
        schema_.push_back("CREATE TABLE maker (id INTEGER PRIMARY KEY)");
        schema_.push_back("INSERT INTO maker VALUES (1), (2)");
        schema_.push_back("CREATE TABLE log (id INTEGER PRIMARY KEY, text UNIQUE)");
        std::string table = "CREATE TABLE Part (id INTEGER PRIMARY KEY";
        if (!without_rowid && pick(4) == 0) table += " AUTOINCREMENT";
        table += ", name TEXT NOT NULL";
        table += one_of({"", "", " COLLATE NOCASE"});
        if (pick(2) == 0) table += std::string{" UNIQUE"} + clause();
        table += std::string{", size INTEGER"} + one_of({"", "", " CHECK (size < 12)"});
        table += ", weight REAL NOT NULL, maker INTEGER NOT NULL";
        table += one_of({"", " REFERENCES maker", " REFERENCES maker DEFERRABLE INITIALLY DEFERRED"});
        if (pick(3) == 0) table += ", long TEXT AS (name || size) STORED";
        if (pick(3) == 0) table += ", more INTEGER DEFAULT 7";
        table += std::string{")"} + (without_rowid ? " WITHOUT ROWID" : "");
        if (pick(3) == 0) table += without_rowid ? ", STRICT" : " STRICT";
        schema_.push_back(table);
        if (pick(3) == 0) schema_.push_back("CREATE INDEX sizes ON Part (size, name)");
        if (pick(3) == 0) {
            schema_.push_back(std::string{"CREATE TRIGGER t "} + one_of({"BEFORE", "AFTER"}) +
                              " INSERT ON Part WHEN NEW.size % 3 = 1 BEGIN " +
                              one_of({"INSERT INTO log (text) VALUES (NEW.name)",
                                      "INSERT OR IGNORE INTO log (text) VALUES (NEW.size)",
                                      "INSERT OR REPLACE INTO log (text) VALUES (NEW.size)", "SELECT RAISE(IGNORE)",
                                      "SELECT RAISE(FAIL, 'failed')", "SELECT RAISE(ROLLBACK, 'rolled back')"}) +
                              "; END");
        }
        many = parts(8 + pick(12));
        for (Part& part : many) {
            if (pick(12) == 0) part.name = many[pick(many.size())].name;
            if (pick(30) == 0) part.size = 13;
            if (pick(40) == 0) part.maker = 3;
            if (without_rowid || pick(4) == 0) part.id = static_cast<std::int64_t>(1 + pick(without_rowid ? 500 : 40));
        }
    }

    /// Runs `insert` on a database of its own, inside of a transaction or not.
    template <class Insert>
    Outcome run(bool in_transaction, Insert insert) {
        mica::Engine engine{"sqlite://"};
        mica::Connection connection = engine.connect();
        for (const std::string& text : schema_) connection.execute(text);
        std::vector<Part> objects = many;
        Outcome outcome;
        {
            std::optional<mica::Transaction> transaction;
            if (in_transaction) {
                transaction.emplace(connection.begin());
                connection.insert(Part{.id = 1000, .name = "before", .size = 3});
            }
            try {
                outcome.inserted = insert(connection, objects);
                if (transaction && transaction->is_active()) transaction->commit();
            } catch (const mica::DatabaseError& error) {
                outcome.error = error.failure().message;
                outcome.failed_at_commit = error.sql() == "COMMIT";
                if (const std::size_t at = outcome.error.find(" (object"); at != std::string::npos)
                    outcome.error.erase(at, outcome.error.find(')', at) - at + 1);
            }
            if (transaction && !outcome.failed_at_commit && transaction->is_active()) transaction->commit();
        }
        outcome.ids = ids_of(objects);
        for (const char* text :
             {"SELECT id || name || ifnull(size, '-') || weight || typeof(size) FROM Part ORDER BY id",
              "SELECT id || text FROM log ORDER BY id"}) {
            for (std::string& row : connection.execute<std::string>(text).all()) outcome.rows.push_back(std::move(row));
        }
        return outcome;
    }

    std::string text() const {
        std::string all;
        for (const std::string& statement : schema_) all += statement + ";\n";
        return all;
    }

private:
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>{0, below - 1}(random_); }

    std::mt19937 random_;
    std::vector<std::string> schema_{};

public:
    std::vector<Part> many{};
};

TEST(ObjectsInsertManyAtRandom, does_what_a_loop_does) {
    int refused = 0;
    for (unsigned seed = 0; seed < 400; ++seed) {
        RandomCase random{seed};
        const auto at_once = [](mica::Connection& connection, std::vector<Part>& objects) {
            return connection.insert(objects);
        };
        const auto one_by_one = [](mica::Connection& connection, std::vector<Part>& objects) {
            const std::vector<Part> before = objects;
            std::int64_t inserted = 0;
            try {
                auto scope = connection.begin_nested();
                for (Part& object : objects) inserted += connection.insert(object);
                scope.commit();
            } catch (...) {
                objects = before;
                throw;
            }
            return inserted;
        };
        for (const bool in_transaction : {false, true}) {
            const Outcome once = random.run(in_transaction, at_once);
            const Outcome loop = random.run(in_transaction, one_by_one);
            EXPECT_EQ(once.error, loop.error) << "seed " << seed << in_transaction << '\n' << random.text();
            EXPECT_EQ(once.ids, loop.ids) << "seed " << seed << in_transaction << '\n' << random.text();
            EXPECT_EQ(once.rows, loop.rows) << "seed " << seed << in_transaction << '\n' << random.text();
            EXPECT_EQ(once.inserted, loop.inserted) << "seed " << seed << in_transaction << '\n' << random.text();
            refused += loop.error.empty() ? 0 : 1;
        }
    }
    EXPECT_GT(refused, 80);
}

}  // namespace
}  // namespace integration_objects_insert_many
