# SPDX-License-Identifier: BSL-1.0
# mica_add_compile_fail(<file.cpp> [MAX_LINES <n>]) adds one test per compiler: the file compiles as it stands, and with
# MICA_COMPILE_FAIL defined its first error is the sentence of its "// error: <regex>" comment. See RunCompileFail.cmake.
# <mica/mica.hpp> is precompiled: a case includes it first.
set(mica_compile_fail_runner "${CMAKE_CURRENT_LIST_DIR}/RunCompileFail.cmake")
set(mica_compile_fail_root "${PROJECT_SOURCE_DIR}/tests/compile_fail")

# Both compilers, whichever configured this build: a sentence that only one of them shows first is not good enough.
find_program(MICA_GXX NAMES g++-12 g++)
find_program(MICA_CLANGXX NAMES clang++-19 clang++)
set(mica_compile_fail_gxx "${MICA_GXX}")
set(mica_compile_fail_clangxx "${MICA_CLANGXX}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(mica_compile_fail_gxx "${CMAKE_CXX_COMPILER}")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(mica_compile_fail_clangxx "${CMAKE_CXX_COMPILER}")
endif()

# Precompiled anew for every run of the cases that need it, so that it is never older than the headers.
foreach(compiler IN ITEMS gxx clangxx)
    if(NOT mica_compile_fail_${compiler})
        continue()
    endif()
    set(mica_precompiled_${compiler} "${CMAKE_CURRENT_BINARY_DIR}/compile_fail/${compiler}/mica.hpp")
    file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/compile_fail/${compiler}")
    add_test(NAME compile_fail.precompile.${compiler}
        COMMAND "${CMAKE_COMMAND}"
            "-DCOMPILER=${mica_compile_fail_${compiler}}" "-DHEADER=${PROJECT_SOURCE_DIR}/include/mica/mica.hpp"
            "-DPRECOMPILED=${mica_precompiled_${compiler}}"
            "-DINCLUDES=${PROJECT_SOURCE_DIR}/tests;$<TARGET_PROPERTY:mica,INTERFACE_INCLUDE_DIRECTORIES>"
            -P "${mica_compile_fail_runner}")
    set_tests_properties(compile_fail.precompile.${compiler} PROPERTIES
        FIXTURES_SETUP mica_precompiled_${compiler} TIMEOUT 120 LABELS compile_fail)
endforeach()

function(mica_add_compile_fail file)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "MAX_LINES" "")
    if(NOT arg_MAX_LINES)
        set(arg_MAX_LINES 25)
    endif()
    cmake_path(ABSOLUTE_PATH file NORMALIZE)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${mica_compile_fail_root}" OUTPUT_VARIABLE name)
    cmake_path(REMOVE_EXTENSION name LAST_ONLY)
    foreach(compiler IN ITEMS gxx clangxx)
        if(NOT mica_compile_fail_${compiler})
            continue()
        endif()
        add_test(NAME compile_fail.${name}.${compiler}
            COMMAND "${CMAKE_COMMAND}"
                "-DCOMPILER=${mica_compile_fail_${compiler}}" "-DSOURCE=${file}" "-DMAX_LINES=${arg_MAX_LINES}"
                "-DPRECOMPILED=${mica_precompiled_${compiler}}"
                "-DINCLUDES=${PROJECT_SOURCE_DIR}/tests;$<TARGET_PROPERTY:mica,INTERFACE_INCLUDE_DIRECTORIES>"
                -P "${mica_compile_fail_runner}")
        set_tests_properties(compile_fail.${name}.${compiler} PROPERTIES
            FIXTURES_REQUIRED mica_precompiled_${compiler} TIMEOUT 60 LABELS compile_fail)
    endforeach()
endfunction()
