// SPDX-License-Identifier: BSL-1.0
// What a SELECT gives: whole entities, tuples of expressions, or either mapped onto an aggregate of the user's.
#pragma once

#include <mica/query/column.hpp>
#include <mica/query/statement.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace mica {

/// All columns of one entity; the row is the entity itself.
template <class Owner>
struct WholeEntity {
    using Row = Owner;
    using FirstTable = Owner;
    static constexpr void render(SqlWriter& writer) { detail::render_names(writer, table_of<Owner>(), true); }
    static constexpr void inspect(Inspection& inspection) { inspection.reads(table_of<Owner>()); }
    static constexpr ListView<ColumnOrigin> origins() { return detail::entity_origins<Owner>; }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

namespace detail {

/// A view would dangle in a row that outlives the statement's step.
template <class Value>
struct OwnedValue {
    using Type = Value;
};
template <>
struct OwnedValue<std::string_view> {
    using Type = std::string;
};
template <>
struct OwnedValue<std::optional<std::string_view>> {
    using Type = std::optional<std::string>;
};

template <class... Expressions>
struct RowOf {
    using Type = std::tuple<typename OwnedValue<ValueOf<Expressions>>::Type...>;
};
template <class Only>
struct RowOf<Only> {
    using Type = typename OwnedValue<ValueOf<Only>>::Type;
};

template <class Term>
constexpr ColumnOrigin origin_of() {
    if constexpr (requires { Term::column(); }) {
        return origin_of_column(Term::table(), Term::column());
    } else {
        return {};
    }
}

template <class... Expressions>
inline constexpr std::array<ColumnOrigin, sizeof...(Expressions)> expression_origins{{origin_of<Expressions>()...}};

}  // namespace detail

/// A list of expressions; the row is a tuple of their values, of a single one the value itself.
template <class... Expressions>
struct ExpressionRow {
    using Row = typename detail::RowOf<Expressions...>::Type;

    boost::hana::basic_tuple<Expressions...> expressions;

    static constexpr void render(SqlWriter& writer) { detail::render_list<Expressions...>(writer); }
    static constexpr void inspect(Inspection& inspection) { (Expressions::inspect(inspection), ...); }
    static constexpr ListView<ColumnOrigin> origins() { return detail::expression_origins<Expressions...>; }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(expressions, sink);
    }
};

/// Another projection's columns read into the fields of `Dto`, by position.
template <class Dto, class Columns>
struct IntoAggregate {
    using Row = Dto;

    Columns columns;

    static constexpr void render(SqlWriter& writer) { Columns::render(writer); }
    static constexpr void inspect(Inspection& inspection) { Columns::inspect(inspection); }
    static constexpr ListView<ColumnOrigin> origins() { return Columns::origins(); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        columns.bind(sink);
    }
};

namespace detail {

enum class DtoFlaw : unsigned char { none, not_an_aggregate, wrong_count, wrong_type, not_nullable };

struct ValueShape {
    StorageClass storage = StorageClass::null;
    bool nullable = false;
};

template <class Value>
consteval ValueShape shape_of_value() {
    return {storage_class_of<Value>, is_optional<Value>};
}

template <class Projection>
struct ShapesOf;
template <class Owner>
struct ShapesOf<WholeEntity<Owner>> {
    static constexpr auto shapes = [] {
        std::array<ValueShape, columns_of<Owner>.size()> shapes{};
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            shapes[i] = {columns_of<Owner>[i].storage, columns_of<Owner>[i].nullable};
        }
        return shapes;
    }();
};
template <class... Expressions>
struct ShapesOf<ExpressionRow<Expressions...>> {
    static constexpr std::array<ValueShape, sizeof...(Expressions)> shapes{{shape_of_value<ValueOf<Expressions>>()...}};
};

constexpr DtoFlaw match_shapes(ListView<Field> fields, ListView<ValueShape> shapes, std::size_t& next) {
    for (const Field& field : fields) {
        if (field.kind == FieldKind::embedded) {
            const DtoFlaw flaw = match_shapes({field.embedded, field.embedded_count}, shapes, next);
            if (flaw != DtoFlaw::none) return flaw;
            continue;
        }
        if (field.kind != FieldKind::column) return DtoFlaw::not_an_aggregate;
        if (next == shapes.size()) return DtoFlaw::wrong_count;
        const ValueShape shape = shapes[next++];
        const bool exact_enough = shape.storage == StorageClass::integer && field.storage == StorageClass::real;
        if (shape.storage != field.storage && !exact_enough) return DtoFlaw::wrong_type;
        if (shape.nullable && !field.nullable) return DtoFlaw::not_nullable;
    }
    return DtoFlaw::none;
}

template <class Dto, class Projection>
consteval DtoFlaw find_dto_flaw() {
    if constexpr (!reflect::Aggregate<Dto>) {
        return DtoFlaw::not_an_aggregate;
    } else {
        std::size_t next = 0;
        const DtoFlaw flaw = match_shapes(fields_of<Dto>, ShapesOf<Projection>::shapes, next);
        if (flaw != DtoFlaw::none) return flaw;
        return next == ShapesOf<Projection>::shapes.size() ? DtoFlaw::none : DtoFlaw::wrong_count;
    }
}

template <class Dto, class Projection>
consteval bool require_dto() {
    constexpr DtoFlaw flaw = find_dto_flaw<Dto, Projection>();
    static_assert(flaw != DtoFlaw::not_an_aggregate, "mica: into<> needs an aggregate that mica can read");
    static_assert(flaw != DtoFlaw::wrong_count, "mica: into<> needs a struct with one field for each selected column");
    static_assert(flaw != DtoFlaw::wrong_type, "mica: into<> has a field whose type is not its column's");
    static_assert(flaw != DtoFlaw::not_nullable,
                  "mica: into<> needs std::optional where the selected column can be NULL");
    return flaw == DtoFlaw::none;
}

}  // namespace detail

}  // namespace mica
