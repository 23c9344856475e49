// SPDX-License-Identifier: BSL-1.0
// The one include.
#pragma once

// From the lowest layer up, not by the alphabet: above each of its errors a compiler prints the includes that led to
// the failed check, and so they are two lines instead of ten.
// clang-format off
#include <mica/version.hpp>
#include <mica/fwd.hpp>
#include <mica/core/error.hpp>
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/path.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/mapping.hpp>
#include <mica/schema/entity.hpp>
#include <mica/schema/schema.hpp>
#include <mica/query/operators.hpp>
#include <mica/query/bit_operators.hpp>
#include <mica/query/predicate.hpp>
#include <mica/query/in_each.hpp>
#include <mica/query/column.hpp>
#include <mica/query/projection.hpp>
#include <mica/query/clause.hpp>
#include <mica/query/argument.hpp>
#include <mica/query/function.hpp>
#include <mica/query/number_functions.hpp>
#include <mica/query/text_functions.hpp>
#include <mica/query/choice_functions.hpp>
#include <mica/query/date_functions.hpp>
#include <mica/query/json_functions.hpp>
#include <mica/query/label.hpp>
#include <mica/query/literal.hpp>
#include <mica/query/cast.hpp>
#include <mica/query/case.hpp>
#include <mica/query/row_list.hpp>
#include <mica/query/window.hpp>
#include <mica/query/alias.hpp>
#include <mica/query/select.hpp>
#include <mica/query/compound.hpp>
#include <mica/query/derived.hpp>
#include <mica/query/values.hpp>
#include <mica/query/cte.hpp>
#include <mica/query/filter.hpp>
#include <mica/query/raw.hpp>
#include <mica/query/to_string.hpp>
#include <mica/query/conflict.hpp>
#include <mica/query/insert.hpp>
#include <mica/query/update.hpp>
#include <mica/query/current_time.hpp>
#include <mica/query/delete.hpp>
#include <mica/query/select_by_keys.hpp>
#include <mica/query/write_by_key.hpp>
#include <mica/engine/result.hpp>
#include <mica/engine/connection.hpp>
#include <mica/engine/prepared.hpp>
#include <mica/engine/object_statements.hpp>
#include <mica/engine/reader.hpp>
#include <mica/engine/engine.hpp>
#include <mica/engine/test_scope.hpp>
#include <mica/session/relation.hpp>
#include <mica/session/collection.hpp>
#include <mica/session/session.hpp>
// clang-format on
