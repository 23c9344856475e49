# SPDX-License-Identifier: BSL-1.0
# mica::sqlcipher, which a program links instead of mica::mica: with SQLCipher 4.5 or newer, as find_package (for Conan's
# package there is a file) or pkg-config knows it, or with the one that is built from the folder MICA_SQLCIPHER_SOURCE,
# its sqlite3.c and sqlite3.h. Read by mica's own build and by find_package(mica). MICA_INCLUDE_DIR is where mica's
# headers are.
if(NOT TARGET mica::sqlcipher)
    if(MICA_SQLCIPHER_SOURCE)
        enable_language(C)
        find_package(OpenSSL REQUIRED)
        find_package(Threads REQUIRED)
        add_library(mica_sqlcipher_library STATIC EXCLUDE_FROM_ALL "${MICA_SQLCIPHER_SOURCE}/sqlite3.c")
        target_compile_definitions(mica_sqlcipher_library
            PUBLIC SQLITE_HAS_CODEC
            PRIVATE SQLITE_TEMP_STORE=2 SQLITE_THREADSAFE=1 SQLITE_ENABLE_COLUMN_METADATA SQLITE_ENABLE_FTS5
                SQLITE_ENABLE_RTREE SQLITE_ENABLE_MATH_FUNCTIONS
                SQLITE_EXTRA_INIT=sqlcipher_extra_init SQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown)
        target_compile_options(mica_sqlcipher_library PRIVATE -w)  # its warnings are not mica's
        target_include_directories(mica_sqlcipher_library SYSTEM BEFORE PUBLIC "${MICA_SQLCIPHER_SOURCE}")
        target_link_libraries(mica_sqlcipher_library PUBLIC OpenSSL::Crypto Threads::Threads ${CMAKE_DL_LIBS} m)
        set(mica_sqlcipher_found mica_sqlcipher_library)
    else()
        find_package(sqlcipher 4.5 CONFIG QUIET)
        find_package(PkgConfig QUIET)
        if(TARGET sqlcipher::sqlcipher AND sqlcipher_FOUND)
            set(mica_sqlcipher_found sqlcipher::sqlcipher)
        elseif(PkgConfig_FOUND)
            pkg_check_modules(MICA_SQLCIPHER QUIET IMPORTED_TARGET GLOBAL sqlcipher>=4.5)
            if(TARGET PkgConfig::MICA_SQLCIPHER)
                set(mica_sqlcipher_found PkgConfig::MICA_SQLCIPHER)
            endif()
        endif()
    endif()
    if(DEFINED mica_sqlcipher_found)
        add_library(mica::sqlcipher INTERFACE IMPORTED)
        target_compile_features(mica::sqlcipher INTERFACE cxx_std_20)
        target_compile_definitions(mica::sqlcipher INTERFACE MICA_SQLCIPHER)
        # SQLCipher's sqlite3.h before the one that may lie where mica's headers are.
        target_include_directories(mica::sqlcipher INTERFACE
            "$<TARGET_PROPERTY:${mica_sqlcipher_found},INTERFACE_INCLUDE_DIRECTORIES>" "${MICA_INCLUDE_DIR}")
        target_link_libraries(mica::sqlcipher INTERFACE ${mica_sqlcipher_found} Boost::headers)
        set_target_properties(mica::sqlcipher PROPERTIES IMPORTED_GLOBAL TRUE)
        unset(mica_sqlcipher_found)
    endif()
endif()
