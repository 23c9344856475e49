// SPDX-License-Identifier: BSL-1.0
// mica::decimal<2>, for programs that want it.
#pragma once

#include <mica/codec/decimal.hpp>
