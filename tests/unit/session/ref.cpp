// SPDX-License-Identifier: BSL-1.0
#include <mica/session/object/ref.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace unit_ref {

using namespace mica;

struct Car {
    std::int64_t id = 0;
    std::string name{};
};

Ref<Car> make(std::string name) {
    return Ref<Car>{new detail::TrackedObject<Car>{detail::operations_of<Car>, Car{.name = std::move(name)}}};
}
int shares(const Ref<Car>& ref) { return ref.tracked()->references.load(); }

static_assert(std::is_same_v<Ref<Car>::element_type, Car>);
static_assert(std::is_nothrow_default_constructible_v<Ref<Car>> && std::is_nothrow_copy_constructible_v<Ref<Car>>);
static_assert(!std::is_convertible_v<Ref<Car>, bool>, "only in a condition");
static_assert(!std::is_convertible_v<detail::TrackedObject<Car>*, Ref<Car>>);

TEST(Ref, is_empty_at_first) {
    const Ref<Car> ref;
    EXPECT_FALSE(ref);
    EXPECT_EQ(ref.get(), nullptr);
    EXPECT_TRUE(ref == Ref<Car>{});
}

TEST(Ref, gives_access_to_its_object_even_where_it_is_const) {
    const Ref<Car> ref = make("F8");
    EXPECT_TRUE(ref);
    ref->name = "F9";
    EXPECT_EQ((*ref).name, "F9");
    EXPECT_EQ(ref.get(), &*ref);
}

TEST(Ref, shares_its_object_with_its_copies) {
    const Ref<Car> first = make("F8");
    Ref<Car> second = first;
    EXPECT_EQ(shares(first), 2);
    second->name = "F9";
    EXPECT_EQ(first->name, "F9");
    second = make("other");
    EXPECT_EQ(shares(first), 1);
    second = first;
    EXPECT_EQ(shares(first), 2);
    second = Ref<Car>{};
    EXPECT_EQ(shares(first), 1);
}

TEST(Ref, survives_assignment_to_itself) {
    Ref<Car> ref = make("F8");
    Ref<Car>& same = ref;
    ref = same;
    EXPECT_EQ(ref->name, "F8");
    EXPECT_EQ(shares(ref), 1);
    ref = std::move(same);
    EXPECT_EQ(ref->name, "F8");
    EXPECT_EQ(shares(ref), 1);
}

TEST(Ref, moves_and_leaves_nothing) {
    Ref<Car> first = make("F8");
    const Ref<Car> second = std::move(first);
    EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(shares(second), 1);
}

TEST(Ref, compares_objects_by_identity) {
    const Ref<Car> one = make("F8");
    const Ref<Car> copy = one;
    const Ref<Car> other = make("F8");
    EXPECT_TRUE(one == copy);
    EXPECT_TRUE(one != other);
    EXPECT_TRUE(one != Ref<Car>{});
}

TEST(Ref, is_copied_and_dropped_by_many_threads) {
    const Ref<Car> ref = make("F8");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([ref] {
            for (int n = 0; n < 1000; ++n) {
                const Ref<Car> copy = ref;
                EXPECT_EQ(copy->name, "F8");
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(shares(ref), 1);
}

}  // namespace unit_ref
