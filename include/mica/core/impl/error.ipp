// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/error.hpp>

namespace mica {

namespace detail {

[[gnu::cold]] MICA_DECL std::string describe(const Failure& failure) {
    if (failure.sql.empty() || failure.says_all) return join({failure.message});
    return join({failure.message, " [", failure.sql, "]"});
}

#if defined(MICA_SEPARATE_COMPILATION)
template void refuse<DataError>(std::initializer_list<std::string_view>, std::string_view);
template void refuse<OperationalError>(std::initializer_list<std::string_view>, std::string_view);
template void refuse<ProgrammingError>(std::initializer_list<std::string_view>, std::string_view);
#endif

void throw_misuse(std::string_view reason) { refuse<ProgrammingError>({"mica: ", reason}); }

}  // namespace detail

DatabaseError::DatabaseError(const Failure& failure) : Error(detail::describe(failure)), failure_(failure) {}

std::string DatabaseError::brief() const { return detail::join({failure_.message}); }

IntegrityError::IntegrityError(const Failure& failure, ConstraintKind kind, std::string_view table,
                               ListView<std::string_view> columns, std::string_view constraint)
    : DatabaseError(failure),
      kind_(kind),
      table_(table),
      columns_(columns.begin(), columns.end()),
      constraint_(constraint) {}

std::string IntegrityError::brief() const {
    std::string names;
    std::size_t left = columns_.size();
    for (const std::string& column : columns_) {
        detail::append(names, {column, --left == 0 ? "" : left == 1 ? " and " : ", "});
    }
    const bool is_one = columns_.size() == 1;
    const bool is_named = !columns_.empty();
    switch (kind_) {
        case ConstraintKind::unique:
        case ConstraintKind::primary_key:
            if (!is_named) return "This is there already";
            return detail::join({"There is already one with this ", names});
        case ConstraintKind::foreign_key:
            if (!is_named) return "This refers to something that is not there, or others still refer to it";
            return detail::join({"What ", names, is_one ? " refers" : " refer", " to is not there"});
        case ConstraintKind::not_null: return detail::join({is_named ? names : "A value", " is missing"});
        case ConstraintKind::check:
            if (!is_named) return detail::join({"This is not allowed: ", constraint_});
            return detail::join({"The value of ", names, " is not allowed"});
        case ConstraintKind::datatype:
            return detail::join({"The value of ", is_named ? names : "a field", " is of the wrong kind"});
        case ConstraintKind::other: break;  // what a trigger says by RAISE() is for users already
    }
    return DatabaseError::brief();
}

std::string OperationalError::brief() const {
    switch (failure().kind) {
        case ErrorKind::busy:
        case ErrorKind::locked:
        case ErrorKind::timeout: return "The database is in use by others; please try again";
        case ErrorKind::out_of_memory: return "There is not enough memory";
        case ErrorKind::read_only: return "The database can only be read";
        case ErrorKind::interrupted: return "This was interrupted";
        case ErrorKind::io_error: return "The database file cannot be read or written";
        case ErrorKind::corrupt: return "The database file is damaged";
        case ErrorKind::full: return "There is no space left";
        case ErrorKind::cannot_open: return "The database cannot be opened";
        case ErrorKind::not_a_database: return "The file is not a database";
        case ErrorKind::wrong_key: return "The database cannot be read with this key";
        case ErrorKind::other: break;
    }
    return DatabaseError::brief();
}

}  // namespace mica
