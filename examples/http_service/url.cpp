// SPDX-License-Identifier: BSL-1.0
// Boost.URL, where there is no library of it to link.
#include <boost/url/src.hpp>
