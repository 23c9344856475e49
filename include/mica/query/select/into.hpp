// SPDX-License-Identifier: BSL-1.0
// into<Dto>(): selected columns as the fields of an aggregate of the user's, checked for count, type and nullability.
#pragma once

#include <mica/query/select/projection.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace mica {

/// Another projection's columns read into the fields of `Dto`, by position.
template <class Dto, class List>
struct IntoAggregate {
    using Children = Types<List>;
    using Plain = typename List::Plain;
    static constexpr bool is_distinct = requires { requires List::is_distinct; };
    template <class>
    using RowIn = Dto;

    List list;

    static constexpr void render(SqlWriter& writer) { List::render(writer); }
    static constexpr ListView<ColumnOrigin> origins() { return List::origins(); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        list.bind(sink);
    }
};

namespace detail {

enum class DtoFlaw : unsigned char { none, not_an_aggregate, wrong_count, wrong_type, not_nullable };

struct ValueShape {
    StorageClass storage = StorageClass::null;
    bool nullable = false;
};

template <class Term, class From>
constexpr ValueShape* add_shapes(ValueShape* out) {
    constexpr bool is_filled = is_filled_with_null<Term, From>();
    if constexpr (is_whole_entity<Term>) {
        for (const Column& column : Term::Source::table().columns)
            *out++ = {column.storage, column.nullable || is_filled};
        return out;
    } else {
        *out = {storage_class_of<ValueOf<Term>>, is_optional<ValueOf<Term>> || is_filled};
        return out + 1;
    }
}

template <class From, class... Terms>
consteval auto collect_shapes() {
    std::array<ValueShape, (columns_of_term<Terms> + ... + 0)> shapes{};
    ValueShape* out = shapes.data();
    ((out = add_shapes<Terms, From>(out)), ...);
    return shapes;
}

/// The storage classes of a projection's columns, and which of them can be NULL.
template <class From, class... Terms>
inline constexpr auto shapes_of_terms = collect_shapes<From, Terms...>();

template <class From, class... Terms>
constexpr ListView<ValueShape> shapes_of(std::type_identity<SelectList<Terms...>>) {
    return shapes_of_terms<From, Terms...>;
}

constexpr DtoFlaw match_shapes(ListView<Field> fields, ListView<ValueShape> shapes, std::size_t& next,
                               bool takes_null = false) {
    for (const Field& field : fields) {
        if (field.kind == FieldKind::embedded) {
            const DtoFlaw flaw =
                match_shapes({field.embedded, field.embedded_count}, shapes, next, takes_null || field.nullable);
            if (flaw != DtoFlaw::none) return flaw;
            continue;
        }
        if (field.kind == FieldKind::relation) continue;
        if (field.kind != FieldKind::column) return DtoFlaw::not_an_aggregate;
        if (next == shapes.size()) return DtoFlaw::wrong_count;
        const ValueShape shape = shapes[next++];
        const bool exact_enough = shape.storage == StorageClass::integer && field.storage == StorageClass::real;
        if (shape.storage != field.storage && !exact_enough) return DtoFlaw::wrong_type;
        if (shape.nullable && !field.nullable && !takes_null) return DtoFlaw::not_nullable;
    }
    return DtoFlaw::none;
}

template <class Dto, class Projection, class From>
consteval DtoFlaw find_dto_flaw() {
    if constexpr (!reflect::Aggregate<Dto>) {
        return DtoFlaw::not_an_aggregate;
    } else {
        std::size_t next = 0;
        constexpr ListView<ValueShape> shapes = shapes_of<From>(std::type_identity<typename Projection::Plain>{});
        const DtoFlaw flaw = match_shapes(fields_of<Dto>, shapes, next);
        if (flaw != DtoFlaw::none) return flaw;
        return next == shapes.size() ? DtoFlaw::none : DtoFlaw::wrong_count;
    }
}

/// Says what keeps a projection from being read into an aggregate.
template <DtoFlaw flaw>
consteval bool require_no_dto_flaw() {
    constexpr bool is_aggregate = flaw != DtoFlaw::not_an_aggregate;
    constexpr bool has_right_count = flaw != DtoFlaw::wrong_count;
    constexpr bool has_right_types = flaw != DtoFlaw::wrong_type;
    constexpr bool takes_null = flaw != DtoFlaw::not_nullable;
    static_assert(is_aggregate, "mica: into<> needs an aggregate that mica can read");
    static_assert(has_right_count, "mica: into<> needs a struct with one field for each selected column");
    static_assert(has_right_types, "mica: into<> has a field whose type is not its column's");
    static_assert(takes_null, "mica: into<> needs std::optional where the selected column can be NULL");
    return flaw == DtoFlaw::none;
}

template <class Dto, class Projection, class From>
consteval bool require_dto() {
    return require_no_dto_flaw<find_dto_flaw<Dto, Projection, From>()>();
}

/// What joins behind into<> have made of it.
template <class From, class List>
consteval DtoFlaw find_late_flaw(std::type_identity<List>) {
    return DtoFlaw::none;
}
template <class From, class List>
consteval DtoFlaw find_late_flaw(std::type_identity<DistinctRows<List>>) {
    return find_late_flaw<From>(std::type_identity<List>{});
}
template <class From, class Dto, class List>
consteval DtoFlaw find_late_flaw(std::type_identity<IntoAggregate<Dto, List>>) {
    return find_dto_flaw<Dto, List, From>();
}

}  // namespace detail

}  // namespace mica
