// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace unit_change_events {

using namespace mica;

struct Car {
    std::int64_t id = 0;
    std::string make{};
};
struct Wheel {
    std::int64_t id = 0;
    std::int64_t car_id = 0;
    static constexpr auto mapping() { return table("Wheel", foreign_key<&Wheel::car_id, &Car::id>.on_delete(cascade)); }
};
struct Setting {
    std::string key;
    int value = 0;
    static constexpr auto mapping() { return table("Setting", primary_key<&Setting::key>, without_rowid); }
};
/// A view over cars.
struct Lotus {
    std::int64_t id = 0;
    std::string make{};
};

struct Veto : std::runtime_error {
    Veto() : std::runtime_error("a listener says no") {}
};

struct Changes : testing::Test {
    test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("changes.db")};
    Connection connection = connect();
    std::string heard;

    Connection connect() const {
        engine.create_all<Car, Wheel, Setting>();
        Connection made = engine.connect();
        made.execute("CREATE VIEW Lotus AS SELECT * FROM Car WHERE make = 'Lotus'");
        return made;
    }
    auto hears() {
        return [this](const RowChange& change) {
            heard += "+=-?"[static_cast<unsigned>(change.kind)];
            const bool has_number = !change.table.empty() && change.key_text.empty();
            heard += std::string{change.table} + (has_number ? std::to_string(change.key) : "");
            heard += std::string{change.key_text} + " ";
        };
    }
    std::string take() { return std::exchange(heard, {}); }
};

struct ChangeEvents : Changes {
    ListenerToken token = engine.on_change(hears());
};

TEST_F(ChangeEvents, tell_table_key_and_kind_of_each_row) {
    connection.insert(Car{.make = "Lotus"});
    connection.execute(update<Car>().set(col<&Car::make> = "Alpine").all_rows());
    connection.execute(delete_from<Car>().all_rows());
    EXPECT_EQ(heard, "+Car1 =Car1 -Car1 ");
}

TEST_F(ChangeEvents, come_when_the_transaction_is_committed) {
    auto transaction = connection.begin();
    connection.insert(Car{});
    EXPECT_EQ(heard, "");
    transaction.commit();
    EXPECT_EQ(take(), "+Car1 ");
    {
        const auto undone = connection.begin();
        connection.insert(Car{});
    }
    connection.insert(Car{.id = 9});
    EXPECT_EQ(take(), "+Car9 ");
}

TEST_F(ChangeEvents, leave_out_what_a_savepoint_has_undone) {
    auto transaction = connection.begin();
    connection.insert(Car{.id = 1});
    {
        const auto undone = connection.begin_nested();
        connection.insert(Car{.id = 2});
    }
    auto kept = connection.begin_nested();
    connection.insert(Car{.id = 3});
    kept.commit();
    connection.execute("SAVEPOINT mine");
    connection.insert(Car{.id = 4});
    connection.execute("ROLLBACK TO mine");
    transaction.commit();
    EXPECT_EQ(heard, "+Car1 +Car3 ");
}

TEST_F(ChangeEvents, leave_out_what_a_failed_statement_and_its_triggers_have_changed) {
    connection.execute(
        "CREATE TRIGGER fit AFTER INSERT ON Car BEGIN INSERT INTO Wheel (car_id) VALUES (NEW.id); "
        "SELECT RAISE(ABORT, 'no') WHERE NEW.make = 'Trabant'; END");
    auto transaction = connection.begin();
    connection.insert(Car{.make = "Lotus"});
    EXPECT_THROW(connection.insert(Car{.make = "Trabant"}), IntegrityError);
    transaction.commit();
    EXPECT_EQ(take(), "+Car1 +Wheel1 ? ");  // whether a trigger's rows stay the database does not tell
}

TEST_F(ChangeEvents, come_from_sessions_too) {
    Session session{engine};
    const auto car = session.add(Car{.make = "Lotus"});
    session.commit();
    EXPECT_EQ(take(), "+Car1 ");
    try {
        session.nested([&] {
            session.add(Car{});
            session.flush();
            throw Veto{};
        });
    } catch (const Veto&) {
    }
    car->make = "Alpine";
    session.commit();
    EXPECT_EQ(take(), "=Car1 ");
}

TEST_F(ChangeEvents, come_from_texts_that_begin_and_commit) {
    connection.execute("BEGIN");
    connection.insert(Car{});
    EXPECT_EQ(heard, "");
    connection.execute("COMMIT");
    EXPECT_EQ(heard, "+Car1 ");
}

