// SPDX-License-Identifier: BSL-1.0
// What an INSERT of a whole object binds, and whether that leaves its key to the database.
#pragma once

#include <mica/schema/column_default.hpp>
#include <mica/schema/row.hpp>
#include <mica/schema/table.hpp>

namespace mica::detail {

template <class Owner>
struct InsertsRow {
    static constexpr const Table& table() { return table_of<Owner>(); }
    static bool wants_key(const Owner& object)
        requires has_generated_key<Owner>
    {
        return generated_key_in<Owner>(object) == 0;
    }
};

template <class Owner>
struct BindNewRow : InsertsRow<Owner> {
    template <class Sink>
    void operator()(const Owner& object, Sink& sink) const {
        bind_inserted(object, sink);
    }
};

template <class Owner>
struct BindWholeRow : InsertsRow<Owner> {
    template <class Sink>
    void operator()(const Owner& object, Sink& sink) const {
        bind_row(object, sink);
    }
};

}  // namespace mica::detail
