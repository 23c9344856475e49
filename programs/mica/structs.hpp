// SPDX-License-Identifier: BSL-1.0
// Structs for the tables of a database that is there.
#pragma once

#include <mica/migration/table_info.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace mica::program {

/// A header with a struct and its mapping() for each table of the main schema, parents first, and a mica::Schema of
/// all. What the database says and no struct can (triggers, views, expressions beyond C++'s words) stands in comments.
/// Databases that the structs create give the same text again.
std::string structs_text(std::vector<TableInfo> tables, std::string_view name_space);

}  // namespace mica::program
