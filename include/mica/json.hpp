// SPDX-License-Identifier: BSL-1.0
// json<T> and boost::json::value as fields' types, and typed paths in queries, for programs that want them. Needs
// Boost.JSON, which is compiled: link the target mica::json, or boost_json, or include <boost/json/src.hpp> in one
// source file.
#pragma once

// From the lowest layer up: mica.hpp says why.
// clang-format off
#include <mica/schema/json_type.hpp>
#include <mica/schema/json_document.hpp>
#include <mica/schema/json.hpp>
#include <mica/query/function/json_path.hpp>
// clang-format on
