// SPDX-License-Identifier: BSL-1.0
// For entities of 101 to 256 fields. Include it where one is used, before or behind <mica/mica.hpp>.
#pragma once

#include <mica/reflect/wide_binding.hpp>
