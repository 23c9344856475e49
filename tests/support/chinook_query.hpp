// SPDX-License-Identifier: BSL-1.0
// The base of the tests that put a typed query on the sample database beside the SQL that a person would write.
#pragma once

#include <support/chinook.hpp>
#include <support/chinook_files.hpp>
#include <support/row_text.hpp>

#include <optional>
#include <string>
#include <vector>

namespace mica::test {

class ChinookQuery : public ChinookTest {
protected:
    void SetUp() override {
        ChinookTest::SetUp();
        if (IsSkipped()) return;
        engine.emplace(source_url());
        connection.emplace(engine->connect());
        raw.emplace(*this);
    }

    /// Rows as text.
    template <class Rows>
    static std::vector<std::string> text_of(const Rows& rows) {
        std::vector<std::string> text;
        for (const auto& row : rows) text.push_back(row_text(row));
        return text;
    }

    /// That a query gives the rows of `sql`, in their order; and some, or nothing would be shown.
    template <class Query>
    void expect_same(const Query& query, const std::string& sql) {
        compare(text_of(connection->all(query)), sql);
    }

    /// That the same rows are in the database, whatever has been written to it.
    void compare(const std::vector<std::string>& found, const std::string& sql) {
        EXPECT_FALSE(found.empty()) << sql;
        EXPECT_EQ(found, raw->rows(sql)) << sql;
    }

    std::optional<Engine> engine;
    std::optional<Connection> connection;
    std::optional<Files> raw;
};

}  // namespace mica::test
