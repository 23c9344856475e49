// SPDX-License-Identifier: BSL-1.0
// A new object's field that holds nothing leaves its column to the default, which comes back into the object.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace integration_column_defaults {
namespace {

using mica::col;
using mica::Engine;
using mica::Session;
using std::chrono::sys_seconds;

struct Account {
    std::int64_t id = 0;
    std::string name{};
    std::string role{};
    std::optional<int> level{};
    int credit = 0;
    std::string plan = "free";
    std::optional<std::string> color = "red";
    bool is_open = false;
    sys_seconds since{};
    std::string label{};
    std::int64_t version = 0;

    static constexpr auto mapping() {
        return mica::table(
            "account", mica::unique<&Account::label>, mica::default_value<&Account::role>("guest"),
            mica::default_value<&Account::level>(3), mica::default_value<&Account::credit>(10),
            mica::default_value<&Account::plan>("trial"), mica::default_value<&Account::color>("blue"),
            mica::default_value<&Account::is_open>(true), mica::default_expr<&Account::since>(mica::current_timestamp),
            mica::default_expr<&Account::label>(
                mica::lower(mica::func<"hex", std::string>(mica::func<"randomblob", std::vector<std::byte>>(8)))),
            mica::version<&Account::version>);
    }
};

struct Plain {
    std::int64_t id = 0;
    std::string name{};
    std::string upper_name{};
    std::optional<int> weight{};
    static constexpr auto mapping() {
        return mica::table(mica::default_value<&Plain::weight>(7),
                           mica::generated<&Plain::upper_name>(mica::upper(col<&Plain::name>)));
    }
};

struct Owner {
    std::int64_t id = 0;
    std::string name{};
};

struct Pet {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> owner_id{};
    mica::BelongsTo<Owner> owner{};
    static constexpr auto mapping() {
        return mica::table(mica::foreign_key<&Pet::owner_id, &Owner::id>, mica::default_value<&Pet::owner_id>(1));
    }
};

struct ColumnDefaults : testing::Test {
    Engine engine{"sqlite://"};
    sys_seconds start = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    ColumnDefaults() { engine.create_all<Account, Plain, Owner, Pet>(); }

