// SPDX-License-Identifier: BSL-1.0
// table(...) and its options: what a struct's own mapping() returns, or what mica::mapping<T> is set to.
#pragma once

#include <mica/codec/chrono.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/given_text.hpp>
#include <mica/schema/foreign_key_option.hpp>
#include <mica/schema/mapping_rule.hpp>
#include <mica/schema/option.hpp>
#include <mica/schema/relation.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

/// Stands where an option has no expression.
struct NoExpression {};

/// Anything that renders itself as SQL and hands over its values in the same order.
template <class Expression>
concept SqlExpression = requires(SqlWriter& writer) { std::remove_cvref_t<Expression>::render(writer); };

template <class Expression>
struct ExpressionOption {
    OptionData data;
    Expression expression;
};

template <class Expression>
struct CheckOption {
    OptionData data;
    Expression expression;

    /// What IntegrityError::constraint() says; else it is ck_<table>_<number>.
    constexpr CheckOption name(std::string_view name) const {
        CheckOption changed = *this;
        changed.data.text = name;
        return changed;
    }
};

template <class Expression = NoExpression, class Condition = NoExpression>
struct IndexOption {
    OptionData data;
    Expression expression{};
    Condition condition{};

    constexpr IndexOption name(std::string_view name) const {
        IndexOption changed = *this;
        changed.data.text = name;
        return changed;
    }
    constexpr IndexOption unique() const {
        IndexOption changed = *this;
        changed.data.is_unique = true;
        return changed;
    }
    /// Indexes only the rows that satisfy `where` (https://www.sqlite.org/partialindex.html).
    template <SqlExpression Where>
    constexpr IndexOption<Expression, Where> where(Where where) const {
        detail::require_condition<Where>();
        detail::require_one_row<Where>();
        return {data, expression, where};
    }
};

template <class Expression>
struct GeneratedOption {
    OptionData data;
    Expression expression;

    /// Computed when written instead of when read.
    constexpr GeneratedOption stored() const {
        GeneratedOption changed = *this;
        changed.data.is_stored = true;
        return changed;
    }
};

/// A value that becomes a literal of DDL.
template <class Value>
struct LiteralExpression {
    Value value;
    static constexpr void render(SqlWriter& writer) { writer.parameter(); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        mica::encode(value, sink, Lifetime::borrowed);
    }
};

namespace detail {

template <class... Elements, class Sink, std::size_t... indices>
constexpr void bind_each(const boost::hana::basic_tuple<Elements...>& list, Sink& sink,
                         std::index_sequence<indices...>) {
    (boost::hana::at_c<indices>(list).bind(sink), ...);
}

/// Hands over the values of all elements of a list.
template <class... Elements, class Sink>
constexpr void bind_each(const boost::hana::basic_tuple<Elements...>& list, Sink& sink) {
    bind_each(list, sink, std::index_sequence_for<Elements...>{});
}

}  // namespace detail

/// Several expressions, separated by commas.
template <class... Expressions>
struct ExpressionList {
    boost::hana::basic_tuple<Expressions...> expressions;

    static constexpr void render(SqlWriter& writer) {
        bool first = true;
        ((writer.text(detail::exchange(first, false) ? "" : ", "), Expressions::render(writer)), ...);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(expressions, sink);
    }
};

/// How a collection is read from the database. `Field` is its type.
template <class Field, class Order = NoExpression, class Condition = NoExpression>
struct RelationReading {
    OptionData data;
    Order expression{};
    Condition condition{};

    /// In this order instead of that of the objects' primary key.
    template <SqlExpression... Terms>
    constexpr RelationReading<Field, ExpressionList<Terms...>, Condition> order_by(Terms... terms) const {
        detail::require_one_row<Terms...>();
        detail::require_readable_with<Field, Terms...>();
        return {data, ExpressionList<Terms...>{boost::hana::basic_tuple<Terms...>{terms...}}, condition};
    }
    /// Only those for which `where` is true.
    template <SqlExpression Where>
    constexpr RelationReading<Field, Order, Where> where(Where where) const {
        detail::require_condition<Where>();
        detail::require_one_row<Where>();
        detail::require_readable_with<Field, Where>();
        return {data, expression, where};
    }
};

