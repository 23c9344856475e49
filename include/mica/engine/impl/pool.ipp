// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/pool.hpp>

namespace mica::detail {

void throw_checkout_timeout() {
    refuse<OperationalError>(
        {"mica: the engine's connection was not given back in time; checkout_timeout says how "
         "long to wait"});
}

void throw_self_lock() {
    refuse<OperationalError>(
        {"mica: this thread holds the engine's connection already; end that connection's scope, "
         "or commit that session, first"});
}

}  // namespace mica::detail