TEST_F(ChangeEvents, tell_of_cascades) {
    connection.insert(Car{});
    connection.insert(Wheel{.car_id = 1});
    take();
    connection.execute(delete_from<Car>().all_rows());
    EXPECT_EQ(heard, "-Car1 -Wheel1 ");
}

TEST_F(ChangeEvents, say_that_rows_have_changed_which_the_database_does_not_name) {
    connection.execute("CREATE VIRTUAL TABLE note USING fts5(text)");
    take();
    auto transaction = connection.begin();
    connection.insert(Car{});
    connection.execute("INSERT INTO note VALUES ('x')");
    transaction.commit();
    EXPECT_EQ(heard.substr(0, 6), "+Car1 ");
    EXPECT_EQ(heard.substr(heard.size() - 2), "? ");
}

TEST_F(ChangeEvents, say_of_what_is_written_through_a_view_that_rows_have_changed) {
    connection.execute(
        "CREATE TRIGGER buy INSTEAD OF INSERT ON Lotus BEGIN INSERT INTO Car (make) VALUES ('Lotus'); END");
    connection.execute("INSERT INTO Lotus (make) VALUES ('Elan')");
    EXPECT_EQ(take(), "? ");
}

TEST_F(ChangeEvents, tell_the_key_of_a_row_without_rowid) {
    if (sqlite3_compileoption_used("ENABLE_PREUPDATE_HOOK") == 0) GTEST_SKIP() << "this SQLite has no preupdate hook";
    connection.insert(Setting{.key = "colour"});
    EXPECT_EQ(take(), "+Settingcolour ");
    Session session{engine};
    const auto setting = session.get<Setting>("colour");
    setting->value = 3;
    session.add(Setting{.key = "size"});
    session.add(Car{});
    session.commit();
    EXPECT_EQ(take(), "+Settingsize =Settingcolour +Car1 ");
    setting->key = "color";
    session.remove(session.get<Setting>("size"));
    session.commit();
    EXPECT_EQ(take(), "-Settingcolour +Settingcolor -Settingsize ");
}

TEST_F(ChangeEvents, tell_of_a_statement_of_which_only_the_first_row_is_read) {
    connection.insert(std::vector<Car>(3));
    take();
    EXPECT_TRUE(
        connection.execute(update<Car>().set(col<&Car::make> = "x").all_rows().returning(col<&Car::id>)).first());
    EXPECT_EQ(take(), "=Car1 =Car2 =Car3 ");
    auto transaction = connection.begin();
    EXPECT_TRUE(connection.first(delete_from<Car>().all_rows().returning(col<&Car::id>)));
    EXPECT_EQ(take(), "");
    transaction.commit();
    EXPECT_EQ(take(), "-Car1 -Car2 -Car3 ");
}

TEST_F(ChangeEvents, name_the_row_that_replace_has_deleted) {
    if (sqlite3_compileoption_used("ENABLE_PREUPDATE_HOOK") == 0) GTEST_SKIP() << "this SQLite has no preupdate hook";
    connection.execute("CREATE UNIQUE INDEX makes ON Car (make)");
    connection.insert(Car{.make = "Lotus"});
    take();
    connection.execute("INSERT OR REPLACE INTO Car (id, make) VALUES (7, 'Lotus')");
    EXPECT_EQ(take(), "-Car1 +Car7 ");
    connection.upsert(Car{.id = 7, .make = "Alpine"});
    EXPECT_EQ(take(), "=Car7 ") << "an upsert replaces nothing";
}

TEST_F(ChangeEvents, name_the_old_key_and_the_new_one_of_a_row_that_gets_another) {
    if (sqlite3_compileoption_used("ENABLE_PREUPDATE_HOOK") == 0) GTEST_SKIP() << "this SQLite has no preupdate hook";
    connection.insert(Car{.make = "Lotus"});
    take();
    connection.execute("UPDATE Car SET id = 5 WHERE id = 1");
    EXPECT_EQ(take(), "-Car1 +Car5 ");
    connection.execute("UPDATE Car SET id = 6, make = 'Alpine' WHERE id = 5");
    EXPECT_EQ(take(), "-Car5 +Car6 ");
}

