// SPDX-License-Identifier: BSL-1.0
// What a static_assert has refused goes on as this, so that a program with one mistake gets one error.
#pragma once

#include <mica/query/expression/operand.hpp>
#include <mica/query/statement/statement.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mica {

/// In place of a statement, a query or a result: takes every clause, and has every last member.
/// Never used in a program that compiles.
template <class RowType>
struct Refused : Statement<Refused<RowType>>, RefusedTag {
    using Row = RowType;

    template <const Dialect& = dialect::sqlite>
    static constexpr std::string_view sql() {
        return {};
    }
    static constexpr void render(SqlWriter&) {}
    template <class Sink>
    constexpr void bind(Sink&) const {}

    template <class... Any>
    constexpr Refused where(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Refused where_if(const Any&...) const {
        return {};
    }
    template <class Entity = void, class... Any>
    constexpr Refused join(const Any&...) const {
        return {};
    }
    template <class Entity = void, class... Any>
    constexpr Refused left_join(const Any&...) const {
        return {};
    }
    template <class Entity = void, class... Any>
    constexpr Refused right_join(const Any&...) const {
        return {};
    }
    template <class Entity = void, class... Any>
    constexpr Refused full_join(const Any&...) const {
        return {};
    }
    template <class Entity = void, class... Any>
    constexpr Refused cross_join(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Refused group_by(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Refused having(const Any&...) const {
        return {};
    }
    constexpr Refused distinct() const { return {}; }
    template <class... Any>
    constexpr Refused order_by(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Refused set(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Refused values(const Any&...) const {
        return {};
    }
    template <class Entity = void, class... Any>
    constexpr Refused from(const Any&...) const {
        return {};
    }
    template <class Any>
    constexpr Refused from(const Any&) const {
        return {};
    }
    template <auto...>
    constexpr Refused columns() const {
        return {};
    }
    constexpr Refused default_values() const { return {}; }
    template <auto..., class... Any>
    constexpr Refused on_conflict(const Any&...) const {
        return {};
    }
    constexpr Refused do_nothing() const { return {}; }
    template <class... Any>
    constexpr Refused do_update(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Refused returning(const Any&...) const {
        return {};
    }
    template <class Any>
    constexpr Refused returning() const {
        return {};
    }
    template <class Dto>
    constexpr Refused<Dto> into() const {
        return {};
    }
    template <class Any>
    constexpr Refused limit(const Any&) const {
        return {};
    }
    template <class Any>
    constexpr Refused offset(const Any&) const {
        return {};
    }
    constexpr Refused all_rows() const { return {}; }
    constexpr Invalid scalar_subquery() const { return {}; }

    std::vector<Row> all() const;
    std::optional<Row> first() const;
    std::optional<Row> one_or_none() const;
    Row one() const;
    Row scalar() const;
    Row* begin() const;
    Row* end() const;
    int column_count() const;
    std::int64_t rows_affected() const;
    std::int64_t last_insert_id() const;
    std::int64_t count() const;
    bool exists() const;
    std::int64_t remove() const;
    template <class... Any>
    std::int64_t update(const Any&...) const;
    template <class... Any>
    Row get(const Any&...) const;
};

namespace detail {

template <class Candidate>
inline constexpr bool is_refused = false;
template <class Row>
inline constexpr bool is_refused<Refused<Row>> = true;

}  // namespace detail

}  // namespace mica
