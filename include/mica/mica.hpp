// SPDX-License-Identifier: BSL-1.0
// The one include.
#pragma once

// From the lowest layer up, not by the alphabet: above each of its errors a compiler prints the includes that led to
// the failed check, and so they are two lines instead of ten.
// clang-format off
#include <mica/version.hpp>
#include <mica/fwd.hpp>
#include <mica/core/error.hpp>
#if !defined(MICA_AT_MOST_100_FIELDS)
#include <mica/wide.hpp>
#endif
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/lenient_time.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/path.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/mapping.hpp>
#include <mica/schema/entity.hpp>
#include <mica/schema/schema.hpp>
#include <mica/query/expression/operators.hpp>
#include <mica/query/expression/arithmetic.hpp>
#include <mica/query/expression/bit_operators.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/query/expression/in_each.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/select/projection.hpp>
#include <mica/query/select/clause.hpp>
#include <mica/query/expression/argument.hpp>
#include <mica/query/function/function.hpp>
#include <mica/query/function/number.hpp>
#include <mica/query/function/text.hpp>
#include <mica/query/function/choice.hpp>
#include <mica/query/function/date.hpp>
#include <mica/query/function/time_shift.hpp>
#include <mica/query/function/json.hpp>
#include <mica/query/expression/label.hpp>
#include <mica/query/expression/literal.hpp>
#include <mica/query/expression/cast.hpp>
#include <mica/query/function/amount.hpp>
#include <mica/query/expression/case.hpp>
#include <mica/query/select/row_list.hpp>
#include <mica/query/function/window.hpp>
#include <mica/query/function/declared_function.hpp>
#include <mica/query/expression/alias.hpp>
#include <mica/query/function/full_text.hpp>
#include <mica/query/select/select.hpp>
#include <mica/query/select/compound.hpp>
#include <mica/query/derived/derived.hpp>
#include <mica/query/derived/values.hpp>
#include <mica/query/derived/cte.hpp>
#include <mica/query/dynamic/filter.hpp>
#include <mica/query/dynamic/raw.hpp>
#include <mica/query/statement/to_string.hpp>
#include <mica/query/write/conflict.hpp>
#include <mica/query/write/insert.hpp>
#include <mica/query/write/update.hpp>
#include <mica/query/expression/current_time.hpp>
#include <mica/query/write/delete.hpp>
#include <mica/query/write/full_text.hpp>
#include <mica/query/by_key/select_by_keys.hpp>
#include <mica/query/by_key/write_by_key.hpp>
#include <mica/sqlite/backend.hpp>
#include <mica/engine/result.hpp>
#include <mica/engine/connection.hpp>
#include <mica/engine/prepared.hpp>
#include <mica/engine/object_statements.hpp>
#include <mica/engine/creates_functions.hpp>
#include <mica/engine/reader.hpp>
#include <mica/engine/any_reader.hpp>
#include <mica/engine/engine.hpp>
#include <mica/engine/diagram.hpp>
#include <mica/engine/test_scope.hpp>
#include <mica/sqlite.hpp>
#include <mica/session/relation/relation.hpp>
#include <mica/session/relation/collection.hpp>
#include <mica/session/session.hpp>
// clang-format on
