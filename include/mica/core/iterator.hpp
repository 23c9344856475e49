// SPDX-License-Identifier: BSL-1.0
// The concepts, traits and tags of <iterator> without its stream iterators, which would cost every user.
#pragma once

#if __has_include(<bits/stl_iterator_base_types.h>)  // libstdc++
#include <bits/stl_iterator_base_types.h>
#elif __has_include(<__iterator/concepts.h>)  // libc++
#include <__iterator/concepts.h>
#else
#include <iterator>
#endif
