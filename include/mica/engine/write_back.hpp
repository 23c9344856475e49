// SPDX-License-Identifier: BSL-1.0
// What a statement over objects has to tell them: their keys or versions, once all of it has succeeded.
#pragma once

#include <mica/core/list.hpp>
#include <mica/query/row.hpp>

#include <cstdint>

namespace mica::detail {

/// Tells nothing, where the objects cannot be changed or the database chooses nothing.
template <class Owner, int column>
struct WriteBack {
    template <class Object>
    void add(Object&, std::int64_t) noexcept {}
    void write() noexcept {}
};

/// Integers for the field of one column, of objects that stay where they are.
template <class Owner, int column>
    requires(column >= 0)
class WriteBack<Owner, column> {
public:
    /// Throws DataError where the field is too narrow: now, when nothing is committed and no object has changed.
    void add(Owner& object, std::int64_t value) {
        assign(trial_, value);
        entries_.push_back({&object, value});
    }

    void write() {
        for (const Entry& entry : entries_) assign(*entry.object, entry.value);
    }

private:
    struct Entry {
        Owner* object;
        std::int64_t value;
    };

    static void assign(Owner& object, std::int64_t value) {
        reflect::with_fields(object, AssignField{value, field_of_column<Owner>(column)});
    }

    List<Entry> entries_{};
    Owner trial_{};
};

}  // namespace mica::detail
