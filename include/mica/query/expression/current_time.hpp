// SPDX-License-Identifier: BSL-1.0
// The database's clock, in UTC, as SQL's keywords name it: for default_expr above all.
#pragma once

#include <mica/core/fixed_string.hpp>
#include <mica/dialect/call_writer.hpp>
#include <mica/query/expression/time_format.hpp>

#include <string>
#include <string_view>

namespace mica {

/// The database's clock, or the beginning of its day, as the text of a `Time`.
template <class Time, bool of_day>
struct CurrentTime : Operand<CurrentTime<Time, of_day>> {
    using Value = Time;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    static constexpr void render(SqlWriter& writer) {
        constexpr std::string_view format = detail::time_format<Time, of_day>();
        if (format == "%Y-%m-%d") return writer.word("CURRENT_DATE");
        if (format == "%Y-%m-%d %H:%M:%S") return writer.word("CURRENT_TIMESTAMP");
        CallWriter call{writer, "strftime", 2};
        call.next();
        TimeFormat<Time, of_day>::render(writer);
        call.next();
        writer.text("'now'");
        call.end();
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

/// A keyword that stands for a text (https://www.sqlite.org/lang_createtable.html, section 3.2).
template <FixedString keyword>
struct TextKeyword : Operand<TextKeyword<keyword>> {
    using Value = std::string;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;
    static constexpr void render(SqlWriter& writer) { writer.word(keyword.view()); }
    template <class Sink>
    constexpr void bind(Sink&) const {}

    /// As the value of a field: of one that is a point in time, in the form in which it is stored.
    template <class Field>
        requires(detail::is_point_in_time<Field> && keyword.view() != "CURRENT_TIME")
    static constexpr auto as_value_of() {
        if constexpr (detail::require_time_format<Field>()) {
            return CurrentTime<Field, keyword.view() == "CURRENT_DATE">{};
        } else {
            return Invalid{};
        }
    }
};

/// `YYYY-MM-DD HH:MM:SS`. As the default of a field that is a point in time it has that field's form.
inline constexpr TextKeyword<"CURRENT_TIMESTAMP"> current_timestamp{};
/// `YYYY-MM-DD`. As the default of a field that is a point in time it is the beginning of the day.
inline constexpr TextKeyword<"CURRENT_DATE"> current_date{};
/// `HH:MM:SS`.
inline constexpr TextKeyword<"CURRENT_TIME"> current_time{};

}  // namespace mica
