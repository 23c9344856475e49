// SPDX-License-Identifier: BSL-1.0
// col<&Album::title>: a column, known by its member pointer.
#pragma once

#include <mica/query/expression/bound.hpp>
#include <mica/query/expression/operand_types.hpp>
#include <mica/query/expression/source.hpp>
#include <mica/reflect/member.hpp>
#include <mica/schema/entity.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace mica {

template <class Target, class Source>
struct Assignment;

namespace detail {

template <auto first, auto... rest>
struct MemberPath {
    using Owner = reflect::OwnerOf<first>;
    static constexpr auto head = first;
    using Value = NullableIf<typename MemberPath<rest...>::Value, is_optional<reflect::FieldOf<first>>>;
};
template <auto last>
struct MemberPath<last> {
    using Owner = reflect::OwnerOf<last>;
    static constexpr auto head = last;
    using Value = reflect::FieldOf<last>;
};

// What is known by its members alone has the type of their struct beside them: else g++ 12 takes it for the same in two
// translation units whose structs have one name in unnamed namespaces, and links one to the other's table.

/// The number of columns that lie before a member inside its embedded value object.
template <class Owner, auto member>
constexpr std::size_t columns_before() {
    ColumnWalk walk;
    for (std::size_t i = 0; i < reflect::index_of<member>; ++i) {
        walk.walk(
            fields_of<Owner>[i],
            ColumnWalk::Path {
                nullptr, {}
            },
            nullptr);
    }
    return walk.column_count;
}

/// Whether a path goes on behind a relation, or ends at one.
template <auto last>
consteval bool goes_through_relation() {
    return false;
}
template <auto first, auto second, auto... rest>
consteval bool goes_through_relation() {
    return is_relation<reflect::FieldOf<first>> || goes_through_relation<second, rest...>();
}

template <auto only>
consteval bool is_path() {
    return true;
}
template <auto first, auto second, auto... rest>
consteval bool is_path() {
    return std::same_as<without_optional<reflect::FieldOf<first>>, reflect::OwnerOf<second>> &&
           is_path<second, rest...>();
}

template <class Owner, auto first, auto... rest>
constexpr const Column& find_column() {
    const Table& table = table_of<Owner>();
    const std::size_t index =
        (table.column_of(reflect::address_of(first)) + ... + columns_before<reflect::OwnerOf<rest>, rest>());
    return table.columns[index];
}

}  // namespace detail

namespace detail {

constexpr void render_column(SqlWriter& writer, const Table& table, const Column& column) {
    if (writer.qualify_columns) {
        writer.identifier(table.name);
        writer.put('.');
    }
    writer.identifier(column.name);
}

/// A part of a statement that never holds a value, for all of its kind.
struct BindsNothing {
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

/// What a column is, whatever table or alias it is read from.
template <class Self, class From, auto... path>
struct BasicColumn : Operand<Self>, BindsNothing {
    using Owner = typename MemberPath<path...>::Owner;
    using Source = From;
    using Value = typename MemberPath<path...>::Value;
    static constexpr int precedence = precedence::primary;

    static constexpr const Table& table() { return Source::table(); }
    static constexpr const void* field() { return reflect::address_of(MemberPath<path...>::head); }
    static constexpr const Column& column() { return find_column<Owner, path...>(); }
    static constexpr void render(SqlWriter& writer) { render_column(writer, table(), column()); }
    static constexpr void inspect(Inspection& inspection) {
        if constexpr (entity_flaw<Owner> != EntityFlaw::none) {
            inspection.flaw = entity_flaw<Owner>;
        } else if constexpr (table_of<Owner>().column_of(field()) == table_of<Owner>().columns.size()) {
            inspection.has_ignored_field = true;
        } else {
            inspection.add_column(table(), static_cast<std::size_t>(&column() - table_of<Owner>().columns.data()));
        }
    }
    static constexpr bool is_nullable(const OuterTables& outer) { return outer.contains(table()); }
};

}  // namespace detail

/// A column of an alias.
template <class From, auto... path>
struct AliasColumn : detail::BasicColumn<AliasColumn<From, path...>, From, path...> {};

/// A column of an entity; of an embedded value object by the path to it: `col<&Person::home, &Address::city>`.
template <class Entity, auto... path>
struct ColumnRef : detail::BasicColumn<ColumnRef<Entity, path...>, TableSource<Entity>, path...> {
    using Value = typename detail::MemberPath<path...>::Value;

