// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/row_reader.hpp>

namespace mica::detail {

std::string describe_flaw(DecodeFlaw flaw, StorageClass held, StorageClass wanted) {
    if (flaw == DecodeFlaw::null) return join({" is NULL, but its field is not std::optional"});
    if (flaw == DecodeFlaw::range) return join({" holds ", name_of(held), " that does not fit its field"});
    return join({" holds ", name_of(held), " where its field wants ", name_of(wanted)});
}

}  // namespace mica::detail
