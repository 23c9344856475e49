// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/error.hpp>

namespace mica {

namespace detail {

MICA_DECL std::string describe(const Failure& failure) {
    const bool has_sql = !failure.sql.empty();
    return join({failure.message, has_sql ? " [" : "", failure.sql, has_sql ? "]" : ""});
}

#if defined(MICA_SEPARATE_COMPILATION)
template void refuse<DataError>(std::initializer_list<std::string_view>, std::string_view);
template void refuse<OperationalError>(std::initializer_list<std::string_view>, std::string_view);
template void refuse<ProgrammingError>(std::initializer_list<std::string_view>, std::string_view);
#endif

void throw_misuse(std::string_view reason) { refuse<ProgrammingError>({"mica: ", reason}); }

}  // namespace detail

DatabaseError::DatabaseError(const Failure& failure) : Error(detail::describe(failure)), failure_(failure) {}

IntegrityError::IntegrityError(const Failure& failure, ConstraintKind kind, std::string_view table,
                               ListView<std::string_view> columns)
    : DatabaseError(failure), kind_(kind), table_(table), columns_(columns.begin(), columns.end()) {}

}  // namespace mica
