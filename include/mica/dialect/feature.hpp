// SPDX-License-Identifier: BSL-1.0
// What mica can say that not every database has.
#pragma once

#include <cstdint>
#include <string_view>

namespace mica {

/// A set of constructs. An expression or clause that needs one says so where it is rendered.
enum class Feature : std::uint32_t {
    none = 0,
    glob = 1U << 0U,
    regexp = 1U << 1U,
    match = 1U << 2U,
    total = 1U << 3U,
    date_functions = 1U << 4U,
    json = 1U << 5U,
    type_names = 1U << 6U,
    upsert = 1U << 7U,
    returning = 1U << 8U,
    full_join = 1U << 9U,
    virtual_columns = 1U << 10U,
    partial_indexes = 1U << 11U,
    deferrable_keys = 1U << 12U,
    full_text = 1U << 13U,
    all = ~0U,
};

constexpr Feature operator|(Feature left, Feature right) {
    return static_cast<Feature>(static_cast<std::uint32_t>(left) | static_cast<std::uint32_t>(right));
}

/// What of `needed` is not in `given`.
constexpr Feature missing_of(Feature needed, Feature given) {
    return static_cast<Feature>(static_cast<std::uint32_t>(needed) & ~static_cast<std::uint32_t>(given));
}

/// One of several, so that one sentence is enough.
constexpr Feature first_of(Feature features) {
    const auto bits = static_cast<std::uint32_t>(features);
    return static_cast<Feature>(bits & (0U - bits));
}

/// What a function of mica's needs.
constexpr Feature feature_of(std::string_view function) {
    constexpr std::string_view of_dates[]{"date", "time", "datetime", "julianday", "unixepoch", "strftime"};
    for (const std::string_view name : of_dates) {
        if (function == name) return Feature::date_functions;
    }
    if (function.substr(0, 5) == "json_") return Feature::json;
    if (function == "bm25" || function == "snippet" || function == "highlight") return Feature::full_text;
    if (function == "total") return Feature::total;
    if (function == "typeof") return Feature::type_names;
    return Feature::none;
}

/// By what name people know one.
constexpr std::string_view name_of(Feature feature) {
    switch (feature) {
        case Feature::glob: return "GLOB";
        case Feature::regexp: return "REGEXP";
        case Feature::match: return "MATCH";
        case Feature::total: return "total()";
        case Feature::date_functions: return "date functions with modifiers";
        case Feature::json: return "JSON functions on text";
        case Feature::type_names: return "typeof()";
        case Feature::upsert: return "ON CONFLICT";
        case Feature::returning: return "RETURNING";
        case Feature::full_join: return "RIGHT and FULL JOIN";
        case Feature::virtual_columns: return "generated columns that are not stored";
        case Feature::partial_indexes: return "indexes with a condition";
        case Feature::deferrable_keys: return "deferrable foreign keys";
        case Feature::full_text: return "full-text indexes of FTS5";
        case Feature::none:
        case Feature::all: break;
    }
    return "such a construct";
}

}  // namespace mica
