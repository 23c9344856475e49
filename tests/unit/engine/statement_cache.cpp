// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/statement_cache.hpp>
#include <mica/sqlite/backend.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace unit_statement_cache {

using Cache = mica::StatementCache<mica::sqlite::Backend>;
using Entry = Cache::Entry;
using mica::StatementInfo;
using mica::sqlite::Database;
using mica::sqlite::OpenMode;

struct StatementCacheTest : testing::Test {
    Database database{"", {.mode = OpenMode::memory}};
    Cache cache;

    /// How many statements the connection has.
    int prepared() const {
        int count = 0;
        for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(database.handle(), each)) != nullptr;) ++count;
        return count;
    }
};

TEST_F(StatementCacheTest, gives_the_same_statement_for_the_same_type) {
    const StatementInfo info{"SELECT 1", 0, {}};
    Entry& first = cache.acquire(database, info);
    cache.release(first);
    Entry& second = cache.acquire(database, info);
    EXPECT_EQ(&first, &second);
    EXPECT_EQ(prepared(), 1);
    cache.release(second);
}

TEST_F(StatementCacheTest, gives_a_statement_type_its_slot_at_its_first_use) {
    const StatementInfo info{"SELECT 1", 0, {}};
    EXPECT_EQ(info.slot.load(), 0U);
    cache.release(cache.acquire(database, info));
    const auto slot = info.slot.load();
    EXPECT_GT(slot, 0U);
    Cache another;
    another.release(another.acquire(database, info));
    EXPECT_EQ(info.slot.load(), slot);
}

TEST_F(StatementCacheTest, keeps_statement_types_apart) {
    const StatementInfo one{"SELECT 1", 0, {}};
    const StatementInfo two{"SELECT 2", 0, {}};
    Entry& first = cache.acquire(database, one);
    Entry& second = cache.acquire(database, two);
    EXPECT_EQ(first.statement.sql(), "SELECT 1");
    EXPECT_EQ(second.statement.sql(), "SELECT 2");
    cache.release(first);
    cache.release(second);
}

TEST_F(StatementCacheTest, prepares_a_second_statement_while_the_first_is_in_use) {
    const StatementInfo info{"SELECT 1", 0, {}};
    Entry& first = cache.acquire(database, info);
    Entry& second = cache.acquire(database, info);
    EXPECT_NE(&first, &second);
    EXPECT_EQ(prepared(), 2);
    cache.release(second);
    EXPECT_EQ(prepared(), 1) << "a spare one is finalized when it is given back";
    EXPECT_TRUE(first.in_use);
    cache.release(first);
}

TEST_F(StatementCacheTest, gives_spare_statements_back_in_any_order) {
    const StatementInfo info{"SELECT 1", 0, {}};
    Entry& first = cache.acquire(database, info);
    Entry& second = cache.acquire(database, info);
    Entry& third = cache.acquire(database, info);
    Entry& fourth = cache.acquire(database, info);
    cache.release(third);
    cache.release(first);
    cache.release(fourth);
    cache.release(second);
    EXPECT_EQ(prepared(), 1);
}

TEST_F(StatementCacheTest, resets_what_is_given_back) {
    const StatementInfo info{"SELECT 1 UNION ALL SELECT 2", 0, {}};
    Entry& entry = cache.acquire(database, info);
    EXPECT_TRUE(entry.statement.step());
    EXPECT_NE(sqlite3_stmt_busy(entry.statement.handle()), 0);
    cache.release(entry);
    EXPECT_EQ(sqlite3_stmt_busy(entry.statement.handle()), 0);
}

TEST_F(StatementCacheTest, ends_everything_at_once) {
    const StatementInfo info{"SELECT 1 UNION ALL SELECT 2", 0, {}};
    Entry& first = cache.acquire(database, info);
    Entry& text = cache.acquire(database, std::string_view{"SELECT 3"});
    first.statement.step();
    text.statement.step();
    cache.acquire(database, info).statement.step();
    cache.acquire(database, std::string_view{"SELECT 3"}).statement.step();
    cache.release_all();
    EXPECT_FALSE(first.in_use);
    EXPECT_FALSE(text.in_use);
    EXPECT_EQ(prepared(), 2);
    for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(database.handle(), each)) != nullptr;) {
        EXPECT_EQ(sqlite3_stmt_busy(each), 0);
    }
}

TEST_F(StatementCacheTest, knows_a_text_again) {
    Entry& first = cache.acquire(database, std::string{"SELECT 1"});
    cache.release(first);
    EXPECT_EQ(&cache.acquire(database, std::string{"SELECT 1"}), &first);
    EXPECT_EQ(prepared(), 1);
}

