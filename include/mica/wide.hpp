// SPDX-License-Identifier: BSL-1.0
// For structs of 101 to 256 fields: part of <mica/mica.hpp>, and to be included before model.hpp, query.hpp or
// session.hpp where such a struct is used with them.
#pragma once

#include <mica/reflect/wide_binding.hpp>
