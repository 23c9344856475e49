// SPDX-License-Identifier: BSL-1.0
// sql<>(): SQL text as an expression.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;
using mica::select;

// error: mica: a value given to SQL has a type
#ifdef FAULT_raw_expression_with_a_list
auto raw_expression_with_a_list() { return select(mica::sql<bool>("1 IN (?)", std::vector<int>{1})); }
#elif !defined FAULT
auto raw_expression_with_a_list() { return select(mica::sql<bool>("1 IN (?)", 1)); }
#endif

// error: mica: a value given to SQL has a type
#ifdef FAULT_raw_expression_with_an_expression
auto raw_expression_with_an_expression() { return select(mica::sql<bool>("? > 1", col<&Artist::id>)); }
#elif !defined FAULT
auto raw_expression_with_an_expression() { return select(mica::sql<bool>("? > 1", 2)); }
#endif

// error: mica: sql<>\(\) names the type of its result
#ifdef FAULT_raw_expression_without_a_type
auto raw_expression_without_a_type() { return select(mica::sql<std::vector<int>>("1")); }
#elif !defined FAULT
auto raw_expression_without_a_type() { return select(mica::sql<int>("1")); }
#endif
