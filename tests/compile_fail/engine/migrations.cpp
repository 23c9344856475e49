// SPDX-License-Identifier: BSL-1.0
// The numbers of migrations.
#include <mica/mica.hpp>

constexpr auto first = mica::migration<1>("first", "CREATE TABLE a (x)");
constexpr auto second = mica::migration<2>("second", "CREATE TABLE b (x)");
constexpr auto third = mica::migration<3>("third", "CREATE TABLE c (x)");

// error: mica: migrations are numbered 1, 2, 3 and so on
#ifdef FAULT_migrations_with_a_gap
constexpr auto migrations_with_a_gap = mica::migrations(first, third);
#elif !defined FAULT
constexpr auto migrations_with_a_gap = mica::migrations(first, second, third);
#endif

// error: mica: migrations are numbered 1, 2, 3 and so on
#ifdef FAULT_migrations_out_of_order
constexpr auto migrations_out_of_order = mica::migrations(second, first);
#elif !defined FAULT
constexpr auto migrations_out_of_order = mica::migrations(first, second);
#endif
