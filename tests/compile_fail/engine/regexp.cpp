// SPDX-License-Identifier: BSL-1.0
// use_regexp() in a program that has no RE2.
#include <mica/mica.hpp>
#ifndef FAULT
#include <mica/regexp.hpp>
#endif

// error: mica: use_regexp\(\) wants #include <mica/regexp.hpp>
#ifdef FAULT_regexp_without_its_header
void regexp_without_its_header(const mica::Connection& connection) { connection.use_regexp(); }
#elif !defined FAULT
void regexp_without_its_header(const mica::Connection& connection) { connection.use_regexp(); }
#endif
