// SPDX-License-Identifier: BSL-1.0
// Texts that belong to the rows: what a join reads beside them.
#pragma once

#include "support/row.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace benchmarks {

struct Note {
    std::int64_t id = 0;
    std::int64_t row_id = 0;
    std::string text;
};

inline constexpr const char* note_table_text =
    R"(CREATE TABLE "Note" ("id" INTEGER PRIMARY KEY, "row_id" INTEGER NOT NULL, "text" TEXT NOT NULL) STRICT)";

/// One for each of `count` rows, in another order than theirs.
inline std::vector<Note> make_notes(int count) {
    std::vector<Note> notes;
    for (const std::int64_t key : make_keys(count)) {
        notes.push_back({static_cast<std::int64_t>(notes.size()) + 1, key, "about row " + std::to_string(key)});
    }
    return notes;
}

/// A number that tells whether pairs of a note and its row were read right, their order included.
template <class Pairs>
std::int64_t weight_of_pairs(const Pairs& pairs) noexcept {
    std::int64_t sum = 0;
    for (const auto& [note, row] : pairs) {
        sum = sum % 1'000'003 * 7 + note.id + note.row_id + note.text.back() + weight(row);
    }
    return sum;
}

}  // namespace benchmarks
