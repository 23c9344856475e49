// SPDX-License-Identifier: BSL-1.0
// Names of columns, and the fields that an option names.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// error: mica: two fields of this entity have the same column name
#if defined FAULT_column_names_that_differ_in_case || !defined FAULT
namespace column_names_that_differ_in_case {
struct Car {
    std::int64_t id = 0;
    std::string make;
#ifdef FAULT
    std::string Make;
#else
    std::string model;
#endif
};

auto statement() { return mica::select<Car>(); }
}  // namespace column_names_that_differ_in_case
#endif

// error: mica: two fields of this entity have the same column name
#if defined FAULT_duplicate_column_names || !defined FAULT
namespace duplicate_column_names {
struct Car {
    std::int64_t id = 0;
    std::string make;
    std::string model;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::column<&Car::model>("make"));
#else
        return mica::table(mica::column<&Car::model>("variant"));
#endif
    }
};

constexpr std::string_view text = mica::ddl<Car>;
}  // namespace duplicate_column_names
#endif

// error: mica: two fields of this entity have the same column name
#if defined FAULT_embedded_prefix_that_meets_a_column || !defined FAULT
namespace embedded_prefix_that_meets_a_column {
struct Engine {
    double litres = 0;
};
struct Car {
    std::int64_t id = 0;
    Engine engine;
#ifdef FAULT
    double engine_litres = 0;
#endif
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace embedded_prefix_that_meets_a_column
#endif

// error: mica: a mapping option names a field that is no column
#if defined FAULT_option_for_a_field_of_another_struct || !defined FAULT
namespace option_for_a_field_of_another_struct {
struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::unique<&Maker::name>);
#else
        return mica::table(mica::unique<&Car::make>);
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace option_for_a_field_of_another_struct
#endif

// error: mica: a mapping option names a field that is no column of this entity
#if defined FAULT_option_for_a_relation || !defined FAULT
namespace option_for_a_relation {
struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::index<&Artist::albums>);
#else
        return mica::table(mica::index<&Artist::name>);
#endif
    }
};

constexpr auto text = mica::ddl<Artist>;
}  // namespace option_for_a_relation
#endif

// error: mica: a mapping option names a field that is no column
#if defined FAULT_option_for_an_ignored_field || !defined FAULT
namespace option_for_an_ignored_field {
struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::ignore<&Car::make>, mica::index<&Car::make>);
#else
        return mica::table(mica::index<&Car::make>);
#endif
    }
};

auto statement() { return mica::select<Car>(); }
}  // namespace option_for_an_ignored_field
#endif
