// SPDX-License-Identifier: BSL-1.0
// What the header of a model needs: structs, mappings with their conditions and functions, relations, CREATE TABLE as
// text.
#pragma once

// In the order of mica.hpp, which says why.
// clang-format off
#include <mica/version.hpp>
#include <mica/fwd.hpp>
#include <mica/core/error.hpp>
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
#include <mica/query/expression/argument.hpp>
#include <mica/query/function/function.hpp>
#include <mica/query/function/number.hpp>
#include <mica/query/function/text.hpp>
#include <mica/query/function/choice.hpp>
#include <mica/query/function/date.hpp>
#include <mica/query/function/time_shift.hpp>
#include <mica/query/function/json.hpp>
#include <mica/query/expression/literal.hpp>
#include <mica/query/expression/cast.hpp>
#include <mica/query/expression/case.hpp>
#include <mica/query/expression/current_time.hpp>
#include <mica/session/relation/relation.hpp>
#include <mica/session/relation/collection.hpp>
#include <mica/session/relation/relation_table.hpp>
#include <mica/session/flush/foreign_keys.hpp>
// clang-format on
