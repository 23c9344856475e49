// SPDX-License-Identifier: BSL-1.0
// The database's clock, in UTC, as SQL's keywords name it: for default_expr above all.
#pragma once

#include <mica/core/fixed_string.hpp>
#include <mica/query/expression/operand.hpp>

#include <string>

namespace mica {

/// A keyword that stands for a text (https://www.sqlite.org/lang_createtable.html, section 3.2).
template <FixedString keyword>
struct TextKeyword : Operand<TextKeyword<keyword>> {
    using Value = std::string;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;
    static constexpr void render(SqlWriter& writer) { writer.word(keyword.view()); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

/// `YYYY-MM-DD HH:MM:SS`, which a std::chrono::sys_seconds field reads.
inline constexpr TextKeyword<"CURRENT_TIMESTAMP"> current_timestamp{};
/// `YYYY-MM-DD`.
inline constexpr TextKeyword<"CURRENT_DATE"> current_date{};
/// `HH:MM:SS`.
inline constexpr TextKeyword<"CURRENT_TIME"> current_time{};

}  // namespace mica
