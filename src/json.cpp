// SPDX-License-Identifier: BSL-1.0
// The bodies of Boost.JSON, for mica::json: its headers alone are what mica finds everywhere.
#include <boost/json/src.hpp>
