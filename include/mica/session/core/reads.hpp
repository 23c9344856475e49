// SPDX-License-Identifier: BSL-1.0
// Which tables a query reads, known from its type: only changes of those are written before it runs.
#pragma once

#include <mica/query/select/select.hpp>

#include <array>
#include <cstddef>

namespace mica::detail {

/// One table.
struct ReadsTable {
    const Table& table;

    template <class Work>
    bool has_changes(Work& work) const {
        return work.has_changes(&table);
    }
};

/// One row, which the session would know if it were not new.
struct ReadsRow {
    const Table& table;

    template <class Work>
    bool has_changes(Work& work) const {
        return work.is_adding_to(table);
    }
};

/// The same, where the database does not have it and new objects of new objects count too.
struct ReadsNewRow {
    const Table& table;

    template <class Work>
    bool has_changes(Work& work) const {
        return work.is_relating_to(table);
    }
};

/// Everything, as far as the session knows.
struct ReadsAll {
    template <class Work>
    bool has_changes(Work& work) const {
        return work.has_changes();
    }
};

/// The tables behind all FROMs of a query, subqueries included; a text of the user's may read anything.
struct ReadsInspected {
    const Inspection& inspection;

    template <class Work>
    bool has_changes(Work& work) const {
        if (inspection.has_more_sources || inspection.is_dynamic) return work.has_changes();
        for (std::size_t i = 0; i < inspection.source_count; ++i) {
            if (work.has_changes(inspection.sources[i].table)) return true;
        }
        return false;
    }
};

/// The same of a query's type.
template <class Query>
struct ReadsOf {
    template <class Work>
    bool has_changes(Work& work) const {
        return ReadsInspected{inspection_of<Query>}.has_changes(work);
    }
};

}  // namespace mica::detail
