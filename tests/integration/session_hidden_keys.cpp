// SPDX-License-Identifier: BSL-1.0
// Rows that exclude each other by what only the database can tell: an index with a condition or over an expression, a
// collation. Who gives a value up is written before who takes it, and what cannot be leaves everything as it was.
#include <support/caught.hpp>
#include <support/fragile_backend.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace session_hidden_keys {

using namespace mica;
using mica::test::caught;
using mica::test::Fragility;

using Engine = BasicEngine<mica::test::FragileLateBackend>;
using Session = BasicSession<mica::test::FragileLateBackend>;

/// Only one address of a person is the first one.
struct Address {
    std::int64_t id = 0;
    std::int64_t person = 0;
    bool is_first = false;
    static constexpr auto mapping() {
        return table("address", mica::index<&Address::person>.unique().where(col<&Address::is_first>));
    }
};
struct Account {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("account", index_on(lower(col<&Account::name>)).unique()); }
};
struct Member {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("member", unique<&Member::name>, collate<&Member::name>("NOCASE")); }
};

struct HiddenKeys : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    HiddenKeys() {
        engine.create_all<Address, Account, Member>();
        Fragility::refused = 0;
    }
    std::string firsts() {
        return session
            .execute<std::string>(
                "SELECT coalesce(group_concat(id), '') FROM (SELECT id FROM address WHERE is_first ORDER BY id)")
            .scalar();
    }
};

TEST_F(HiddenKeys, a_new_row_takes_the_place_of_a_removed_one_under_an_index_with_a_condition) {
    const auto old = session.add(Address{.person = 1, .is_first = true});
    session.commit();
    session.remove(old);
    session.add(Address{.id = 7, .person = 1, .is_first = true});
    session.commit();
    EXPECT_EQ(firsts(), "7");
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, a_new_row_takes_what_another_gives_up) {
    const auto old = session.add(Address{.person = 1, .is_first = true});
    session.commit();
    session.add(Address{.id = 7, .person = 1, .is_first = true});
    old->is_first = false;
    session.commit();
    EXPECT_EQ(firsts(), "7");
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, a_row_takes_the_place_of_a_removed_one) {
    const auto other = session.add(Address{.person = 1});
    const auto old = session.add(Address{.person = 1, .is_first = true});
    session.commit();
    session.remove(old);
    other->is_first = true;
    session.commit();
    EXPECT_EQ(firsts(), "1");
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, rows_that_take_each_others_place_are_refused_and_nothing_is_changed) {
    const auto one = session.add(Address{.person = 1, .is_first = true});
    const auto two = session.add(Address{.person = 2, .is_first = true});
    session.commit();
    one->person = 2;
    two->person = 1;
    EXPECT_EQ(caught<IntegrityError>([&] { session.commit(); }).kind(), ConstraintKind::unique);
    session.rollback();
    EXPECT_EQ(one->person, 1);
    one->is_first = false;
    one->person = 2;
    session.flush();
    two->person = 1;
    session.commit();
    EXPECT_EQ(firsts(), "2");
}

TEST_F(HiddenKeys, a_new_row_takes_a_removed_ones_value_of_an_expression) {
    const auto old = session.add(Account{.name = "Ann"});
    session.commit();
    session.remove(old);
    session.add(Account{.id = 7, .name = "ANN"});
    session.commit();
    EXPECT_EQ(session.query<Account>().one()->id, 7);
    EXPECT_EQ(Fragility::refused, 0);
}

TEST_F(HiddenKeys, a_new_row_takes_a_removed_ones_value_that_a_collation_takes_for_the_same) {
    const auto old = session.add(Member{.name = "Ann"});
    session.commit();
    session.remove(old);
    session.add(Member{.id = 7, .name = "ann"});
    session.commit();
    EXPECT_EQ(session.query<Member>().one()->id, 7);
    EXPECT_EQ(Fragility::refused, 0);
}

}  // namespace session_hidden_keys