namespace detail {

template <auto member>
constexpr OptionData option_on_collection() {
    constexpr bool is_collection = is_collection_field<reflect::FieldOf<member>>;
    static_assert(is_collection, "mica: relation<> names a HasMany, HasOne or ManyToMany of the entity");
    return is_collection ? option_on<member>(OptionKind::relation) : OptionData{.kind = OptionKind::relation};
}

constexpr OptionData option_of(OptionKind kind) {
    OptionData data;
    data.kind = kind;
    return data;
}

}  // namespace detail

/// The columns of the primary key, of one or several fields: `primary_key<&T::a, &T::b>`. Not needed for a field named
/// id. A single integer key of 0 is chosen by the database, unless assigned_key.
template <auto... members>
inline constexpr PlainOption primary_key{detail::option_on<members...>(OptionKind::primary_key)};
/// Keys are never used again, at the price of a second b-tree (https://www.sqlite.org/autoinc.html).
inline constexpr PlainOption autoincrement{detail::option_of(OptionKind::autoincrement)};
/// No two rows have the same values in these columns; NULL is equal to nothing. A violation throws IntegrityError.
template <auto... members>
inline constexpr PlainOption unique{detail::option_on<members...>(OptionKind::unique)};
/// An index of one or several columns, created with the table: `index<&T::a>.name("…").unique().where(…)`. Its name is
/// ix_<table>_<columns> unless it is given.
template <auto... members>
inline constexpr IndexOption<> index{detail::option_on<members...>(OptionKind::index)};
/// How a collection is read: `relation<&Album::tracks>.order_by(col<&Track::number>).where(…)`.
template <auto member>
inline constexpr RelationReading<reflect::FieldOf<member>> relation{detail::option_on_collection<member>()};
/// The field is no column: it is neither written nor read, and may be what mica cannot store.
template <auto member>
inline constexpr PlainOption ignore{detail::option_on<member>(OptionKind::ignore)};
/// The optimistic lock counter.
template <auto member>
inline constexpr PlainOption version{detail::option_on<member>(OptionKind::version)};
/// 0 is a key like any other; the database never chooses one.
inline constexpr PlainOption assigned_key{detail::option_of(OptionKind::assigned_key)};
/// The table is kept by its primary key alone (https://www.sqlite.org/withoutrowid.html).
inline constexpr PlainOption without_rowid{detail::option_of(OptionKind::without_rowid)};
/// The table is not STRICT: SQLite converts what other programs store in it by the column's affinity, or keeps it as it
/// is (https://www.sqlite.org/stricttables.html).
inline constexpr PlainOption not_strict{detail::option_of(OptionKind::not_strict)};

/// A condition that every row satisfies.
template <SqlExpression Condition>
constexpr CheckOption<Condition> check(Condition condition) {
    detail::require_condition<Condition>();
    detail::require_one_row<Condition>();
    return {detail::option_of(OptionKind::check), condition};
}

/// An index over expressions, or over columns in descending order.
template <SqlExpression... Terms>
constexpr IndexOption<ExpressionList<Terms...>> index_on(Terms... terms) {
    detail::require_one_row<Terms...>();
    return {detail::option_of(OptionKind::index),
            ExpressionList<Terms...>{boost::hana::basic_tuple<Terms...>{terms...}}};
}

namespace detail {

/// Whether a field can hold a default unchanged.
template <class Field, class Value>
constexpr bool can_hold(const Value& value) {
    if constexpr (StoredInteger<Field> && StoredInteger<Value>) {
        return Codec<Field>::fits(static_cast<std::int64_t>(value));
    } else if constexpr (std::integral<Field> && std::floating_point<Value>) {
        constexpr double limit = 9223372036854775808.0;
        const bool is_near = value >= -limit && value < limit;
        return is_near && static_cast<Value>(static_cast<std::int64_t>(value)) == value &&
               can_hold<Field>(static_cast<std::int64_t>(value));
    } else if constexpr (std::integral<Field> && std::integral<Value>) {
        return static_cast<Value>(static_cast<Field>(value)) == value;
    } else if constexpr (MadeFiner<Field, Value>) {
        Field made{};
        return make_finer(value, made);
    } else if constexpr (std::floating_point<Field>) {
        return !is_nan(static_cast<double>(value));
    } else {
        return true;
    }
}

}  // namespace detail

