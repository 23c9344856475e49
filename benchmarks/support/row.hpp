// SPDX-License-Identifier: BSL-1.0
// The rows that every benchmark works on: the same on both sides and in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace benchmarks {

struct Row {
    std::int64_t id = 0;
    std::string name;
    int age = 0;
    double score = 0;
    std::optional<std::string> email;
};

/// The table, its text as mica writes it; support/mica_database.hpp checks that.
inline constexpr const char* table_text =
    R"(CREATE TABLE "Row" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL, "age" INTEGER NOT NULL, )"
    R"("score" REAL NOT NULL, "email" TEXT) STRICT)";

/// A small generator of its own, since the standard's distributions differ between libraries.
class Random {
public:
    explicit Random(std::uint64_t seed) noexcept : state_(seed * 2 + 1) {}

    std::uint64_t operator()(std::uint64_t below) noexcept {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return (state_ >> 33U) % below;
    }

private:
    std::uint64_t state_;
};

/// Names of 12 bytes; every second row has an e-mail address, of 23.
inline Row make_row(std::int64_t id, Random& random) {
    Row row;
    row.id = id;
    for (int i = 0; i < 12; ++i) row.name += static_cast<char>('a' + random(26));
    row.age = static_cast<int>(random(100));
    row.score = static_cast<double>(random(4000)) / 4;
    if (id % 2 == 0) row.email = row.name.substr(0, 11) + "@example.com";
    return row;
}

/// Rows with the keys 1 to `count`.
inline std::vector<Row> make_rows(int count, std::uint64_t seed) {
    Random random{seed};
    std::vector<Row> rows;
    rows.reserve(static_cast<std::size_t>(count));
    for (int id = 1; id <= count; ++id) rows.push_back(make_row(id, random));
    return rows;
}

/// In an order that no cache expects, and always the same.
template <class Value>
void shuffle(std::vector<Value>& values) {
    Random random{7};
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random(i)]);
}

/// The keys 1 to `count`, shuffled.
inline std::vector<std::int64_t> make_keys(int count) {
    std::vector<std::int64_t> keys;
    for (int id = 1; id <= count; ++id) keys.push_back(id);
    shuffle(keys);
    return keys;
}

/// A number that tells whether a row was read right. Cheap: it is part of the measured loops of both sides.
inline std::int64_t weight(const Row& row) noexcept {
    return row.id + row.age + static_cast<std::int64_t>(row.score * 4) + row.name[0] +
           (row.email ? (*row.email)[0] : 0);
}

/// The same for many rows, their order included.
inline std::int64_t weight(const std::vector<Row>& rows) noexcept {
    std::int64_t sum = 0;
    for (const Row& row : rows) sum = sum % 1'000'003 * 7 + weight(row);
    return sum;
}

/// The same for the whole table.
inline constexpr const char* weight_text =
    "SELECT coalesce(sum(id * (age + CAST(score * 4 AS INTEGER) + unicode(name) + coalesce(unicode(email), 0))), 0) "
    "FROM Row";

}  // namespace benchmarks
