// SPDX-License-Identifier: BSL-1.0
#include "support/raw_insert.hpp"

namespace benchmarks {

namespace {

[[maybe_unused]] const bool added = add_side<RawInsert>("insert_objects", "raw");

}  // namespace

}  // namespace benchmarks