TEST_F(ChangeEvents, come_inside_of_a_test_scope_as_if_it_were_not_there) {
    connection.insert(Car{.id = 9});
    take();
    {
        const auto scope = test_scope(engine);
        const Connection inside = engine.connect();
        inside.insert(Car{.id = 1});
        EXPECT_EQ(take(), "+Car1 ");
        auto transaction = inside.begin();
        inside.insert(Car{.id = 2});
        {
            const auto undone = inside.begin_nested();
            inside.insert(Car{.id = 3});
        }
        EXPECT_EQ(take(), "");
        transaction.commit();
        EXPECT_EQ(take(), "+Car2 ");
        {
            const auto undone = inside.begin();
            inside.insert(Car{.id = 4});
        }
        Session session{engine};
        session.add(Car{.id = 5});
        session.flush();
        EXPECT_EQ(take(), "");
        session.commit();
        EXPECT_EQ(take(), "+Car5 ");
    }
    EXPECT_EQ(take(), "") << "its end is told to nobody";
    connection.insert(Car{.id = 6});
    EXPECT_EQ(take(), "+Car6 ");
}

TEST_F(ChangeEvents, of_a_test_scope_begin_with_the_listener) {
    token.cancel();
    const auto scope = test_scope(engine);
    const Connection inside = engine.connect();
    inside.insert(Car{});
    token = engine.on_change(hears());
    inside.insert(Car{});
    EXPECT_EQ(heard, "+Car2 ");
}

TEST_F(ChangeEvents, come_from_all_connections_of_the_engine) {
    const auto other = engine.connect();
    other.insert(Car{});
    EXPECT_EQ(heard, "+Car1 ");
    const Engine stranger{engine.url()};
    stranger.connect().insert(Car{});
    EXPECT_EQ(heard, "+Car1 ");
}

TEST_F(ChangeEvents, what_a_listener_throws_comes_behind_the_commit) {
    token.cancel();
    const auto throwing = engine.on_change([](const RowChange&) { throw Veto{}; });
    const auto second = engine.on_change(hears());
    EXPECT_THROW(connection.insert(Car{}), Veto);
    auto transaction = connection.begin();
    connection.insert(Car{});
    EXPECT_THROW(transaction.commit(), Veto);
    EXPECT_FALSE(transaction.is_active());
    EXPECT_EQ(connection.all(select<Car>()).size(), 2U);
}

TEST_F(ChangeEvents, a_listener_may_write) {
    const auto second = engine.on_change([&](const RowChange& change) {
        if (change.table == "Car") connection.insert(Wheel{.car_id = change.key});
    });
    connection.insert(Car{});
    EXPECT_EQ(heard, "+Car1 +Wheel1 ");
}

TEST_F(ChangeEvents, say_that_an_open_transaction_has_changed_before_what_is_unknown) {
    token.cancel();
    auto transaction = connection.begin();
    connection.insert(Car{});
    token = engine.on_change(hears());
    transaction.commit();
    EXPECT_EQ(heard, "? ");
}

TEST_F(ChangeEvents, end_with_the_token) {
    token.cancel();
    connection.insert(Car{});
    EXPECT_EQ(heard, "");
}

TEST_F(ChangeEvents, drop_all_still_drops) {
    connection.insert(Car{});
    engine.drop_all<Car, Wheel>();
    EXPECT_THROW(connection.all(select<Car>()), SchemaMismatch);
    engine.create_all<Car, Wheel>();
    take();
    connection.insert(Car{});
    EXPECT_EQ(heard, "+Car1 ");
}

struct Observed : Changes {
    std::vector<std::size_t> sizes;
    auto notes_size() {
        return [this](const auto& rows) { sizes.push_back(rows.size()); };
    }
    using Sizes = std::vector<std::size_t>;
};

TEST_F(Observed, a_query_is_given_after_each_commit_that_changes_what_it_gives) {
    const auto token = engine.observe(select<Car>().where(col<&Car::make> == "Lotus"), notes_size());
    EXPECT_EQ(sizes, Sizes{});
    connection.insert(Car{.make = "Lotus"});
    connection.insert(Car{.make = "Alpine"});
    connection.insert(Wheel{.car_id = 1});
    auto transaction = connection.begin();
    connection.insert(Car{.make = "Lotus"});
    connection.insert(Car{.make = "Lotus"});
    transaction.commit();
    {
        const auto undone = connection.begin();
        connection.insert(Car{.make = "Lotus"});
    }
    EXPECT_EQ(sizes, (Sizes{1, 3}));
}

TEST_F(Observed, a_query_is_compared_with_what_it_gave_when_it_was_subscribed) {
    connection.insert(Car{.make = "Lotus"});
    const auto token = engine.observe(select<Car>(), notes_size());
    connection.execute(update<Car>().set(col<&Car::make> = "Lotus").all_rows());
    EXPECT_EQ(sizes, Sizes{});
    connection.execute(update<Car>().set(col<&Car::make> = "Alpine").all_rows());
    EXPECT_EQ(sizes, Sizes{1});
}

