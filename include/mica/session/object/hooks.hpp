// SPDX-License-Identifier: BSL-1.0
// What an entity does by itself around its row: functions found by name, members or free ones beside the struct.
#pragma once

namespace mica::detail {

// Each finds `object.name()`, else `name(object)` by argument-dependent lookup.

struct BeforeInsert {
    template <class Owner>
    static constexpr bool is_member = requires(Owner& object) { object.before_insert(); };
    template <class Owner>
    static constexpr bool is_there = is_member<Owner> || requires(Owner& object) { before_insert(object); };
    template <class Owner>
    static void run(Owner& object) {
        if constexpr (is_member<Owner>) {
            object.before_insert();
        } else {
            before_insert(object);
        }
    }
};

struct BeforeUpdate {
    template <class Owner>
    static constexpr bool is_member = requires(Owner& object) { object.before_update(); };
    template <class Owner>
    static constexpr bool is_there = is_member<Owner> || requires(Owner& object) { before_update(object); };
    template <class Owner>
    static void run(Owner& object) {
        if constexpr (is_member<Owner>) {
            object.before_update();
        } else {
            before_update(object);
        }
    }
};

struct BeforeRemove {
    template <class Owner>
    static constexpr bool is_member = requires(Owner& object) { object.before_remove(); };
    template <class Owner>
    static constexpr bool is_there = is_member<Owner> || requires(Owner& object) { before_remove(object); };
    template <class Owner>
    static void run(Owner& object) {
        if constexpr (is_member<Owner>) {
            object.before_remove();
        } else {
            before_remove(object);
        }
    }
};

struct AfterLoad {
    template <class Owner>
    static constexpr bool is_member = requires(Owner& object) { object.after_load(); };
    template <class Owner>
    static constexpr bool is_there = is_member<Owner> || requires(Owner& object) { after_load(object); };
    template <class Owner>
    static void run(Owner& object) {
        if constexpr (is_member<Owner>) {
            object.after_load();
        } else {
            after_load(object);
        }
    }
};

}  // namespace mica::detail
