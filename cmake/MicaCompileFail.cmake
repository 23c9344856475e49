# SPDX-License-Identifier: BSL-1.0
# mica_add_compile_fail(<file.cpp>) adds its test for each of the compilers: the file compiles as it stands, which is with
# the accepted twin of each fault; and with FAULT and FAULT_<name> defined, for each name in it, the first error is the
# sentence of the fault's "// error: <regex>" comment. See RunCompileFail.cmake, and run_compile_fail.py for how they share
# compilations.
# <mica/mica.hpp> is precompiled: a file includes it first.
set(mica_compile_fail_runner "${CMAKE_CURRENT_LIST_DIR}/RunCompileFail.cmake")
set(mica_compile_fail_all "${CMAKE_CURRENT_LIST_DIR}/run_compile_fail.py")
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
# What no case has to instantiate again halves clang's time for one.
set(mica_precompile_options_clangxx -fpch-instantiate-templates)

# mica_add_compile_fail_run(<name> <compiler> <argument of the runner>...)
function(mica_add_compile_fail_run name compiler)
    set(all_faults)
    if(ARGN MATCHES "-DSOURCE=")
        set(all_faults Python3::Interpreter -B "${mica_compile_fail_all}")
    endif()
    add_test(NAME compile_fail.${name}.${compiler}
        COMMAND ${all_faults} "${CMAKE_COMMAND}"
            "-DCOMPILER=${mica_compile_fail_${compiler}}" "-DPRECOMPILED=${mica_precompiled_${compiler}}"
            "-DINCLUDES=${PROJECT_SOURCE_DIR}/tests;$<TARGET_PROPERTY:mica,INTERFACE_INCLUDE_DIRECTORIES>"
            ${ARGN} -P "${mica_compile_fail_runner}")
    set_tests_properties(compile_fail.${name}.${compiler} PROPERTIES TIMEOUT 120 LABELS compile_fail)
endfunction()

# Precompiled anew for every run of the cases that need it, so that it is never older than the headers.
set(mica_compile_fail_compilers)
foreach(compiler IN ITEMS gxx clangxx)
    if(NOT mica_compile_fail_${compiler})
        continue()
    endif()
    list(APPEND mica_compile_fail_compilers ${compiler})
    set(mica_precompiled_${compiler} "${CMAKE_CURRENT_BINARY_DIR}/compile_fail/${compiler}/mica.hpp")
    file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/compile_fail/${compiler}")
    mica_add_compile_fail_run(precompile ${compiler} "-DHEADER=${PROJECT_SOURCE_DIR}/include/mica/mica.hpp"
        "-DPRECOMPILE_OPTIONS=${mica_precompile_options_${compiler}}")
    set_tests_properties(compile_fail.precompile.${compiler} PROPERTIES FIXTURES_SETUP mica_precompiled_${compiler})
endforeach()

function(mica_add_compile_fail file)
    cmake_path(ABSOLUTE_PATH file NORMALIZE)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${mica_compile_fail_root}" OUTPUT_VARIABLE name)
    cmake_path(REMOVE_EXTENSION name LAST_ONLY)
    string(REPLACE "/" "." name "${name}")
    foreach(compiler IN LISTS mica_compile_fail_compilers)
        mica_add_compile_fail_run(${name} ${compiler} "-DSOURCE=${file}")
        set_tests_properties(compile_fail.${name}.${compiler} PROPERTIES
            TIMEOUT 600 FIXTURES_REQUIRED mica_precompiled_${compiler})
    endforeach()
endfunction()
