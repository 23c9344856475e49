// SPDX-License-Identifier: BSL-1.0
// Parents and their children, as they are in the tables.
#pragma once

#include "support/row.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace benchmarks {

inline constexpr int children_of_each = 5;

struct ParentRow {
    std::int64_t id = 0;
    std::string name;
};

struct ChildRow {
    std::int64_t id = 0;
    std::int64_t parent_id = 0;
    std::string name;
    double score = 0;
};

struct Family {
    std::vector<ParentRow> parents{};
    std::vector<ChildRow> children{};
};

/// `count` children. Those of a parent are not beside each other.
inline Family make_family(int count) {
    Family family;
    const int parents = (count + children_of_each - 1) / children_of_each;
    for (int id = 1; id <= parents; ++id) family.parents.push_back({id, "parent " + std::to_string(id)});
    for (int id = 1; id <= count; ++id) {
        family.children.push_back({id, id % parents + 1, "child " + std::to_string(id), id / 4.0});
    }
    return family;
}

inline constexpr const char* family_tables_text =
    R"(CREATE TABLE "Parent" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL) STRICT;)"
    R"(CREATE TABLE "Child" ("id" INTEGER PRIMARY KEY, "parent_id" INTEGER NOT NULL REFERENCES "Parent" ("id"), )"
    R"("name" TEXT NOT NULL, "score" REAL NOT NULL) STRICT;)"
    R"(CREATE INDEX "ix_Child_parent_id" ON "Child" ("parent_id"))";

/// A number that tells whether a child was read right, and where.
template <class Child>
std::int64_t weight_behind(std::int64_t before, const Child& child) noexcept {
    return before % 1'000'003 * 7 + child.id + child.parent_id + child.name.back() +
           static_cast<std::int64_t>(child.score * 4);
}

}  // namespace benchmarks
