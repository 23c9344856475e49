# SPDX-License-Identifier: BSL-1.0
# cmake -DCOMPILER= -DSOURCE= [-DINCLUDES=] [-DPRECOMPILED=] [-DMAX_LINES=25] -P RunCompileFail.cmake
# SOURCE must compile, and with MICA_COMPILE_FAIL must fail with its own sentence as the first error, in few lines.
# With -DHEADER= instead of a SOURCE it makes PRECOMPILED.gch, with which each case takes a quarter of the time.
cmake_minimum_required(VERSION 3.25)
set(ENV{LC_ALL} C)
if(NOT MAX_LINES)
    set(MAX_LINES 25)
endif()

set(command "${COMPILER}" -std=c++20 -fdiagnostics-color=never)
foreach(directory IN LISTS INCLUDES)
    # Naming the compiler's own directory again would move it in the search order and break #include_next.
    if(NOT directory STREQUAL "/usr/include")
        list(APPEND command "-I${directory}")
    endif()
endforeach()
if(HEADER)
    execute_process(COMMAND ${command} -w -x c++-header "${HEADER}" -o "${PRECOMPILED}.gch" COMMAND_ERROR_IS_FATAL ANY)
    return()
endif()

file(READ "${SOURCE}" text)
string(REGEX MATCHALL "// error: [^\n]+" sentences "${text}")
list(LENGTH sentences count)
if(NOT count EQUAL 1)
    message(FATAL_ERROR "${SOURCE} has ${count} comments '// error: <regex>', it needs exactly one")
endif()
string(REGEX REPLACE "^// error: " "" expected "${sentences}")

if(PRECOMPILED)
    list(APPEND command -include "${PRECOMPILED}")
endif()
list(APPEND command -fsyntax-only "${SOURCE}")

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
string(REGEX MATCHALL "(error: |static assertion failed)[^\n]*mica: " said "${output}")
list(LENGTH said sentences)
if(sentences GREATER 1)
    message(FATAL_ERROR "${sentences} sentences where one says it all:\n${output}")
endif()
string(REGEX MATCHALL "\n" line_ends "${output}")
list(LENGTH line_ends lines)
if(lines GREATER MAX_LINES)
    message(FATAL_ERROR "${lines} lines of output, at most ${MAX_LINES} are readable:\n${output}")
endif()
