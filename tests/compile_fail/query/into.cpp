// SPDX-License-Identifier: BSL-1.0
// into<>: a struct with one fitting field for each selected column.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};
struct Title {
    std::string title;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};
struct Name {
    std::string name;
};

using mica::col;
using mica::select;

// error: mica: into<> has a field whose type is not
#if defined FAULT_into_a_field_of_another_type || !defined FAULT
namespace into_a_field_of_another_type {
struct Offer {
#ifdef FAULT
    std::string make;
    std::optional<std::string> price;
#else
    std::string make;
    std::optional<int> price;
#endif
};

auto statement() { return mica::select(col<&Car::make>, col<&Car::price>).into<Offer>(); }
}  // namespace into_a_field_of_another_type
#endif

// error: mica: into<> needs std::optional where
#ifdef FAULT_into_a_field_that_an_outer_join_may_not_fill
auto into_a_field_that_an_outer_join_may_not_fill() {
    return select(col<&Album::title>).from<Artist>().left_join<Album>().into<Title>();
}
#elif !defined FAULT
auto into_a_field_that_an_outer_join_may_not_fill() {
    return select(col<&Album::title>).from<Artist>().join<Album>().into<Title>();
}
#endif

// error: mica: into<> needs std::optional
#if defined FAULT_into_a_field_that_cannot_be_null || !defined FAULT
namespace into_a_field_that_cannot_be_null {
struct Offer {
#ifdef FAULT
    std::string make;
    int price = 0;
#else
    std::string make;
    std::optional<int> price;
#endif
};

auto statement() { return mica::select(col<&Car::make>, col<&Car::price>).into<Offer>(); }
}  // namespace into_a_field_that_cannot_be_null
#endif

// error: mica: into<> needs an aggregate
#ifdef FAULT_into_a_scalar
auto into_a_scalar() { return mica::select(col<&Car::make>).into<std::string>(); }
#elif !defined FAULT
auto into_a_scalar() { return mica::select(col<&Car::make>); }
#endif

// error: mica: into<> needs an aggregate
#if defined FAULT_into_a_struct_with_a_constructor || !defined FAULT
namespace into_a_struct_with_a_constructor {
struct Offer {
#ifdef FAULT
    std::string make;
    std::optional<int> price;
    Offer() = default;
    explicit Offer(std::string name);
#else
    std::string make;
    std::optional<int> price;
#endif
};

auto statement() { return mica::select(col<&Car::make>, col<&Car::price>).into<Offer>(); }
}  // namespace into_a_struct_with_a_constructor
#endif

// error: mica: into<> needs an aggregate
#if defined FAULT_into_an_unstorable_field || !defined FAULT
namespace into_an_unstorable_field {
struct Offer {
#ifdef FAULT
    std::string make;
    const int* price = nullptr;
#else
    std::string make;
    std::optional<int> price;
#endif
};

auto statement() { return mica::select(col<&Car::make>, col<&Car::price>).into<Offer>(); }
}  // namespace into_an_unstorable_field
#endif

// error: mica: into<> needs std::optional where
#ifdef FAULT_into_before_an_outer_join
auto into_before_an_outer_join(mica::Connection& connection) {
    return connection.execute(select(col<&Artist::name>).into<Name>().distinct().right_join<Album>());
}
#elif !defined FAULT
auto into_before_an_outer_join(mica::Connection& connection) {
    return connection.execute(select(col<&Artist::name>).into<Name>().distinct().join<Album>());
}
#endif

// error: mica: into<> has a field whose type is not
#if defined FAULT_into_fields_in_another_order || !defined FAULT
namespace into_fields_in_another_order {
struct Offer {
#ifdef FAULT
    std::optional<int> price;
    std::string make;
#else
    std::string make;
    std::optional<int> price;
#endif
};

auto statement() { return mica::select(col<&Car::make>, col<&Car::price>).into<Offer>(); }
}  // namespace into_fields_in_another_order
#endif

// error: mica: into<> needs a struct with one field for each
#if defined FAULT_into_from_an_entity || !defined FAULT
namespace into_from_an_entity {
struct Offer {
#ifdef FAULT
    std::int64_t id = 0;
    std::string make;
#else
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
#endif
};

auto statement() { return mica::select<Car>().into<Offer>(); }
}  // namespace into_from_an_entity
#endif

// error: mica: into<> needs a struct with one field for each
#if defined FAULT_into_with_too_few_fields || !defined FAULT
namespace into_with_too_few_fields {
struct Offer {
#ifdef FAULT
    std::string make;
#else
    std::string make;
    std::optional<int> price;
#endif
};

auto statement() { return mica::select(col<&Car::make>, col<&Car::price>).into<Offer>(); }
}  // namespace into_with_too_few_fields
#endif

// error: mica: into<> needs a struct with one field for each
#if defined FAULT_into_with_too_many_fields || !defined FAULT
namespace into_with_too_many_fields {
struct Offer {
#ifdef FAULT
    std::string make;
    std::optional<int> price;
    bool sold = false;
#else
    std::string make;
    std::optional<int> price;
#endif
};

auto statement() { return mica::select(col<&Car::make>, col<&Car::price>).into<Offer>(); }
}  // namespace into_with_too_many_fields
#endif
