// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/path.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/field.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_field {

/// A key of its own type, as many programs have it.
struct CarId {
    std::int64_t value = 0;
};

}  // namespace unit_field

template <>
struct mica::Codec<unit_field::CarId> {
    using Storage = std::int64_t;
    static constexpr Storage encode(unit_field::CarId id) noexcept { return id.value; }
    static constexpr unit_field::CarId decode(Storage stored) noexcept { return {stored}; }
};

namespace unit_field {

using mica::Embedded;
using mica::Field;
using mica::FieldKind;
using mica::fields_of;
using mica::StorageClass;

enum class Color { red };

/// One field, so that its data can be asked for by its type.
template <class Value>
struct Holder {
    Value value;
};
template <class Value>
constexpr Field field = fields_of<Holder<Value>>[0];

template <class Value>
constexpr bool is_column(StorageClass storage, bool nullable = false) {
    return field<Value>.kind == FieldKind::column && field<Value>.storage == storage &&
           field<Value>.nullable == nullable && field<Value>.embedded_count == 0 && !field<Value>.wide_unsigned;
}

static_assert(is_column<std::int8_t>(StorageClass::integer) && is_column<std::uint32_t>(StorageClass::integer));
static_assert(is_column<bool>(StorageClass::integer) && is_column<Color>(StorageClass::integer));
static_assert(is_column<float>(StorageClass::real) && is_column<double>(StorageClass::real));
static_assert(is_column<std::string>(StorageClass::text) && is_column<std::string_view>(StorageClass::text));
static_assert(is_column<std::vector<std::byte>>(StorageClass::blob) &&
              is_column<std::vector<std::uint8_t>>(StorageClass::blob) &&
              is_column<std::array<std::byte, 4>>(StorageClass::blob));
static_assert(is_column<mica::EnumText<Color>>(StorageClass::text));
static_assert(is_column<std::chrono::sys_days>(StorageClass::text) &&
              is_column<std::chrono::year_month_day>(StorageClass::text) &&
              is_column<std::chrono::seconds>(StorageClass::integer) &&
              is_column<std::chrono::duration<double>>(StorageClass::real));
static_assert(is_column<std::filesystem::path>(StorageClass::text));
static_assert(is_column<CarId>(StorageClass::integer));  // an aggregate with a codec is a column, not embedded

static_assert(is_column<std::optional<int>>(StorageClass::integer, true) &&
              is_column<std::optional<std::string>>(StorageClass::text, true) &&
              is_column<std::optional<CarId>>(StorageClass::integer, true) &&
              is_column<std::optional<std::chrono::sys_days>>(StorageClass::text, true));

// 0 stands for "the database chooses" only where it is a number, and nothing else stands for "none".
static_assert(field<std::int64_t>.generatable && field<std::uint8_t>.generatable && field<CarId>.generatable);
static_assert(!field<bool>.generatable && !field<Color>.generatable && !field<double>.generatable);
static_assert(!field<std::string>.generatable && !field<std::optional<std::int64_t>>.generatable);

static_assert(field<std::string_view>.is_view && field<std::optional<std::string_view>>.is_view);
static_assert(!field<std::string>.is_view);

template <class Value>
constexpr bool is_unstorable(bool wide_unsigned = false) {
    return field<Value>.kind == FieldKind::unstorable && field<Value>.wide_unsigned == wide_unsigned;
}

static_assert(is_unstorable<void*>() && is_unstorable<char>() && is_unstorable<std::vector<int>>());
static_assert(is_unstorable<std::array<int, 3>>() && is_unstorable<std::optional<std::vector<int>>>());
static_assert(is_unstorable<std::uint64_t>(true) && is_unstorable<std::optional<std::uint64_t>>(true) &&
              is_unstorable<unsigned long long>(true));

struct Coordinates {
    double latitude = 0;
    std::optional<double> longitude;
};
struct Address {
    std::string city;
    Coordinates at;
};
struct NotEmbeddable {
    explicit NotEmbeddable(int) {}
};
struct WithArray {
    char text[4];
};
struct Derived : Coordinates {
    int more = 0;
};

static_assert(Embedded<Coordinates> && Embedded<Address>);
static_assert(!Embedded<CarId> && !Embedded<int> && !Embedded<Color> && !Embedded<std::string>);
static_assert(!Embedded<NotEmbeddable> && !Embedded<WithArray> && !Embedded<Derived>);
static_assert(!Embedded<std::optional<Coordinates>> && !Embedded<std::array<int, 3>>);

TEST(Field, of_an_aggregate_has_the_aggregates_fields) {
    constexpr Field address = field<Address>;
    ASSERT_EQ(address.kind, FieldKind::embedded);
    ASSERT_EQ(address.embedded_count, 2U);
    EXPECT_EQ(address.embedded_names[0], "city");
    EXPECT_EQ(address.embedded_names[1], "at");
    EXPECT_EQ(address.embedded[0].storage, StorageClass::text);
    ASSERT_EQ(address.embedded[1].kind, FieldKind::embedded);
    ASSERT_EQ(address.embedded[1].embedded_count, 2U);
    EXPECT_EQ(address.embedded[1].embedded_names[1], "longitude");
    EXPECT_TRUE(address.embedded[1].embedded[1].nullable);
}

TEST(Field, an_aggregate_that_is_unmappable_is_unstorable) {
    EXPECT_EQ(field<WithArray>.kind, FieldKind::unstorable);
    EXPECT_EQ(field<Derived>.kind, FieldKind::unstorable);
}

TEST(Field, an_aggregate_without_fields_has_no_columns) {
    struct Nothing {};
    EXPECT_EQ(field<Nothing>.kind, FieldKind::embedded);
    EXPECT_EQ(field<Nothing>.embedded_count, 0U);
}

TEST(Field, the_fields_of_a_struct_come_in_their_order) {
    struct Car {
        std::int64_t id = 0;
        std::string make;
        std::optional<double> price;
    };
    constexpr auto& fields = fields_of<Car>;
    ASSERT_EQ(fields.size(), 3U);
    EXPECT_EQ(fields[0].storage, StorageClass::integer);
    EXPECT_EQ(fields[1].storage, StorageClass::text);
    EXPECT_EQ(fields[2].storage, StorageClass::real);
    EXPECT_TRUE(fields[2].nullable);
}

}  // namespace unit_field