/// The column's DEFAULT: for others that insert, and for a new object whose field holds nothing (an empty optional,
/// text or blob, 1970), which has it after the insert. A number or bool is always written as it is.
template <auto member, class Value>
constexpr auto default_value(const Value& value) {
    OptionData data = detail::option_on<member>(OptionKind::default_value);
    using Wanted = without_optional<reflect::FieldOf<member>>;
    constexpr bool fits = std::constructible_from<Wanted, const Value&>;
    static_assert(fits, "mica: default_value<> takes a value of its field's type");
    if constexpr (!fits) {
        return ExpressionOption<LiteralExpression<bool>>{data, {}};
    } else if constexpr (std::convertible_to<const Value&, std::string_view> && detail::is_plain_text<Wanted>) {
        return ExpressionOption<LiteralExpression<std::string_view>>{data, {detail::text_of(value)}};
    } else {
        data.is_out_of_range = !detail::can_hold<Wanted>(value);
        if (data.is_out_of_range) return ExpressionOption<LiteralExpression<Wanted>>{data, {}};
        return ExpressionOption<LiteralExpression<Wanted>>{data, {static_cast<Wanted>(value)}};
    }
}

/// The column's DEFAULT as an expression of its field's type.
template <auto member, SqlExpression Expression>
constexpr auto default_expr(Expression expression) {
    using Wanted = without_optional<reflect::FieldOf<member>>;
    const OptionData data = detail::option_on<member>(OptionKind::default_value);
    detail::require_one_row<Expression>();
    if constexpr (requires { Expression::template as_value_of<Wanted>(); }) {
        auto value = Expression::template as_value_of<Wanted>();
        return ExpressionOption<decltype(value)>{data, value};
    } else {
        detail::require_field_value<Wanted, Expression>();
        return ExpressionOption<Expression>{data, expression};
    }
}

/// A column that the database computes (https://www.sqlite.org/gencol.html); mica reads it and never writes it.
template <auto member, SqlExpression Expression>
constexpr auto generated(Expression expression) {
    detail::require_one_row<Expression>();
    detail::require_field_value<without_optional<reflect::FieldOf<member>>, Expression>();
    return GeneratedOption<Expression>{detail::option_on<member>(OptionKind::generated), expression};
}

/// The column's collation for comparisons and sorting.
template <auto member>
constexpr PlainOption collate(std::string_view collation) {
    OptionData data = detail::option_on<member>(OptionKind::collate);
    data.text = collation;
    return {data};
}

/// The column's name where it is not the field's; for an embedded value object, the prefix of its columns, "" for none.
template <auto member>
constexpr PlainOption column(std::string_view name) {
    OptionData data = detail::option_on<member>(OptionKind::column);
    data.text = name;
    return {data};
}

namespace detail {

/// What a mapping keeps of an option. A foreign key's type says which struct it references; the list of options has one
/// type for all tables that have the same kinds of them.
template <class Option>
struct KeptOption {
    using Type = Option;
};
template <class Parent>
struct KeptOption<ForeignKeyOption<Parent>> {
    using Type = PlainOption;
};

template <class Option>
concept TableOption = requires(const Option& option) { option.data.kind; };

}  // namespace detail

/// A struct's table name, empty for the struct's own, and its options.
template <class... Options>
struct Mapping {
    using List = boost::hana::basic_tuple<typename detail::KeptOption<Options>::Type...>;

    std::string_view name;
    List options;
    std::string_view schema_name{};

    /// The table is in the attached database of this name (https://www.sqlite.org/lang_attach.html).
    constexpr Mapping schema(std::string_view name_of_schema) const { return {name, options, name_of_schema}; }
};

/// What mapping() returns: the table's name, then its options in any order. Without a name the table is called after
/// the struct. A constant; what is wrong with it is said when the entity is used.
template <class... Options>
constexpr Mapping<Options...> table(std::string_view name, const Options&... options) {
    using List = typename Mapping<Options...>::List;
    return {name, List{static_cast<const typename detail::KeptOption<Options>::Type&>(options)...}, {}};
}

/// The same, called after the struct.
template <detail::TableOption... Options>
constexpr Mapping<Options...> table(const Options&... options) {
    using List = typename Mapping<Options...>::List;
    return {{}, List{static_cast<const typename detail::KeptOption<Options>::Type&>(options)...}, {}};
}

/// Specialize it to map a struct that you cannot change.
template <class Owner>
inline constexpr auto mapping = Mapping<>{};

}  // namespace mica
