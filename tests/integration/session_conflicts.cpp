// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace integration_session_conflicts {

using namespace mica;
using namespace std::chrono_literals;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    int power = 0;
};
struct Page {
    std::int64_t id = 0;
    std::string text{};
    std::int64_t version = 0;
    static constexpr auto mapping() { return table("page", mica::version<&Page::version>); }
};
struct Tiny {
    std::int64_t id = 0;
    int value = 0;
    std::uint8_t revision = 0;
    static constexpr auto mapping() { return table("tiny", mica::version<&Tiny::revision>); }
};

/// Another connection works beside the session's.
struct Conflicts : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db"), {.busy_timeout = 10ms}};
    Engine outside{"sqlite:///" + directory.file("cars.db"), {.busy_timeout = 10ms}};
    Session session{engine};

    Conflicts() { engine.create_all<Car, Page, Tiny>(); }
    void elsewhere(std::string_view sql) const { outside.connect().execute(sql); }
    Texts stored(std::string_view sql) const { return outside.connect().execute<std::string>(sql).all(); }
};

TEST_F(Conflicts, a_changed_row_that_is_gone_is_stale) {
    const auto car = session.add(Car{.name = "a"});
    const auto other = session.add(Car{.name = "b"});
    session.commit();
    elsewhere("DELETE FROM Car WHERE id = 1");
    car->name = "c";
    other->name = "d";
    EXPECT_STREQ(
        caught<StaleDataError>([&] { session.commit(); }).what(),
        R"(mica: row 1 of table "Car" is no longer there: it was removed, or its key was changed, after the session read it)");
    EXPECT_EQ(other->name, "d");
    session.remove(car);
    session.commit();
    EXPECT_EQ(stored("SELECT name FROM Car"), Texts{"d"});
}

TEST_F(Conflicts, a_stale_change_can_be_given_up) {
    const auto car = session.add(Car{.name = "a"});
    session.commit();
    elsewhere("DELETE FROM Car");
    car->name = "c";
    EXPECT_THROW(session.commit(), StaleDataError);
    session.rollback();
    EXPECT_EQ(car->name, "a");
    EXPECT_NO_THROW(session.commit());
}

TEST_F(Conflicts, a_row_whose_key_was_changed_elsewhere_is_stale) {
    const auto car = session.add(Car{.name = "a"});
    session.commit();
    elsewhere("UPDATE Car SET id = 9");
    car->name = "c";
    EXPECT_THROW(session.commit(), StaleDataError);
}

TEST_F(Conflicts, removing_a_row_that_is_gone_already_is_fine) {
    const auto car = session.add(Car{.name = "a"});
    session.commit();
    elsewhere("DELETE FROM Car");
    session.remove(car);
    EXPECT_NO_THROW(session.commit());
}

TEST_F(Conflicts, changes_of_different_columns_do_not_meet) {
    const auto car = session.add(Car{.name = "a", .power = 1});
    session.commit();
    elsewhere("UPDATE Car SET power = 2");
    car->name = "b";
    session.commit();
    EXPECT_EQ(stored("SELECT name || power FROM Car"), Texts{"b2"});
}

TEST_F(Conflicts, a_busy_database_stops_the_first_statement_and_nothing_is_lost) {
    const auto car = session.add(Car{.name = "a"});
    {
        Connection other = outside.connect();
        const auto transaction = other.begin();
        EXPECT_TRUE(caught<OperationalError>([&] { session.commit(); }).is_busy());
        EXPECT_FALSE(session.in_transaction());
        EXPECT_TRUE(caught<OperationalError>([&] { session.query<Car>().all(); }).is_busy());
        EXPECT_TRUE(caught<OperationalError>([&] { session.get<Car>(1); }).is_busy());
        EXPECT_EQ(car->id, 0);
    }
    session.commit();
    EXPECT_EQ(car->id, 1);
    EXPECT_EQ(stored("SELECT name FROM Car"), Texts{"a"});
}

TEST_F(Conflicts, the_session_keeps_others_from_writing_until_it_commits) {
    session.add(Car{.name = "a"});
    session.flush();
    EXPECT_TRUE(caught<OperationalError>([&] { elsewhere("DELETE FROM Car"); }).is_busy());
    EXPECT_EQ(stored("SELECT name FROM Car"), Texts{}) << "reading is possible, and sees the last commit";
    session.commit();
    EXPECT_NO_THROW(elsewhere("DELETE FROM Car"));
}

TEST_F(Conflicts, a_version_counts_the_changes) {
    const auto page = session.add(Page{.text = "a"});
    session.commit();
    EXPECT_EQ(page->version, 0);
    for (const std::string_view text : {"b", "c"}) {
        page->text = text;
        session.commit();
    }
    EXPECT_EQ(page->version, 2);
    EXPECT_EQ(stored("SELECT text || version FROM page"), Texts{"c2"});
    session.commit();
    EXPECT_EQ(page->version, 2) << "without a change it stays";
}

TEST_F(Conflicts, a_version_tells_that_another_was_faster) {
    const auto page = session.add(Page{.text = "a"});
    session.commit();
    elsewhere("UPDATE page SET text = 'elsewhere', version = version + 1");
    page->text = "b";
    const auto stale = caught<StaleDataError>([&] { session.commit(); });
    EXPECT_STREQ(stale.what(), R"(mica: row 1 of table "page" is no longer what the session read: )"
                               "version 0 was read, version 1 is there");
    EXPECT_EQ(stale.expected_version(), 0);
    EXPECT_EQ(stale.actual_version(), 1);
    EXPECT_EQ(page->version, 0);
    EXPECT_EQ(page->text, "b");
    session.rollback();
    session.remove(page);
    EXPECT_THROW(session.commit(), StaleDataError) << "nor can it be removed unseen";
    EXPECT_EQ(stored("SELECT text FROM page"), Texts{"elsewhere"});
}

TEST_F(Conflicts, a_version_comes_back_by_a_rollback_and_a_failed_flush) {
    const auto page = session.add(Page{.text = "a"});
    session.commit();
    page->text = "b";
    session.flush();
    EXPECT_EQ(page->version, 1);
    session.rollback();
    EXPECT_EQ(page->version, 0);
    page->text = "b";
    const auto twin = session.add(Page{.id = 1, .text = "twin"});
    EXPECT_THROW(session.commit(), IntegrityError);
    EXPECT_EQ(page->version, 0);
    session.remove(twin);
    session.commit();
    EXPECT_EQ(page->version, 1);
}

TEST_F(Conflicts, a_version_that_does_not_fit_its_field_is_refused_and_nothing_written) {
    const auto tiny = session.add(Tiny{.value = 1, .revision = 255});
    session.commit();
    tiny->value = 2;
    EXPECT_THROW(session.commit(), DataError);
    EXPECT_EQ(tiny->revision, 255);
    session.rollback();
    EXPECT_EQ(stored("SELECT value || '/' || revision FROM tiny"), Texts{"1/255"});
}

TEST_F(Conflicts, a_version_is_the_databases_count_whatever_the_object_says) {
    const auto page = session.add(Page{.text = "a"});
    session.commit();
    page->text = "b";
    page->version = 77;
    session.commit();
    EXPECT_EQ(page->version, 1);
}

}  // namespace integration_session_conflicts
