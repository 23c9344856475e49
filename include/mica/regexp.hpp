// SPDX-License-Identifier: BSL-1.0
// use_regexp(), for programs that call it. Needs RE2: link the CMake target mica::regexp, or -lre2.
#pragma once

#include <mica/engine/regexp.hpp>
