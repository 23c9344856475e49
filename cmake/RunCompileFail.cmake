# SPDX-License-Identifier: BSL-1.0
# cmake -DCOMPILER= -DSOURCE= [-DINCLUDES=] [-DMAX_LINES=25] -P RunCompileFail.cmake
# SOURCE must compile, and with MICA_COMPILE_FAIL must fail with its own sentence as the first error, in few lines.
cmake_minimum_required(VERSION 3.25)
set(ENV{LC_ALL} C)
if(NOT MAX_LINES)
    set(MAX_LINES 25)
endif()

file(READ "${SOURCE}" text)
string(REGEX MATCHALL "// error: [^\n]+" sentences "${text}")
list(LENGTH sentences count)
if(NOT count EQUAL 1)
    message(FATAL_ERROR "${SOURCE} has ${count} comments '// error: <regex>', it needs exactly one")
endif()
string(REGEX REPLACE "^// error: " "" expected "${sentences}")

set(command "${COMPILER}" -std=c++20 -fsyntax-only -fdiagnostics-color=never)
foreach(directory IN LISTS INCLUDES)
    # Naming the compiler's own directory again would move it in the search order and break #include_next.
    if(NOT directory STREQUAL "/usr/include")
        list(APPEND command "-I${directory}")
    endif()
endforeach()
list(APPEND command "${SOURCE}")

execute_process(COMMAND ${command} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "the accepted twin does not compile:\n${output}")
endif()

execute_process(COMMAND ${command} -DMICA_COMPILE_FAIL
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(status EQUAL 0)
    message(FATAL_ERROR "compiles with MICA_COMPILE_FAIL, but must fail with: ${expected}")
endif()
string(REGEX MATCH "[^\n]*(: (fatal )?error: |static assertion failed)[^\n]*" first "${output}")
if(NOT first MATCHES "${expected}")
    message(FATAL_ERROR "the first error is not the expected one\nexpected: ${expected}\nfirst:    ${first}\n${output}")
endif()
string(REGEX MATCHALL "\n" line_ends "${output}")
list(LENGTH line_ends lines)
if(lines GREATER MAX_LINES)
    message(FATAL_ERROR "${lines} lines of output, at most ${MAX_LINES} are readable:\n${output}")
endif()
