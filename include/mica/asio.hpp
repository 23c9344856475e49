// SPDX-License-Identifier: BSL-1.0
// AsyncEngine, AsyncSession and streams, on Boost.Asio. Not part of <mica/mica.hpp>, which it includes.
#pragma once

#include <mica/async/async_engine.hpp>
#include <mica/async/async_session.hpp>
#include <mica/async/resume_by.hpp>
#include <mica/mica.hpp>
