// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/statement_checks.hpp>

namespace mica::detail {

void throw_wrong_columns(int given, int wanted, std::string_view sql) {
    refuse<SchemaMismatch>({"mica: the statement has ", Decimal{given}, given == 1 ? " column" : " columns",
                            ", the row type reads ", Decimal{wanted}},
                           sql);
}

void throw_wrong_parameters(int given, int wanted, std::string_view sql) {
    refuse<ProgrammingError>({"mica: the statement has ", Decimal{wanted}, wanted == 1 ? " parameter" : " parameters",
                              ", ", Decimal{given}, given == 1 ? " value was given" : " values were given"},
                             sql);
}

void rethrow_as_written(std::string_view own, std::string_view written) {
    try {
        throw;
    } catch (const DataError& error) {
        if (error.sql() != own) throw;
        Failure failure = error.failure();
        failure.sql = written;
        throw DataError(failure);
    }
}

}  // namespace mica::detail
