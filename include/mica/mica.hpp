// SPDX-License-Identifier: BSL-1.0
// The one include.
#pragma once

#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/path.hpp>
#include <mica/codec/text.hpp>
#include <mica/core/error.hpp>
#include <mica/engine/engine.hpp>
#include <mica/fwd.hpp>
#include <mica/query/delete.hpp>
#include <mica/query/insert.hpp>
#include <mica/query/select.hpp>
#include <mica/query/update.hpp>
#include <mica/schema/ddl.hpp>
#include <mica/session/session.hpp>
#include <mica/version.hpp>