    /// In set(…): the column's new value, a value or an expression over the row's old values.
    template <class Source>
    constexpr auto operator=(Source&& source) const;
};

namespace detail {

/// Says that a path of members leads from one struct into the next.
template <auto... path>
consteval bool require_path() {
    constexpr bool is_a_path = is_path<path...>();
    static_assert(is_a_path || goes_through_relation<path...>(),
                  "mica: in a path of col<> each member is one of the struct that the member before it holds");
    return is_a_path;
}

/// The column itself, or what stands in for it once a sentence has said why there is none. `From` is void for the
/// entity's own table.
template <class From, auto... path>
consteval auto make_column() {
    constexpr bool is_a_path = is_path<path...>();
    constexpr bool is_one_column = Storable<typename MemberPath<path...>::Value>;
    constexpr bool is_to_relation = is_relation<typename MemberPath<path...>::Value>;
    constexpr bool follows_relation = goes_through_relation<path...>();
    static_assert(!follows_relation,
                  "mica: a path of col<> does not follow relations; join the other table, join<Owner>(), and name its "
                  "column, col<&Owner::name>");
    static_assert(!is_to_relation || follows_relation,
                  "mica: a relation is no column; name its foreign key, as in col<&Pet::owner_id>");
    static_assert(is_a_path || follows_relation,
                  "mica: in a path of col<> each member is one of the struct that the member before it holds");
    static_assert(is_one_column || is_to_relation || !is_a_path,
                  "mica: col<> names a field that is one column; name those of an embedded object by a path, "
                  "col<&T::object, &Object::field>");
    if constexpr (!is_a_path || !is_one_column) {
        return Invalid{};
    } else if constexpr (std::is_void_v<From>) {
        return ColumnRef<typename MemberPath<path...>::Owner, path...>{};
    } else {
        constexpr bool is_own = std::same_as<typename From::Entity, typename MemberPath<path...>::Owner>;
        static_assert(is_own, "mica: an alias has the columns of its own entity");
        if constexpr (is_own) {
            return AliasColumn<From, path...>{};
        } else {
            return Invalid{};
        }
    }
}

}  // namespace detail

/// The column of a field, or by a path of one in an embedded object: `col<&Car::year>`, `col<&Car::engine,
/// &Engine::power>`. An expression whose operators make conditions and values of SQL; it holds nothing.
template <auto... path>
inline constexpr auto col = detail::make_column<void, path...>();

/// `column = source` of an UPDATE.
template <class Target, class Source>
struct Assignment {
    using Owner = typename Target::Owner;
    using Children = Types<Target, Source>;
    Source source;

    /// The column's place in its table.
    static constexpr std::size_t column_index() {
        return static_cast<std::size_t>(&Target::column() - Target::table().columns.data());
    }
    static constexpr void render_target(SqlWriter& writer) { writer.identifier(Target::column().name); }
    static constexpr void render(SqlWriter& writer) {
        render_target(writer);
        writer.text(" = ");
        Source::render(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        source.bind(sink);
    }
};

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_assignment_out_of_range() {
    refuse<DataError>({"mica: a value assigned to a column is out of the range of its field"});
}

/// What the field could not hold is refused here, where the mistake is made, not when the row is read again.
template <class Wanted, class Given>
constexpr void check_range(const Given& given) {
    if constexpr (is_optional<Given>) {
        if (given) check_range<Wanted>(*given);
    } else if constexpr (StoredInteger<Wanted> && StoredInteger<Given>) {
        if (!Codec<Wanted>::fits(static_cast<std::int64_t>(given))) throw_assignment_out_of_range();
    } else if constexpr (std::same_as<Wanted, float> && std::same_as<Given, double>) {
        constexpr auto largest = static_cast<double>(std::numeric_limits<float>::max());
        const bool is_finite = given - given == 0;
        if (is_finite && (given > largest || given < -largest)) throw_assignment_out_of_range();
    }
}

/// A column's new value as an expression. A float field gets the nearest float, as it would from `=` in C++, so that it
/// is found by the value that is read.
template <class Target, class Source>
constexpr auto assigned(Source&& source) {
    using Plain = std::remove_cvref_t<Source>;
    using Wanted = without_optional<Target>;
    if constexpr (!Expression<Plain>) check_range<Wanted>(source);
    if constexpr (std::same_as<Wanted, float> && is_number<Plain>) {
        return lift<Wanted>(static_cast<Wanted>(source));
    } else if constexpr (std::same_as<Wanted, float> && is_number<without_optional<Plain>>) {
        std::optional<Wanted> nearest;
        if (source) nearest = static_cast<Wanted>(*source);
        return lift<std::optional<Wanted>>(nearest);
    } else {
        return lift<Target>(std::forward<Source>(source));
    }
}

template <class Target, class Source>
consteval bool may_assign() {
    using Plain = std::remove_cvref_t<Source>;
    if constexpr (std::same_as<Plain, std::nullopt_t>) {
        return is_optional<Target>;
    } else if constexpr (SelectLike<Plain>) {
        return is_optional<Target> || !is_optional<ValueOf<Lifted<Target, Source>>>;
    } else if constexpr (Expression<Plain>) {
        return is_optional<Target> || !is_optional<ValueOf<Plain>>;
    } else {
        return is_optional<Target> || !is_optional<Plain>;
    }
}

}  // namespace detail

template <class Entity, auto... path>
template <class Source>
constexpr auto ColumnRef<Entity, path...>::operator=(Source&& source) const {
    constexpr bool fits = detail::can_stand_beside<Value, Source>();
    constexpr bool may_be_null = detail::may_assign<Value, Source>();
    constexpr bool has_cure = detail::any_curable<Value, Source>;
    static_assert(fits || has_cure, "mica: a column can only be set to a value of its own type");
    if constexpr (!fits) detail::require_no_cure<Value, Source>();
    static_assert(!fits || may_be_null, "mica: a column that is not std::optional cannot be set to NULL");
    if constexpr (fits && may_be_null) {
        using Assigned = decltype(detail::assigned<Value>(std::forward<Source>(source)));
        return Assignment<ColumnRef, Assigned>{detail::assigned<Value>(std::forward<Source>(source))};
    } else {
        return Assignment<ColumnRef, Invalid>{};
    }
}

}  // namespace mica
