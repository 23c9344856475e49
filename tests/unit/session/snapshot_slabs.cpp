// SPDX-License-Identifier: BSL-1.0
#include <mica/session/object/snapshot.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace unit_session_snapshot_slabs {

using mica::detail::Snapshot;
using mica::detail::SnapshotSlabs;

std::string bytes_of(std::size_t number) { return std::string(number % 97, static_cast<char>('a' + number % 26)); }

std::vector<Snapshot> make(std::size_t count) {
    SnapshotSlabs slabs;
    std::vector<Snapshot> made;
    for (std::size_t i = 0; i < count; ++i) made.emplace_back(bytes_of(i), slabs);
    return made;
}

TEST(SnapshotSlabs, a_snapshot_outlives_who_made_it_and_its_neighbours) {
    std::vector<Snapshot> made = make(1000);
    for (std::size_t i = 0; i < made.size(); ++i) {
        if (i % 7 != 0) made[i] = Snapshot{};
    }
    for (std::size_t i = 0; i < made.size(); i += 7) EXPECT_EQ(made[i].view(), bytes_of(i));
}

TEST(SnapshotSlabs, snapshots_do_not_overlap) {
    std::vector<Snapshot> made = make(500);
    for (std::size_t i = 0; i < made.size(); ++i) {
        for (std::size_t at = 0; at < made[i].view().size(); ++at) made[i].data()[at] = static_cast<char>(i);
    }
    for (std::size_t i = 0; i < made.size(); ++i)
        EXPECT_EQ(made[i].view(), std::string(bytes_of(i).size(), static_cast<char>(i)));
}

TEST(SnapshotSlabs, one_that_is_larger_than_a_slab_fits) {
    SnapshotSlabs slabs;
    const Snapshot first{"first", slabs};
    const Snapshot large{std::string(100'000, 'x'), slabs};
    const Snapshot last{"last", slabs};
    EXPECT_EQ(first.view(), "first");
    EXPECT_EQ(large.view(), std::string(100'000, 'x'));
    EXPECT_EQ(last.view(), "last");
}

TEST(SnapshotSlabs, one_of_any_size_keeps_its_bytes) {
    SnapshotSlabs slabs;
    std::vector<Snapshot> made;
    for (std::size_t size = 1; size < 200'000; size = size * 5 / 4 + 1)
        made.emplace_back(std::string(size, 'x'), slabs);
    for (std::size_t size = 65'530; size < 65'540; ++size) {
        const Snapshot alone{std::string(size, 'x')};
        made.emplace_back(alone.view(), slabs);
    }
    std::size_t size = 1;
    for (std::size_t i = 0; i + 10 < made.size(); ++i, size = size * 5 / 4 + 1)
        EXPECT_EQ(made[i].view(), std::string(size, 'x'));
    EXPECT_EQ(made.back().view(), std::string(65'539, 'x'));
    EXPECT_EQ(made[made.size() - 5].view().size(), 65'535U);
}

TEST(SnapshotSlabs, a_copy_and_an_exchange_keep_their_bytes) {
    std::vector<Snapshot> made = make(10);
    const Snapshot copy{made[5]};
    made[6].swap(made[7]);
    Snapshot moved{std::move(made[8])};
    made.clear();
    EXPECT_EQ(copy.view(), bytes_of(5));
    EXPECT_EQ(moved.view(), bytes_of(8));
}

TEST(SnapshotSlabs, an_empty_row_is_a_row) {
    SnapshotSlabs slabs;
    std::vector<Snapshot> made;
    for (int i = 0; i < 5; ++i) made.emplace_back("", slabs);
    EXPECT_FALSE(made.back().empty());
    EXPECT_TRUE(made.back().view().empty());
}

TEST(SnapshotSlabs, neighbours_may_end_in_different_threads) {
    std::vector<Snapshot> made = make(10'000);
    std::vector<Snapshot> others;
    for (std::size_t i = 0; i < made.size(); i += 2) others.push_back(std::move(made[i]));
    std::thread thread{[&others] { others.clear(); }};
    made.clear();
    thread.join();
    EXPECT_TRUE(others.empty());
}

}  // namespace unit_session_snapshot_slabs
