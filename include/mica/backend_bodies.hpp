// SPDX-License-Identifier: BSL-1.0
// For a backend of the program's own where MICA_SEPARATE_COMPILATION is defined: bodies that are templates of the
// backend and that <mica/src.hpp> instantiates for SQLite only. Each file that uses such a backend's sessions includes
// this; elsewhere it adds nothing.
#pragma once

#include <mica/session/core/impl/session_core.ipp>
#include <mica/session/core/impl/unit_of_work.ipp>
