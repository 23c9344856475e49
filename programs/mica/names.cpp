// SPDX-License-Identifier: BSL-1.0
#include "names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace mica::program {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Words of C++, and macros of compilers.
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
    "xor_eq",      "std",      "mica",       "linux",     "unix"};

/// Macros of the standard's and the system's headers that mica includes, as far as a column may be called so.
constexpr std::array macros{"errno",
                            "stdin",
                            "stdout",
                            "stderr",
                            "NULL",
                            "EOF",
                            "BUFSIZ",
                            "NAN",
                            "SNAN",
                            "INFINITY",
                            "HUGE_VAL",
                            "MAXFLOAT",
                            "BIG_ENDIAN",
                            "LITTLE_ENDIAN",
                            "BYTE_ORDER",
                            "CHAR_BIT",
                            "CHAR_MAX",
                            "CHAR_MIN",
                            "SHRT_MAX",
                            "SHRT_MIN",
                            "INT_MAX",
                            "INT_MIN",
                            "LONG_MAX",
                            "LONG_MIN",
                            "LONG_BIT",
                            "WORD_BIT",
                            "UINT_MAX",
                            "ULONG_MAX",
                            "INT8_MAX",
                            "INT8_MIN",
                            "INT16_MAX",
                            "INT16_MIN",
                            "INT32_MAX",
                            "INT32_MIN",
                            "INT64_MAX",
                            "INT64_MIN",
                            "UINT8_MAX",
                            "UINT16_MAX",
                            "UINT32_MAX",
                            "UINT64_MAX",
                            "SIZE_MAX",
                            "RAND_MAX",
                            "PATH_MAX",
                            "NAME_MAX",
                            "LINE_MAX",
                            "EXIT_SUCCESS",
                            "EXIT_FAILURE",
                            "TIME_UTC",
                            "CLOCKS_PER_SEC",
                            "EDOM",
                            "ERANGE",
                            "EILSEQ",
                            "EPERM",
                            "ENOENT",
                            "EINTR",
                            "EIO",
                            "EBADF",
                            "EAGAIN",
                            "ENOMEM",
                            "EACCES",
                            "EBUSY",
                            "EEXIST",
                            "EINVAL",
                            "ENOSPC",
                            "EPIPE",
                            "ETIME",
                            "ETIMEDOUT",
                            "SEEK_SET",
                            "SEEK_CUR",
                            "SEEK_END",
                            "LC_ALL",
                            "LC_TIME",
                            "LC_NAME",
                            "LC_NUMERIC",
                            "LC_TELEPHONE",
                            "LC_ADDRESS",
                            "M_PI",
                            "M_E",
                            "FULLY_WITHIN",
                            "NOT_WITHIN",
                            "PARTLY_WITHIN",
                            "sched_priority",
                            "math_errhandling"};

template <class Words>
bool holds(const Words& words, std::string_view name) {
    return std::find(words.begin(), words.end(), name) != words.end();
}

/// SIGINT and its like are macros of <signal.h>, which tests and servers include.
bool is_like_a_signal(std::string_view name) {
    constexpr std::string_view prefix = "SIG";
    return name.substr(0, prefix.size()) == prefix && name.size() > prefix.size() &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return ('A' <= c && c <= 'Z') || c == '_' || is_digit(c); });
}

bool is_reserved(std::string_view name) {
    return holds(reserved, name) || holds(macros, name) || is_like_a_signal(name);
}

std::string taken_from(std::string name, std::set<std::string>& taken) {
    if (is_reserved(name) || taken.contains(name)) name += name.back() == '_' ? 'x' : '_';
    const std::string stem = name;
    for (int number = 2; !taken.insert(name).second; ++number) name = stem + std::to_string(number);
    return name;
}

}  // namespace

bool is_namespace(std::string_view name) {
    for (std::size_t begin = 0;;) {
        const std::size_t end = name.find("::", begin);
        const std::string_view part = name.substr(begin, end == name.npos ? name.npos : end - begin);
        const bool has_letters =
            std::all_of(part.begin(), part.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
        const bool is_reserved = std::find(reserved.begin(), reserved.end(), part) != reserved.end() ||
                                 part.find("__") != part.npos || part.starts_with('_');
        if (part.empty() || !has_letters || is_digit(part[0]) || is_reserved) return false;
        if (end == name.npos) return true;
        begin = end + 2;
    }
}

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
