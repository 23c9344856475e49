// SPDX-License-Identifier: BSL-1.0
// The engine and its sessions, and the statements that most of them run. In query.hpp alone are windows, set
// operations, row values, tables that a statement makes, prepared statements and to_string().
#pragma once

// In the order of mica.hpp, which says why.
// clang-format off
#include <mica/model.hpp>
#include <mica/query/select/projection.hpp>
#include <mica/query/select/clause.hpp>
#include <mica/query/expression/label.hpp>
#include <mica/query/function/amount.hpp>
#include <mica/query/expression/alias.hpp>
#include <mica/query/select/select.hpp>
#include <mica/query/dynamic/filter.hpp>
#include <mica/query/dynamic/raw.hpp>
#include <mica/query/write/conflict.hpp>
#include <mica/query/write/insert.hpp>
#include <mica/query/write/update.hpp>
#include <mica/query/write/delete.hpp>
#include <mica/query/by_key/select_by_keys.hpp>
#include <mica/query/by_key/write_by_key.hpp>
#include <mica/sqlite/backend.hpp>
#include <mica/engine/result.hpp>
#include <mica/engine/connection.hpp>
#include <mica/engine/object_statements.hpp>
#include <mica/engine/reader.hpp>
#include <mica/engine/any_reader.hpp>
#include <mica/engine/engine.hpp>
#include <mica/engine/test_scope.hpp>
#include <mica/sqlite.hpp>
#include <mica/session/session.hpp>
// clang-format on
