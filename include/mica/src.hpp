// SPDX-License-Identifier: BSL-1.0
// All bodies that headers leave out where MICA_SEPARATE_COMPILATION is defined. One translation unit of a program
// includes this: that of the library mica::compiled, or one of the program's own.
#pragma once

#if !defined(MICA_SEPARATE_COMPILATION)
#error "mica: <mica/src.hpp> is for programs whose translation units all define MICA_SEPARATE_COMPILATION"
#endif

#include <mica/core/impl/error.ipp>
#include <mica/core/impl/text.ipp>
#include <mica/core/impl/value_list.ipp>
#include <mica/engine/impl/permit.ipp>
#include <mica/sqlite/impl/cell.ipp>
#include <mica/sqlite/impl/failure.ipp>
#include <mica/sqlite/impl/options.ipp>
#include <mica/sqlite/impl/url.ipp>
#include <mica/sqlite/impl/values_function.ipp>
