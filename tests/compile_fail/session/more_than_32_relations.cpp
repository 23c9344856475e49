// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity has at most 32 relations
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Part {
    std::int64_t id = 0;
};
struct Machine {
    std::int64_t id = 0;
    std::int64_t part_id = 0;
    mica::BelongsTo<Part> part_1;
    mica::BelongsTo<Part> part_2;
    mica::BelongsTo<Part> part_3;
    mica::BelongsTo<Part> part_4;
    mica::BelongsTo<Part> part_5;
    mica::BelongsTo<Part> part_6;
    mica::BelongsTo<Part> part_7;
    mica::BelongsTo<Part> part_8;
    mica::BelongsTo<Part> part_9;
    mica::BelongsTo<Part> part_10;
    mica::BelongsTo<Part> part_11;
    mica::BelongsTo<Part> part_12;
    mica::BelongsTo<Part> part_13;
    mica::BelongsTo<Part> part_14;
    mica::BelongsTo<Part> part_15;
    mica::BelongsTo<Part> part_16;
    mica::BelongsTo<Part> part_17;
    mica::BelongsTo<Part> part_18;
    mica::BelongsTo<Part> part_19;
    mica::BelongsTo<Part> part_20;
    mica::BelongsTo<Part> part_21;
    mica::BelongsTo<Part> part_22;
    mica::BelongsTo<Part> part_23;
    mica::BelongsTo<Part> part_24;
    mica::BelongsTo<Part> part_25;
    mica::BelongsTo<Part> part_26;
    mica::BelongsTo<Part> part_27;
    mica::BelongsTo<Part> part_28;
    mica::BelongsTo<Part> part_29;
    mica::BelongsTo<Part> part_30;
    mica::BelongsTo<Part> part_31;
    mica::BelongsTo<Part> part_32;
#ifdef MICA_COMPILE_FAIL
    mica::BelongsTo<Part> part_33;
#endif
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Machine::part_id, &Part::id>); }
};

void use(mica::Session& session) { session.add(Machine{}); }
