// SPDX-License-Identifier: BSL-1.0
// One row of views(): its fields are read where they are asked for, texts and bytes without being copied.
#pragma once

#include <mica/engine/statement_lease.hpp>
#include <mica/engine/view_field.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mica {

// Defined in engine/views.hpp.
template <class BackendType, class Query>
class BasicViews;

/// A row of views(): the fields of what its SELECT reads. Each is read when it is asked for, anew each time: a
/// std::string as a std::string_view and bytes as mica::Bytes, which lie in the database's own memory, anything else by
/// value. Lifetime: until the next row is read, then its views dangle; copy() is what may be kept.
template <class BackendType, class Query>
class ViewRow {
    using Row = typename Query::Row;
    using Entry = CachedStatement<BackendType>;

public:
    /// Do not compile.
    ViewRow(const ViewRow&) {
        static_assert(is_none<Query>,
                      "mica: a row of views is there until the next one is read: take it as const auto& row, and keep "
                      "row.copy()");
    }
    ViewRow& operator=(const ViewRow&) = delete;
    ~ViewRow() = default;

    /// The field that a member pointer names, as in `row.get<&Car::make>()`; of an embedded object by the path to it.
    /// In a row of several expressions also the one at a place, `row.get<0>()`. Throws DataError where what is stored
    /// does not fit, ProgrammingError where the row is no longer there.
    template <auto first, auto... rest>
    auto get() const {
        if constexpr (std::is_member_object_pointer_v<decltype(first)>) {
            return read<true>([] { return detail::field_at_path<Query, first, rest...>(); });
        } else {
            return read_element<static_cast<std::size_t>(first)>();
        }
    }

    /// The value of a column or of an expression that the SELECT reads: `row[col<&Car::make>]`, and of an alias
    /// `row[boss.col<&Employee::name>]`. Throws as get().
    template <Expression Wanted>
    auto operator[](const Wanted&) const {
        return read<true>([] { return detail::field_of_expression<Query, Wanted>(); });
    }

    /// The whole row as the SELECT's other readers give it, which owns its values. Throws as get().
    Row copy() const {
        detail::require_owned<Row>();
        Row row{};
        read_row(current(), row);
        return row;
    }

private:
    friend class BasicViews<BackendType, Query>;

    ViewRow() noexcept = default;

    void end() noexcept {
        entry_ = nullptr;
        hold_ = nullptr;
    }

    template <bool is_embedded, class Find>
    auto read(Find) const {
        constexpr auto place = Find{}();
        if constexpr (place.is_there) {
            return detail::read_field<typename decltype(place)::Field, is_embedded>(current(), place.column);
        } else {
            return Invalid{};
        }
    }
    template <std::size_t index>
    auto read_element() const {
        using Elements = detail::RowElements<Row>;
        static_assert(index < Elements::count,
                      "mica: get<place>() names one of several selected expressions; of an entity name the field, "
                      "row.get<&T::field>()");
        if constexpr (index < Elements::count) {
            return detail::read_field<typename Elements::template Element<index>, false>(
                current(), Elements::template column<index>());
        } else {
            return Invalid{};
        }
    }

    const Entry& current() const {
        if (entry_ == nullptr) [[unlikely]]
            detail::throw_misuse("a row of views is there only until the next one is read");
        if (hold_ != nullptr) hold_->require_alive();
        return *entry_;
    }

    const Entry* entry_ = nullptr;
    /// Null while the statement runs by itself: nobody may give its connection back then.
    const detail::StatementLease<BackendType>* hold_ = nullptr;
};

}  // namespace mica

/// Of rows of several expressions, `for (const auto& [name, year] : connection.views(select(…)))`.
template <class BackendType, class Query>
    requires(mica::detail::RowElements<typename Query::Row>::count > 0)
struct std::tuple_size<mica::ViewRow<BackendType, Query>> {
    static constexpr std::size_t value = mica::detail::RowElements<typename Query::Row>::count;
};
template <std::size_t place, class BackendType, class Query>
struct std::tuple_element<place, mica::ViewRow<BackendType, Query>> {
    using type = decltype(std::declval<const mica::ViewRow<BackendType, Query>&>().template get<place>());
};
