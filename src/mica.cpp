// SPDX-License-Identifier: BSL-1.0
// The library mica::compiled.
#include <mica/src.hpp>
