// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/row_reader.hpp>

namespace mica::detail {

std::string describe_flaw(DecodeFlaw flaw, StorageClass held, const WantedCell& wanted) {
    if (flaw == DecodeFlaw::null) return join({" is NULL, but its field is not std::optional"});
    if (flaw == DecodeFlaw::range) return join({" holds ", name_of(held), " ", wanted.misfit});
    return join({" holds ", name_of(held), " where its field wants ", name_of(wanted.storage)});
}

}  // namespace mica::detail
