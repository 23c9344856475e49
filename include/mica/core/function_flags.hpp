// SPDX-License-Identifier: BSL-1.0
// What a program promises of a function that it gives to the database, and who may call it.
#pragma once

namespace mica {

/// Combined by `|`, as in `mica::deterministic | mica::innocuous`.
enum class FunctionFlags : unsigned char {
    none = 0,
    /// Gives the same result for the same arguments, always: the database may call it once where its arguments stay the
    /// same, and indexes, generated columns and CHECK may use it.
    deterministic = 1U << 0U,
    /// May be called by the schema, which is to say by whoever wrote the file: by views, triggers, CHECK, DEFAULT,
    /// generated columns and indexes. It has no side effects, and tells nothing but what follows from its arguments
    /// (https://www.sqlite.org/security.html).
    innocuous = 1U << 1U,
    /// May be called by the program's own statements only. Holds for every function that is not innocuous.
    directonly = 1U << 2U,
};

/// The function gives the same result for the same arguments, always: indexes, generated columns and CHECK may use it.
inline constexpr FunctionFlags deterministic = FunctionFlags::deterministic;
/// The function may be called by the schema, which is to say by whoever wrote the file
/// (https://www.sqlite.org/security.html).
inline constexpr FunctionFlags innocuous = FunctionFlags::innocuous;
/// The function may be called by the program's own statements only; so may every one that is not innocuous.
inline constexpr FunctionFlags directonly = FunctionFlags::directonly;

constexpr FunctionFlags operator|(FunctionFlags left, FunctionFlags right) noexcept {
    return static_cast<FunctionFlags>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}

/// Whether all of `wanted` is among the flags.
constexpr bool has(FunctionFlags flags, FunctionFlags wanted) noexcept {
    return (static_cast<unsigned>(flags) & static_cast<unsigned>(wanted)) == static_cast<unsigned>(wanted);
}

}  // namespace mica