TEST_F(Observed, a_query_gives_its_rows_as_a_vector) {
    std::vector<std::tuple<std::string, std::int64_t>> last;
    const auto token =
        engine.observe(select(col<&Car::make>, count()).group_by(col<&Car::make>),
                       [&](std::vector<std::tuple<std::string, std::int64_t>> rows) { last = std::move(rows); });
    std::int64_t sum = 0;
    const auto second =
        engine.observe(select(count()).from<Car>(), [&](std::vector<std::int64_t> rows) { sum = rows.at(0); });
    connection.insert(std::vector<Car>{{.make = "Lotus"}, {.make = "Lotus"}, {.make = "Alpine"}});
    ASSERT_EQ(last.size(), 2U);
    EXPECT_EQ(last[1], std::make_tuple(std::string{"Lotus"}, std::int64_t{2}));
    EXPECT_EQ(sum, 3);
}

TEST_F(Observed, a_query_sees_every_kind_of_change) {
    const auto token = engine.observe(select<Car>(), notes_size());
    connection.insert(std::vector<Car>(2));
    connection.execute("DELETE FROM Car");
    connection.execute("INSERT OR REPLACE INTO Car (id, make) VALUES (1, 'a')");
    connection.execute("INSERT OR REPLACE INTO Car (id, make) VALUES (1, 'b')");
    connection.execute("INSERT INTO Car (make) SELECT make FROM Car");
    Session session{engine};
    session.query<Car>().remove();
    session.commit();
    EXPECT_EQ(sizes, (Sizes{2, 0, 1, 1, 2, 0}));
}

TEST_F(Observed, a_table_without_rowid_is_seen) {
    const auto token = engine.observe(select<Setting>(), notes_size());
    connection.insert(Setting{.key = "a"});
    connection.execute("UPDATE Setting SET value = 3");
    connection.execute("DELETE FROM Setting");
    EXPECT_EQ(sizes, (Sizes{1, 1, 0}));
}

TEST_F(Observed, a_row_that_replace_deletes_is_seen_and_so_is_a_table_that_is_emptied) {
    connection.execute("CREATE UNIQUE INDEX makes ON Car (make)");
    connection.insert(Car{.make = "Lotus"});
    connection.insert(Car{.make = "Alpine"});
    const auto token = engine.observe(select<Car>(), notes_size());
    connection.execute("UPDATE OR REPLACE Car SET make = 'Lotus' WHERE id = 2");
    connection.execute("DELETE FROM Car");
    EXPECT_EQ(sizes, (Sizes{1, 0}));
}

TEST_F(Observed, by_the_row_that_replace_deletes_alone) {
    connection.execute("CREATE TABLE other (id INTEGER PRIMARY KEY, car_id INTEGER REFERENCES Car)");
    connection.execute(
        "CREATE TRIGGER replaces AFTER INSERT ON other BEGIN "
        "INSERT OR REPLACE INTO Car (id, make) VALUES (new.id, 'Lotus'); END");
    connection.insert(Car{.make = "Alpine"});
    const auto token = engine.observe(select<Car>().where(col<&Car::make> == "Lotus"), notes_size());
    connection.execute("INSERT INTO other VALUES (1, NULL)");
    EXPECT_EQ(sizes, Sizes{1});
}

TEST_F(Observed, a_query_is_given_inside_of_a_test_scope) {
    const auto scope = test_scope(engine);
    const auto token = engine.observe(select<Car>(), notes_size());
    const Connection inside = engine.connect();
    inside.insert(Car{});
    {
        const auto undone = inside.begin();
        inside.insert(Car{});
    }
    inside.insert(Car{});
    EXPECT_EQ(sizes, (Sizes{1, 2}));
}

TEST_F(Observed, a_view_is_seen_through) {
    const auto token = engine.observe(select<Lotus>(), notes_size());
    connection.insert(Car{.make = "Lotus"});
    connection.insert(Car{.make = "Alpine"});
    EXPECT_EQ(sizes, Sizes{1});
}

TEST_F(Observed, joins_subqueries_and_texts_are_seen_through) {
    const auto join = engine.observe(select<Car>().join<Wheel>(), notes_size());
    const auto nested = engine.observe(
        select<Car>().where(exists(select<Wheel>().where(col<&Wheel::car_id> == col<&Car::id>))), notes_size());
    const auto text = engine.observe(select<Car>().where(sql<bool>("id IN (SELECT car_id FROM Wheel)")), notes_size());
    connection.insert(Car{});
    EXPECT_EQ(sizes, Sizes{});
    connection.insert(Wheel{.car_id = 1});
    EXPECT_EQ(sizes, (Sizes{1, 1, 1}));
}

