// SPDX-License-Identifier: BSL-1.0
// What of a struct's shape and fields keeps it from being an entity, each flaw beside the nearest structs without it.
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/entity.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace compile_time_entity_flaw {

using namespace mica;

template <class Owner>
constexpr bool accepted = Entity<Owner> && entity_flaw<Owner> == EntityFlaw::none;
template <class Owner>
constexpr EntityFlaw flaw = Entity<Owner> ? EntityFlaw::none : entity_flaw<Owner>;

struct Plain {
    std::int64_t id = 0;
    std::string name;
};
static_assert(accepted<Plain>);

// --- not_an_aggregate
struct Constructed {
    Constructed() = delete;
    explicit Constructed(int) {}
    std::int64_t id = 0;
};
class Private {
    [[maybe_unused]] std::int64_t id = 0;
};
struct Virtual {
    virtual ~Virtual() = default;
    std::int64_t id = 0;
};
union Union {
    std::int64_t id;
};
static_assert(flaw<Constructed> == EntityFlaw::not_an_aggregate);
static_assert(flaw<Private> == EntityFlaw::not_an_aggregate);
static_assert(flaw<Virtual> == EntityFlaw::not_an_aggregate);
static_assert(flaw<Union> == EntityFlaw::not_an_aggregate);
static_assert(flaw<int> == EntityFlaw::not_an_aggregate);
static_assert(flaw<std::string> == EntityFlaw::not_an_aggregate);
struct WithFunctions {
    std::int64_t id = 0;
    std::string shout() const { return "!"; }
    static WithFunctions make() { return {}; }
};
static_assert(accepted<WithFunctions>);

// --- base_class
struct Empty {};
struct Derived : Plain {
    int year = 0;
};
struct DerivedFromEmpty : Empty {
    std::int64_t id = 0;
};
struct DerivedWithoutMore : Plain {};
static_assert(flaw<Derived> == EntityFlaw::base_class);
static_assert(flaw<DerivedFromEmpty> == EntityFlaw::base_class);
static_assert(flaw<DerivedWithoutMore> == EntityFlaw::base_class);
struct HasAsField {
    Plain common;
    std::int64_t id = 0;
};
static_assert(accepted<HasAsField>);

// --- array_or_reference
struct CArray {
    std::int64_t id = 0;
    char name[20] = {};
};
struct Matrix {
    std::int64_t id = 0;
    int cells[2][2] = {};
};
struct Reference {
    std::int64_t id = 0;
    std::string& name;
};
struct ReferenceToConst {
    std::int64_t id = 0;
    const std::string& name;
    int year = 0;
};
struct Const {
    const std::int64_t id = 0;
    std::string name;
};
struct NoDefault {
    explicit NoDefault(int) {}
};
struct HoldsNoDefault {
    std::int64_t id = 0;
    NoDefault nothing;
};
static_assert(flaw<CArray> == EntityFlaw::array_or_reference);
static_assert(flaw<Matrix> == EntityFlaw::array_or_reference);
static_assert(flaw<Reference> == EntityFlaw::array_or_reference);
static_assert(flaw<ReferenceToConst> == EntityFlaw::array_or_reference);
static_assert(flaw<Const> == EntityFlaw::array_or_reference);
static_assert(flaw<HoldsNoDefault> == EntityFlaw::array_or_reference);
struct StdArray {
    std::int64_t id = 0;
    std::array<std::byte, 20> name{};
};
static_assert(accepted<StdArray>);

// --- wide_unsigned
struct WideUnsigned {
    std::int64_t id = 0;
    std::uint64_t size = 0;
};
struct WideUnsignedKey {
    std::uint64_t id = 0;
};
struct WideUnsignedOptional {
    std::int64_t id = 0;
    std::optional<unsigned long long> size;
};
struct File {
    std::string name;
    std::size_t size = 0;
};
struct WideUnsignedEmbedded {
    std::int64_t id = 0;
    File file;
};
static_assert(flaw<WideUnsigned> == EntityFlaw::wide_unsigned);
static_assert(flaw<WideUnsignedKey> == EntityFlaw::wide_unsigned);
static_assert(flaw<WideUnsignedOptional> == EntityFlaw::wide_unsigned);
static_assert(flaw<WideUnsignedEmbedded> == EntityFlaw::wide_unsigned);
struct NarrowUnsigned {
    std::int64_t id = 0;
    std::uint32_t size = 0;
};
struct WideUnsignedIgnored {
    std::int64_t id = 0;
    std::uint64_t size = 0;
    static constexpr auto mapping() { return table(ignore<&WideUnsignedIgnored::size>); }
};
static_assert(accepted<NarrowUnsigned> && accepted<WideUnsignedIgnored>);

// --- field_without_codec
struct Unstorable {
    std::int64_t id = 0;
    std::map<int, int> map;
};
struct UnstorablePointer {
    std::int64_t id = 0;
    Plain* parent = nullptr;
};
struct UnstorableCharacter {
    std::int64_t id = 0;
    char letter = 'a';
};
struct UnstorableEmbedded {
    std::int64_t id = 0;
    struct {
        std::vector<int> numbers;
    } inner;
};
struct UnstorableArrayOfOne {
    std::int64_t id = 0;
    char letter[1] = {};
};
/// Absent where all of its columns are NULL.
struct OptionalEmbedded {
    std::int64_t id = 0;
    std::optional<Plain> plain;
};
enum class WideEnum : std::uint64_t {};
struct UnstorableEnum {
    std::int64_t id = 0;
    WideEnum size{};
};
static_assert(flaw<Unstorable> == EntityFlaw::field_without_codec);
static_assert(flaw<UnstorablePointer> == EntityFlaw::field_without_codec);
static_assert(flaw<UnstorableCharacter> == EntityFlaw::character);
static_assert(flaw<UnstorableEmbedded> == EntityFlaw::field_without_codec);
static_assert(flaw<UnstorableArrayOfOne> == EntityFlaw::field_without_codec);
static_assert(flaw<OptionalEmbedded> == EntityFlaw::none);
static_assert(flaw<UnstorableEnum> == EntityFlaw::field_without_codec);
struct UnstorableIgnored {
    std::int64_t id = 0;
    std::map<int, int> map;
    static constexpr auto mapping() { return table(ignore<&UnstorableIgnored::map>); }
};
struct EnumByName {
    std::int64_t id = 0;
    EnumText<WideEnum> size;
};
static_assert(accepted<UnstorableIgnored> && accepted<EnumByName>);

}  // namespace compile_time_entity_flaw
