// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/result.hpp>

namespace mica::detail {

void throw_no_result(std::string_view sql) {
    throw NoResultFound(join({"mica: no row was found where one was expected [", sql, "]"}));
}

void throw_multiple_results(std::string_view sql) {
    throw MultipleResultsFound(join({"mica: more than one row was found where one was expected [", sql, "]"}));
}

}  // namespace mica::detail
