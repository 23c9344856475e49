// SPDX-License-Identifier: BSL-1.0
// What two shared objects that hide all other symbols do with the connection of a program.
#pragma once

#include <mica/engine/engine.hpp>
#include <mica/query/select/select.hpp>
#include <mica/sqlite.hpp>

#include <string>
#include <vector>

namespace shared_objects_test {

[[gnu::visibility("default")]] std::vector<std::string> cars(const mica::Connection& connection);
/// What keeps another connection from being leased.
[[gnu::visibility("default")]] std::string refusal(const mica::Engine& engine);
[[gnu::visibility("default")]] std::vector<std::string> makers(const mica::Connection& connection);

}  // namespace shared_objects_test
