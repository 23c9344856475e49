// SPDX-License-Identifier: BSL-1.0
// SQL expressions as mica writes them in C++.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mica::program {

/// What an expression's value is to C++, where SQL takes one for the other.
enum class ValueKind : unsigned char { integer, real, text, blob, condition };

/// An expression in C++, or the column that one names.
struct TypedText {
    std::string text;
    ValueKind kind = ValueKind::integer;
};

/// What a column's name becomes in C++; nothing where there is no such column.
using ColumnText = std::function<std::optional<TypedText>(std::string_view name)>;

/// The expression in C++: operators, IN, BETWEEN, LIKE, GLOB, IS NULL and the usual functions of numbers and text.
/// Nothing for what is not among these, as CASE, subqueries and functions of a program, nor for what mica does not
/// compile, as a text beside a number or a number as a condition.
std::optional<TypedText> expression_text(std::string_view sql, const ColumnText& column);

/// A literal in C++, as DEFAULT has it: numbers, texts, TRUE and FALSE.
std::optional<std::string> literal_text(std::string_view sql);

/// A text as a C++ literal.
std::string quoted_text(std::string_view text);

}  // namespace mica::program
