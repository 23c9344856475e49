// SPDX-License-Identifier: BSL-1.0
// Which columns make a key, and how many at most.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// error: mica: autoincrement is for one column
#if defined FAULT_autoincrement_on_a_composite_key || !defined FAULT
namespace autoincrement_on_a_composite_key {
struct Wheel {
    std::int64_t car_id = 0;
    int position = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>, mica::autoincrement);
#else
        return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>);
#endif
    }
};

constexpr std::string_view text = mica::ddl<Wheel>;
}  // namespace autoincrement_on_a_composite_key
#endif

// error: mica: autoincrement is for one column
#if defined FAULT_autoincrement_on_a_text_key || !defined FAULT
namespace autoincrement_on_a_text_key {
struct Car {
#ifdef FAULT
    std::string id;
#else
    std::int64_t id = 0;
#endif
    std::string make;

    static constexpr auto mapping() { return mica::table(mica::autoincrement); }
};

constexpr std::string_view text = mica::ddl<Car>;
}  // namespace autoincrement_on_a_text_key
#endif

// error: mica: autoincrement is for one column
#if defined FAULT_autoincrement_without_rowid || !defined FAULT
namespace autoincrement_without_rowid {
struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::autoincrement, mica::without_rowid);
#else
        return mica::table(mica::without_rowid);
#endif
    }
};

auto statement() { return mica::insert_into<Car>(); }
}  // namespace autoincrement_without_rowid
#endif

// error: mica: a key or an index has at most 8 columns
#if defined FAULT_foreign_key_of_an_embedded_object_with_nine_columns || !defined FAULT
namespace foreign_key_of_an_embedded_object_with_nine_columns {
struct Position {
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
#ifdef FAULT
    int i = 0;
#endif
};

struct Square {
    std::int64_t id = 0;
    Position position;

    static constexpr auto mapping() { return mica::table("square", mica::unique<&Square::position>); }
};

struct Piece {
    std::int64_t id = 0;
    Position position;

    static constexpr auto mapping() {
        return mica::table("piece", mica::foreign_key<&Piece::position, &Square::position>);
    }
};

auto statement() { return mica::select<Piece>(); }
}  // namespace foreign_key_of_an_embedded_object_with_nine_columns
#endif

// error: mica: a primary key's column cannot be generated
#if defined FAULT_generated_key_column || !defined FAULT
namespace generated_key_column {
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::generated<&Car::id>(mica::col<&Car::year> + 1));
#else
        return mica::table(mica::generated<&Car::year>(mica::col<&Car::id> + 1));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace generated_key_column
#endif

// error: mica: a key or an index has at most 8 columns
#if defined FAULT_id_of_nine_columns || !defined FAULT
namespace id_of_nine_columns {
struct Position {
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
#ifdef FAULT
    int i = 0;
#endif
};

struct Piece {
    Position id;
    std::int64_t number = 0;
};

auto statement() { return mica::select<Piece>(); }
}  // namespace id_of_nine_columns
#endif

// error: mica: a key or an index has at most 8 columns
#if defined FAULT_key_of_nine_columns || !defined FAULT
namespace key_of_nine_columns {
struct Cell {
    std::int64_t id = 0;
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0;

    static constexpr auto mapping() {
        using C = Cell;
#ifdef FAULT
        return mica::table(mica::unique<&C::a, &C::b, &C::c, &C::d, &C::e, &C::f, &C::g, &C::h, &C::i>);
#else
        return mica::table(mica::unique<&C::a, &C::b, &C::c, &C::d, &C::e, &C::f, &C::g, &C::h>);
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Cell>(); }
}  // namespace key_of_nine_columns
#endif

// error: mica: a primary key's field cannot be std::optional
#if defined FAULT_nullable_column_in_a_composite_key || !defined FAULT
namespace nullable_column_in_a_composite_key {
struct Wheel {
    std::int64_t car_id = 0;
#ifdef FAULT
    std::optional<int> position;
#else
    int position = 0;
#endif

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};

constexpr std::string_view text = mica::ddl<Wheel>;
}  // namespace nullable_column_in_a_composite_key
#endif

// error: mica: a key or an index has at most 8 columns
#if defined FAULT_primary_key_of_an_embedded_object_with_nine_columns || !defined FAULT
namespace primary_key_of_an_embedded_object_with_nine_columns {
struct Position {
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
#ifdef FAULT
    int i = 0;
#endif
};

struct Piece {
    Position position;
    std::int64_t number = 0;

    static constexpr auto mapping() { return mica::table("piece", mica::primary_key<&Piece::position>); }
};

auto statement() { return mica::select<Piece>(); }
}  // namespace primary_key_of_an_embedded_object_with_nine_columns
#endif

// error: mica: a mapping option names a field that is no column
#if defined FAULT_primary_key_of_another_struct || !defined FAULT
namespace primary_key_of_another_struct {
struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t number = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::primary_key<&Maker::id>);
#else
        return mica::table(mica::primary_key<&Car::number>);
#endif
    }
};

auto statement() { return mica::select<Car>(); }
}  // namespace primary_key_of_another_struct
#endif

// error: mica: autoincrement is for one column
#if defined FAULT_two_autoincrements || !defined FAULT
namespace two_autoincrements {
struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::autoincrement, mica::autoincrement);
#else
        return mica::table(mica::autoincrement);
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace two_autoincrements
#endif

// error: mica: std::uint64_t does not fit
#if defined FAULT_uint64_key || !defined FAULT
namespace uint64_key {
struct Car {
#ifdef FAULT
    std::uint64_t id = 0;
#else
    std::int64_t id = 0;
#endif
    std::string make;
};

bool use(mica::Session& session) { return bool(session.get<Car>(1)); }
}  // namespace uint64_key
#endif

// error: mica: version<> counts in an integer field
#if defined FAULT_version_that_is_no_integer || !defined FAULT
namespace version_that_is_no_integer {
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    std::string revision;
#else
    int revision = 0;
#endif

    static constexpr auto mapping() { return mica::table(mica::version<&Car::revision>); }
};

void use(mica::Session& session) { session.add(Car{}); }
}  // namespace version_that_is_no_integer
#endif
