// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/list.hpp>
#include <mica/core/text.hpp>
#include <mica/core/value_list.hpp>
#include <mica/engine/insert_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica::detail {

[[gnu::cold]] MICA_DECL Failure failure_of_object(const DatabaseError& error, std::size_t index) {
    Failure failure = error.failure();
    append(failure.message, {" (object ", Decimal{static_cast<std::int64_t>(index)}, " of the range)"});
    return failure;
}

void rethrow_for_object(std::size_t index) {
    try {
        throw;
    } catch (const IntegrityError& error) {
        List<std::string_view> columns;
        for (const std::string& column : error.columns()) columns.push_back(column);
        throw IntegrityError(failure_of_object(error, index), error.kind(), error.table(), columns, error.constraint());
    } catch (const DataError& error) {
        throw DataError(failure_of_object(error, index));
    }
}

bool are_distinct(const List<const void*>& places) {
    ListedValues sorted;
    sorted.reserve(places.size());
    for (const void* const place : places) {
        sorted.integer(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(place)));
    }
    if (!sorted.is_sorted()) sorted.sort();
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted.cell(i - 1).integer() == sorted.cell(i).integer()) return false;
    }
    return true;
}

bool references_itself(const Table& table) {
    for (const OptionData& option : table.options) {
        if (option.kind == OptionKind::foreign_key && option.target != nullptr && option.target().is(table))
            return true;
    }
    return false;
}

}  // namespace mica::detail
