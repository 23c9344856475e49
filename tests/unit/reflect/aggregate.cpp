// SPDX-License-Identifier: BSL-1.0
#include <mica/reflect/aggregate.hpp>

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_reflect_aggregate {
namespace {

using mica::reflect::Aggregate;
using mica::reflect::field_count;
using mica::reflect::shape_flaw;
using mica::reflect::ShapeFlaw;

struct Empty {};
struct One {
    int number;
};
struct Texts {
    std::string owned;
    std::string_view viewed;
    std::vector<std::byte> bytes;
};
struct Nested {
    One one;
    std::array<int, 3> numbers;
    std::optional<One> maybe;
    Texts texts;
};
struct Defaults {
    [[maybe_unused]] static constexpr int not_a_field = 1;
    int number = 5;
    std::string text = "five";
    int twice() const { return 2 * number; }
};
struct MoveOnly {
    std::unique_ptr<int> owner;
    int number;
};
struct OnlyMoveOnly {
    std::unique_ptr<int> owner;
};
struct Recursive {
    std::vector<Recursive> children;
    std::unique_ptr<Recursive> next;
};
struct Final final {
    int number;
};
template <class Value>
struct Pair {
    Value first;
    Value second;
};
/// Converts from anything, as the arguments of the count do to anything.
struct FromAnything {
    FromAnything() = default;
    template <class Value>
    FromAnything(const Value&) {}  // NOLINT(google-explicit-constructor)
};
struct HoldsFromAnything {
    int before;
    FromAnything anything;
    int after;
};
struct WithPointers {
    void (*function)(int);
    const char* text;
    int Empty::* member;
};

TEST(Aggregate, counts_fields) {
    EXPECT_EQ(field_count<Empty>, 0U);
    EXPECT_EQ(field_count<One>, 1U);
    EXPECT_EQ(field_count<Texts>, 3U);
    EXPECT_EQ(field_count<Nested>, 4U);
    EXPECT_EQ(field_count<Recursive>, 2U);
    EXPECT_EQ(field_count<Pair<std::string>>, 2U);
    EXPECT_EQ(field_count<HoldsFromAnything>, 3U);
    EXPECT_EQ(field_count<WithPointers>, 3U);
}

TEST(Aggregate, statics_functions_and_initializers_are_no_fields) {
    static_assert(Aggregate<Defaults>);
    EXPECT_EQ(field_count<Defaults>, 2U);
}

TEST(Aggregate, takes_fields_that_can_only_be_moved) {
    static_assert(Aggregate<MoveOnly> && Aggregate<OnlyMoveOnly>);
    EXPECT_EQ(field_count<MoveOnly>, 2U);
    EXPECT_EQ(field_count<OnlyMoveOnly>, 1U);
}

TEST(Aggregate, takes_a_local_struct) {
    struct Local {
        int number;
        std::string text;
    };
    static_assert(Aggregate<Local>);
    EXPECT_EQ(field_count<Local>, 2U);
}

static_assert(Aggregate<Empty> && Aggregate<One> && Aggregate<Texts> && Aggregate<Nested> && Aggregate<Recursive> &&
              Aggregate<Final> && Aggregate<Pair<int>> && Aggregate<HoldsFromAnything> && Aggregate<WithPointers>);

struct Constructed {
    explicit Constructed(int value) : number(value) {}
    int number;
};
class Private {
    [[maybe_unused]] int number_ = 0;
};
struct Virtual {
    virtual ~Virtual() = default;
    int number;
};
union Union {
    int number;
    float real;
};
enum class Enum {};

static_assert(shape_flaw<Constructed> == ShapeFlaw::not_an_aggregate);
static_assert(shape_flaw<Private> == ShapeFlaw::not_an_aggregate);
static_assert(shape_flaw<Virtual> == ShapeFlaw::not_an_aggregate);
static_assert(shape_flaw<Union> == ShapeFlaw::not_an_aggregate);
static_assert(shape_flaw<Enum> == ShapeFlaw::not_an_aggregate);
static_assert(shape_flaw<int> == ShapeFlaw::not_an_aggregate);
static_assert(shape_flaw<int*> == ShapeFlaw::not_an_aggregate);
static_assert(shape_flaw<int[2]> == ShapeFlaw::not_an_aggregate);
static_assert(shape_flaw<std::string> == ShapeFlaw::not_an_aggregate);

struct Derived : One {
    int more;
};
struct DerivedFromEmpty : Empty {
    int more;
};
struct DerivedWithoutMore : One {};
struct EmptyFromEmpty : Empty {};
struct DerivedTwice : Empty, One {
    int more;
};

static_assert(shape_flaw<Derived> == ShapeFlaw::base_class);
static_assert(shape_flaw<DerivedFromEmpty> == ShapeFlaw::base_class);
static_assert(shape_flaw<DerivedWithoutMore> == ShapeFlaw::base_class);
static_assert(shape_flaw<EmptyFromEmpty> == ShapeFlaw::base_class);
static_assert(shape_flaw<DerivedTwice> == ShapeFlaw::base_class);

struct ArrayFirst {
    int numbers[2];
    int after;
};
struct ArrayBetween {
    int before;
    char text[20];
    int after;
};
struct ArrayLast {
    std::string before;
    double numbers[3];
};
struct ArrayAlone {
    int numbers[4];
};
struct ArrayOfStructs {
    int before;
    One ones[2];
};
struct Matrix {
    int before;
    int numbers[2][2];
};

static_assert(shape_flaw<ArrayFirst> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<ArrayBetween> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<ArrayLast> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<ArrayAlone> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<ArrayOfStructs> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<Matrix> == ShapeFlaw::array_or_reference);

struct Reference {
    int& number;
};
struct ReferenceToConst {
    int before;
    const std::string& text;
    int after;
};
struct ReferenceToTemporary {
    int before;
    std::string&& text;
};
struct Const {
    const int number;
    int other;
};
struct NoDefault {
    explicit NoDefault(int) {}
};
struct HoldsNoDefault {
    int before;
    NoDefault nothing;
};

struct NoDefaultButInitialized {
    int before;
    NoDefault nothing = NoDefault{1};
    int after = 0;
};

static_assert(shape_flaw<Reference> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<ReferenceToConst> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<ReferenceToTemporary> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<Const> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<HoldsNoDefault> == ShapeFlaw::array_or_reference);
static_assert(shape_flaw<NoDefaultButInitialized> == ShapeFlaw::array_or_reference);
static_assert(field_count<NoDefaultButInitialized> == 3);

struct Eight {
    int a, b, c, d, e, f, g, h;
};
struct TwentyFour {
    Eight first;
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22;
    std::string last;
};
struct TwentyFive {
    TwentyFour first;
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23;
    std::string last;
};
struct TwentySix {
    TwentyFive first;
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24;
    std::optional<std::string> last;
};
static_assert(Aggregate<TwentyFour> && field_count<TwentyFour> == 24);
static_assert(Aggregate<TwentyFive> && field_count<TwentyFive> == 25);
static_assert(Aggregate<TwentySix> && field_count<TwentySix> == 26);

// A struct is judged by its own fields: what is wrong inside of one of them shows when that is embedded.
struct HoldsArray {
    int before;
    ArrayBetween inner;
};
static_assert(Aggregate<HoldsArray> && field_count<HoldsArray> == 2);

}  // namespace
}  // namespace unit_reflect_aggregate
