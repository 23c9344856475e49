// SPDX-License-Identifier: BSL-1.0
// Where bodies that depend on no struct and no query are compiled: in every translation unit that includes their
// header, or once, in the library mica::compiled, whose users define MICA_SEPARATE_COMPILATION.
#pragma once

/// Stands before the declaration of a function whose body is in `impl/<its header's name>.ipp`.
#if defined(MICA_SEPARATE_COMPILATION)
#define MICA_DECL
#else
#define MICA_DECL inline
#endif

/// An inline namespace around the backend, and so a part of the linker's name of everything that takes an engine, a
/// connection or a session: translation units of both kinds that hand one to each other do not link.
#if defined(MICA_SEPARATE_COMPILATION) && defined(MICA_SQLCIPHER)
#define MICA_COMPILATION separately_compiled_for_sqlcipher
#elif defined(MICA_SEPARATE_COMPILATION)
#define MICA_COMPILATION separately_compiled
#elif defined(MICA_SQLCIPHER)
#define MICA_COMPILATION header_only_for_sqlcipher
#else
#define MICA_COMPILATION header_only
#endif
