// SPDX-License-Identifier: BSL-1.0
#include "support/raw_streamed.hpp"

namespace benchmarks {

namespace {

[[maybe_unused]] const bool added = add_side<RawStreamed>("views", "raw");

}  // namespace

}  // namespace benchmarks
