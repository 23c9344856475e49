// SPDX-License-Identifier: BSL-1.0
// What a database lacks, one sentence each. The error names the database as the dialect's own name: `database =
// mica::dialect::sqlite`.
#pragma once

#include <mica/dialect/dialect.hpp>

namespace mica::detail {

/// Says that a database has no such construct.
template <const Dialect& database, Feature missing>
consteval bool require_feature() {
    static_assert(missing != Feature::glob, "mica: this database has no GLOB");
    static_assert(missing != Feature::regexp, "mica: this database has no REGEXP");
    static_assert(missing != Feature::match, "mica: this database has no MATCH");
    static_assert(missing != Feature::total, "mica: this database has no total(); use coalesce(sum(…), 0.0)");
    static_assert(missing != Feature::date_functions,
                  "mica: this database has no date functions with modifiers, as SQLite has; compute the time in C++");
    static_assert(missing != Feature::json, "mica: this database has no JSON functions on text, as SQLite has");
    static_assert(missing != Feature::type_names, "mica: this database has no typeof()");
    static_assert(missing != Feature::upsert, "mica: this database has no ON CONFLICT");
    static_assert(missing != Feature::returning, "mica: this database has no RETURNING");
    static_assert(missing != Feature::full_join, "mica: this database has no RIGHT and no FULL JOIN");
    static_assert(missing != Feature::virtual_columns,
                  "mica: this database has no generated columns that are not stored; write .stored()");
    static_assert(missing != Feature::partial_indexes, "mica: this database has no indexes with a condition");
    static_assert(missing != Feature::deferrable_keys, "mica: this database has no deferrable foreign keys");
    static_assert(missing != Feature::full_text, "mica: this database has no full-text indexes of FTS5");
    return missing == Feature::none;
}

/// Says what of `needed` a database does not have.
template <const Dialect& database, Feature needed>
consteval bool require_features() {
    return require_feature<database, first_of(missing_of(needed, database.features))>();
}

}  // namespace mica::detail
