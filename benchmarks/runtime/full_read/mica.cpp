// SPDX-License-Identifier: BSL-1.0
#include "support/mica_read.hpp"

namespace benchmarks {

namespace {

[[maybe_unused]] const bool added = add_side<MicaRead>("full_read", "mica");

}  // namespace

}  // namespace benchmarks
