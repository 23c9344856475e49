// SPDX-License-Identifier: BSL-1.0
#include <support/statement_grammar.hpp>

#include <gtest/gtest.h>

namespace {

TEST(GeneratedStatements, all_from_2250_on_prepare) { grammar::expect_all_prepare<2250, 250>(); }

}  // namespace
