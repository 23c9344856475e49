// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/session/core/session_mode.hpp>

#include <string>

namespace mica::detail {

void throw_read_only(std::string_view what) {
    throw OperationalError(Failure{.kind = ErrorKind::read_only,
                                   .message = "mica: this session is read only, so it has no " + std::string{what}});
}

void throw_out_of_date(const Failure& failure) {
    Failure said = failure;
    said.message =
        join({"mica: what this session has read is out of date, for somebody has committed since or is writing; "
              "roll back and read again (",
              failure.message, ")"});
    throw OperationalError(said);
}

}  // namespace mica::detail
