# SPDX-License-Identifier: BSL-1.0
# mica::regexp, for programs that include <mica/regexp.hpp>: mica::mica with RE2, where that is found. Read by mica's own
# build and by find_package(mica).
if(NOT TARGET mica::regexp)
    find_package(re2 CONFIG QUIET)
    if(TARGET re2::re2)
        set(mica_re2 re2::re2)
    else()  # as Debian's was before its package had a file for CMake
        find_path(MICA_RE2_INCLUDE_DIR re2/re2.h)
        find_library(MICA_RE2_LIBRARY re2)
        mark_as_advanced(MICA_RE2_INCLUDE_DIR MICA_RE2_LIBRARY)
        if(MICA_RE2_INCLUDE_DIR AND MICA_RE2_LIBRARY)
            find_package(Threads QUIET)
            add_library(mica_re2 UNKNOWN IMPORTED)
            set_target_properties(mica_re2 PROPERTIES
                IMPORTED_LOCATION "${MICA_RE2_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${MICA_RE2_INCLUDE_DIR}"
                INTERFACE_LINK_LIBRARIES Threads::Threads)
            set(mica_re2 mica_re2)
        endif()
    endif()
    if(DEFINED mica_re2)
        add_library(mica::regexp INTERFACE IMPORTED)
        target_link_libraries(mica::regexp INTERFACE mica::mica ${mica_re2})
        set_target_properties(mica::regexp PROPERTIES IMPORTED_GLOBAL TRUE)
        unset(mica_re2)
    endif()
endif()
