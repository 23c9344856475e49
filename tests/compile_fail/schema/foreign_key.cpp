// SPDX-License-Identifier: BSL-1.0
// A foreign key: to a key, of as many columns, of the same types.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

// error: mica: a foreign key must reference a primary key or a unique key
#if defined FAULT_foreign_key_to_a_struct_that_is_no_aggregate || !defined FAULT
namespace foreign_key_to_a_struct_that_is_no_aggregate {
struct Maker {
    std::int64_t id = 0;
    std::string name;
#ifdef FAULT
    explicit Maker(std::string name);
#endif
};
struct Car {
    std::int64_t id = 0;
    std::int64_t maker_id = 0;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Car::maker_id, &Maker::id>); }
};

auto statement() { return mica::select<Car>(); }
}  // namespace foreign_key_to_a_struct_that_is_no_aggregate
#endif

// error: mica: an entity needs a primary key
#if defined FAULT_foreign_key_to_an_unmapped_struct || !defined FAULT
namespace foreign_key_to_an_unmapped_struct {
struct Maker {
#ifndef FAULT
    std::int64_t id = 0;
#endif
    std::int64_t number = 0;

    static constexpr auto mapping() { return mica::table(mica::unique<&Maker::number>); }
};
struct Car {
    std::int64_t id = 0;
    std::int64_t maker = 0;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Car::maker, &Maker::number>); }
};

void use(const mica::Engine& engine) { engine.create_all<Maker, Car>(); }
}  // namespace foreign_key_to_an_unmapped_struct
#endif

// error: mica: a foreign key's field must have the type
#if defined FAULT_foreign_key_to_another_type || !defined FAULT
namespace foreign_key_to_another_type {
struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    std::string maker_id;
#else
    std::int64_t maker_id = 0;
#endif

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Car::maker_id, &Maker::id>); }
};

void use(const mica::Engine& engine) { engine.create_all<Maker, Car>(); }
}  // namespace foreign_key_to_another_type
#endif

// error: mica: a foreign key's field must have the type
#if defined FAULT_foreign_key_to_another_type_in_select || !defined FAULT
namespace foreign_key_to_another_type_in_select {
struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
#ifdef FAULT
    double maker_id = 0;
#else
    int maker_id = 0;
#endif

    static constexpr auto mapping() {
        return mica::table(mica::foreign_key<&Car::maker_id, &Maker::id>.on_delete(mica::cascade));
    }
};

auto statement() { return mica::select<Car>().where(mica::col<&Car::id> == 1); }
}  // namespace foreign_key_to_another_type_in_select
#endif

// error: mica: a foreign key must reference a primary key or a unique key
#if defined FAULT_foreign_key_to_half_a_key || !defined FAULT
namespace foreign_key_to_half_a_key {
struct Wheel {
    std::int64_t car_id = 0;
    int position = 0;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};
struct Tyre {
    std::int64_t id = 0;
    std::int64_t car_id = 0;
    int position = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::foreign_key<&Tyre::car_id, &Wheel::car_id>);
#else
        return mica::table(mica::foreign_key_to<Wheel>(mica::from<&Tyre::car_id, &Tyre::position>,
                                                       mica::to<&Wheel::car_id, &Wheel::position>));
#endif
    }
};

void use(mica::Session& session) { session.add(Tyre{}); }
}  // namespace foreign_key_to_half_a_key
#endif

// error: mica: a foreign key must reference a primary key or a unique key
#if defined FAULT_foreign_key_to_no_key || !defined FAULT
namespace foreign_key_to_no_key {
struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string maker;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::foreign_key<&Car::maker, &Maker::name>);
#else
        return mica::table();
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Maker, Car>(); }
}  // namespace foreign_key_to_no_key
#endif

// error: mica: a foreign key needs as many columns as it references
#if defined FAULT_foreign_key_to_with_different_counts || !defined FAULT
namespace foreign_key_to_with_different_counts {
struct Wheel {
    std::int64_t car_id = 0;
    int position = 0;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};
struct Tyre {
    std::int64_t id = 0;
    std::int64_t car_id = 0;
    int position = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(
            mica::foreign_key_to<Wheel>(mica::from<&Tyre::car_id>, mica::to<&Wheel::car_id, &Wheel::position>));
#else
        return mica::table(mica::foreign_key_to<Wheel>(mica::from<&Tyre::car_id, &Tyre::position>,
                                                       mica::to<&Wheel::car_id, &Wheel::position>));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Wheel, Tyre>(); }
}  // namespace foreign_key_to_with_different_counts
#endif