    void expect_defaults(const Account& account) const {
        EXPECT_EQ(account.role, "guest");
        EXPECT_EQ(account.level, 3);
        EXPECT_GE(account.since, start);
        EXPECT_EQ(account.label.size(), 16U);
    }
};

TEST_F(ColumnDefaults, come_back_after_an_insert_of_one) {
    Account account{.name = "a"};
    const auto connection = engine.connect();
    connection.insert(account);
    EXPECT_EQ(account.id, 1);
    expect_defaults(account);
    const Account stored = connection.get<Account>(1).value();
    expect_defaults(stored);
    EXPECT_EQ(stored.label, account.label);
}

TEST_F(ColumnDefaults, come_back_after_an_insert_of_many) {
    std::vector<Account> accounts{{.name = "a"}, {.name = "b", .role = "admin", .credit = -1}, {.name = "c"}};
    engine.connect().insert(accounts);
    expect_defaults(accounts[0]);
    expect_defaults(accounts[2]);
    EXPECT_NE(accounts[0].label, accounts[2].label);
    EXPECT_EQ(accounts[1].role, "admin");
    EXPECT_EQ(accounts[1].credit, -1);
    EXPECT_EQ(accounts[1].level, 3);
}

TEST_F(ColumnDefaults, stand_for_objects_that_cannot_be_changed) {
    const auto connection = engine.connect();
    connection.insert(Account{.name = "a"});
    const std::vector<Account> more{{.name = "b"}, {.name = "c"}};
    connection.insert(more);
    connection.execute(mica::insert_into<Account>().values(Account{.name = "d"}));
    connection.execute(mica::insert_into<Account>().values(more));
    for (const Account& account : connection.all(mica::select<Account>())) expect_defaults(account);
    EXPECT_EQ(connection.one(mica::insert_into<Account>().values(Account{}).returning(col<&Account::role>)), "guest");
}

TEST_F(ColumnDefaults, leave_what_a_struct_says_itself_and_every_number_and_bool) {
    Account account{.name = "a"};
    engine.connect().insert(account);
    EXPECT_EQ(account.plan, "free");
    EXPECT_EQ(account.credit, 0);
    EXPECT_FALSE(account.is_open);
    account = {.name = "b", .plan = "", .is_open = true};
    engine.connect().insert(account);
    EXPECT_EQ(account.plan, "");
    EXPECT_EQ(engine.connect().get<Account>(2).value().plan, "");
}

TEST_F(ColumnDefaults, stand_for_an_empty_optional_whatever_its_struct_says) {
    Account account{.name = "a", .color = std::nullopt};
    engine.connect().insert(account);
    EXPECT_EQ(account.color, "blue");
    EXPECT_EQ(engine.connect().get<Account>(1).value().color, "blue");
    account = {.name = "b"};
    engine.connect().insert(account);
    EXPECT_EQ(account.color, "red");
}

TEST_F(ColumnDefaults, come_back_after_a_flush) {
    Session session{engine};
    const auto one = session.add(Account{.name = "a"});
    const auto two = session.add(Account{.name = "b", .role = "admin"});
    session.flush();
    expect_defaults(*one);
    EXPECT_EQ(two->role, "admin");
    EXPECT_EQ(two->level, 3);
    EXPECT_FALSE(session.is_modified(one));
    one->credit = 0;
    one->role.clear();
    session.commit();
    const Account stored = engine.connect().get<Account>(1).value();
    EXPECT_EQ(stored.credit, 0);
    EXPECT_EQ(stored.role, "");
    EXPECT_EQ(stored.version, one->version);
}

TEST_F(ColumnDefaults, come_back_beside_generated_columns) {
    Session session{engine};
    const auto left = session.add(Plain{.name = "a"});
    const auto given = session.add(Plain{.name = "b", .weight = 2});
    session.commit();
    EXPECT_EQ(left->weight, 7);
    EXPECT_EQ(left->upper_name, "A");
    EXPECT_EQ(given->weight, 2);
    EXPECT_EQ(given->upper_name, "B");
    left->name = "z";
    session.commit();
    EXPECT_EQ(left->upper_name, "Z");
    std::vector<Plain> plain{{.name = "c"}, {.name = "d", .weight = 1}};
    engine.connect().insert(plain);
    EXPECT_EQ(plain[0].weight, 7);
    EXPECT_EQ(plain[0].upper_name, "C");
    EXPECT_EQ(plain[1].weight, 1);
    EXPECT_EQ(plain[1].upper_name, "D");
}

TEST_F(ColumnDefaults, of_a_foreign_key_give_way_to_a_relation) {
    Session session{engine};
    const auto first = session.add(Owner{.name = "first"});
    const auto second = session.add(Owner{.name = "second"});
    session.flush();
    const auto left = session.add(Pet{.name = "a"});
    const auto given = session.add(Pet{.name = "b"});
    given->owner = second;
    session.commit();
    EXPECT_EQ(left->owner_id, first->id);
    EXPECT_EQ(given->owner_id, second->id);
}

TEST_F(ColumnDefaults, are_no_matter_of_an_update_and_an_upsert) {
    Account account{.name = "a"};
    const auto connection = engine.connect();
    connection.insert(account);
    account.role.clear();
    account.level.reset();
    connection.update(account);
    EXPECT_EQ(connection.get<Account>(1).value().role, "");
    EXPECT_EQ(connection.get<Account>(1).value().level, std::nullopt);
    account.credit = 0;
    connection.upsert(account);
    EXPECT_EQ(connection.get<Account>(1).value().credit, 0);
}

TEST_F(ColumnDefaults, change_no_object_of_an_insert_that_fails) {
    engine.connect().insert(Account{.name = "a", .label = "x"});
    std::vector<Account> accounts{{.name = "b"}, {.name = "c", .label = "x"}};
    EXPECT_THROW(engine.connect().insert(accounts), mica::IntegrityError);
    EXPECT_EQ(accounts[0].role, "");
    Session session{engine};
    const auto one = session.add(Account{.name = "b"});
    const auto two = session.add(Account{.name = "c", .label = "x"});
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    EXPECT_EQ(one->role, "");
    two->label = "y";
    session.commit();
    expect_defaults(*one);
    EXPECT_EQ(two->label, "y");
}

TEST_F(ColumnDefaults, leave_a_row_that_a_trigger_removes_as_it_is) {
    engine.connect().execute(
        "CREATE TRIGGER gone AFTER INSERT ON Plain BEGIN DELETE FROM Plain WHERE id = NEW.id; END");
    Session session{engine};
    const auto left = session.add(Plain{.name = "a"});
    session.flush();
    EXPECT_EQ(left->weight, std::nullopt);
}

}  // namespace
}  // namespace integration_column_defaults
