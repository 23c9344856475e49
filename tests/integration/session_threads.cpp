// SPDX-License-Identifier: BSL-1.0
// Sessions are for one thread each; what all share is who keeps related objects alive.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace session_threads {

using namespace mica;

struct Leaf;
struct Tree {
    std::int64_t id = 0;
    HasMany<Leaf> leaves{};
    static constexpr auto mapping() { return table("tree"); }
};
struct Leaf {
    std::int64_t id = 0;
    std::optional<std::int64_t> tree{};
    BelongsTo<Tree> of{};
    static constexpr auto mapping() { return table("leaf", foreign_key<&Leaf::tree, &Tree::id>); }
};

/// Handles that go from one thread to the other.
class Shelf {
public:
    void put(Ref<Leaf> leaf) {
        const std::lock_guard lock{guard_};
        leaves_.push_back(std::move(leaf));
    }
    std::vector<Ref<Leaf>> take() {
        const std::lock_guard lock{guard_};
        return std::exchange(leaves_, {});
    }

private:
    std::mutex guard_{};
    std::vector<Ref<Leaf>> leaves_{};
};

/// Relates objects in a session of its own and drops handles to those of another.
void work(Shelf& mine, Shelf& others) {
    const Engine engine{"sqlite://"};
    engine.create_all<Tree, Leaf>();
    Session session{engine};
    for (int round = 0; round < 100; ++round) {
        const auto tree = session.add(Tree{});
        mine.put(tree->leaves.add(Leaf{}));
        session.commit();
        if (round % 10 == 9) session.clear();
        others.take();
    }
}

TEST(SessionThreads, handles_of_related_objects_are_dropped_while_sessions_of_two_threads_relate_others) {
    Shelf first;
    Shelf second;
    {
        const std::jthread one{[&] { work(first, second); }};
        const std::jthread other{[&] { work(second, first); }};
    }
    for (Shelf* const shelf : {&first, &second}) {
        for (const Ref<Leaf>& leaf : shelf->take()) EXPECT_TRUE(leaf->of);
    }
}

}  // namespace session_threads
