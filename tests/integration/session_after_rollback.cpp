// SPDX-License-Identifier: BSL-1.0
// One object for each row, and no object without one, after rollbacks of what SQL and set-based statements have done.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace integration_session_after_rollback {

using namespace mica;

struct Number {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("part"); }

    static Number make(int number, std::string name) { return {number, std::move(name)}; }
    static Ref<Number> get(Session& session, int number) { return session.get<Number>(number); }
    static std::string values(int number) { return std::to_string(number); }
};
struct Text {
    std::string id{};
    std::string name{};
    static constexpr auto mapping() { return table("part"); }

    static std::string key(int number) { return "key " + std::to_string(number); }
    static Text make(int number, std::string name) { return {key(number), std::move(name)}; }
    static Ref<Text> get(Session& session, int number) { return session.get<Text>(key(number)); }
    static std::string values(int number) { return "'" + key(number) + "'"; }
};
struct Pair {
    std::int64_t shelf = 0;
    std::string place{};
    std::string name{};
    static constexpr auto mapping() { return table("part", primary_key<&Pair::shelf, &Pair::place>); }

    static std::string key(int number) { return "place " + std::to_string(number); }
    static Pair make(int number, std::string name) { return {number, key(number), std::move(name)}; }
    static Ref<Pair> get(Session& session, int number) { return session.get<Pair>(number, key(number)); }
    static std::string values(int number) { return std::to_string(number) + ", '" + key(number) + "'"; }
};

/// A row 1, which the session has read.
template <class Part>
struct SessionAfterRollback : testing::Test {
    SessionAfterRollback() {
        engine.create_all<Part>();
        engine.connect().insert(Part::make(1, "first"));
        old = Part::get(session, 1);
    }
    void insert(int number) { session.execute("INSERT INTO part VALUES (" + Part::values(number) + ", 'by hand')"); }
    Ref<Part> get(int number) { return Part::get(session, number); }
    void remove_all() { session.template query<Part>().remove(); }
    int count() { return session.template execute<int>("SELECT count(*) FROM part").scalar(); }

    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Part> old;
};
using Keys = testing::Types<Number, Text, Pair>;
TYPED_TEST_SUITE(SessionAfterRollback, Keys);

TYPED_TEST(SessionAfterRollback, a_row_that_came_back_has_its_old_object) {
    this->session.remove(this->old);
    this->session.flush();
    this->insert(1);
    const auto read = this->get(1);
    this->session.rollback();
    EXPECT_EQ(this->get(1), this->old);
    read->name = "never written";
    this->session.commit();
    EXPECT_EQ(this->get(1)->name, "first");
}

TYPED_TEST(SessionAfterRollback, a_row_that_came_back_with_a_savepoint_has_its_old_object) {
    auto savepoint = this->session.begin_nested();
    this->session.remove(this->old);
    this->session.flush();
    this->insert(1);
    const auto read = this->get(1);
    savepoint.rollback();
    EXPECT_EQ(this->get(1), this->old);
    EXPECT_FALSE(this->session.is_modified(read));
}

TYPED_TEST(SessionAfterRollback, a_key_that_came_back_has_its_old_object) {
    const TypeParam renamed = TypeParam::make(2, "first");
    *this->old = renamed;
    this->session.flush();
    this->insert(1);
    const auto read = this->get(1);
    this->session.rollback();
    EXPECT_EQ(this->get(1), this->old);
    EXPECT_NE(this->get(1), read);
    EXPECT_FALSE(this->get(2));
}

TYPED_TEST(SessionAfterRollback, get_finds_no_row_that_was_gone_before_the_savepoint) {
    this->remove_all();
    {
        auto savepoint = this->session.begin_nested();
        EXPECT_FALSE(this->get(1));
        savepoint.rollback();
    }
    EXPECT_FALSE(this->get(1));
    this->session.rollback();
    EXPECT_EQ(this->get(1), this->old);
}

TYPED_TEST(SessionAfterRollback, get_finds_no_row_that_was_removed_before_a_new_one_took_its_key) {
    this->remove_all();
    {
        auto savepoint = this->session.begin_nested();
        this->session.add(TypeParam::make(1, "second"));
        this->session.flush();
        savepoint.rollback();
    }
    EXPECT_FALSE(this->get(1));
    EXPECT_EQ(this->count(), 0);
}

TYPED_TEST(SessionAfterRollback, get_finds_a_row_that_a_savepoint_had_removed) {
    EXPECT_ANY_THROW(this->session.nested([&] {
        this->remove_all();
        EXPECT_FALSE(this->get(1));
        throw 1;
    }));
    EXPECT_EQ(this->get(1), this->old);
}

TYPED_TEST(SessionAfterRollback, get_finds_no_row_that_was_added_and_removed_by_a_statement) {
    const auto added = this->session.add(TypeParam::make(2, "second"));
    this->session.flush();
    this->remove_all();
    EXPECT_ANY_THROW(this->session.nested([&] {
        this->insert(2);
        EXPECT_EQ(this->get(2), added);
        throw 1;
    }));
    EXPECT_FALSE(this->get(2));
    EXPECT_EQ(this->count(), 0);
}

TYPED_TEST(SessionAfterRollback, an_object_added_after_a_set_based_remove_is_forgotten_with_it) {
    this->remove_all();
    const auto second = this->session.add(TypeParam::make(1, "second"));
    this->session.flush();
    EXPECT_EQ(this->get(1), second);
    this->session.rollback();
    EXPECT_EQ(this->get(1), this->old);
    EXPECT_EQ(this->get(1)->name, "first");
}

}  // namespace integration_session_after_rollback
