// SPDX-License-Identifier: BSL-1.0
// The backend of Engine, Connection, Session and the other names of fwd.hpp.
#pragma once

#include <mica/engine/backend.hpp>
#include <mica/fwd.hpp>
#include <mica/sqlite/backend.hpp>

static_assert(mica::Backend<mica::sqlite::Backend>);
