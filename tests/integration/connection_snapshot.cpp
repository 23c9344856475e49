// SPDX-License-Identifier: BSL-1.0
// connection.snapshot(): one state of the database, whatever others commit meanwhile.
#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace integration_connection_snapshot {

struct Page {
    std::int64_t id = 0;
    std::string text{};
};

namespace {

using integration_connection_snapshot::Page;

struct ConnectionSnapshot : testing::Test {
    mica::test::TemporaryDirectory directory{};
    mica::Engine engine{"sqlite:///" + directory.file("pages.db")};

    ConnectionSnapshot() {
        engine.create_all<Page>();
        engine.connect().insert({Page{1, "one"}, Page{2, "two"}});
    }
};

TEST_F(ConnectionSnapshot, shows_one_state_while_others_commit) {
    mica::Connection reading = engine.connect();
    mica::Connection writing = engine.connect();
    {
        const auto snapshot = reading.snapshot();
        EXPECT_EQ(reading.get<Page>(1)->text, "one");
        writing.update(Page{2, "changed"});
        EXPECT_EQ(reading.get<Page>(2)->text, "two");
        EXPECT_EQ(reading.get_many<Page>({2, 1, 2, 3, 1, 2, 1, 2, 1})[0]->text, "two");
        EXPECT_TRUE(reading.in_transaction());
    }
    EXPECT_FALSE(reading.in_transaction());
    EXPECT_EQ(reading.get<Page>(2)->text, "changed");
}

TEST_F(ConnectionSnapshot, there_is_one_at_a_time_and_none_in_a_transaction) {
    mica::Connection reading = engine.connect();
    auto snapshot = reading.snapshot();
    EXPECT_THROW(static_cast<void>(reading.snapshot()), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(reading.begin()), mica::ProgrammingError);
    snapshot.rollback();
    EXPECT_NO_THROW(static_cast<void>(reading.begin()));
}

TEST_F(ConnectionSnapshot, many_keys_are_found_in_their_order_with_what_is_missing) {
    mica::Connection reading = engine.connect();
    std::vector<Page> pages;
    for (int i = 3; i <= 40; ++i) pages.push_back({i, std::to_string(i)});
    reading.insert(pages);
    const std::vector<std::int64_t> keys{40, 3, 99, 3, 17, 2, 1, 39, 5, -4, 6};
    const std::vector<std::optional<Page>> found = reading.get_many<Page>(keys);
    ASSERT_EQ(found.size(), keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        EXPECT_EQ(found[i].has_value(), keys[i] != 99 && keys[i] != -4);
        EXPECT_EQ(found[i].value_or(Page{keys[i]}).id, keys[i]);
    }
    reading.execute("DROP TABLE Page");
    reading.execute("CREATE TABLE Page (id INTEGER PRIMARY KEY, text)");
    reading.execute("INSERT INTO Page VALUES (1, 'one'), (2, 22)");
    EXPECT_THROW(reading.get_many<Page>(keys), mica::DataError);
}

}  // namespace
}  // namespace integration_connection_snapshot
