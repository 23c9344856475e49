// SPDX-License-Identifier: BSL-1.0
#include "names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mica::program {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Words of C++, and macros of headers that mica includes.
constexpr std::array reserved{
    "alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
    "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char8_t",
    "char16_t",    "char32_t", "class",      "co_await",  "co_return", "co_yield",     "compl",
    "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
    "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
    "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
    "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
    "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
    "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
    "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
    "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
    "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
    "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
    "xor_eq",      "errno",    "stdin",      "stdout",    "stderr",    "NULL",         "EOF",
    "std",         "mica",     "linux",      "unix"};

std::string taken_from(std::string name, std::set<std::string>& taken) {
    if (std::find(reserved.begin(), reserved.end(), name) != reserved.end() || taken.contains(name))
        name += name.back() == '_' ? 'x' : '_';
    const std::string stem = name;
    for (int number = 2; !taken.insert(name).second; ++number) name = stem + std::to_string(number);
    return name;
}

}  // namespace

std::string type_name(std::string_view table, std::set<std::string>& taken) {
    std::string name;
    bool begins = true;
    for (const char c : table) {
        if (!is_letter(c) && !is_digit(c)) {
            begins = true;
            continue;
        }
        name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = false;
    }
    if (name.empty() || is_digit(name[0])) name = "Table" + name;
    return taken_from(std::move(name), taken);
}

std::string field_name(std::string_view column, std::set<std::string>& taken) {
    std::string name;
    for (const char c : column) {
        const bool fits = is_letter(c) || is_digit(c);
        // Neither two underscores nor one at the beginning: such names are the implementation's.
        if (!fits && (name.empty() || name.back() == '_')) continue;
        name += fits ? c : '_';
    }
    if (name.empty() || is_digit(name[0])) name = "column" + name;
    return taken_from(std::move(name), taken);
}

}  // namespace mica::program
