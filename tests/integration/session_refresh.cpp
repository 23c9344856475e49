// SPDX-License-Identifier: BSL-1.0
// What a session knows and what others have made of it: refresh, is_stale, set-based changes, versions.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace integration_session_refresh {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    int power = 0;
    int note = 0;
    static constexpr auto mapping() { return table("car", unique<&Car::name>, ignore<&Car::note>); }
};
struct Page {
    std::int64_t id = 0;
    std::string text{};
    std::int64_t revision = 0;
    static constexpr auto mapping() { return table("page", version<&Page::revision>); }
};

/// Another engine works on the same file.
struct Refresh : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db")};
    Engine outside{"sqlite:///" + directory.file("cars.db")};
    Session session{engine};
    Ref<Car> car;
    Ref<Page> page;

    Refresh() {
        engine.create_all<Car, Page>();
        car = session.add(Car{.name = "a", .power = 1, .note = 5});
        page = session.add(Page{.text = "p"});
        session.commit();
    }
    void elsewhere(std::string_view sql) const { outside.connect().execute(sql); }
    Texts stored(std::string_view sql) const { return outside.connect().execute<std::string>(sql).all(); }
};

TEST_F(Refresh, reads_what_others_have_committed) {
    elsewhere("UPDATE car SET power = 2");
    EXPECT_EQ(session.query<Car>().one()->power, 1) << "a query does not overwrite";
    session.refresh(car);
    EXPECT_EQ(car->power, 2);
    EXPECT_EQ(car->note, 5) << "a field that is no column stays";
    EXPECT_FALSE(session.is_modified(car));
    session.commit();
    EXPECT_EQ(car->power, 2);
}

TEST_F(Refresh, refuses_to_drop_changes_unless_told_to) {
    car->name = "mine";
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.refresh(car); }).what(),
                 "mica: refresh() would lose changes that are not written; say refresh(ref, mica::discard) if you mean "
                 "that");
    EXPECT_EQ(car->name, "mine");
    elsewhere("UPDATE car SET power = 2");
    session.refresh(car, mica::discard);
    EXPECT_EQ(car->name, "a");
    EXPECT_EQ(car->power, 2);
    session.commit();
    EXPECT_EQ(stored("SELECT name || power FROM car"), Texts{"a2"});
}

TEST_F(Refresh, of_an_unmodified_object_may_say_discard_too) {
    elsewhere("UPDATE car SET power = 2");
    session.refresh(car, mica::discard);
    EXPECT_EQ(car->power, 2);
}

TEST_F(Refresh, with_discard_takes_a_removal_back) {
    session.remove(car);
    EXPECT_THROW(session.refresh(car), ProgrammingError);
    session.refresh(car, mica::discard);
    session.commit();
    EXPECT_EQ(stored("SELECT name FROM car"), Texts{"a"});
}

TEST_F(Refresh, with_discard_drops_a_changed_key_too) {
    car->id = 77;
    session.refresh(car, mica::discard);
    EXPECT_EQ(car->id, 1);
}

TEST_F(Refresh, of_a_row_that_is_gone_says_so) {
    elsewhere("DELETE FROM car");
    EXPECT_STREQ(caught<StaleDataError>([&] { session.refresh(car); }).what(),
                 R"(mica: row 1 of table "car" is no longer there: it was removed, or its key was changed, after the )"
                 "session read it");
    EXPECT_EQ(car->name, "a");
    EXPECT_TRUE(session.get<Car>(1) == car) << "it is still tracked";
    session.detach(car);
    EXPECT_FALSE(session.get<Car>(1));
}

TEST_F(Refresh, wants_an_object_that_has_a_row_and_is_tracked) {
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.refresh(Ref<Car>{}); }).what(),
                 "mica: refresh() was given an empty handle");
    const auto added = session.add(Car{.name = "new"});
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.refresh(added); }).what(),
                 "mica: refresh() was given an object that has no row yet");
    EXPECT_THROW(session.refresh(added, mica::discard), ProgrammingError);
    session.rollback();
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.refresh(added); }).what(),
                 "mica: refresh() was given an object that this session does not track");
    Session other{engine};
    EXPECT_THROW(other.refresh(car), ProgrammingError);
}

TEST_F(Refresh, sees_what_this_session_has_flushed) {
    car->power = 3;
    session.flush();
    session.refresh(car);
    EXPECT_EQ(car->power, 3);
    session.rollback();
    EXPECT_EQ(car->power, 1);
}

TEST_F(Refresh, in_a_transaction_that_wrote_nothing_is_what_a_rollback_returns_to) {
    elsewhere("UPDATE car SET power = 2");
    session.refresh(car);
    session.rollback();
    EXPECT_EQ(car->power, 2);
}

TEST_F(Refresh, of_what_a_trigger_made_is_undone_with_it) {
    session.execute("CREATE TRIGGER t AFTER UPDATE OF name ON car BEGIN UPDATE car SET power = 100; END");
    session.commit();
    car->name = "b";
    session.flush();
    session.refresh(car);
    EXPECT_EQ(car->power, 100);
    session.rollback();
    EXPECT_EQ(car->power, 1);
    EXPECT_EQ(car->name, "a");
}

TEST_F(Refresh, flushes_the_other_changes_of_its_table_first) {
    const auto other = session.add(Car{.name = "b"});
    session.refresh(car);
    EXPECT_EQ(other->id, 2);
}

TEST_F(Refresh, staleness_is_a_question) {
    EXPECT_FALSE(session.is_stale(car));
    elsewhere("UPDATE car SET power = 2");
    EXPECT_TRUE(session.is_stale(car));
    EXPECT_FALSE(session.is_stale(page)) << "the row counts, not the database";
    EXPECT_EQ(car->power, 1);
    session.refresh(car);
    EXPECT_FALSE(session.is_stale(car));
    session.commit();
    elsewhere("DELETE FROM car");
    EXPECT_TRUE(session.is_stale(car)) << "gone is stale";
}

