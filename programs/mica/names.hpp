// SPDX-License-Identifier: BSL-1.0
// Names of C++ for names of SQL, which may be anything.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace mica::program {

/// Whether a namespace can be called so, or one inside of others: `models`, `shop::models`.
bool is_namespace(std::string_view name);

/// OrderItem for order_item. No keyword, and none of `taken`, to which it is added.
std::string type_name(std::string_view table, std::set<std::string>& taken);

/// The column's own name where C++ takes it, else one like it. No keyword, and none of `taken`, to which it is added.
std::string field_name(std::string_view column, std::set<std::string>& taken);

}  // namespace mica::program
