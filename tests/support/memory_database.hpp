// SPDX-License-Identifier: BSL-1.0
// A real SQLite in memory with the tables of some entities, and a connection to it.
#pragma once

#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>
#include <vector>

namespace mica::test {

template <class... Entities>
struct MemoryDatabase : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = connect();

    template <class Entity>
    void insert(std::initializer_list<Entity> objects) {
        connection.execute(insert_into<Entity>().values(std::vector<Entity>(objects)));
    }

private:
    Connection connect() {
        if constexpr (sizeof...(Entities) > 0) engine.create_all<Entities...>();
        return engine.connect();
    }
};

}  // namespace mica::test