TEST_F(Observed, a_commit_of_another_table_runs_no_query) {
    connection.insert(Car{});
    const auto token = engine.observe(select<Car>(), notes_size());
    int statements = 0;
    const auto counted = engine.on_statement([&](const StatementEvent&) { ++statements; });
    connection.insert(Wheel{.car_id = 1});
    EXPECT_EQ(statements, 1);
}

TEST_F(Observed, what_is_called_may_write) {
    const auto token = engine.observe(select<Car>(), [&](const std::vector<Car>& cars) {
        sizes.push_back(cars.size());
        if (cars.size() < 3) engine.write([](Session& session) { session.add(Car{}); });
    });
    connection.insert(Car{});
    EXPECT_EQ(sizes, (Sizes{1, 2, 3}));
}

TEST_F(Observed, in_memory_too) {
    const Engine memory{"sqlite://"};
    memory.create_all<Car>();
    const auto token = memory.observe(select<Car>(), [&](const std::vector<Car>& cars) {
        sizes.push_back(cars.size());
        if (cars.size() < 3) memory.write([](Session& session) { session.add(Car{}); });
    });
    memory.write([](Session& session) { session.add(Car{}); });
    memory.connect().insert(std::vector<Car>(2));
    EXPECT_EQ(sizes, (Sizes{1, 2, 3, 5}));
}

TEST_F(Observed, what_is_thrown_comes_behind_the_commit) {
    bool throws = true;
    const auto token = engine.observe(select<Car>(), [&](const std::vector<Car>& cars) {
        sizes.push_back(cars.size());
        if (throws) throw Veto{};
    });
    EXPECT_THROW(connection.insert(Car{}), Veto);
    throws = false;
    connection.insert(Car{});
    EXPECT_EQ(sizes, (Sizes{1, 2}));
}

TEST_F(Observed, a_query_that_cannot_be_run_is_refused_at_once) {
    connection.execute("DROP TABLE Setting");
    EXPECT_THROW((void)engine.observe(select<Setting>(), notes_size()), SchemaMismatch);
    connection.insert(Car{});
}

TEST_F(Observed, a_query_that_can_be_run_no_more_throws_behind_the_commit) {
    const auto token = engine.observe(select<Setting>(), notes_size());
    auto transaction = connection.begin();
    connection.insert(Setting{.key = "a"});
    connection.execute("ALTER TABLE Setting RENAME TO Other");
    EXPECT_THROW(transaction.commit(), SchemaMismatch);
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(Observed, ends_with_the_token) {
    {
        const auto token = engine.observe(select<Car>(), notes_size());
        connection.insert(Car{});
    }
    connection.insert(Car{});
    EXPECT_EQ(sizes, Sizes{1});
}

TEST_F(Observed, threads_that_commit_at_once_leave_the_last_value_given) {
    std::atomic<std::size_t> last = 0;
    std::atomic<bool> is_inside = false;
    std::atomic<int> overlaps = 0;
    const auto token = engine.observe(select<Car>(), [&](const std::vector<Car>& cars) {
        if (is_inside.exchange(true)) ++overlaps;
        last = cars.size();
        is_inside = false;
    });
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 25; ++round) engine.write([](Session& session) { session.add(Car{}); });
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(last.load(), 100U);
    EXPECT_EQ(overlaps.load(), 0);
}

TEST_F(Changes, threads_may_listen_and_stop_while_others_write) {
    std::atomic<bool> ends = false;
    std::atomic<int> counted = 0;
    std::vector<std::thread> writers;
    for (int i = 0; i < 2; ++i) {
        writers.emplace_back([&] {
            while (!ends) engine.write([](Session& session) { session.add(Car{}); });
        });
    }
    for (int round = 0; round < 30; ++round) {
        const auto changes = engine.on_change([&](const RowChange&) { ++counted; });
        const auto statements =
            engine.on_statement([&](const StatementEvent& event) { counted += !event.sql.empty(); });
        const auto errors = engine.on_error([&](const DatabaseError&) { ++counted; });
        const auto begins = engine.on_begin([&](Connection& inside) { counted += inside.in_transaction(); });
        const auto observer = engine.observe(select(count()).from<Car>(), [&](const auto&) { ++counted; });
        for (int before = counted; counted < before + 3;) std::this_thread::yield();
    }
    ends = true;
    for (std::thread& thread : writers) thread.join();
    EXPECT_GT(counted.load(), 0);
}

}  // namespace unit_change_events