TEST_F(Refresh, the_question_opens_no_transaction_that_stays) {
    EXPECT_FALSE(session.is_stale(car));
    EXPECT_FALSE(session.in_transaction());
    EXPECT_NO_THROW(elsewhere("UPDATE car SET power = 2"));
    {
        Connection other = outside.connect();
        const auto writing = other.begin();
        EXPECT_TRUE(session.is_stale(car)) << "nor does it need the write lock";
    }
    car->name = "b";
    session.flush();
    EXPECT_FALSE(session.is_stale(page));
    EXPECT_TRUE(session.in_transaction());
}

TEST_F(Refresh, ones_own_change_is_not_stale_and_a_new_object_neither) {
    car->power = 9;
    EXPECT_FALSE(session.is_stale(car));
    session.flush();
    EXPECT_FALSE(session.is_stale(car));
    EXPECT_FALSE(session.is_stale(session.add(Car{.name = "new"})));
    EXPECT_THROW(static_cast<void>(session.is_stale(Ref<Car>{})), ProgrammingError);
}

TEST_F(Refresh, a_set_based_update_makes_objects_stale_until_they_are_met_again) {
    EXPECT_EQ(session.query<Car>().update(col<&Car::power> = 7), 1);
    EXPECT_EQ(car->power, 1);
    EXPECT_TRUE(session.is_stale(car));
    EXPECT_TRUE(session.query<Car>().one() == car);
    EXPECT_EQ(car->power, 7);
    EXPECT_FALSE(session.is_stale(car));
    session.rollback();
    EXPECT_EQ(car->power, 1) << "what was read of it goes with it";
    EXPECT_EQ(session.get<Car>(1)->power, 1);
}

TEST_F(Refresh, a_set_based_update_does_not_overwrite_what_is_not_written_yet) {
    session.query<Car>().update(col<&Car::power> = 7);
    car->name = "mine";
    {
        const auto off = session.no_autoflush();
        session.query<Car>().all();
        EXPECT_EQ(car->power, 1);
    }
    session.query<Car>().all();
    EXPECT_EQ(car->name, "mine");
    EXPECT_EQ(car->power, 7);
    session.commit();
    EXPECT_EQ(stored("SELECT name || power FROM car"), Texts{"mine7"});
}

TEST_F(Refresh, a_set_based_removal_takes_objects_out_of_sight) {
    EXPECT_EQ(session.query<Car>().remove(), 1);
    EXPECT_EQ(car->name, "a") << "the handle stays readable";
    EXPECT_FALSE(session.get<Car>(1));
    EXPECT_TRUE(session.query<Car>().all().empty());
    session.rollback();
    EXPECT_TRUE(session.get<Car>(1) == car) << "and back with its rollback";
    car->power = 4;
    session.commit();
    EXPECT_EQ(stored("SELECT name || power FROM car"), Texts{"a4"});
}

TEST_F(Refresh, a_set_based_removal_that_is_committed_stays) {
    session.query<Car>().remove();
    session.commit();
    EXPECT_FALSE(session.get<Car>(1));
    car->name = "written to nothing";
    session.commit();
    EXPECT_TRUE(stored("SELECT name FROM car").empty());
}

TEST_F(Refresh, an_object_whose_row_was_removed_by_a_statement_cannot_be_changed) {
    session.query<Car>().remove();
    car->name = "b";
    EXPECT_THROW(session.flush(), StaleDataError);
    session.rollback();
    EXPECT_EQ(car->name, "a");
}

TEST_F(Refresh, statements_that_change_nothing_let_nothing_expire) {
    session.execute<int>("SELECT count(*) FROM car").one();
    session.query<Car>().where(col<&Car::id> == 99).update(col<&Car::power> = 7);
    session.commit();
    const StatementLog log{engine};
    session.get<Car>(1);
    EXPECT_EQ(log.starting_with("SELECT"), Texts{});
}

TEST_F(Refresh, a_set_based_update_counts_the_version_up) {
    session.query<Page>().update(col<&Page::text> = "x");
    EXPECT_EQ(stored("SELECT text || revision FROM page"), Texts{"p0"});
    session.commit();
    EXPECT_EQ(stored("SELECT text || revision FROM page"), Texts{"x1"});
    page->text = "mine";
    const auto stale = caught<StaleDataError>([&] { session.commit(); });
    EXPECT_EQ(stale.expected_version(), 0);
    EXPECT_EQ(stale.actual_version(), 1);
    session.refresh(page, mica::discard);
    page->text = "mine";
    session.commit();
    EXPECT_EQ(stored("SELECT text || revision FROM page"), Texts{"mine2"});
}

TEST_F(Refresh, a_stale_write_tells_both_versions) {
    elsewhere("UPDATE page SET revision = 41");
    page->text = "mine";
    const auto stale = caught<StaleDataError>([&] { session.commit(); });
    EXPECT_STREQ(stale.what(), R"(mica: row 1 of table "page" is no longer what the session read: )"
                               "version 0 was read, version 41 is there");
    EXPECT_EQ(stale.expected_version(), 0);
    EXPECT_EQ(stale.actual_version(), 41);
    session.refresh(page, mica::discard);
    EXPECT_EQ(page->revision, 41);
    elsewhere("SELECT 1");
    session.rollback();
    elsewhere("DELETE FROM page");
    page->text = "mine";
    const auto gone = caught<StaleDataError>([&] { session.commit(); });
    EXPECT_EQ(gone.expected_version(), 41);
    EXPECT_EQ(gone.actual_version(), std::nullopt);
}

}  // namespace integration_session_refresh