TEST_F(StatementCacheTest, forgets_the_text_that_was_not_used_for_the_longest_time) {
    const auto text = [](std::size_t i) { return "SELECT " + std::to_string(i); };
    for (std::size_t i = 0; i < Cache::text_capacity; ++i) cache.release(cache.acquire(database, text(i)));
    cache.release(cache.acquire(database, text(0)));
    cache.release(cache.acquire(database, text(Cache::text_capacity)));
    EXPECT_EQ(prepared(), static_cast<int>(Cache::text_capacity));
    std::vector<std::string> kept;
    for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(database.handle(), each)) != nullptr;) {
        kept.emplace_back(sqlite3_sql(each));
    }
    EXPECT_NE(std::find(kept.begin(), kept.end(), text(0)), kept.end());
    EXPECT_EQ(std::find(kept.begin(), kept.end(), text(1)), kept.end());
}

TEST_F(StatementCacheTest, never_forgets_a_text_that_is_in_use) {
    std::vector<Entry*> used;
    for (std::size_t i = 0; i < Cache::text_capacity; ++i) {
        used.push_back(&cache.acquire(database, "SELECT " + std::to_string(i)));
    }
    Entry& over = cache.acquire(database, std::string_view{"SELECT 1000"});
    EXPECT_EQ(over.statement.sql(), "SELECT 1000");
    for (std::size_t i = 0; i < used.size(); ++i) EXPECT_EQ(used[i]->statement.sql(), "SELECT " + std::to_string(i));
    cache.release(over);
    EXPECT_EQ(prepared(), static_cast<int>(Cache::text_capacity));
    cache.release_all();
}

TEST_F(StatementCacheTest, keeps_nothing_of_a_text_that_cannot_be_prepared) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_THROW(cache.acquire(database, std::string_view{"SELEKT"}), mica::ProgrammingError);
    }
    EXPECT_EQ(prepared(), 0);
    const StatementInfo info{"SELECT * FROM missing", 0, {}};
    EXPECT_THROW(cache.acquire(database, info), mica::SchemaMismatch);
    database.execute_script("CREATE TABLE missing (a)");
    cache.release(cache.acquire(database, info));
    EXPECT_EQ(prepared(), 1);
}

TEST_F(StatementCacheTest, finalizes_all_it_has_at_its_end) {
    {
        Cache shortlived;
        const StatementInfo info{"SELECT 1", 0, {}};
        shortlived.acquire(database, info);
        shortlived.acquire(database, info);
        shortlived.acquire(database, std::string_view{"SELECT 2"});
        EXPECT_EQ(prepared(), 3);
    }
    EXPECT_EQ(prepared(), 0);
}

TEST(StatementSlot, is_given_once_whichever_thread_comes_first) {
    static const StatementInfo info{"SELECT 1", 0, {}};
    std::vector<std::uint32_t> seen(8);
    std::vector<std::thread> threads;
    for (std::uint32_t& slot : seen) {
        threads.emplace_back([&slot] { slot = mica::detail::assign_slot(info); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::uint32_t slot : seen) EXPECT_EQ(slot, info.slot.load());
}

TEST_F(StatementCacheTest, keeps_statement_types_apart_that_two_shared_objects_have_given_the_same_slot) {
    const StatementInfo one{"SELECT 1", 0, {}};
    const StatementInfo two{"SELECT 2", 0, {}};
    Entry& first = cache.acquire(database, one);
    two.slot.store(one.slot.load());
    for (int i = 0; i < 2; ++i) {
        Entry& second = cache.acquire(database, two);
        EXPECT_EQ(second.statement.sql(), "SELECT 2");
        cache.release(second);
        EXPECT_EQ(prepared(), 2);
    }
    cache.release(first);
    Entry& second = cache.acquire(database, two);
    EXPECT_EQ(second.statement.sql(), "SELECT 2") << "also where the first is free";
    cache.release(second);
}

TEST_F(StatementCacheTest, knows_the_columns_of_a_statement_type_without_a_slot_of_its_own) {
    static constexpr std::array origins{mica::ColumnOrigin{"t", "a", true}};
    const StatementInfo one{"SELECT 1", 0, {}};
    const StatementInfo two{"SELECT 2", 0, origins};
    cache.release(cache.acquire(database, one));
    two.slot.store(one.slot.load());
    cache.release(cache.acquire(database, "SELECT 2"));
    Entry& entry = cache.acquire(database, two);
    ASSERT_EQ(entry.origins.size(), 1U);
    EXPECT_EQ(entry.origins[0].column, "a");
    cache.release(entry);
}

}  // namespace unit_statement_cache
