// SPDX-License-Identifier: BSL-1.0
// DDL is right where its text is what was expected and SQLite takes it. Shown in both dialects.
#pragma once

#include <mica/schema/ddl.hpp>

#include <support/golden.hpp>
#include <support/raw_sqlite.hpp>

#include <gtest/gtest.h>

#include <string_view>

namespace mica::test {

/// Creates the table of `Entity` in `database`, so that the test can go on with what SQLite made of it.
template <class Entity>
void expect_ddl(RawDatabase& database, std::string_view text) {
    show_ddl<Entity>();
    EXPECT_EQ(mica::ddl<Entity>, text);
    EXPECT_EQ(database.complaint(mica::ddl<Entity>), "");
}

}  // namespace mica::test
