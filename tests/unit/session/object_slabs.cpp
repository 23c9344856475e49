// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace unit_session_object_slabs {

using mica::Ref;
using mica::detail::AsMade;
using mica::detail::ObjectSlabs;
using mica::detail::operations_of;
using mica::detail::TrackedObject;

struct Named {
    std::int64_t id = 0;
    std::string name{};
};
struct alignas(32) Wide {
    std::int64_t id = 0;
};
struct Place {
    ObjectSlabs::Place place;
    std::size_t size;
};

std::vector<Place> take(ObjectSlabs& slabs, std::size_t count, std::size_t size) {
    std::vector<Place> taken;
    for (std::size_t i = 0; i < count; ++i) {
        taken.push_back({slabs.take(size), size});
        std::memset(taken.back().place.memory, static_cast<int>(i % 251), size);
    }
    return taken;
}
void release(const std::vector<Place>& taken) {
    for (const Place& each : taken) ObjectSlabs::release(each.place.memory, each.size, each.place.number);
}

TEST(ObjectSlabs, places_do_not_overlap) {
    ObjectSlabs slabs;
    const auto taken = take(slabs, 1000, 72);
    for (std::size_t i = 0; i < taken.size(); ++i) {
        const auto* const bytes = static_cast<const unsigned char*>(taken[i].place.memory);
        for (std::size_t at = 0; at < 72; ++at) ASSERT_EQ(bytes[at], i % 251);
    }
    release(taken);
}

TEST(ObjectSlabs, the_first_is_alone) {
    ObjectSlabs slabs;
    const auto taken = take(slabs, 1, 72);
    EXPECT_EQ(taken[0].place.number, 0);
    release(taken);
}

TEST(ObjectSlabs, stay_small_however_many_there_are) {
    ObjectSlabs slabs;
    for (const std::size_t size : {std::size_t{200}, std::size_t{3000}}) {
        const auto taken = take(slabs, 3000, size);
        for (const Place& each : taken) ASSERT_LE(each.place.number * size, 4096U);
        release(taken);
    }
}

TEST(ObjectSlabs, objects_of_another_size_have_slabs_of_their_own) {
    ObjectSlabs slabs;
    const auto small = take(slabs, 20, 24);
    const auto others = take(slabs, 20, 400);
    const auto more = take(slabs, 20, 24);
    for (std::size_t i = 0; i < 20; ++i) {
        ASSERT_EQ(static_cast<const unsigned char*>(small[i].place.memory)[23], i);
        ASSERT_EQ(static_cast<const unsigned char*>(others[i].place.memory)[399], i);
    }
    release(small);
    release(more);
    release(others);
}

TEST(ObjectSlabs, may_go_before_their_objects_and_in_the_midst_of_a_slab) {
    std::vector<Place> taken;
    for (const std::size_t count : {0U, 1U, 2U, 3U, 30U}) {
        ObjectSlabs slabs;
        const auto some = take(slabs, count, 72);
        taken.insert(taken.end(), some.begin(), some.end());
    }
    release(taken);
}

TEST(ObjectSlabs, may_go_after_their_objects) {
    ObjectSlabs slabs;
    release(take(slabs, 30, 72));
    release(take(slabs, 3, 72));
}

TEST(ObjectSlabs, handles_of_many_are_dropped_in_any_order_and_thread) {
    std::vector<Ref<Named>> refs;
    {
        ObjectSlabs slabs;
        for (int i = 0; i < 2000; ++i) {
            refs.emplace_back(TrackedObject<Named>::make(operations_of<Named>, slabs), AsMade{});
            refs.back()->name = "a name that needs memory of its own, number " + std::to_string(i);
        }
    }
    std::vector<Ref<Named>> others;
    for (std::size_t i = 0; i < refs.size(); i += 2) others.push_back(std::move(refs[i]));
    std::thread elsewhere{[taken = std::move(others)]() mutable { taken.clear(); }};
    refs.clear();
    elsewhere.join();
}

TEST(ObjectSlabs, objects_that_are_aligned_wider_or_larger_than_a_slab_are_alone) {
    ObjectSlabs slabs;
    std::vector<Ref<Wide>> wide;
    for (int i = 0; i < 5; ++i) wide.emplace_back(TrackedObject<Wide>::make(operations_of<Wide>, slabs), AsMade{});
    for (const auto& each : wide) EXPECT_EQ(reinterpret_cast<std::uintptr_t>(each.get()) % 32, 0U);
    const auto large = take(slabs, 5, 5000);
    for (const Place& each : large) EXPECT_EQ(each.place.number, 0);
    release(large);
}

}  // namespace unit_session_object_slabs
