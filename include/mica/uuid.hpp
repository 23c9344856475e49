// SPDX-License-Identifier: BSL-1.0
// boost::uuids::uuid as a field's type, for programs that have one. Needs Boost.Uuid, which is headers only.
#pragma once

#include <mica/codec/uuid.hpp>
