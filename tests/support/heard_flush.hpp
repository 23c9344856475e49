// SPDX-License-Identifier: BSL-1.0
// A session on a file. Where its parameter is true somebody listens to statements, so that a flush runs one for each
// row.
#pragma once

#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace mica::test {

struct HeardFlush : testing::TestWithParam<bool> {
    TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("parts.db")};
    std::size_t statements_heard = 0;  ///< that begin as listen() was told
    ListenerToken listening{};
    Session session{engine};

    void listen(std::string_view verb) {
        if (!GetParam()) return;
        listening = engine.on_statement([this, verb](const StatementEvent& event) {
            if (event.sql.starts_with(verb)) ++statements_heard;
        });
    }

    void run(std::initializer_list<const char*> texts) {
        for (const char* const sql : texts) engine.connect().execute(sql);
    }
    template <class Value>
    std::vector<Value> stored(const std::string& sql) {
        return engine.connect().execute<Value>(sql).all();
    }
};

}  // namespace mica::test
