// SPDX-License-Identifier: BSL-1.0
// What a session tells those who listen.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace integration_session_events {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    int power = 0;
    static constexpr auto mapping() { return table("car", unique<&Car::name>); }
};
struct Entry {
    std::int64_t id = 0;
    std::string text{};
};
struct Stop {};

struct Events : testing::Test {
    Engine engine{"sqlite://"};
    std::optional<Session> session_;
    Session& session;
    std::string heard{};

    Events() : session(session_.emplace(engine)) { engine.create_all<Car, Entry>(); }
    auto write(char letter) {
        return [this, letter] { heard += letter; };
    }
    Texts stored(const char* sql) { return engine.connect().execute<std::string>(sql).all(); }
};

TEST_F(Events, come_in_the_order_of_a_commit) {
    const auto a = session.on_before_flush(write('b'));
    const auto b = session.on_after_flush(write('a'));
    const auto c = session.on_after_commit(write('c'));
    const auto d = session.on_after_rollback(write('r'));
    session.add(Car{.name = "x"});
    session.commit();
    EXPECT_EQ(heard, "bac");
    session.rollback();
    EXPECT_EQ(heard, "bacr");
}

TEST_F(Events, are_silent_where_nothing_happens) {
    const auto a = session.on_before_flush(write('b'));
    const auto b = session.on_after_flush(write('a'));
    const auto c = session.on_after_commit(write('c'));
    session.flush();
    session.commit();
    session.query<Car>().all();
    EXPECT_EQ(heard, "");
    session.commit();
    EXPECT_EQ(heard, "c") << "a transaction that only read was committed";
}

TEST_F(Events, end_with_their_token) {
    {
        const auto token = session.on_after_commit(write('c'));
        session.query<Car>().all();
        session.commit();
    }
    session.query<Car>().all();
    session.commit();
    EXPECT_EQ(heard, "c");
    auto token = session.on_after_commit(write('d'));
    token.cancel();
    auto other = session.on_after_commit(write('e'));
    token = std::move(other);
    session.query<Car>().all();
    session.commit();
    EXPECT_EQ(heard, "ce");
}

TEST_F(Events, a_token_may_outlive_its_session) {
    const auto watcher = std::make_shared<int>(0);
    auto token = session.on_after_commit([watcher] { ++*watcher; });
    session_.reset();
    EXPECT_EQ(watcher.use_count(), 2);
    token.cancel();
    EXPECT_EQ(watcher.use_count(), 1);
}

TEST_F(Events, hand_over_the_session) {
    const auto token = session.on_before_flush([&](Session& given) {
        EXPECT_EQ(&given, &session);
        given.add(Entry{.text = "audit"});
    });
    session.add(Car{.name = "x"});
    session.commit();
    EXPECT_EQ(stored("SELECT text FROM Entry"), Texts{"audit"});
}

TEST_F(Events, before_a_flush_objects_may_be_added_changed_and_removed) {
    const auto car = session.add(Car{.name = "x"});
    const auto other = session.add(Car{.name = "y"});
    session.commit();
    const auto token = session.on_before_flush([&](Session& given) {
        EXPECT_EQ(given.plan().size(), 1U);
        car->power *= 2;
        given.remove(other);
        given.add(Car{.name = "z", .power = given.get<Car>(1)->power});
    });
    car->power = 5;
    session.commit();
    EXPECT_EQ(stored("SELECT name || power FROM car ORDER BY id"), (Texts{"x10", "z10"}));
}

TEST_F(Events, before_a_flush_nothing_can_be_written) {
    const auto token = session.on_before_flush([](Session& given) {
        EXPECT_THROW(given.flush(), ProgrammingError);
        EXPECT_THROW(given.commit(), ProgrammingError);
        EXPECT_THROW(given.rollback(), ProgrammingError);
        EXPECT_THROW((void)given.begin_nested(), ProgrammingError);
        EXPECT_EQ(given.query<Car>().count(), 0) << "a query sees what is there";
    });
    session.add(Car{.name = "x"});
    session.commit();
    EXPECT_EQ(stored("SELECT name FROM car"), Texts{"x"});
}

TEST_F(Events, an_exception_before_a_flush_writes_nothing_and_loses_nothing) {
    auto token = session.on_before_flush([] { throw Stop{}; });
    const auto car = session.add(Car{.name = "x"});
    EXPECT_THROW(session.commit(), Stop);
    EXPECT_EQ(car->id, 0);
    EXPECT_TRUE(session.is_modified(car));
    token.cancel();
    session.commit();
    EXPECT_EQ(stored("SELECT name FROM car"), Texts{"x"});
}

TEST_F(Events, an_exception_after_a_flush_keeps_what_was_written_and_stops_the_commit) {
    auto token = session.on_after_flush([] { throw Stop{}; });
    const auto car = session.add(Car{.name = "x"});
    EXPECT_THROW(session.commit(), Stop);
    EXPECT_TRUE(session.in_transaction());
    EXPECT_EQ(car->id, 1);
    EXPECT_FALSE(session.is_modified(car));
    token.cancel();
    session.commit();
    EXPECT_EQ(stored("SELECT name FROM car"), Texts{"x"});
}

TEST_F(Events, an_exception_after_a_commit_leaves_it_committed) {
    const auto token = session.on_after_commit([] { throw Stop{}; });
    session.add(Car{.name = "x"});
    EXPECT_THROW(session.commit(), Stop);
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(stored("SELECT name FROM car"), Texts{"x"});
}

TEST_F(Events, a_failed_flush_has_no_after) {
    const auto a = session.on_before_flush(write('b'));
    const auto b = session.on_after_flush(write('a'));
    const auto c = session.on_after_commit(write('c'));
    session.add(Car{.name = "x"});
    session.add(Car{.name = "x"});
    EXPECT_THROW(session.commit(), IntegrityError);
    EXPECT_EQ(heard, "b");
}

TEST_F(Events, after_a_rollback_the_session_is_ready) {
    const auto car = session.add(Car{.name = "x"});
    session.commit();
    const auto token = session.on_after_rollback([&](Session& given) {
        EXPECT_EQ(car->name, "x");
        EXPECT_FALSE(given.in_transaction());
        given.add(Entry{.text = "undone"});
        given.commit();
    });
    car->name = "y";
    session.flush();
    session.rollback();
    EXPECT_EQ(stored("SELECT text FROM Entry"), Texts{"undone"});
}

TEST_F(Events, subscriptions_may_change_while_they_are_called) {
    ListenerToken second;
    std::vector<ListenerToken> more;
    const auto first = session.on_after_commit([&] {
        heard += '1';
        second.cancel();
        more.push_back(session.on_after_commit(write('3')));
    });
    second = session.on_after_commit(write('2'));
    session.query<Car>().all();
    session.commit();
    EXPECT_EQ(heard, "1") << "the second is gone, the new one comes next time";
    session.query<Car>().all();
    session.commit();
    EXPECT_EQ(heard, "113");
}

}  // namespace integration_session_events
