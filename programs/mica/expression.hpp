// SPDX-License-Identifier: BSL-1.0
// SQL expressions as mica writes them in C++.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mica::program {

/// A column in C++.
struct ColumnInText {
    std::string text;
    bool is_text = false;  ///< what its field holds
};

/// What a column's name becomes in C++; nothing where there is no such column.
using ColumnText = std::function<std::optional<ColumnInText>(std::string_view name)>;

/// The expression in C++: operators, IN, BETWEEN, LIKE, GLOB, IS NULL and the usual functions of numbers and text.
/// Nothing for what is not among these, as CASE, subqueries and functions of a program.
std::optional<std::string> expression_text(std::string_view sql, const ColumnText& column);

/// A literal in C++, as DEFAULT has it: numbers, texts, TRUE and FALSE.
std::optional<std::string> literal_text(std::string_view sql);

/// A text as a C++ literal.
std::string quoted_text(std::string_view text);

}  // namespace mica::program
