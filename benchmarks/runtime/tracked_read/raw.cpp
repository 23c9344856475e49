// SPDX-License-Identifier: BSL-1.0
// What tracking costs is compared with mica's own untracked read, not with a hand-written loop.
#include "support/mica_read.hpp"

namespace benchmarks {

namespace {

[[maybe_unused]] const bool added = add_side<MicaRead>("tracked_read", "raw");

}  // namespace

}  // namespace benchmarks
