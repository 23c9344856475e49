// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/function_arguments.hpp>

namespace mica::detail {

std::string describe_argument(std::string_view function, int index, DecodeFlaw flaw, StorageClass held,
                              const WantedCell& wanted) {
    std::string text = join({"mica: argument ", Decimal{index + 1}, " of ", function, "()"});
    if (flaw == DecodeFlaw::null) {
        append(text, {" is NULL, but is not taken as a std::optional"});
    } else if (flaw == DecodeFlaw::range) {
        const bool has_words = !wanted.misfit.ends_with(" its field");
        append(text, {" holds ", name_of(held), " ", has_words ? wanted.misfit : "that does not fit its type"});
    } else {
        append(text, {" holds ", name_of(held), " where the function takes ", name_of(wanted.storage)});
    }
    return text;
}

std::string describe_refused_argument(std::string_view function, int index, std::string_view reason) {
    return join({"mica: argument ", Decimal{index + 1}, " of ", function, "() was refused by its codec: ", reason});
}

}  // namespace mica::detail
