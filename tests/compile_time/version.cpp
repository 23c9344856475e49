// SPDX-License-Identifier: BSL-1.0
#include <mica/version.hpp>

#include <string_view>

// The build system, the macros and the string are three places that say the same version.
static_assert(mica::version_string == MICA_PROJECT_VERSION);

#define MICA_TEST_TEXT_OF(x) #x
#define MICA_TEST_VERSION(major, minor, patch) \
    MICA_TEST_TEXT_OF(major) "." MICA_TEST_TEXT_OF(minor) "." MICA_TEST_TEXT_OF(patch)

static_assert(mica::version_string == MICA_TEST_VERSION(MICA_VERSION_MAJOR, MICA_VERSION_MINOR, MICA_VERSION_PATCH));
