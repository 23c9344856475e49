// SPDX-License-Identifier: BSL-1.0
// The durations of <chrono> without its calendar, time zones and formatting, which would cost every user.
#pragma once

#if __has_include(<bits/chrono.h>)  // libstdc++
#include <bits/chrono.h>
#elif __has_include(<__chrono/duration.h>)  // libc++
#include <__chrono/duration.h>
#else
#include <chrono>
#endif
